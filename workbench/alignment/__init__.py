"""Alignment of articles: which passages say the same, in two languages or in several at once."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from workbench.alignment.evidence import evidence
from workbench.alignment.groups import Node, form_groups
from workbench.alignment.order import choose_mode
from workbench.alignment.pairing import Text, pair_up, prepare
from workbench.alignment.pairs import aligned, comparable_links
from workbench.alignment.parameters import Parameters, default
from workbench.alignment.values import Alignment, Document, Floats, Group, PairAlignment, PairLink
from workbench.model import Mode

__all__ = ["Alignment", "Document", "Group", "PairAlignment", "PairLink", "Parameters", "align", "default"]


def align(
    documents: Sequence[Document],
    *,
    mode: Mode | None = None,
    fixed: Sequence[Group] = (),
    encode: Callable[[Sequence[str]], Floats] | None = None,
    parameters: Parameters | None = None,
) -> Alignment:
    """Find the passages of several documents that say the same, and join them into groups.

    Args:
        documents: The documents, in any number and with several per language. Their order does not matter.
        mode: How every pair is aligned; by default decided for each pair from the data.
        fixed: Confirmed groups. They are kept as they are, nobody else uses their sentences, and translations
            are aligned between them.
        encode: Turns texts into vectors, to encode merged passages where a bead is in doubt.
        parameters: Weights and thresholds; by default those that ship.

    Returns:
        Groups with members in at least two languages, and the alignment of each pair of documents.
    """
    chosen = parameters or default()
    ordered = sorted(documents, key=lambda document: document.key)
    languages = {document.key: document.language for document in ordered}
    texts = _prepared(ordered)
    pairs: list[PairAlignment] = []
    odds: dict[tuple[Node, Node], float] = {}
    for one, other in combinations(range(len(ordered)), 2):
        found, found_odds = _align_pair((ordered[one], texts[one]), (ordered[other], texts[other]), mode, fixed, chosen)
        pairs.append(found)
        left, right = found.left, found.right
        odds.update({((left, i), (right, j)): value for (i, j), value in found_odds.items()})
    groups = [*fixed, *form_groups(pairs, languages, odds)]
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
    texts = _prepared(documents)
    return [_in_common(texts[one], texts[other], chosen) for one, other in pairs]


#: Letters from which on a sentence says enough to count in full.
_FULL_LENGTH = 80.0


def _in_common(left: Text, right: Text, parameters: Parameters) -> float:
    pair = pair_up(left, right)
    if not pair.share:
        return 0.0
    links, _ = comparable_links(pair, parameters)
    lengths = left.evidence.lengths, right.evidence.lengths
    return sum(
        link.probability * min(1.0, min(lengths[0][link.left[0]], lengths[1][link.right[0]]) / _FULL_LENGTH)
        for link in links
    )


def _align_pair(
    one: tuple[Document, Text],
    other: tuple[Document, Text],
    mode: Mode | None,
    fixed: Sequence[Group],
    parameters: Parameters,
) -> tuple[PairAlignment, Mapping[tuple[int, int], float]]:
    """Align what confirmed groups leave free of two documents."""
    left, right = one[0], other[0]
    decided, order = choose_mode(pair_up(one[1], other[1]))
    decided = mode or decided
    links: list[PairLink] = []
    odds: dict[tuple[int, int], float] = {}
    for rows, columns in _open_stretches(left, right, decided, fixed):
        part = pair_up(_picked(one[1], rows), _picked(other[1], columns))
        found, found_odds = aligned(part, decided, parameters)
        links += [
            PairLink(
                tuple(int(rows[i]) for i in link.left),
                tuple(int(columns[j]) for j in link.right),
                link.probability,
                {**link.reasons, "order": order},
            )
            for link in found
        ]
        odds.update({(int(rows[i]), int(columns[j])): value for (i, j), value in found_odds.items()})
    links.sort(key=lambda link: (link.left, link.right))
    return PairAlignment(left.key, right.key, decided, order, tuple(links)), odds


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
    from workbench.alignment.order import longest_rise

    both = [g for g in fixed if g.members.get(left) and g.members.get(right)]
    points = sorted((min(group.members[left]), min(group.members[right])) for group in both)
    return [points[k] for k in longest_rise([j for _, j in points])]


def _picked(text: Text, kept: list[int]) -> Text:
    return text if len(kept) == len(text) else text.pick(kept)


def _prepared(documents: Sequence[Document]) -> list[Text]:
    bags = evidence([(document.language, document.texts) for document in documents])
    return [
        prepare(np.asarray(document.vectors, dtype=np.float32), bag)
        for document, bag in zip(documents, bags, strict=True)
    ]


def _reading_order(group: Group) -> tuple[int, int]:
    key = min(group.members)
    return key, min(group.members[key], default=0)
