"""Back-translation (Sennrich et al. 2016): English sentences get sources that a reversed model writes.

The reversed model is trained by the same steps: its directory holds the prepared pairs the other way round, each
English sentence headed by a piece that names the language wanted. The pairs that it makes are headed by the unknown
piece, so that the model that ships can tell them from what people wrote (Caswell et al. 2019).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from workbench.translation.starter.training import prepare, vocabulary
from workbench.translation.starter.training.corpus import SOURCES, Pair
from workbench.translation.starter.training.data import BACK_FILE
from workbench.translation.starter.training.model import Translator, new_translator
from workbench.translation.starter.training.train import average
from workbench.translation.starter.training.vocabulary import BOS, EOS, PAD, UNKNOWN

BATCH, LONGEST, LAST = 512, 92, 3
#: A sentence of which less than this share of pieces differ is a loop.
LEAST_DIFFERENT = 0.45


def reverse(work: Path, encoder: Path, out: Path) -> None:
    """Write the prepared pairs of `work` to `out` with English as the source; `train` takes that up."""
    from transformers import AutoTokenizer

    out.mkdir(parents=True, exist_ok=True)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    reads = vocabulary.read_pieces(work / "source.txt")
    vocabulary.write_pieces(reads, out / "target.txt")
    rows = _rows(tokenizer.get_vocab(), reads)
    with (work / "pairs.tsv").open(encoding="utf-8") as lines:
        pairs = [Pair(*line.rstrip("\n").split("\t")) for line in lines]
    english = tokenizer.backend_tokenizer.encode_batch([pair.english for pair in pairs])
    sources = [_headed(tokenizer, pair.language, found.ids) for pair, found in zip(pairs, english, strict=True)]
    targets = [rows[ids[1:-1]].tolist() for ids in prepare.rows_of(np.load(work / "tokens.npz"), "source")]
    kept = [n for n, ids in enumerate(targets) if ids and UNKNOWN not in ids]
    prepare.write(out, [pairs[n] for n in kept], [sources[n] for n in kept], [targets[n] for n in kept])


def back_translate(reversed_work: Path, encoder: Path, english: Path, work: Path, device: str) -> None:
    """Write `back.npz` into `work`: each line of `english` with a source in every language."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(encoder)
    known = tokenizer.get_vocab()
    pieces = vocabulary.read_pieces(reversed_work / "target.txt")
    ids = np.array([known.get(piece, UNKNOWN) for piece in pieces])
    writes = vocabulary.target_tokenizer(tokenizer.backend_tokenizer, vocabulary.read_pieces(work / "target.txt"))
    lines = list(dict.fromkeys(english.read_text(encoding="utf-8").splitlines()))
    wanted = [found.ids for found in writes.encode_batch(lines)]
    given = [found.ids for found in tokenizer.backend_tokenizer.encode_batch(lines)]
    usable = [
        n for n, row in enumerate(wanted) if row and UNKNOWN not in row and max(len(row), len(given[n])) <= LONGEST
    ]
    model = _trained(reversed_work, encoder).to(device)
    sources: list[list[int]] = []
    targets: list[list[int]] = []
    for language in SOURCES:
        headed = [_headed(tokenizer, language, given[n]) for n in usable]
        for place, written in _written(model, headed, device):
            sources.append([BOS, UNKNOWN, *ids[written].tolist(), EOS])
            targets.append(wanted[usable[place]])
    arrays: dict[str, Any] = {**prepare.flatten("source", sources), **prepare.flatten("target", targets)}
    np.savez(work / BACK_FILE, **arrays)
    print(f"{len(sources)} pairs from {len(usable)} sentences")


def is_sentence(pieces: Sequence[int]) -> bool:
    """Tell whether what was written is long enough and no loop."""
    return len(pieces) > 2 and (len(pieces) < 8 or len(set(pieces)) > LEAST_DIFFERENT * len(pieces))


def _rows(known: dict[str, int], pieces: Sequence[str]) -> Any:
    """For each piece of the encoder, its place among the pieces of a package."""
    rows = np.full(max(known.values()) + 1, UNKNOWN)
    for number, piece in enumerate(pieces):
        if piece in known:
            rows[known[piece]] = number
    return rows


def _headed(tokenizer: Any, language: str, ids: Sequence[int]) -> list[int]:
    """Put the piece that names the language behind the first mark."""
    return [ids[0], tokenizer.convert_tokens_to_ids(f"▁{language}"), *ids[1:]]


def _trained(work: Path, encoder: Path) -> Translator:
    model = new_translator(work, encoder, thawed=1)
    weights = average(sorted(work.glob("weights-*.pt"))[-LAST:])
    model.decoder.load_state_dict(weights["decoder"])
    model.encoder.load_state_dict(weights["encoder"])
    return model.eval()


def _written(model: Translator, sources: list[list[int]], device: str) -> Iterator[tuple[int, list[int]]]:
    """Yield the place of a source and the pieces written for it, the likeliest at every step."""
    order = sorted(range(len(sources)), key=lambda n: len(sources[n]))
    for start in range(0, len(order), BATCH):
        numbers = order[start : start + BATCH]
        width = len(sources[numbers[-1]])
        ids = torch.tensor([sources[n] + [PAD] * (width - len(sources[n])) for n in numbers], device=device)
        with torch.inference_mode(), torch.autocast(device, torch.bfloat16):
            rows = _greedy(model, ids, round(1.5 * width) + 8)
        for number, row in zip(numbers, rows, strict=True):
            written = row[: row.index(EOS)] if EOS in row else []
            if len(written) <= LONGEST and is_sentence(written):
                yield number, written


def _greedy(model: Translator, ids: torch.Tensor, longest: int) -> list[list[int]]:
    mask = ids != PAD
    memory = model.encoder(ids, attention_mask=mask.long()).last_hidden_state
    padding = torch.zeros(mask.shape, device=ids.device).masked_fill(~mask, -1e4)[:, None, None]
    got = torch.full((len(ids), 1), BOS, device=ids.device)
    done = torch.zeros(len(ids), dtype=torch.bool, device=ids.device)
    for _ in range(longest):
        states, _ = model.decoder(got, memory, padding)
        scores = model.decoder.project(states[:, -1]).float()
        scores[:, [BOS, PAD, UNKNOWN]] = -1e9
        best = scores.argmax(1).masked_fill(done, PAD)
        done |= best == EOS
        got = torch.cat([got, best[:, None]], dim=1)
        if bool(done.all()):
            break
    return got[:, 1:].tolist()
