"""Turns corpora into arrays: source pieces, English pieces, and cached encoder states in shards of growing number."""

import json
import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from workbench.translation.starter.training import states, vocabulary
from workbench.translation.starter.training.alignment import align
from workbench.translation.starter.training.corpus import Pair, choose, read_pairs

SHARD = 8_000
LONGEST_SOURCE, LONGEST_TARGET = 96, 96


def prepare(corpora: Path, encoder: Path, work: Path, size: int = 8_000, longest: int = 260, seed: int = 1) -> None:
    """Choose pairs, cut them into pieces, align these; write `pairs.tsv`, `target.txt`, `tokens.npz`, `alignment.npy`.

    `size` is that of the English vocabulary, unless `target.txt` is there; sentences over `longest` letters are left
    out.
    """
    from transformers import AutoTokenizer

    work.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    pairs = choose(read_pairs(corpora), longest, seed)
    english = [pair.english for pair in pairs]
    backend = tokenizer.backend_tokenizer
    if not (work / "target.txt").exists():
        chosen = vocabulary.choose_pieces((found.tokens[1:-1] for found in backend.encode_batch(english)), size)
        vocabulary.write_pieces(chosen, work / "target.txt")
    pieces = vocabulary.read_pieces(work / "target.txt")
    target = vocabulary.target_tokenizer(backend, pieces)
    sources = [found.ids for found in backend.encode_batch([pair.source for pair in pairs])]
    targets = [found.ids for found in target.encode_batch(english)]
    kept = [
        i for i, (source, written) in enumerate(zip(sources, targets, strict=True))
        if len(source) <= LONGEST_SOURCE and 0 < len(written) <= LONGEST_TARGET and vocabulary.UNKNOWN not in written
    ]  # fmt: skip
    write(work, [pairs[i] for i in kept], [sources[i] for i in kept], [targets[i] for i in kept])


def write(work: Path, pairs: list[Pair], sources: list[list[int]], targets: list[list[int]]) -> None:
    """Write pairs of pieces and what aligns in them into `work`."""
    lines = (f"{p.language}\t{p.origin}\t{p.source}\t{p.english}\n" for p in pairs)
    (work / "pairs.tsv").write_text("".join(lines), encoding="utf-8")
    arrays: dict[str, Any] = {**flatten("source", sources), **flatten("target", targets)}
    np.savez(work / "tokens.npz", **arrays)
    aligned = align(rows_of(arrays, "source"), rows_of(arrays, "target"))
    np.save(work / "alignment.npy", np.concatenate(aligned))
    print(json.dumps({"pairs": len(pairs), "source": sum(map(len, sources)), "target": sum(map(len, targets))}))


def flatten(name: str, rows: Sequence[Sequence[int]]) -> dict[str, np.ndarray[Any, Any]]:
    """Store rows of unequal length as one flat array and the offsets of the rows."""
    offsets = np.cumsum([0, *map(len, rows)])
    return {
        name: np.concatenate([np.zeros(0, np.int32), *(np.asarray(row, np.int32) for row in rows)]),
        f"{name}_offsets": offsets,
    }


def rows_of(arrays: Any, name: str) -> list[np.ndarray[Any, Any]]:
    """Undo `flatten`."""
    flat, offsets = arrays[name], arrays[f"{name}_offsets"]
    return [flat[a:b] for a, b in pairwise(offsets)]


def cache_states(encoder: Path, work: Path) -> None:
    """Write the encoder's states of all pairs, a shard at a time; finished shards are left alone."""
    sources = rows_of(np.load(work / "tokens.npz"), "source")
    model = states.load_encoder_layers(encoder)
    for number, start in enumerate(range(0, len(sources), SHARD)):
        path = work / f"states-{number:04d}.npy"
        if path.exists():
            continue
        rows = states.encode_states(model, [row.tolist() for row in sources[start : start + SHARD]])
        with path.with_suffix(".part").open("wb") as file:
            np.save(file, np.concatenate(rows))
        os.replace(path.with_suffix(".part"), path)
        print(f"shard {number}: {sum(map(len, rows))} tokens", flush=True)
