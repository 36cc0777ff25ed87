"""Feeds the decoder: draws pairs by weight, groups them by length, pads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from workbench.translation.starter.training.prepare import SHARD, rows_of
from workbench.translation.starter.training.states import WIDTH
from workbench.translation.starter.training.vocabulary import BOS, EOS, PAD

#: How often a pair of an origin is drawn, early and late in training; 1 where not named.
EARLY = {"authored": 4.0, "literature": 0.7, "ms-d365-docs": 0.5, "python-docs-uk": 0.5}
LATE = {
    "authored": 8.0, "europarl-bg": 2.0, "tico19": 3.0, "xquad": 3.0, "ud-pud": 4.0, "privacyguides": 1.5,
    "opensource-guide": 1.5, "tatoeba": 0.5, "literature": 0.4, "ms-d365-docs": 0.2, "python-docs-uk": 0.2,
    "wesnoth": 0.4, "cataclysm-dda": 0.3, "bible-nt": 0.4, "edgeai-for-beginners": 0.2, "mozilla-www": 0.4,
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


class Pairs:
    """The prepared pairs: those whose encoder states are cached so far, or all where the encoder is trained too."""

    def __init__(self, work: Path, seed: int, *, cached: bool = True) -> None:
        tokens = np.load(work / "tokens.npz")
        self._work = work
        self._sources = None if cached else tokens["source"].astype(np.int64)
        self._offsets = tokens["source_offsets"]
        self._targets = rows_of(tokens, "target")
        offsets = tokens["target_offsets"]
        flat = np.load(work / "alignment.npy")
        self._aligned = [flat[a:b] for a, b in pairwise(offsets)]
        with (work / "pairs.tsv").open(encoding="utf-8") as lines:
            self._origins = [line.split("\t", 2)[1] for line in lines]
        self._lengths = np.array([len(row) for row in self._targets])
        self._draw = np.random.default_rng(seed)
        self._shards: dict[int, Any] = {}

    def refresh(self) -> int:
        """Look for new shards of encoder states; return how many pairs can be trained on."""
        if self._sources is not None:
            return len(self._targets)
        number = len(self._shards)
        while (path := self._work / f"states-{number:04d}.npy").exists():
            self._shards[number] = np.load(path, mmap_mode="r")
            number += 1
        return min(number * SHARD, len(self._targets))

    def batches(self, weights: Mapping[str, float], longest: int, tokens: int, draws: int) -> Iterator[Batch]:
        """Draw pairs by weight, without replacement within one call, and yield them in batches of like length."""
        ready = self.refresh()
        weight = np.array([weights.get(origin, 1.0) for origin in self._origins[:ready]])
        weight[self._lengths[:ready] > longest] = 0
        # Exponential keys give a weighted sample without replacement (Efraimidis and Spirakis 2006).
        keys = self._draw.exponential(size=ready) / np.maximum(weight, 1e-12)
        keys[weight == 0] = np.inf
        chosen = np.argsort(keys)[: min(draws, int((weight > 0).sum()))]
        source_lengths = np.diff(self._offsets)[chosen]
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
        length = int(self._lengths[numbers].max()) + 1
        sources = [int(self._offsets[n + 1] - self._offsets[n]) for n in numbers]
        padding = torch.full((len(numbers), 1, 1, max(sources)), -1e4)
        given = torch.full((len(numbers), length), PAD)
        wanted = torch.full((len(numbers), length), PAD)
        aligned = torch.full((len(numbers), length), -1)
        for row, number in enumerate(numbers):
            padding[row, ..., : sources[row]] = 0
            pieces = torch.from_numpy(self._targets[number].astype(np.int64))
            given[row, 0], given[row, 1 : len(pieces) + 1] = BOS, pieces
            wanted[row, : len(pieces)], wanted[row, len(pieces)] = pieces, EOS
            aligned[row, : len(pieces)] = torch.from_numpy(self._aligned[number].astype(np.int64))
        return Batch(self._memory(numbers, sources), padding, given, wanted, aligned)

    def _memory(self, numbers: Any, lengths: list[int]) -> Tensor:
        """Pad the encoder's states of some pairs, or their source pieces where the encoder is trained too."""
        if self._sources is not None:
            ids = np.full((len(numbers), max(lengths)), PAD)
            for row, number in enumerate(numbers):
                ids[row, : lengths[row]] = self._sources[self._offsets[number] : self._offsets[number + 1]]
            return torch.from_numpy(ids)
        states = np.zeros((len(numbers), max(lengths), WIDTH), np.uint16)
        for row, number in enumerate(numbers):
            shard = int(number) // SHARD
            at = self._offsets[number] - self._offsets[shard * SHARD]
            states[row, : lengths[row]] = self._shards[shard][at : at + lengths[row]]
        return torch.from_numpy(states).view(torch.bfloat16)
