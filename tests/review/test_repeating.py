"""A correction is offered where the same text or the same wrong term stands again, and undone in one step."""

from pathlib import Path

import pytest

from workbench import Project
from workbench.model import Concept, Origin, Status, Term, TermStatus, Unit
from workbench.review import actions
from workbench.review.repeating import SAME_TERM, SAME_TEXT, Rewording, repeat, rewording

KYIV = Concept("kyiv", (Term("uk", "Київ"), Term("en", "Kyiv"), Term("en", "Kiev", TermStatus.FORBIDDEN)))
CEASEFIRE = Concept("ceasefire", (Term("uk", "перемир'я"), Term("en", "ceasefire")))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("He left Kiev today.", "He left Kyiv today.", Rewording("Kiev", "Kyiv")),
        ("A peace of fire began.", "A ceasefire began.", Rewording("peace of fire", "ceasefire")),
        ("He left.", "He left today.", None),
        ("Kiev and Kiev", "Kyiv and Kyiv", None),
        ("the same", "the same", None),
    ],
)
def test_one_replaced_stretch_is_a_rewording(before: str, after: str, expected: Rewording | None) -> None:
    assert rewording(before, after) == expected


def test_a_rewording_keeps_the_capital_of_a_sentence_and_leaves_longer_words() -> None:
    assert (
        Rewording("truce", "ceasefire").applied("Truce talks, truces, a truce")
        == "Ceasefire talks, truces, a ceasefire"
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A glossary of two concepts, and two articles of which some sentences are one text."""
    made = Project.create(tmp_path / "news.workbench")
    uk = "Він поїхав із Києва.\n\nПочалося перемир'я.\n\nВін поїхав із Києва.\n\nМи любимо Київ."
    ru = "Он уехал из Киева.\n\nНачалось перемирие.\n\nОн уехал из Киева.\n\nМы любим Киев."
    ids = [made.add_content(text.encode(), name).article for text, name in ((uk, "uk.txt"), (ru, "ru.txt"))]
    made.place([article.id for article in ids if article], None)
    articles = {key: made.article(key) for key in (1, 2)}
    for position, (one, other) in enumerate(zip(made.segments(1), made.segments(2), strict=True)):
        made.apply(actions.link({1: [one], 2: [other]}, articles, position * 10))
    made.save_concepts([KYIV, CEASEFIRE])
    english = ["He left Kiev.", "A peace of fire began.", "He left Kiev.", "We love Kiev."]
    with made._database.write():
        for number, text in zip(made.unit_ids(), english, strict=True):
            made._database.run("UPDATE unit SET english = ? WHERE id = ?", (text, number))
            made._database.run("UPDATE unit SET english_norm = ? WHERE id = ?", (text.casefold(), number))
    return made


def corrected(project: Project, place: int, english: str) -> tuple[Unit, str]:
    """Correct the English of a unit; return it as it is then, and what it said before."""
    (before,) = project.units([project.unit_ids()[place]])
    project.apply(actions.edit_english(before, english))
    (after,) = project.units([before.id])
    return after, before.english


def test_the_same_text_and_the_same_wrong_term_are_offered(project: Project) -> None:
    found = project.repeats(*corrected(project, 0, "He left Kyiv."))
    assert [(one.english, one.reason) for one in found] == [
        ("He left Kyiv.", SAME_TEXT),
        ("We love Kyiv.", SAME_TERM),
    ]


def test_a_correction_that_mends_no_term_goes_to_the_same_text_only(project: Project) -> None:
    found = project.repeats(*corrected(project, 0, "He departed Kiev."))
    assert [(one.english, one.reason) for one in found] == [("He departed Kiev.", SAME_TEXT)]


def test_what_a_reviewer_decided_is_left_alone(project: Project) -> None:
    third, fourth = project.units(project.unit_ids()[2:])
    project.apply(actions.set_status([third], Status.ACCEPTED))
    project.apply(actions.edit_english(fourth, "We love Kiev!"))
    assert project.repeats(*corrected(project, 0, "He left Kyiv.")) == []


def test_all_repeats_are_one_action_that_one_undo_takes_back(project: Project) -> None:
    unit, before = corrected(project, 0, "He left Kyiv.")
    standing = [one.english for one in project.each_unit()]
    project.apply(repeat(project.repeats(unit, before)))
    assert [one.english for one in project.each_unit()] == [
        "He left Kyiv.",
        "A peace of fire began.",
        "He left Kyiv.",
        "We love Kyiv.",
    ]
    assert {one.english_origin for one in project.units(project.unit_ids()[2:])} == {Origin.REVIEWER}
    undone = project.undo()
    assert undone is not None
    assert [one.english for one in project.each_unit()] == standing
