"""Learning from the reviewer: the project's own decisions correct the confidence of what is not decided yet."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import exp, log

from workbench.database import Database, settings, units

#: Where a unit's reasons keep the confidence that it would have without reviews.
BEFORE = "before_reviews"
#: Decisions from which on something is learned, and how many of the newest are looked at.
_LEAST, _NEWEST = 8, 20_000
_SETTING = "learned confidence"


_EDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Correction:
    """Corrected log-odds are `slope` times the log-odds plus `offset`; the order of confidences stays."""

    slope: float = 1.0
    offset: float = 0.0

    def __call__(self, confidence: float) -> float:
        """Return the corrected confidence."""
        if self == Correction():
            return confidence
        clipped = min(max(confidence, _EDGE), 1 - _EDGE)
        return 1 / (1 + exp(-self.slope * log(clipped / (1 - clipped)) - self.offset))


@dataclass(frozen=True, slots=True)
class Learned:
    """What the decisions of a project say about confidence.

    Attributes:
        accepted: Units as the machine proposed them that reviewers accepted.
        rejected: Those that they rejected.
        correction: What is done to the confidence of undecided units.
    """

    accepted: int = 0
    rejected: int = 0
    correction: Correction = field(default_factory=Correction)

    def applied(self, confidence: float, reasons: Mapping[str, float]) -> tuple[float, dict[str, float]]:
        """Return a unit's confidence as corrected, and its reasons with what it was before."""
        before = reasons.get(BEFORE, confidence)
        kept = {name: value for name, value in reasons.items() if name != BEFORE}
        if self.correction == Correction():
            return before, kept
        return self.correction(before), {**kept, BEFORE: round(before, 6)}


def learned(database: Database) -> Learned:
    """Return what was learned when the project was last aligned."""
    stored = settings.get(database, _SETTING)
    if not stored:
        return Learned()
    raw = json.loads(stored)
    return Learned(raw["accepted"], raw["rejected"], Correction(**raw["correction"]))


def learn(database: Database) -> Learned:
    """Learn from all decisions, and correct the confidence of every unit that the machine proposed and nobody decided.

    Reviewed units keep the confidence that they were decided with.
    """
    from workbench.alignment.correction import fit_correction

    decisions = units.decisions(database, _NEWEST)
    right = [accepted for _, _, accepted in decisions]
    raw = [reasons.get(BEFORE, confidence) for confidence, reasons, _ in decisions]
    slope, offset = fit_correction(raw, right) if len(decisions) >= _LEAST else (1.0, 0.0)
    found = Learned(sum(right), len(right) - sum(right), Correction(round(slope, 3), round(offset, 3)))
    before = learned(database)
    if found != before:
        with database.write():
            if found.correction != before.correction:
                _revise(database, found)
            settings.put(database, _SETTING, json.dumps(asdict(found)))
    return found


def _revise(database: Database, found: Learned) -> None:
    units.set_confidences(
        database,
        ((key, *found.applied(confidence, reasons)) for key, confidence, reasons in units.undecided(database)),
    )
