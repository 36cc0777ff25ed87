"""Which checks run, how strict they are, and the user's own rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.checks.rules import Rule
from workbench.model import Severity


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


DEFAULT = Profile()
