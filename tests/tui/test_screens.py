"""The other screens: what they show, where Enter leads, and their text at two sizes against golden files."""

import os
import re
from pathlib import Path

import pytest

from tests.tui.conftest import Opener
from workbench.model import Concept, Term

_GOLDEN = Path(__file__).parent / "golden"
_SCREENS = {"review": (), "help": ("f1",), "overview": ("f5",), "article": ("f6",), "plot": ("f6", "f4"),
            "concordance": ("f7",), "glossary": ("f8",), "editor": ("e",), "picker": ("i",)}  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens_look_as_they_should(
    open_desk: Opener, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set UPDATE_GOLDEN=1 to write the files anew after a change that was meant."""
    monkeypatch.setattr("tui.screens.help.config_path", lambda: "review.toml")
    async with open_desk(size=size, unit=7) as desk:
        desk.project.save_concepts(
            [Concept("bridge", (Term("bg", "мост"), Term("uk", "міст"), Term("ru", "мост"), Term("en", "bridge")))]
        )
        for name, keys in _SCREENS.items():
            await desk.press(*keys)
            if name == "concordance":
                await desk.write("мост")
                await desk.pilot.pause(0.2)
            seen = desk.screen_text + "\n"
            path = _GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"
            if os.environ.get("UPDATE_GOLDEN"):
                path.parent.mkdir(exist_ok=True)
                path.write_text(seen, encoding="utf-8")
            assert seen == path.read_text(encoding="utf-8"), name
            while len(desk.app.screen_stack) > 2:
                await desk.press("escape")


async def test_concordance_leads_to_the_unit(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("f7")
        await desk.write("рибалк")
        await desk.pilot.pause(0.2)
        await desk.press("enter")
        assert "No unit holds" in desk.said
        await desk.press("ctrl+u")
        await desk.write("поїзд")
        await desk.pilot.pause(0.2)
        await desk.press("enter")
        assert desk.review.current is not None and desk.review.current.id == 11


async def test_glossary_adds_edits_and_removes(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("f8", "f3")
        for text in ("мост", "міст"):
            await desk.write(text)
            await desk.press("tab")
        await desk.press("tab")
        await desk.write("bridge")
        await desk.press("f2")
        assert [concept.key for concept in desk.project.concepts()] == ["bridge"]
        await desk.press("f2", "tab", "tab")
        await desk.write("мост; !мостик")
        await desk.press("ctrl+s")
        terms = desk.project.concepts()[0].terms
        assert [(term.text, term.status.value) for term in terms if term.language == "ru"] == [
            ("мост", "preferred"),
            ("мостик", "forbidden"),
        ]
        await desk.press("f3", "f2")
        assert "has no term" in desk.said
        await desk.press("escape", "f4")
        await desk.write("yes")
        await desk.press("enter")
        assert desk.project.concepts() == []


async def test_words_marked_in_a_passage_become_a_term(open_desk: Opener) -> None:
    async with open_desk(unit=10) as desk:
        await desk.press("K", "shift+right", "shift+right", "tab", "tab")
        await desk.press("shift+right", "tab", "tab", "end", "shift+left", "shift+left", "f4")
        await desk.pilot.pause(0.2)
        await desk.settle()
        await desk.press("f2")
        (concept,) = desk.project.concepts()
        taken = {term.language: term.text for term in concept.terms}
        assert taken.keys() == {"bg", "uk", "ru"}
        assert taken["bg"] == "Учениците" and taken["ru"] == "открытие"


async def test_a_concept_leads_to_where_its_terms_occur_in_any_form(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        desk.project.save_concepts([Concept("train", (Term("uk", "поїзд"), Term("ru", "поезд")))])
        await desk.press("f8", "enter")
        assert "Occurrences of train: 4" in desk.screen_text and "Поїзди" in desk.screen_text
        await desk.press("enter")
        assert desk.review.current is not None and desk.review.current.id == 11
        await desk.settle()
        await desk.press("slash")
        await desk.write("term:train")
        await desk.press("enter")
        assert list(desk.review.pages.ids) == [11, 22]


async def test_why_shows_all_the_evidence(open_desk: Opener) -> None:
    async with open_desk(unit=1, size=(60, 15)) as desk:
        await desk.press("W")
        assert "the lengths match" in desk.screen_text
        await desk.press("escape")
        assert "the lengths match" not in desk.screen_text


async def test_terms_and_findings_are_shown_with_the_unit(open_desk: Opener) -> None:
    async with open_desk(unit=6) as desk:
        await desk.press("3", "shift+down")
        await desk.pilot.pause(0.3)
        await desk.settle()
        assert "⚑" in desk.screen_text
        assert any(name == "number" for marks in desk.review.marked.values() for _, name in marks)
        await desk.press("D")
        await desk.pilot.pause(0.3)
        await desk.settle()
        assert "⚑" not in desk.screen_text


async def test_article_screen_leads_to_the_unit(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("f6", "down", "down", "enter")
        assert desk.review.current is not None and desk.review.current.id == 4


async def test_history_leads_to_the_unit(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        await desk.press("a", "end", "f9", "enter")
        assert desk.review.current is not None and desk.review.current.id == 3


async def test_overview_leads_to_a_story(open_desk: Opener) -> None:
    async with open_desk(unit=1) as desk:
        await desk.press("f5")
        lines = [line for line in desk.lines() if "■" in line]
        assert len(lines) == 2
        await desk.press(*["down"] * 8, "enter")
        assert desk.review.current is not None and desk.review.current.id == 12


async def test_themes_change_and_colour_says_nothing_alone(open_desk: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_desk(unit=1) as desk:
        await desk.press("a", "x", "k")
        for theme in ("desk-light", "contrast-dark", "contrast-light"):
            desk.app.theme = theme
            await desk.settle()
            lines = desk.screen_text
            assert re.search(r"1 A ", lines) and re.search(r"2 R ", lines)


async def test_the_terminal_may_change_its_size(open_desk: Opener) -> None:
    async with open_desk(unit=3) as desk:
        for width, height in ((300, 100), (60, 15), (160, 48), (80, 24)):
            await desk.pilot.resize_terminal(width, height)
            await desk.settle()
            assert "Мостът" in desk.screen_text
