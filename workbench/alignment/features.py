"""The evidence for a link of two single sentences as a row of numbers."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.pairing import Pair
from workbench.alignment.scores import Array

#: What is known of two single sentences at first sight.
LINK_FEATURES = (
    "similarity", "row_margin", "column_margin", "row_gap", "column_gap", "mutual", "fine_similarity",
    "fine_row_margin", "fine_column_margin", "fine_row_gap", "fine_column_gap", "grams", "row_grams",
    "column_grams", "numbers_shared", "numbers_unmatched", "names_shared", "names_unmatched", "length", "share",
    "bias",
)  # fmt: skip


def _row_sums(bags) -> Array:  # type: ignore[no-untyped-def]
    return np.asarray(bags.sum(axis=1), dtype=np.float32).ravel()


def length_penalty(left: Array, right: Array) -> Array:
    """Return how unlikely the lengths of a passage and its translation are: squared log ratio in deviations."""
    deviation = np.log(left / right) / (0.15 + 1.2 / np.sqrt(np.minimum(left, right)))
    return np.asarray(np.minimum(deviation**2, 16.0) / 4, dtype=np.float32)


def overlap(name: str, shared: Array, left: Array, right: Array) -> dict[str, Array]:
    """Return how much of the numbers or names is shared, and how much stands alone on either side."""
    shared = np.minimum(shared, np.minimum(left, right))
    alone = np.maximum(left + right - 2 * shared, 0.0)
    return {f"{name}_shared": np.log1p(shared), f"{name}_unmatched": np.log1p(alone)}


def candidates(pair: Pair) -> NDArray[np.int64]:
    """Return pairs of sentences worth a look, shape (candidates, 2): near in one direction at least."""
    left, right = pair.left, pair.right
    width = len(right)
    if not len(left) or not width:
        return np.zeros((0, 2), dtype=np.int64)
    (fine_rows, _), (fine_columns, _) = pair.fine
    rows = np.arange(len(left))[:, None] * width + np.concatenate([left.near, fine_rows], axis=1)
    columns = np.concatenate([right.near, fine_columns], axis=1) * width + np.arange(width)[:, None]
    keys = np.unique(np.concatenate([rows.ravel(), columns.ravel()]))
    return np.stack([keys // width, keys % width], axis=1)


def link_features(pair: Pair, cells: NDArray[np.int64]) -> Array:
    """Return features of pairs of single sentences, shape (pairs, features)."""
    left, right = pair.left, pair.right
    i, j = cells[:, 0], cells[:, 1]
    similarity = np.einsum("kd,kd->k", left.text.vectors[i], right.text.vectors[j])
    grams = dots(left.text.evidence.grams, right.text.evidence.grams, i, j) / (
        left.text.gram_norms[0, i] * right.text.gram_norms[0, j]
    )
    row_rival = _rival(left.near, left.near_values, i, j)
    column_rival = _rival(right.near, right.near_values, j, i)
    fine = np.einsum("kd,kd->k", left.text.fine[i], right.text.fine[j])
    fine_rows, fine_columns = pair.fine
    values = {
        "similarity": similarity,
        "row_margin": similarity - row_rival,
        "column_margin": similarity - column_rival,
        "row_gap": similarity - left.near_values[i].mean(axis=1),
        "column_gap": similarity - right.near_values[j].mean(axis=1),
        "mutual": (left.near[i, 0] == j) & (right.near[j, 0] == i),
        "fine_similarity": fine,
        "fine_row_margin": fine - _rival(*fine_rows, i, j),
        "fine_column_margin": fine - _rival(*fine_columns, j, i),
        "fine_row_gap": fine - fine_rows[1][i].mean(axis=1),
        "fine_column_gap": fine - fine_columns[1][j].mean(axis=1),
        "grams": grams,
        "row_grams": grams - best_other(i, grams),
        "column_grams": grams - best_other(j, grams),
        "length": length_penalty(left.text.evidence.lengths[i], right.text.evidence.lengths[j]),
        "share": np.full(len(cells), pair.share),
        "bias": np.ones(len(cells)),
    }
    for name in ("numbers", "names"):
        a, b = getattr(left.text.evidence, name), getattr(right.text.evidence, name)
        totals = left.text.totals[name][i], right.text.totals[name][j]
        values.update(overlap(name, dots(a, b, i, j), *totals))
    return np.stack([np.asarray(values[name], dtype=np.float32) for name in LINK_FEATURES], axis=1)


#: Up to so many pairs of sentences, all dot products at once are quicker than those of the candidates alone.
_FEW = 1 << 18


def dots(left, right, i, j) -> Array:  # type: ignore[no-untyped-def]
    """Return the dot products of sparse rows `i` of the one with rows `j` of the other."""
    if left.shape[0] * right.shape[0] <= _FEW:
        return np.asarray((left @ right.T).toarray()[i, j])
    return _row_sums(left[i].multiply(right[j]))


def _rival(near: NDArray[np.int64], values: Array, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Array:
    if near.shape[1] < 2:
        return np.asarray(values[rows, 0])
    return np.asarray(np.where(near[rows, 0] == columns, values[rows, 1], values[rows, 0]))


def best_other(keys: NDArray[np.int64], values: NDArray[np.floating]) -> Array:
    """Return for each entry the greatest value among the other entries with the same key, 0 where alone."""
    if not len(keys):
        return np.zeros(0, dtype=np.float32)
    order = np.lexsort((-values, keys))
    sorted_keys, sorted_values = keys[order], values[order]
    first = np.empty(len(keys), dtype=np.bool_)
    first[0], first[1:] = True, sorted_keys[1:] != sorted_keys[:-1]
    starts = np.flatnonzero(first)
    follow = np.minimum(starts + 1, len(values) - 1)
    has_second = (starts + 1 < len(values)) & (sorted_keys[follow] == sorted_keys[starts])
    second = np.where(has_second, sorted_values[follow], 0.0)
    group = np.cumsum(first) - 1
    best = np.empty(len(values), dtype=np.float32)
    best[order] = np.where(first, second[group], sorted_values[starts][group])
    return best


def named(names: Iterable[str], row: Array) -> dict[str, float]:
    """Return one row of features by name."""
    return {name: float(value) for name, value in zip(names, row, strict=True)}
