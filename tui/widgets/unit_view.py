"""The current unit, large: every language and the English, with the neighbouring segments dimmed."""

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.drawing import COLUMN, Block, active_lines, draw
from tui.texts import CONSOLE, Palette

_STYLES = ("text", "dim", "label", "active", "rule", "joint", "number", "name", "finding", "term")


class UnitView(ScrollView, can_focus=False):
    """Draws blocks; knows nothing of units."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"unit--{name}" for name in _STYLES}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: tuple[Block, ...] = ()
        self._strips: list[Strip] = []
        self._base = Style()

    def show(self, blocks: Sequence[Block]) -> None:
        """Draw a unit."""
        self._blocks = tuple(blocks)
        self._layout()

    def on_resize(self) -> None:
        """Draw the unit anew for another size."""
        self._layout()

    def notify_style_update(self) -> None:
        """Draw the unit anew in another theme."""
        super().notify_style_update()
        if self._blocks:
            self._layout()

    def palette(self) -> Palette:
        """Return what the styles of a unit look like in the current theme."""
        plain: dict[str, Style] = {name: self.get_component_rich_style(f"unit--{name}") for name in _STYLES}
        return plain

    def _layout(self) -> None:
        width, height = self.scrollable_content_region.size
        if not width:
            return
        self._base = self.rich_style
        lines = draw(self._blocks, width, height, self.palette())
        self._strips = [Strip(line.render(CONSOLE, end="")) for line in lines]
        self.virtual_size = Size(width, len(lines))
        if self._blocks and width // len(self._blocks) < COLUMN:
            first, last = active_lines(self._blocks, lines)
            top = min(max(0, first - 1), max(0, last + 2 - height)) if len(lines) > height else 0
            self.scroll_to(y=top, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the drawn unit."""
        number = y + self.scroll_offset.y
        width = self.size.width
        strip = self._strips[number] if number < len(self._strips) else Strip.blank(width, self._base)
        return strip.adjust_cell_length(width, self._base).apply_style(self._base)

    @property
    def plain_lines(self) -> list[str]:
        """The drawn unit as text, for tests."""
        return [strip.text.rstrip() for strip in self._strips]
