"""The interchange format and the measures, on gold small enough to count by hand."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from toy_texts import meaning_vector, sentence

from workbench.errors import UsageError
from workbench.evaluation.alignment import evaluate_file, f_score, read_items


class ToyEncoder:
    """Knows the meaning of the toy sentences by heart."""

    id = "toy@1"

    def __init__(self) -> None:
        self.known = {sentence(m, code): (m, code) for m in range(40) for code in ("bg", "uk", "ru")}
        self.asked = 0

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += len(texts)
        return np.array([meaning_vector(*self.known[text]) for text in texts])


def write_lines(path: Path, *items: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return path


def texts(**meanings: list[int]) -> dict[str, list[str]]:
    return {code: [sentence(m, code) for m in chosen] for code, chosen in meanings.items()}


def test_two_languages_are_answered_with_beads_and_nulls_and_scored(tmp_path: Path) -> None:
    item = {
        "doc": "bg-uk/a",
        "langs": ["bg", "uk"],
        "text": texts(bg=list(range(10)), uk=[0, 1, 30, 2, 3, 5, 6, 7, 8, 9]),
        "gold": [*([[i], [i + (i in (2, 3))]] for i in range(10) if i != 4), [[4], []], [[], [2]]],
    }
    source = write_lines(tmp_path / "in.jsonl", item)
    scores = evaluate_file(source, tmp_path / "out.jsonl", None, ToyEncoder())
    given = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    beads = {(tuple(x), tuple(y)) for x, y, _ in given["alignments"]}
    assert beads == {(tuple(x), tuple(y)) for x, y in item["gold"]}
    assert scores.measures["strict"] == (1.0, 1.0, 1.0)
    assert scores.measures["pair"] == (1.0, 1.0, 1.0)
    assert scores.calibration is not None
    assert sum(cases for _, _, cases in scores.curve) == 9
    assert scores.modes == {"parallel": 1, "comparable": 0}


def test_three_languages_are_answered_with_groups(tmp_path: Path) -> None:
    item = {
        "doc": "x/b",
        "langs": ["bg", "uk", "ru"],
        "text": texts(bg=list(range(12)), uk=list(range(12)), ru=list(range(12))),
        "groups": [{"bg": [i], "uk": [i], "ru": [i]} for i in range(11)],
    }
    scores = evaluate_file(write_lines(tmp_path / "in.jsonl", item), tmp_path / "out.jsonl", None, ToyEncoder())
    assert scores.measures["group"] == pytest.approx((11 / 12, 1.0, 22 / 23))
    assert scores.as_dict()["measures"]["group"]["recall"] == 1.0


def test_gold_in_a_file_of_its_own_and_every_text_encoded_once(tmp_path: Path) -> None:
    item = {"doc": "d", "langs": ["bg", "uk"], "text": texts(bg=[1, 2, 1], uk=[1, 2])}
    gold = tmp_path / "set.json"
    gold.write_text(json.dumps({"set": "parallel", "docs": [{**item, "gold": [[[0], [0]], [[1], [1]]]}]}), "utf-8")
    encoder = ToyEncoder()
    scores = evaluate_file(write_lines(tmp_path / "in.jsonl", item), None, gold, encoder)
    assert encoder.asked == 4
    assert scores.measures["strict"][1] > 0
    assert evaluate_file(tmp_path / "in.jsonl", None, None, encoder).measures == {}


def test_only_comparable_texts_are_rendered(tmp_path: Path) -> None:
    asked: list[str] = []

    def render(language: str, given: Sequence[str]) -> Sequence[str]:
        asked.extend(given)
        return given

    shuffled = {"doc": "a", "langs": ["bg", "uk"], "text": texts(bg=list(range(9)), uk=[7, 20, 1, 5, 21, 3, 0, 22])}
    ordered = {"doc": "b", "langs": ["bg", "uk"], "text": texts(bg=list(range(20, 32)), uk=list(range(20, 32)))}
    source = write_lines(tmp_path / "in.jsonl", shuffled, ordered)
    scores = evaluate_file(source, None, None, ToyEncoder(), render)
    assert scores.modes == {"parallel": 1, "comparable": 1}
    assert asked[:9] == shuffled["text"]["bg"]  # type: ignore[index]
    assert not set(asked) & set(ordered["text"]["bg"])  # type: ignore[index]


def test_nothing_to_align_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    assert evaluate_file(tmp_path / "empty.jsonl", None, None, ToyEncoder()).documents == 0


@pytest.mark.parametrize("content", ["not json", '{"doc": "a"}', '{"doc": "a", "langs": ["bg"], "text": {"bg": 3}}'])
def test_other_formats_are_refused_with_a_hint(tmp_path: Path, content: str) -> None:
    (tmp_path / "in.jsonl").write_text(content)
    with pytest.raises(UsageError) as refused:
        read_items(tmp_path / "in.jsonl")
    assert refused.value.hint


def test_precision_recall_and_their_harmonic_mean() -> None:
    assert f_score(1, 2, 1, 4) == (0.5, 0.25, pytest.approx(1 / 3))
    assert f_score(0, 0, 0, 0) == (0.0, 0.0, 0.0)
