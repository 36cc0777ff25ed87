"""Two sentences of one comparable text against one of the other, which need not stand side by side.

What one article says in a sentence another spreads over two, or over two paragraphs. Such a pair shows in its sum: it
is nearer to the sentence than either part. Each part by itself looks like a poor rival of the other, so candidates
are taken by similarity, not by their score as links.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.features import LINK_FEATURES, best_other, dots, length_penalty
from workbench.alignment.learning import sigmoid
from workbench.alignment.pairing import Pair, Text
from workbench.alignment.scores import Array, blocks

#: What is known of two sentences against one.
PASSAGE_FEATURES = (
    "similarity", "fine_similarity", "gain", "fine_gain", "fine_gain_over_lesser", "grams", "gram_gain",
    "gram_gain_over_lesser", "length", "length_change", "better_part", "lesser_part", "adjacent", "rival",
    "row_rival", "row_margin", "bias",
)  # fmt: skip

#: Log-odds from which on two sentences stand against one: surer than a link has to be, since the sum of two sentences
#: is near to much.
SURE = 1.5

#: How many of the sentences most similar to one are tried as its parts.
_TRIED = 5
#: Log-odds below this are all the same.
_LOWEST = -15.0
_ROUNDING = 1e-4
_BLOCK = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Candidates, one a row, and what is known of them.

    Attributes:
        side: 0 where the one sentence is in the left document, 1 where it is in the right one.
        one: The one sentence.
        parts: The two sentences of the other document, shape (candidates, 2), in order.
        better: Place among the cells of the link with the likelier part.
        features: Shape (candidates, features).
    """

    side: NDArray[np.int64]
    one: NDArray[np.int64]
    parts: NDArray[np.int64]
    better: NDArray[np.int64]
    features: Array

    def __len__(self) -> int:
        return len(self.one)

    def ends(self, place: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the left and the right sentences of a candidate."""
        single, double = (int(self.one[place]),), (int(self.parts[place, 0]), int(self.parts[place, 1]))
        return (double, single) if self.side[place] else (single, double)


def passages(pair: Pair, cells: NDArray[np.int64], features: Array, logits: NDArray[np.floating]) -> Passages:
    """Return two sentences against one, wherever their sum is nearer than either, by a view and by its letters.

    Args:
        pair: The documents.
        cells: Candidate pairs of single sentences, shape (cells, 2), by row and column.
        features: Their features, see `features.LINK_FEATURES`.
        logits: Their log-odds.
    """
    found = [_of_side(pair, side, cells, features, logits) for side in (0, 1)]
    return Passages(*(np.concatenate([getattr(each, field.name) for each in found]) for field in fields(Passages)))


def chosen(candidates: Passages, log_odds: NDArray[np.floating], price: float) -> list[int]:
    """Return the places of candidates to be taken, the likeliest first, no sentence used twice."""
    used: set[tuple[int, int]] = set()
    taken = []
    for place in np.argsort(-log_odds, kind="stable").tolist():
        if log_odds[place] <= price + SURE:
            break
        left, right = candidates.ends(place)
        ends = {(0, i) for i in left} | {(1, j) for j in right}
        if not ends & used:
            used |= ends
            taken.append(place)
    return taken


def _of_side(
    pair: Pair, side: int, cells: NDArray[np.int64], features: Array, logits: NDArray[np.floating]
) -> Passages:
    own, other = cells[:, side], cells[:, 1 - side]
    one, two = (pair.left, pair.right) if side == 0 else (pair.right, pair.left)
    known = dict(zip(LINK_FEATURES, features.T, strict=True))
    first, second = _couples(own, known["similarity"] + known["fine_similarity"])
    plain, fine, grams = known["similarity"], known["fine_similarity"], known["grams"]
    j, k = other[first], other[second]
    factors = two.text.factors[j], two.text.factors[k]
    plain_sum = _with_sum((plain[first], plain[second]), factors, _cosines(two.text.vectors, j, k))
    fine_sum = _with_sum((fine[first], fine[second]), factors, _cosines(two.text.fine, j, k))
    plain_best, fine_best = np.maximum(plain[first], plain[second]), np.maximum(fine[first], fine[second])
    worth = np.flatnonzero((plain_sum > plain_best) | (fine_sum > fine_best))
    gram_parts = np.stack([grams[first[worth]], grams[second[worth]]])
    gram_sum = _with_gram_sum(two.text, gram_parts, j[worth], k[worth])
    # Where many sentences are alike in letters, sums are as well, and say nothing.
    nearest_part = gram_parts.max(axis=0)
    telling = (gram_sum > nearest_part + _ROUNDING) | (nearest_part == 0)
    worth, gram_sum, gram_parts = worth[telling], gram_sum[telling], gram_parts[:, telling]
    first, second, plain_sum, fine_sum = first[worth], second[worth], plain_sum[worth], fine_sum[worth]
    i, j, k = own[first], other[first], other[second]
    lengths, parts = one.text.evidence.lengths[i], two.text.evidence.lengths
    whole = length_penalty(lengths, parts[j] + parts[k])
    probability = sigmoid(logits)
    rivals = best_other(other, probability)
    outside = np.where((one.near[i] != j[:, None]) & (one.near[i] != k[:, None]), one.near_values[i], -1.0)
    values = {
        "similarity": plain_sum,
        "fine_similarity": fine_sum,
        "gain": plain_sum - plain_best[worth],
        "fine_gain": fine_sum - fine_best[worth],
        "fine_gain_over_lesser": fine_sum - np.minimum(fine[first], fine[second]),
        "grams": gram_sum,
        "gram_gain": gram_sum - gram_parts.max(axis=0),
        "gram_gain_over_lesser": gram_sum - gram_parts.min(axis=0),
        "length": whole,
        "length_change": whole - length_penalty(lengths, np.maximum(parts[j], parts[k])),
        "better_part": np.maximum(np.maximum(logits[first], logits[second]), _LOWEST),
        "lesser_part": np.maximum(np.minimum(logits[first], logits[second]), _LOWEST),
        "adjacent": np.abs(j - k) == 1,
        "rival": np.maximum(rivals[first], rivals[second]),
        "row_rival": _best_third(own, probability, first, second),
        "row_margin": plain_sum - outside.max(axis=1, initial=-1.0),
        "bias": np.ones(len(i)),
    }
    return Passages(
        side=np.full(len(i), side),
        one=i,
        parts=np.sort(np.stack([j, k], axis=1), axis=1),
        better=np.where(logits[first] >= logits[second], first, second),
        features=np.stack([np.asarray(values[name], dtype=np.float32) for name in PASSAGE_FEATURES], axis=1),
    )


def _couples(own: NDArray[np.int64], nearness: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of two cells of one sentence each, for every two among its nearest."""
    order = np.lexsort((-nearness, own))
    keys = own[order]
    rank = np.arange(len(order)) - np.searchsorted(keys, keys, side="left")
    firsts, seconds = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for ahead in range(1, min(_TRIED, len(order))):
        here = np.flatnonzero((rank[ahead:] < _TRIED) & (keys[ahead:] == keys[:-ahead]))
        firsts.append(order[here])
        seconds.append(order[here + ahead])
    return np.concatenate(firsts), np.concatenate(seconds)


def _with_sum(cosines: tuple[Array, Array], weights: tuple[Array, Array], between: Array) -> Array:
    """Return the cosine of a vector with the weighted sum of two, from the cosines with each and between the two."""
    a, b = weights
    norm = np.sqrt(np.maximum(a**2 + b**2 + 2 * a * b * between, 1e-9))
    return np.asarray((a * cosines[0] + b * cosines[1]) / norm)


def _cosines(vectors: Array, first: NDArray[np.int64], second: NDArray[np.int64]) -> Array:
    """Return the cosines of pairs of unit vectors of one document."""
    found = np.zeros(len(first), dtype=np.float32)
    for start, stop in blocks(len(first), _BLOCK):
        found[start:stop] = np.einsum("kd,kd->k", vectors[first[start:stop]], vectors[second[start:stop]])
    return found


def _with_gram_sum(text: Text, parts: Array, first: NDArray[np.int64], second: NDArray[np.int64]) -> Array:
    """Return the cosine in letter sequences with two sentences of a document together, from that with each."""
    bags, norms = text.evidence.grams, (text.gram_norms[0, first], text.gram_norms[0, second])
    products = dots(bags, bags, first, second) if text.alike is None else text.alike[first, second]
    return _with_sum((parts[0], parts[1]), norms, products / (norms[0] * norms[1]))


def _best_third(
    own: NDArray[np.int64], probability: NDArray[np.floating], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.floating]:
    """Return the highest probability of a link of the one sentence with any other than the two, 0 without one."""
    order = np.lexsort((-probability, own))
    keys = own[order]
    start = np.searchsorted(keys, own[first], side="left")
    best = np.zeros(len(first))
    open_ = np.ones(len(first), dtype=np.bool_)
    for ahead in range(3):  # two of the three best may be the two themselves
        place = np.minimum(start + ahead, len(order) - 1)
        cell = order[place] if len(order) else place
        fits = open_ & (start + ahead < len(order)) & (cell != first) & (cell != second)
        fits &= own[cell] == own[first]
        best[fits] = probability[cell[fits]]
        open_ &= ~fits
    return best
