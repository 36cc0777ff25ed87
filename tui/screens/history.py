"""History: who changed what and when, and taking one change back."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.screens.listing import Listing
from tui.texts import shown
from workbench.errors import WorkbenchError
from workbench.model import Action

_MOST = 1000


class History(Listing):
    """Lists the changes, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,t", "take_back", "Take back"),
    ]

    def fill(self) -> None:
        """List the changes."""
        self._actions = self.project.history(_MOST)
        self._undone = {action.undoes for action in self._actions}
        self.head(f"History: {len(self._actions)} changes" + (" or more" if len(self._actions) == _MOST else ""))
        self.put_drawn(len(self._actions), lambda number: self._line(self._actions[number]))
        self.foot("Enter goes to the unit. F2 takes a change back, wherever it stands, unless a later one built on it.")

    def _line(self, action: Action) -> Text:
        when = action.at.replace("T", " ").rstrip("Z")
        line = Text(end="")
        line.append(f"{action.id:>6}  {when}  {shown(action.reviewer):<12.12}  ", "dim")
        line.append(f"{shown(action.kind):<16}", "strike" if action.id in self._undone else "bold")
        if action.undoes:
            line.append(f" of {action.undoes} ")
        line.append(" " + ", ".join(list(action.after)[:6]) + (" …" if len(action.after) > 6 else ""))
        return line

    def choose(self, number: int) -> None:
        """Go to the unit that was changed."""
        units = [int(key[5:]) for key in self._actions[number].after if key.startswith("unit:")]
        self.dismiss(units[0] if units else None)

    def action_take_back(self) -> None:
        """Take the highlighted change back."""
        if self.highlighted is None:
            return
        try:
            action = self.project.take_back(self._actions[self.highlighted].id)
        except WorkbenchError as error:
            self.app.notify(shown(error.message), severity="warning", markup=False)
            return
        self.app.notify(f"took back change {action.undoes}", markup=False, timeout=2)
        self.fill()
