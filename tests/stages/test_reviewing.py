"""A reviewer's changes: recorded, undone in any order, refused where somebody else was faster."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from workbench import Project
from workbench.errors import ConflictError
from workbench.model import Kind, Origin, Status, Unit
from workbench.review import actions
from workbench.review.actions import ActionError


@pytest.fixture
def linked(project: Project) -> Project:
    """Each sentence of one article linked to the same sentence of the other."""
    articles = {key: project.article(key) for key in (1, 2)}
    for position, (uk, ru) in enumerate(zip(project.segments(1), project.segments(2), strict=True)):
        project.apply(actions.link({1: [uk], 2: [ru]}, articles, position * 10))
    return project


def units(project: Project) -> list[Unit]:
    """Return all units without their revisions, which only ever grow."""
    return [replace(unit, revision=0) for unit in project.each_unit()]


def test_linking_makes_a_unit_with_the_texts_of_its_segments(linked: Project) -> None:
    found = units(linked)
    assert len(found) == 5
    assert found[1].variants[0].text == "Уряд схвалив проєкт бюджету у вівторок увечері."
    assert found[1].origin is Origin.REVIEWER


def test_accepting_is_recorded_and_undone_and_redone(linked: Project) -> None:
    before = units(linked)
    linked.apply(actions.set_status(linked.units(linked.unit_ids()[:2]), Status.ACCEPTED, note="checked"))
    after = units(linked)
    assert [unit.status for unit in after[:3]] == [Status.ACCEPTED, Status.ACCEPTED, Status.PROPOSED]
    assert linked.undo() and units(linked) == before
    assert linked.redo() and units(linked) == after
    assert linked.redo() is None


def correction(number: int) -> Callable[[Project], object]:
    """Return one of the structural corrections by number, to be tried on the first units."""

    def make(project: Project) -> object:
        first, second, third = project.units(project.unit_ids())[:3]
        segments = project.segments(2)
        return project.apply(
            [
                lambda: actions.merge([first, second]),
                lambda: actions.edit_english(second, "The government approved the draft budget."),
                lambda: actions.correct_text(second, 1, "Уряд схвалив проєкт бюджету у вівторок ввечері."),
                lambda: actions.take_in(first, [segments[1]], project.article(2), [second]),
                lambda: actions.take_out(third, 2),
                lambda: actions.set_kind(segments[2], Kind.BOILERPLATE, project.holders([segments[2].id])),
                lambda: actions.set_language(project.article(1), "ru"),
                lambda: actions.set_note(first, "ask the editor"),
                lambda: actions.set_bookmark([first, third], True),
            ][number]()
        )

    return make


@pytest.mark.parametrize("number", range(9))
def test_every_correction_changes_something_and_undo_gives_the_same_project_back(linked: Project, number: int) -> None:
    before = units(linked), linked.segments(2), linked.articles()
    assert correction(number)(linked) is not None
    assert (units(linked), linked.segments(2), linked.articles()) != before
    linked.undo()
    undone = units(linked), linked.segments(2), linked.articles()
    assert undone[:2] == before[:2]
    assert [a.language for a in undone[2]] == [a.language for a in before[2]]


def test_undo_and_redo_survive_a_restart(linked: Project) -> None:
    before = units(linked)
    for number in (7, 0, 8):
        correction(number)(linked)
    after = units(linked)
    with Project.open(linked.path) as reopened:
        for _ in range(3):
            assert reopened.undo()
        assert units(reopened) == before
        for _ in range(3):
            assert reopened.redo()
        assert units(reopened) == after
        assert reopened.redo() is None


def test_a_new_change_ends_what_could_be_redone(linked: Project) -> None:
    correction(7)(linked)
    linked.undo()
    correction(8)(linked)
    assert linked.redo() is None


def test_merging_and_splitting_again_gives_both_parts_back(linked: Project) -> None:
    first, second = linked.units(linked.unit_ids())[:2]
    linked.apply(actions.merge([first, second]))
    (merged,) = [unit for unit in linked.each_unit() if len(unit.variants[0].segment_ids) == 2]
    assert merged.variants[0].text == f"{first.variants[0].text} {second.variants[0].text}"
    linked.apply(actions.split(merged))
    texts = [tuple(variant.text for variant in unit.variants) for unit in linked.each_unit()]
    assert texts[:2] == [tuple(v.text for v in unit.variants) for unit in (first, second)]


def test_what_is_not_possible_says_why(linked: Project) -> None:
    (first, *_) = linked.units(linked.unit_ids())
    with pytest.raises(ActionError, match="two languages"):
        actions.split(first)
    with pytest.raises(ActionError, match="no unit to merge"):
        actions.merge([first])


def test_a_write_over_somebody_elses_change_is_refused_and_nothing_is_lost(linked: Project) -> None:
    with Project.open(linked.path, reviewer="other") as other:
        (seen, *_) = linked.units(linked.unit_ids())
        other.apply(actions.set_note(seen, "mine"))
        with pytest.raises(ConflictError):
            linked.apply(actions.set_status([seen], Status.REJECTED))
        (now, *_) = linked.units(linked.unit_ids())
        assert now.note == "mine" and now.status is Status.PROPOSED


def test_history_names_who_did_what_and_takes_back_from_the_middle(linked: Project, tmp_path: Path) -> None:
    correction(7)(linked)
    correction(8)(linked)
    newest, older = linked.history(2)
    assert (newest.kind, older.kind) == ("bookmark", "note")
    with pytest.raises(ConflictError):
        linked.take_back(older.id)
    linked.undo()
    assert linked.take_back(older.id).undoes == older.id
    assert all(not unit.note for unit in linked.each_unit())
