"""The pieces that need no screen: pages of units, pairing of articles, braille, key in context, terms as text."""

from pathlib import Path

import pytest

from tests.building import build_project
from tui.paging import PAGE, UnitPages
from tui.pairing import Row, braille, rows, shades
from tui.screens.concept import read_terms, whole_words, written
from tui.screens.concordance import keyword
from workbench.model import Concept, Status, Term, TermStatus
from workbench.review import actions


def test_pages_hold_what_the_project_holds(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench", stories=9) as project:
        ids = project.unit_ids()
        pages = UnitPages(project, ids)
        assert [pages.unit(place).id for place in range(len(pages))] == list(ids)  # type: ignore[union-attr]
        assert len(pages) > PAGE and pages.unit(len(pages)) is None and pages.unit(-1) is None
        assert pages.place(ids[70], near=3) == 70 and pages.place(10**9) is None
        project.apply(actions.set_status(project.units([ids[70]]), Status.ACCEPTED))
        pages.renew([ids[70]])
        assert pages.unit(70).status is Status.ACCEPTED  # type: ignore[union-attr]


def test_units_come_and_go_in_a_queue(tmp_path: Path) -> None:
    with build_project(tmp_path / "p.workbench") as project:
        pages = UnitPages(project, project.unit_ids())
        pages.remove(3)
        pages.remove(3)
        assert list(pages.ids)[:4] == [1, 2, 4, 5]
        pages.insert(3, after=2)
        pages.insert(3, after=5)
        assert list(pages.ids)[:4] == [1, 2, 3, 4]


def test_articles_side_by_side_show_gaps_and_crossings() -> None:
    left = [1, None, 2, 3, 3]
    right = [1, 3, None, 2, None]
    assert rows(left, right) == [
        Row((0,), (0,), 1),
        Row((1,), (), None),
        Row((), (2,), None),
        Row((2,), (3,), 2),
        Row((3, 4), (1,), 3, crossing=True),
        Row((), (4,), None),
    ]
    shown = [place for row in rows(left, right) for place in row.right]
    assert sorted(shown) == list(range(5))


def test_shades_keep_the_highest() -> None:
    assert shades([[1.0, 0.0], [0.0, 0.9]], 2, 2) == ["█ ", " ▓"]
    assert shades([[1.0, 0.0], [0.0, 0.9]], 1, 1) == ["█"]
    assert shades([], 3, 3) == []


def test_braille_dots() -> None:
    assert braille([(0, 0), (0.99, 0.99)], 1, 1) == ["⢁"]
    assert braille([], 2, 1) == ["⠀⠀"]


@pytest.mark.parametrize(
    ("text", "query", "parts"),
    [
        ("Нов мост над Дунав", "мост", ("Нов ", "мост", " над Дунав")),
        ("Мостът струва", "мост", ("", "Мостът", " струва")),
        ("nothing", "мост", ("", "", "nothing")),
    ],
)
def test_a_key_word_in_its_context(text: str, query: str, parts: tuple[str, str, str]) -> None:
    assert keyword(text, query) == parts


def test_terms_are_read_from_a_field() -> None:
    known = Term("bg", "мост", note="kept")
    concept = Concept("bridge", (known, Term("bg", "мостче", TermStatus.FORBIDDEN, note="childish")))
    assert written(concept, "bg") == "мост; !мостче"
    assert read_terms("bg", written(concept, "bg"), concept) == list(concept.terms)
    assert read_terms("en", "bridge; span;!crossing", concept) == [
        Term("en", "bridge"),
        Term("en", "span", TermStatus.ADMITTED),
        Term("en", "crossing", TermStatus.FORBIDDEN),
    ]
    assert read_terms("ru", " ; ", concept) == []


def test_marked_words_are_taken_whole() -> None:
    text = "Він сказав: «припинення вогню», а не мир."
    start = text.index("пинення")
    assert whole_words(text, start, start + 9) == "припинення вогню"
    assert whole_words(text, len(text), text.index("мир")) == "мир"
    assert whole_words(text, 3, 3) == ""
