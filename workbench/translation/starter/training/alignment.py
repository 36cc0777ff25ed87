"""Aligns English pieces with source pieces: IBM model 1 with a preference for the diagonal.

After Brown et al. 1993 and Dyer et al. 2013 (fast_align), with one lexicon for the three languages, whose pieces
are shared. The lexicon is a hashed table: collisions are rare and cost next to nothing. What it finds guides one
layer of the decoder's attention in training (Garg et al. 2019), which otherwise takes hours to find the words.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

BUCKETS = 1 << 26
SHARPNESS = 6.0
NULL_SHARE = 0.05
CONFIDENT = 0.4
UNALIGNED = -1

Ids = npt.NDArray[Any]


def align(sources: Sequence[Ids], targets: Sequence[Ids], rounds: int = 4, chunk: int = 4_000) -> list[Ids]:
    """Return, for each target piece, the position of its source piece, or `UNALIGNED`.

    Sources begin and end with their special tokens; position 0 stands for no word at all.
    """
    table = np.ones(BUCKETS, np.float32)
    for _ in range(rounds):
        counts = np.zeros(BUCKETS, np.float32)
        marginal = np.zeros(1 << 18, np.float64)
        for keys, words, share, _, _ in _chunks(sources, targets, table, chunk):
            np.add.at(counts, keys, share)
            marginal += np.bincount(words, share, marginal.size)
        table = _normalised(counts, marginal, sources, targets, chunk)
    found: list[Ids] = []
    for _, _, share, cells, lengths in _chunks(sources, targets, table, chunk):
        found += _best(share, cells, lengths)
    return found


def _chunks(
    sources: Sequence[Ids], targets: Sequence[Ids], table: Ids, chunk: int
) -> Iterator[tuple[Ids, Ids, Ids, Ids, Ids]]:
    """Yield for each chunk of pairs: lexicon keys, source words, expected counts, source lengths of each target piece,
    and the number of target pieces of each pair."""
    for start in range(0, len(sources), chunk):
        keys, words, prior, reps, lengths = _cells(sources[start : start + chunk], targets[start : start + chunk])
        share = table[keys] * prior
        starts = np.cumsum(reps) - reps
        share /= np.repeat(np.add.reduceat(share, starts), reps) + 1e-30
        yield keys, words, share, reps, lengths


def _cells(sources: Sequence[Ids], targets: Sequence[Ids]) -> tuple[Ids, Ids, Ids, Ids, Ids]:
    """Lay out every (target piece, source piece) cell of some pairs in one flat array."""
    n = np.array([len(row) - 1 for row in sources])  # the end mark aligns with nothing
    m = np.array([len(row) for row in targets])
    flat_source = np.concatenate([row[:-1] for row in sources]).astype(np.int64)
    flat_target = np.concatenate(targets).astype(np.int64)
    source_start = np.cumsum(n) - n
    reps = np.repeat(n, m)
    cell_target = np.repeat(np.arange(flat_target.size), reps)
    within = np.arange(cell_target.size) - np.repeat(np.cumsum(reps) - reps, reps)
    pair = np.repeat(np.arange(len(m)), m)[cell_target]
    j = (cell_target - (np.cumsum(m) - m)[pair]).astype(np.float32)
    prior = np.exp(-SHARPNESS * np.abs((within - 0.5) / n[pair] - (j + 0.5) / m[pair])).astype(np.float32)
    prior[within == 0] = NULL_SHARE
    words = flat_source[source_start[pair] + within]
    keys = (words * 1_000_003 + flat_target[cell_target] * 7_919) & (BUCKETS - 1)
    return keys, words, prior, reps, m


def _normalised(counts: Ids, marginal: Ids, sources: Sequence[Ids], targets: Sequence[Ids], chunk: int) -> Ids:
    """Turn expected counts into probabilities of an English piece given its source piece."""
    table = np.zeros_like(counts)
    for start in range(0, len(sources), chunk):
        keys, words, _, _, _ = _cells(sources[start : start + chunk], targets[start : start + chunk])
        table[keys] = counts[keys] / (marginal[words].astype(np.float32) + 1.0)
    return table


def _best(share: Ids, reps: Ids, lengths: Ids) -> list[Ids]:
    """Pick the likeliest source position of each target piece, where it is likely enough."""
    starts = np.cumsum(reps) - reps
    highest = np.maximum.reduceat(share, starts)
    where = np.flatnonzero(share == np.repeat(highest, reps))
    owner = np.repeat(np.arange(reps.size), reps)[where]
    _, first = np.unique(owner, return_index=True)
    best = where[first] - starts
    best[(highest < CONFIDENT) | (best == 0)] = UNALIGNED
    return np.split(best.astype(np.int16), np.cumsum(lengths)[:-1])
