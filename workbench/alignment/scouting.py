"""Putting long texts side by side without comparing every sentence with every other."""

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.order import longest_rise
from workbench.alignment.pairing import Pair, Text, localised, pair_up
from workbench.alignment.scores import nearest
from workbench.alignment.stretches import corridor

#: Sentences of the shorter text from which on a trail is looked for.
_LONG = 1200
#: Every so many sentences one is a scout, within these bounds of how many there are.
_EVERY, _FEWEST, _MOST = 10, 300, 1200
#: How far a scout's nearest must stand out, how many must, and how many of those must keep one order.
_CLEAR, _LEAST_CLEAR, _LEAST_ORDER = 0.02, 0.3, 0.95


def side_by_side(left: Text, right: Text) -> Pair:
    """Put two documents side by side; long ones that keep one order are compared along it only."""
    if min(len(left), len(right)) < _LONG:
        return pair_up(left, right)
    points = trail(left, right)
    if points is None:
        return pair_up(left, right)
    near = corridor(len(left), len(right), points)
    return localised(left, right, near.low, near.high)


def trail(left: Text, right: Text) -> NDArray[np.int64] | None:
    """Return anchors that rise on both sides, found by a few left sentences; None where they keep no order."""
    count = int(np.clip(len(left) // _EVERY, _FEWEST, _MOST))
    scouts = np.linspace(0, len(left) - 1, count).astype(np.int64)
    places, values = nearest(left.vectors[scouts], right.vectors, 2)
    clear = values[:, 0] - values[:, 1] > _CLEAR
    points = np.stack([scouts, places[:, 0]], axis=1)[clear]
    rise = longest_rise(points[:, 1].tolist())
    if len(points) < _LEAST_CLEAR * count or len(rise) < _LEAST_ORDER * len(points):
        return None
    return points[rise]
