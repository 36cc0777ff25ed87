"""Reading the numbers of a text in any of the four languages: digits, words, multipliers, Roman numerals, months.

A number as written can be read in more than one way (`1.500` is 1500 or 1.5; `9 pm` is 9 or 21): all its readings are
kept, and two numbers agree where they share one. That errs on the side of silence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench.model import Span
from workbench.numbers import words

_SPACE = " \u00a0\u2009\u202f"
_FIGURE = re.compile(rf"\d+(?:[{_SPACE}]\d{{3}}(?!\d))*(?:[.,:]\d+|:[{_SPACE}]\d\d(?!\d))*")
_THOUSANDS = re.compile(rf"[1-9]\d{{0,2}}[{_SPACE}]\d{{3}}")
_MONTHS = 12
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_AFTER = re.compile(rf"[{_SPACE}-]*([^\W\d_]+)")
_AFTERNOON = re.compile(
    rf"[{_SPACE}]*(?:[pa]\.?m\b|вечора|вечера|вечерта|следобед|ночі|ночи|дня|o'clock|години|часа|часов)", re.IGNORECASE
)
_RANGE = re.compile(r"(?<!\d)((?:1[0-9]|20)\d\d)\s*[-–—/]\s*(\d\d)(?!\d)")
_ROMAN = re.compile(r"(?<![^\W_])[IVXLCІХМС]{1,7}(?![^\W_])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "І": 1, "Х": 10, "С": 100, "М": 1000}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number written in digits, with every value that it can mean."""

    span: Span
    values: frozenset[float]

    def agrees(self, other: "Figure") -> bool:
        """Whether the two can be one number."""
        return not self.values.isdisjoint(other.values)


@dataclass(frozen=True, slots=True)
class Quantities:
    """The numbers of a text: those in digits, and every value that a word or anything else in it can stand for."""

    figures: tuple[Figure, ...]
    worded: frozenset[float]

    def explains(self, figure: Figure) -> bool:
        """Whether something in this text can be the number."""
        return not self.worded.isdisjoint(figure.values) or any(own.agrees(figure) for own in self.figures)


def _plain_values(written: str) -> set[float]:
    """Return what a figure can mean by itself, whatever marks decimals and thousands."""
    if _GROUPED.fullmatch(written):
        joined = float(re.sub(r"[.,]", "", written))
        parts = re.split(r"[.,]", written)
        return {joined, float(f"{parts[0]}.{parts[1]}")} if len(parts) == 2 else {joined}
    marks = re.findall(r"[.,:]", written)
    if not marks:
        return _integer_values(written)
    if marks == [":"]:
        return _clock_values(*written.split(":"))
    if len(marks) == 1:
        return {float(written.replace(",", "."))}
    if len(set(marks)) == 2 and marks[-1] not in marks[:-1] and ":" not in marks:
        whole, _, fraction = written.rpartition(marks[-1])
        return {float(re.sub(r"[.,]", "", whole) + "." + fraction)}
    return set()


def _integer_values(written: str) -> set[float]:
    """Return what digits alone can mean: 1995 is also 95, yet 2009 no 9, which a month would explain; 0230 is 2.30."""
    value = float(written)
    if len(written) == 4 and written[0] == "0":
        return {value, value / 100}
    return {value, value % 100} if 1900 < value < 2100 and value % 100 > _MONTHS else {value}


def _clock_values(hours: str, minutes: str) -> set[float]:
    """Return the value of a time of day as hours.minutes; nothing for a score, whose parts count singly."""
    return {float(f"{int(hours)}.{minutes}")} if len(minutes) == 2 and len(hours) <= 2 and int(hours) < 25 else set()


def figures(text: str, language: str | None = None) -> Iterator[Figure]:
    """Yield the numbers written in digits, in the order of the text; of no language, the words of all are tried."""
    for match in _FIGURE.finditer(text):
        written = re.sub(f"[{_SPACE}]", "", match.group())
        values = _plain_values(written)
        if not values:  # a date or a version: each part counts
            for part in re.finditer(r"\d+", match.group()):
                start = match.start() + part.start()
                yield Figure(Span(start, start + len(part.group())), frozenset({float(part.group())}))
            continue
        following = text[match.end() : match.end() + 24]
        values |= _by_context(values, following, language)
        if written != match.group() and not _THOUSANDS.match(match.group()):  # "in 2019 300 people"
            values |= {float(part) for part in re.findall(r"\d+", match.group())}
        yield Figure(Span(match.start(), match.end()), frozenset(values))


def _by_context(values: set[float], following: str, language: str | None) -> set[float]:
    """Return the further values that the words after a figure give it: multiplier, afternoon."""
    found: set[float] = set()
    word = _AFTER.match(following)
    factor = words.multiplier(word.group(1).lower(), language) if word else None
    if factor:
        found |= {round(value * factor, 6) for value in values}
    if _AFTERNOON.match(following):
        found |= {round(value + 12, 6) for value in values if value < 13}
        found |= {round(value - 12, 6) for value in values if 12 <= value < 25}
    return found


def _roman(numeral: str) -> float:
    digits = [_ROMAN_VALUES[char] for char in numeral if char in _ROMAN_VALUES]
    signed = (-one if one < after else one for one, after in zip(digits, [*digits[1:], 0], strict=True))
    return float(sum(signed))


@lru_cache(maxsize=4096)
def quantities(text: str, language: str) -> Quantities:
    """Read the numbers of a text."""
    plain = text.translate(_SUPERSCRIPTS)
    written = tuple(figures(plain, language)) if any(map(str.isdigit, plain)) else ()
    worded = words.values(plain, language)
    worded |= {_roman(match.group()) for match in _ROMAN.finditer(plain)}
    worded |= {float(match.group(1)[:2] + match.group(2)) for match in _RANGE.finditer(plain)}
    return Quantities(written, frozenset(worded))
