"""Order-keeping alignment: the best, and the probable, sequences of beads between two texts.

A bead joins 1 to 4 sentences of either side. It has a gain; a sentence left without a counterpart gains nothing.
The best path maximises the sum of gains (dynamic programming after Gale and Church 1993, with gains instead of
costs). The same recursion over sums instead of maxima gives each bead's probability, as in a semi-Markov
conditional random field (Sarawagi and Cohen 2004).

Positions (i, j) mean "i left and j right sentences are behind us". Several stretches are worked through at once, row
by row and exactly; a long text is cut into stretches first (`stretches`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Gains = NDArray[np.float64]

#: Sentences of the left and of the right side in a bead.
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2))
_LEFT, _UP = -1, -2


@dataclass(frozen=True, slots=True)
class Bead:
    """Consecutive sentences of both sides: `rows` from `row`, `columns` from `column`."""

    row: int
    column: int
    rows: int
    columns: int


def best_path(gains: Gains) -> list[Bead]:
    """Return the beads of the path with the highest sum of gains through one rectangle, in order.

    Args:
        gains: Gains of beads by where they start, shape (bead shapes, rows, columns); beads that would reach over
            the edge do not count.
    """
    return best_paths(gains[:, None], [gains.shape[1:]])[0]


def best_paths(gains: Gains, sizes: Sequence[tuple[int, ...]]) -> list[list[Bead]]:
    """Return the best paths through several rectangles; ties prefer fewer sentences in beads.

    Args:
        gains: Shape (bead shapes, rectangles, rows, columns), the smaller rectangles padded at the end.
        sizes: Rows and columns of each rectangle.
    """
    _, count, rows, columns = gains.shape
    # The best sum of gains from each position to the end of its rectangle, and the first step on that way.
    value = _ends(count, rows, columns, sizes)
    step = np.full(value.shape, _UP, dtype=np.int8)
    for i in range(rows, -1, -1):
        here, code = value[:, i], step[:, i]
        if i < rows:
            np.maximum(here, value[:, i + 1], out=here)
        for shape, (n, m) in enumerate(SHAPES):
            if i + n <= rows and m <= columns:
                offered = gains[shape, :, i, : columns + 1 - m] + value[:, i + n, m:]
                better = offered > here[:, : columns + 1 - m]
                np.copyto(here[:, : columns + 1 - m], offered, where=better)
                np.copyto(code[:, : columns + 1 - m], np.int8(shape), where=better)
        carried = np.maximum.accumulate(here[:, ::-1], axis=1)[:, ::-1]
        np.copyto(code, np.int8(_LEFT), where=carried > here)
        value[:, i] = carried
    return [_trace(step[k], size[0], size[1]) for k, size in enumerate(sizes)]


def _trace(step: NDArray[np.int8], rows: int, columns: int) -> list[Bead]:
    beads = []
    i = j = 0
    while i < rows and j < columns:
        code = int(step[i, j])
        if code == _LEFT:
            j += 1
        elif code == _UP:
            i += 1
        else:
            n, m = SHAPES[code]
            beads.append(Bead(i, j, n, m))
            i, j = i + n, j + m
    return beads


def total(gains: Gains) -> tuple[float, Gains]:
    """Return the log of the summed weight of all alignments of two texts, and the probability of every bead.

    Args:
        gains: As `best_path` takes them.

    Returns:
        The log partition function, and posterior probabilities in the shape of `gains`.
    """
    log_totals, posterior = totals(gains[:, None], [gains.shape[1:]])
    return float(log_totals[0]), posterior[:, 0]


def totals(gains: Gains, sizes: Sequence[tuple[int, ...]]) -> tuple[Gains, Gains]:
    """Return the same as `total` for several rectangles, given as to `best_paths`."""
    _, count, rows, columns = gains.shape
    forward = _forward(gains)
    backward = _backward(gains, sizes)
    ends = np.array(sizes, dtype=np.int64).reshape(count, 2)
    whole = forward[np.arange(count), ends[:, 0], ends[:, 1]]
    forward -= whole[:, None, None]
    posterior = np.zeros_like(gains)
    for shape, (n, m) in enumerate(SHAPES):
        if n <= rows and m <= columns:
            here = (slice(None), slice(None, rows + 1 - n), slice(None, columns + 1 - m))
            logs = forward[here] + gains[shape][here] + backward[:, n:, m:]
            posterior[shape][here] = np.exp(np.minimum(logs, 0.0))
    return whole, posterior


def _ends(count: int, rows: int, columns: int, sizes: Sequence[tuple[int, ...]]) -> Gains:
    """Log-sums of positions before anything is known: all impossible, but for the ends."""
    value = np.full((count, rows + 1, columns + 1), -np.inf)
    for k, size in enumerate(sizes):
        value[k, size[0], size[1]] = 0.0
    return value


def _forward(gains: Gains) -> Gains:
    """Log-sums of the ways from the start to every position.

    Sentences left alone between two beads are taken left side first, so that no alignment counts twice: from
    `entered` a left sentence may still be skipped, from `sums` only right ones.
    """
    _, count, rows, columns = gains.shape
    entered = np.full((count, rows + 1, columns + 1), -np.inf)
    sums = np.empty_like(entered)
    entered[:, 0, 0] = 0.0
    for i in range(rows + 1):
        sums[:, i] = np.logaddexp.accumulate(entered[:, i], axis=1)
        for shape, (n, m) in enumerate(SHAPES):
            if i + n <= rows and m <= columns:
                target = entered[:, i + n, m:]
                np.logaddexp(target, sums[:, i, : columns + 1 - m] + gains[shape, :, i, : columns + 1 - m], out=target)
        if i < rows:
            np.logaddexp(entered[:, i + 1], entered[:, i], out=entered[:, i + 1])
    return sums


def _backward(gains: Gains, sizes: Sequence[tuple[int, ...]]) -> Gains:
    """Log-sums of the ways from every position, just entered by a bead, to the end."""
    _, count, rows, columns = gains.shape
    entered = _ends(count, rows, columns, sizes)
    for i in range(rows, -1, -1):
        ways = entered[:, i].copy()
        for shape, (n, m) in enumerate(SHAPES):
            if i + n <= rows and m <= columns:
                target = ways[:, : columns + 1 - m]
                np.logaddexp(target, entered[:, i + n, m:] + gains[shape, :, i, : columns + 1 - m], out=target)
        ways = np.logaddexp.accumulate(ways[:, ::-1], axis=1)[:, ::-1]
        entered[:, i] = np.logaddexp(ways, entered[:, i + 1]) if i < rows else ways
    return entered
