"""The numbers, number words, scales, per cents and months of a text, each in one notation for all languages."""

import re
from functools import lru_cache

from workbench.numbers import words

_TOKEN = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+(?!\d)|\d+[.,]\d+|\d+|%|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+")
_SEPARATORS = re.compile(r"[\s\u00a0\u202f.,]")
_SCALES = {1e3: "k", 1e6: "M", 1e9: "G", 1e12: "T"}
_PER_CENT = re.compile(r"процент|відсот|percent")


def numerals(text: str, language: str) -> list[str]:
    """Return the numbers, number words, scales, per cents and months of a text, each in a common notation.

    `5,2 млн` and `5.2 милиона` both give `5.2` and `M`; thousands separators fall away; a year is a number; June is
    `m6`. One is no number here: in these languages it is an article, a pronoun and "some" as well.
    """
    found = [_numeral(token, language) for token in _TOKEN.findall(text)]
    return [value for value in found if value]


@lru_cache(maxsize=1 << 16)
def _numeral(token: str, language: str) -> str:
    if token[0].isdigit():
        if _GROUPED.fullmatch(token):
            return _SEPARATORS.sub("", token)
        return token.replace(",", ".").lstrip("0") or "0"
    if token == "%" or _PER_CENT.match(token.lower()):
        return "%"
    if not words.may_be_one(token, language):
        return ""
    number = words.month(token, language)
    if number:
        return f"m{number}"
    value = words.number(token, language)
    if value is None or value < 2:
        return ""
    return _SCALES.get(value, f"{value:g}")
