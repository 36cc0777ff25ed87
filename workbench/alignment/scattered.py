"""The evidence for passages whose sentences need not follow each other, in the terms of `beads`."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from workbench.alignment.beads import BEAD_FEATURES, kind
from workbench.alignment.features import length_penalty, overlap
from workbench.alignment.pairing import Pair, Side
from workbench.alignment.scores import Array, blocks, unit
from workbench.alignment.values import Sides

_BLOCK = 2048


def features(pair: Pair, passages: Sequence[Sides]) -> Array:
    """Return features of passages, shape (features, passages); those of a bead are what `bead_features` gives."""
    out = np.zeros((len(BEAD_FEATURES), len(passages)), dtype=np.float32)
    for start, stop in blocks(len(passages), _BLOCK):
        for name, values in _known(pair, passages[start:stop]).items():
            out[BEAD_FEATURES.index(name), start:stop] = values
    return out


def cosines(pair: Pair, passages: Sequence[Sides]) -> Array:
    """Return the cosine of each passage's sides."""
    found = np.zeros(len(passages), dtype=np.float32)
    for start, stop in blocks(len(passages), _BLOCK):
        found[start:stop] = _cosines(*_sides(pair, passages[start:stop]))
    return found


class _Passages:
    """Passages of one document: rows of a sparse matrix with a one for each of their sentences."""

    def __init__(self, side: Side, passages: Sequence[tuple[int, ...]]) -> None:
        from scipy.sparse import csr_matrix

        self.side, self.passages = side, passages
        self.sizes = np.array([len(passage) for passage in passages], dtype=np.int64)
        self.places = np.array([i for passage in passages for i in passage], dtype=np.int64)
        ends = np.concatenate([[0], np.cumsum(self.sizes)])
        ones = np.ones(len(self.places), dtype=np.float32)
        self.members = csr_matrix((ones, self.places, ends), shape=(len(passages), len(side)))

    def without(self, place: int) -> "_Passages":
        """The same, each without its first (0) or last (-1) sentence; a single sentence stays."""
        kept = [p if len(p) == 1 else p[1:] if place == 0 else p[:-1] for p in self.passages]
        return _Passages(self.side, kept)

    @cached_property
    def vectors(self) -> Array:
        """Their unit vectors."""
        text = self.side.text
        return unit(self.members.multiply(text.factors).tocsr() @ text.vectors)

    @cached_property
    def letters(self) -> tuple[Any, Array]:
        """The summed bags of letter sequences, and their lengths."""
        bags = self.bags("grams")
        return bags, np.asarray(np.sqrt(np.maximum(_dots(bags, bags), 1e-9)))

    def bags(self, name: str) -> Any:
        """The summed bags of letter sequences, numbers or names."""
        return self.members @ getattr(self.side.text.evidence, name)

    def sums(self, values: Array) -> Array:
        """The sums of something that their sentences have."""
        return np.asarray(self.members @ values)

    def rivals(self, other: "_Passages") -> Array:
        """The mean of their sentences' best cosines outside the other passages, by weight.

        What stands inside the other passage, whether it is part of it or interrupts it, is no rival.
        """
        own = np.repeat(np.arange(len(self.passages)), self.sizes)
        start, end = (np.array([passage[at] for passage in other.passages])[own, None] for at in (0, -1))
        near = self.side.near[self.places]
        inside = (near >= start) & (near <= end)
        first = np.where(inside.all(axis=1), inside.shape[1] - 1, inside.argmin(axis=1))
        best = self.side.near_values[self.places, first] * self.side.text.factors[self.places]
        return np.asarray(np.bincount(own, best, len(self.passages)) / self.sums(self.side.text.factors))


def _sides(pair: Pair, passages: Sequence[Sides]) -> tuple[_Passages, _Passages]:
    return _Passages(pair.left, [left for left, _ in passages]), _Passages(pair.right, [right for _, right in passages])


def _known(pair: Pair, passages: Sequence[Sides]) -> dict[str, Array | float]:
    left, right = _sides(pair, passages)
    similarity, grams = _cosines(left, right), _letters(left, right)
    lesser = [*((left.without(at), right) for at in (0, -1)), *((left, right.without(at)) for at in (0, -1))]
    # A side of one sentence has no part: it is no better than the whole then, and not looked at.
    has_part = np.array([side.sizes > 1 for side in (left, left, right, right)])
    merged = has_part.any(axis=0)

    def best_part(measure: Any) -> Array:
        parts = np.array([measure(*sides) for sides in lesser])
        return np.asarray(np.where(has_part, parts, -np.inf).max(axis=0, initial=-np.inf))

    values: dict[str, Array | float] = {
        "similarity": similarity,
        "row_margin": similarity - left.rivals(right),
        "column_margin": similarity - right.rivals(left),
        "grams": grams,
        "length": length_penalty(*(side.sums(side.side.text.evidence.lengths) for side in (left, right))),
        "merge_similarity": np.where(merged, similarity - best_part(_cosines), 0),
        "merge_grams": np.where(merged, grams - best_part(_letters), 0),
        "share": pair.share,
        "share_merged": pair.share * merged,
        "bias": 1.0,
    }
    for name in ("numbers", "names"):
        shared = _dots(left.bags(name), right.bags(name))
        values.update(overlap(name, shared, *(side.sums(side.side.text.totals[name]) for side in (left, right))))
    kinds = np.array([kind(n, m) for n, m in zip(left.sizes, right.sizes, strict=True)])
    return values | {name: kinds == name for name in set(kinds.tolist()) - {""}}


def _cosines(left: _Passages, right: _Passages) -> Array:
    return np.asarray(np.einsum("kd,kd->k", left.vectors, right.vectors))


def _letters(left: _Passages, right: _Passages) -> Array:
    (one, length), (other, other_length) = left.letters, right.letters
    return np.asarray(_dots(one, other) / (length * other_length))


def _dots(left: Any, right: Any) -> Array:
    """Dot products of sparse rows at the same place."""
    return np.asarray(left.multiply(right).sum(axis=1), dtype=np.float32).ravel()
