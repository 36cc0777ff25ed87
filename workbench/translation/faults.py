"""What is wrong with a rendering, as far as can be seen without knowing the languages: pure functions."""

import re
from itertools import pairwise

from workbench.numbers import lost
from workbench.translation.typography import cyrillic_words

EMPTY, LOOP, TOO_LONG, TOO_SHORT = "empty", "loop", "too-long", "too-short"
COPIED, ROMANISED, UNKNOWN, NUMBERS = "copied", "romanised", "unknown", "numbers"

#: Faults that make a rendering useless, against those that leave it readable.
SEVERE = frozenset({EMPTY, LOOP, TOO_LONG, TOO_SHORT, COPIED})

# One English sentence in seven thousand repeats more of its word pairs (counted on 60,000 of them).
_MOST_REPEATED = 0.3
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def repetitions(text: str, longest: int = 8) -> int:
    """Return how often, at most, a stretch of up to `longest` words or marks stands directly after itself.

    1 means that nothing repeats; `very, very good` gives 2.
    """
    tokens = [token.casefold() for token in _TOKEN.findall(text)]
    most = 1
    for size in range(1, min(longest, len(tokens) // 2) + 1):
        run = 0
        for position in range(len(tokens) - size):
            run = run + 1 if tokens[position] == tokens[position + size] else 0
            most = max(most, 1 + run // size)
    return most


def repeated_share(text: str) -> float:
    """Return the share of word pairs that occurred before in the text, in [0, 1]."""
    words = [token.casefold() for token in _TOKEN.findall(text) if token[0].isalnum()]
    pairs = list(pairwise(words))
    return 1 - len(set(pairs)) / len(pairs) if pairs else 0.0


def loops(source: str, english: str) -> bool:
    """Whether the English repeats itself where the source does not."""
    allowed = max(2, repetitions(source))
    return repetitions(english) > allowed or repeated_share(english) > _MOST_REPEATED + repeated_share(source)


def find(source: str, english: str, *, to_english: bool = True) -> tuple[str, ...]:
    """Return the faults of a rendering, the severe ones first.

    Args:
        source: The source text.
        english: Its rendering, as the model gave it.
        to_english: False for the first leg of a pivot, whose output may well be Cyrillic.
    """
    if not _LETTER_OR_DIGIT.search(english):
        return (EMPTY,) if _LETTER_OR_DIGIT.search(source) else ()
    faults = []
    if loops(source, english):
        faults.append(LOOP)
    if len(english) > 2.5 * len(source) + 20:
        faults.append(TOO_LONG)
    if len(english) < 0.3 * len(source) - 5:
        faults.append(TOO_SHORT)
    faults += _left_over(source, english) if to_english else []
    if "⁇" in english or "<unk>" in english:
        faults.append(UNKNOWN)
    if lost(source, english):
        faults.append(NUMBERS)
    return tuple(faults)


def _left_over(source: str, english: str) -> list[str]:
    """Judge the Cyrillic in the English: a name left as it was is mild, half a sentence is not."""
    words = cyrillic_words(english)
    if not words:
        return []
    letters = sum(char.isalpha() for char in english)
    share = sum(map(len, words)) / max(1, letters)
    several = len(cyrillic_words(source)) > 2
    return [COPIED] if share > 0.5 and several else [ROMANISED]


def weight(found: tuple[str, ...]) -> float:
    """Return what faults count against a hypothesis, in log-probability per token.

    A severe fault outweighs any difference in score, so that a sound hypothesis always wins; a lost number, which
    misleads, weighs more than a word left over, which is seen.
    """
    return sum(10.0 if fault in SEVERE else 1.0 if fault == NUMBERS else 0.5 for fault in found)
