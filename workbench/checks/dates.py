"""Months, currencies and percent that differ between the texts of a unit."""

import re
from collections.abc import Callable, Iterator

from workbench.checks.texts import Text, finding, listed
from workbench.languages import EN
from workbench.model import Finding, Severity, Span
from workbench.numbers import month

Kinds = dict[str, Span]
_WORD = re.compile(r"[^\W\d_]+")
# English month names that are other words too count only where a number stands beside them.
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "jun", "sep", "dec", "august"})
_NEAR_NUMBER = re.compile(r"\d(?:st|nd|rd|th)?(?:\s+of)?\s*$"), re.compile(r"\.?,?\s*\d")
_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip

# Of texts in lower case.
_CURRENCIES = {
    "US dollars": r"(?<![a-z])\$|\busd\b|\bdollars?\b|\bдолар|\bдоллар|\bщатски",
    "euros": r"€|\beur\b|\beuros?\b|\bевро\b|\bєвро\b",
    "pounds": r"£|\bgbp\b|\bsterling\b|\bстерлинг|\bстерлінг|\bпаунд|\bбритански лири",
    "roubles": r"₽|\brub\b|\brou?bles?\b|\bруб\.|\bрубл|\bкарбованц",
    "hryvnias": r"₴|\buah\b|\bhryvn|\bгрн\b|\bгривн|\bгривен|\bгривні",
    "leva": r"\bbgn\b|\blevs?\b|\bleva\b|\bлв\.|\bлева\b|\bлевов\b|\bлевів\b",
    "yuan": r"\bcny\b|\byuan\b|\brenminbi\b|\bюан",
    "yen": r"¥|\bjpy\b|\byen\b|\bйен|\bиен[аы]?\b|\bієн",
}
_CURRENCY_NAMES = list(_CURRENCIES)
_CURRENCY = re.compile("|".join(f"({pattern})" for pattern in _CURRENCIES.values()))
_PERCENT = re.compile(r"%|per ?cent|відсот|процент|\bна сто\b")
_PERCENT_FIGURE = re.compile(r"\d\s?%")


def _months(text: Text) -> Kinds:
    found: Kinds = {}
    for match in _WORD.finditer(text.text):
        number = month(match.group(), text.where)
        if not number or (text.english and not match.group()[0].isupper()):
            continue
        if match.group().lower() in _AMBIGUOUS and text.where == EN:
            before, after = text.text[: match.start()], text.text[match.end() :]
            if not (_NEAR_NUMBER[0].search(before) or _NEAR_NUMBER[1].match(after)):
                continue
        found.setdefault(_MONTH_NAMES[number - 1], Span(match.start(), match.end()))
    return found


def _currencies(text: Text) -> Kinds:
    found: Kinds = {}
    for match in _CURRENCY.finditer(text.text.lower()):
        found.setdefault(_CURRENCY_NAMES[(match.lastindex or 1) - 1], Span(match.start(), match.end()))
    return found


def _differing(check: str, texts: list[Text], read: Callable[[Text], Kinds]) -> Iterator[Finding]:
    """Yield a finding where a text names only others than its companions do, who agree among themselves."""
    kinds = {text: read(text) for text in texts}
    speaking = {text: found for text, found in kinds.items() if found}
    for text, found in speaking.items():
        others = {other: theirs for other, theirs in speaking.items() if other is not text}
        shared = set.intersection(*map(set, others.values())) if others else set()
        if not shared or any(not set(found).isdisjoint(theirs) for theirs in others.values()):
            continue
        if len(speaking) == 2 and not text.english and any(other.english for other in others):
            continue  # one finding a pair, on the English
        own, span = next(iter(found.items()))
        have = "has" if len(others) == 1 else "have"
        message = f"{own} here, but {listed([o.where for o in others])} {have} {', '.join(sorted(shared))}."
        yield finding(check, Severity.WARNING, message + " Which is right?", text, span.start, span.end)


def check_dates(texts: list[Text]) -> Iterator[Finding]:
    """Yield months that differ: June in one text, July in the others."""
    yield from _differing("dates", texts, _months)


def check_currency(texts: list[Text]) -> Iterator[Finding]:
    """Yield currencies that differ: roubles in one text, dollars in the others."""
    yield from _differing("currency", texts, _currencies)


def check_percent(texts: list[Text]) -> Iterator[Finding]:
    """Yield a text that lacks a percentage which every other text has."""
    have = [text for text in texts if _PERCENT.search(text.text.lower())]
    if len(have) != len(texts) - 1 or not have or not any(_PERCENT_FIGURE.search(text.text) for text in have):
        return
    lacking = next(text for text in texts if text not in have)
    places = listed([text.where for text in have])
    verb = "has" if len(have) == 1 else "have"
    message = f"Is a percentage meant? {places[0].upper()}{places[1:]} {verb} one."
    yield finding("percent", Severity.WARNING, message, lacking)
