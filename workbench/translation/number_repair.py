"""Numbers that the English has wrong, put right from the source: one pure function."""

import re
from collections.abc import Sequence

from workbench.languages import EN
from workbench.model import Span, WordLink
from workbench.numbers import Figure, figures, quantities
from workbench.translation.word_links import follow

_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3})")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}$|\d{4,}$)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_TIME, _POINTED_TIME = re.compile(r"\b\d{1,2}:\d{2}\b"), re.compile(r"\b\d{1,2}\.\d{2}\b")


def mend_numbers(
    source: str, english: str, links: Sequence[WordLink], language: str
) -> tuple[str, tuple[WordLink, ...]]:
    """Put numbers of the source where the English has others instead.

    A number of the English that the source does not have gives way to the one that the attention points to, or to the
    only one that is missing. Where the English says nothing in its place, nothing is done.

    Returns:
        The English, and its links.
    """
    wanted = list(figures(source, language)) if any(map(str.isdigit, source)) else []
    if not wanted:
        return english, tuple(links)
    missing, strange = _unmatched(wanted, english)
    changes: list[tuple[Span, str]] = []
    for figure in missing:
        instead = next((one for one in strange if _linked(figure.span, one.span, links)), None)
        if instead is None and len(missing) == len(strange) == 1:
            instead = strange[0]
        if instead is not None:
            strange.remove(instead)
            changes.append((instead.span, in_english(source[figure.span.start : figure.span.end])))
    mended = english
    for span, text in sorted(changes, key=lambda change: -change[0].start):
        rest = mended[span.end :]
        mended = mended[: span.start] + text + (_ending(text) + rest[2:] if _ORDINAL.match(rest) else rest)
    mended = _with_colons(source, mended)
    return mended, follow(links, english, mended)


def _unmatched(wanted: Sequence[Figure], english: str) -> tuple[list[Figure], list[Figure]]:
    """Return the figures that the English lacks, and those that it has and should not."""
    read = quantities(english, EN)
    left = list(read.figures)
    missing = []
    for figure in wanted:
        same = next((own for own in left if own.agrees(figure)), None)
        if same is not None:
            left.remove(same)
        elif read.worded.isdisjoint(figure.values):
            missing.append(figure)
    return missing, [own for own in left if not any(own.agrees(figure) for figure in wanted)]


def _with_colons(source: str, english: str) -> str:
    """Write the times of day of the source with its colon where the English has a point."""
    times = {match.group().replace(":", "."): match.group() for match in _TIME.finditer(source)}
    return _POINTED_TIME.sub(lambda match: times.get(match.group(), match.group()), english) if times else english


def in_english(number: str) -> str:
    """Write a number with commas between thousands and a point before decimals."""
    return _DECIMAL_COMMA.sub(".", _GROUPS.sub(",", number))


def _ending(number: str) -> str:
    teens = number[-2:] in ("11", "12", "13")
    return "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")


def _linked(one: Span, other: Span, links: Sequence[WordLink]) -> bool:
    return any(_overlap(link.source, one) and _overlap(link.english, other) for link in links)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
