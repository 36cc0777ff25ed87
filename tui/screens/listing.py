"""What the screens with a list have in common: a title, perhaps a search line, lines to choose from, a footer."""

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from tui.texts import PRINTING
from tui.widgets.lines import Drawer, Lines
from workbench.project import Project

_TYPED_OUT = 0.12


class Listing(Screen[int | None]):
    """Shows lines; leaving it may give the number of a unit to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(15)", show=False, priority=True),
        Binding("pageup", "move(-15)", show=False, priority=True),
    ]
    #: What stands in an empty search line; none is shown where this is empty.
    PLACEHOLDER: ClassVar[str] = ""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self._pending: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="headline")
        if self.PLACEHOLDER:
            yield Input(placeholder=self.PLACEHOLDER, id="typed", restrict=PRINTING)
        yield Lines(id="lines")
        yield Static(id="about")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Fill the screen."""
        self.fill()

    def fill(self) -> None:
        """Put the lines in; every screen has its own."""

    def on_input_changed(self) -> None:
        """Search a moment after the last key."""
        if self._pending is not None:
            self._pending.stop()
        self._pending = self.set_timer(_TYPED_OUT, self.fill)

    def on_input_submitted(self) -> None:
        """Choose the highlighted line."""
        if self.highlighted is not None:
            self.choose(self.highlighted)

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Choose a line."""
        self.choose(message.number)

    def choose(self, number: int) -> None:
        """Do what choosing a line means; every screen has its own."""

    def head(self, text: Text | str) -> None:
        """Write the header."""
        line = Text(text) if isinstance(text, str) else text
        self.query_one("#headline", Static).update(line)

    def foot(self, text: Text | str) -> None:
        """Write the line under the list."""
        self.query_one("#about", Static).update(Text(text) if isinstance(text, str) else text)

    @property
    def typed(self) -> str:
        """What stands in the search line."""
        return self.query_one("#typed", Input).value

    @property
    def lines(self) -> Lines:
        """The list."""
        return self.query_one("#lines", Lines)

    @property
    def highlighted(self) -> int | None:
        """The highlighted line."""
        return self.lines.highlighted

    def put(self, lines: Iterable[Text]) -> None:
        """Show lines in place of those before, with the highlight where it was."""
        drawn = list(lines)
        self.lines.show(len(drawn), lambda number: drawn[number].copy())

    def put_drawn(self, count: int, draw: Drawer) -> None:
        """Show lines that are drawn as they come into view."""
        self.lines.show(count, draw)

    def action_move(self, step: int) -> None:
        """Move the highlight, wherever the cursor is."""
        self.lines.move_to((self.highlighted or 0) + step)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
