"""Order-keeping alignment: the best, and the probable, sequences of beads between two texts.

A bead joins 1 to 4 sentences of either side. It has a gain; a sentence left without a counterpart gains nothing.
The best path maximises the sum of gains (dynamic programming after Gale and Church 1993, with gains instead of
costs). The same recursion over sums instead of maxima gives each bead's probability, as in a semi-Markov
conditional random field (Sarawagi and Cohen 2004).

Positions (i, j) mean "i left and j right sentences are behind us". A corridor bounds the j of every i; where it
is the whole rectangle the result is exact. Memory is one small number per cell of the corridor.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.scores import blocks

Gains = NDArray[np.float64]
#: (rows, columns): gains of beads that start in a rectangle, shape (bead shapes, rows, columns).
GainsOf = Callable[[slice, slice], Gains]

#: Sentences of the left and of the right side in a bead.
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2))
_REACH = 4
_LEFT, _UP = -1, -2


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive sentences of both sides: `rows` from `row`, `columns` from `column`."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """The positions that a path may visit: for i left sentences, `low[i]` to `high[i]` right ones, inclusive."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]

    @property
    def cells(self) -> int:
        """How many positions it holds."""
        return int((self.high - self.low + 1).sum())


def whole(rows: int, columns: int) -> Corridor:
    """Return the corridor that holds every position."""
    return Corridor(np.zeros(rows + 1, dtype=np.int64), np.full(rows + 1, columns, dtype=np.int64))


def corridor(rows: int, columns: int, anchors: Sequence[tuple[int, int]], pad: int = 24, cap: int = 200) -> Corridor:
    """Return a corridor around anchors that increase on both sides.

    Between two anchors it is the rectangle they span, but at most `cap` to either side of the straight line,
    widened by `pad`.
    """
    points = np.array([(0, 0), *anchors, (rows, columns)], dtype=np.float64)
    at = np.arange(rows + 1)
    line = np.interp(at, points[:, 0], points[:, 1])
    following = np.clip(np.searchsorted(points[:, 0], at, side="left"), 1, len(points) - 1)
    before = np.clip(np.searchsorted(points[:, 0], at, side="right") - 1, 0, len(points) - 1)
    low = np.maximum(points[np.minimum(before, following), 1], line - cap) - pad
    high = np.minimum(points[np.maximum(following, before), 1], line + cap) + pad
    low, high = np.maximum.accumulate(np.floor(low)), np.maximum.accumulate(np.ceil(high))
    low[0], high[-1] = 0, columns
    return Corridor(np.clip(low, 0, columns).astype(np.int64), np.clip(high, 0, columns).astype(np.int64))


def best_path(rows: int, columns: int, gains: GainsOf, within: Corridor | None = None) -> list[Bead]:
    """Return the beads of the path with the highest sum of gains, in order; ties prefer fewer sentences in beads."""
    within = within or whole(rows, columns)
    pending = [_Row(within, i, rows) for i in range(min(rows, _REACH) + 1)]
    pending[0].value[0 - int(within.low[0])] = 0.0
    back: list[NDArray[np.int8]] = []
    for i, row_gains in _by_row(rows, columns, gains, within):
        here = pending.pop(0)
        if i + _REACH <= rows and i:
            pending.append(_Row(within, i + _REACH, rows))
        back.append(_finish(here))
        if row_gains is not None:
            _push(here, row_gains, pending)
    return _trace(back, within, rows, columns)


class _Row:
    """Best sums of the positions of one i, and how each was reached."""

    __slots__ = ("back", "high", "low", "value")

    def __init__(self, within: Corridor, i: int, rows: int) -> None:
        self.low, self.high = int(within.low[i]), int(within.high[i])
        self.value = np.full(self.high - self.low + 1, -np.inf)
        self.back = np.full(self.high - self.low + 1, _UP, dtype=np.int8)


def _by_row(
    rows: int, columns: int, gains: GainsOf, within: Corridor, size: int = 128
) -> Iterator[tuple[int, Gains | None]]:
    """Yield each i with the gains of beads starting there, over the columns of its corridor; lastly None."""
    for start, stop in blocks(rows, size):
        low, high = int(within.low[start]), int(within.high[stop - 1])
        chunk = gains(slice(start, stop), slice(low, min(high, columns)))
        for i in range(start, stop):
            yield i, chunk[:, i - start, int(within.low[i]) - low : int(within.high[i]) + 1 - low]
    yield rows, None


def _finish(row: _Row) -> NDArray[np.int8]:
    """Let right sentences be left alone: carry the best sum to the right."""
    carried = np.maximum.accumulate(row.value)
    row.back[carried > row.value] = _LEFT
    row.value = carried
    return row.back


def _push(here: _Row, gains: Gains, pending: list[_Row]) -> None:
    """Extend the sums of one row by every bead that starts there, and by leaving one left sentence alone."""
    _offer(pending[0], here.value, here.low, _UP)
    for shape, (n, m) in enumerate(SHAPES):
        if n <= len(pending):
            width = gains.shape[1]
            _offer(pending[n - 1], here.value[:width] + gains[shape], here.low + m, shape)


def _offer(row: _Row, sums: Gains, low: int, code: int) -> None:
    start, stop = max(low, row.low), min(low + len(sums), row.high + 1)
    if start >= stop:
        return
    offered = sums[start - low : stop - low]
    target = slice(start - row.low, stop - row.low)
    better = offered > row.value[target]
    row.value[target][better] = offered[better]
    row.back[target][better] = code


def _trace(back: list[NDArray[np.int8]], within: Corridor, rows: int, columns: int) -> list[Bead]:
    beads = []
    i, j = rows, columns
    while i or j:
        code = int(back[i][j - int(within.low[i])])
        if code == _LEFT:
            j -= 1
        elif code == _UP:
            i -= 1
        else:
            n, m = SHAPES[code]
            i, j = i - n, j - m
            beads.append(Bead(i, j, n, m))
    return beads[::-1]


def total(gains: Gains) -> tuple[float, Gains]:
    """Return the log of the summed weight of all alignments of two texts, and the probability of every bead.

    Args:
        gains: Gains over the whole rectangle, shape (bead shapes, rows, columns); beads that would reach over the
            edge do not count.

    Returns:
        The log partition function, and posterior probabilities in the shape of `gains`.
    """
    _, rows, columns = gains.shape
    forward = _forward(gains)
    backward = _backward(gains)
    posterior = np.zeros_like(gains)
    for shape, (n, m) in enumerate(SHAPES):
        if n <= rows and m <= columns:
            here = slice(None, rows + 1 - n), slice(None, columns + 1 - m)
            logs = forward[here] + gains[shape][here] + backward[n:, m:] - forward[rows, columns]
            posterior[shape][here] = np.exp(np.minimum(logs, 0.0))
    return float(forward[rows, columns]), posterior


def _forward(gains: Gains) -> Gains:
    """Log-sums of the ways from the start to every position.

    Sentences left alone between two beads are taken left side first, so that no alignment counts twice: from
    `entered` a left sentence may still be skipped, from `sums` only right ones.
    """
    _, rows, columns = gains.shape
    entered = np.full((rows + 1, columns + 1), -np.inf)
    sums = np.empty_like(entered)
    entered[0, 0] = 0.0
    for i in range(rows + 1):
        sums[i] = np.logaddexp.accumulate(entered[i])
        for shape, (n, m) in enumerate(SHAPES):
            if i + n <= rows and m <= columns:
                target = entered[i + n, m:]
                np.logaddexp(target, sums[i, : columns + 1 - m] + gains[shape, i, : columns + 1 - m], out=target)
        if i < rows:
            np.logaddexp(entered[i + 1], entered[i], out=entered[i + 1])
    return sums


def _backward(gains: Gains) -> Gains:
    """Log-sums of the ways from every position, just entered by a bead, to the end."""
    _, rows, columns = gains.shape
    entered = np.full((rows + 1, columns + 1), -np.inf)
    for i in range(rows, -1, -1):
        ways = np.full(columns + 1, -np.inf)
        if i == rows:
            ways[columns] = 0.0
        for shape, (n, m) in enumerate(SHAPES):
            if i + n <= rows and m <= columns:
                target = ways[: columns + 1 - m]
                np.logaddexp(target, entered[i + n, m:] + gains[shape, i, : columns + 1 - m], out=target)
        ways = np.logaddexp.accumulate(ways[::-1])[::-1]
        entered[i] = np.logaddexp(ways, entered[i + 1]) if i < rows else ways
    return entered
