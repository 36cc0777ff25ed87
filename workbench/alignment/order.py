"""How far two texts tell the same in the same order, and so how they are to be aligned."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.pairing import Pair, lead, mutual
from workbench.alignment.values import PairLink
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


#: What the choice of mode goes by.
MODE_FEATURES = ("lost", "lost_share", "disorder", "covered", "share", "merged", "bias")

#: Confident links from which on their order alone tells translations from comparable texts.
_MANY = 12


def plain_mode(pair: Pair) -> Mode | None:
    """Return the mode where the order of the confident links leaves no doubt, else None."""
    links = anchors(pair)
    if len(links) < _MANY:
        return None
    order = order_score(links)
    if order >= 0.95 and pair.share >= 0.5:
        return Mode.PARALLEL
    return Mode.COMPARABLE if order < 0.7 else None


def confirmed(free: Sequence[PairLink], ordered: Sequence[PairLink]) -> float:
    """Return how much of the links in order, by probability, free links say as well."""
    found = {(link.left[0], link.right[0]) for link in free if link.probability > 0.5}
    sure = [k for k in ordered if any((i, j) in found for i in k.left for j in k.right)]
    whole = sum(link.probability for link in ordered)
    return sum(link.probability for link in sure) / whole if whole else 0.0


def mode_features(pair: Pair, free: Sequence[PairLink], ordered: Sequence[PairLink]) -> NDArray[np.float64]:
    """Return what tells translations from comparable texts, given the links of either mode.

    How much of the free links an alignment in order loses, in sentences and as a share; the share of free links
    out of order; how much of the texts the alignment in order covers; how many of its beads merge sentences.
    """
    inside = {(i, j) for link in ordered for i in link.left for j in link.right}
    lost = sum(link.probability for link in free if (link.left[0], link.right[0]) not in inside)
    gained = sum(link.probability for link in ordered)
    merged = sum(link.probability for link in ordered if len(link.left) + len(link.right) > 2)
    likely = [(link.left[0], link.right[0]) for link in free if link.probability > 0.5]
    disorder = 1 - order_score(np.array(likely)) if likely else 0.0
    size = len(pair.left) + len(pair.right)
    return np.array(
        [lost, lost / max(gained, 0.5), disorder, 2 * gained / max(size, 1), pair.share, min(merged, 3.0), 1.0]
    )
