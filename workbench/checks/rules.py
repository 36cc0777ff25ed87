"""The user's own checks: regular expressions in a TOML file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import regex

from workbench.checks.texts import Text, finding
from workbench.errors import UsageError
from workbench.languages import EN, LANGUAGES
from workbench.model import Finding, Severity

#: Seconds that one pattern may take over one text: some patterns, such as (a|aa)+$, would take for ever.
PATIENCE = 1.0
_LONGEST_PATTERN = 500
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
    pattern: regex.Pattern[str]
    message: str
    language: str = EN
    severity: Severity = Severity.WARNING
    unless_english: regex.Pattern[str] | None = None


def parse_rules(source: str) -> tuple[Rule, ...]:
    """Read rules from TOML text: `[[rule]]` tables with `name`, `pattern`, `message` and optional keys.

    Raises:
        UsageError: The TOML or a pattern is not valid, or a key is unknown.
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
    flags = regex.IGNORECASE if table.get("ignore_case") else 0
    unless = table.get("unless_english")
    return Rule(
        name=name,
        pattern=_compiled(name, str(table.get("pattern", "")), flags),
        message=str(table["message"]),
        language=language,
        severity=severity,
        unless_english=_compiled(name, str(unless), flags) if unless else None,
    )


def _compiled(name: str, pattern: str, flags: int) -> regex.Pattern[str]:
    if not pattern or len(pattern) > _LONGEST_PATTERN:
        raise UsageError(f"the pattern of rule '{name}' is empty or longer than {_LONGEST_PATTERN} characters")
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        raise UsageError(f"the pattern of rule '{name}' is not valid: {error}") from None


def check_rules(texts: list[Text], rules: tuple[Rule, ...]) -> Iterator[Finding]:
    """Yield what the user's rules find.

    Raises:
        UsageError: A pattern takes longer than `PATIENCE` over a text.
    """
    english = next((text.text for text in texts if text.english), "")
    for rule in rules:
        try:
            yield from _found(rule, texts, english)
        except TimeoutError:
            raise UsageError(
                f"the pattern of rule '{rule.name}' takes too long",
                "Give it no repetition inside a repetition, such as (a+)+ or (a|aa)*.",
            ) from None


def _found(rule: Rule, texts: list[Text], english: str) -> Iterator[Finding]:
    if rule.unless_english and rule.unless_english.search(english, timeout=PATIENCE):
        return
    for text in texts:
        if rule.language in ("", text.where):
            for match in rule.pattern.finditer(text.text, timeout=PATIENCE):
                if match.end() > match.start():
                    yield finding(rule.name, rule.severity, rule.message, text, match.start(), match.end())
