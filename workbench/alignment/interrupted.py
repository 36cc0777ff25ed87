"""Passages with something else inside: a caption or an advertisement between two halves of what is one elsewhere.

The search for beads joins only sentences that follow each other. So it takes such matter in, or loses the half behind
it. Here single beads are made better afterwards: a sentence in the middle is let go where the bead gains by that, and
one that is left over nearby is taken in where it gains enough.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.beads import BEAD_FEATURES
from workbench.alignment.monotone import SHAPES
from workbench.alignment.pairing import Pair
from workbench.alignment.reasons import reasons_of
from workbench.alignment.scattered import cosines, features
from workbench.alignment.settled import Settled
from workbench.alignment.values import Odds, PairLink, Sides

#: How far behind a passage a sentence may stand that belongs to it.
_REACH = 3
#: What a bead must gain by one more sentence, in log-odds. Without, one abridged text in thirty gets a wrong one.
_PRICE = 1.0
#: How much farther apart the vectors may be after a step that other evidence is for.
_FARTHER = 0.02
_LONGEST = max(max(shape) for shape in SHAPES)


def mended(
    pair: Pair, links: Sequence[PairLink], odds: Odds, weights: NDArray[np.floating], settled: Settled
) -> list[PairLink]:
    """Return beads with what interrupts them let go, and with what stands behind an interruption.

    Args:
        pair: Two translations.
        links: Their beads in order.
        odds: Log-odds of pairs of sentences; those of beads that change are brought up to date.
        weights: Weights of the evidence for a bead.
        settled: What is neither taken in nor let go.

    Returns:
        The beads in order. They do not cross, and no sentence is in two.
    """
    found = [(link.left, link.right) for link in links]
    gained = [0.0] * len(found)
    free = _left_over(pair, found, settled)
    changed = list(range(len(found)))
    while changed:
        steps = _promising(pair, found, list(_steps(found, changed, free)), weights)
        changed = []
        for place, sides, gain in steps:
            before = found[place]
            # Another step of this round may have taken a sentence, or one that this passage would reach over.
            open_still = all(
                rest.issuperset(set(range(after[0], after[-1] + 1)).difference(side))
                for rest, after, side in zip(free, sides, before, strict=True)
            )
            if place in changed or not open_still or not settled.allows(sides):
                continue
            for rest, after, side in zip(free, sides, before, strict=True):
                rest.update(set(side) - set(after))
                rest.difference_update(after)
            found[place] = sides
            gained[place] += gain
            changed.append(place)
    places = [place for place, gain in enumerate(gained) if gain]
    known = features(pair, [found[place] for place in places])
    reasons = reasons_of(dict(zip(BEAD_FEATURES, known, strict=True)))
    beads = list(links)
    for place, why in zip(places, reasons, strict=True):
        beads[place] = _changed(links[place], found[place], gained[place], why, odds)
    return beads


def _left_over(pair: Pair, found: Sequence[Sides], settled: Settled) -> tuple[set[int], set[int]]:
    """Sentences of each side that are in no bead and not settled."""
    rows, columns = ({i for sides in found for i in sides[side]} for side in (0, 1))
    return (
        set(range(len(pair.left))) - rows - settled.rows,
        set(range(len(pair.right))) - columns - settled.columns,
    )


#: One step: the place of a bead, and its sides afterwards.
Step = tuple[int, Sides]


def _steps(found: Sequence[Sides], places: Sequence[int], free: tuple[set[int], set[int]]) -> Iterator[Step]:
    """All ways to let one sentence in the middle of a bead go, or to take one in that nothing else stands before."""
    for place in places:
        sides = found[place]
        for side, own in enumerate(sides):
            other = sides[1 - side]
            for at in range(1, len(own) - 1):
                yield place, _pair_of(side, own[:at] + own[at + 1 :], other)
            if len(own) == _LONGEST:
                continue
            for edge, step in ((own[0], -1), (own[-1], 1)):
                for away in range(1, _REACH + 1):
                    if (more := edge + step * away) not in free[side]:
                        break
                    yield place, _pair_of(side, tuple(sorted((*own, more))), other)


def _pair_of(side: int, own: tuple[int, ...], other: tuple[int, ...]) -> Sides:
    return (other, own) if side else (own, other)


def _promising(
    pair: Pair, found: Sequence[Sides], steps: Sequence[Step], weights: NDArray[np.floating]
) -> list[tuple[int, Sides, float]]:
    """Steps by which a bead gains enough, with what it gains, the best first."""
    steps = [step for step in steps if (len(step[1][0]), len(step[1][1])) in SHAPES]
    before = [found[place] for place, _ in steps]
    after = [sides for _, sides in steps]
    # Vectors tell most steps to be none, and are quickly compared.
    nearer = np.flatnonzero(cosines(pair, after) > cosines(pair, before) - _FARTHER).tolist()
    if not nearer:
        return []
    known = features(pair, [sides[k] for sides in (before, after) for k in nearer])
    without, gained = np.split(weights.astype(np.float32) @ known, 2)
    gains = gained - without
    prices = np.array([_PRICE * (_size(after[k]) > _size(before[k])) for k in nearer])
    better = [(-float(gains[n]), steps[nearer[n]]) for n in np.flatnonzero(gains > prices)]
    return [(place, sides, -gain) for gain, (place, sides) in sorted(better)]


def _size(sides: Sides) -> int:
    return len(sides[0]) + len(sides[1])


def _changed(link: PairLink, sides: Sides, gain: float, reasons: dict[str, float], odds: Odds) -> PairLink:
    """The bead as it is now. Its probability counts all alignments that there were, and those with what it is now."""
    weight = link.probability * exp(min(gain, 50.0))
    for couple in product(link.left, link.right):
        odds.pop(couple, None)
    odds.update(dict.fromkeys(product(*sides), log(max(weight, 1e-6))))
    return PairLink(*sides, weight / (1 + weight), reasons)
