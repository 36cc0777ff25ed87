"""Moving through the queue: steps, jumps by kind, filters and orders."""

from array import array
from dataclasses import replace
from time import monotonic

from textual import work
from textual.message import Message
from textual.worker import get_current_worker

from tui.paging import UnitPages
from tui.screens.correcting import Correcting
from tui.screens.dialogs import Ask, Choose
from tui.widgets.unit_list import UnitList
from workbench.errors import WorkbenchError
from workbench.model import Order, Status, UnitQuery
from workbench.review import queue

_FIRST_PAGE = 256
_FIRST_PAGE_WITHIN = 0.04
_CHECK_EVERY = 4096


_ORDERS = {
    Order.READING: "reading order",
    Order.CONFIDENCE: "least confident first",
    Order.ENGLISH: "worst English first",
}


class Moving(Correcting):
    """The queue of the review screen."""

    class Found(Message):
        """Units of a query that a worker has found: the first of them, then all."""

        def __init__(self, query: UnitQuery, ids: "array[int]", complete: bool, left: int | None = None) -> None:
            super().__init__()
            self.query, self.ids, self.complete, self.left = query, ids, complete, left

    class Wanted(Message):
        """A filter that a worker has read."""

        def __init__(self, query: UnitQuery, text: str) -> None:
            super().__init__()
            self.query, self.text = query, text

    class Refused(Message):
        """A query that cannot be answered."""

        def __init__(self, error: WorkbenchError) -> None:
            super().__init__()
            self.error = error

    class Jump(Message):
        """Where the next unit of a kind is."""

        def __init__(self, unit_id: int | None, wanted: queue.Wanted, back: bool) -> None:
            super().__init__()
            self.unit_id, self.wanted, self.back = unit_id, wanted, back

    # The queue

    def begin(self) -> None:
        """Show the first units at once and read the rest of the queue in the background."""
        start = self._start
        if start is None or self.desk.unit(start) is None:
            first = self.project.each_unit_id(replace(self.search, statuses=self.search.statuses or (Status.PROPOSED,)))
            start = next(first, None) or next(self.project.each_unit_id(self.search), None)
        ids: list[int] = []
        if start is not None:
            before = self.project.units_beside(start, self.search, 60, back=True)
            ids = [*reversed(before), start, *self.project.units_beside(start, self.search, 120)]
            self.place = len(before)
        self.pages = UnitPages(self.project, ids, complete=False)
        self.show_queue()
        self.look_at(self.place)
        self.read_queue(self.search)

    @work(thread=True, group="queue", exclusive=True, exit_on_error=False)
    def read_queue(self, query: UnitQuery) -> None:
        """Read the ids of a queue; report the first page as soon as it is there."""
        worker = get_current_worker()
        try:
            with self.project.twin() as project:
                found: array[int] = array("q")
                began, reported = monotonic(), False
                for unit_id in project.each_unit_id(query):
                    found.append(unit_id)
                    if not reported and (len(found) >= _FIRST_PAGE or monotonic() - began > _FIRST_PAGE_WITHIN):
                        self.post_message(self.Found(query, found[:], complete=False))
                        reported = True
                    if len(found) % _CHECK_EVERY == 0 and worker.is_cancelled:
                        return
                if not worker.is_cancelled:
                    self.post_message(self.Found(query, found, complete=True))
                    self.post_message(self.Found(query, found, complete=True, left=queue.count_left(project, query)))
        except WorkbenchError as error:
            self.post_message(self.Refused(error))

    def on_moving_found(self, message: Found) -> None:
        """Show what the worker has found."""
        if message.query != self.search:
            return
        if message.left is not None:
            self.left = message.left
            self.show_headline()
            return
        if not message.complete and len(self.pages):
            return
        here = self.current.id if self.current else 0
        self.pages = UnitPages(self.project, message.ids, complete=message.complete)
        place = self.pages.place(here, self.place)
        self.place = place if place is not None else min(self.place, max(0, len(self.pages) - 1))
        self.show_queue()
        if place is None:
            self.look_at(self.place)
        self.show_headline()

    def on_moving_refused(self, message: Refused) -> None:
        """Say why a filter cannot be used."""
        self.complain(message.error)

    def ask_for(self, query: UnitQuery, text: str) -> None:
        """Show another queue, from its beginning; the current unit stays current where it is in it."""
        self.search, self.search_text = query, text
        self.pages, self.left = UnitPages(self.project, complete=False), None
        self.place = 0
        self.query_one(UnitList).selected.clear()
        self.read_queue(query)

    def action_filter(self) -> None:
        """Ask for a filter."""

        def answered(text: str | None) -> None:
            if text is not None:
                self.read_filter(text.strip(), self.search.order)

        self.app.push_screen(Ask("Filter", self.search_text, queue.FILTER_HELP), answered)

    @work(thread=True, group="filter", exclusive=True, exit_on_error=False)
    def read_filter(self, text: str, order: Order) -> None:
        """Turn what was written into a query; for terms and reviewers the project has to be searched."""
        try:
            with self.project.twin() as project:
                query = queue.parse_filter(text, project, order, self.app_desk.inspection.units_with_term)
            self.post_message(self.Wanted(query, text))
        except WorkbenchError as error:
            self.post_message(self.Refused(error))

    def on_moving_wanted(self, message: Wanted) -> None:
        """Show the queue that was asked for."""
        self.ask_for(message.query, message.text)

    def action_toggle_left(self) -> None:
        """Show only what is left to review, or everything."""
        left = (Status.PROPOSED, Status.FLAGGED)
        statuses = () if self.search.statuses == left else left
        words = [word for word in self.search_text.split() if not word.startswith("is:")]
        text = " ".join([*words, *(["is:left"] if statuses else [])])
        self.ask_for(replace(self.search, statuses=statuses), text)

    def action_toggle_order(self) -> None:
        """Go by confidence, the least first; by the English, the worst first; or by reading order."""
        orders = list(_ORDERS)
        order = orders[(orders.index(self.search.order) + 1) % len(orders)]
        self.ask_for(replace(self.search, order=order), self.search_text)
        self.say(_ORDERS[order])

    # Steps

    def action_next(self) -> None:
        """Next unit."""
        self.look_at(self.place + 1)

    def action_previous(self) -> None:
        """Previous unit."""
        self.look_at(self.place - 1)

    def action_page_down(self) -> None:
        """A page down."""
        self.look_at(self.place + max(1, self.query_one(UnitList).size.height - 1))

    def action_page_up(self) -> None:
        """A page up."""
        self.look_at(self.place - max(1, self.query_one(UnitList).size.height - 1))

    def action_first(self) -> None:
        """First unit."""
        self.look_at(0)

    def action_last(self) -> None:
        """Last unit."""
        self.look_at(len(self.pages) - 1)

    def on_unit_list_chosen(self, message: UnitList.Chosen) -> None:
        """Go to the unit that was clicked."""
        self.look_at(message.place)

    def go_to(self, unit_id: int) -> None:
        """Go to a unit; where the queue lacks it, show all units."""
        place = self.pages.place(unit_id, self.place)
        if place is not None:
            self.look_at(place)
            return
        if self.desk.unit(unit_id) is None:
            self.say(f"there is no unit {unit_id}")
            return
        self.search, self.search_text, self._start = UnitQuery(order=self.search.order), "", unit_id
        self.begin()

    def action_go_to(self) -> None:
        """Ask for the number of a unit and go there."""

        def answered(text: str | None) -> None:
            if text and text.strip().isdecimal():
                self.go_to(int(text))
            elif text:
                self.say("a unit has a number")

        self.app.push_screen(Ask("Go to unit number"), answered)

    def action_next_wanted(self) -> None:
        """Next unit of the chosen kind."""
        self._jump(back=False)

    def action_previous_wanted(self) -> None:
        """Previous unit of the chosen kind."""
        self._jump(back=True)

    def _jump(self, *, back: bool) -> None:
        if self.current is not None:
            self.jump(self.current.id, self.search, self.app_desk.wanted, back)

    @work(thread=True, group="jump", exclusive=True, exit_on_error=False)
    def jump(self, unit_id: int, query: UnitQuery, wanted: queue.Wanted, back: bool) -> None:
        """Look for the next unit of a kind, which may be far away."""
        try:
            with self.project.twin() as project:
                found = queue.beside(project, unit_id, query, wanted, self.app_desk.inspection.faulty, back=back)
            self.post_message(self.Jump(found, wanted, back))
        except WorkbenchError as error:
            self.post_message(self.Refused(error))

    def on_moving_jump(self, message: Jump) -> None:
        """Go where the jump leads."""
        if message.unit_id is None:
            self.say(f"no {'earlier' if message.back else 'further'} unit: {message.wanted.value}")
        else:
            self.go_to(message.unit_id)

    def action_choose_wanted(self) -> None:
        """Choose the kind of unit that is jumped to."""
        kinds = list(queue.Wanted)

        def chosen(number: int | None) -> None:
            if number is not None:
                self.app_desk.wanted = kinds[number]
                self._jump(back=False)

        question = "Which units do N and P go to?"
        self.app.push_screen(
            Choose(question, [kind.value for kind in kinds], kinds.index(self.app_desk.wanted)), chosen
        )

    # Within the unit

    def action_next_variant(self) -> None:
        """Next passage of the unit."""
        self._turn(1)

    def action_previous_variant(self) -> None:
        """Previous passage of the unit."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.current is not None:
            self.passage = (self.passage + step) % (len(self.current.variants) + 1)
            self.show_unit()

    def action_variant(self, number: int) -> None:
        """Choose a passage of the unit."""
        if self.current is not None and number <= len(self.current.variants):
            self.passage = number
            self.show_unit()

    def action_scroll_down(self) -> None:
        """Scroll the unit down."""
        self.query_one("#unit").scroll_relative(y=3, animate=False)

    def action_scroll_up(self) -> None:
        """Scroll the unit up."""
        self.query_one("#unit").scroll_relative(y=-3, animate=False)
