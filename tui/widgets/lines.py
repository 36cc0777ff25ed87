"""Lines to choose from, drawn only as they come into view: ten thousand cost no more than ten."""

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.texts import CONSOLE

#: Gives the line with a number.
Drawer = Callable[[int], Text]


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows lines of text with one of them highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", show=False)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--highlight"}

    class Chosen(Message):
        """A line was clicked, or Enter was pressed on it."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class Moved(Message):
        """Another line is highlighted."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.count = 0
        self.highlighted: int | None = None
        self._draw: Drawer = lambda _: Text()

    def show(self, count: int, draw: Drawer) -> None:
        """Show other lines, with the highlight where it was."""
        self.count, self._draw = count, draw
        self.virtual_size = Size(self.size.width, count)
        self.highlighted = None if not count else min(self.highlighted or 0, count - 1)
        self.move_to(self.highlighted or 0)
        self.refresh()

    def move_to(self, number: int) -> None:
        """Highlight a line and bring it into view."""
        if not self.count:
            return
        self.highlighted = min(max(0, number), self.count - 1)
        self.scroll_to_region(Region(0, self.highlighted, 1, 1), animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Keep the highlight in view."""
        self.virtual_size = Size(self.size.width, self.count)
        if self.highlighted is not None:
            self.scroll_to_region(Region(0, self.highlighted, 1, 1), animate=False)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        number = event.y + self.scroll_offset.y
        if number < self.count:
            self.move_to(number)
            self.post_message(self.Chosen(number))

    def action_choose(self) -> None:
        """Choose the highlighted line."""
        if self.highlighted is not None:
            self.post_message(self.Chosen(self.highlighted))

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        number, width = y + self.scroll_offset.y, self.size.width
        if number >= self.count:
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        if number == self.highlighted:
            base += self.get_component_rich_style("lines--highlight")
        line = self._draw(number)
        line.truncate(width, overflow="ellipsis")
        strip = Strip(line.render(CONSOLE, end="")).apply_style(base)
        return strip.adjust_cell_length(width, base)

    @property
    def plain_lines(self) -> list[str]:
        """All lines as text, for tests."""
        return [self._draw(number).plain for number in range(self.count)]
