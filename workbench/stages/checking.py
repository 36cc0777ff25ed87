"""Running the checks over stored units, with the project's own glossary, and remembering what was waved through."""

from collections.abc import Iterable, Sequence

from workbench import checks
from workbench.database import Database, concepts, units
from workbench.glossary import Matcher
from workbench.model import Finding, Unit, UnitQuery
from workbench.stages import exporting


def check(database: Database, query: UnitQuery) -> list[Finding]:
    """Return the findings of the units that a query asks for, in its order, dismissed ones left out."""
    return check_units(database, exporting.stream(database, query), matcher(database))


def matcher(database: Database) -> Matcher | None:
    """Return what finds the terms of the project's glossary; None where the glossary is empty."""
    glossary = concepts.every(database)
    return Matcher(glossary) if glossary else None


def check_units(database: Database, wanted: Iterable[Unit], matcher: Matcher | None) -> list[Finding]:
    """Return the findings of units, dismissed ones left out."""
    dismissed = concepts.dismissed(database)
    found = []
    for unit in wanted:
        for finding in checks.check(unit, matcher=matcher):
            if not dismissed or _key(finding, unit) not in dismissed:
                found.append(finding)
    return found


def dismiss(database: Database, finding: Finding, now: str) -> None:
    """Wave a finding through until the text that it is about changes."""
    unit: Sequence[Unit] = units.load(database, [finding.unit_id])
    if unit:
        concepts.dismiss(database, _key(finding, unit[0]), now)


def _key(finding: Finding, unit: Unit) -> str:
    variant = unit.variant(finding.where)
    return checks.finding_key(finding, variant.text if variant else unit.english)
