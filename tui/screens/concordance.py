"""Concordance: a word in its contexts, in all languages and the English."""

import re
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from tui.screens.listing import Listing
from tui.texts import pad, shown
from workbench.languages import LANGUAGES
from workbench.project import Hit, Project
from workbench.text import words

_MOST = 200
_HEAD = 14


class Concordance(Listing):
    """Shows every occurrence with what stands around it; Enter goes to the unit."""

    PLACEHOLDER = "words; the last may be unfinished"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "language", "Language", priority=True),
    ]

    class Found(Message):
        """A worker has found occurrences."""

        def __init__(self, typed: str, language: str | None, hits: list[Hit]) -> None:
            super().__init__()
            self.typed, self.language, self.hits = typed, language, hits

    def __init__(self, project: Project, typed: str = "") -> None:
        super().__init__(project)
        self._first = typed
        self._language: str | None = None
        self._hits: list[int | None] = []

    def on_mount(self) -> None:
        """Begin with what was asked for."""
        self.query_one("#typed", Input).value = self._first
        self.fill()

    def fill(self) -> None:
        """Search in the background: a short beginning of a word may occur a hundred thousand times."""
        self.seek(self.typed, self._language)

    @work(thread=True, group="concordance", exclusive=True, exit_on_error=False)
    def seek(self, typed: str, language: str | None) -> None:
        """Search, and report what was found."""
        with self.project.twin() as project:
            self.post_message(self.Found(typed, language, project.search(typed, language=language, limit=_MOST)))

    def on_concordance_found(self, message: Found) -> None:
        """Show what was found, if it is still what is asked for."""
        if (message.typed, message.language) != (self.typed, self._language):
            return
        found = message.hits
        self._hits = [hit.unit_id for hit in found]
        where = self._language or "all languages and English"
        self.head(f"Concordance in {where}: {len(found)}{' or more' if len(found) == _MOST else ''} found")
        width = self.size.width - 4
        self.put_drawn(
            len(found),
            lambda number: context_line(
                found[number].language, found[number].unit_id, keyword(found[number].text, message.typed), width
            ),
        )
        self.foot("" if found or not self.typed else "Nothing has all these words. Try the beginning of a word.")

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


def context_line(language: str, unit_id: int | None, parts: tuple[str, str, str], width: int) -> Text:
    """Return a line with a word in the middle, what stands before it right against it, and what follows."""
    left, word, right = (shown(part) for part in parts)
    room = max(10, (width - _HEAD) // 2)
    line = Text(end="")
    line.append(f"{language} {unit_id if unit_id is not None else '○':>8}  ", "dim")
    line.append(pad(left[-room:], room) if len(left) >= room else left.rjust(room))
    line.append(word, "bold underline")
    line.append(right[:width])
    return line
