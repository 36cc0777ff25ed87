"""Two articles side by side with the units that link them, and a dot plot of the links."""

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.pairing import Row, braille, rows, shades
from tui.screens.dialogs import Choose
from tui.screens.listing import Listing
from tui.texts import clip, pad, shown, wrap
from tui.widgets.unit_list import LETTERS
from workbench.model import Article, Segment, Unit
from workbench.review.desk import Desk

_MIDDLE = 12
# Rows that are laid out at once.
_WINDOW = 400


class Articles(Listing):
    """Shows one pair of articles of a story; Enter goes to the unit of a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "left", "Left article"),
        Binding("f3", "right", "Right article"),
        Binding("f4", "plot", "Dot plot"),
    ]

    class Compared(Message):
        """A worker has compared the sentences of the two articles."""

        def __init__(self, pair: tuple[int, int], shades: list[str]) -> None:
            super().__init__()
            self.pair, self.shades = pair, shades

    def __init__(self, desk: Desk, articles: list[Article], unit: Unit | None) -> None:
        super().__init__(desk.project)
        self._desk, self._articles, self._unit = desk, articles, unit
        self._left, self._right = articles[0], articles[1] if len(articles) > 1 else articles[0]
        self._links: list[int | None] = []
        self._turns: dict[int, int] = {}
        self._sides: list[list[Segment]] = []
        self._dots: list[Text] = []
        self._plotted = False

    def fill(self) -> None:
        """Show the pair, as rows or as a plot."""
        self._sides = [self._desk.segments(article.id) for article in (self._left, self._right)]
        held = self.project.held(segment.id for side in self._sides for segment in side)
        units = [[held.get(segment.id) for segment in side] for side in self._sides]
        self._rows = rows(*units)
        linked = sum(1 for row in self._rows if row.link is not None)
        self.head(f"{self._label(self._left)}  ⟷  {self._label(self._right)}   {linked} links")
        if self._plotted:
            self._plot(*map(len, self._sides))
            return
        here = self._unit.id if self._unit is not None else 0
        place = next((number for number, row in enumerate(self._rows) if row.link == here), 0)
        self._show_rows(max(0, place - _WINDOW // 2))
        if here in self._links:
            self.action_move(self._links.index(here) - (self.highlighted or 0))

    def _show_rows(self, first: int) -> None:
        """Show a window of the rows: to break ten thousand into lines takes a second."""
        window = self._rows[first : first + _WINDOW]
        wanted = {row.link for row in window if row.link is not None}
        found = {unit.id: unit for unit in self.project.units(sorted(wanted))}
        width = max(10, (self.size.width - _MIDDLE - 6) // 2)
        lines: list[Text] = []
        self._links, self._turns = [], {}
        if first:
            self._turn(lines, max(0, first - _WINDOW), f"↑ {first:,} rows above")
        for row in window:
            drawn = self._draw(row, found, width)
            lines += drawn
            self._links += [row.link] * len(drawn)
        rest = len(self._rows) - first - len(window)
        if rest:
            self._turn(lines, first + _WINDOW, f"↓ {rest:,} rows below")
        self.put(lines)
        self.foot("╳ a link that crosses those above it;  · A F R the unit's status")

    def _turn(self, lines: list[Text], first: int, label: str) -> None:
        """Add a line that leads to another window of rows."""
        self._turns[len(lines)] = first
        self._links.append(None)
        lines.append(Text(f"{label}; Enter shows them", "dim", end=""))

    def _label(self, article: Article) -> str:
        return f"{article.language} {clip(article.title or article.path, 36)}"

    def _draw(self, row: Row, units: dict[int, Unit], width: int) -> list[Text]:
        columns = []
        for places, side in zip((row.left, row.right), self._sides, strict=True):
            text = Text(shown(" ¦ ".join(side[place].text for place in places)))
            columns.append(wrap(text, width) if places else [])
        unit = units.get(row.link) if row.link is not None else None
        lines = []
        for number in range(max(map(len, columns))):
            left, right = (column[number].plain if number < len(column) else "" for column in columns)
            middle = " " * _MIDDLE
            if number == 0 and unit is not None:
                line = "─╳" if row.crossing else "──"
                middle = f" {line}{LETTERS[unit.status]}{unit.id:─>5}─ "[:_MIDDLE].ljust(_MIDDLE)
            look = "" if unit is not None else "dim"
            lines.append(Text.assemble((pad(left, width), look), (middle, "bold"), (right, look)))
        return lines

    def _plot(self, across: int, down: int) -> None:
        width, height = min(60, self.size.width - 8), max(4, self.size.height - 8)
        points = [
            (left / max(1, across), right / max(1, down))
            for row in self._rows
            if row.link is not None
            for left in row.left
            for right in row.right
        ]
        self._links, self._turns = [], {}
        self._dots = [Text("│" + line) for line in braille(points, width, height)]
        self.put(self._dots)
        self.compare(self._left.id, self._right.id, width, height)
        self.foot(
            f"→ {self._label(self._left)}   ↓ {self._label(self._right)}   dots: links of units; shades: similarity"
        )

    @work(thread=True, group="similarity", exclusive=True, exit_on_error=False)
    def compare(self, left: int, right: int, width: int, height: int) -> None:
        """Compare two articles sentence by sentence; long ones take a moment."""
        with self.project.twin() as project:
            cells = project.similarities(left, right)
        if cells is not None:
            self.post_message(self.Compared((left, right), shades(cells.tolist(), width, height)))

    def on_articles_compared(self, message: Compared) -> None:
        """Show the similarity under the links."""
        if self._plotted and message.pair == (self._left.id, self._right.id):
            self.put([*self._dots, Text("Similarity", "bold"), *(Text("│" + line) for line in message.shades)])

    def choose(self, number: int) -> None:
        """Go to the unit of a row, or to another window of rows."""
        if number in self._turns:
            self._show_rows(self._turns[number])
        elif number < len(self._links) and self._links[number] is not None:
            self.dismiss(self._links[number])

    def action_plot(self) -> None:
        """Show a dot plot of the links, or the text again."""
        self._plotted = not self._plotted
        self.fill()

    def action_left(self) -> None:
        """Choose the left article."""
        self._ask("Left article", True)

    def action_right(self) -> None:
        """Choose the right article."""
        self._ask("Right article", False)

    def _ask(self, question: str, left: bool) -> None:
        def chosen(number: int | None) -> None:
            if number is not None:
                if left:
                    self._left = self._articles[number]
                else:
                    self._right = self._articles[number]
                self.fill()

        self.app.push_screen(Choose(question, [self._label(article) for article in self._articles]), chosen)
