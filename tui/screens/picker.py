"""Choosing a segment of an article: the likeliest first, search as you type."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.texts import PRINTING, clip, shown
from tui.widgets.lines import Lines
from workbench.model import Article, Segment
from workbench.review.desk import Desk
from workbench.review.ranking import by_spelling, folded, having, rank


class Picker(ModalScreen[Segment | None]):
    """Shows the segments of one article at a time; gives the chosen one, None for Escape.

    With `loose_only` those that a unit holds are not offered, nor ever those whose ids are in `but`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", priority=True),
        Binding("tab", "turn(1)", "Next article", priority=True),
        Binding("shift+tab", "turn(-1)", "Previous article", priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
    ]

    class Ranked(Message):
        """A worker has put the segments of an article in order."""

        def __init__(self, number: int, segments: list[Segment], held: Mapping[int, int]) -> None:
            super().__init__()
            self.number, self.segments, self.held = number, segments, held

    def __init__(
        self,
        desk: Desk,
        question: str,
        articles: Sequence[Article],
        beside: Sequence[Segment],
        *,
        near: float | None = None,
        loose_only: bool = False,
        but: Collection[int] = (),
    ) -> None:
        super().__init__()
        self._desk, self._question, self._articles, self._beside = desk, question, list(articles), list(beside)
        self._near, self._loose_only, self._but = near, loose_only, but
        self._number = 0
        self._ranked: list[Segment] = []
        self._folded: list[str] = []
        self._held: Mapping[int, int] = {}
        self._offered: list[Segment] = []

    def compose(self) -> ComposeResult:
        """Lay out the question, the search line, the segments, and the whole text of the highlighted one."""
        with Vertical(classes="dialog wide"):
            yield Static(id="asked")
            yield Input(placeholder="search within the article", id="typed", restrict=PRINTING)
            yield Lines(id="offered")
            yield Static(id="whole")
            yield Static(Text("Enter chooses; Tab goes to the next article; ○ no unit has it, · a unit has it", "dim"))

    def on_mount(self) -> None:
        """Offer the first article."""
        self._turn_to(0)

    def _turn_to(self, number: int) -> None:
        self._number = number % len(self._articles)
        article = self._articles[self._number]
        title = f"{self._question}  {article.language} {article.title or article.path}"
        if len(self._articles) > 1:
            title = f"{self._number + 1}/{len(self._articles)}  {title}"
        self.query_one("#asked", Static).update(Text(clip(title, 160), "bold", no_wrap=True, overflow="ellipsis"))
        segments = [
            segment for segment in self._desk.segments(article.id) if segment.aligned and segment.id not in self._but
        ]
        self.order(self._number, article.id, segments)

    @work(thread=True, group="picker", exclusive=True, exit_on_error=False)
    def order(self, number: int, article_id: int, segments: list[Segment]) -> None:
        """Put the segments of an article in order: by their vectors, or by their letters where there are none."""
        with self._desk.project.twin() as project:
            likeness = project.likeness([segment.id for segment in self._beside], article_id)
            held = project.held(segment.id for segment in segments)
        if self._loose_only:
            segments = [segment for segment in segments if segment.id not in held]
        likeness = likeness or by_spelling(segments, [segment.text for segment in self._beside])
        self.post_message(self.Ranked(number, rank(segments, likeness, held, near=self._near), held))

    def on_picker_ranked(self, message: Ranked) -> None:
        """Offer the segments in their order, if their article is still shown."""
        if message.number == self._number:
            self._ranked, self._held = message.segments, message.held
            self._folded = [folded(segment) for segment in self._ranked]
            self._offer()

    def on_input_changed(self) -> None:
        """Narrow the offer to what is typed."""
        self._offer()

    def _offer(self) -> None:
        places = having(self._folded, self.query_one("#typed", Input).value)
        self._offered = [self._ranked[place] for place in places]
        lines = self.query_one(Lines)
        lines.highlighted = 0
        lines.show(len(self._offered), self._line)
        if not self._offered:
            self.query_one("#whole", Static).update(Text("No segment has all these words.", "dim"))

    def _line(self, number: int) -> Text:
        segment = self._offered[number]
        return Text(f"{'·' if segment.id in self._held else '○'} {shown(segment.text[:400])}", end="")

    def on_lines_moved(self) -> None:
        """Show the highlighted segment whole."""
        number = self.query_one(Lines).highlighted
        if number is not None and number < len(self._offered):
            self.query_one("#whole", Static).update(Text(clip(self._offered[number].text, 600), "italic"))

    def on_input_submitted(self) -> None:
        """Choose the highlighted segment."""
        number = self.query_one(Lines).highlighted
        if number is not None and self._offered:
            self.dismiss(self._offered[number])

    def on_lines_chosen(self, message: Lines.Chosen) -> None:
        """Choose the segment that was clicked."""
        self.dismiss(self._offered[message.number])

    def action_turn(self, step: int) -> None:
        """Offer another article."""
        self._turn_to(self._number + step)

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        lines = self.query_one(Lines)
        lines.move_to((lines.highlighted or 0) + step)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
