"""Blocks of two comparable texts that are translations of each other: a lead taken over whole, a quoted statement.

Free links tell where to look, a chain of them that goes on by a few sentences on both sides. Whether the block is a
translation is judged as it is of whole texts, on its own sentences. Inside, order is kept to, so that merged sentences
and sentences without a counterpart are found as in any translation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.alignment.values import PairLink

#: Links from which on a chain is worth judging, and sentences by which it may go on from link to link.
_LEAST_LINKS, _STEP = 8, 3
_STEPS = range(1, _STEP + 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the left document and one of the right."""

    rows: range
    columns: range


def chains(free: Sequence[PairLink], rows: int, columns: int) -> list[Block]:
    """Return stretches of both texts through which free links go on in order, the longest first; none overlap.

    Args:
        free: Links of single sentences.
        rows: How many sentences the left document has.
        columns: How many the right one.
    """
    links = sorted((link.left[0], link.right[0]) for link in free)
    taken = {i for i, _ in links}, {j for _, j in links}
    found: list[Block] = []
    while len(chain := _longest(links)) >= _LEAST_LINKS:
        (first_row, first_column), (last_row, last_column) = chain[0], chain[-1]
        block = Block(
            _with_loose_ends(range(first_row, last_row + 1), taken[0], rows),
            _with_loose_ends(range(first_column, last_column + 1), taken[1], columns),
        )
        found.append(block)
        links = [(i, j) for i, j in links if i not in block.rows and j not in block.columns]
    return found


def _longest(links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of links, each up to `_STEP` sentences on from the one before on both sides."""
    length: dict[tuple[int, int], int] = {}
    before: dict[tuple[int, int], tuple[int, int]] = {}
    for i, j in links:
        nearby = [(i - a, j - b) for a in _STEPS for b in _STEPS if (i - a, j - b) in length]
        length[i, j] = 1
        if nearby:
            before[i, j] = max(nearby, key=length.__getitem__)
            length[i, j] += length[before[i, j]]
    if not length:
        return []
    chain = [max(length, key=length.__getitem__)]
    while chain[-1] in before:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _with_loose_ends(stretch: range, taken: set[int], size: int) -> range:
    """Return a stretch with the sentence before and the one after, where no link has them; they are taken then."""
    start = stretch.start - (stretch.start > 0 and stretch.start - 1 not in taken)
    stop = stretch.stop + (stretch.stop < size and stretch.stop not in taken)
    taken.update(range(start, stop))
    return range(start, stop)


def moved(link: PairLink, block: Block) -> PairLink:
    """Return a link whose sentences are counted from the start of a block as one of the whole documents."""
    left, right = (
        tuple(side[place] for place in ends) for side, ends in ((block.rows, link.left), (block.columns, link.right))
    )
    return replace(link, left=left, right=right)
