"""Aligning one pair of documents in either mode, with a probability and reasons for every link."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.comparable import best_matching, score_links
from workbench.alignment.features import BEAD_FEATURES, LINK_FEATURES, bead_features
from workbench.alignment.learning import sigmoid
from workbench.alignment.monotone import SHAPES, Bead, Corridor, best_path, corridor, total, whole
from workbench.alignment.order import anchors, longest_rise
from workbench.alignment.pairing import Pair, localised
from workbench.alignment.parameters import Parameters, weights_of
from workbench.alignment.scores import Array
from workbench.alignment.values import PairLink

#: Up to so many positions, the search for the best path is over the whole rectangle.
EXACT_CELLS = 400_000
#: A window of the path over which probabilities are summed: rows, and rows looked at beyond either end.
_WINDOW, _MARGIN = 96, 12
#: Sentences from which on a text is long, and rivals of a sentence are those nearby.
_LONG = 400
#: Beads less probable than this are no evidence for groups.
_FAINT = 0.02
#: Log-odds of pairs of sentences below which they are not worth keeping.
_UNLIKELY = -6.0

Odds = dict[tuple[int, int], float]


class BeadScorer:
    """Gains of beads of one pair, remembering the features of the rectangle asked for last."""

    def __init__(self, pair: Pair, parameters: Parameters) -> None:
        self.pair = pair
        self.weights = weights_of(BEAD_FEATURES, parameters.beads)
        self._last: tuple[slice, slice, Array] | None = None

    def features(self, rows: slice, columns: slice) -> Array:
        """Features of beads that start in a rectangle."""
        if self._last is None or self._last[:2] != (rows, columns):
            self._last = rows, columns, bead_features(self.pair, rows, columns)
        return self._last[2]

    def gains(self, rows: slice, columns: slice) -> NDArray[np.float64]:
        """Gains of beads that start in a rectangle."""
        return np.asarray(np.tensordot(self.weights, self.features(rows, columns), axes=1))


def parallel_links(pair: Pair, parameters: Parameters) -> tuple[list[PairLink], Odds]:
    """Align a translation: links in order, and log-odds of pairs of sentences that may correspond."""
    rows, columns = len(pair.left), len(pair.right)
    if not rows or not columns:
        return [], {}
    within = _corridor(pair)
    if min(rows, columns) > _LONG:
        pair = localised(pair, within.low, within.high)
    scorer = BeadScorer(pair, parameters)
    beads = best_path(rows, columns, scorer.gains, within)
    links: list[PairLink] = []
    odds: Odds = {}
    for row_range, column_range, inside in _windows(beads, rows, columns):
        _, posterior = total(scorer.gains(row_range, column_range))
        features = scorer.features(row_range, column_range)
        _collect_odds(posterior, row_range, column_range, odds)
        for bead in inside:
            shape = SHAPES.index((bead.rows, bead.columns))
            at = (shape, bead.row - row_range.start, bead.column - column_range.start)
            reasons = _reasons(dict(zip(BEAD_FEATURES, features[(slice(None), *at)].tolist(), strict=True)))
            links.append(_link(bead, float(posterior[at]), reasons))
    return links, odds


def comparable_links(pair: Pair, parameters: Parameters, price: float = 0.0) -> tuple[list[PairLink], Odds]:
    """Align comparable texts: free links, and log-odds of pairs of sentences that may correspond."""
    if not len(pair.left) or not len(pair.right):
        return [], {}
    cells, features, logits = score_links(pair, parameters)
    chosen = best_matching(cells, logits - price)
    probability = sigmoid(logits)
    links = [
        PairLink(
            (int(cells[k, 0]),),
            (int(cells[k, 1]),),
            float(probability[k]),
            _reasons(dict(zip(LINK_FEATURES, features[k].tolist(), strict=True))),
        )
        for k in chosen
    ]
    return links, {(int(i), int(j)): float(z) for (i, j), z in zip(cells, logits, strict=True) if z > _UNLIKELY}


def _corridor(pair: Pair) -> Corridor:
    rows, columns = len(pair.left), len(pair.right)
    if (rows + 1) * (columns + 1) <= EXACT_CELLS:
        return whole(rows, columns)
    links = anchors(pair, 0.02)
    rise = longest_rise(links[:, 1].tolist())
    return corridor(rows, columns, [(int(i), int(j)) for i, j in links[rise]])


def _windows(beads: Sequence[Bead], rows: int, columns: int) -> list[tuple[slice, slice, list[Bead]]]:
    """Cut the path into windows with their beads, each with some room on either side."""
    if rows <= _WINDOW + 2 * _MARGIN and columns <= _WINDOW + 2 * _MARGIN:
        return [(slice(0, rows), slice(0, columns), list(beads))]
    windows = []
    for start in range(0, len(beads), _WINDOW):
        inside = list(beads[start : start + _WINDOW])
        before = beads[max(0, start - _MARGIN)]
        after = beads[min(len(beads) - 1, start + _WINDOW + _MARGIN - 1)]
        row_range = slice(before.row if start else 0, after.row + after.rows)
        column_range = slice(before.column if start else 0, after.column + after.columns)
        windows.append((row_range, column_range, inside))
    return windows


def _collect_odds(posterior: NDArray[np.float64], rows: slice, columns: slice, odds: Odds) -> None:
    """Add up, for pairs of sentences, the probability of the beads that join them."""
    joined = np.zeros((posterior.shape[1] + 4, posterior.shape[2] + 4))
    for shape, (n, m) in enumerate(SHAPES):
        for a in range(n):
            for b in range(m):
                joined[a : a + posterior.shape[1], b : b + posterior.shape[2]] += posterior[shape]
    for i, j in np.argwhere(joined > _FAINT):
        p = min(float(joined[i, j]), 1 - 1e-4)
        odds[rows.start + int(i), columns.start + int(j)] = float(np.log(p / (1 - p)))


def _link(bead: Bead, probability: float, reasons: dict[str, float]) -> PairLink:
    left = tuple(range(bead.row, bead.row + bead.rows))
    right = tuple(range(bead.column, bead.column + bead.columns))
    return PairLink(left, right, probability, reasons)


def _reasons(features: dict[str, float]) -> dict[str, float]:
    """Turn features into the pieces of evidence that a reviewer sees, each about in [0, 1]."""
    margin = min(features["row_margin"], features["column_margin"])
    return {
        "similarity": round(features["similarity"], 4),
        "margin": round(float(np.clip(0.5 + 5 * margin, 0, 1)), 4),
        "letters": round(features["grams"], 4),
        "numbers": round(_agreement(features, "numbers"), 4),
        "names": round(_agreement(features, "names"), 4),
        "length": round(float(np.exp(-features["length"])), 4),
    }


def _agreement(features: dict[str, float], name: str) -> float:
    """Share of agreeing evidence; 0.5 where neither side has any."""
    shared, alone = np.expm1(features[f"{name}_shared"]), np.expm1(features[f"{name}_unmatched"])
    return float((2 * shared + 0.5) / (2 * shared + alone + 1))


def mixed_links(pair: Pair, parameters: Parameters) -> tuple[list[PairLink], Odds]:
    """Align texts that may or may not be translations: beads in order that free links do not speak against.

    A bead stays where its log-odds and those of the best pair of sentences in it are positive together.
    """
    ordered, _ = parallel_links(pair, parameters)
    _, odds = comparable_links(pair, parameters)
    links = []
    for link in ordered:
        free = max(odds.get((i, j), _UNLIKELY) for i in link.left for j in link.right)
        p = min(max(link.probability, 1e-4), 1 - 1e-4)
        together = float(np.log(p / (1 - p))) + free
        if together > 0:
            links.append(replace(link, probability=float(sigmoid(np.array(together / 2)))))
    return links, odds
