"""Alignment of articles: which passages say the same, in two languages or in several at once."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from math import log

import numpy as np

from workbench.alignment.confidence import calibration_error, reliability
from workbench.alignment.couples import Couple
from workbench.alignment.dotplot import DotPlot, dot_plot
from workbench.alignment.evidence import Evidence, evidence
from workbench.alignment.groups import form_groups
from workbench.alignment.pairing import Text, pair_up, prepare
from workbench.alignment.pairs import comparable_links
from workbench.alignment.parameters import Knowledge, Parameters, default
from workbench.alignment.scores import unit
from workbench.alignment.values import Alignment, Document, Floats, Group, PairAlignment, PairLink
from workbench.languages import EN
from workbench.model import Mode

__all__ = [
    "Alignment",
    "Document",
    "DotPlot",
    "Group",
    "Knowledge",
    "PairAlignment",
    "PairLink",
    "Parameters",
    "align",
    "calibration_error",
    "default",
    "dot_plot",
    "known_of",
    "reliability",
    "shared_sentences",
]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for cyclic garbage: among many links, none in cycles, it takes a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_uncollected()
def align(
    documents: Sequence[Document],
    *,
    mode: Mode | None = None,
    fixed: Sequence[Group] = (),
    rejected: Sequence[Group] = (),
    parameters: Parameters | None = None,
    least: float = 0.5,
) -> Alignment:
    """Find the passages of several documents that say the same, and join them into groups.

    Args:
        documents: The documents, in any number and with several per language. Their order does not matter.
        mode: How every pair is aligned; by default decided for each pair from the data.
        fixed: Confirmed groups. They are kept as they are, nobody else uses their sentences, and translations
            are aligned between them.
        rejected: Groups that were found wrong; they are not found again.
        parameters: Weights and thresholds; by default those that ship.
        least: Probability from which on a free link is made. At a half, right and wrong links balance; less shows
            a reviewer more of what may be.

    Returns:
        Groups with members in at least two languages, and the alignment of each pair of documents.
    """
    chosen = parameters or default(known_of(documents))
    ordered = sorted(documents, key=lambda document: document.key)
    languages = {document.key: document.language for document in ordered}
    texts = prepared(ordered)
    sides = list(zip(ordered, texts, strict=True))
    price = log(least / (1 - least))
    couples = [Couple(one, other, mode, chosen) for one, other in combinations(sides, 2)]
    found = [couple.align(fixed, rejected, price) for couple in couples]
    pairs = [pair for pair, _ in found]
    odds = {((pair.left, i), (pair.right, j)): value for pair, values in found for (i, j), value in values.items()}
    refused = {_nodes(group) for group in rejected}
    apart = {(min(nodes), max(nodes)) for nodes in refused if len(nodes) == _COUPLE}
    formed = form_groups(pairs, languages, odds, chosen.calibration.get("groups", ()), price, apart)
    groups = [*fixed, *(group for group in formed if _nodes(group) not in refused)]
    return Alignment(tuple(sorted(groups, key=_reading_order)), tuple(pairs))


_COUPLE = 2


def known_of(documents: Sequence[Document]) -> Knowledge:
    """Return how much is known of all of some documents; an English one needs no rendering."""
    filled = [document for document in documents if len(document)]
    if not filled or any(document.fine is None for document in filled):
        return Knowledge.PLAIN
    foreign = [document for document in filled if document.language != EN]
    rendered = bool(foreign) and all(document.english is not None for document in foreign)
    return Knowledge.ENGLISH if rendered else Knowledge.FINE


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
    chosen = parameters or default(known_of(documents))
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


def prepared(documents: Sequence[Document]) -> list[Text]:
    """Prepare documents for scoring; the rarity of words is counted over all of them."""
    bags = evidence([(document.language, document.texts) for document in documents])
    knowledge = known_of(documents)
    return [_prepared(document, bag, knowledge) for document, bag in zip(documents, bags, strict=True)]


def _prepared(document: Document, bag: Evidence, knowledge: Knowledge) -> Text:
    vectors = _finite(document.vectors)
    if document.fine is None or knowledge is Knowledge.PLAIN:
        return prepare(vectors, vectors, bag)
    fine = _finite(document.fine)
    if document.english is None or knowledge is Knowledge.FINE:
        return prepare(vectors, fine, bag)
    return prepare(vectors, unit(fine + _finite(document.english)), bag)


def _finite(vectors: Floats) -> Floats:
    """Vectors in single precision; what is no number counts for nothing."""
    return np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)


def _nodes(group: Group) -> frozenset[tuple[int, int]]:
    return frozenset((key, place) for key, places in group.members.items() for place in places)


def _reading_order(group: Group) -> tuple[int, int]:
    key = min(group.members)
    return key, min(group.members[key], default=0)
