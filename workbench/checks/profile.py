"""Which checks run, how strict they are, and the user's own rules: a value, and the TOML file that it is read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.checks.report import DESCRIPTIONS
from workbench.checks.rules import Rule, read_toml, rules_of
from workbench.errors import UsageError
from workbench.model import Finding, Severity

_KEYS = {"off", "severity", "shortest_ratio", "longest_ratio", "rule"}


@dataclass(frozen=True, slots=True)
class Profile:
    """A choice of checks.

    Attributes:
        off: Names of checks that do not run.
        severities: By name of a check, the severity that its findings get instead of their own.
        shortest_ratio: Characters of English per character of a variant below which English is too short.
        longest_ratio: The same above which it is too long.
        rules: The user's own regular-expression rules.
    """

    off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    shortest_ratio: float = 0.5
    longest_ratio: float = 1.9
    rules: tuple[Rule, ...] = ()

    def judged(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings of checks that are on, with the severities chosen for them."""
        for finding in findings:
            if finding.check not in self.off:
                yield replace(finding, severity=self.severities.get(finding.check, finding.severity))


DEFAULT = Profile()


def load_profile(path: Path) -> Profile:
    """Read a profile from a TOML file: `off`, a table `severity`, the ratios, and `[[rule]]` tables.

    Raises:
        UsageError: The file cannot be read, a key or a check is unknown, or a rule is not valid.
    """
    return parse_profile(read_toml(path))


def parse_profile(table: Mapping[str, object]) -> Profile:
    """Turn the tables of a TOML file into a profile; see `load_profile`.

    Raises:
        UsageError: A key or a check is unknown, or a rule is not valid.
    """
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise UsageError(f"the profile has an unknown key '{unknown[0]}'", f"Known: {', '.join(sorted(_KEYS))}.")
    off, severity = table.get("off", []), table.get("severity", {})
    if not isinstance(off, list) or not isinstance(severity, dict):
        raise UsageError("the profile's 'off' is not a list or its 'severity' is not a table")
    try:
        severities = {str(name): Severity(str(level)) for name, level in severity.items()}
        shortest = float(str(table.get("shortest_ratio", DEFAULT.shortest_ratio)))
        longest = float(str(table.get("longest_ratio", DEFAULT.longest_ratio)))
    except ValueError as error:
        raise UsageError(f"the profile has a value that is not valid: {error}") from None
    return require_known(Profile(frozenset(map(str, off)), severities, shortest, longest, rules_of(table)))


def require_known(profile: Profile) -> Profile:
    """Return a profile whose checks all exist.

    Raises:
        UsageError: It turns off or weighs a check that neither the workbench nor its rules have.
    """
    names = {*DESCRIPTIONS, *(rule.name for rule in profile.rules)}
    missing = sorted({*profile.off, *profile.severities} - names)
    if missing:
        raise UsageError(f"there is no check '{missing[0]}'", f"Checks: {', '.join(sorted(names))}.")
    return profile
