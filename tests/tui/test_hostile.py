"""Text that tries to be markup, or to command the terminal, is only shown, on every screen."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from tests.building import build_project
from tests.tui.conftest import Opener
from tui.drawing import WIDEST, Block, Neighbour, draw
from tui.texts import clip, pad, shown, styled
from workbench.model import Concept, Span, Term

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PALETTE = {name: Style() for name in ("text", "dim", "label", "active", "rule", "joint", "number")}
_TAIL = (
    " [b]x[/b] [/] [sic] [@click=app.quit]q[/] [link=http://a]"
    " \x1b[2J\x1b]0;t\x07 \x9b31m \u202eabc\u2066 \r\n\tz"
    " 中文字" + "е\u0301" * 30 + "👩‍👩‍👧 \u00ad\u200b" + "w" * 200
)


async def test_no_screen_obeys_the_corpus(open_desk: Opener, tmp_path: Path) -> None:
    tail = _TAIL
    path = tmp_path / "hostile.workbench"
    with build_project(path, sentences=4, tail=tail) as project:
        project.save_concepts([Concept(f"k{tail[:9]}", (Term("bg", f"мост{tail}"),), definition=tail)])
    async with open_desk(path=path, unit=2) as desk:
        seen = [desk.screen_text]
        for keys in (
            ("f",), ("escape", "n", "q"), ("enter", "e"), ("escape", "i"), ("escape", "c"), ("escape", "z"),
            ("escape", "y"), ("escape", "f5"), ("escape", "f6"), ("f4",), ("escape", "f7", "м", "о", "с"),
            ("escape", "f8"), ("f2",), ("escape", "escape", "f9"), ("escape", "a", "slash"), ("escape", "ctrl+p"),
        ):  # fmt: skip
            await desk.press(*keys)
            seen.append(desk.screen_text)
        assert all(not _CONTROL.search(text) for text in seen)
        assert all(cell_len(line) <= 80 for text in seen for line in text.splitlines())
        assert "[b]x[/b] [/] [sic]" in seen[0] and "␛[2J" in seen[0]
        assert desk.unit(2) is not None


@given(st.text(), st.integers(0, 60))
def test_clipped_text_fits_and_commands_nothing(text: str, width: int) -> None:
    assert cell_len(clip(text, width)) <= max(width, 0)
    assert cell_len(pad(text, width)) == width
    assert not _CONTROL.search(clip(text, width))


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_marks_change_the_look_and_nothing_else(text: str, edges: list[tuple[int, int]]) -> None:
    marks = [(Span(min(pair), max(pair)), "number") for pair in edges]
    assert styled(text, marks, _PALETTE).plain == shown(text)


@given(
    st.lists(st.text(max_size=300), min_size=1, max_size=4), st.text(max_size=200), st.integers(30, 300), st.booleans()
)
def test_a_drawn_unit_stays_within_its_width(texts: list[str], beside: str, width: int, active: bool) -> None:
    blocks = [
        Block(
            "bg",
            "t" * 70,
            (text, beside),
            before=(Neighbour(beside, "·"),),
            after=(Neighbour(text, "○"),),
            active=active,
        )
        for text in texts
    ]
    for line in draw(blocks, width, 20, _PALETTE):
        assert line.cell_len <= width
        assert not _CONTROL.search(line.plain)


def test_a_column_is_never_wider_than_reading_allows() -> None:
    lines = draw([Block("bg", "", ("дума " * 200,)), Block("uk", "", ("слово " * 200,))], 300, 40, _PALETTE)
    widest = max(len(part) for line in lines for part in re.split(r" {4,}", line.plain))
    assert widest <= WIDEST + 6
