"""Every correction by its key, read back from the project file, and taken back by `u`."""

from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.tui.conftest import Opener
from workbench.model import Kind, Origin, Status, Unit
from workbench.project import Project
from workbench.review import actions


def _plain(units: list[Unit]) -> list[tuple[object, ...]]:
    return [(u.id, u.variants, u.status, u.english, u.note, u.bookmarked, u.confidence) for u in units]


@pytest.mark.parametrize(
    ("key", "status"), [("a", Status.ACCEPTED), ("enter", Status.ACCEPTED), ("x", Status.REJECTED)]
)
async def test_deciding_keeps_the_decision_and_goes_on(open_desk: Opener, key: str, status: Status) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press(key)
        found = desk.unit(3)
        assert found is not None and found.status is status
        assert desk.review.current is not None and desk.review.current.id == 4


async def test_flag_asks_for_a_note(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("f")
        await desk.write("odd sum")
        await desk.press("enter")
        found = desk.unit(3)
        assert found is not None and (found.status, found.note) == (Status.FLAGGED, "odd sum")


async def test_reopen_note_and_bookmark(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("a", "k", "r", "n")
        await desk.write("ask")
        await desk.press("enter", "b")
        found = desk.unit(3)
        assert found is not None
        assert (found.status, found.note, found.bookmarked) == (Status.PROPOSED, "ask", True)
        await desk.press("b")
        found = desk.unit(3)
        assert found is not None and not found.bookmarked


async def test_take_in_at_the_end_takes_the_segment_from_its_unit(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("2", "right_square_bracket")
        grown, robbed = desk.unit(3), desk.unit(4)
        assert grown is not None and robbed is not None
        uk = grown.variant("uk")
        assert uk is not None and len(uk.segment_ids) == 2 and uk.text.endswith("мер Іван Петров.")
        assert robbed.variant("uk") is None


async def test_take_in_at_the_start_and_give_out_again(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("left_square_bracket")
        grown = desk.unit(3)
        assert grown is not None and len(grown.variants[0].segment_ids) == 2
        await desk.press("left_curly_bracket")
        shrunk = desk.unit(3)
        assert shrunk is not None and len(shrunk.variants[0].segment_ids) == 1
        await desk.press("shift+down", "ctrl+up")
        assert desk.unit(3).variants[0].segment_ids == shrunk.variants[0].segment_ids  # type: ignore[union-attr]


async def test_giving_out_the_only_segment_is_refused_with_a_reason(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        before = desk.units()
        await desk.press("right_curly_bracket")
        assert _plain(desk.units()) == _plain(before)
        assert "only one segment" in desk.said


async def test_merge_then_split_gives_two_units_again(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        texts = [variant.text for unit in desk.units()[2:4] for variant in unit.variants]
        await desk.press("m")
        merged = desk.unit(3)
        assert merged is not None and desk.unit(4) is None
        assert all(len(variant.segment_ids) == 2 for variant in merged.variants)
        await desk.press("s")
        halves = [desk.unit(3), desk.units()[3]]
        assert [variant.text for unit in halves if unit for variant in unit.variants] == texts


async def test_merge_selected_units(open_desk: Opener) -> None:
    async with open_desk(unit=2) as desk:
        await desk.press("space", "space", "space", "m")
        merged = desk.unit(2)
        assert merged is not None and all(len(variant.segment_ids) == 3 for variant in merged.variants)
        assert desk.unit(3) is None and desk.unit(4) is None


async def test_take_out_a_passage(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("3", "d")
        found = desk.unit(3)
        assert found is not None and found.languages == ("bg", "uk")


async def test_put_in_a_segment_found_by_typing(open_desk: Opener) -> None:
    async with open_desk(unit=7) as desk:
        await desk.press("i")
        await desk.write("проезд")
        await desk.press("enter")
        found = desk.unit(7)
        assert found is not None and found.languages == ("bg", "uk", "ru")
        assert found.variants[2].text == "Проезд легковой машины стоит 6 левов."


async def test_connect_loose_segments_to_a_new_unit(open_desk: Opener) -> None:
    async with open_desk(unit=11) as desk:
        before = {unit.id for unit in desk.units()}
        await desk.press("c")
        await desk.write("шум")
        await desk.press("enter")
        await desk.write("шум")
        await desk.press("enter", "escape")
        new = [unit for unit in desk.units() if unit.id not in before]
        assert len(new) == 1 and new[0].origin is Origin.REVIEWER and len(new[0].languages) == 2
        assert all("шум" in variant.text for variant in new[0].variants)
        assert desk.review.current is not None and desk.review.current.id == new[0].id


async def test_say_that_a_segment_is_boilerplate(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        segment_id = desk.units()[2].variants[1].segment_ids[0]
        await desk.press("2", "z", "1")
        assert desk.project.segments_by_id([segment_id])[segment_id].kind is Kind.BOILERPLATE
        found = desk.unit(3)
        assert found is not None and found.languages == ("bg", "ru")


async def test_set_the_language_of_an_article(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        article_id = desk.units()[2].variants[0].article_id
        await desk.press("y", "4")
        assert desk.project.article(article_id).language == "en"


async def test_edit_the_english_and_restore_the_machines(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        machine = desk.units()[2].english
        await desk.press("e")
        await desk.write(" Indeed")
        await desk.press("ctrl+s")
        found = desk.unit(3)
        assert found is not None and found.english == machine + " Indeed"
        assert found.english_origin is Origin.REVIEWER
        assert desk.project.drafts() == {}
        await desk.press("R")
        found = desk.unit(3)
        assert found is not None and (found.english, found.english_origin) == (machine, Origin.MACHINE)


async def test_the_n_best_is_at_hand_in_the_editor(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        machine = desk.units()[2].english
        await desk.press("e", "ctrl+n", "f2")
        found = desk.unit(3)
        assert found is not None and found.english == f"Now: {machine}"


async def test_correct_the_text_of_a_passage(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("2", "t")
        await desk.write(" Так")
        await desk.press("f2")
        found = desk.unit(3)
        assert found is not None and found.variants[1].corrected and found.variants[1].text.endswith("метрів. Так")


async def test_a_draft_survives_the_editor_and_is_offered_again(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("e")
        await desk.write("XY")
        await desk.press("escape")
        assert desk.unit(3).english == desk.project.units([3])[0].english  # type: ignore[union-attr]
    async with open_desk(unit=3) as desk:
        assert "Drafts that were not saved: unit 3" in desk.said
        await desk.press("e")
        assert desk.app.screen.query_one(TextArea).text.endswith("XY")
        await desk.press("f8", "escape")
        assert desk.project.drafts() == {}


async def test_confirm_all_above_stays_within_the_story(open_desk: Opener) -> None:
    async with open_desk(unit=14) as desk:
        await desk.press("A")
        accepted = [unit.id for unit in desk.units() if unit.status is Status.ACCEPTED]
        assert accepted == [12, 13, 14]


async def test_decide_on_many_at_once_is_one_change(open_desk: Opener) -> None:
    async with open_desk(unit=2) as desk:
        await desk.press("space", "j", "j", "V", "x")
        assert [unit.id for unit in desk.units() if unit.status is Status.REJECTED] == [2, 3, 4, 5]
        await desk.press("u")
        assert all(unit.status is Status.PROPOSED for unit in desk.units())


async def test_repeat_makes_the_last_correction_elsewhere(open_desk: Opener) -> None:
    async with open_desk(unit=2) as desk:
        await desk.press("3", "d", "j", "full_stop")
        assert desk.unit(2).languages == desk.unit(3).languages == ("bg", "uk")  # type: ignore[union-attr]


async def test_undo_and_redo_reach_across_restarts(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        first = desk.units()
        await desk.press("m", "2", "right_square_bracket", "a")
        last = desk.units()
    async with open_desk() as desk:
        await desk.press("u", "u", "u")
        assert _plain(desk.units()) == _plain(first)
        await desk.press("u")
        assert "nothing to undo" in desk.said
        await desk.press("U", "U", "U")
        assert _plain(desk.units()) == _plain(last)


async def test_what_another_reviewer_does_is_seen_and_not_overwritten(
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.review import actions

    monkeypatch.setattr("tui.screens.review._POLL_SECONDS", 3600)  # both act before either looks
    async with open_desk(unit=3) as desk:
        with desk.project.twin() as other:
            other.reviewer = "other"
            other.apply(actions.set_note(other.units([3])[0], "mine"))
        await desk.press("x")
        assert "changed by somebody else" in desk.said
        found = desk.unit(3)
        assert found is not None and (found.note, found.status) == ("mine", Status.PROPOSED)
        assert desk.review.current is not None and desk.review.current.note == "mine"
        await desk.press("x")
        found = desk.unit(3)
        assert found is not None and (found.note, found.status) == ("mine", Status.REJECTED)


async def test_changes_by_another_reviewer_appear_by_themselves(open_desk: Opener) -> None:
    from workbench.review import actions

    async with open_desk(unit=3) as desk:
        with desk.project.twin() as other:
            other.apply(actions.set_note(other.units([3])[0], "look here"))
        await desk.pilot.pause(1.3)
        await desk.settle()
        assert "look here" in desk.screen_text


async def test_undo_takes_back_only_what_this_reviewer_did(open_desk: Opener) -> None:
    from workbench.review import actions

    async with open_desk(unit=3) as desk:
        await desk.press("x")
        with desk.project.twin() as other:
            other.reviewer = "other"
            other.apply(actions.set_status(other.units([5]), Status.ACCEPTED))
        await desk.press("u", "u")
        assert desk.unit(3).status is Status.PROPOSED  # type: ignore[union-attr]
        assert desk.unit(5).status is Status.ACCEPTED  # type: ignore[union-attr]


async def test_history_takes_back_one_change_from_the_middle(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("x", "a", "a", "f9", "down", "down", "f2", "escape")
        states = [desk.unit(number).status for number in (3, 4, 5)]  # type: ignore[union-attr]
        assert states == [Status.PROPOSED, Status.ACCEPTED, Status.ACCEPTED]


async def test_a_correction_is_offered_to_the_other_units_where_it_is_due(open_desk: Opener, tmp_path: Path) -> None:
    path = tmp_path / "repeated.workbench"
    with Project.create(path) as project:
        text = "Він поїхав із Києва.\n\nМіст закрито.\n\nВін поїхав із Києва.\n\nВін поїхав із Києва."
        other = "Он уехал из Киева.\n\nМост закрыт.\n\nОн уехал из Киева.\n\nОн уехал из Киева."
        for name, content in (("uk.txt", text), ("ru.txt", other)):
            project.add_content(content.encode(), name)
        project.place([1, 2], None)
        articles = {key: project.article(key) for key in (1, 2)}
        for position, (one, two) in enumerate(zip(project.segments(1), project.segments(2), strict=True)):
            project.apply(actions.link({1: [one], 2: [two]}, articles, position * 10))
        with project._database.write():
            project._database.run("UPDATE unit SET english = 'He left.', english_norm = 'he left.'")
    async with open_desk(path=path, unit=1) as desk:
        await desk.press("e", "f7")
        await desk.write("He left Kyiv.")
        await desk.press("f2")
        assert "the same is due in 2 more units" in desk.said
        await desk.press("E")
        assert [unit.english for unit in desk.units()] == [
            "He left Kyiv.",
            "He left.",
            "He left Kyiv.",
            "He left Kyiv.",
        ]
        await desk.press("u")
        assert [unit.english for unit in desk.units()] == ["He left Kyiv.", "He left.", "He left.", "He left."]


async def test_the_editor_offers_human_english_of_a_text_nearly_the_same(open_desk: Opener, path: Path) -> None:
    with Project.open(path) as project:
        (unit,) = project.units([3])
        uk = next(variant.text for variant in unit.variants if variant.language == "uk")
        memory = f"{uk.replace('240', '250')}\tThe bridge cost 250 million, a human says.\n"
        file = path.with_name("memory.tsv")
        file.write_text("uk\ten\n" + memory, encoding="utf-8")
        project.import_file(file, use="memory")
    async with open_desk(unit=3) as desk:
        await desk.press("e")
        assert "a human says" in desk.screen_text and "250 → 240" in desk.screen_text
        await desk.press("f4", "f2")
        found = desk.unit(3)
        assert found is not None and found.english == "The bridge cost 250 million, a human says."
