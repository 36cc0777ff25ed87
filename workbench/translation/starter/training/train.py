"""Trains against the clock; killed at any moment, it goes on from its last checkpoint."""

import os
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn

from workbench.translation.starter.training import data
from workbench.translation.starter.training.model import Translator, new_translator
from workbench.translation.starter.training.muon import Muon
from workbench.translation.starter.training.vocabulary import PAD

#: Steps after which the workers take the mean of their weights (local SGD, Stich 2019), and after which to report.
SYNCHRONISE, REPORT = 8, 24


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to learn. Rates rise for `warmup` steps, stay, and fall to nothing after `hold`.

    `thawed` upper layers of the encoder learn too; with none, the decoder learns alone, on cached states. Dropout is
    for long training: a few passes over the pairs do without. A GPU wants many `tokens` and many `draws` at a time.
    """

    seconds: float
    tokens: int = 3072
    matrix_rate: float = 0.02
    vector_rate: float = 3e-3
    warmup: int = 40
    hold: float = 0.35
    guidance: float = 0.4
    smoothing: float = 0.05
    late: float = 0.6
    draws: int = 12_000
    checkpoint_seconds: float = 120
    thawed: int = 0
    dropout: float = 0.0
    device: str = "cpu"

    def rate(self, step: int, share: float) -> float:
        """Return the factor on both rates after `step` steps and a share of the time."""
        return min(1.0, (step + 1) / self.warmup) * min(1.0, (1 - share) / (1 - self.hold))

    def longest(self, share: float) -> int:
        """Return the longest English sentence, in pieces: a new decoder reads short ones first."""
        return round(18 + 240 * share) if share < 0.3 and not self.thawed else 96


@dataclass(slots=True)
class Course:
    """Where training stands: seconds spent in all sessions, steps, and English pieces seen."""

    spent: float = 0.0
    step: int = 0
    written: int = 0


def train_with_workers(work: Path, encoder: Path, plan: Plan, workers: int) -> None:
    """Train in one process, or in several of one thread each: on busy cores they wait for each other less."""
    if workers == 1:
        train(work, encoder, plan)
        return
    with tempfile.TemporaryDirectory() as meeting:
        place = f"file://{meeting}/meeting"
        torch.multiprocessing.spawn(_worker, (workers, place, work, encoder, plan), workers)  # type: ignore[attr-defined,no-untyped-call]


def _worker(rank: int, workers: int, place: str, work: Path, encoder: Path, plan: Plan) -> None:
    torch.set_num_threads(1)
    dist.init_process_group("gloo", init_method=place, rank=rank, world_size=workers)
    train(work, encoder, plan)
    dist.destroy_process_group()


def train(work: Path, encoder: Path, plan: Plan, seed: int = 1) -> None:
    """Train until the plan's seconds are spent."""
    torch.manual_seed(seed)
    model = new_translator(work, encoder, thawed=plan.thawed, dropout=plan.dropout).to(plan.device)
    optimisers = _optimisers(model, plan)
    course = _resume(work, model, optimisers)
    pairs = data.Pairs(work, seed + course.step + 1000 * _rank(), cached=not plan.thawed)
    last = saved = time.monotonic()
    totals: list[tuple[float, float, int]] = []
    done = False
    while not done:
        share = min(1.0, course.spent / plan.seconds)
        weights = data.EARLY if share < plan.late else data.LATE
        for batch in pairs.batches(weights, plan.longest(share), plan.tokens, plan.draws):
            share = min(1.0, course.spent / plan.seconds)
            factor = plan.rate(course.step, share)
            _set_rates(optimisers, factor)
            totals.append(_step(model, optimisers, _to(batch, plan.device), plan, share))
            now = time.monotonic()
            course.spent, last = course.spent + now - last, now
            course.step += 1
            course.written += totals[-1][2] * _workers()
            if course.step % SYNCHRONISE:
                continue
            course.spent = _synchronise(model, course.spent)
            done = course.spent >= plan.seconds
            if _rank() == 0:
                if course.step % REPORT == 0:
                    _report(course, factor, totals)
                if done or now - saved > plan.checkpoint_seconds:
                    _save(work, model, optimisers, course, plan.thawed)
                    saved = now
            if done:
                break


def _rank() -> int:
    return dist.get_rank() if dist.is_initialized() else 0


def _workers() -> int:
    return dist.get_world_size() if dist.is_initialized() else 1


def _synchronise(model: nn.Module, spent: float) -> float:
    """Give every worker the mean of all weights, and the time that the first of them has spent."""
    if not dist.is_initialized():
        return spent
    with torch.no_grad():
        learning = [p for p in model.parameters() if p.requires_grad]
        flat = torch.cat([p.flatten() for p in learning])
        dist.all_reduce(flat)
        start = 0
        for p in learning:
            p.copy_(flat[start : start + p.numel()].view_as(p) / _workers())
            start += p.numel()
    clock = torch.tensor(spent, dtype=torch.float64)
    dist.broadcast(clock, 0)
    return clock.item()


def _optimisers(model: Translator, plan: Plan) -> list[torch.optim.Optimizer]:
    """Muon for the decoder's matrices; AdamW for the rest, and for the encoder at a thirtieth of the rate."""
    matrices = [p for p in model.decoder.layers.parameters() if p.ndim == 2]
    inside = {id(p) for p in matrices}
    groups: list[dict[str, Any]] = [
        {"params": [p for p in model.decoder.parameters() if id(p) not in inside], "lr": plan.vector_rate}
    ]
    if model.encoder is not None:
        upper = [p for p in model.encoder.parameters() if p.requires_grad]
        groups.append({"params": upper, "lr": plan.vector_rate / 30})
    optimisers: list[torch.optim.Optimizer] = [
        Muon(matrices, plan.matrix_rate),
        torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0, fused=True),
    ]
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["initial_lr"] = group["lr"]
    return optimisers


def _set_rates(optimisers: list[torch.optim.Optimizer], factor: float) -> None:
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = group["initial_lr"] * factor


def _to(batch: data.Batch, device: str) -> data.Batch:
    if device == "cpu":
        return batch
    return data.Batch(*(getattr(batch, field.name).to(device, non_blocking=True) for field in fields(batch)))


def _step(
    model: Translator, optimisers: list[torch.optim.Optimizer], batch: data.Batch, plan: Plan, share: float
) -> tuple[float, float, int]:
    """Take one step; return the mean loss of the words and of the alignment, and the number of words."""
    with torch.autocast(plan.device, torch.bfloat16):
        words, alignment = model.losses(batch, plan.smoothing)
    loss = words + plan.guidance * (1 - share) * alignment
    for optimiser in optimisers:
        optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimiser in optimisers:
        optimiser.step()
    return words.item(), alignment.item(), int((batch.wanted != PAD).sum())


def _report(course: Course, factor: float, totals: list[tuple[float, float, int]]) -> None:
    words = sum(loss for loss, _, _ in totals) / len(totals)
    alignment = sum(loss for _, loss, _ in totals) / len(totals)
    where = f"{course.step} {course.spent:.0f}s {course.written / 1e6:.2f}M rate {factor:.2f}"
    print(f"{where} loss {words:.3f} alignment {alignment:.3f}", flush=True)
    totals.clear()


def _save(work: Path, model: Translator, optimisers: list[torch.optim.Optimizer], course: Course, thawed: int) -> None:
    """Write the checkpoint beside its place, then rename it; keep the weights of each stretch for averaging.

    Their names sort in the order of training: first the decoder alone, then with layers of the encoder.
    """
    weights = {
        "decoder": model.decoder.state_dict(),
        "encoder": model.encoder.state_dict() if model.encoder is not None else None,
    }
    state = [optimiser.state_dict() for optimiser in optimisers]
    part = work / "checkpoint.part"
    torch.save(
        {**weights, "optimisers": state, "spent": course.spent, "step": course.step, "written": course.written}, part
    )
    os.replace(part, work / "checkpoint.pt")
    torch.save(weights, work / f"weights-{thawed}-{course.step:06d}.pt")


def _resume(work: Path, model: Translator, optimisers: list[torch.optim.Optimizer]) -> Course:
    """Take up the last checkpoint. One of the decoder alone is a start where the encoder learns; its clock is not."""
    path = work / "checkpoint.pt"
    if not path.exists():
        return Course()
    content = torch.load(path, weights_only=True, map_location="cpu")
    model.decoder.load_state_dict(content["decoder"])
    if (content.get("encoder") is None) != (model.encoder is None):
        return Course()
    if model.encoder is not None:
        model.encoder.load_state_dict(content["encoder"])
    if content["optimisers"]:
        for optimiser, state in zip(optimisers, content["optimisers"], strict=True):
            optimiser.load_state_dict(state)
    return Course(content["spent"], content["step"], content["written"])


def average(paths: list[Path]) -> dict[str, dict[str, Tensor]]:
    """Return the mean of some saved weights, of the decoder and, where it was trained, of the encoder."""
    loaded = [torch.load(path, weights_only=True, map_location="cpu") for path in paths]
    return {
        part: {name: sum(weights[part][name] for weights in loaded) / len(loaded) for name in loaded[0][part]}
        for part in ("decoder", "encoder")
        if loaded[0][part] is not None
    }
