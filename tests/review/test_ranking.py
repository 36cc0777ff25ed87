"""The picker's order: what is like the unit comes first, nearness and looseness bring a segment up."""

from workbench.model import Segment
from workbench.review.ranking import by_spelling, folded, having, rank

_SEGMENTS = [
    Segment(n, 0, 0, text, id=n + 1)
    for n, text in enumerate(["Новый мост через Дунай", "Полиция закрыла дорогу", "Рыбаки жаловались на шум"])
]


def test_the_most_like_comes_first_on_whatever_scale() -> None:
    for scale in (1.0, 0.01):
        likeness = {1: 0.80 * scale, 2: 0.92 * scale, 3: 0.81 * scale}
        assert rank(_SEGMENTS, likeness)[0].id == 2
    assert rank(_SEGMENTS, {3: 0.9, 2: 0.7})[0].id == 3


def test_without_vectors_cognates_come_first() -> None:
    assert rank(_SEGMENTS, by_spelling(_SEGMENTS, ["Рибалки скаржилися на шум"]))[0].id == 3
    assert rank(_SEGMENTS, by_spelling(_SEGMENTS, ["Полицията затвори пътя"]))[0].id == 2


def test_what_is_typed_must_occur_in_any_orthography() -> None:
    texts = [folded(segment) for segment in _SEGMENTS]
    assert having(texts, "міст дун") == []
    assert having(texts, "дуна") == [0]
    assert having(texts, "рибак") == [2]
    assert having(texts, "") == [0, 1, 2]


def test_nearness_and_looseness_decide_between_equals() -> None:
    assert rank(_SEGMENTS, {}, near=1.0)[0].id == 3
    assert rank(_SEGMENTS, {}, held={1, 3})[0].id == 2
