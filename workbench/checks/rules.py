"""The user's own checks: regular expressions in a TOML file."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.checks.texts import Text, finding
from workbench.errors import UsageError
from workbench.languages import EN, LANGUAGES
from workbench.model import Finding, Severity

#: Characters of a text that a rule looks at; patterns are the user's, and backtracking grows with length.
LONGEST_TEXT = 2_000
_LONGEST_PATTERN = 500
# A repeated group whose body repeats too, (a+)+, takes exponential time on texts that almost match.
_NESTED_REPEAT = re.compile(r"\((?:[^()\\]|\\.)*(?:[+*]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\d*\})")
_KEYS = {"name", "pattern", "message", "language", "severity", "ignore_case", "unless_english"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of the user's.

    Attributes:
        name: What findings call it.
        pattern: What to look for.
        message: What to tell the translator.
        language: The language of the texts it looks at; empty for all.
        unless_english: Where given, only a unit whose English does not match this is at fault.
    """

    name: str
    pattern: re.Pattern[str]
    message: str
    language: str = EN
    severity: Severity = Severity.WARNING
    unless_english: re.Pattern[str] | None = None


def parse_rules(source: str) -> tuple[Rule, ...]:
    """Read rules from TOML text: `[[rule]]` tables with `name`, `pattern`, `message` and optional keys.

    Raises:
        UsageError: The TOML or a pattern is not valid, a key is unknown, or a pattern could take for ever.
    """
    return rules_of(_parsed(source))


def load_rules(path: Path) -> tuple[Rule, ...]:
    """Read rules from a TOML file; see `parse_rules`.

    Raises:
        UsageError: The file cannot be read or its rules are not valid.
    """
    return rules_of(read_toml(path))


def read_toml(path: Path) -> dict[str, object]:
    """Read the tables of a TOML file.

    Raises:
        UsageError: It cannot be read or is not TOML.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the rules in '{path}': {error}") from None


def _parsed(source: str) -> dict[str, object]:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the rules are not valid TOML: {error}") from None


def rules_of(table: Mapping[str, object]) -> tuple[Rule, ...]:
    """Return the rules among the tables of a TOML file.

    Raises:
        UsageError: A rule is not valid.
    """
    rules = table.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise UsageError("the rules are not a list", "Begin each rule with a line [[rule]].")
    return tuple(_rule(number, rule) for number, rule in enumerate(rules, 1))


def _rule(number: int, table: dict[str, object]) -> Rule:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise UsageError(f"rule {number} has an unknown key '{unknown[0]}'", f"Known: {', '.join(sorted(_KEYS))}.")
    name = str(table.get("name", "")).strip()
    if not name or not table.get("message"):
        raise UsageError(f"rule {number} lacks a name or a message")
    language = str(table.get("language", EN))
    if language and language not in LANGUAGES:
        raise UsageError(f"rule '{name}' names an unknown language '{language}'", "Use bg, uk, ru, en or ''.")
    try:
        severity = Severity(str(table.get("severity", Severity.WARNING)))
    except ValueError:
        raise UsageError(f"rule '{name}' has an unknown severity", "Use error, warning or info.") from None
    flags = re.IGNORECASE if table.get("ignore_case") else re.NOFLAG
    unless = table.get("unless_english")
    return Rule(
        name=name,
        pattern=_compiled(name, str(table.get("pattern", "")), flags),
        message=str(table["message"]),
        language=language,
        severity=severity,
        unless_english=_compiled(name, str(unless), flags) if unless else None,
    )


def _compiled(name: str, pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    if not pattern or len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"the pattern of rule '{name}' is empty or longer than {_LONGEST_PATTERN} characters")
    if _NESTED_REPEAT.search(pattern):
        raise UsageError(f"rule '{name}' repeats a repetition", "Write (?:a+b)+ without the inner + or *.")
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise UsageError(f"the pattern of rule '{name}' is not valid: {error}") from None


def check_rules(texts: list[Text], rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """Yield what the user's rules find."""
    english = next((text.text for text in texts if text.english), "")
    for rule in rules:
        if rule.unless_english and rule.unless_english.search(english[:LONGEST_TEXT]):
            continue
        for text in texts:
            if rule.language in ("", text.where):
                for match in rule.pattern.finditer(text.text[:LONGEST_TEXT]):
                    if match.end() > match.start():
                        yield finding(rule.name, rule.severity, rule.message, text, match.start(), match.end())
