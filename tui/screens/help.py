"""Help: every command with its keys, as they are on the reviewer's keyboard."""

from itertools import groupby
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from tui.config import Settings, config_path
from tui.keys import COMMANDS, keys_for, printed
from tui.widgets.unit_list import LETTERS

_SIGNS = (
    ("·", "beside a passage: a unit holds this segment"),
    ("○", "no unit holds it"),
    ("▒", "it is not text to be aligned (boilerplate, a caption, a repetition)"),
    ("¦", "a segment ends here within the passage"),
    ("▌", "the passage that corrections go to"),
    ("✚ * n", "selected, bookmarked, has a note"),
)


class Help(Screen[None]):
    """Shows all keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "leave", "Back"),
        Binding("f11", "app.keyboard", "Next keyboard"),
    ]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def compose(self) -> ComposeResult:
        """Lay the help out."""
        yield Static(Text("Keys"), id="headline")
        with VerticalScroll(id="page"):
            yield Static(self._text(), id="keys")
        yield Footer(compact=True, show_command_palette=False)

    def _text(self) -> Text:
        text = Text()
        text.append(f"Keyboard: {self._settings.keyboard.value}; F11 changes it. Own keys: {config_path()}\n")
        for group, commands in groupby(COMMANDS, key=lambda command: command.group):
            text.append(f"\n{group}\n", "bold")
            for command in commands:
                keys = keys_for(command, self._settings.keyboard, self._settings.keys)
                text.append(f"  {' '.join(map(printed, keys)):<22} {command.label}\n")
        text.append("\nSigns\n", "bold")
        for status, letter in LETTERS.items():
            text.append(f"  {letter:<22} {status.value}\n")
        for sign, meaning in _SIGNS:
            text.append(f"  {sign:<22} {meaning}\n")
        text.append("\nCtrl+P shows every command by name.", "bold")
        return text

    def on_screen_resume(self) -> None:
        """Show the keys of the keyboard as it is now."""
        self.query_one("#keys", Static).update(self._text())

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
