"""What was learned from development data: weights of the evidence, read from small JSON files beside the code.

There are three sets: for documents with a fine view of their sentences, for those that are rendered into English
besides, and for those of encoders that have no fine view.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Knowledge(Enum):
    """What is known of the sentences of documents; each has weights of its own, in a file of this name."""

    PLAIN = "parameters_general.json"
    FINE = "parameters.json"
    ENGLISH = "parameters_english.json"


_WEIGHTS = ("beads", "links", "context", "mode", "passages")


@dataclass(frozen=True, slots=True)
class Parameters:
    """Weights of the link scores and the settings of the search.

    Attributes:
        beads: Weight of each of `features.BEAD_FEATURES` in the gain of a bead.
        links: Weight of each of `features.LINK_FEATURES` in the log-odds of a pair of sentences.
        context: Weight of each of `comparable.CONTEXT_FEATURES` in its log-odds at second sight.
        passages: Weight of each of `passages.PASSAGE_FEATURES` in the log-odds that two sentences stand against one.
        mode: Weight of each of `order.MODE_FEATURES` for reading two texts as translations.
        settings: Thresholds by name.
        calibration: Points (raw confidence, observed accuracy) of a rising curve, by kind of link.
    """

    beads: Mapping[str, float]
    links: Mapping[str, float]
    context: Mapping[str, float]
    mode: Mapping[str, float]
    passages: Mapping[str, float] = field(default_factory=dict)
    settings: Mapping[str, float] = field(default_factory=dict)
    calibration: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)


def weights_of(names: tuple[str, ...], weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Return weights as an array in the order of `names`; what is not named weighs nothing."""
    return np.array([weights.get(name, 0.0) for name in names])


def read(path: Path) -> Parameters:
    """Read parameters from a JSON file, as `write` leaves them."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    curves = {kind: tuple((float(x), float(y)) for x, y in curve) for kind, curve in raw.get("calibration", {}).items()}
    kinds = {kind: raw.get(kind, {}) for kind in _WEIGHTS}
    return Parameters(**kinds, settings=raw.get("settings", {}), calibration=curves)


def write(path: Path, parameters: Parameters) -> None:
    """Write parameters as JSON that a person can read and compare."""
    raw = {
        **{kind: {n: round(v, 4) for n, v in getattr(parameters, kind).items()} for kind in _WEIGHTS},
        "settings": dict(parameters.settings),
        "calibration": {
            kind: [[round(x, 4), round(y, 4)] for x, y in curve] for kind, curve in parameters.calibration.items()
        },
    }
    path.write_text(json.dumps(raw, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@cache
def default(knowledge: Knowledge = Knowledge.FINE) -> Parameters:
    """Return the parameters that ship with the product, for documents of which so much is known."""
    return read(Path(__file__).with_name(knowledge.value))
