"""Choosing a segment of an article: search as you type, the likeliest first."""

from collections.abc import Collection, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.texts import PRINTING, clip, shown
from workbench.model import Article, Segment
from workbench.review.desk import Desk
from workbench.review.ranking import rank

_MOST = 100


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
    ]

    def __init__(
        self,
        desk: Desk,
        question: str,
        articles: Sequence[Article],
        texts: Sequence[str],
        *,
        near: float | None = None,
        loose_only: bool = False,
        but: Collection[int] = (),
    ) -> None:
        super().__init__()
        self._desk, self._question, self._articles, self._texts = desk, question, list(articles), list(texts)
        self._near, self._loose_only, self._but = near, loose_only, but
        self._number = 0
        self._offered: list[Segment] = []

    def compose(self) -> ComposeResult:
        """Lay out the question, the search line and the segments."""
        with Vertical(classes="dialog wide"):
            yield Static(id="asked")
            yield Input(placeholder="search within the article", id="typed", restrict=PRINTING)
            yield OptionList(id="offered")
            yield Static(Text("Enter chooses; Tab goes to the next article; ○ no unit has it, · a unit has it", "dim"))

    def on_mount(self) -> None:
        """Offer the first article."""
        self._offer()

    def on_input_changed(self) -> None:
        """Narrow the offer to what is typed."""
        self._offer()

    def on_input_submitted(self) -> None:
        """Choose the highlighted segment."""
        number = self.query_one("#offered", OptionList).highlighted
        if number is not None and self._offered:
            self.dismiss(self._offered[number])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the segment that was clicked."""
        self.dismiss(self._offered[event.option_index])

    def _offer(self) -> None:
        article = self._articles[self._number]
        segments = [
            segment for segment in self._desk.segments(article.id) if segment.aligned and segment.id not in self._but
        ]
        held = self._desk.project.held(segment.id for segment in segments)
        if self._loose_only:
            segments = [segment for segment in segments if segment.id not in held]
        typed = self.query_one("#typed", Input).value
        self._offered = rank(segments, self._texts, held, typed=typed, near=self._near)[:_MOST]
        title = f"{self._question}  {article.language} {article.title or article.path}"
        if len(self._articles) > 1:
            title += f" ({self._number + 1} of {len(self._articles)})"
        self.query_one("#asked", Static).update(Text(clip(title, 160), "bold", no_wrap=True, overflow="ellipsis"))
        options = self.query_one("#offered", OptionList)
        options.clear_options()
        options.add_options(
            Option(Text(f"{'·' if segment.id in held else '○'} {shown(segment.text)}")) for segment in self._offered
        )
        options.highlighted = 0 if self._offered else None

    def action_turn(self, step: int) -> None:
        """Offer another article."""
        self._number = (self._number + step) % len(self._articles)
        self._offer()

    def action_move(self, step: int) -> None:
        """Move the highlight while typing goes on."""
        options = self.query_one("#offered", OptionList)
        if options.highlighted is not None:
            options.highlighted = min(max(0, options.highlighted + step), len(self._offered) - 1)

    def action_cancel(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
