"""Months, currencies and percent that differ between the texts of a unit."""

import re
from collections.abc import Callable, Iterator

from workbench.checks import number_words
from workbench.checks.texts import Text, finding, listed
from workbench.languages import EN
from workbench.model import Finding, Severity, Span

Kinds = dict[str, Span]
_WORD = re.compile(r"[^\W\d_]+")
# English month names that are other words too count only where a number stands beside them.
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "jun", "sep", "dec", "august"})
_NEAR_NUMBER = re.compile(r"\d(?:st|nd|rd|th)?(?:\s+of)?\s*$"), re.compile(r"\.?,?\s*\d")
_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip

_CURRENCIES = {
    "US dollars": r"(?<![A-Z])\$|\bUSD\b|\bdollars?\b|долар|доллар|щатски",
    "euros": r"€|\bEUR\b|\beuros?\b|\bевро\b|\bєвро\b",
    "pounds": r"£|\bGBP\b|\bsterling\b|стерлинг|стерлінг|\bпаунд|британски лири",
    "roubles": r"₽|\bRUB\b|\brou?bles?\b|\bруб\.|\bрубл|\bкарбованц",
    "hryvnias": r"₴|\bUAH\b|\bhryvn\w+|\bгрн\b|\bгривн|\bгривен|\bгривні",
    "leva": r"\bBGN\b|\blevs?\b|\bleva\b|\bлв\.|\bлева\b|\bлевов\b|\bлевів\b",
    "yuan": r"\bCNY\b|\byuan\b|\brenminbi\b|\bюан",
    "yen": r"¥|\bJPY\b|\byen\b|\bйен|\bиен\b|\bиены\b|\bієн",
}
_CURRENCY_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _CURRENCIES.items()}
_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b|відсот|процент|\bна сто\b", re.IGNORECASE)
_PERCENT_FIGURE = re.compile(r"\d\s?%")


def _months(text: Text) -> Kinds:
    found: Kinds = {}
    for match in _WORD.finditer(text.text):
        number = number_words.month(match.group(), text.where)
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
    for name, pattern in _CURRENCY_PATTERNS.items():
        match = pattern.search(text.text)
        if match:
            found[name] = Span(match.start(), match.end())
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
    """Yield texts that lack a percentage which every other text has."""
    if len(texts) < 2:
        return
    for text in texts:
        others = [other for other in texts if other is not text]
        if _PERCENT.search(text.text) or not all(_PERCENT.search(other.text) for other in others):
            continue
        if any(_PERCENT_FIGURE.search(other.text) for other in others):
            have = "has" if len(others) == 1 else "have"
            message = f"Is a percentage meant? {listed([o.where for o in others])} {have} one."
            yield finding("percent", Severity.WARNING, message.replace("? the", "? The"), text)
