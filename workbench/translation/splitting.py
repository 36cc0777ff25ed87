"""Cutting a sentence that is too long for the model, and joining the English of its parts: pure functions."""

import re
from collections.abc import Callable, Sequence

# Where a long sentence may be cut, the best places first: after the end of a sentence, after a semicolon, colon
# or dash, after a comma, between words.
_PLACES = tuple(
    re.compile(pattern)
    for pattern in (r"(?<=[.!?…])[»”\"')\]]*\s+(?=\S)", r"(?<=[;:–—])\s+(?=\S)", r"(?<=,)\s+(?=\S)", r"\s+(?=\S)")
)
_MIDDLE = (0.2, 0.8)
_ENDS = re.compile(r"[.!?…:;][»”\"')\]]*\s*$")
# English words that are not names, so that their capital at the start of a part can go.
_FUNCTION_WORDS = frozenset((
    "a", "an", "and", "also", "although", "after", "all", "any", "as", "at", "because", "before",
    "both", "but", "by", "during", "even", "every", "for", "from", "he", "her", "his", "how", "if",
    "in", "into", "is", "it", "its", "no", "nor", "not", "of", "on", "once", "one", "only", "or", "our",
    "over", "she", "since", "so", "some", "such", "than", "that", "the", "their", "then", "there",
    "these", "they", "this", "those", "though", "through", "to", "under", "until", "we", "were", "what",
    "when", "where", "which", "while", "who", "whose", "why", "will", "with", "without", "yet", "you",
    "your",
))  # fmt: skip


def _cut(text: str) -> int:
    """Return the best place to cut a text in two: the highest rank of place that the middle of it offers."""
    low, high = (share * len(text) for share in _MIDDLE)
    for place in _PLACES:
        ends = [match.end() for match in place.finditer(text) if low <= match.end() <= high]
        if ends:
            return min(ends, key=lambda end: abs(end - len(text) / 2))
    return len(text) // 2


def split(text: str, count: Callable[[str], int], limit: int) -> list[str]:
    """Cut a text into parts of at most `limit` tokens, at clause punctuation where there is any.

    Args:
        text: The sentence.
        count: How many tokens a text has.
        limit: The most tokens that a part may have, at least 1.

    Returns:
        The parts; joined without anything between them they are the text again. A single character that alone
        has more tokens than the limit stays whole.
    """
    if len(text) <= 1 or count(text) <= limit:
        return [text]
    at = _cut(text)
    return split(text[:at], count, limit) + split(text[at:], count, limit)


def join(sources: Sequence[str], parts: Sequence[str]) -> str:
    """Put the English of the parts of one sentence together again.

    The full stop that a model likes to set after a part goes where the source has none, and so does the capital
    of a function word where the source goes on in small letters.
    """
    out = ""
    for index, (source, part) in enumerate(zip(sources, parts, strict=True)):
        text = part.strip()
        if index + 1 < len(sources) and not _ENDS.search(source):
            text = text.removesuffix(".").rstrip()
            text = text if not source.rstrip().endswith(",") or text.endswith(",") else text + ","
        first = re.match(r"[A-Z][a-z]*\b", text)
        goes_on = index > 0 and source.lstrip()[:1].islower()
        if first and goes_on and first.group().lower() in _FUNCTION_WORDS:
            text = text[0].lower() + text[1:]
        out += text if not out or not text or not sources[index - 1][-1:].isspace() else " " + text
    return out
