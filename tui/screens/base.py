"""What the review screen stands on: the queue, the unit that is looked at, and how both are shown."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from tui.drawing import Block, Neighbour
from tui.inspection import Inspected
from tui.paging import UnitPages
from tui.texts import clip, shown
from tui.why import why_lines
from tui.widgets.unit_list import UnitList
from tui.widgets.unit_view import UnitView
from workbench.errors import WorkbenchError
from workbench.languages import EN
from workbench.model import Action, Finding, Origin, Segment, Status, Unit, UnitQuery, Variant
from workbench.project import Project
from workbench.review.desk import Desk
from workbench.review.marks import Mark, of_parts

if TYPE_CHECKING:
    from tui.app import DeskApp

# Seconds with a unit before it is checked: whoever runs through the queue is not slowed down.
_STAYS = 0.15
# Lines of reasons and findings on a screen of usual height.
_REASONS = 4


class UnitScreen(Screen[None]):
    """Holds the queue and shows its current unit."""

    class Checked(Message):
        """A unit was checked."""

        def __init__(self, found: Inspected) -> None:
            super().__init__()
            self.found = found

    def __init__(self, project: Project, query: UnitQuery, start: int | None) -> None:
        super().__init__()
        self.project = project
        self.desk = Desk(project)
        self.search = query
        self.search_text = ""
        self.pages = UnitPages(project)
        self.place = 0
        self.current: Unit | None = None
        self.passage = 0
        self.left: int | None = None
        self.findings: tuple[Finding, ...] = ()
        self.marked: Mapping[int, list[Mark]] = {}
        self._closer: Timer | None = None
        self._start = start
        self._titles: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """Lay the screen out: header, unit, reasons, list, footer."""
        yield Static(id="headline")
        yield UnitView(id="unit")
        yield Static(id="why")
        with Vertical(id="below"):
            yield UnitList(id="list")
        yield Footer(compact=True, show_command_palette=False)

    @property
    def app_desk(self) -> "DeskApp":
        """The program that this screen belongs to."""
        return cast("DeskApp", self.app)

    # Showing

    def show_queue(self) -> None:
        """Show the list of units anew."""
        self.query_one(UnitList).show(self.pages, self.place, self.app_desk.languages)

    def look_at(self, place: int) -> None:
        """Go to a place in the queue."""
        if not len(self.pages):
            self.place, self.current = 0, None
        else:
            self.place = min(max(place, 0), len(self.pages) - 1)
            before = self.current.id if self.current else 0
            self.current = self.desk.unit(self.pages.ids[self.place])
            if self.current is None or self.current.id != before:
                self.passage = 0
            self.findings, self.marked = (), {}
            self.look_closer()
        self.query_one(UnitList).move(self.place)
        self.show_unit()

    def show_unit(self) -> None:
        """Show the current unit, the reasons behind it, and the header."""
        unit = self.current
        view = self.query_one(UnitView)
        view.show(self.blocks(unit) if unit else [])
        self.show_why()
        self.show_headline()
        self.app_desk.looked_at(unit.id if unit else 0)

    def show_headline(self) -> None:
        """Show story, position, progress, and how much is left."""
        width = self.size.width - 2
        total = f"{len(self.pages):,}" + ("" if self.pages.complete else "+")
        right = f" {self.place + 1 if len(self.pages) else 0:,}/{total}"
        if self.left is not None:
            done = 1 - self.left / max(1, len(self.pages))
            bar = "█" * round(10 * done) + "░" * (10 - round(10 * done))
            right += f"  {bar} {self.left:,} left"
        if self.app_desk.job is not None:
            right = f"  ⟳ {clip(str(self.app_desk.job), width // 3)} {right}"
        if self.search_text:
            right = f"  ⌕ {clip(self.search_text, width // 4)} {right}"
        story = self._title(self.current.story_id) if self.current else ""
        room = max(0, width - Text(right).cell_len)
        left = clip(story, room)
        line = Text(left, no_wrap=True)
        line.append(" " * max(0, width - line.cell_len - Text(right).cell_len))
        line.append(right)
        self.query_one("#headline", Static).update(line, layout=False)

    def _title(self, story_id: int) -> str:
        if story_id not in self._titles:
            self._titles[story_id] = self.project.story_title(story_id)
        return self._titles[story_id]

    def blocks(self, unit: Unit) -> list[Block]:
        """Return what is drawn of a unit: a block for each passage, and one for the English."""
        reach = max(2, self.size.height // 6)
        around = [(variant, self.desk.around(variant, reach)) for variant in unit.variants]
        beside = [segment.id for _, found in around for segment in (*found.before, *found.after)]
        held = self.project.held(beside)
        blocks = []
        for number, (variant, found) in enumerate(around):
            article = self.desk.article(variant.article_id)
            parts = (variant.text,) if variant.corrected else tuple(segment.text for segment in found.inside)
            blocks.append(
                Block(
                    label=variant.language,
                    title=article.title or article.path,
                    parts=parts or (variant.text,),
                    marks=self.marks(variant, parts),
                    before=tuple(_neighbour(segment, held) for segment in found.before),
                    after=tuple(_neighbour(segment, held) for segment in found.after),
                    active=number == self.passage,
                )
            )
        title = {Origin.REVIEWER: "reviewer", Origin.MACHINE: "machine"}.get(unit.english_origin, "")
        english = Block(
            EN, title, (unit.english,), self.marks(None, (unit.english,)), active=self.passage == len(unit.variants)
        )
        return [*blocks, english]

    def marks(self, variant: Variant | None, parts: tuple[str, ...]) -> tuple[tuple[Mark, ...], ...]:
        """Return what stands out in the parts of a passage, or of the English, as far as it is known yet."""
        return of_parts(self.marked.get(variant.article_id if variant else 0, ()), parts)

    # Findings

    def look_closer(self) -> None:
        """Work the findings out once the reviewer stays with the unit."""
        if self._closer is not None:
            self._closer.stop()
        if self.current is not None:
            self._closer = self.set_timer(_STAYS, self._inspect)

    def _inspect(self) -> None:
        if self.current is not None:
            self.inspect(self.current.id)

    @work(thread=True, group="findings", exclusive=True, exit_on_error=False)
    def inspect(self, unit_id: int) -> None:
        """Have a unit checked; where that fails, the unit is shown without findings."""
        with suppress(WorkbenchError):
            found = self.app_desk.inspection.inspect(unit_id)
            if found is not None:
                self.post_message(self.Checked(found))

    def on_unit_screen_checked(self, message: Checked) -> None:
        """Show what was found, if the reviewer is still there."""
        unit, found = self.current, message.found
        still = unit is not None and (unit.id, unit.revision) == (found.unit_id, found.revision)
        if still and (found.findings, found.marks) != (self.findings, self.marked):
            self.findings, self.marked = found.findings, found.marks
            self.show_unit()

    def show_why(self) -> None:
        """Show the reasons, in as many lines as the screen has to spare: a panel that grows would move the text."""
        most = max(1, min(_REASONS, self.size.height // 6), self.size.height // 8)
        lines = [Text("No unit here.")]
        if self.current is not None:
            lines = why_lines(self.current, self.findings, max(10, self.size.width - 2), most)
        panel = self.query_one("#why", Static)
        panel.styles.height = most
        panel.update(Text("\n").join(lines), layout=False)

    # Changing

    def attempt(self, doing: Callable[[], Action | None], step: int = 0) -> Action | None:
        """Make a change, show what came of it and go `step` units on, or say why it could not be made."""
        try:
            action = doing()
        except WorkbenchError as error:
            self.complain(error)
            self.desk.forget()
            self.pages.forget()
            self.look_at(self.place)
            self.show_queue()
            return None
        if action is not None:
            self.take_note(action, step)
        return action

    def complain(self, error: WorkbenchError) -> None:
        """Show an error with its hint."""
        message = shown(error.message) + (f"\n{shown(error.hint)}" if error.hint else "")
        self.app.notify(message, severity="warning", markup=False, timeout=6)

    def say(self, message: str) -> None:
        """Tell the reviewer something in passing."""
        self.app.notify(shown(message), markup=False, timeout=2)

    def take_note(self, action: Action, step: int = 0) -> None:
        """Bring queue and counts up to date with an action, and go `step` units on."""
        for key, after in action.after.items():
            noun, _, number = key.partition(":")
            if noun != "unit":
                continue
            before = action.before[key]
            unit_id = int(number)
            if after is None:
                self.pages.remove(unit_id)
            elif before is None:
                whole = replace(self.search, statuses=(), text="", words="", unit_ids=None)
                beside = self.project.units_beside(unit_id, whole, back=True)
                self.pages.insert(unit_id, beside[0] if beside else None)
            if self.left is not None:
                self.left += _undecided(after) - _undecided(before)
        self.pages.renew([int(key[5:]) for key in action.after if key.startswith("unit:")])
        wanted = self.current.id if self.current else 0
        place = self.pages.place(wanted, self.place)
        self.place = self.place if place is None else place
        self.place = min(self.place + step, max(0, len(self.pages) - 1))
        self.show_queue()
        self.look_at(self.place)

    def chosen(self) -> list[Unit]:
        """Return the selected units in the order of the queue, or the current one where none is selected."""
        selected = self.query_one(UnitList).selected
        if not selected:
            return [self.current] if self.current else []
        units = self.project.units(sorted(selected))
        return sorted(units, key=lambda unit: (unit.story_id, unit.position, unit.id))


def _undecided(state: object) -> int:
    return int(isinstance(state, dict) and state["status"] == Status.PROPOSED.value)


def _neighbour(segment: Segment, held: Iterable[int]) -> Neighbour:
    sign = "▒" if not segment.aligned else "·" if segment.id in held else "○"
    return Neighbour(segment.text, sign)
