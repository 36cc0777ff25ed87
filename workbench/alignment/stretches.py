"""Cutting long texts into stretches that are aligned each by itself, and finding where to look for rivals.

Two translations of a book follow one line. A few sure anchors show it (`trail`); around it, mutually nearest
sentences are dense, and between two runs of them the texts can be cut without loss (`stretches`). So time and
memory grow with the length of the texts, not with its square.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.order import anchors, longest_rise
from workbench.alignment.pairing import Pair

Points = NDArray[np.int64]

#: Up to so many positions, the search for the best path is over the whole rectangle.
EXACT_CELLS = 40_000
#: Sentences of either side between two cuts, where there is a choice.
_APART = 24
#: How far an anchor stands out from the second nearest.
_CLEAR = 0.02


@dataclass(frozen=True, slots=True)
class Stretch:
    """A rectangle: `rows` left sentences from `row`, and `columns` right sentences from `column`."""

    row: int
    column: int
    rows: int
    columns: int

    @property
    def cells(self) -> int:
        """How many pairs of sentences it holds."""
        return self.rows * self.columns

    def inside(self, points: Points) -> Points:
        """Return those of some rising points that lie within, not on its first row or column."""
        first, last = np.searchsorted(points[:, 0], [self.row + 1, self.row + self.rows])
        near = points[first:last]
        return near[(near[:, 1] > self.column) & (near[:, 1] < self.column + self.columns)]


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """Where a path may go: for i left sentences behind us, `low[i]` to `high[i]` right ones, inclusive."""

    low: Points
    high: Points


def chain(pair: Pair) -> Points:
    """Return clear anchors that rise on both sides, shape (anchors, 2)."""
    links = anchors(pair, _CLEAR)
    return links[longest_rise(links[:, 1].tolist())]


def corridor(rows: int, columns: int, points: Points, pad: int = 24, cap: int = 200) -> Corridor:
    """Return a corridor around anchors that rise on both sides.

    Between two anchors it is the rectangle they span, but at most `cap` to either side of the straight line,
    widened by `pad`.
    """
    all_points = np.concatenate([[(0, 0)], points.reshape(-1, 2), [(rows, columns)]]).astype(np.float64)
    at = np.arange(rows + 1)
    line = np.interp(at, all_points[:, 0], all_points[:, 1])
    following = np.clip(np.searchsorted(all_points[:, 0], at, side="left"), 1, len(all_points) - 1)
    before = np.clip(np.searchsorted(all_points[:, 0], at, side="right") - 1, 0, len(all_points) - 1)
    low = np.maximum(all_points[np.minimum(before, following), 1], line - cap) - pad
    high = np.minimum(all_points[np.maximum(following, before), 1], line + cap) + pad
    low, high = np.maximum.accumulate(np.floor(low)), np.maximum.accumulate(np.ceil(high))
    low[0], high[-1] = 0, columns
    return Corridor(np.clip(low, 0, columns).astype(np.int64), np.clip(high, 0, columns).astype(np.int64))


def stretches(rows: int, columns: int, points: Points, hard: Sequence[tuple[int, int]] = ()) -> list[Stretch]:
    """Cut two texts into stretches: at hard points, and where more is too large, between runs of anchors.

    A cut lies in the middle of four anchors that follow each other sentence by sentence. Where a stretch would be
    too large without such a run, it is cut at a single anchor, and in the last resort in the middle.

    Args:
        rows: Sentences of the left text.
        columns: Sentences of the right text.
        points: Anchors that rise on both sides.
        hard: Positions that every path goes through, in order.

    Returns:
        Stretches that fill both texts, in order, each with sentences of at least one side.
    """
    runs = _runs(points)
    found: list[Stretch] = []
    for section in _between([(0, 0), *hard, (rows, columns)]):
        if section.cells > EXACT_CELLS:
            start, end = (section.row, section.column), (section.row + section.rows, section.column + section.columns)
            waiting = _between([start, *_spaced(section.inside(runs), start), end])[::-1]
        else:
            waiting = [section]
        while waiting:
            stretch = waiting.pop()
            if stretch.cells <= EXACT_CELLS:
                found.append(stretch)
            else:
                waiting += _halves(stretch, points)[::-1]
    return found


def _between(cuts: Sequence[tuple[int, int]]) -> list[Stretch]:
    """The rectangles between positions, empty ones left out."""
    parts = [Stretch(a[0], a[1], b[0] - a[0], b[1] - a[1]) for a, b in pairwise(cuts)]
    return [part for part in parts if part.rows or part.columns]


def _runs(points: Points) -> Points:
    """Anchors with another two right before and one right after them on the diagonal."""
    follows = (np.diff(points, axis=0) == 1).all(axis=1)
    return points[2:-1][follows[:-2] & follows[1:-1] & follows[2:]] if len(points) > 3 else points[:0]


def _spaced(points: Points, last: tuple[int, int]) -> list[tuple[int, int]]:
    """Some of the points, each about `_APART` rows or columns from the one before."""
    chosen: list[tuple[int, int]] = []
    for i, j in points.tolist():
        if i - last[0] >= _APART or j - last[1] >= _APART:
            last = i, j
            chosen.append(last)
    return chosen


def _halves(stretch: Stretch, points: Points) -> list[Stretch]:
    """Cut a stretch at the anchor nearest to its middle, or in the middle."""
    middle = np.array([stretch.row + stretch.rows // 2, stretch.column + stretch.columns // 2])
    within = stretch.inside(points)
    at = within[np.abs(within - middle).sum(axis=1).argmin()] if len(within) else middle
    end = stretch.row + stretch.rows, stretch.column + stretch.columns
    return _between([(stretch.row, stretch.column), (int(at[0]), int(at[1])), end])


def batches(parts: Sequence[Stretch], cells: int = 24_000) -> list[list[int]]:
    """Put stretches of about one size together, at most so many cells at a time; return their places."""
    order = sorted(range(len(parts)), key=lambda k: (parts[k].rows, parts[k].columns, k))
    found: list[list[int]] = []
    width = 0
    for place in order:
        part = parts[place]
        width = max(width, part.columns)
        if found and (len(found[-1]) + 1) * part.rows * width <= cells:
            found[-1].append(place)
        else:
            found.append([place])
            width = part.columns
    return found
