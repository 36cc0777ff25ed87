"""How fast the desk is on a project of a million units: first paint, each kind of key, memory.

Run: python -m tests.benchmarks.bench_tui FILE [UNITS]; the project is made where FILE does not exist.
"""

import asyncio
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.building import build_large

REPEATS = 40


async def _until(condition: Callable[[], bool], limit: float = 30.0) -> float:
    began = time.perf_counter()
    while not condition():
        if time.perf_counter() - began > limit:
            raise TimeoutError
        await asyncio.sleep(0.001)
    return time.perf_counter() - began


def _report(name: str, seconds: list[float], processor: float = 0.0) -> None:
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    line = (
        f"{name:<28} median {statistics.median(ordered) * 1000:6.1f} ms   p95 {high * 1000:6.1f} ms   n={len(ordered)}"
    )
    print(line + (f"   processor {processor * 1000:5.1f} ms" if processor else ""))


async def measure(path: Path) -> None:
    """Open the desk headless and time it from within."""
    began = time.perf_counter()
    from tui.app import DeskApp
    from tui.config import Settings
    from workbench.project import Project

    imported = time.perf_counter() - began
    with Project.open(path) as project:
        app = DeskApp(project, settings=Settings())
        async with app.run_test(size=(200, 50)) as pilot:
            painted = time.perf_counter() - began
            print(f"imports {imported:.2f} s; first paint {painted:.2f} s after the start, imports and driver included")
            review = app.screen

            async def keyed(key: str) -> float:
                start = time.perf_counter()
                app.simulate_key(key)
                await _drain()
                return time.perf_counter() - start

            async def _drain() -> None:
                """Wait until the key is handled and the screen is drawn."""
                done = asyncio.Event()
                app.call_later(lambda: review.call_after_refresh(done.set))
                await done.wait()

            waited = await _until(lambda: review.pages.complete and review.left is not None)  # type: ignore[attr-defined]
            print(f"whole queue and counts read {waited:.2f} s later, {len(review.pages):,} units")  # type: ignore[attr-defined]
            for name, key in (
                ("next", "j"), ("previous", "k"), ("page down", "pagedown"), ("accept", "a"), ("undo", "u"),
                ("take in", "right_square_bracket"), ("bookmark", "b"), ("next unreviewed", "N"), ("last/first", "end"),
            ):  # fmt: skip
                began = time.process_time()
                taken = [await keyed(key) for _ in range(REPEATS)]
                _report(name, taken, (time.process_time() - began) / REPEATS)
            for _ in range(2 * REPEATS):
                project.undo()
            await app.workers.wait_for_complete()
            await _filters(review, pilot.pause)
            print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


async def _filters(review: object, pause: Callable[[], Awaitable[None]]) -> None:
    from workbench.review.queue import parse_filter

    for text in (
        "is:proposed",
        "conf:<0.1",
        "story:500",
        "мост 777777",
        "bridge 4242",
        "",
        "is:accepted",
        "lang:bg,uk",
    ):
        taken = []
        for _ in range(5):
            start = time.perf_counter()
            review.ask_for(parse_filter(text, review.project), text)  # type: ignore[attr-defined]
            await _until(lambda: len(review.pages) > 0 or review.pages.complete)  # type: ignore[attr-defined]
            taken.append(time.perf_counter() - start)
            await pause()
        _report(f"filter '{text}'", taken)
    await _until(lambda: review.pages.complete)  # type: ignore[attr-defined]
    taken = []
    for word in ("мост", "міст 5", "bridge", "road 12", "777"):
        start = time.perf_counter()
        review.project.search(word, limit=200)  # type: ignore[attr-defined]
        taken.append(time.perf_counter() - start)
    _report("search, first page", taken)


def main() -> None:
    """Make the project if needed, then measure."""
    path = Path(sys.argv[1])
    if not path.exists():
        build_large(path, int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
    asyncio.run(measure(path))


if __name__ == "__main__":
    main()
