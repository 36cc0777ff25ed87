"""Why the machine put passages together, in words: what speaks for it, what against, and what contradicts itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from workbench.model import Unit

#: Evidence -> from which value on which words hold, the highest first; empty words say nothing either way.
_WORDS: Mapping[str, tuple[tuple[float, str], ...]] = {
    "similarity": (
        (0.75, "the meaning is very close"),
        (0.6, "the meaning is close"),
        (0.5, ""),
        (0, "the meaning is distant"),
    ),
    "margin": (
        (0.7, "no other sentence comes near"),
        (0.53, "it fits better than any other sentence"),
        (0.47, "another sentence fits as well"),
        (0, "another sentence fits better"),
    ),
    "numbers": ((0.7, "the numbers agree"), (0.45, ""), (0, "the numbers differ")),
    "names": ((0.6, "the names agree"), (0.35, ""), (0, "the names differ")),
    "letters": ((0.2, "many words look alike"), (0.08, ""), (0, "few words look alike")),
    "length": ((0.8, "the lengths match"), (0.6, ""), (0, "one text is much longer")),
    "order": ((0.7, "it stands in order"), (0.4, ""), (0, "it stands out of order")),
}
_DOUBTS = {"another sentence fits as well", "another sentence fits better", "the meaning is distant"}
_AGREE = 0.5


@dataclass(frozen=True, slots=True)
class Why:
    """The evidence behind a unit, each piece in words with its value."""

    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    pairs: tuple[str, ...]
    contradiction: str


def why(unit: Unit) -> Why:
    """Explain a unit; nothing is to be explained of one that a reviewer made."""
    speaks_for: list[str] = []
    speaks_against: list[str] = []
    for name, scale in _WORDS.items():
        value = unit.reasons.get(name)
        if value is None:
            continue
        words = next(words for least, words in scale if value >= least or least == 0)
        if words:
            lowest = words == scale[-1][1] or words in _DOUBTS
            (speaks_against if lowest else speaks_for).append(f"{words} ({value:.2f})")
    return Why(tuple(speaks_for), tuple(speaks_against), _pairs(unit), contradiction(unit))


def _scores(unit: Unit) -> dict[str, float]:
    """Return the scores of pairs of languages, which units of three passages have; 0 where no link was found."""
    found = {name: value for name, value in unit.reasons.items() if "-" in name}
    if not found:
        return {}
    for one, other in combinations(unit.languages, 2):
        if f"{other}-{one}" not in found:
            found.setdefault(f"{one}-{other}", 0.0)
    return found


def _pairs(unit: Unit) -> tuple[str, ...]:
    scores = sorted(_scores(unit).items(), key=lambda pair: -pair[1])
    return tuple(f"{name.replace('-', '–')} {value:.0%}" for name, value in scores)


def contradiction(unit: Unit) -> str:
    """Say which two languages do not fit each other though both fit a third; empty where all fit, or none does."""
    scores = _scores(unit)
    apart = [name for name, value in scores.items() if value < _AGREE]
    together = [name for name, value in scores.items() if value >= _AGREE]
    if not apart or not together:
        return ""
    told = [
        name.replace("-", " and ") + (f" fit only {scores[name]:.0%}" if scores[name] else " do not fit")
        for name in apart
    ]
    held = [f"{name.replace('-', ' and ')} fit {scores[name]:.0%}" for name in together]
    return f"{', '.join(told)}, though {', '.join(held)}"
