"""Free alignment of comparable texts: which sentences correspond, in whatever order, and which have no counterpart.

Every sentence looks at its nearest neighbours in the other text. A first score judges each pair by itself; a
second takes in how its rivals and the pairs around it scored, because even news that is told anew keeps the order
of sentences for a stretch. The links are the one-to-one matching with the highest sum of log-odds over a price.
"""

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.features import LINK_FEATURES, best_other, candidates, link_features
from workbench.alignment.learning import sigmoid
from workbench.alignment.pairing import Pair
from workbench.alignment.parameters import Parameters, weights_of

Cells = NDArray[np.int64]
Array = NDArray[np.floating]

#: What the second look adds to the first score.
CONTEXT_FEATURES = (
    "logit", "row_rival", "column_rival", "before", "after", "before_wide", "after_wide", "crossed", "bias",
)  # fmt: skip


#: Candidate pairs of sentences, their features at first sight, and their final log-odds.
Scored = tuple[Cells, Array, Array]


def score_links(pair: Pair, parameters: Parameters) -> Scored:
    """Return candidate pairs of sentences, their features at first sight, and their final log-odds."""
    cells = candidates(pair)
    features = link_features(pair, cells)
    first = features @ weights_of(LINK_FEATURES, parameters.links)
    context = context_features(cells, first, len(pair.right))
    return cells, features, np.asarray(context @ weights_of(CONTEXT_FEATURES, parameters.context))


def context_features(cells: Cells, logits: Array, width: int) -> Array:
    """Return what surrounds each candidate: its score, its rivals' and its neighbours' (shape (cells, features))."""
    probability = sigmoid(np.asarray(logits, dtype=np.float64))
    look = _Lookup(cells, probability, width)
    columns = {
        "logit": logits,
        "row_rival": best_other(cells[:, 0], probability),
        "column_rival": best_other(cells[:, 1], probability),
        "before": look.at(-1, -1),
        "after": look.at(1, 1),
        "before_wide": np.maximum.reduce([look.at(-1, -2), look.at(-2, -1), look.at(-2, -2)]),
        "after_wide": np.maximum.reduce([look.at(1, 2), look.at(2, 1), look.at(2, 2)]),
        "crossed": np.maximum(look.at(-1, 1), look.at(1, -1)),
        "bias": np.ones(len(cells)),
    }
    return np.stack([np.asarray(columns[name], dtype=np.float32) for name in CONTEXT_FEATURES], axis=1)


class _Lookup:
    """Probabilities of candidates by their place; 0 where there is no candidate."""

    def __init__(self, cells: Cells, probability: NDArray[np.float64], width: int) -> None:
        self.cells, self.width = cells, width
        # Candidates come sorted by row, then column, so that a place is found by bisection.
        self.keys = cells[:, 0] * width + cells[:, 1]
        self.probability = probability

    def at(self, down: int, right: int) -> NDArray[np.float64]:
        """The probability of the candidate so far away from each candidate."""
        if not len(self.keys):
            return np.zeros(0)
        column = self.cells[:, 1] + right
        wanted = (self.cells[:, 0] + down) * self.width + column
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        there = (self.keys[place] == wanted) & (column >= 0) & (column < self.width)
        return np.where(there, self.probability[place], 0.0)


#: Components with more places than this (the same sentence over and over) are matched from the best pair down.
_LARGE = 4_000_000


def best_matching(cells: Cells, gains: Array) -> NDArray[np.int64]:
    """Return the indices of the one-to-one matching with the highest sum of gains; only positive gains count.

    The graph of positive pairs falls apart into small components, each of which is solved exactly (Hungarian
    method, Kuhn 1955), so time is near linear in the number of candidates.
    """
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    worth = np.flatnonzero(gains > 0)
    if not len(worth):
        return worth
    _, i = np.unique(cells[worth, 0], return_inverse=True)
    _, j = np.unique(cells[worth, 1], return_inverse=True)
    rows = int(i.max()) + 1
    size = rows + int(j.max()) + 1
    _, component = connected_components(coo_matrix((np.ones(len(worth)), (i, j + rows)), shape=(size, size)))
    of_edge = component[i]
    order = np.argsort(of_edge, kind="stable")
    chosen: list[int] = []
    for edges in np.split(order, np.flatnonzero(np.diff(of_edge[order])) + 1):
        if len(edges) == 1:
            chosen.append(int(worth[edges[0]]))
            continue
        _, a = np.unique(i[edges], return_inverse=True)
        _, b = np.unique(j[edges], return_inverse=True)
        if (int(a.max()) + 1) * (int(b.max()) + 1) > _LARGE:
            chosen.extend(int(worth[edges[k]]) for k in _greedy(a, b, gains[worth[edges]]))
            continue
        table = np.zeros((int(a.max()) + 1, int(b.max()) + 1))
        place = np.full(table.shape, -1, dtype=np.int64)
        table[a, b] = gains[worth[edges]]
        place[a, b] = worth[edges]
        taken = place[linear_sum_assignment(table, maximize=True)]
        chosen.extend(int(index) for index in taken if index >= 0)
    return np.array(sorted(chosen), dtype=np.int64)


def _greedy(i: NDArray[np.int64], j: NDArray[np.int64], gains: Array) -> list[int]:
    """Return places of pairs taken from the best down, each row and column once."""
    rows, columns = np.zeros(int(i.max()) + 1, dtype=np.bool_), np.zeros(int(j.max()) + 1, dtype=np.bool_)
    taken = []
    for k in np.argsort(-gains, kind="stable"):
        if not rows[i[k]] and not columns[j[k]]:
            rows[i[k]] = columns[j[k]] = True
            taken.append(int(k))
    return taken
