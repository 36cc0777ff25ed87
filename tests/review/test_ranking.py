"""The picker's order: what was typed must occur; cognates, nearness and looseness bring a segment up."""

from workbench.model import Segment
from workbench.review.ranking import rank

_SEGMENTS = [
    Segment(n, 0, 0, text, id=n + 1)
    for n, text in enumerate(["Новый мост через Дунай", "Полиция закрыла дорогу", "Рыбаки жаловались на шум"])
]


def test_cognates_come_first() -> None:
    assert rank(_SEGMENTS, ["Рибалки скаржилися на шум"])[0].id == 3
    assert rank(_SEGMENTS, ["Полицията затвори пътя"])[0].id == 2


def test_what_is_typed_must_occur_in_any_orthography() -> None:
    assert [segment.id for segment in rank(_SEGMENTS, [], typed="міст дун")] == []
    assert [segment.id for segment in rank(_SEGMENTS, [], typed="дуна")] == [1]
    assert [segment.id for segment in rank(_SEGMENTS, [], typed="рибак")] == [3]


def test_nearness_and_looseness_decide_between_equals() -> None:
    assert rank(_SEGMENTS, [], near=1.0)[0].id == 3
    assert rank(_SEGMENTS, [], held={1, 3})[0].id == 2
