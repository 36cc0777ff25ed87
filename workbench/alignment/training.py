"""Learning the weights of the evidence from development sets.

    python -m workbench.alignment.training SETS_DIRECTORY --knowledge english

The directory holds `parallel.dev.json`, `abridged.dev.json`, `comparable.dev.json`, `comparable_pool.dev.json`,
`trilingual.dev.json` and `trilingual_parallel.dev.json`, each `{"docs": [{"doc", "langs", "text", "gold" or
"groups", "origin"}]}` as described with the sets. Documents are told apart by what follows the slash in `doc`, so
that folds never share a text.

Two sentences against one are learned from the parallel set: its beads are torn apart and put in any order, so that a
counterpart is lost, or stands in two places.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, product
from typing import Any

import numpy as np

from workbench.alignment import align, prepared
from workbench.alignment.beads import BEAD_FEATURES, bead_features
from workbench.alignment.comparable import CONTEXT_FEATURES, context_features
from workbench.alignment.confidence import rising_curve
from workbench.alignment.features import LINK_FEATURES, candidates, link_features
from workbench.alignment.learning import Example, Vector, fit_beads, fit_logistic
from workbench.alignment.monotone import SHAPES, Bead
from workbench.alignment.order import MODE_FEATURES, free_order, mode_features
from workbench.alignment.pairing import Pair, pair_up
from workbench.alignment.pairs import comparable_links, parallel_links
from workbench.alignment.parameters import Knowledge, Parameters, write
from workbench.alignment.passages import PASSAGE_FEATURES
from workbench.alignment.passages import passages as two_against_one
from workbench.alignment.values import Alignment, Document
from workbench.embedding import views
from workbench.model import Mode

Cells = frozenset[tuple[int, int]]
SETS = ("parallel", "abridged", "comparable", "comparable_pool", "trilingual", "trilingual_parallel")
_BEAD_SETS = ("parallel", "abridged")
_ORDERED = ("parallel", "abridged", "trilingual_parallel")
#: Shares of the plain beads of a translation that lose their left, and their right side, when it is loosened; and of
#: passages whose sentences are scattered.
_LOST, _SCATTERED = 0.25, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One text of a development set in two or three languages, with its gold.

    Attributes:
        set: The set's name.
        name: The document's name; cases with one name share text.
        documents: The documents, keyed by place.
        beads: Gold beads of two languages with both sides filled.
        groups: Gold groups as sets of (document key, sentence), for three languages.
        links: Gold pairs of sentences for each pair of places.
    """

    set: str
    name: str
    documents: tuple[Document, ...]
    beads: tuple[Bead, ...]
    groups: frozenset[frozenset[tuple[int, int]]]
    links: Mapping[tuple[int, int], Cells]

    @property
    def parallel(self) -> bool:
        """Whether the documents are translations that keep the order."""
        return self.set in _ORDERED


#: The plain and the fine view of sentences in a language.
Views = Callable[[str, np.ndarray], tuple[np.ndarray, np.ndarray | None]]


#: Vectors of English renderings as they are compared, by language and sentence; empty where nothing is rendered.
English = Mapping[tuple[str, str], np.ndarray]


def read_case(
    name: str, raw: Mapping[str, Any], vectors: Mapping[str, np.ndarray], views: Views, english: English | None = None
) -> Case:
    """Make a case of one entry of a set; `vectors` holds the vector of every sentence."""
    documents = tuple(
        Document(
            key,
            language,
            tuple(texts := raw["text"][language]),
            *views(language, _stack(texts, vectors)),
            np.array([english[language, text] for text in texts]) if english and texts else None,
        )
        for key, language in enumerate(raw["langs"])
    )
    full = [bead for bead in raw.get("gold", ()) if bead[0] and bead[1]]
    beads = tuple(Bead(min(x), min(y), len(x), len(y)) for x, y, *_ in sorted(full))
    groups = frozenset(
        frozenset((key, i) for key, lang in enumerate(raw["langs"]) for i in group.get(lang, ()))
        for group in raw.get("groups", ())
    )
    links = {(0, 1): frozenset((i, j) for x, y, *_ in full for i in x for j in y)} if full else {}
    if groups:
        links = {pair: _shared_lines(raw["origin"], raw["langs"], *pair) for pair in combinations(range(3), 2)}
    return Case(name, raw["doc"].split("/")[1].removeprefix("pool-"), documents, beads, groups, links)


def _stack(texts: Sequence[str], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
    width = len(next(iter(vectors.values())))
    return np.array([vectors[text] for text in texts]).reshape(len(texts), width)


def _shared_lines(origin: Mapping[str, Any], langs: Sequence[str], one: int, other: int) -> Cells:
    """Pairs of sentences that come from one line of the corpus."""
    at = defaultdict(list)
    for j, lines in enumerate(origin[langs[other]]):
        for line in lines:
            at[line].append(j)
    return frozenset((i, j) for i, lines in enumerate(origin[langs[one]]) for line in lines for j in at[line])


def _pairs(case: Case) -> dict[tuple[int, int], Pair]:
    texts = prepared(case.documents)
    return {(a, b): pair_up(texts[a], texts[b]) for a, b in combinations(range(len(texts)), 2)}


def loosened(case: Case) -> Case:
    """Return comparable texts made of a translation in two languages: sentences taken away, the rest in any order."""
    chance = random.Random(f"{case.name} {[document.language for document in case.documents]}")
    rows: tuple[list[list[int]], list[list[int]]] = ([], [])
    lost: list[set[int]] = [set(), set()]
    for bead in case.beads:
        draw = chance.random()
        if bead.rows + bead.columns == _PLAIN and draw < 2 * _LOST:
            side = int(draw < _LOST)
            lost[side].add((bead.row, bead.column)[side])
    for side, document in enumerate(case.documents):
        passages = {b.row: b.rows for b in case.beads} if side == 0 else {b.column: b.columns for b in case.beads}
        place = 0
        while place < len(document):
            size = passages.get(place, 1)
            block = list(range(place, place + size))
            if place not in lost[side]:
                rows[side].extend([[i] for i in block] if chance.random() < _SCATTERED else [block])
            place += size
        chance.shuffle(rows[side])
    order = [[i for block in blocks for i in block] for blocks in rows]
    at = [{old: new for new, old in enumerate(places)} for places in order]
    beads = [
        (range(b.row, b.row + b.rows), range(b.column, b.column + b.columns))
        for b in case.beads
        if b.row in at[0] and b.column in at[1]
    ]
    links = frozenset((at[0][i], at[1][j]) for left, right in beads for i in left for j in right)
    documents = tuple(map(_picked, case.documents, order))
    return Case("loosened", case.name, documents, (), frozenset(), {(0, 1): links})


_PLAIN = 2


def _picked(document: Document, places: list[int]) -> Document:
    views = [None if rows is None else np.asarray(rows)[places] for rows in (document.fine, document.english)]
    texts = tuple(document.texts[i] for i in places)
    return Document(document.key, document.language, texts, np.asarray(document.vectors)[places], *views)


class Trainer:
    """Features of all cases, computed once, and parameters fitted to any part of the cases."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self.cases = list(cases)
        self.pairs = {id(case): _pairs(case) for case in self.cases}
        self.beads = {id(c): Example(_all_beads(self._pair(c)), c.beads) for c in self.cases if c.set in _BEAD_SETS}
        self.loosened = [loosened(case) for case in self.cases if case.set == "parallel"]
        self.pairs |= {id(case): _pairs(case) for case in self.loosened}
        self.links = {}
        for case in (*self.cases, *self.loosened):
            if not case.parallel:
                for place, pair in self.pairs[id(case)].items():
                    cells = candidates(pair)
                    gold = case.links.get(place, frozenset())
                    labels = np.array([(int(i), int(j)) in gold for i, j in cells], dtype=bool)
                    self.links[id(case), place] = (cells, link_features(pair, cells), labels, len(pair.right))

    def _pair(self, case: Case) -> Pair:
        return self.pairs[id(case)][0, 1]

    def fit(self, take: Callable[[str], bool] = lambda name: True, calibrated: bool = True) -> Parameters:
        """Fit parameters to the cases whose document name is taken."""
        cases = [case for case in self.cases if take(case.name)]
        examples = [self.beads[id(case)] for case in cases if id(case) in self.beads]
        beads = _named(BEAD_FEATURES, fit_beads(examples, scale=_scale(examples)))
        free = [case for case in cases if not case.parallel]
        links, context, passages = self._fit_links(free, [case for case in self.loosened if take(case.name)])
        parameters = Parameters(beads, links, context, {}, passages)
        few = [case for case in cases if case.set != "comparable_pool"]
        parameters = replace(parameters, mode=self._fit_mode(few, parameters))
        return replace(parameters, calibration=self._curves(cases)) if calibrated else parameters

    def _fit_links(
        self, cases: Sequence[Case], loose: Sequence[Case]
    ) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
        """Fit the first score of links, the second one, and that of two sentences against one.

        The later ones see what the earlier say of documents that those were not fitted to.
        """
        rows = [(case.name, *self.links[id(case), place]) for case in cases for place in self.pairs[id(case)]]
        features, labels = np.concatenate([r[2] for r in rows]), np.concatenate([r[3] for r in rows])
        names = sorted({r[0] for r in rows})
        half = {name: place % 2 for place, name in enumerate(names)}
        fitted = [
            fit_logistic(
                np.concatenate([r[2] for r in rows if half[r[0]] != side]),
                np.concatenate([r[3] for r in rows if half[r[0]] != side]),
            )
            for side in (0, 1)
        ]
        around = np.concatenate([context_features(r[1], r[2] @ fitted[half[r[0]]], r[4]) for r in rows])
        context = fit_logistic(around, labels)
        passages = self._fit_passages([*cases, *loose], {name: fitted[side] for name, side in half.items()}, context)
        links = fit_logistic(features, labels)
        return _named(LINK_FEATURES, links), _named(CONTEXT_FEATURES, context), passages

    def _fit_passages(self, cases: Sequence[Case], links: Mapping[str, Vector], context: Vector) -> dict[str, float]:
        rows: list[np.ndarray] = []
        labels: list[bool] = []
        for case in cases:
            for place, pair in self.pairs[id(case)].items():
                cells, features, _, width = self.links[id(case), place]
                first = features @ links[case.name]
                found = two_against_one(pair, cells, features, context_features(cells, first, width) @ context)
                gold = case.links.get(place, frozenset())
                rows.append(found.features)
                labels.extend(
                    all(couple in gold for couple in product(*found.ends(candidate))) for candidate in range(len(found))
                )
        return _named(PASSAGE_FEATURES, fit_logistic(np.concatenate(rows), np.array(labels)))

    def _fit_mode(self, cases: Sequence[Case], parameters: Parameters) -> dict[str, float]:
        """Learn to tell translations from comparable texts; classes lie well apart, so the penalty is light."""
        rows, labels = [], []
        for case in cases:
            for pair in self.pairs[id(case)].values():
                free, ordered = comparable_links(pair, parameters)[0], parallel_links(pair, parameters)[0]
                rows.append(mode_features(pair, free_order(pair, free), free, ordered))
                labels.append(case.parallel)
        return _named(MODE_FEATURES, fit_logistic(np.array(rows, dtype=np.float32), np.array(labels), ridge=0.1))

    def _curves(self, cases: Sequence[Case]) -> dict[str, tuple[tuple[float, float], ...]]:
        """Fit calibration curves to answers on documents that the weights were not fitted to."""
        names = sorted({case.name for case in cases})
        told: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        for side in (0, 1):
            held = {name for place, name in enumerate(names) if place % 2 == side}
            parameters = self.fit(lambda name, held=held: name in set(names) - held, calibrated=False)  # type: ignore[misc]
            for case in cases:
                if case.name in held:
                    for kind, answers in judged(case, align(case.documents, parameters=parameters)).items():
                        told[kind] += answers
        return {
            kind: tuple(rising_curve(np.array([c for c, _ in rows]), np.array([ok for _, ok in rows])))
            for kind, rows in told.items()
        }


def judged(case: Case, alignment: Alignment) -> dict[str, list[tuple[float, bool]]]:
    """Return (confidence, right) of every link of two languages, by mode, and of every group of three."""
    if len(case.documents) > 2:
        answers = [
            (g.confidence, frozenset((k, i) for k, s in g.members.items() for i in s) in case.groups)
            for g in alignment.groups
        ]
        return {"groups": answers}
    pair = alignment.pairs[0]
    gold = {(tuple(range(b.row, b.row + b.rows)), tuple(range(b.column, b.column + b.columns))) for b in case.beads}
    kind = "parallel" if pair.mode is Mode.PARALLEL else "comparable"
    return {kind: [(link.probability, (link.left, link.right) in gold) for link in pair.links]}


def _all_beads(pair: Pair) -> np.ndarray:
    return bead_features(pair, slice(0, len(pair.left)), slice(0, len(pair.right)))


def _scale(examples: Sequence[Example]) -> Vector:
    """Typical size of each feature, so that the penalty treats them alike; beads over the end say nothing."""
    seen = np.concatenate([_within(example.features)[:, ::37] for example in examples], axis=1)
    scale = np.maximum(seen.astype(np.float64).std(axis=1), 0.02)
    scale[BEAD_FEATURES.index("bias")] = 1.0
    return np.asarray(scale)


def _within(features: np.ndarray) -> np.ndarray:
    """Features of the beads that end inside both texts, shape (features, beads)."""
    rows, columns = features.shape[2:]
    return np.concatenate(
        [
            features[:, k, : rows - n + 1, : columns - m + 1].reshape(len(features), -1)
            for k, (n, m) in enumerate(SHAPES)
        ],
        axis=1,
    )


def _named(names: Sequence[str], weights: Vector) -> dict[str, float]:
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def _as_they_are(_: str, vectors: np.ndarray) -> tuple[np.ndarray, None]:
    """The half of the bundled encoder's vectors that any encoder has, of unit length again."""
    return vectors[:, : vectors.shape[1] // 2] * np.sqrt(2), None


def main() -> None:
    """Read development sets, encode them, fit parameters and write them."""
    import argparse
    import json
    from pathlib import Path

    from workbench.embedding import load_encoder
    from workbench.evaluation.alignment import english_views, renders

    parser = argparse.ArgumentParser(description="Fit the parameters of alignment to development sets.")
    parser.add_argument("sets", type=Path, help="directory with " + ", ".join(f"{name}.dev.json" for name in SETS))
    parser.add_argument(
        "--knowledge",
        choices=[each.name.lower() for each in Knowledge],
        required=True,
        help="for sentences with their English renderings, without, or as any other encoder gives them",
    )
    parser.add_argument("--output", type=Path, help="where the parameters are written, by default where they ship")
    parser.add_argument("--encoder", help="sentence encoder, by default the one that ships")
    chosen = parser.parse_args()
    knowledge = Knowledge[chosen.knowledge.upper()]
    raw = {name: json.loads((chosen.sets / f"{name}.dev.json").read_text("utf-8"))["docs"] for name in SETS}
    texts = sorted({t for docs in raw.values() for d in docs for code in d["langs"] for t in d["text"][code]})
    encoder = load_encoder(chosen.encoder)
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    seen: Views = _as_they_are if knowledge is Knowledge.PLAIN else partial(views, encoder.id)
    entries = [entry for docs in raw.values() for entry in docs]
    english = english_views(entries, encoder, renders()) if knowledge is Knowledge.ENGLISH else {}
    trainer = Trainer(read_case(name, entry, vectors, seen, english) for name, docs in raw.items() for entry in docs)
    write(chosen.output or Path(__file__).with_name(knowledge.value), trainer.fit())


if __name__ == "__main__":
    main()
