"""The texts that a check compares: each variant of a unit, and its English."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.languages import EN
from workbench.languages import name as language_name
from workbench.model import Finding, Severity, Span, Unit


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a unit: the code that findings name it by, and its language (the same but for odd cases)."""

    where: str
    text: str

    @property
    def english(self) -> bool:
        """Whether this is the English of the unit."""
        return self.where == EN

    def excerpt(self, span: Span) -> str:
        """Return the characters of a span."""
        return self.text[span.start : span.end]


def texts_of(unit: Unit) -> list[Text]:
    """Return the texts of a unit: its variants, then its rendering unless a variant is in English already."""
    found = [Text(variant.language, variant.text) for variant in unit.variants if variant.text.strip()]
    if unit.english.strip() and not any(text.english and text.text == unit.english for text in found):
        found = [text for text in found if not text.english] + [Text(EN, unit.english)]
    return found


def named(where: str) -> str:
    """Return how a message speaks of a text: `the Ukrainian`."""
    return f"the {language_name(where)}"


def listed(places: Mapping[str, object] | list[str]) -> str:
    """Return how a message speaks of several texts: `the Bulgarian, the Russian and the English`."""
    names = [named(where) for where in dict.fromkeys(places)]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def finding(
    check: str, severity: Severity, message: str, text: Text, start: int | None = None, end: int | None = None
) -> Finding:
    """Make a finding about a text, or about a stretch of it."""
    span = None if start is None or end is None else Span(start, end)
    return Finding(check, severity, message, text.where, span)
