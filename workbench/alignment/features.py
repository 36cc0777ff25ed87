"""The evidence for a link as a row of numbers, for beads of translations and for pairs of single sentences."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.monotone import SHAPES
from workbench.alignment.pairing import Pair, Side
from workbench.alignment.scores import Array, window_sum

#: What is known of a bead, in the order of the features' axis.
BEAD_FEATURES = (
    "similarity", "row_margin", "column_margin", "grams", "numbers_shared", "numbers_unmatched",
    "names_shared", "names_unmatched", "length", "merge_similarity", "merge_grams", "share", "share_merged",
    "bias", "one_to_two", "two_to_two", "one_to_three", "larger",
)  # fmt: skip

#: What is known of two single sentences at first sight.
LINK_FEATURES = (
    "similarity", "row_margin", "column_margin", "row_gap", "column_gap", "mutual", "grams", "row_grams",
    "column_grams", "numbers_shared", "numbers_unmatched", "names_shared", "names_unmatched", "length", "share",
    "bias",
)  # fmt: skip

_AHEAD = 3


def bead_features(pair: Pair, rows: slice, columns: slice) -> Array:
    """Return features of every bead that starts in a rectangle, shape (features, bead shapes, rows, columns).

    Beads that reach over the end of a document have features too; the search never takes them.
    """
    left, right = pair.left, pair.right
    r, c = rows.stop - rows.start, columns.stop - columns.start
    ahead = (
        slice(rows.start, min(rows.stop + _AHEAD, len(left))),
        slice(columns.start, min(columns.stop + _AHEAD, len(right))),
    )
    windows = _Windows(pair, *ahead)
    out = np.zeros((len(BEAD_FEATURES), len(SHAPES), r, c), dtype=np.float32)
    for index, (n, m) in enumerate(SHAPES):
        values = windows.bead(n, m)
        size = n + m
        values["share"] = np.float32(pair.share)
        values["share_merged"] = np.float32(pair.share * (size > 2))
        values["bias"] = np.float32(1)
        kind = {2: "", 3: "one_to_two", 4: "two_to_two" if n == m else "one_to_three"}.get(size, "larger")
        if kind:
            values[kind] = np.float32(1)
        for name, value in values.items():
            cell = out[BEAD_FEATURES.index(name), index]
            cell[...] = value[:r, :c] if isinstance(value, np.ndarray) and value.ndim == 2 else value
    return out


class _Windows:
    """Sums over windows of a rectangle, from which the features of merged passages follow without encoding."""

    def __init__(self, pair: Pair, rows: slice, columns: slice) -> None:
        left, right = pair.left, pair.right
        self.left, self.right, self.rows, self.columns = left, right, rows, columns
        weight = np.outer(left.text.factors[rows], right.text.factors[columns])
        self.dots = (left.text.vectors[rows] @ right.text.vectors[columns].T) * weight
        one, other = (
            left.text.evidence.rows(rows.start, rows.stop),
            right.text.evidence.rows(columns.start, columns.stop),
        )
        self.grams = (one.grams @ other.grams.T).toarray()
        self.numbers = (one.numbers @ other.numbers.T).toarray()
        self.names = (one.names @ other.names.T).toarray()
        self.lengths = one.lengths, other.lengths
        self.cache: dict[tuple[str, int, int], Array] = {}

    def similarity(self, n: int, m: int) -> Array:
        """Cosine of passages of n and m sentences."""
        norms = np.outer(self.left.text.norms[n - 1, self.rows], self.right.text.norms[m - 1, self.columns])
        return self._kept("similarity", n, m, lambda: window_sum(self.dots, n, m) / norms)

    def gram_cosine(self, n: int, m: int) -> Array:
        """Cosine of their letter sequences."""
        norms = np.outer(self.left.text.gram_norms[n - 1, self.rows], self.right.text.gram_norms[m - 1, self.columns])
        return self._kept("grams", n, m, lambda: window_sum(self.grams, n, m) / norms)

    def bead(self, n: int, m: int) -> dict[str, Array | np.float32]:
        """Features of all beads of one shape."""
        similarity, grams = self.similarity(n, m), self.gram_cosine(n, m)
        values: dict[str, Array | np.float32] = {
            "similarity": similarity,
            "row_margin": similarity - self._row_rival(n, m),
            "column_margin": similarity - self._column_rival(n, m),
            "grams": grams,
            "length": length_penalty(_span(self.lengths[0], n)[:, None], _span(self.lengths[1], m)[None, :]),
        }
        for name, shared in (("numbers", self.numbers), ("names", self.names)):
            both = window_sum(shared, n, m)
            a = self.left.text.totals[name][self.rows]
            b = self.right.text.totals[name][self.columns]
            values.update(overlap(name, both, _span(a, n)[:, None], _span(b, m)[None, :]))
        if n + m > 2:
            values["merge_similarity"] = similarity - self._best_part(self.similarity, n, m)
            values["merge_grams"] = grams - self._best_part(self.gram_cosine, n, m)
        return values

    def _kept(self, name: str, n: int, m: int, make) -> Array:  # type: ignore[no-untyped-def]
        key = (name, n, m)
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]

    def _best_part(self, score, n: int, m: int) -> Array:  # type: ignore[no-untyped-def]
        """The best score of the bead with an outer sentence of one side taken away."""
        parts = []
        if n > 1:
            smaller = score(n - 1, m)
            parts += [smaller, _shifted(smaller, 1, 0)]
        if m > 1:
            smaller = score(n, m - 1)
            parts += [smaller, _shifted(smaller, 0, 1)]
        return np.asarray(np.maximum.reduce(parts))

    def _row_rival(self, n: int, m: int) -> Array:
        outside = self._kept("row", 1, m, lambda: _outside(self.left, self.rows, self.columns, m))
        return _mean_over(outside, self.left.text.factors[self.rows], n)

    def _column_rival(self, n: int, m: int) -> Array:
        outside = self._kept("column", n, 1, lambda: _outside(self.right, self.columns, self.rows, n))
        return _mean_over(outside, self.right.text.factors[self.columns], m).T


def _outside(side: Side, rows: slice, columns: slice, span: int) -> Array:
    """The best cosine of each sentence with any sentence outside the window of `span` from each column on."""
    starts = np.arange(columns.start, columns.stop)[None, :]
    near, values = side.near[rows], side.near_values[rows]
    rival = np.broadcast_to(values[:, -1:], (len(near), starts.shape[1]))
    for rank in range(near.shape[1] - 1, -1, -1):
        column = near[:, rank : rank + 1]
        inside = (column >= starts) & (column < starts + span)
        rival = np.where(inside, rival, values[:, rank : rank + 1])
    return rival


def _mean_over(values: Array, factors: Array, span: int) -> Array:
    weighted = window_sum(values * factors[:, None], span, 1)
    return np.asarray(weighted / _span(factors, span)[:, None])


def _span(values: Array, span: int) -> Array:
    """Sums of `span` consecutive values, as far as they go."""
    return window_sum(values[:, None], span, 1)[:, 0]


def _shifted(values: Array, down: int, right: int) -> Array:
    moved = np.full_like(values, -1.0)
    moved[: len(values) - down, : values.shape[1] - right] = values[down:, right:]
    return moved


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
    rows = np.arange(len(left))[:, None] * width + left.near
    columns = right.near * width + np.arange(len(right))[:, None]
    keys = np.unique(np.concatenate([rows.ravel(), columns.ravel()]))
    return np.stack([keys // width, keys % width], axis=1)


def link_features(pair: Pair, cells: NDArray[np.int64]) -> Array:
    """Return features of pairs of single sentences, shape (pairs, features)."""
    left, right = pair.left, pair.right
    i, j = cells[:, 0], cells[:, 1]
    similarity = np.einsum("kd,kd->k", left.text.vectors[i], right.text.vectors[j])
    grams = _dots(left.text.evidence.grams, right.text.evidence.grams, i, j) / (
        left.text.gram_norms[0, i] * right.text.gram_norms[0, j]
    )
    row_rival, column_rival = _rival(left, i, j), _rival(right, j, i)
    values = {
        "similarity": similarity,
        "row_margin": similarity - row_rival,
        "column_margin": similarity - column_rival,
        "row_gap": similarity - left.near_values[i].mean(axis=1),
        "column_gap": similarity - right.near_values[j].mean(axis=1),
        "mutual": (left.near[i, 0] == j) & (right.near[j, 0] == i),
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
        values.update(overlap(name, _dots(a, b, i, j), *totals))
    return np.stack([np.asarray(values[name], dtype=np.float32) for name in LINK_FEATURES], axis=1)


def _dots(left, right, i, j) -> Array:  # type: ignore[no-untyped-def]
    return _row_sums(left[i].multiply(right[j]))


def _rival(side: Side, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Array:
    if side.near.shape[1] < 2:
        return np.asarray(side.near_values[rows, 0])
    first = side.near[rows, 0] == columns
    return np.asarray(np.where(first, side.near_values[rows, 1], side.near_values[rows, 0]))


def best_other(keys: NDArray[np.int64], values: NDArray[np.floating]) -> Array:
    """Return for each entry the greatest value among the other entries with the same key, 0 where alone."""
    order = np.lexsort((-values, keys))
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]])
    group = np.cumsum(np.r_[True, sorted_keys[1:] != sorted_keys[:-1]]) - 1
    first = values[order][starts]
    follow = np.minimum(starts + 1, len(values) - 1)
    has_second = (starts + 1 < len(values)) & (sorted_keys[follow] == sorted_keys[starts])
    second = np.where(has_second, values[order][follow], 0.0)
    best = np.empty(len(values), dtype=np.float32)
    at_start = np.isin(np.arange(len(values)), starts)
    best[order] = np.where(at_start, second[group], first[group])
    return best


def named(names: Iterable[str], row: Array) -> dict[str, float]:
    """Return one row of features by name."""
    return {name: float(value) for name, value in zip(names, row, strict=True)}
