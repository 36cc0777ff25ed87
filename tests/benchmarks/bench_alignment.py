"""Time and memory of alignment without encoding, as JSON.

    python tests/benchmarks/bench_alignment.py [--sentences 1000 10000] [--day]

`ours` aligns two synthetic translations with drops and merges. `plain` is the textbook search that peers use (one
cosine a bead over the whole rectangle, costs after Gale and Church 1993), in NumPy, up to 2,000 sentences. `day` is
200 articles in three languages, 30 sentences each, gathered into stories and aligned.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "alignment"))

from toy_texts import document, sentence

from workbench.alignment import Document, align
from workbench.alignment.monotone import SHAPES, best_path
from workbench.model import Mode
from workbench.stories import card, gather

_WIDTH = 384


def translations(count: int) -> tuple[Document, Document]:
    """Two texts of about `count` sentences: every 13th is missing on the right, every 11th is joined to the next."""
    rng = np.random.default_rng(3)
    topic = rng.normal(size=_WIDTH) * 2
    common = rng.normal(size=(count, _WIDTH)) + topic
    left = common + 0.3 * rng.normal(size=common.shape)
    texts, rows = [], []
    place = 0
    while place < count:
        if place % 13 == 5:
            place += 1
            continue
        span = 2 if place % 11 == 3 and place + 1 < count else 1
        texts.append(" ".join(sentence(meaning % 5000, "uk") for meaning in range(place, place + span)))
        rows.append(common[place : place + span].sum(axis=0) + 0.3 * rng.normal(size=_WIDTH))
        place += span
    left_texts = tuple(sentence(meaning % 5000, "bg") for meaning in range(count))
    sides = [np.asarray(side) for side in (left, rows)]
    plain, fine = ([_unit(side) for side in sides], [_unit(np.hstack([side, side])) for side in sides])
    return Document(1, "bg", left_texts, plain[0], fine[0]), Document(2, "uk", tuple(texts), plain[1], fine[1])


def _unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


def plain(left: Document, right: Document) -> int:
    """The textbook search: mean cosine of a bead minus a constant, over the whole rectangle."""
    cosines = left.vectors.astype(np.float32) @ right.vectors.astype(np.float32).T

    gains = np.stack([window_sum(cosines, n, m) / (n * m) - 0.85 for n, m in SHAPES])
    return len(best_path(gains.astype(np.float64)))


def window_sum(matrix: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Sum every window of `rows` by `columns` cells, by its first cell; over the edge as far as it goes."""
    summed = matrix.copy()
    for offset in range(1, rows):
        summed[: -offset or None] += matrix[offset:]
    wide = summed.copy()
    for offset in range(1, columns):
        wide[:, : -offset or None] += summed[:, offset:]
    return wide


def timed(work: Callable[[], object]) -> float:
    """Seconds of the best of two runs."""
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return round(min(seconds), 3)


def day(articles: int = 200, sentences: int = 30) -> dict[str, object]:
    """Gather and align a day of news."""
    rng = np.random.default_rng(5)
    made = []
    for key in range(articles):
        event = key // 6
        own = rng.integers(10_000, 10_000_000, sentences // 2)
        meanings = [*(1000 * event + int(k) for k in rng.permutation(20)[: sentences // 2]), *map(int, own)]
        made.append(document(key, ("bg", "uk", "ru")[key % 3], meanings))
    started = time.perf_counter()
    stories = gather([card(d.key, d.language, d.texts, d.vectors) for d in made])
    gathered = time.perf_counter()
    groups = sum(len(align([made[key] for key in story]).groups) for story in stories)
    finished = time.perf_counter()
    return {
        "articles": articles,
        "segments": articles * sentences,
        "stories": len(stories),
        "units": groups,
        "gather_seconds": round(gathered - started, 3),
        "align_seconds": round(finished - gathered, 3),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--day", action="store_true")
    chosen = parser.parse_args()
    figures: list[dict[str, object]] = []
    for count in chosen.sentences:
        left, right = translations(count)
        seconds = timed(lambda pair=(left, right): align(pair, mode=Mode.PARALLEL))  # type: ignore[misc]
        figure: dict[str, object] = {"sentences": count, "ours_seconds": seconds, "per_second": round(count / seconds)}
        if count <= 2000:
            figure["plain_seconds"] = timed(lambda pair=(left, right): plain(*pair))  # type: ignore[misc]
        figure["peak_megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        figures.append(figure)
    print(json.dumps({"monotone": figures, "day": day() if chosen.day else None}, indent=2))


if __name__ == "__main__":
    main()
