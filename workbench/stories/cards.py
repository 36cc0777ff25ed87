"""What gathering into stories needs to know of an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workbench.languages import EN, fold, romanise

_WORD = re.compile(r"\d+|[^\W\d_]{2,}")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_STEM = 5


@dataclass(frozen=True, slots=True, eq=False)
class ArticleCard:
    """One article as gathering sees it.

    Attributes:
        key: The article's id.
        language: Its language code.
        vector: Its document vector, of unit length: the mean of its sentence vectors weighted by the square
            root of their length, the first three sentences twice.
        texts: Its sentences that take part in alignment.
        vectors: Their vectors, shape (sentences, dimensions).
        marks: Stems of its names, and its numbers, in Latin letters, so that languages can be compared.
        day: When it was published, as a day number; None where unknown.
        fine: The fine view of the vectors, or None where the encoder has none.
    """

    key: int
    language: str
    vector: NDArray[np.float32]
    texts: tuple[str, ...]
    vectors: NDArray[np.floating]
    marks: frozenset[str]
    day: int | None = None
    fine: NDArray[np.floating] | None = None


def card(
    key: int,
    language: str,
    texts: Sequence[str],
    vectors: NDArray[np.floating],
    published: str = "",
    fine: NDArray[np.floating] | None = None,
) -> ArticleCard:
    """Make the card of an article from its sentences, their vectors and its date (ISO 8601, or empty)."""
    found = _DATE.match(published)
    marks = frozenset(mark for text in texts for mark in _marks(text, language))
    vector = _document_vector(texts, vectors)
    return ArticleCard(key, language, vector, tuple(texts), vectors, marks, _day(found), fine)


def _document_vector(texts: Sequence[str], vectors: NDArray[np.floating]) -> NDArray[np.float32]:
    weights = np.sqrt([max(1, len(text)) for text in texts]).reshape(-1, 1)
    weights[:3] *= 2
    summed = (np.asarray(vectors, dtype=np.float32) * weights).sum(axis=0)
    return np.asarray(summed / max(float(np.linalg.norm(summed)), 1e-9), dtype=np.float32)


def _marks(text: str, language: str) -> list[str]:
    """Names and numbers: capitalised words but the first, cut to a stem, and figures."""
    words = _WORD.findall(text)
    return [
        _stem(word, language) for place, word in enumerate(words) if word[0].isdigit() or (place and word[0].isupper())
    ]


def _stem(word: str, language: str) -> str:
    if word[0].isdigit():
        return word
    latin = word.casefold() if language == EN else romanise(fold(word), "ru")
    return latin[: min(_STEM, max(3, len(latin) - 1))]


def _day(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups())).toordinal()
    except ValueError:
        return None
