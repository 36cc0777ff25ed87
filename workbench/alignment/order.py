"""How far two texts tell the same in the same order, and so how they are to be aligned."""

from collections.abc import Sequence
from dataclasses import dataclass

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
MODE_FEATURES = (
    "links", "lost", "lost_share", "more_linked", "less_linked", "steps_on_one_side", "steps_on_both", "size",
    "more_in_order", "less_in_order", "confirmed", "bias",
)  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class FreeOrder:
    """What free links say of the order of two texts, links counted by their probability.

    Attributes:
        links: How many there are.
        lost: How many of them are not in the longest run that keeps one order.
        linked: Share of the sentences of each text that they reach.
        one_step: How often the next link is one sentence on, on one side at least.
        both_step: How often on both.
    """

    links: float
    lost: float
    linked: tuple[float, float]
    one_step: float
    both_step: float

    @property
    def scattered(self) -> bool:
        """Whether no translation looks like this, abridged or not."""
        return self.lost > _MOST_LOST or max(self.linked) < _LEAST_LINKED


#: Free links out of order, and linked share of the better linked text, beyond which texts are plainly comparable.
_MOST_LOST, _LEAST_LINKED = 1.5, 0.2


def free_order(pair: Pair, free: Sequence[PairLink]) -> FreeOrder:
    """Look at the order of free links."""
    links = sorted(free, key=lambda link: (link.left, link.right))
    places = np.array([(link.left[0], link.right[0]) for link in links], dtype=np.int64).reshape(-1, 2)
    kept = set(longest_rise(places[:, 1].tolist()))
    found = sum(link.probability for link in links)
    lost = sum(link.probability for at, link in enumerate(links) if at not in kept)
    steps = np.abs(np.diff(places, axis=0))
    one, both = ((steps == 1).any(axis=1).mean(), (steps == 1).all(axis=1).mean()) if len(steps) else (0.0, 0.0)
    linked = found / max(1, len(pair.left)), found / max(1, len(pair.right))
    return FreeOrder(found, lost, linked, float(one), float(both))


def mode_features(
    pair: Pair, order: FreeOrder, free: Sequence[PairLink], ordered: Sequence[PairLink]
) -> NDArray[np.float64]:
    """Return what tells translations, whole or abridged, from comparable texts.

    Beside the order of the free links: how much of either text an alignment in order covers (nearly all of an
    abridged text, little of either of two comparable ones), and how much of it free links say as well.
    """
    odds = {(link.left[0], link.right[0]): link.probability for link in free}
    in_order = [0.0, 0.0]
    said = gained = 0.0
    for link in ordered:
        in_order[0] += link.probability * len(link.left) / max(1, len(pair.left))
        in_order[1] += link.probability * len(link.right) / max(1, len(pair.right))
        gained += link.probability
        said += link.probability * max(odds.get((i, j), 0.0) for i in link.left for j in link.right)
    size = float(np.log(max(1, min(len(pair.left), len(pair.right)))))
    return np.array(
        [
            order.links, order.lost, order.lost / max(order.links, 0.5), max(order.linked), min(order.linked),
            order.one_step, order.both_step, size, max(in_order), min(in_order), said / max(gained, 0.5), 1.0,
        ]
    )  # fmt: skip
