"""The evidence for a bead as a row of numbers, for all beads of many stretches at once, without encoding.

What is known of a passage follows from sums over its sentences: a cosine of two passages is a sum over a window of
weighted dot products, divided by the lengths of the summed vectors.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.features import length_penalty, overlap
from workbench.alignment.monotone import SHAPES
from workbench.alignment.pairing import Pair, Side
from workbench.alignment.scores import Array
from workbench.alignment.stretches import Stretch

#: What is known of a bead, in the order of the features' axis.
BEAD_FEATURES = (
    "similarity", "row_margin", "column_margin", "grams", "numbers_shared", "numbers_unmatched",
    "names_shared", "names_unmatched", "length", "merge_similarity", "merge_grams", "share", "share_merged",
    "bias", "one_to_two", "two_to_two", "one_to_three", "larger",
)  # fmt: skip

_SPAN = 4
_AHEAD = _SPAN - 1
Indices = NDArray[np.int64]


def kind(rows: int, columns: int) -> str:
    """Return the feature that tells a bead of so many sentences of either side from one of single sentences."""
    of_four = "two_to_two" if rows == columns else "one_to_three"
    return {2: "", 3: "one_to_two", 4: of_four}.get(rows + columns, "larger")


def bead_features(pair: Pair, rows: slice, columns: slice) -> Array:
    """Return features of every bead that starts in a rectangle, shape (features, bead shapes, rows, columns).

    Beads that reach over the end of a document have features too; the search never takes them.
    """
    stretch = Stretch(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
    return BeadScorer(pair).features([stretch])[:, :, 0]


class BeadScorer:
    """Features of beads of one pair of documents."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.rivals = _Rivals(pair.left), _Rivals(pair.right)

    def features(self, stretches: Sequence[Stretch]) -> Array:
        """Return features of beads that start in stretches: (features, bead shapes, stretches, rows, columns).

        Smaller stretches are padded at the end; what stands there means nothing.
        """
        windows = _Windows(self.pair, self.rivals, stretches)
        out = np.zeros((len(BEAD_FEATURES), len(SHAPES), len(stretches), windows.r, windows.c), dtype=np.float32)
        for index, (n, m) in enumerate(SHAPES):
            values = windows.bead(n, m)
            size = n + m
            values["share"] = np.float32(self.pair.share)
            values["share_merged"] = np.float32(self.pair.share * (size > 2))
            values["bias"] = np.float32(1)
            if shape := kind(n, m):
                values[shape] = np.float32(1)
            for name, value in values.items():
                out[BEAD_FEATURES.index(name), index] = value
        return out


class _Rivals:
    """The best cosine of each sentence of a side with any sentence outside a window of the other side.

    That is the cosine with its nearest, but for the few windows that hold the nearest: `offsets` has for each
    window of 1 to 4 sentences, and each place of the nearest in it, how far the best outside falls short.
    """

    def __init__(self, side: Side) -> None:
        self.nearest, self.best = side.near[:, 0], side.near_values[:, 0]
        apart = side.near - side.near[:, :1]
        self.offsets = {
            (span, place): self._shortfall(side, (apart >= -place) & (apart < span - place))
            for span in range(1, _SPAN + 1)
            for place in range(span)
        }

    def _shortfall(self, side: Side, inside: NDArray[np.bool_]) -> Array:
        first = np.where(inside.all(axis=1), inside.shape[1] - 1, inside.argmin(axis=1))
        return np.asarray(side.near_values[np.arange(len(first)), first] - self.best)


class _Windows:
    """Sums over windows of stretches, from which the features of merged passages follow."""

    def __init__(self, pair: Pair, rivals: tuple[_Rivals, _Rivals], stretches: Sequence[Stretch]) -> None:
        self.r, self.c = max(s.rows for s in stretches), max(s.columns for s in stretches)
        left, right = pair.left.text, pair.right.text
        i = _places([s.row for s in stretches], self.r, len(left))
        j = _places([s.column for s in stretches], self.c, len(right))
        heavy = left.vectors[i] * left.factors[i][..., None], right.vectors[j] * right.factors[j][..., None]
        self.dots = _sums(heavy[0] @ heavy[1].transpose(0, 2, 1), self.r, self.c)
        bags = left.evidence, right.evidence
        self.grams, self.numbers, self.names = (
            _sums(_products(getattr(bags[0], name), getattr(bags[1], name), i, j), self.r, self.c)
            for name in ("grams", "numbers", "names")
        )
        self.norms = left.norms[:, i], right.norms[:, j]
        self.gram_norms = left.gram_norms[:, i], right.gram_norms[:, j]
        self.factors = _spans(left.factors[i]), _spans(right.factors[j])
        self.lengths = _spans(bags[0].lengths[i]), _spans(bags[1].lengths[j])
        self.totals = {name: (_spans(left.totals[name][i]), _spans(right.totals[name][j])) for name in left.totals}
        self.rivals = (
            _rival_sums(rivals[0], left.factors, i, j, self.c),
            _rival_sums(rivals[1], right.factors, j, i, self.r),
        )

    def bead(self, n: int, m: int) -> dict[str, Array | np.float32]:
        """Features of all beads of one shape, shape (stretches, rows, columns) each."""
        similarity = self._cosine(self.dots[n, m], self.norms, n, m)
        grams = self._cosine(self.grams[n, m], self.gram_norms, n, m)
        values: dict[str, Array | np.float32] = {
            "similarity": similarity,
            "row_margin": similarity - self._rival(0, n, m),
            "column_margin": similarity - self._rival(1, m, n).transpose(0, 2, 1),
            "grams": grams,
            "length": length_penalty(*self._sides(self.lengths, n, m)),
        }
        for name in ("numbers", "names"):
            values.update(overlap(name, getattr(self, name)[n, m], *self._sides(self.totals[name], n, m)))
        if n + m > 2:
            values["merge_similarity"] = similarity - self._best_part(self.dots, self.norms, n, m)
            values["merge_grams"] = grams - self._best_part(self.grams, self.gram_norms, n, m)
        return values

    def _cosine(
        self, summed: Array, norms: tuple[Array, Array], n: int, m: int, down: int = 0, right: int = 0
    ) -> Array:
        """Cosine of passages of n and m sentences that start so far down and to the right of each place."""
        one = norms[0][n - 1, :, down : down + self.r, None]
        return np.asarray(summed / (one * norms[1][m - 1, :, None, right : right + self.c]))

    def _best_part(self, sums: "_Sums", norms: tuple[Array, Array], n: int, m: int) -> Array:
        """The best cosine of the bead with an outer sentence of one side taken away."""
        parts = []
        if n > 1:
            parts.append(self._cosine(sums[n - 1, m], norms, n - 1, m))
            parts.append(self._cosine(sums[n, m] - sums[1, m], norms, n - 1, m, down=1))
        if m > 1:
            parts.append(self._cosine(sums[n, m - 1], norms, n, m - 1))
            parts.append(self._cosine(sums[n, m] - sums[n, 1], norms, n, m - 1, right=1))
        return np.asarray(np.maximum.reduce(parts))

    def _sides(self, spans: tuple[Array, Array], n: int, m: int) -> tuple[Array, Array]:
        return spans[0][n - 1, :, : self.r, None], spans[1][m - 1, :, None, : self.c]

    def _rival(self, side: int, own: int, other: int) -> Array:
        """Mean of the sentences' best cosines outside the bead, by weight: (stretches, own side, other side)."""
        best, offsets = self.rivals[side]
        size = offsets[other][own].shape[1]
        weight = self.factors[side][own - 1, :, :size]
        return np.asarray((best[own - 1, :, :size, None] + offsets[other][own]) / weight[..., None])


_Sums = dict[tuple[int, int], Array]


def _places(starts: Sequence[int], count: int, end: int) -> Indices:
    """Indices of the sentences of stretches and of those right behind them, shape (stretches, count + 3)."""
    return np.minimum(np.array(starts)[:, None] + np.arange(count + _AHEAD), end - 1)


def _sums(cells: Array, rows: int, columns: int) -> _Sums:
    """Sums over all windows of 1 to 4 rows and columns, by the window's first cell."""
    found: _Sums = {}
    down = np.zeros_like(cells[:, :rows])
    for n in range(1, _SPAN + 1):
        down = down + cells[:, n - 1 : n - 1 + rows]
        across = np.zeros_like(down[:, :, :columns])
        for m in range(1, _SPAN + 1):
            across = across + down[:, :, m - 1 : m - 1 + columns]
            found[n, m] = across
    return found


def _spans(values: Array) -> Array:
    """Sums of 1 to 4 consecutive values, shape (4, stretches, values - 3)."""
    count = values.shape[1] - _AHEAD
    return np.cumsum([values[:, k : k + count] for k in range(_SPAN)], axis=0, dtype=np.float32)


def _products(left: Any, right: Any, i: Indices, j: Indices) -> Array:
    """Dot products of the bags of each stretch's sentences, shape (stretches, left, right).

    The features of each stretch are given columns of their own, so that one sparse product does for all.
    """
    from scipy.sparse import csr_matrix

    width = left.shape[1] * len(i)
    sides = []
    for bags, places in ((left, i), (right, j)):
        rows = bags[places.ravel()]
        of_row = np.repeat(np.arange(len(places)), places.shape[1])
        own = rows.indices + np.repeat(of_row * left.shape[1], np.diff(rows.indptr))
        sides.append(csr_matrix((rows.data, own, rows.indptr), shape=(len(of_row), width)))
    found = (sides[0] @ sides[1].T).tocoo()
    out = np.zeros((i.size, j.shape[1]), dtype=np.float32)
    out[found.row, found.col - found.row // i.shape[1] * j.shape[1]] = found.data
    return out.reshape(len(i), i.shape[1], j.shape[1])


def _rival_sums(
    rivals: _Rivals, factors: Array, own: Indices, other: Indices, width: int
) -> tuple[Array, dict[int, dict[int, Array]]]:
    """Weighted sums, over passages of a side, of its sentences' best cosines outside windows of the other.

    Returns:
        The sums where the window does not hold the nearest, by length of the passage; and what is to be added
        where it does, by length of the window and of the passage, shape (stretches, own side, other side).
    """
    weight = factors[own]
    best = _spans(weight * rivals.best[own])
    count = own.shape[1] - _AHEAD
    stretch = np.broadcast_to(np.arange(len(own))[:, None], own.shape)
    row = np.broadcast_to(np.arange(own.shape[1]), own.shape)
    place = rivals.nearest[own] - other[:, :1]
    offsets: dict[int, dict[int, Array]] = {}
    for span in range(1, _SPAN + 1):
        cells = np.zeros((*own.shape, width), dtype=np.float32)
        for shift in range(span):
            column = place - shift
            here = (column >= 0) & (column < width)
            cells[stretch[here], row[here], column[here]] = (weight * rivals.offsets[span, shift][own])[here]
        offsets[span] = {}
        summed = np.zeros_like(cells[:, :count])
        for n in range(1, _SPAN + 1):
            summed = summed + cells[:, n - 1 : n - 1 + count]
            offsets[span][n] = summed
    return best, offsets
