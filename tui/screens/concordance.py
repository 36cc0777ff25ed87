"""Concordance: a word in its contexts, in all languages and the English."""

import re
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.screens.listing import Listing
from tui.texts import pad, shown
from workbench.languages import LANGUAGES
from workbench.project import Project
from workbench.text import words

_MOST = 200
_HEAD = 14


class Concordance(Listing):
    """Shows every occurrence with what stands around it; Enter goes to the unit."""

    PLACEHOLDER = "words; the last may be unfinished"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "language", "Language", priority=True),
    ]

    def __init__(self, project: Project, typed: str = "") -> None:
        super().__init__(project)
        self._first = typed
        self._language: str | None = None
        self._hits: list[int | None] = []

    def on_mount(self) -> None:
        """Begin with what was asked for."""
        from textual.widgets import Input

        self.query_one("#typed", Input).value = self._first
        self.fill()

    def fill(self) -> None:
        """Search, and show what was found."""
        found = self.project.search(self.typed, language=self._language, limit=_MOST)
        self._hits = [hit.unit_id for hit in found]
        where = self._language or "all languages and English"
        self.head(f"Concordance in {where}: {len(found)}{' or more' if len(found) == _MOST else ''} found")
        width = self.size.width - 4
        self.put(self._line(hit.language, hit.text, hit.unit_id, width) for hit in found)
        self.foot("" if found or not self.typed else "Nothing has all these words. Try the beginning of a word.")

    def _line(self, language: str, text: str, unit_id: int | None, width: int) -> Text:
        left, hit, right = keyword(shown(text), self.typed)
        room = max(10, (width - _HEAD) // 2)
        line = Text(f"{language} {unit_id if unit_id is not None else '○':>8}  ", "dim")
        line.append(pad(left[-room:], room) if len(left) >= room else left.rjust(room))
        line.append(hit, "bold underline")
        line.append(right)
        return line

    def choose(self, number: int) -> None:
        """Go to the unit of an occurrence."""
        unit_id = self._hits[number]
        if unit_id is None:
            self.app.notify("No unit holds this segment.", markup=False)
        else:
            self.dismiss(unit_id)

    def action_language(self) -> None:
        """Search in the next language only."""
        order = [None, *LANGUAGES]
        self._language = order[(order.index(self._language) + 1) % len(order)]
        self.fill()


def keyword(text: str, query: str) -> tuple[str, str, str]:
    """Cut a text into what stands before the first word of a query, that word, and what follows."""
    for word in words(query):
        match = re.search(rf"(?<!\w){re.escape(word)}\w*", text, re.IGNORECASE)
        if match:
            return text[: match.start()], match.group(), text[match.end() :]
    return "", "", text
