"""The list of units: one line each, drawn straight from pages of the project, however many there are."""

from typing import ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.paging import UnitPages
from tui.texts import pad
from workbench.languages import EN
from workbench.model import Status, Unit

#: Status -> its letter; the letter says it, colour only repeats it.
LETTERS = {Status.PROPOSED: "·", Status.ACCEPTED: "A", Status.REJECTED: "R", Status.FLAGGED: "F"}
_WIDE = 110


class UnitList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a queue with a cursor and selected units."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--cursor", "list--dim", "list--selected", *(f"list--{status.value}" for status in Status),
    }  # fmt: skip

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pages: UnitPages | None = None
        self.cursor = 0
        self.selected: set[int] = set()
        self._base = Style()
        self._looks: dict[str, Style] = {}
        self.mark: int | None = None
        self._languages: tuple[str, ...] = ()

    def show(self, pages: UnitPages, cursor: int, languages: tuple[str, ...]) -> None:
        """Show a queue."""
        self.pages, self._languages = pages, languages
        self._take_looks()
        self.virtual_size = Size(self.size.width, len(pages))
        self.move(cursor)
        self.refresh()

    def notify_style_update(self) -> None:
        """Take the colours of another theme."""
        super().notify_style_update()
        if self.pages is not None:
            self._take_looks()

    def _take_looks(self) -> None:
        self._base = self.rich_style
        self._looks = {name: self.get_component_rich_style(name) for name in self.COMPONENT_CLASSES}

    def move(self, cursor: int) -> None:
        """Put the cursor on a place of the queue and bring it into view."""
        before, self.cursor = self.cursor, cursor
        height = max(1, self.scrollable_content_region.height)
        if abs(before - cursor) > 1 and not 0 <= cursor - self.scroll_offset.y < height:
            self.scroll_to(y=max(0, cursor - height // 2), animate=False)
        else:
            self.scroll_to_region(Region(0, max(0, cursor - 1), 1, 3), animate=False)
        self.refresh_line(before)
        self.refresh_line(cursor)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        if self.pages is not None:
            self.virtual_size = Size(self.size.width, len(self.pages))
            self.move(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Go to the unit that was clicked."""
        place = event.y + self.scroll_offset.y
        if self.pages is not None and place < len(self.pages):
            self.post_message(self.Chosen(place))

    def render_line(self, y: int) -> Strip:
        """Return one line of the queue."""
        place = y + self.scroll_offset.y
        width = self.size.width
        base = self._base
        if self.pages is None or place >= len(self.pages):
            return Strip.blank(width, base)
        unit = self.pages.unit(place)
        here = place == self.cursor
        look = base + self._looks["list--cursor"] if here else base
        pieces = self._pieces(unit, width, look, here) if unit else [Piece(pad("  (gone)", width), look)]
        return Strip(pieces).adjust_cell_length(width, look)

    def _pieces(self, unit: Unit, width: int, look: Style, here: bool) -> list[Piece]:
        chosen = unit.id in self.selected
        status = look + self._looks[f"list--{unit.status.value}"]
        dim = look + self._looks["list--dim"]
        mark = "✚" if chosen else "▶" if here else " "
        digits = max(4, len(str(max(self.pages.ids[-1], unit.id)))) if self.pages else 4
        signs = ("*" if unit.bookmarked else " ") + ("n" if unit.note else " ")
        head = [
            Piece(mark, look + self._looks["list--selected"] if chosen else look),
            Piece(f"{unit.id:>{digits}} ", dim),
            Piece(LETTERS[unit.status], status),
            Piece(f"{signs}{unit.confidence:4.0%} ", dim),
        ]
        used = 1 + digits + 1 + 1 + 7
        return [*head, *self._preview(unit, width - used, look, dim)]

    def _preview(self, unit: Unit, width: int, look: Style, dim: Style) -> list[Piece]:
        present = ",".join(unit.languages)
        if width < _WIDE:
            text = unit.english or (unit.variants[0].text if unit.variants else "")
            return [Piece(f"{present:<9}"[:9], dim), Piece(pad(text, width - 9), look)]
        columns = [*self._languages, EN] if EN not in self._languages else list(self._languages)
        each = width // len(columns)
        pieces = []
        for code in columns:
            variant = unit.variant(code)
            text = unit.english if code == EN and variant is None else variant.text if variant else "—"
            pieces += [Piece(pad(text, each - 2), look), Piece("  ", look)]
        return pieces
