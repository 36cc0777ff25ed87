"""Which segments of an article a reviewer most likely wants to put into a unit."""

from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from workbench.languages import fold
from workbench.model import Segment
from workbench.text import norm, words

_LOOSE_BONUS = 15.0
_NEAR_BONUS = 25.0


def rank(
    segments: Sequence[Segment],
    texts: Sequence[str],
    held: Collection[int] = (),
    *,
    typed: str = "",
    near: float | None = None,
) -> list[Segment]:
    """Return the segments that have everything that was typed, the likeliest first.

    The three orthographies are folded into one, so cognates, names and numbers that a segment shares with the
    unit count; so do a place near the expected one, and being in no unit yet.

    Args:
        segments: The segments of one article.
        texts: What the unit says in its languages.
        held: Ids of segments that units hold.
        typed: Words, or beginnings of words, that must occur.
        near: Where in its article the unit stands, from 0 to 1; None where nobody knows.
    """
    wanted = [fold(word) for word in words(typed)]
    targets = [fold(norm(text)) for text in texts]
    scored = []
    for place, segment in enumerate(segments):
        folded = fold(norm(segment.text))
        if all(word in folded for word in wanted):
            likeness = max((fuzz.token_set_ratio(folded, target) for target in targets), default=0.0)
            distance = abs(place / max(1, len(segments) - 1) - near) if near is not None else 1.0
            bonus = _NEAR_BONUS * (1 - distance) + (0 if segment.id in held else _LOOSE_BONUS)
            scored.append((-(likeness + bonus), place, segment))
    return [segment for _, _, segment in sorted(scored, key=lambda row: row[:2])]
