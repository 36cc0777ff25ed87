"""Two articles side by side with the units that link them, and a dot plot of the links."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.pairing import Row, braille, rows, shades
from tui.screens.dialogs import Choose
from tui.screens.listing import Listing
from tui.texts import clip, pad, shown, wrap
from tui.widgets.unit_list import LETTERS
from workbench.model import Article, Unit
from workbench.review.desk import Desk

_MIDDLE = 12


class Articles(Listing):
    """Shows one pair of articles of a story; Enter goes to the unit of a row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "left", "Left article"),
        Binding("f3", "right", "Right article"),
        Binding("f4", "plot", "Dot plot"),
    ]

    def __init__(self, desk: Desk, articles: list[Article], unit: Unit | None) -> None:
        super().__init__(desk.project)
        self._desk, self._articles, self._unit = desk, articles, unit
        self._left, self._right = articles[0], articles[1] if len(articles) > 1 else articles[0]
        self._links: list[int | None] = []
        self._plotted = False

    def fill(self) -> None:
        """Show the pair, as rows or as a plot."""
        sides = [self._desk.segments(article.id) for article in (self._left, self._right)]
        held = self.project.held(segment.id for side in sides for segment in side)
        units = [[held.get(segment.id) for segment in side] for side in sides]
        self._rows = rows(*units)
        linked = sum(1 for row in self._rows if row.link is not None)
        self.head(f"{self._label(self._left)}  ⟷  {self._label(self._right)}   {linked} links")
        if self._plotted:
            self._plot(len(sides[0]), len(sides[1]))
            return
        found = {unit.id: unit for unit in self.project.units(sorted({key for side in units for key in side if key}))}
        width = max(10, (self.size.width - _MIDDLE - 6) // 2)
        lines: list[Text] = []
        self._links = []
        for row in self._rows:
            drawn = self._draw(row, [[s.text for s in side] for side in sides], found, width)
            lines += drawn
            self._links += [row.link] * len(drawn)
        self.put(lines)
        if self._unit is not None and self._unit.id in self._links:
            self.action_move(self._links.index(self._unit.id) - (self.highlighted or 0))
        self.foot("╳ a link that crosses those above it;  · A F R the unit's status")

    def _label(self, article: Article) -> str:
        return f"{article.language} {clip(article.title or article.path, 36)}"

    def _draw(self, row: Row, texts: list[list[str]], units: dict[int, Unit], width: int) -> list[Text]:
        columns = []
        for places, side in ((row.left, texts[0]), (row.right, texts[1])):
            text = Text(shown(" ¦ ".join(side[place] for place in places)))
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
        self._links = []
        lines = [Text("│" + line) for line in braille(points, width, height)]
        cells = self.project.similarities(self._left.id, self._right.id)
        if cells is not None:
            lines += [Text("Similarity", "bold"), *(Text("│" + line) for line in shades(cells.tolist(), width, height))]
        self.put(lines)
        self.foot(
            f"→ {self._label(self._left)}   ↓ {self._label(self._right)}   dots: links of units; shades: similarity"
        )

    def choose(self, number: int) -> None:
        """Go to the unit of a row."""
        if number < len(self._links) and self._links[number] is not None:
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
