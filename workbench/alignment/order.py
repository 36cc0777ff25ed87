"""How far two texts tell the same in the same order, and so how they are to be aligned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.pairing import Pair, lead, mutual
from workbench.model import Mode


def anchors(pair: Pair, clear: float = 0.01) -> NDArray[np.int64]:
    """Return mutually nearest sentences that stand out from the second nearest by `clear`, by left sentence."""
    links = mutual(pair.left, pair.right)
    if not len(links):
        return links
    margin = np.minimum(lead(pair.left, links[:, 0]), lead(pair.right, links[:, 1]))
    return links[margin > clear]


def longest_rise(values: Sequence[int]) -> list[int]:
    """Return the places of a longest strictly rising subsequence (patience sorting, Fredman 1975)."""
    from bisect import bisect_left

    tops: list[int] = []
    at: list[int] = []
    before = [-1] * len(values)
    for place, value in enumerate(values):
        pile = bisect_left(tops, value)
        if pile == len(tops):
            tops.append(value)
            at.append(place)
        else:
            tops[pile], at[pile] = value, place
        before[place] = at[pile - 1] if pile else -1
    rise = []
    place = at[-1] if at else -1
    while place >= 0:
        rise.append(place)
        place = before[place]
    return rise[::-1]


def order_score(links: NDArray[np.int64]) -> float:
    """Return the share of links that keep one order, in [0, 1]; 0 without links."""
    if not len(links):
        return 0.0
    by_left = links[np.lexsort((links[:, 1], links[:, 0]))]
    return len(longest_rise(by_left[:, 1].tolist())) / len(links)


def choose_mode(pair: Pair, least_order: float = 0.85, least_links: int = 3) -> tuple[Mode, float]:
    """Return whether two texts read as a translation of one another or as comparable, and their order score."""
    links = anchors(pair)
    order = order_score(links)
    parallel = len(links) >= least_links and order >= least_order
    return (Mode.PARALLEL if parallel else Mode.COMPARABLE), order
