"""Alignment of articles: which passages say the same, in two languages or in several at once."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations, pairwise
from math import log

import numpy as np

from workbench.alignment.confidence import calibrate, calibration_error, reliability
from workbench.alignment.dotplot import DotPlot, dot_plot
from workbench.alignment.evidence import evidence
from workbench.alignment.groups import form_groups
from workbench.alignment.order import (
    MODE_FEATURES,
    anchors,
    free_order,
    longest_rise,
    mode_features,
    order_score,
    plain_mode,
)
from workbench.alignment.pairing import Pair, Text, pair_up, prepare
from workbench.alignment.pairs import comparable_links, parallel_links
from workbench.alignment.parameters import Parameters, default, weights_of
from workbench.alignment.scouting import side_by_side
from workbench.alignment.values import Alignment, Document, Floats, Group, PairAlignment, PairLink
from workbench.model import Mode

__all__ = [
    "Alignment",
    "Document",
    "DotPlot",
    "Group",
    "PairAlignment",
    "PairLink",
    "Parameters",
    "align",
    "calibration_error",
    "default",
    "dot_plot",
    "reliability",
    "shared_sentences",
]


def align(
    documents: Sequence[Document],
    *,
    mode: Mode | None = None,
    fixed: Sequence[Group] = (),
    encode: Callable[[Sequence[str]], Floats] | None = None,
    parameters: Parameters | None = None,
    least: float = 0.5,
) -> Alignment:
    """Find the passages of several documents that say the same, and join them into groups.

    Args:
        documents: The documents, in any number and with several per language. Their order does not matter.
        mode: How every pair is aligned; by default decided for each pair from the data.
        fixed: Confirmed groups. They are kept as they are, nobody else uses their sentences, and translations
            are aligned between them.
        encode: Turns texts into vectors, to encode merged passages where a bead is in doubt.
        parameters: Weights and thresholds; by default those that ship.
        least: Probability from which on a free link is made. At a half, right and wrong links balance; less shows
            a reviewer more of what may be.

    Returns:
        Groups with members in at least two languages, and the alignment of each pair of documents.
    """
    chosen = parameters or default()
    ordered = sorted(documents, key=lambda document: document.key)
    languages = {document.key: document.language for document in ordered}
    texts = prepared(ordered)
    sides = list(zip(ordered, texts, strict=True))
    price = log(least / (1 - least))
    couples = [_Couple(one, other, mode, fixed, chosen, price) for one, other in combinations(sides, 2)]
    found = [couple.align() for couple in couples]
    pairs = [pair for pair, _ in found]
    odds = {((pair.left, i), (pair.right, j)): value for pair, values in found for (i, j), value in values.items()}
    groups = [*fixed, *form_groups(pairs, languages, odds, chosen.calibration.get("groups", ()), price)]
    return Alignment(tuple(sorted(groups, key=_reading_order)), tuple(pairs))


def shared_sentences(
    documents: Sequence[Document], pairs: Sequence[tuple[int, int]], parameters: Parameters | None = None
) -> list[float]:
    """Return how many sentences each of some pairs of documents is expected to have in common.

    Args:
        documents: The documents.
        pairs: Pairs of places in `documents`.
        parameters: Weights; by default those that ship.

    Returns:
        Summed probabilities of the links of each pair. A short sentence (a caption, a name) counts for less.
    """
    chosen = parameters or default()
    texts = prepared(documents)
    return [_in_common(texts[one], texts[other], chosen) for one, other in pairs]


#: Letters from which on a sentence says enough to count in full.
_FULL_LENGTH = 80.0


def _in_common(left: Text, right: Text, parameters: Parameters) -> float:
    pair = pair_up(left, right)
    if not pair.share:
        return 0.0
    links, _ = comparable_links(pair, parameters)
    lengths = left.evidence.lengths, right.evidence.lengths
    shorter = [min(float(lengths[0][k.left[0]]), float(lengths[1][k.right[0]])) for k in links]
    return sum(k.probability * min(1.0, size / _FULL_LENGTH) for k, size in zip(links, shorter, strict=True))


class _Couple:
    """Two of the documents, in one mode, without the sentences of confirmed groups."""

    def __init__(
        self,
        left: tuple[Document, Text],
        right: tuple[Document, Text],
        mode: Mode | None,
        fixed: Sequence[Group],
        parameters: Parameters,
        price: float,
    ) -> None:
        self.left, self.right, self.parameters = left[0], right[0], parameters
        whole = side_by_side(left[1], right[1])
        self.order = order_score(anchors(whole))
        self.mode = mode or plain_mode(whole) or _likely_mode(whole, parameters)
        self.search: _Search = parallel_links if self.mode is Mode.PARALLEL else partial(comparable_links, price=price)
        self.parts = [
            (rows, columns, whole if not fixed else pair_up(left[1].pick(rows), right[1].pick(columns)))
            for rows, columns in _open_stretches(self.left, self.right, self.mode, fixed)
        ]

    def align(self) -> tuple[PairAlignment, dict[tuple[int, int], float]]:
        """Return the links between the two, and log-odds of all pairs of sentences worth a look."""
        links: list[PairLink] = []
        odds: dict[tuple[int, int], float] = {}
        for rows, columns, part in self.parts:
            found, found_odds = self.search(part, self.parameters)
            links += self._placed(found, rows, columns)
            odds.update({(rows[i], columns[j]): value for (i, j), value in found_odds.items()})
        links.sort(key=lambda link: (link.left, link.right))
        return PairAlignment(self.left.key, self.right.key, self.mode, self.order, tuple(links)), odds

    def _placed(self, links: Sequence[PairLink], rows: Sequence[int], columns: Sequence[int]) -> list[PairLink]:
        """The links with the documents' own indices and calibrated probabilities."""
        raw = np.array([link.probability for link in links])
        calibrated = calibrate(raw, self.parameters.calibration.get(self.mode.value, ())).tolist()
        return [
            PairLink(
                tuple(rows[i] for i in link.left),
                tuple(columns[j] for j in link.right),
                probability,
                {**link.reasons, "order": self.order},
            )
            for link, probability in zip(links, calibrated, strict=True)
        ]


_Search = Callable[[Pair, Parameters], tuple[list[PairLink], dict[tuple[int, int], float]]]


def _likely_mode(pair: Pair, parameters: Parameters) -> Mode:
    """Judge by the free links, and where they leave a doubt also by an alignment in order."""
    free = comparable_links(pair, parameters)[0]
    order = free_order(pair, free)
    if order.scattered:
        return Mode.COMPARABLE
    features = mode_features(pair, order, free, parallel_links(pair, parameters)[0])
    return Mode.PARALLEL if features @ weights_of(MODE_FEATURES, parameters.mode) > 0 else Mode.COMPARABLE


def _open_stretches(
    left: Document, right: Document, mode: Mode, fixed: Sequence[Group]
) -> list[tuple[list[int], list[int]]]:
    """Return the sentences that are free to be aligned: all at once, or between hard points for translations."""
    taken = [{i for group in fixed for i in group.members.get(document.key, ())} for document in (left, right)]
    free = [[i for i in range(len(d)) if i not in used] for d, used in zip((left, right), taken, strict=True)]
    points = _hard_points(left.key, right.key, fixed) if mode is Mode.PARALLEL else []
    bounds = [(-1, -1), *points, (len(left), len(right))]
    stretches = [
        ([i for i in free[0] if a[0] < i < b[0]], [j for j in free[1] if a[1] < j < b[1]]) for a, b in pairwise(bounds)
    ]
    return [(rows, columns) for rows, columns in stretches if rows and columns]


def _hard_points(left: int, right: int, fixed: Sequence[Group]) -> list[tuple[int, int]]:
    """Return first sentences of confirmed groups that hold both documents, as far as they keep one order."""
    both = [g for g in fixed if g.members.get(left) and g.members.get(right)]
    points = sorted((min(group.members[left]), min(group.members[right])) for group in both)
    return [points[k] for k in longest_rise([j for _, j in points])]


def prepared(documents: Sequence[Document]) -> list[Text]:
    """Prepare documents for scoring; the rarity of words is counted over all of them."""
    bags = evidence([(document.language, document.texts) for document in documents])
    return [
        prepare(np.asarray(document.vectors, dtype=np.float32), bag)
        for document, bag in zip(documents, bags, strict=True)
    ]


def _reading_order(group: Group) -> tuple[int, int]:
    key = min(group.members)
    return key, min(group.members[key], default=0)
