"""What goes into alignment and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from workbench.model import Mode

Floats = NDArray[np.floating]
#: Sentence indices of the left and of the right document.
Sides = tuple[tuple[int, ...], tuple[int, ...]]
#: Log-odds that a left and a right sentence correspond.
Odds = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """The sentences of one article that take part in alignment.

    Attributes:
        key: The article's id.
        language: Its language code.
        texts: Its sentences in reading order.
        vectors: Their sentence vectors, shape (sentences, dimensions), of unit length. Sums of them stand for passages.
        fine: Vectors of the same sentences in a space where translations lie closest, of any width; None where the
            encoder has none but `vectors`.
        english: The same of their English renderings, zero where a sentence has none; None where nothing is rendered.
            Two renderings are in one language, and what is lost in one language's vectors is not lost in both.
    """

    key: int
    language: str
    texts: tuple[str, ...]
    vectors: Floats
    fine: Floats | None = None
    english: Floats | None = None

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class PairLink:
    """Corresponding sentences of two documents, with the probability that they do correspond, and why."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    probability: float
    reasons: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PairAlignment:
    """How two documents were aligned.

    Attributes:
        left: Key of the one document.
        right: Key of the other.
        mode: Whether order was kept to (parallel) or free (comparable); of comparable documents too it is kept to in
            blocks that are translations.
        order: How well the confident links keep the order, in [0, 1]; 1 for translations.
        links: The links found, by first sentence of the left document.
    """

    left: int
    right: int
    mode: Mode
    order: float
    links: tuple[PairLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that say the same in at least two languages: a translation unit to be.

    Attributes:
        members: Sentence indices in order, by document key.
        confidence: Calibrated probability that the whole group is right.
        reasons: The evidence, each about in [0, 1].
        scores: Probability of correspondence for pairs of document keys in the group.
    """

    members: Mapping[int, tuple[int, ...]]
    confidence: float = 1.0
    reasons: Mapping[str, float] = field(default_factory=dict)
    scores: Mapping[tuple[int, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Groups over all documents, and the pairwise alignments behind them."""

    groups: tuple[Group, ...]
    pairs: tuple[PairAlignment, ...]
