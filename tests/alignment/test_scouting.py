"""Putting long texts side by side."""

import numpy as np
import pytest
from toy_texts import document, meaning_vector, sentence

from workbench.alignment import Document, align, prepared
from workbench.alignment.pairing import pair_up
from workbench.alignment.scouting import side_by_side, trail
from workbench.model import Mode

COUNT = 1500


@pytest.fixture(scope="module")
def vectors() -> dict[str, np.ndarray]:
    return {language: np.array([meaning_vector(m, language) for m in range(COUNT)]) for language in ("bg", "uk")}


def text(key: int, language: str, meanings: list[int], vectors: dict[str, np.ndarray]) -> Document:
    return Document(key, language, tuple(sentence(m, language) for m in meanings), vectors[language][meanings])


def test_a_trail_follows_a_translation_past_what_it_leaves_out(vectors: dict[str, np.ndarray]) -> None:
    kept = [m for m in range(COUNT) if not 400 <= m < 500]
    sides = prepared([text(1, "bg", list(range(COUNT)), vectors), text(2, "uk", kept, vectors)])
    points = trail(*sides)
    assert points is not None
    assert [kept[j] for j in points[:, 1]] == points[:, 0].tolist()
    near, everywhere = side_by_side(*sides), pair_up(*sides)
    agree = (near.left.near[:, 0] == everywhere.left.near[:, 0]) | np.isin(np.arange(COUNT), np.arange(380, 520))
    assert agree.all()


def test_texts_without_one_order_have_no_trail_and_are_compared_throughout(vectors: dict[str, np.ndarray]) -> None:
    shuffled = np.random.default_rng(4).permutation(COUNT).tolist()
    left, right = text(1, "bg", list(range(COUNT)), vectors), text(2, "uk", shuffled, vectors)
    assert trail(*prepared([left, right])) is None
    found = align([left, right])
    assert found.pairs[0].mode is Mode.COMPARABLE
    linked = {(group.members[1][0], shuffled[group.members[2][0]]) for group in found.groups}
    assert len({(m, m) for m in range(COUNT)} & linked) >= 0.98 * COUNT


def test_the_same_sentence_throughout_has_no_trail() -> None:
    one = document(1, "bg", [5]).vectors
    same = Document(1, "bg", (sentence(5, "bg"),) * COUNT, np.repeat(one, COUNT, axis=0))
    sides = prepared([same, Document(2, "uk", same.texts, same.vectors)])
    assert trail(*sides) is None
