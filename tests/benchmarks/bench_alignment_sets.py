"""How right alignment is on development sets, cross-validated by document, as JSON.

    python tests/benchmarks/bench_alignment_sets.py SETS_DIRECTORY [--knowledge english] [--division 1]

Weights and calibration are fitted to one half of the documents and judged on the other, both ways; documents with one
text stay in one half. `loosened` is the parallel set torn apart and put in any order, linked with and without passages
of two sentences. `interrupted` is the parallel set with one or two sentences of other texts inside each of its passages
of two.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from workbench.alignment import Document, Parameters, align
from workbench.alignment.monotone import Bead
from workbench.alignment.training import SETS, Case, Trainer, read_case
from workbench.alignment.values import Sides
from workbench.embedding import load_encoder, views
from workbench.evaluation.alignment import answer, english_views, f_score, renders, score
from workbench.model import Mode


def pairs_found(case: Case, parameters: Parameters) -> Counter[str]:
    """Return how many pairs of sentences of a case of two languages are right, given and wanted."""
    links = align(case.documents, parameters=parameters, mode=Mode.COMPARABLE).pairs[0].links
    given = {(i, j) for link in links for i in link.left for j in link.right}
    wanted = case.links[0, 1]
    return Counter(right=len(given & wanted), given=len(given), wanted=len(wanted))


@dataclass(frozen=True, slots=True)
class Mixed:
    """A translation and comparable texts in one pair of documents, in the same or in the opposite order.

    Attributes:
        name: The name of the translation's text.
        documents: The two.
        beads: Gold beads of the translation.
        cells: Gold pairs of sentences of all.
        columns: Where the translation stands on the right; on the left it comes first.
    """

    name: str
    documents: tuple[Document, Document]
    beads: frozenset[Sides]
    cells: frozenset[tuple[int, int]]
    columns: range


def mixed(cases: Sequence[Case]) -> list[Mixed]:
    """Put each translation together with comparable texts of another story that its half of the documents holds."""
    found = []
    others = [case for case in cases if case.set == "comparable"]
    for number, case in enumerate(one for one in cases if one.set == "parallel"):
        languages = [document.language for document in case.documents]
        fitting = [o for o in others if o.name != case.name and [d.language for d in o.documents] == languages]
        other = fitting[number * 7 % len(fitting)]
        (left, right), (more, before) = case.documents, other.documents
        turned = bool(number % 2)
        shift = len(before) if turned else 0
        beads = {_sides(bead, shift) for bead in case.beads}
        cells = {(i, j) for ends in beads for i in ends[0] for j in ends[1]}
        cells |= {(i + len(left), j + (0 if turned else len(right))) for i, j in other.links.get((0, 1), ())}
        documents = _one(left, more), _one(before, right) if turned else _one(right, before)
        found.append(Mixed(case.name, documents, frozenset(beads), frozenset(cells), range(shift, shift + len(right))))
    return found


def _sides(bead: Bead, shift: int) -> Sides:
    start = bead.column + shift
    return tuple(range(bead.row, bead.row + bead.rows)), tuple(range(start, start + bead.columns))


def _one(first: Document, second: Document) -> Document:
    return _of(first, [(source, i) for source in (first, second) for i in range(len(source))])


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A translation with sentences of other texts inside its passages of two, and its beads by the new places."""

    name: str
    documents: tuple[Document, ...]
    beads: frozenset[Sides]


def interrupted(cases: Sequence[Case], count: int) -> list[Interrupted]:
    """Put so many sentences of other translations inside every passage of two of a plain bead."""
    chance = random.Random(count)
    cases = [case for case in cases if case.set == "parallel"]
    found = []
    for case in cases:
        documents, places = [], []
        for side, document in enumerate(case.documents):
            halves = {
                (bead.row, bead.column)[side]
                for bead in case.beads
                if (bead.rows, bead.columns) == ((2, 1), (1, 2))[side]
            }
            others = [
                (d, i)
                for other in cases
                if other.name != case.name
                for d in other.documents
                if d.language == document.language
                for i in range(len(d))
            ]
            order: list[tuple[Document, int]] = []
            for i in range(len(document)):
                order += [(document, i), *(chance.sample(others, count) if i in halves else ())]
            places.append({i: at for at, (source, i) in enumerate(order) if source is document})
            documents.append(_of(document, order))
        beads = frozenset(
            (
                tuple(places[0][i] for i in range(bead.row, bead.row + bead.rows)),
                tuple(places[1][j] for j in range(bead.column, bead.column + bead.columns)),
            )
            for bead in case.beads
        )
        found.append(Interrupted(case.name, tuple(documents), beads))
    return found


def _of(document: Document, order: Sequence[tuple[Document, int]]) -> Document:
    def views(name: str) -> Any:
        rows = [(getattr(source, name), i) for source, i in order]
        return None if any(view is None for view, _ in rows) else np.array([view[i] for view, i in rows])

    texts = tuple(source.texts[i] for source, i in order)
    return Document(document.key, document.language, texts, views("vectors"), views("fine"), views("english"))


def judged_interrupted(case: Interrupted, parameters: Parameters) -> Counter[str]:
    """Return how many beads are right, given and wanted."""
    given = {(link.left, link.right) for link in align(case.documents, parameters=parameters).pairs[0].links}
    return Counter(right=len(given & case.beads), given=len(given), wanted=len(case.beads))


def judged_mixed(case: Mixed, parameters: Parameters, mode: Mode | None) -> Counter[str]:
    """Return how many pairs of sentences, and beads of the translation, are right, given and wanted."""
    links = align(case.documents, parameters=parameters, mode=mode).pairs[0].links
    cells = {(i, j) for link in links for i in link.left for j in link.right}
    rows = {i for ends in case.beads for i in ends[0]}
    inside = {(k.left, k.right) for k in links if k.left[0] <= max(rows, default=-1) and k.right[0] in case.columns}
    return Counter(
        right=len(cells & case.cells),
        given=len(cells),
        wanted=len(case.cells),
        beads_right=len(inside & case.beads),
        beads_given=len(inside),
        beads_wanted=len(case.beads),
    )


def main() -> None:
    """Cross-validate and print what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("--knowledge", choices=["english", "fine"], default="english")
    parser.add_argument("--division", type=int, default=0, help="another division into halves, by number")
    chosen = parser.parse_args()
    raw = {name: json.loads((chosen.sets / f"{name}.dev.json").read_text("utf-8"))["docs"] for name in SETS}
    entries = [entry for docs in raw.values() for entry in docs]
    encoder = load_encoder()
    texts = sorted({text for entry in entries for code in entry["langs"] for text in entry["text"][code]})
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    english = english_views(entries, encoder, renders()) if chosen.knowledge == "english" else {}
    seen = partial(views, encoder.id)
    cases = [(name, e, read_case(name, e, vectors, seen, english)) for name, docs in raw.items() for e in docs]
    trainer = Trainer(case for _, _, case in cases)

    names = sorted({case.name for case in trainer.cases})
    if chosen.division:
        random.Random(chosen.division).shuffle(names)
    halves = set(names[::2]), set(names[1::2])
    answered: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    modes: dict[str, Counter[str]] = defaultdict(Counter)
    blended = mixed(trainer.cases)
    blends: dict[str, Counter[str]] = defaultdict(Counter)
    breaks = {count: interrupted(trainer.cases, count) for count in (1, 2)}
    broken = {count: Counter[str]() for count in breaks}
    loosened = {"without": Counter[str](), "with": Counter[str]()}
    for held in halves:
        parameters = trainer.fit(lambda name, held=held: name not in held)  # type: ignore[misc]
        for name, entry, case in cases:
            if case.name in held:
                found = align(case.documents, parameters=parameters)
                answered[name].append((entry, answer(entry, found)))
                modes[name].update(pair.mode.value for pair in found.pairs)
        for case in trainer.loosened:
            if case.name in held:
                loosened["without"] += pairs_found(case, replace(parameters, passages={}))
                loosened["with"] += pairs_found(case, parameters)
        for count, cut in breaks.items():
            for one in cut:
                if one.name in held:
                    broken[count] += judged_interrupted(one, parameters)
        for blend in blended:
            if blend.name in held:
                blends["default"] += judged_mixed(blend, parameters, None)
                blends["free links alone"] += judged_mixed(blend, parameters, Mode.COMPARABLE)
    report: dict[str, object] = {}
    for name, both in answered.items():
        items = [entry for entry, _ in both]
        measures, error, _ = score(items, items, [given for _, given in both])
        report[name] = {
            **{measure: round(values[2], 4) for measure, values in measures.items()},
            "calibration_error": error and round(error, 4),
            "modes": dict(modes[name]),
        }
    report["loosened"] = {
        how: {**n, "f1": round(f_score(n["right"], n["given"], n["right"], n["wanted"])[2], 4)}
        for how, n in loosened.items()
    }
    report["interrupted"] = {
        count: round(f_score(n["right"], n["given"], n["right"], n["wanted"])[2], 4) for count, n in broken.items()
    }
    report["mixed"] = {
        how: {
            "pair": round(f_score(n["right"], n["given"], n["right"], n["wanted"])[2], 4),
            "strict": round(f_score(n["beads_right"], n["beads_given"], n["beads_right"], n["beads_wanted"])[2], 4),
        }
        for how, n in blends.items()
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
