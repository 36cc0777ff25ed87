"""How a unit is laid out on the screen: columns where they are wide enough, one under the other otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.text import Text

from tui.texts import Palette, fit, styled, wrap
from workbench.model import Span

COLUMN = 34
WIDEST = 90
_GUTTER = 5
_JOINT = " ¦ "


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A segment beside a passage; `sign` says whether a unit holds it (·), none does (○), or it is not text (▒)."""

    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class Block:
    """One passage (or the English) ready to be drawn.

    Attributes:
        label: The language.
        title: Where it comes from.
        parts: The texts of its segments; one part where a reviewer corrected it.
        marks: For each part, stretches and the names of their styles.
        before: Neighbours before it, the nearest last.
        after: Neighbours after it, the nearest first.
        active: Whether the corrections of a passage go to this one.
    """

    label: str
    title: str
    parts: tuple[str, ...]
    marks: tuple[tuple[tuple[Span, str], ...], ...] = ()
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()
    active: bool = False
    remark: str = ""
    choices: tuple[str, ...] = field(default=())


def draw(blocks: Sequence[Block], width: int, height: int, palette: Palette) -> list[Text]:
    """Return the lines of a unit for a screen of a given size; there may be more lines than `height`."""
    if not blocks:
        return []
    if width // len(blocks) >= COLUMN:
        return _columns(blocks, min(width // len(blocks), WIDEST + _GUTTER), height, palette)
    text_width = min(width - _GUTTER - 1, WIDEST)
    for reach in (2, 1):
        lines = [line for block in blocks for line in _stacked(block, text_width, palette, reach)]
        if len(lines) <= height:
            return lines
    return [line for block in blocks for line in _stacked(block, text_width, palette, 1 if block.active else 0)]


def active_lines(blocks: Sequence[Block], lines: Sequence[Text]) -> tuple[int, int]:
    """Return the first and last line of the active block where blocks stand one under the other."""
    marked = [number for number, line in enumerate(lines) if line.plain[3:4] == "▌"]
    return (marked[0], marked[-1]) if marked else (0, 0)


def _body(block: Block, palette: Palette) -> Text:
    text = Text(end="")
    for number, part in enumerate(block.parts):
        if number:
            text.append(_JOINT, palette["joint"])
        marks = block.marks[number] if number < len(block.marks) else ()
        text.append_text(styled(part, marks, palette, palette["text"]))
    if not text.plain.strip():
        text = Text("—", palette["dim"], end="")
    return text


def _stacked(block: Block, width: int, palette: Palette, reach: int) -> list[Text]:
    lines = []
    if reach:
        for neighbour in block.before[-reach:]:
            lines += _neighbour(neighbour, width, palette, "↑", 1)
    for number, line in enumerate(wrap(_body(block, palette), width)):
        gutter = Text(f"{block.label:<3}" if number == 0 else "   ", palette["label"], end="")
        gutter.append("▌" if block.active else "│", palette["active" if block.active else "rule"])
        gutter.append(" ")
        lines.append(gutter.append_text(line))
    if reach:
        for neighbour in block.after[:reach]:
            lines += _neighbour(neighbour, width, palette, "↓", 1)
    return lines


def _neighbour(neighbour: Neighbour, width: int, palette: Palette, arrow: str, most: int) -> list[Text]:
    text = styled(neighbour.text, (), palette, palette["dim"])
    lines = []
    for number, line in enumerate(wrap(text, width, most)):
        gutter = Text(f" {arrow}{neighbour.sign}  " if number == 0 else " " * _GUTTER, palette["dim"], end="")
        lines.append(gutter.append_text(line))
    return lines


def _columns(blocks: Sequence[Block], width: int, height: int, palette: Palette) -> list[Text]:
    """Draw blocks side by side, their passages beginning on the same line."""
    inner = width - _GUTTER - 1
    bodies = [wrap(_body(block, palette), inner) for block in blocks]
    room = max(2, (height - 1 - max(map(len, bodies))) // 2)
    above = [_fitting(block.before, inner, palette, "↑", room) for block in blocks]
    below = [_fitting(block.after, inner, palette, "↓", room) for block in blocks]
    top = max(map(len, above))
    grid = []
    for block, before, body, after in zip(blocks, above, bodies, below, strict=True):
        column = [_title(block, width - 1, palette)]
        column += [Text(end="")] * (top - len(before)) + before
        for line in body:
            gutter = Text("   ▌ " if block.active else "   │ ", palette["active" if block.active else "rule"], end="")
            column.append(gutter.append_text(line))
        column += after
        grid.append(column)
    return [
        Text.assemble(*(fit(column[row] if row < len(column) else Text(), width) for column in grid), end="")
        for row in range(max(map(len, grid)))
    ]


def _fitting(neighbours: Sequence[Neighbour], width: int, palette: Palette, arrow: str, room: int) -> list[Text]:
    """Draw as many neighbours as there is room for, the nearest first."""
    ordered = list(reversed(neighbours)) if arrow == "↑" else list(neighbours)
    drawn: list[list[Text]] = []
    for neighbour in ordered:
        lines = _neighbour(neighbour, width, palette, arrow, 3)
        if drawn and sum(map(len, drawn)) + len(lines) > room:
            break
        drawn.append(lines)
    if arrow == "↑":
        drawn.reverse()
    return [line for lines in drawn for line in lines]


def _title(block: Block, width: int, palette: Palette) -> Text:
    line = Text(f"{block.label:<3}", palette["label"], end="")
    line.append("▌ " if block.active else "  ", palette["active"])
    line.append_text(styled(block.title, (), palette, palette["dim"]))
    line.truncate(width, overflow="ellipsis")
    return line
