"""Which segments of an article a reviewer most likely wants to put into a unit."""

from collections.abc import Collection, Mapping, Sequence

from workbench.languages import fold
from workbench.model import Segment
from workbench.text import norm, words

# Of a likeness that runs from 0, the least like segment of the article, to 1, the most like.
_LOOSE_BONUS = 0.15
_NEAR_BONUS = 0.25


def rank(
    segments: Sequence[Segment], likeness: Mapping[int, float], held: Collection[int] = (), *, near: float | None = None
) -> list[Segment]:
    """Return segments with the likeliest first.

    Likeness counts most; a place near the expected one and being in no unit yet bring a segment up.

    Args:
        segments: The segments of one article.
        likeness: How like each is to the unit, on any scale; those that are absent count as the least like.
        held: Ids of segments that units hold.
        near: Where in its article the unit stands, from 0 to 1; None where nobody knows.
    """
    lowest, highest = min(likeness.values(), default=0.0), max(likeness.values(), default=0.0)
    reach = (highest - lowest) or 1.0

    def score(place: int, segment: Segment) -> float:
        like = (likeness.get(segment.id, lowest) - lowest) / reach
        distance = abs(place / max(1, len(segments) - 1) - near) if near is not None else 1.0
        return like + _NEAR_BONUS * (1 - distance) + (0 if segment.id in held else _LOOSE_BONUS)

    scored = [(-score(place, segment), place, segment) for place, segment in enumerate(segments)]
    return [segment for _, _, segment in sorted(scored, key=lambda row: row[:2])]


def by_spelling(segments: Sequence[Segment], texts: Sequence[str]) -> dict[int, float]:
    """Return how like segments are to texts in their letters, from 0 to 1, where there are no vectors to compare.

    The three orthographies are folded into one, so that cognates, names and numbers count.
    """
    from rapidfuzz import fuzz

    targets = [fold(norm(text)) for text in texts]
    return {
        segment.id: max((fuzz.token_set_ratio(folded(segment), target) for target in targets), default=0.0) / 100
        for segment in segments
    }


def folded(segment: Segment) -> str:
    """Return the text of a segment in the one orthography that is searched."""
    return fold(norm(segment.text))


def having(texts: Sequence[str], typed: str) -> list[int]:
    """Return the places of those folded texts that have every word, or beginning of a word, that was typed."""
    wanted = [fold(word) for word in words(typed)]
    return [place for place, text in enumerate(texts) if all(word in text for word in wanted)]
