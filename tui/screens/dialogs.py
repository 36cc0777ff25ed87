"""Small questions: one line of text, or one of several choices."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.texts import PRINTING, cleaned, shown


class Ask(ModalScreen[str | None]):
    """Asks for one line of text; Escape gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, question: str, value: str = "", hint: str = "") -> None:
        super().__init__()
        self._question, self._value, self._hint = question, value, hint

    def compose(self) -> ComposeResult:
        """Lay the question out."""
        with Vertical(classes="dialog"):
            yield Static(Content(shown(self._question)), classes="question")
            yield Input(cleaned(self._value), id="answer", restrict=PRINTING, select_on_focus=False)
            if self._hint:
                yield Static(Content(self._hint), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the answer."""
        self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Give no answer."""
        self.dismiss(None)


class Choose(ModalScreen[int | None]):
    """Asks for one of several choices, by arrows and Enter or by its digit; gives its number, None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        *(Binding(str(number), f"take({number - 1})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, question: str, choices: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._question, self._choices, self._current = question, choices, current

    def compose(self) -> ComposeResult:
        """Lay the choices out."""
        with Vertical(classes="dialog"):
            yield Static(Content(shown(self._question)), classes="question")
            yield OptionList(
                *(
                    Option(Text(f"{number} {shown(choice)}" if number < 10 else f"  {shown(choice)}", no_wrap=True))
                    for number, choice in enumerate(self._choices, start=1)
                )
            )

    def on_mount(self) -> None:
        """Begin at the current choice."""
        self.query_one(OptionList).highlighted = self._current

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the choice."""
        self.dismiss(event.option_index)

    def action_take(self, number: int) -> None:
        """Give the choice with a digit."""
        if number < len(self._choices):
            self.dismiss(number)

    def action_cancel(self) -> None:
        """Give no choice."""
        self.dismiss(None)


class Reading(ModalScreen[None]):
    """Shows lines to be read; any of the usual keys leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,space,q,w,f4", "leave", "Back")]

    def __init__(self, title: str, lines: Sequence[Text]) -> None:
        super().__init__()
        self._title, self._lines = title, list(lines)

    def compose(self) -> ComposeResult:
        """Lay the lines out."""
        with VerticalScroll(classes="dialog wide"):
            yield Static(Content(self._title), classes="question")
            yield Static(Text("\n").join(self._lines))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
