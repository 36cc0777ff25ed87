"""How right alignment is on development sets, cross-validated by document, as JSON.

    python tests/benchmarks/bench_alignment_sets.py SETS_DIRECTORY [--knowledge english] [--division 1]

Weights and calibration are fitted to one half of the documents and judged on the other, both ways; documents with one
text stay in one half. `loosened` is the parallel set torn apart and put in any order, linked with and without passages
of two sentences.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from workbench.alignment import Parameters, align
from workbench.alignment.training import SETS, Case, Trainer, read_case
from workbench.embedding import load_encoder, views
from workbench.evaluation.alignment import answer, english_views, f_score, renders, score
from workbench.model import Mode


def pairs_found(case: Case, parameters: Parameters) -> Counter[str]:
    """Return how many pairs of sentences of a case of two languages are right, given and wanted."""
    links = align(case.documents, parameters=parameters, mode=Mode.COMPARABLE).pairs[0].links
    given = {(i, j) for link in links for i in link.left for j in link.right}
    wanted = case.links[0, 1]
    return Counter(right=len(given & wanted), given=len(given), wanted=len(wanted))


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
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
