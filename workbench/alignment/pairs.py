"""Aligning one pair of documents in either mode, with a probability and reasons for every link."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.beads import BEAD_FEATURES, BeadScorer
from workbench.alignment.comparable import Scored, best_matching, score_links
from workbench.alignment.features import LINK_FEATURES
from workbench.alignment.interrupted import mended
from workbench.alignment.learning import sigmoid
from workbench.alignment.monotone import SHAPES, best_paths, totals
from workbench.alignment.pairing import Pair, localised
from workbench.alignment.parameters import Parameters, weights_of
from workbench.alignment.passages import PASSAGE_FEATURES
from workbench.alignment.passages import chosen as chosen_passages
from workbench.alignment.passages import passages as two_against_one
from workbench.alignment.reasons import reasons_of
from workbench.alignment.scores import Array
from workbench.alignment.settled import Settled
from workbench.alignment.stretches import Stretch, batches, chain, corridor, stretches
from workbench.alignment.values import Odds, PairLink

#: Sentences from which on a text is long, and rivals of a sentence are those nearby.
_LONG = 400
#: Beads less probable than this are no evidence for groups.
_FAINT = 0.02
#: Log-odds of pairs of sentences below which they are not worth keeping.
_UNLIKELY = -6.0

#: Nothing is settled.
OPEN = Settled()


def parallel_links(
    pair: Pair, parameters: Parameters, settled: Settled = OPEN, *, interrupted: bool = False
) -> tuple[list[PairLink], Odds]:
    """Align a translation: links in order, and log-odds of pairs of sentences that may correspond.

    What is settled stays as it is, and no link crosses it. Sentences of one passage follow each other, unless it may
    also be `interrupted`.
    """
    rows, columns = len(pair.left), len(pair.right)
    if not rows or not columns:
        return [], {}
    if min(rows, columns) > _LONG:
        near = corridor(rows, columns, chain(pair))
        pair = replace(localised(pair.left.text, pair.right.text, near.low, near.high), share=pair.share)
    parts = [part for part in stretches(rows, columns, chain(pair), settled.points) if part.cells]
    scorer, weights = BeadScorer(pair), weights_of(BEAD_FEATURES, parameters.beads)
    links: list[PairLink] = []
    odds: Odds = {}
    for places in batches(parts):
        batch = [parts[place] for place in places]
        features = scorer.features(batch)
        gains = np.tensordot(weights.astype(np.float32), features, axes=1).astype(np.float64)
        settled.close(gains, batch)
        links += _solve(batch, features, gains, odds)
    links.sort(key=lambda link: link.left)
    return (mended(pair, links, odds, weights, settled) if interrupted else links), odds


def _solve(batch: Sequence[Stretch], features: Array, gains: NDArray[np.float64], odds: Odds) -> list[PairLink]:
    """Find the beads of some stretches, with probabilities; `odds` is added to."""
    sizes = [(part.rows, part.columns) for part in batch]
    _, posterior = totals(gains, sizes)
    found = [(place, bead) for place, beads in enumerate(best_paths(gains, sizes)) for bead in beads]
    _collect_odds(posterior, batch, odds)
    cells = np.array([(SHAPES.index((b.rows, b.columns)), k, b.row, b.column) for k, b in found], dtype=np.int64)
    shape, place, row, column = cells.reshape(-1, 4).T
    reasons = reasons_of(dict(zip(BEAD_FEATURES, features[:, shape, place, row, column], strict=True)))
    return [
        PairLink(
            tuple(range(batch[k].row + bead.row, batch[k].row + bead.row + bead.rows)),
            tuple(range(batch[k].column + bead.column, batch[k].column + bead.column + bead.columns)),
            probability,
            why,
        )
        for (k, bead), probability, why in zip(
            found, posterior[shape, place, row, column].tolist(), reasons, strict=True
        )
    ]


def comparable_links(
    pair: Pair,
    parameters: Parameters,
    settled: Settled = OPEN,
    price: float = 0.0,
    *,
    passages: bool = False,
    scored: Scored | None = None,
) -> tuple[list[PairLink], Odds]:
    """Align comparable texts: free links, and log-odds of pairs of sentences that may correspond.

    Sentences that are settled get no link; a link is made where its log-odds exceed the price. With `passages`, two
    sentences may also stand against one. `scored` is what `score_links` says of the pair, where it is known.
    """
    if not len(pair.left) or not len(pair.right):
        return [], {}
    cells, features, logits = scored or score_links(pair, parameters)
    left_open = settled.leaves(cells)
    cells, features, logits = cells[left_open], features[left_open], logits[left_open]
    joined, joined_odds = _passages(pair, cells, features, logits, parameters, price) if passages else ([], {})
    taken = [np.array([i for link in joined for i in side(link)], dtype=np.int64) for side in _SIDES]
    single = np.flatnonzero(~np.isin(cells[:, 0], taken[0]) & ~np.isin(cells[:, 1], taken[1]))
    chosen = single[best_matching(cells[single], logits[single] - price)]
    probability = sigmoid(logits)
    reasons = reasons_of(dict(zip(LINK_FEATURES, features[chosen].T, strict=True)))
    links = [
        PairLink((i,), (j,), p, why)
        for (i, j), p, why in zip(cells[chosen].tolist(), probability[chosen].tolist(), reasons, strict=True)
    ]
    likely = logits > _UNLIKELY
    odds = dict(zip(map(tuple, cells[likely].tolist()), logits[likely].tolist(), strict=True))
    return links + joined, odds | joined_odds


_SIDES = attrgetter("left"), attrgetter("right")


def _passages(
    pair: Pair, cells: NDArray[np.int64], features: Array, logits: Array, parameters: Parameters, price: float
) -> tuple[list[PairLink], Odds]:
    """Return links of two sentences with one, and the log-odds of the pairs of sentences in them."""
    found = two_against_one(pair, cells, features, logits)
    log_odds = found.features @ weights_of(PASSAGE_FEATURES, parameters.passages)
    # A low price shows a reviewer what may be; two sentences put together wrongly would hide it.
    places = chosen_passages(found, log_odds, max(price, 0.0))
    if not places:
        return [], {}
    known = {name: found.features[places, PASSAGE_FEATURES.index(name)] for name in ("similarity", "grams", "length")}
    # What one sentence has in names and numbers is told by the better part, the sum has it too.
    reasons = reasons_of(dict(zip(LINK_FEATURES, features[found.better[places]].T, strict=True)) | known)
    links: list[PairLink] = []
    odds: Odds = {}
    for place, why in zip(places, reasons, strict=True):
        left, right = found.ends(place)
        links.append(PairLink(left, right, float(sigmoid(log_odds[[place]])[0]), why))
        odds.update(dict.fromkeys(product(left, right), float(log_odds[place])))
    return links, odds


def _collect_odds(posterior: NDArray[np.float64], batch: Sequence[Stretch], odds: Odds) -> None:
    """Add up, for pairs of sentences, the probability of the beads that join them."""
    _, count, rows, columns = posterior.shape
    joined = np.zeros((count, rows + 4, columns + 4))
    for shape, (n, m) in enumerate(SHAPES):
        for a in range(n):
            for b in range(m):
                joined[:, a : a + rows, b : b + columns] += posterior[shape]
    k, i, j = np.nonzero(joined > _FAINT)
    values = np.minimum(joined[k, i, j], 1 - 1e-4)
    starts = np.array([(part.row, part.column) for part in batch])[k]
    places = zip((starts[:, 0] + i).tolist(), (starts[:, 1] + j).tolist(), strict=True)
    odds.update(zip(places, np.log(values / (1 - values)).tolist(), strict=True))
