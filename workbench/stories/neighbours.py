"""Finding likely neighbours among many articles without comparing all with all sentence by sentence."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.stories.cards import ArticleCard

_BLOCK = 1024


def neighbours(cards: Sequence[ArticleCard], count: int = 8) -> list[tuple[int, int]]:
    """Return pairs of places in `cards` worth a closer look, in rising order.

    Every article names the `count` nearest by document vector and as many by shared rare names and numbers.
    Document vectors are compared after the mean of all is taken off, which is what all news has in common.
    """
    if len(cards) < 2:
        return []
    vectors = np.stack([entry.vector for entry in cards]).astype(np.float32)
    if len(cards) > 2 * count:
        vectors = vectors - vectors.mean(axis=0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    marks = _mark_rows(cards)
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(cards), _BLOCK):
        stop = min(len(cards), start + _BLOCK)
        pairs.update(_nearest(vectors[start:stop] @ vectors.T, start, count))
        pairs.update(_nearest((marks[start:stop] @ marks.T).toarray(), start, count, least=1e-6))
    return sorted(pairs)


def _nearest(scores: NDArray[np.float32], start: int, count: int, least: float = -np.inf) -> list[tuple[int, int]]:
    scores = scores.copy()
    own = np.arange(len(scores))
    scores[own, start + own] = -np.inf
    best = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    return [
        (min(start + row, int(column)), max(start + row, int(column)))
        for row in range(len(scores))
        for column in best[row]
        if scores[row, column] > least
    ]


def _mark_rows(cards: Sequence[ArticleCard]) -> Any:
    """Names and numbers as sparse unit rows weighted by rarity; what one article alone has falls away."""
    from scipy.sparse import csr_matrix

    index: dict[str, int] = {}
    cells = [(row, index.setdefault(m, len(index))) for row, c in enumerate(cards) for m in sorted(c.marks)]
    if not cells:
        return csr_matrix((len(cards), 1), dtype=np.float32)
    rows, columns = np.array(cells).T
    seen = np.bincount(columns, minlength=len(index))
    weight = np.log((len(cards) + 1) / seen)[columns]
    norms = np.sqrt(np.bincount(rows, weights=weight**2, minlength=len(cards)))
    values = (weight / np.maximum(norms[rows], 1e-9)).astype(np.float32)
    kept = seen[columns] > 1
    return csr_matrix((values[kept], (rows[kept], columns[kept])), shape=(len(cards), len(index)))
