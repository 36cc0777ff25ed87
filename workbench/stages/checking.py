"""Running the checks over stored units, with the project's own glossary, and remembering what was waved through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench import checks
from workbench.checks import Profile, report
from workbench.database import Database, concepts, units
from workbench.glossary import Matcher
from workbench.model import Finding, Unit, UnitQuery
from workbench.stages import exporting


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings, the texts that they point into, and the whole text of each unit, which keys of dismissal hold."""

    findings: tuple[Finding, ...]
    texts: dict[tuple[int, str], str]
    wholes: dict[int, str]

    def written(self, form: str, uri: str = "") -> str:
        """Return the findings as `text`, `json` or `sarif` (which names the project by `uri`)."""
        if form == "sarif":
            return report.as_sarif(self.findings, self.texts, uri, self.wholes)
        if form == "json":
            return report.as_json(self.findings, self.texts, self.wholes)
        return report.as_text(self.findings, self.texts)


def check(
    database: Database,
    query: UnitQuery,
    profile: Path | None = None,
    rules: Path | None = None,
    off: Sequence[str] = (),
) -> Checked:
    """Check the units that a query asks for, in its order, and each against the others.

    Args:
        database: The project.
        query: Which units.
        profile: A TOML file that says which checks run, how strictly, and has rules of the user's own.
        rules: A TOML file of further rules.
        off: Names of further checks that do not run.

    Raises:
        UsageError: The profile or the rules cannot be read, a check is unknown, or a pattern takes too long.
    """
    glossary = matcher(database)
    chosen = _chosen(profile, rules, off)
    dismissed = concepts.dismissed(database)
    checked = list(exporting.stream(database, query))
    between: dict[int, list[Finding]] = {}
    for finding in chosen.judged(checks.check_consistency(checked)):
        between.setdefault(finding.unit_id, []).append(finding)
    wholes = {unit.id: checks.unit_text(unit) for unit in checked}
    findings = [
        finding
        for unit in checked
        for finding in [*checks.check(unit, matcher=glossary, profile=chosen), *between.get(unit.id, ())]
        if not dismissed or checks.finding_key(finding, wholes[unit.id]) not in dismissed
    ]
    return Checked(tuple(findings), report.texts_by_place(checked), wholes)


def _chosen(path: Path | None, rules: Path | None, off: Sequence[str]) -> Profile:
    base = checks.load_profile(path) if path else checks.DEFAULT
    further = checks.load_rules(rules) if rules else ()
    return checks.require_known(replace(base, off=base.off | set(off), rules=base.rules + further))


def matcher(database: Database) -> Matcher | None:
    """Return what finds the terms of the project's glossary; None where the glossary is empty."""
    glossary = concepts.every(database)
    return Matcher(glossary) if glossary else None


def check_units(database: Database, wanted: Iterable[Unit], glossary: Matcher | None) -> list[Finding]:
    """Return the findings of single units at hand, dismissed ones left out; they are not held against each other."""
    dismissed = concepts.dismissed(database)
    return [
        finding
        for unit in wanted
        for finding in checks.check(unit, matcher=glossary)
        if not dismissed or checks.finding_key(finding, checks.unit_text(unit)) not in dismissed
    ]


def dismiss(database: Database, finding: Finding, now: str) -> None:
    """Wave a finding through until the unit that it is about changes."""
    for unit in units.load(database, [finding.unit_id]):
        concepts.dismiss(database, checks.finding_key(finding, checks.unit_text(unit)), now)
