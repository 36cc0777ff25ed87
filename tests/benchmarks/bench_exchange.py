"""How fast and how large: units out to TMX and in again, beside translate-toolkit on the same file. JSON out.

    python tests/benchmarks/bench_exchange.py --units 1000000 --toolkit-units 20000

Each step runs in a process of its own, so that its peak memory is its own. The toolkit holds a file in memory
whole; the ratio is therefore taken on `--toolkit-units`, with both programs doing the same: reading the texts of
every language of every unit from one file, and writing the same texts. What only the workbench does (properties,
notes, statuses, articles, cleaning of characters) it does here as well.
"""

import argparse
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from workbench.exchange import FORMATS, Context, ImportedUnit
from workbench.model import Article, Unit, Variant

_TEXTS = {
    "bg": "Президентът заяви в понеделник, че мостът над Дунав ще бъде завършен до {n} май, съобщи агенцията.",
    "uk": "Президент заявив у понеділок, що міст через Дунай буде завершено до {n} травня, повідомила агенція.",
    "ru": "Президент заявил в понедельник, что мост через Дунай будет достроен к {n} мая, сообщило агентство.",
}
_ENGLISH = "The president said on Monday that the bridge over the Danube would be finished by {n} May."
_CONTEXT = Context(
    {number: Article(f"news/{number}.txt", "", "", id=number) for number in (1, 2, 3)},
    "encoder:none|version:bench",
    "2026-01-01T00:00:00Z",
    pair=("uk", "en"),
)


def made(count: int) -> Iterator[Unit]:
    """Yield units of three variants and an English rendering."""
    for number in range(1, count + 1):
        variants = tuple(
            Variant(article, language, (number,), text.format(n=number))
            for article, (language, text) in enumerate(_TEXTS.items(), start=1)
        )
        yield Unit(variants, 0.9, english=_ENGLISH.format(n=number), story_id=number // 10, id=number)


def ours_write(path: Path, name: str, units: Iterable[Unit]) -> int:
    """Write units with the workbench."""
    return FORMATS[name].save(units, path, _CONTEXT)[0]


def ours_read(path: Path, name: str, units: Iterable[Unit]) -> int:
    """Read units with the workbench."""
    found = FORMATS[name].load(path)
    return sum(isinstance(unit, ImportedUnit) and len(unit.texts) == 4 for unit in found)


def toolkit_write(path: Path, name: str, units: Iterable[Unit]) -> int:
    """Write the texts of the units with translate-toolkit."""
    from translate.storage import tmx

    store = tmx.tmxfile()
    for unit in units:
        stored = tmx.tmxunit(unit.variants[0].text)
        stored.setsource(unit.variants[0].text, unit.variants[0].language)
        for variant in unit.variants[1:]:
            stored.settarget(variant.text, variant.language, append=True)
        stored.settarget(unit.english, "en", append=True)
        store.addunit(stored)
    with path.open("wb") as stream:
        store.serialize(stream)
    return len(store.units)


def toolkit_read(path: Path, name: str, units: Iterable[Unit]) -> int:
    """Read units with translate-toolkit."""
    from translate.storage import tmx

    with path.open("rb") as stream:
        store = tmx.tmxfile(stream, "uk", "en")
    texts = ([unit.getNodeText(node) for node in unit.getlanguageNodes()] for unit in store.units)
    return sum(len(found) == 4 and all(found) for found in texts)


_STEPS: dict[str, Callable[[Path, str, Iterable[Unit]], int]] = {
    "ours-write": ours_write,
    "ours-read": ours_read,
    "toolkit-write": toolkit_write,
    "toolkit-read": toolkit_read,
}


def measure(step: str, path: Path, name: str, count: int, *, streamed: bool = False) -> dict[str, float]:
    """Run a step in a process of its own; return seconds, units a second and peak memory in MB.

    The units are there before the clock starts, unless they are `streamed`: then making them counts, and memory does
    not hold them.
    """
    command = [sys.executable, __file__, "--step", step, "--path", str(path), "--format", name, "--units", str(count)]
    command += ["--streamed"] if streamed else []
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def run_step(step: str, path: Path, name: str, count: int, streamed: bool) -> dict[str, float]:
    """Run a step here. Seconds are of processor time, which other programs on the machine disturb least."""
    units: Iterable[Unit] = made(count) if streamed else list(made(count if "write" in step else 0))
    gc.freeze()
    start = time.process_time()
    done = _STEPS[step](path, name, units)
    seconds = time.process_time() - start
    if done != count:
        raise SystemExit(f"{step}: {done} of {count} units")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": round(seconds, 3), "units_per_second": round(count / seconds), "peak_mb": round(peak, 1)}


def compared(directory: Path, count: int) -> dict[str, object]:
    """Measure both programs on one size; the toolkit reads the file that the workbench wrote, and so do we."""
    ours, theirs = directory / "ours.tmx", directory / "theirs.tmx"
    found = {
        "ours_write": measure("ours-write", ours, "tmx", count),
        "ours_read": measure("ours-read", ours, "tmx", count),
        "toolkit_write": measure("toolkit-write", theirs, "tmx", count),
        "toolkit_read": measure("toolkit-read", ours, "tmx", count),
        "toolkit_read_its_file": measure("toolkit-read", theirs, "tmx", count),
        "ours_read_of_its_file": measure("ours-read", theirs, "tmx", count),
    }
    ratios = {
        "read": found["toolkit_read"]["seconds"] / found["ours_read"]["seconds"],
        "read_its_own_file": found["toolkit_read_its_file"]["seconds"] / found["ours_read_of_its_file"]["seconds"],
        "write": found["toolkit_write"]["seconds"] / found["ours_write"]["seconds"],
    }
    return {"units": count, **found, "times_faster": {name: round(ratio, 2) for name, ratio in ratios.items()}}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--toolkit-units", type=int, default=20_000)
    parser.add_argument("--format", default="tmx", help="another of our formats for the large run")
    parser.add_argument("--step", choices=_STEPS)
    parser.add_argument("--path", type=Path)
    parser.add_argument("--streamed", action="store_true")
    arguments = parser.parse_args()
    if arguments.step:
        found = run_step(arguments.step, arguments.path, arguments.format, arguments.units, arguments.streamed)
        print(json.dumps(found))
        return
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        path = directory / f"large.{arguments.format}"
        large = {
            "units": arguments.units,
            "format": arguments.format,
            "write": measure("ours-write", path, arguments.format, arguments.units, streamed=True),
            "read": measure("ours-read", path, arguments.format, arguments.units, streamed=True),
            "file_mb": round(path.stat().st_size / 1e6, 1),
        }
        path.unlink()
        print(json.dumps({"large": large, "beside_toolkit": compared(directory, arguments.toolkit_units)}, indent=2))


if __name__ == "__main__":
    main()
