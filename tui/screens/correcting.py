"""Corrections: every one goes through the desk as one change that can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from textual import work
from textual.message import Message

from tui.screens.base import UnitScreen
from tui.screens.dialogs import Ask, Choose
from tui.screens.editor import Editor
from tui.screens.picker import Picker
from tui.widgets.unit_list import UnitList
from workbench.errors import WorkbenchError
from workbench.languages import LANGUAGES
from workbench.languages import name as language_name
from workbench.model import Action, Article, Kind, Segment, Status, Unit, Variant
from workbench.review import actions
from workbench.review.actions import ActionError
from workbench.review.desk import Command, Edge
from workbench.review.repeating import Repeat, repeat


class Correcting(UnitScreen):
    """The corrections of the review screen."""

    class Due(Message):
        """A correction of English is due in other units as well: what their English would be."""

        def __init__(self, english: Mapping[int, str]) -> None:
            super().__init__()
            self.english = english

    _due: Mapping[int, str] = {}  # never changed in place

    def make(
        self, command: Command, units: Sequence[Unit] | None = None, *, once: bool = False, step: int = 0
    ) -> Action | None:
        """Make a correction of the current unit, or of those given, and go `step` units on.

        With `once` the correction is not to be repeated on another unit.
        """
        wanted = list(units) if units is not None else [self.current] if self.current else []
        return self.attempt(lambda: self.desk.do(command, wanted, once=once), step) if wanted else None

    def variant(self) -> Variant:
        """Return the passage that corrections go to.

        Raises:
            ActionError: The English is chosen instead.
        """
        if self.current is None or self.passage >= len(self.current.variants):
            raise ActionError("this is the English", "Choose a passage first: Tab, or 1, 2, 3.")
        return self.current.variants[self.passage]

    def _article_id(self) -> int | None:
        try:
            return self.variant().article_id
        except WorkbenchError as error:
            self.complain(error)
            return None

    # Deciding

    def _decide(self, status: Status, note: str | None = None) -> None:
        selected = self.query_one(UnitList).selected
        many = bool(selected)
        seen = self.current
        action = self.make(lambda units: actions.set_status(units, status, note), self.chosen(), step=0 if many else 1)
        if many:
            selected.clear()
            self.show_queue()
            if action:
                self.say(f"{action.kind}: {len(action.after)} units")
        elif action is None and seen is not None and seen.status is status and self.current == seen:
            self.look_at(self.place + 1)

    def action_accept(self) -> None:
        """Accept the selected units, or the current one and go on."""
        self._decide(Status.ACCEPTED)

    def action_reject(self) -> None:
        """Reject the selected units, or the current one and go on."""
        self._decide(Status.REJECTED)

    def action_reopen(self) -> None:
        """Propose the selected units, or the current one, again."""
        self.make(lambda units: actions.set_status(units, Status.PROPOSED), self.chosen())

    def action_flag(self) -> None:
        """Flag with a note."""
        if self.current is None:
            return

        def answered(note: str | None) -> None:
            if note is not None:
                self._decide(Status.FLAGGED, note)

        self.app.push_screen(Ask("Flag: what is the matter?", self.current.note), answered)

    def action_note(self) -> None:
        """Write a note."""
        if self.current is None:
            return

        def answered(note: str | None) -> None:
            if note is not None:
                self.make(lambda units: actions.set_note(units[0], note))

        self.app.push_screen(Ask("Note", self.current.note), answered)

    def action_bookmark(self) -> None:
        """Set a bookmark, or remove it."""
        units = self.chosen()
        self.make(lambda units: actions.set_bookmark(units, not units[0].bookmarked), units)

    def action_confirm_above(self) -> None:
        """Accept every undecided unit of the story down to here."""
        unit = self.current
        if unit is None:
            return
        action = self.make(lambda units: self.desk.confirm_above(units[0], self.search), [unit])
        self.say(f"accepted {len(action.after)} units" if action else "there was nothing to accept")

    # Boundaries

    def _boundary(self, command: str, edge: Edge) -> None:
        article_id = self._article_id()
        if article_id is not None:
            move = self.desk.grow if command == "grow" else self.desk.shrink
            self.make(lambda units: move(units[0], article_id, edge))

    def action_grow_start(self) -> None:
        """Take the segment before into the passage."""
        self._boundary("grow", Edge.START)

    def action_grow_end(self) -> None:
        """Take the segment after into the passage."""
        self._boundary("grow", Edge.END)

    def action_shrink_start(self) -> None:
        """Give the first segment of the passage out."""
        self._boundary("shrink", Edge.START)

    def action_shrink_end(self) -> None:
        """Give the last segment of the passage out."""
        self._boundary("shrink", Edge.END)

    def action_take_out(self) -> None:
        """Take the passage out of the unit."""
        article_id = self._article_id()
        if article_id is not None:
            self.make(lambda units: actions.take_out(units[0], article_id))

    def action_split(self) -> None:
        """Split the unit in two."""
        self.make(lambda units: actions.split(units[0]))

    def action_merge(self) -> None:
        """Merge the selected units, or the current one with the next of its story."""
        units = self.chosen()
        self.query_one(UnitList).selected.clear()
        self.make(self.desk.merge, units)

    # Texts

    def action_edit_english(self) -> None:
        """Edit the English."""
        if self.current is not None:
            self.app.push_screen(Editor(self.project, self.app_desk.inspection, self.current, None), self._edited)

    def action_edit_text(self) -> None:
        """Correct the text of the passage."""
        article_id = self._article_id()
        if article_id is not None and self.current is not None:
            editor = Editor(self.project, self.app_desk.inspection, self.current, self.variant())
            self.app.push_screen(editor, self._edited)

    def _edited(self, result: tuple[Unit, int, str] | None) -> None:
        if result is None:
            return
        unit, article_id, text = result
        if article_id:
            action = self.make(lambda units: actions.correct_text(units[0], article_id, text), [unit], once=True)
        else:
            action = self.make(lambda units: actions.edit_english(units[0], text), [unit], once=True)
        if action is not None:
            self.project.drop_draft(unit.id, Editor.field(article_id))
            if not article_id:
                self.look_for_repeats(unit.id, unit.english)

    @work(thread=True, group="repeats", exclusive=True, exit_on_error=False)
    def look_for_repeats(self, unit_id: int, before: str) -> None:
        """Find out where the correction is due as well; where that fails, nothing is offered."""
        with suppress(WorkbenchError):
            self.post_message(self.Due(self.app_desk.inspection.repeats(unit_id, before)))

    def on_correcting_due(self, message: Due) -> None:
        """Offer the correction to the other units that need it."""
        self._due = dict(message.english)
        if self._due:
            self.say(f"the same is due in {len(self._due):,} more units: E corrects them too, u takes it back")

    def action_correct_others(self) -> None:
        """Make the last correction of English wherever else it is due."""
        due, self._due = self._due, {}
        found = [Repeat(unit, due[unit.id], "") for unit in self.project.units(list(due))]
        action = self.make(lambda _: repeat(found), [one.unit for one in found], once=True) if found else None
        self.say(f"corrected {len(action.after)} more units" if action else "no correction is due elsewhere")

    def action_restore_english(self) -> None:
        """Let the machine's English stand again."""
        self.make(lambda units: actions.restore_english(units[0]))

    # Articles

    def action_drop(self) -> None:
        """Say what a segment of the passage is."""
        if self._article_id() is None:
            return
        inside = self.desk.around(self.variant(), 0).inside
        if len(inside) == 1:
            self._choose_kind(inside[0])
            return

        def chosen(number: int | None) -> None:
            if number is not None:
                self._choose_kind(inside[number])

        self.app.push_screen(Choose("Which segment?", [segment.text for segment in inside]), chosen)

    def _choose_kind(self, segment: Segment) -> None:
        kinds = [Kind.BOILERPLATE, *(kind for kind in Kind if kind is not Kind.BOILERPLATE)]

        def chosen(number: int | None) -> None:
            if number is not None:
                self.make(lambda units: self.desk.set_kind(segment, kinds[number]), once=True)

        self.app.push_screen(Choose(f"What is it? {segment.text}", [kind.value for kind in kinds]), chosen)

    def action_language(self) -> None:
        """Set the language of the passage's article."""
        article_id = self._article_id()
        if article_id is None:
            return
        article = self.desk.article(article_id)

        def chosen(number: int | None) -> None:
            if number is not None:
                self.make(lambda units: actions.set_language(article, LANGUAGES[number]), once=True)

        names = [f"{code} {language_name(code)}" for code in LANGUAGES]
        question = f"Which language is {article.title or article.path} in?"
        self.app.push_screen(Choose(question, names, LANGUAGES.index(article.language)), chosen)

    def _story_articles(self) -> list[Article]:
        """Return the articles of the current unit's story: languages that the unit lacks, then the chosen passage's."""
        if self.current is None:
            return []
        story_id = self.current.story_id
        members = [article for article in self.project.articles() if article.story_id == story_id]
        own = {variant.article_id for variant in self.current.variants}
        first = self.current.variants[self.passage].article_id if self.passage < len(self.current.variants) else 0

        def key(article: Article) -> tuple[bool, bool, int]:
            lacking = article.language not in self.current.languages if self.current else False
            return (not lacking, article.id != first and article.id in own, article.id)

        return sorted(members, key=key)

    def _near(self) -> float | None:
        """Return where in its article the current unit stands, from 0 to 1."""
        if self.current is None or not self.current.variants:
            return None
        variant = self.current.variants[0]
        segments = self.desk.segments(variant.article_id)
        place = next((n for n, segment in enumerate(segments) if segment.id in variant.segment_ids), 0)
        return place / max(1, len(segments) - 1)

    def action_put_in(self) -> None:
        """Put in a segment chosen from an article of the story."""
        unit = self.current
        if unit is None:
            return

        def chosen(segment: Segment | None) -> None:
            if segment is not None:
                self.make(lambda units: self.desk.put_in(units[0], [segment]), once=True)

        own = [segment for variant in unit.variants for segment in self.desk.around(variant, 0).inside]
        but = {segment.id for segment in own}
        picker = Picker(self.desk, "Put in:", self._story_articles(), own, near=self._near(), but=but)
        self.app.push_screen(picker, chosen)

    def action_link(self) -> None:
        """Make a new unit of segments that are in none, one article after the other."""
        if self.current is not None:
            self._pick_for_link([], self._story_articles())

    def _pick_for_link(self, picked: list[Segment], articles: list[Article]) -> None:
        def chosen(segment: Segment | None) -> None:
            if segment is not None:
                rest = [article for article in articles if article.id != segment.article_id]
                if rest:
                    self._pick_for_link([*picked, segment], rest)
                else:
                    self._link([*picked, segment])
            elif picked:
                self._link(picked)

        question = "Connect:" if not picked else "with (Escape when done):"
        picker = Picker(self.desk, question, articles, picked, near=self._near(), loose_only=True)
        self.app.push_screen(picker, chosen)

    def _link(self, picked: list[Segment]) -> None:
        position = self.current.position + 1 if self.current else 0
        action = self.make(lambda _: self.desk.link(picked, position), once=True)
        if action is not None:
            self._go_to_touched(action)

    # Back and forth

    def action_undo(self) -> None:
        """Undo."""
        self._reversed(self.desk.undo, "there is nothing to undo")

    def action_redo(self) -> None:
        """Redo."""
        self._reversed(self.desk.redo, "there is nothing to redo")

    def _reversed(self, doing: Callable[[], Action | None], nothing: str) -> None:
        action = self.attempt(doing)
        if action is None:
            self.say(nothing)
            return
        self._go_to_touched(action)
        self.say(f"{action.kind}: change {action.undoes}")

    def _go_to_touched(self, action: Action) -> None:
        touched = [int(key[5:]) for key, state in action.after.items() if key.startswith("unit:") and state]
        place = self.pages.place(touched[0], self.place) if touched else None
        if place is not None:
            self.look_at(place)

    def action_repeat(self) -> None:
        """Repeat the last correction here."""
        units = self.chosen()
        self.attempt(lambda: self.desk.repeat(units))
