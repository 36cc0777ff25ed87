"""How many equivalents term extraction finds, and how many of them are right, as JSON.

    python tests/benchmarks/bench_extraction.py flores-dev [ntrex-dev ...] [--units 100] [--least 2]

Each argument is a path without its ending: `.bg`, `.uk`, `.ru` and `.en` hold one sentence a line, the same in all.
They are cut into projects of `--units` units, whose terms are extracted without a glossary. The starter glossary then
says what is right: of pairs of candidates that it both knows, those of one concept; what it does not know is not
judged. Recall is over the pairs of one concept that stand in a unit together; a project that says *U.S.* and *United
States* has more such pairs than any list of one term a language can hold.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from workbench import packaged
from workbench.embedding import load_encoder
from workbench.exchange import glossary_csv
from workbench.glossary import Candidate, Matcher, extract
from workbench.languages import LANGUAGES
from workbench.model import Concept, Unit, Variant


def starter() -> Matcher:
    """Return the glossary that ships."""
    table = next(path for path in packaged.starter_glossary() if path.suffix == ".csv")
    with table.open("rb") as stream:
        return Matcher([concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept)])


def projects(names: Sequence[Path], size: int) -> Iterator[list[Unit]]:
    """Yield the units of each project."""
    for name in names:
        texts = [name.with_name(f"{name.name}.{code}").read_text("utf-8").splitlines() for code in LANGUAGES]
        units = [
            Unit(
                tuple(Variant(key, code, (), text) for key, (code, text) in enumerate(zip(LANGUAGES, row, strict=True)))
            )
            for row in zip(*texts, strict=True)
        ]
        for start in range(0, len(units), size):
            yield [Unit(unit.variants, id=number) for number, unit in enumerate(units[start : start + size], 1)]


def concepts_of(candidate: Candidate, matcher: Matcher) -> set[str]:
    """Return the concepts that a whole candidate names."""
    found = matcher.find(candidate.text, candidate.language)
    return {one.concept for one in found if (one.span.start, one.span.end) == (0, len(candidate.text))}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--units", type=int, default=100)
    parser.add_argument("--least", type=int, default=2)
    chosen = parser.parse_args()
    encoder, matcher = load_encoder(), starter()
    encoder.encode_words(["warm"])
    right = wrong = joined = possible = units = 0
    seconds = 0.0
    for project in projects(chosen.sets, chosen.units):
        units += len(project)
        begun = time.perf_counter()
        proposals = extract(project, encoder.encode_words, least=chosen.least)
        seconds += time.perf_counter() - begun
        known = [
            (number, one, names)
            for number, proposal in enumerate(proposals)
            for one in proposal.candidates
            if (names := concepts_of(one, matcher))
        ]
        for (here, one, ours), (there, other, theirs) in combinations(known, 2):
            if one.language == other.language:
                continue
            same = bool(ours & theirs)
            together = {place.group for place in one.places} & {place.group for place in other.places}
            joined += here == there
            right += here == there and same
            wrong += here == there and not same
            possible += same and bool(together)
    figures = {
        "units": units,
        "pairs_judged": joined,
        "wrong": wrong,
        "precision": round(right / max(1, joined), 3),
        "recall": round(right / max(1, possible), 3),
        "possible": possible,
        "units_per_s": round(units / seconds),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
