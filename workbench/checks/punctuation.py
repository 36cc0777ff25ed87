"""Quotation marks and brackets that do not pair, doubled words and spaces."""

import re
from collections.abc import Iterator

from workbench.checks.texts import Text, finding
from workbench.model import Finding, Severity

_PAIRS = {")": "(", "]": "[", "}": "{"}
_LIST_LABEL = re.compile(r"(?:^|(?<=\s))[^\W_]{1,2}$")
_SMILEY = re.compile(r"[:;]-?[()]+")
_QUOTES = {"«": "»", "„": "“”", "“": "”"}
_ANY_QUOTE = re.compile('["«»„“”]')
_ANY_BRACKET = re.compile(r"[()\[\]{}]")
_DOUBLED = re.compile(r"(?<![\w-])([^\W\d_]{2,})[ \u00a0]+\1(?![\w-])")
_SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_BEFORE_MARK = re.compile(r"(?<=[^\W_])[ \u00a0]+(?=[,;!?](?:\s|$)|\.(?:\s|$))")
# Words that may be said twice in good style.
_MAY_DOUBLE = frozenset({
    "had", "that", "is", "so", "very", "no", "yes", "ha", "bye", "now", "far", "long", "knock", "очень", "да", "нет",
    "но", "еле", "едва", "чуть", "дуже", "ні", "так", "ледве", "ледь", "ха", "ура", "много", "малко", "може",
})  # fmt: skip


def check_brackets(texts: list[Text]) -> Iterator[Finding]:
    """Yield brackets without their partner."""
    for text in texts:
        if not _ANY_BRACKET.search(text.text):
            continue
        body = _SMILEY.sub(lambda match: " " * len(match.group()), text.text)
        stack: list[tuple[str, int]] = []
        for position, char in enumerate(body):
            if char in "([{":
                stack.append((char, position))
            elif char in _PAIRS:
                if stack and stack[-1][0] == _PAIRS[char]:
                    stack.pop()
                elif stack or not _LIST_LABEL.search(body[:position]):  # "1) first, 2) second"
                    stack.append((char, position))
        if stack:
            char, position = stack[0]
            message = f"The bracket “{char}” has no partner in this text."
            yield finding("brackets", Severity.WARNING, message, text, position, position + 1)


def check_quotes(texts: list[Text]) -> Iterator[Finding]:
    """Yield quotation marks that open without closing, or the reverse.

    Where most texts of the unit have one, the quotation goes on in the next unit and nothing is wrong.
    """
    odd = {text: position for text in texts if (position := _odd_quote(text.text)) is not None}
    if 2 * len(odd) >= max(len(texts), 2):
        return
    for text, position in odd.items():
        message = f"The quotation mark {text.text[position]} has no partner. Is one missing?"
        yield finding("quotes", Severity.INFO, message, text, position, position + 1)


def _odd_quote(text: str) -> int | None:
    if not _ANY_QUOTE.search(text):
        return None
    straight = [position for position, char in enumerate(text) if char == '"']
    if len(straight) % 2 and not re.search(r"\d\"", text):
        return straight[-1]
    expected: list[tuple[str, int]] = []
    for position, char in enumerate(text):
        if expected and char in expected[-1][0]:
            expected.pop()
        elif char in _QUOTES:
            expected.append((_QUOTES[char], position))
        elif char in "»”":
            return position
    return expected[0][1] if expected else None


def check_doubled(texts: list[Text]) -> Iterator[Finding]:
    """Yield words written twice in a row."""
    for text in texts:
        for match in _DOUBLED.finditer(text.text):
            word = match.group(1)
            if word.islower() and word not in _MAY_DOUBLE:
                message = f"“{word}” stands twice in a row. Is one too many?"
                yield finding("doubled", Severity.WARNING, message, text, match.start(), match.end())


def check_spaces(texts: list[Text]) -> Iterator[Finding]:
    """Yield doubled spaces, and spaces before a comma or a stop."""
    for text in texts:
        for pattern, message in ((_SPACES, "More than one space."), (_BEFORE_MARK, "A space before a mark.")):
            for match in pattern.finditer(text.text):
                yield finding("spaces", Severity.INFO, message, text, match.start(), match.end())
