"""How good alignment is, on given gold, in the interchange format of the alignment benchmark.

Input and output are JSON lines. Input: `{"doc", "langs", "text": {language: [sentence, ...]}}`. Output for two
languages: `{"doc", "alignments": [[[left], [right], score], ...]}`, where sentences without a counterpart stand in
beads with one empty side; for more: `{"doc", "groups": [{language: [index, ...], "score"}, ...]}`. A development
set, `{"docs": [...]}` with gold in each entry, is read as input and as gold.
"""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.alignment import Alignment, Document, align, calibration_error, reliability
from workbench.embedding import views
from workbench.errors import UsageError
from workbench.languages import EN
from workbench.model import Mode
from workbench.progress import Progress

Item = Mapping[str, Any]
Links = set[tuple[int, int]]
Prf = tuple[float, float, float]
Vector = NDArray[np.floating]


class Encodes(Protocol):
    """What evaluation needs of a sentence encoder."""

    @property
    def id(self) -> str:
        """Name of the encoder: its vectors compare as `views` says."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.floating]:
        """Return a unit vector for every text, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class AlignmentScores:
    """What alignment reached on one file.

    Attributes:
        measures: Precision, recall and F1 by name: `strict` and `lax` over beads, `pair` over links between
            sentences, `group` over exact groups; empty without gold.
        calibration: Expected calibration error of the confidence, or None without gold.
        curve: Points (mean confidence, accuracy, cases) of the reliability curve.
        documents: Entries aligned.
        sentences: Sentences in them.
        seconds: Time taken to align them.
        encoding_seconds: Time taken to encode them.
        rendering_seconds: Time taken to render into English what needs it, and to encode that.
        modes: How many pairs were read as translations, and how many as comparable texts.
    """

    measures: Mapping[str, Prf]
    calibration: float | None
    curve: tuple[tuple[float, float, int], ...]
    documents: int
    sentences: int
    seconds: float
    encoding_seconds: float
    rendering_seconds: float = 0.0
    modes: Mapping[str, int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the scores as JSON values."""
        measures = {
            name: dict(zip(("precision", "recall", "f1"), (round(v, 4) for v in values), strict=True))
            for name, values in self.measures.items()
        }
        return {
            "measures": measures,
            "calibration_error": None if self.calibration is None else round(self.calibration, 4),
            "reliability": [[round(c, 4), round(a, 4), n] for c, a, n in self.curve],
            "documents": self.documents,
            "sentences": self.sentences,
            "seconds": round(self.seconds, 3),
            "encoding_seconds": round(self.encoding_seconds, 3),
            "rendering_seconds": round(self.rendering_seconds, 3),
            "modes": dict(self.modes),
        }


#: Renders sentences of a language into English.
Renders = Callable[[str, Sequence[str]], Sequence[str]]


def renders(progress: Progress | None = None) -> Renders:
    """Return what renders as a project does, by the best model at hand for each language."""
    from workbench.translation import engine_for

    return lambda language, texts: [rendering.text for rendering in engine_for(language).render(texts, progress)]


def evaluate_file(
    input: Path, output: Path | None, gold: Path | None, encoder: Encodes, render: Renders | None = None
) -> AlignmentScores:
    """Align every entry of a file, write the answers, and score them where there is gold.

    Args:
        input: JSON lines, or a development set.
        output: Where answers go, one JSON object a line; None to write none.
        gold: A development set, or JSON lines with gold; by default whatever gold the input has.
        encoder: Makes the sentence vectors. Every text is encoded once.
        render: Makes the English that comparable texts are compared by as well; without it they go by their own
            words alone. Translations do not need it.

    Raises:
        UsageError: A file is not in the format, or gold does not fit the input.
    """
    items = read_items(input)
    golden = {item["doc"]: item for item in (read_items(gold) if gold else items)}
    started = time.perf_counter()
    vectors = _encode(items, encoder)
    encoded = time.perf_counter()
    aligned = [align(documents_of(item, vectors, encoder.id)) for item in items]
    finished = time.perf_counter()
    free = [place for place, found in enumerate(aligned) if any(pair.mode is Mode.COMPARABLE for pair in found.pairs)]
    english = english_views([items[place] for place in free], encoder, render) if render else {}
    rendered = time.perf_counter()
    if english:
        for place in free:
            aligned[place] = align(documents_of(items[place], vectors, encoder.id, english))
    again = time.perf_counter()
    answers = [answer(item, result) for item, result in zip(items, aligned, strict=True)]
    if output:
        lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in answers)
        output.write_text("".join(lines), encoding="utf-8")
    measures, error, curve = score([golden.get(item["doc"], {}) for item in items], items, answers)
    modes = {mode.value: sum(p.mode is mode for a in aligned for p in a.pairs) for mode in Mode}
    sentences = sum(len(texts) for item in items for texts in item["text"].values())
    return AlignmentScores(
        measures,
        error,
        curve,
        len(items),
        sentences,
        seconds=finished - encoded + again - rendered,
        encoding_seconds=encoded - started,
        rendering_seconds=rendered - finished,
        modes=modes,
    )


def read_items(path: Path) -> list[Item]:
    """Read entries from JSON lines or from a development set."""
    try:
        text = path.read_text(encoding="utf-8")
        whole = json.loads(text) if text.lstrip().startswith("{") and _is_one_object(text) else None
        items = whole["docs"] if whole and "docs" in whole else None
        if items is None:
            items = [json.loads(line) for line in text.splitlines() if line.strip()]
        for item in items:
            if not all(isinstance(item["text"][language], list) for language in item["langs"]):
                raise TypeError
        return list(items)
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path.name} is not in the alignment format",
            'Each line is {"doc": ..., "langs": ["bg", "uk"], "text": {"bg": [...], "uk": [...]}}.',
        ) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read", str(error.strerror or "")) from error


def _is_one_object(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def _encode(items: Iterable[Item], encoder: Encodes) -> dict[str, NDArray[np.floating]]:
    texts = list(dict.fromkeys(t for item in items for code in item["langs"] for t in item["text"][code]))
    return dict(zip(texts, encoder.encode(texts), strict=True)) if texts else {}


def english_views(items: Iterable[Item], encoder: Encodes, render: Renders) -> dict[tuple[str, str], Vector]:
    """Render and encode the sentences of some entries: the fine view of their English, by language and sentence."""
    wanted = dict.fromkeys((code, text) for item in items for code in item["langs"] for text in item["text"][code])
    found: dict[tuple[str, str], Vector] = {}
    for language in dict.fromkeys(code for code, _ in wanted if code != EN):
        texts = [text for code, text in wanted if code == language]
        _, fine = views(encoder.id, EN, np.asarray(encoder.encode(render(language, texts)), dtype=np.float32))
        if fine is None:
            return {}
        found |= {(language, text): vector for text, vector in zip(texts, fine, strict=True)}
    return found


def documents_of(
    item: Item,
    vectors: Mapping[str, Vector],
    encoder_id: str,
    english: Mapping[tuple[str, str], Vector] | None = None,
) -> list[Document]:
    """Return the texts of one entry as documents, keyed by the place of their language."""
    width = len(next(iter(vectors.values()), np.zeros(1)))
    documents = []
    for key, code in enumerate(item["langs"]):
        texts = item["text"][code]
        rows = np.array([vectors[text] for text in texts], dtype=np.float32).reshape(-1, width)
        rendered = np.array([english[code, text] for text in texts]) if english and texts and code != EN else None
        documents.append(Document(key, code, tuple(texts), *views(encoder_id, code, rows), rendered))
    return documents


def answer(item: Item, aligned: Alignment) -> dict[str, Any]:
    """Return what is written for one entry."""
    codes = item["langs"]
    if len(codes) != 2:
        groups = [
            {**{codes[key]: list(side) for key, side in group.members.items()}, "score": round(group.confidence, 4)}
            for group in aligned.groups
        ]
        return {"doc": item["doc"], "groups": groups}
    beads: list[Any] = [
        [list(link.left), list(link.right), round(link.probability, 4)] for pair in aligned.pairs for link in pair.links
    ]
    for side, code in enumerate(codes):
        used = {i for bead in beads for i in bead[side]}
        alone = [[i] for i in range(len(item["text"][code])) if i not in used]
        beads += [[single, [], 0] if side == 0 else [[], single, 0] for single in alone]
    beads.sort(key=lambda bead: (min(bead[0], default=len(item["text"][codes[0]])), bead[1]))
    return {"doc": item["doc"], "alignments": beads}


def score(
    gold: Sequence[Item], items: Sequence[Item], answers: Sequence[Mapping[str, Any]]
) -> tuple[dict[str, Prf], float | None, tuple[tuple[float, float, int], ...]]:
    """Return measures by name, calibration error and reliability curve of answers, as in `AlignmentScores`.

    `gold`, `items` and `answers` stand for the same documents at the same places.
    """
    counts: dict[str, list[int]] = {}
    told: list[tuple[float, bool]] = []
    for reference, item, given in zip(gold, items, answers, strict=True):
        if "gold" in reference and "alignments" in given:
            _count_beads(reference["gold"], given["alignments"], counts, told)
        elif "groups" in reference and "groups" in given:
            _count_groups(reference["groups"], given["groups"], item["langs"], counts, told)
    if not counts:
        return {}, None, ()
    confidence = np.array([value for value, _ in told], dtype=np.float64)
    right = np.array([ok for _, ok in told], dtype=bool)
    measures = {name: f_score(*count) for name, count in counts.items()}
    return measures, calibration_error(confidence, right), tuple(reliability(confidence, right))


def f_score(right: int, given: int, found: int, wanted: int) -> Prf:
    """Return precision (right of given), recall (found of wanted) and their harmonic mean."""
    precision = right / given if given else 0.0
    recall = found / wanted if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _add(counts: dict[str, list[int]], name: str, *values: int) -> None:
    counts[name] = [a + b for a, b in zip(counts.get(name, [0, 0, 0, 0]), values, strict=True)]


def _count_beads(
    gold: Sequence[Any], given: Sequence[Any], counts: dict[str, list[int]], told: list[tuple[float, bool]]
) -> None:
    """Count beads strictly (equal) and laxly (a sentence pair in common), and links between sentences.

    Precision is over all beads given, those without a counterpart included; recall over gold beads with both
    sides filled.
    """
    wanted, answered = {_bead(b) for b in gold}, {_bead(b) for b in given}
    full_wanted = {bead for bead in wanted if all(bead)}
    _add(counts, "strict", len(answered & wanted), len(answered), len(full_wanted & answered), len(full_wanted))
    gold_links, given_links = _links(wanted), _links(answered)
    lax = sum(b in wanted or bool(_links([b]) & gold_links) for b in answered)
    found = sum(b in answered or bool(_links([b]) & given_links) for b in full_wanted)
    _add(counts, "lax", lax, len(answered), found, len(full_wanted))
    both = len(gold_links & given_links)
    _add(counts, "pair", both, len(given_links), both, len(gold_links))
    told.extend((float(b[2]), _bead(b) in wanted) for b in given if b[0] and b[1])


def _bead(bead: Sequence[Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(sorted(bead[0])), tuple(sorted(bead[1]))


def _links(beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]) -> Links:
    return {(i, j) for left, right in beads for i in left for j in right}


def _count_groups(
    gold: Sequence[Any],
    given: Sequence[Any],
    codes: Sequence[str],
    counts: dict[str, list[int]],
    told: list[tuple[float, bool]],
) -> None:
    """Count exact groups, and pairs of sentences of two languages inside groups."""
    wanted, answered = ({frozenset(_members(g, codes)) for g in groups} for groups in (gold, given))
    exact = len(wanted & answered)
    _add(counts, "group", exact, len(answered), exact, len(wanted))
    inside = [
        {frozenset(two) for group in groups for two in combinations(group, 2) if len({code for code, _ in two}) == 2}
        for groups in (wanted, answered)
    ]
    both = len(inside[0] & inside[1])
    _add(counts, "pair", both, len(inside[1]), both, len(inside[0]))
    told.extend((float(g["score"]), frozenset(_members(g, codes)) in wanted) for g in given)


def _members(group: Mapping[str, Any], codes: Sequence[str]) -> list[tuple[str, int]]:
    return [(code, i) for code in codes for i in group.get(code, ())]
