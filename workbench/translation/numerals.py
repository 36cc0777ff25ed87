"""Whether the numbers of a source text are found again in its English."""

import re

_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f ]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)")
_RUN = re.compile(r"\d+")
_WORD = re.compile(r"[a-z]+")
_SPELLED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth",
)  # fmt: skip
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


def numbers(text: str) -> list[str]:
    """Return the numbers of a text: digits only, thousands joined, a date or a decimal as its several parts."""
    joined = _GROUPED.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    return [run.lstrip("0") or "0" for run in _RUN.findall(joined)]


def _spellings(number: str) -> set[str]:
    value = int(number) if len(number) <= 2 else -1
    return {names[value] for names in (_SPELLED, _ORDINALS) if 0 <= value < len(names)} | (
        {_MONTHS[value - 1]} if 1 <= value <= len(_MONTHS) else set()
    )


def lost(source: str, english: str) -> list[str]:
    """Return the numbers of the source that the English lacks, in digits, in words, or as the name of a month.

    A two-digit decade may have grown into a year (`90-ті`, `1990s`), and an hour may be told on the clock of
    twelve hours (`18:00`, `6 p.m.`).
    """
    found = numbers(english)
    lowered = english.lower()
    spoken = set(_WORD.findall(lowered))
    half_day = bool(re.search(r"(?:\b|\d)p\.?m\b", lowered))
    missing: list[str] = []
    for number in numbers(source):
        if number in found:
            found.remove(number)
        elif (
            spoken & _spellings(number)
            or (len(number) == 2 and f"{number}s" in re.findall(r"\d\ds", lowered))
            or (half_day and number.isdigit() and len(number) == 2 and str(int(number) - 12) in found)
            or (half_day and number == "0")
        ):
            continue
        else:
            missing.append(number)
    return missing


def kept_share(source: str, english: str) -> float:
    """Return the share of the source's numbers that the English has, 1 where there are none."""
    wanted = numbers(source)
    return 1 - len(lost(source, english)) / len(wanted) if wanted else 1.0
