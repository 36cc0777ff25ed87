"""Where else a reviewer's correction is due, among the units of the project."""

from collections.abc import Iterator

from workbench.database import Database, units
from workbench.glossary import Matcher, violations
from workbench.model import Status, Unit, UnitQuery
from workbench.review.repeating import Repeat, repeats, rewording

_PAGE = 200


def find(database: Database, corrected: Unit, before: str, matcher: Matcher | None, limit: int) -> list[Repeat]:
    """Return what a correction would change elsewhere; see `workbench.review.repeating.repeats`.

    Args:
        database: The project.
        corrected: The unit with its corrected English.
        before: Its English before the correction.
        matcher: The glossary; without one only the same text again is found.
        limit: How many to return at most.
    """

    def broken(unit: Unit) -> frozenset[str]:
        return frozenset(one.concept.key for one in violations(unit, matcher)) if matcher else frozenset()

    found: list[Repeat] = []
    for repeat in repeats(corrected, before, _candidates(database, before, corrected.english), broken):
        found.append(repeat)
        if len(found) == limit:
            break
    return found


def _candidates(database: Database, before: str, after: str) -> Iterator[Unit]:
    """Yield the open units that have the words which the correction replaced, or all those of the old English."""
    change = rewording(before, after)
    query = UnitQuery(statuses=(Status.PROPOSED, Status.FLAGGED), words=change.old if change else before)
    ids = units.ids(database, query)
    for start in range(0, len(ids), _PAGE):
        yield from units.load(database, ids[start : start + _PAGE])
