"""The review screen: one unit large, its queue below, and every correction under a key."""

from typing import ClassVar

from textual import events, work
from textual.binding import BindingType

from tui.keys import bindings
from tui.screens.article import Articles
from tui.screens.concept import ConceptForm, passages_of
from tui.screens.concordance import Concordance
from tui.screens.dialogs import Reading
from tui.screens.glossary import Glossary
from tui.screens.help import Help
from tui.screens.history import History
from tui.screens.moving import Moving
from tui.screens.overview import Overview
from tui.why import why_lines
from tui.widgets.unit_list import UnitList
from workbench.languages import EN
from workbench.model import Concept

_POLL_SECONDS = 1.0
_TIDY_SECONDS = 10.0


class ReviewScreen(Moving):
    """Steps through the units of a project."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#list"

    def on_mount(self) -> None:
        """Show the first units, and watch for changes by others."""
        self._version = self.project.changed_elsewhere()
        self.begin()
        self.set_interval(_POLL_SECONDS, self.look_elsewhere)
        self.project.defer_tidying()
        self.set_interval(_TIDY_SECONDS, self.tidy)
        drafts = self.project.drafts()
        if drafts:
            numbers = ", ".join(str(unit_id) for unit_id in sorted({unit_id for unit_id, _ in drafts})[:5])
            self.app.notify(f"Drafts that were not saved: unit {numbers}", markup=False, timeout=5)

    def on_resize(self, event: events.Resize) -> None:
        """Fit header and reasons to another size."""
        self.show_headline()
        self.show_why()

    def on_screen_resume(self) -> None:
        """Show what other screens may have changed."""
        if self.pages.ids:
            self.refresh_all()

    def look_elsewhere(self) -> None:
        """Show what another program has changed in the project."""
        version = self.project.changed_elsewhere()
        if version != self._version:
            self.refresh_all()
            # While stages run there is always something new; the queue is read again when they are done.
            if self.app_desk.job is None:
                self._version = version
                self.read_queue(self.search)

    @work(thread=True, group="tidying", exclusive=True, exit_on_error=False)
    def tidy(self) -> None:
        """Carry changes from the log into the file, where the disk keeps nobody waiting."""
        with self.project.twin() as project:
            project.tidy()

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

    def _returned(self, unit_id: int | None) -> None:
        """Come back from another screen, perhaps to another unit."""
        if unit_id is not None:
            self.go_to(unit_id)

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(Help(self.app_desk.settings))

    def action_overview(self) -> None:
        """Show where the project stands."""
        self.app.push_screen(Overview(self.project), self._returned)

    def action_article(self) -> None:
        """Show two articles side by side."""
        members = self._story_articles()
        if self.current is None or not members:
            return
        own = [variant.article_id for variant in self.current.variants]
        members.sort(key=lambda article: own.index(article.id) if article.id in own else len(own))
        self.app.push_screen(Articles(self.desk, members, self.current), self._returned)

    def action_concordance(self) -> None:
        """Search words in their contexts, the selected text first."""
        self.app.push_screen(Concordance(self.project, self.get_selected_text() or ""), self._returned)

    def action_glossary(self) -> None:
        """Show the glossary."""
        self.app.push_screen(Glossary(self.project, self.app_desk.inspection), self._returned)

    def action_term(self) -> None:
        """Add a term to the glossary from words of this unit."""
        if self.current is None:
            return
        variants = self.current.variants
        texts = {variant.language: variant.text for variant in reversed(variants)}
        first = variants[self.passage].language if self.passage < len(variants) else EN
        form = ConceptForm(self.project, Concept("", ()), passages_of(texts, self.current.english), first)

        def answered(saved: bool | None) -> None:
            if saved:
                self.look_closer()

        self.app.push_screen(form, answered)

    def action_why(self) -> None:
        """Show all the evidence and all findings of the unit."""
        if self.current is not None:
            self.app.push_screen(Reading("Why", why_lines(self.current, self.findings, min(90, self.size.width - 8))))

    def action_history(self) -> None:
        """Show who changed what."""
        self.app.push_screen(History(self.project), self._returned)

    def action_wave_through(self) -> None:
        """Wave the findings of the unit through until its text changes."""
        for finding in self.findings:
            self.project.dismiss(finding)
        self.say(f"waved {len(self.findings)} findings through" if self.findings else "there are no findings here")
        self.look_at(self.place)

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
