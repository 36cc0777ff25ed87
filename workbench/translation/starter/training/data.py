"""Feeds the decoder: draws pairs by weight, groups them by length, pads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from workbench.translation.starter.training.alignment import UNALIGNED
from workbench.translation.starter.training.prepare import SHARD
from workbench.translation.starter.training.states import WIDTH
from workbench.translation.starter.training.vocabulary import BOS, EOS, PAD

Ids = npt.NDArray[Any]

#: How often a pair of an origin is drawn, early and late in training; 1 where not named.
EARLY = {
    "authored": 2.0, "literature": 0.5, "ms-d365-docs": 0.4, "python-docs-uk": 0.3, "tico19": 2.0, "xquad": 2.0,
    "ud-pud": 2.0,
}  # fmt: skip
LATE = {
    "authored": 2.5, "europarl-bg": 2.0, "tico19": 3.0, "xquad": 3.0, "ud-pud": 4.0, "privacyguides": 2.0,
    "opensource-guide": 2.0, "tatoeba": 0.6, "literature": 0.3, "ms-d365-docs": 0.3, "python-docs-uk": 0.2,
    "wesnoth": 0.4, "cataclysm-dda": 0.3, "bible-nt": 0.5, "edgeai-for-beginners": 0.3, "mozilla-www": 0.4,
    "azd-for-beginners": 0.2, "libreoffice-help": 0.2, "tarantool-doc": 0.2, "stellarium": 0.6, "mediawiki-i18n": 0.3,
    "back-translated": 0.5,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors: encoder states (or source pieces), what to add at padded source places, pieces in and out,
    alignments."""

    memory: Tensor
    padding: Tensor
    given: Tensor
    wanted: Tensor
    aligned: Tensor


#: The file of back-translated pairs, and the origin that they are drawn by.
BACK_FILE, BACK = "back.npz", "back-translated"


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Sequences of different lengths in one flat array, row n from `offsets[n]` to `offsets[n + 1]`."""

    flat: Ids
    offsets: Ids

    def lengths(self, numbers: Ids) -> Ids:
        """Return the lengths of some rows."""
        found: Ids = self.offsets[numbers + 1] - self.offsets[numbers]
        return found

    def padded(self, numbers: Ids, width: int, fill: int) -> Ids:
        """Return some rows as one matrix, int64 of shape (rows, width), filled up at the end."""
        lengths = self.lengths(numbers)
        out = np.full((len(numbers), width), fill, np.int64)
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        out[np.arange(width) < lengths[:, None]] = self.flat[np.repeat(self.offsets[numbers], lengths) + within]
        return out

    def joined(self, others: "Rows") -> "Rows":
        """Return these rows and then the others."""
        return Rows(
            np.concatenate([self.flat, others.flat]), np.r_[self.offsets, self.offsets[-1] + others.offsets[1:]]
        )


class Pairs:
    """The prepared pairs: those whose encoder states are cached so far, or all where the encoder is trained too.

    Where it is, back-translated pairs (`back.npz`) are drawn as well, under an origin of their own.
    """

    def __init__(self, work: Path, seed: int, *, cached: bool = True) -> None:
        self._work = work
        self._cached = cached
        self._sources, self._targets = _read_rows(work / "tokens.npz")
        self._aligned = Rows(np.load(work / "alignment.npy"), self._targets.offsets)
        with (work / "pairs.tsv").open(encoding="utf-8") as lines:
            self._origins = [line.split("\t", 2)[1] for line in lines]
        if not cached and (work / BACK_FILE).exists():
            sources, targets = _read_rows(work / BACK_FILE)
            nothing = Rows(np.full(len(targets.flat), UNALIGNED), targets.offsets)
            self._sources, self._targets = self._sources.joined(sources), self._targets.joined(targets)
            self._aligned = self._aligned.joined(nothing)
            self._origins += [BACK] * (len(targets.offsets) - 1)
        self._lengths = np.diff(self._targets.offsets)
        self._draw = np.random.default_rng(seed)
        self._shards: dict[int, Any] = {}

    def refresh(self) -> int:
        """Look for new shards of encoder states; return how many pairs can be trained on."""
        if not self._cached:
            return len(self._lengths)
        number = len(self._shards)
        while (path := self._work / f"states-{number:04d}.npy").exists():
            self._shards[number] = np.load(path, mmap_mode="r")
            number += 1
        return min(number * SHARD, len(self._lengths))

    def batches(self, weights: Mapping[str, float], longest: int, tokens: int, draws: int) -> Iterator[Batch]:
        """Draw pairs by weight, without replacement within one call, and yield them in batches of like length."""
        ready = self.refresh()
        weight = np.array([weights.get(origin, 1.0) for origin in self._origins[:ready]])
        weight[self._lengths[:ready] > longest] = 0
        # Exponential keys give a weighted sample without replacement (Efraimidis and Spirakis 2006).
        keys = self._draw.exponential(size=ready) / np.maximum(weight, 1e-12)
        keys[weight == 0] = np.inf
        chosen = np.argsort(keys)[: min(draws, int((weight > 0).sum()))]
        source_lengths = self._sources.lengths(chosen)
        order = chosen[np.lexsort((source_lengths, self._lengths[chosen]))]
        groups = list(self._grouped(order, tokens))
        for number in self._draw.permutation(len(groups)):
            yield self._batch(groups[number])

    def _grouped(self, order: Any, tokens: int) -> Iterator[Any]:
        start = 0
        while start < len(order):
            longest, end = 0, start
            while end < len(order):
                longest = max(longest, int(self._lengths[order[end]]) + 1)
                if longest * (end - start + 1) > tokens:
                    break
                end += 1
            yield order[start : max(end, start + 1)]
            start = max(end, start + 1)

    def _batch(self, numbers: Any) -> Batch:
        lengths, sources = self._lengths[numbers], self._sources.lengths(numbers)
        width = int(lengths.max()) + 1
        wanted = self._targets.padded(numbers, width, PAD)
        given = np.concatenate([np.full((len(numbers), 1), BOS), wanted[:, :-1]], axis=1)
        wanted[np.arange(len(numbers)), lengths] = EOS
        beyond = np.arange(sources.max()) >= sources[:, None]
        padding = np.where(beyond, np.float32(-1e4), np.float32(0))[:, None, None]
        aligned = self._aligned.padded(numbers, width, UNALIGNED)
        return Batch(
            self._memory(numbers, sources), *(torch.from_numpy(part) for part in (padding, given, wanted, aligned))
        )

    def _memory(self, numbers: Any, lengths: Any) -> Tensor:
        """Pad the encoder's states of some pairs, or their source pieces where the encoder is trained too."""
        if not self._cached:
            return torch.from_numpy(self._sources.padded(numbers, int(lengths.max()), PAD))
        offsets = self._sources.offsets
        states = np.zeros((len(numbers), int(lengths.max()), WIDTH), np.uint16)
        for row, number in enumerate(numbers):
            shard = int(number) // SHARD
            at = offsets[number] - offsets[shard * SHARD]
            states[row, : lengths[row]] = self._shards[shard][at : at + lengths[row]]
        return torch.from_numpy(states).view(torch.bfloat16)


def _read_rows(path: Path) -> tuple[Rows, Rows]:
    """Read source and target pieces as `prepare.flatten` lays them out."""
    arrays = np.load(path)
    source, target = (Rows(arrays[name], arrays[f"{name}_offsets"]) for name in ("source", "target"))
    return source, target
