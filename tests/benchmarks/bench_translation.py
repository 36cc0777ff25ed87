"""How much faster whole batches are than `argostranslate.translate.translate`, sentence by sentence.

    python tests/benchmarks/bench_translation.py PACKAGE_DIR SENTENCES.txt [--limit 200] [--beam 4]

Both render the same sentences with the same package, the same beam and no guards; how many come out letter for
letter the same is counted. Argos Translate fetches a sentence splitter when it has none; here it gets one that
leaves each sentence whole, which costs nothing, so the comparison favours it. The last figure is our engine as the
product uses it: beam 2, with alternatives, guards and typography. Prints JSON.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.translation import ArgosEngine, PackageInfo, Search
from workbench.translation.decoding import cores
from workbench.translation.package_info import describe
from workbench.translation.typography import clean_source


class _Whole:
    """A sentence splitter that splits nothing."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def argos(info: PackageInfo, beam: int, home: Path) -> Callable[[str], str]:
    """Return Argos Translate's own `translate` for a package, as its users call it; `home` is an empty directory."""
    (home / info.path.name).symlink_to(info.path.resolve())
    os.environ.update(ARGOS_PACKAGES_DIR=str(home), ARGOS_BEAM_SIZE=str(beam))
    from argostranslate import translate

    translate.get_translation_from_codes(info.from_code, info.to_code).underlying.sentencizer = _Whole()
    return lambda text: str(translate.translate(text, info.from_code, info.to_code))


def timed(render: Callable[[Sequence[str]], list[str]], sentences: Sequence[str]) -> tuple[list[str], float]:
    """Render once to load the model, then again by the clock; return the English and the sentences a second."""
    render(sentences[:1])
    start = time.perf_counter()
    rendered = render(sentences)
    return rendered, len(sentences) / (time.perf_counter() - start)


def engine(info: PackageInfo, search: Search) -> Callable[[Sequence[str]], list[str]]:
    """Return our engine as a function of sentences."""
    made = ArgosEngine(info, search)
    return lambda sentences: [rendering.text for rendering in made.render(sentences)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()

    info = replace(describe(options.package), longest=1000)
    lines = options.sentences.read_text(encoding="utf-8").splitlines()
    sentences = list(dict.fromkeys(clean_source(line) for line in lines if line.strip()))[: options.limit]
    with tempfile.TemporaryDirectory() as home:
        one = argos(info, options.beam, Path(home))
        theirs, their_speed = timed(lambda several: [one(text) for text in several], sentences)
    raw = Search(beam=options.beam, hypotheses=1, guarded=False)
    ours, our_speed = timed(engine(info, raw), sentences)
    _, product_speed = timed(engine(info, Search()), sentences)
    result = {
        "package": f"{info.name} {info.version}",
        "sentences": len(sentences),
        "cores": cores(),
        "beam": options.beam,
        "equal": sum(left == right for left, right in zip(theirs, ours, strict=True)),
        "argos_sentences_per_second": round(their_speed, 2),
        "batched_sentences_per_second": round(our_speed, 2),
        "ratio": round(our_speed / their_speed, 2),
        "product_sentences_per_second": round(product_speed, 2),
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
