"""The review screen: one unit large, its queue below, and every correction under a key."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType

from tui.keys import bindings
from tui.screens.moving import Moving
from tui.widgets.unit_list import UnitList
from workbench.languages import EN

_POLL_SECONDS = 1.0


class ReviewScreen(Moving):
    """Steps through the units of a project."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#list"

    def on_mount(self) -> None:
        """Show the first units, and watch for changes by others."""
        self._version = self.project.changed_elsewhere()
        self.begin()
        self.set_interval(_POLL_SECONDS, self.look_elsewhere)
        drafts = self.project.drafts()
        if drafts:
            numbers = ", ".join(str(unit_id) for unit_id in sorted({unit_id for unit_id, _ in drafts})[:5])
            self.app.notify(f"Drafts that were not saved: unit {numbers}", markup=False, timeout=5)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the header to another width."""
        self.show_headline()

    def on_screen_resume(self) -> None:
        """Show what other screens may have changed."""
        if self.pages.ids:
            self.refresh_all()

    def look_elsewhere(self) -> None:
        """Show what another program has changed in the project."""
        version = self.project.changed_elsewhere()
        if version != self._version:
            self._version = version
            self.refresh_all()
            self.read_queue(self.search)

    def refresh_all(self) -> None:
        """Fetch everything that is shown anew."""
        self.desk.forget()
        self.pages.forget()
        self.show_queue()
        self.look_at(self.place)

    # Selecting

    def action_select(self) -> None:
        """Select the current unit, or not, and go on."""
        units = self.query_one(UnitList)
        if self.current is not None:
            units.selected ^= {self.current.id}
            units.mark = self.place
            self.look_at(self.place + 1)

    def action_select_range(self) -> None:
        """Select from the last selected unit to here."""
        units = self.query_one(UnitList)
        first, last = sorted((units.mark if units.mark is not None else self.place, self.place))
        units.selected |= set(self.pages.ids[first : last + 1])
        units.refresh()

    def action_select_none(self) -> None:
        """Select nothing."""
        units = self.query_one(UnitList)
        units.selected.clear()
        units.refresh()

    # Elsewhere

    def action_copy(self) -> None:
        """Copy the passage, or the English, to the clipboard of the terminal."""
        if self.current is None:
            return
        variants = self.current.variants
        label, text = (
            (variants[self.passage].language, variants[self.passage].text)
            if self.passage < len(variants)
            else (EN, self.current.english)
        )
        self.app.copy_to_clipboard(text)
        self.say(f"copied the {label} text")
