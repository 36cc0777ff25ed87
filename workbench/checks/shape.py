"""Texts whose shape is wrong: too short or too long for what they translate, or going round in circles."""

import re
from collections.abc import Iterator

from workbench.checks.texts import Text, finding, named
from workbench.model import Finding, Severity

_WORD = re.compile(r"\w+")
_SHORTEST = 40  # characters; the ratio of shorter texts says nothing
_LOOP_REPEATS = {1: 4, 2: 3, 3: 3, 4: 2, 5: 2, 6: 2, 7: 2, 8: 2}  # words in the loop: repeats that make one


def check_length(texts: list[Text], shortest: float, longest: float) -> Iterator[Finding]:
    """Yield English that is out of proportion to every variant.

    Args:
        texts: The texts of one unit.
        shortest: Characters of English per character of a variant below which English is too short.
        longest: The same above which it is too long.
    """
    english = next((text for text in texts if text.english), None)
    sources = [text for text in texts if not text.english]
    if english is None or not sources:
        return
    ratios = [(len(english.text) + 10) / (len(source.text) + 10) for source in sources]
    nearest = min(ratios, key=lambda ratio: max(ratio, 1 / ratio))
    if max(len(english.text), min(len(source.text) for source in sources)) < _SHORTEST:
        return
    if nearest < shortest:
        message = (
            f"Is something left out? The English is {_times(nearest)} as long as {_nearest(sources, ratios, nearest)}."
        )
        yield finding("length", Severity.WARNING, message, english)
    elif nearest > longest:
        message = f"Does the English say more? It is {_times(nearest)} as long as {_nearest(sources, ratios, nearest)}."
        yield finding("length", Severity.WARNING, message, english)


def _times(ratio: float) -> str:
    return f"{ratio:.0%}" if ratio < 1 else f"{ratio:.1f} times"


def _nearest(sources: list[Text], ratios: list[float], nearest: float) -> str:
    return named(sources[ratios.index(nearest)].where)


def check_loops(texts: list[Text]) -> Iterator[Finding]:
    """Yield stretches in which the same words come again and again, as translation models get stuck."""
    for text in texts:
        words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text.text)]
        loop = _loop([word for word, _, _ in words])
        if loop is not None:
            first, last, period = loop
            message = f"“{text.text[words[first][1] : words[first + period - 1][2]]}” comes again and again."
            yield finding("loops", Severity.WARNING, message, text, words[first][1], words[last - 1][2])


def _loop(words: list[str]) -> tuple[int, int, int] | None:
    """Return the first and last word of a loop and its period, or None."""
    for period, repeats in _LOOP_REPEATS.items():
        run = 0
        for position in range(period, len(words)):
            run = run + 1 if words[position] == words[position - period] else 0
            if run >= period * (repeats - 1):
                end = position + 1
                while end < len(words) and words[end] == words[end - period]:
                    end += 1
                return position + 1 - run - period, end, period
    return None
