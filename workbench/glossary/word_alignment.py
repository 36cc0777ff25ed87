"""Which words of two sentences say the same, by the vectors of their sub-words.

Two sub-words are linked where each is the other's nearest in its sentence (SimAlign's "argmax", Jalili Sabet and others
2020). No training, and one sentence is enough.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from workbench.model import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Words(Protocol):
    """The sub-words of a text."""

    @property
    def spans(self) -> "NDArray[np.int64]":
        """Start and end of each in the text, shape (sub-words, 2)."""

    @property
    def vectors(self) -> "NDArray[np.float32]":
        """Its vector in the sentence, of unit length, shape (sub-words, dimensions)."""


#: Gives the sub-words of texts, in their order.
EncodeWords = Callable[[Sequence[str]], Sequence[Words]]


def links(one: Words, other: Words) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
    """Return which sub-words of two sentences are linked: their numbers on either side."""
    import numpy as np

    if not len(one.vectors) or not len(other.vectors):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    likeness = one.vectors @ other.vectors.T
    nearest, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    left = np.flatnonzero(back[nearest] == np.arange(len(nearest)))
    return left, nearest[left]


def agreement(one: Words, other: Words, left: Sequence[Span], right: Sequence[Span]) -> "NDArray[np.float64]":
    """Return how far passages of two sentences are linked to each other and to nothing else.

    Twice the links between two passages by the links that either has at all: 1 where all lead to the other, 0 where
    none does.

    Args:
        one: A sentence.
        other: The same in another language.
        left: Passages of the one.
        right: Passages of the other.

    Returns:
        Shape (left, right), in [0, 1].
    """
    import numpy as np

    rows, columns = links(one, other)
    ours, theirs = _inside(one, left)[:, rows], _inside(other, right)[:, columns]
    shared = 2.0 * (ours @ theirs.T)
    either = ours.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :]
    return np.asarray(shared / np.maximum(either, 1.0))


def _inside(words: Words, passages: Sequence[Span]) -> "NDArray[np.float64]":
    """Tell which sub-words stand in which passages, shape (passages, sub-words)."""
    import numpy as np

    starts = np.array([[passage.start] for passage in passages])
    ends = np.array([[passage.end] for passage in passages])
    return np.asarray((words.spans[:, 0] < ends) & (words.spans[:, 1] > starts), dtype=np.float64)
