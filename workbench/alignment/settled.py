"""What a reviewer has settled between two documents: alignment keeps to it, and looks at all else as it would anyway.

A settled sentence still counts as a rival of others, so that what is settled in one place changes nothing elsewhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.blocks import Block
from workbench.alignment.monotone import SHAPES, Gains
from workbench.alignment.order import longest_rise
from workbench.alignment.stretches import Stretch
from workbench.alignment.values import Group, Sides


@dataclass(frozen=True, slots=True)
class Settled:
    """What is settled between two documents.

    Attributes:
        rows: Sentences of the left document that confirmed groups hold.
        columns: The same of the right one.
        points: First sentences of confirmed groups that hold both, as far as they keep one order.
        rejected: Passages that do not correspond.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    points: tuple[tuple[int, int], ...] = ()
    rejected: frozenset[Sides] = frozenset()

    def inside(self, block: Block) -> "Settled":
        """Return what is settled in a block, its sentences counted from its start."""

        def both(left: tuple[int, ...], right: tuple[int, ...]) -> bool:
            return all(i in block.rows for i in left) and all(j in block.columns for j in right)

        down, across = block.rows.start, block.columns.start
        return Settled(
            frozenset(i - down for i in self.rows if i in block.rows),
            frozenset(j - across for j in self.columns if j in block.columns),
            tuple((i - down, j - across) for i, j in self.points if both((i,), (j,))),
            frozenset(
                (tuple(i - down for i in left), tuple(j - across for j in right))
                for left, right in self.rejected
                if both(left, right)
            ),
        )

    def without(self, blocks: Collection[Block]) -> "Settled":
        """Return the same with all sentences of blocks taken."""
        return replace(
            self,
            rows=self.rows.union(*(block.rows for block in blocks)),
            columns=self.columns.union(*(block.columns for block in blocks)),
        )

    def leaves(self, cells: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of sentences, shape (pairs, 2), are open."""
        taken = np.isin(cells[:, 0], list(self.rows)) | np.isin(cells[:, 1], list(self.columns))
        single = {(left[0], right[0]) for left, right in self.rejected if len(left) == len(right) == 1}
        if single:
            taken |= np.array([(int(i), int(j)) in single for i, j in cells], dtype=np.bool_)
        return np.asarray(~taken)

    def allows(self, sides: Sides) -> bool:
        """Return whether passages may correspond: they were not rejected, nor any two of their sentences alone."""
        return self.rejected.isdisjoint({sides, *(((i,), (j,)) for i, j in product(*sides))})

    def close(self, gains: Gains, batch: Sequence[Stretch]) -> None:
        """Make impossible all beads that are not open: (bead shapes, stretches, rows, columns), in place.

        Two single sentences that were rejected are in no bead together; of a longer rejected passage only the very
        bead is closed, since a part of it may be right.
        """
        if not (self.rows or self.columns or self.rejected):
            return
        _, count, rows, columns = gains.shape
        closed = np.zeros((count, rows, columns), dtype=np.bool_)
        taken = [np.array(sorted(side), dtype=np.int64) for side in (self.rows, self.columns)]
        for k, part in enumerate(batch):
            closed[k, _within(taken[0], part.row, part.rows), :] = True
            closed[k, :, _within(taken[1], part.column, part.columns)] = True
            for left, right in self.rejected:
                i, j = left[0] - part.row, right[0] - part.column
                shape = len(left), len(right)
                if not (0 <= i < part.rows and 0 <= j < part.columns):
                    continue
                if shape == (1, 1):
                    closed[k, i, j] = True
                elif shape in SHAPES:
                    gains[SHAPES.index(shape), k, i, j] = -np.inf
        for at, (n, m) in enumerate(SHAPES):
            for a in range(min(n, rows)):
                for b in range(min(m, columns)):
                    gains[at, :, : rows - a, : columns - b][closed[:, a:, b:]] = -np.inf


def _within(places: NDArray[np.int64], start: int, count: int) -> NDArray[np.int64]:
    """Those of some rising places that lie in a stretch, counted from its start."""
    first, last = np.searchsorted(places, [start, start + count])
    return places[first:last] - start


def settled(left: int, right: int, fixed: Sequence[Group], rejected: Sequence[Group]) -> Settled:
    """Return what confirmed and rejected groups settle between two documents, given by key."""
    both = [group for group in fixed if group.members.get(left) and group.members.get(right)]
    points = sorted({(min(group.members[left]), min(group.members[right])) for group in both})
    return Settled(
        rows=frozenset(i for group in fixed for i in group.members.get(left, ())),
        columns=frozenset(j for group in fixed for j in group.members.get(right, ())),
        points=tuple(points[k] for k in longest_rise([j for _, j in points])),
        rejected=frozenset(
            (group.members[left], group.members[right]) for group in rejected if group.members.keys() == {left, right}
        ),
    )
