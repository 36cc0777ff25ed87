"""Similarity of sentences and of passages, and how far it stands out from rivals."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

#: How many rivals of a sentence are remembered.
RIVALS = 6


def weights(lengths: Array) -> Array:
    """Return the weight of each sentence in the vector of a passage: the square root of its length."""
    return np.sqrt(np.maximum(lengths, 1)).astype(np.float32)


def blocks(count: int, size: int) -> Iterator[tuple[int, int]]:
    """Cut `count` rows into stretches of at most `size`."""
    for start in range(0, count, size):
        yield start, min(count, start + size)


def similarity(left: Array, right: Array) -> Array:
    """Return the cosine of every pair of unit vectors, shape (left, right)."""
    return np.asarray(left.astype(np.float32, copy=False) @ right.astype(np.float32, copy=False).T)


def passage_vectors(vectors: Array, lengths: Array, passages: list[tuple[int, ...]]) -> Array:
    """Return unit vectors of passages: the means of their sentences' vectors weighted by root length."""
    heavy = vectors.astype(np.float32) * weights(lengths)[:, None]
    summed = np.array([heavy[list(p)].sum(axis=0) for p in passages]).reshape(len(passages), vectors.shape[1])
    return unit(summed)


def unit(vectors: NDArray[np.floating]) -> Array:
    """Bring vectors to unit length; those of no length stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def nearest(left: Array, right: Array, count: int, block: int = 1024) -> tuple[NDArray[np.int64], Array]:
    """Return each left sentence's `count` most similar right sentences, best first, and their cosines.

    Works through `block` rows at a time, so memory stays linear. Equal cosines go to the earlier sentence.
    """
    count = min(count, len(right))
    columns = np.zeros((len(left), count), dtype=np.int64)
    values = np.zeros((len(left), count), dtype=np.float32)
    for start, stop in blocks(len(left), block):
        cosines = similarity(left[start:stop], right)
        chosen = _highest(cosines, count)
        picked = np.take_along_axis(cosines, chosen, axis=1)
        order = np.argsort(-picked, axis=1, kind="stable")
        columns[start:stop] = np.take_along_axis(chosen, order, axis=1)
        values[start:stop] = np.take_along_axis(picked, order, axis=1)
    return columns, values


_GROUP = 16


def _highest(values: Array, count: int) -> NDArray[np.int64]:
    """Return the columns of each row's `count` highest values, in rising order of column.

    The highest values lie in the groups of columns with the highest maxima, so only those are sorted.
    """
    rows, columns = values.shape
    if count == columns:
        return np.tile(np.arange(count), (rows, 1))
    if columns > 2 * _GROUP * count:
        padded = np.pad(values, ((0, 0), (0, -columns % _GROUP)), constant_values=-np.inf)
        tops = padded.reshape(rows, -1, _GROUP).max(axis=2)
        groups = np.sort(np.argpartition(-tops, count - 1, axis=1)[:, :count], axis=1)
        places = (groups[:, :, None] * _GROUP + np.arange(_GROUP)).reshape(rows, -1)
        few = np.take_along_axis(padded, places, axis=1)
        best = np.argpartition(-few, count - 1, axis=1)[:, :count]
        return np.sort(np.take_along_axis(places, best, axis=1), axis=1)
    return np.sort(np.argpartition(-values, count - 1, axis=1)[:, :count], axis=1)
