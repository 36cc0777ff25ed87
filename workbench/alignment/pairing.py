"""Two documents side by side, with everything about them that scoring needs and that is computed once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.evidence import Evidence
from workbench.alignment.scores import RIVALS, Array, nearest, weights

_SPANS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One document, prepared once for all its pairs.

    Attributes:
        vectors: Sentence vectors, float32.
        fine: Vectors by which single sentences are told from their rivals, float32.
        evidence: Bags of letter sequences, numbers and names.
        factors: Weight of each sentence in a passage.
        norms: Lengths of the summed vectors of 1 to 4 sentences from each on, shape (4, sentences).
        gram_norms: The same of the bags of letter sequences.
        alike: Dot products of those of any two sentences; None for a long document, which needs few of them.
        totals: Summed squares of each sentence's `numbers` and `names`.
    """

    vectors: Array
    fine: Array
    evidence: Evidence
    factors: Array
    norms: Array
    gram_norms: Array
    alike: Array | None
    totals: dict[str, Array]

    def __len__(self) -> int:
        return len(self.vectors)

    def pick(self, kept: list[int]) -> "Text":
        """Return the document with only some of its sentences."""
        return prepare(self.vectors[kept], self.fine[kept], self.evidence.pick(kept))


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One document of a pair: `near` are its sentences' most similar ones in the other, best first."""

    text: Text
    near: NDArray[np.int64]
    near_values: Array

    def __len__(self) -> int:
        return len(self.text)


#: Each left sentence's nearest by the fine vectors and their cosines, and each right one's.
Neighbours = tuple[tuple[NDArray[np.int64], Array], tuple[NDArray[np.int64], Array]]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two documents and how much of them has a confident counterpart (`share`, in [0, 1])."""

    left: Side
    right: Side
    share: float

    @cached_property
    def fine(self) -> Neighbours:
        """Who is near by the fine vectors; sought when free links ask for it, translations do not."""
        left, right = self.left.text, self.right.text
        if left.fine is left.vectors and right.fine is right.vectors:
            return (self.left.near, self.left.near_values), (self.right.near, self.right.near_values)
        return nearest(left.fine, right.fine, RIVALS), nearest(right.fine, left.fine, RIVALS)


def prepare(vectors: Array, fine: Array, bags: Evidence) -> Text:
    """Compute what all pairs of a document need."""
    heavy = vectors.astype(np.float32)
    fine = heavy if fine is vectors else fine.astype(np.float32)
    factors = weights(bags.lengths)
    totals = {name: sums_of_squares(getattr(bags, name)) for name in ("numbers", "names")}
    norms = _vector_norms(heavy * factors[:, None])
    grams = bags.grams
    alike = (grams @ grams.T).toarray() if grams.shape[0] <= _FEW else None
    return Text(heavy, fine, bags, factors, norms, _gram_norms(grams, alike), alike, totals)


def pair_up(left: Text, right: Text) -> Pair:
    """Put two documents side by side."""
    one = Side(left, *nearest(left.vectors, right.vectors, RIVALS))
    other = Side(right, *nearest(right.vectors, left.vectors, RIVALS))
    return Pair(one, other, _share(one, other))


def sums_of_squares(bags: Any) -> Array:
    """Return the sum of squares of each sparse row."""
    return np.asarray(bags.multiply(bags).sum(axis=1), dtype=np.float32).ravel()


def mutual(left: Side, right: Side) -> NDArray[np.int64]:
    """Return the pairs of sentences that are each other's nearest, shape (pairs, 2), by left sentence."""
    if not len(left) or not len(right):
        return np.zeros((0, 2), dtype=np.int64)
    rows = np.arange(len(left))
    best = left.near[:, 0]
    both = right.near[best, 0] == rows
    return np.stack([rows[both], best[both]], axis=1)


def lead(side: Side, rows: NDArray[np.int64]) -> Array:
    """Return how far the nearest neighbour of each of `rows` stands out from the second."""
    values = side.near_values[rows]
    return np.asarray(values[:, 0] - values[:, 1] if values.shape[1] > 1 else np.full(len(rows), 0.02))


def _share(left: Side, right: Side) -> float:
    links = mutual(left, right)
    if not len(links):
        return 0.0
    clear = (lead(left, links[:, 0]) > 0.01) & (lead(right, links[:, 1]) > 0.01)
    return float(2 * clear.sum() / (len(left) + len(right)))


def _vector_norms(heavy: Array) -> Array:
    summed, rows = heavy.copy(), []
    for offset in range(_SPANS):
        if offset:
            summed[: max(0, len(heavy) - offset)] += heavy[offset:]
        rows.append(np.linalg.norm(summed, axis=1))
    return np.maximum(np.array(rows, dtype=np.float32).reshape(_SPANS, len(heavy)), 1e-9)


#: Up to so many sentences, all dot products at once are quicker than those of near ones alone.
_FEW = 128


def _gram_norms(grams: Any, alike: Array | None) -> Array:
    """Norms of sums of consecutive sparse rows, from the dot products of near rows."""
    count = grams.shape[0]
    dots = np.zeros((_SPANS, count), dtype=np.float32)
    for apart in range(min(_SPANS, count)):
        if alike is not None:
            dots[apart, : count - apart] = alike.diagonal(apart)
        else:
            product = grams[: count - apart].multiply(grams[apart:])
            dots[apart, : count - apart] = np.asarray(product.sum(axis=1)).ravel()
    squared = np.zeros((_SPANS, count), dtype=np.float32)
    squared[0] = dots[0]
    for span in range(1, _SPANS):
        squared[span] = squared[span - 1]
        for apart in range(span + 1):
            first = min(span - apart, count)
            squared[span, : count - first] += dots[apart, first:] * (1 if apart == 0 else 2)
    return np.sqrt(np.maximum(squared, 1e-9))


_STRETCH = 32


def localised(left: Text, right: Text, low: NDArray[np.int64], high: NDArray[np.int64]) -> Pair:
    """Put two long texts side by side, rivals sought nearby only: what stands far away is no rival.

    So a sentence of a book is judged as one of a short article is.

    Args:
        left: The one text.
        right: The other.
        low: First right sentence in reach of each left one (and of the end).
        high: Last one, the same.
    """
    rows, columns = np.arange(len(left)), np.arange(len(right))
    first = np.searchsorted(high, columns, side="left")
    last = np.searchsorted(low, columns, side="right")
    one = _nearby(left, right, low[rows], high[rows])
    other = _nearby(right, left, first, last)
    return Pair(one, other, _share(one, other))


def _nearby(text: Text, other: Text, low: NDArray[np.int64], high: NDArray[np.int64]) -> Side:
    near = np.zeros((len(text), RIVALS), dtype=np.int64)
    values = np.zeros((len(text), RIVALS), dtype=np.float32)
    for start in range(0, len(text), _STRETCH):
        stop = min(start + _STRETCH, len(text))
        begin = max(0, min(int(low[start]), len(other) - RIVALS))
        end = min(len(other), max(int(high[stop - 1]), begin + RIVALS))
        found = nearest(text.vectors[start:stop], other.vectors[begin:end], RIVALS)
        near[start:stop], values[start:stop] = found[0] + begin, found[1]
    return Side(text, near, values)
