"""The editor of a unit's English, or of a passage's text, with what the machine offers at hand."""

import os
import shlex
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Footer, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from tui.inspection import Inspection
from tui.texts import COMMANDING, cleaned, shown
from workbench.errors import WorkbenchError
from workbench.model import Unit, Variant
from workbench.project import Project

_DRAFT_AFTER = 0.4
#: What an editor gives back: the unit as it was seen, the article of the passage (0 for the English), the text.
Edited = tuple[Unit, int, str]


class SafeArea(TextArea):
    """A text area in which pasted control characters are only shown."""

    def get_line(self, line_index: int) -> Text:
        """Return a line with a stand-in for each character that a terminal would obey."""
        line = super().get_line(line_index)
        return Text("".join("�" if COMMANDING.match(char) else char for char in line.plain), end="", no_wrap=True)


class Editor(ModalScreen[Edited | None]):
    """Edits one text. What is typed is kept as a draft, so that nothing is lost with the program."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2,ctrl+ы,ctrl+і,ctrl+я,ctrl+с", "save", "Save", key_display="^s/F2", priority=True),
        Binding("escape", "leave", "Leave", priority=True),
        Binding("ctrl+n,f3", "offer(1)", "Next offer", key_display="^n/F3", priority=True),
        Binding("ctrl+p,f4", "offer(-1)", "Previous", key_display="^p/F4", priority=True),
        Binding("ctrl+o,f5", "external", "$EDITOR", key_display="^o/F5", priority=True),
        Binding("f8", "discard", "Discard draft", priority=True),
    ]

    class Remembered(Message):
        """The memory has human English for a text nearly the same."""

        def __init__(self, found: list[tuple[str, str, str]]) -> None:
            super().__init__()
            self.found = found

    def __init__(self, project: Project, inspection: Inspection, unit: Unit, variant: Variant | None) -> None:
        super().__init__()
        self._project, self._inspection, self._unit, self._variant = project, inspection, unit, variant
        self._saved = cleaned(variant.text if variant else unit.english)
        self._plain = " ".join(self._saved.split())
        self._article_id = variant.article_id if variant else 0
        self._offers = [] if variant else [(label, cleaned(text)) for label, text in offers(project, unit)]
        self._draft = project.drafts().get((unit.id, self.field(self._article_id)))
        self._timer: Timer | None = None

    @staticmethod
    def field(article_id: int) -> str:
        """Return the name under which drafts of a text are kept."""
        return f"text:{article_id}" if article_id else "english"

    def compose(self) -> ComposeResult:
        """Lay the editor out: sources above, text in the middle, offers below."""
        with Vertical(classes="editor"):
            for variant in self._unit.variants:
                chosen = variant is self._variant
                line = Text(f"{variant.language} ", "bold" if chosen else "dim")
                line.append(shown(variant.text), "" if self._variant is None else "dim")
                yield Static(line, classes="source")
            yield SafeArea(self._draft or self._saved, soft_wrap=True, show_line_numbers=False, id="text")
            state = "A draft of yours was kept; F8 discards it." if self._draft is not None else ""
            yield Static(Content(state), id="state")
            if self._variant is None:
                options = OptionList(*(_option(label, text) for label, text in self._offers), id="offers")
                options.display = bool(self._offers)
                yield options
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        if self._offers:
            texts = [text for _, text in self._offers]
            chosen = texts.index(area.text) if area.text in texts else None
            self.query_one("#offers", OptionList).highlighted = chosen
        if self._variant is None:
            self.remember()

    @work(thread=True, group="memory", exclusive=True, exit_on_error=False)
    def remember(self) -> None:
        """Ask the memory for texts nearly the same; without an answer nothing is offered."""
        with suppress(WorkbenchError):
            self.post_message(self.Remembered(self._inspection.remembered(self._unit.id)))

    def on_editor_remembered(self, message: Remembered) -> None:
        """Add to the offers what the memory has."""
        known = {text for _, text in self._offers}
        fresh = [(label, cleaned(english), differs) for label, english, differs in message.found]
        fresh = [entry for entry in fresh if entry[1] not in known]
        options = self.query_one("#offers", OptionList)
        options.add_options(_option(*entry) for entry in fresh)
        self._offers += [(label, english) for label, english, _ in fresh]
        options.display = bool(self._offers)

    @property
    def text(self) -> str:
        """The text as it stands, on one line as segments are."""
        return " ".join(cleaned(self.query_one(TextArea).text).split())

    def on_text_area_changed(self) -> None:
        """Keep a draft a moment after the last key."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_DRAFT_AFTER, self._keep)

    def _keep(self) -> None:
        try:
            if self.text != self._plain:
                self._project.save_draft(self._unit.id, self.field(self._article_id), self.text)
            else:
                self._forget()
        except WorkbenchError as error:
            self.query_one("#state", Static).update(Content(shown(f"The draft is not kept: {error.message}")))

    def _forget(self) -> None:
        self._project.drop_draft(self._unit.id, self.field(self._article_id))

    def action_save(self) -> None:
        """Hand the text over; the draft stays until the change is made."""
        self._keep()
        self.dismiss((self._unit, self._article_id, self.text) if self.text != self._plain else None)

    def action_leave(self) -> None:
        """Leave; what was typed stays as a draft."""
        self._keep()
        if self.text != self._plain:
            self.app.notify("Not saved; the draft is kept and offered again.", markup=False)
        self.dismiss(None)

    def action_discard(self) -> None:
        """Throw the draft away and show the text as it is saved."""
        self.query_one(TextArea).text = self._saved
        self._forget()
        self.query_one("#state", Static).update(Content(""))

    def action_offer(self, step: int) -> None:
        """Put the next of the machine's renderings into the editor."""
        if not self._offers:
            return
        options = self.query_one("#offers", OptionList)
        number = -1 if options.highlighted is None and step > 0 else options.highlighted or 0
        options.highlighted = (number + step) % len(self._offers)
        self._put(self._offers[options.highlighted][1])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Put the chosen rendering into the editor."""
        self._put(self._offers[event.option_index][1])
        self.query_one(TextArea).focus()

    def _put(self, text: str) -> None:
        area = self.query_one(TextArea)
        area.replace(text, area.document.start, area.document.end)
        area.move_cursor(area.document.end)

    def action_external(self) -> None:
        """Edit the text in $EDITOR."""
        program = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not program:
            self.app.notify("No editor is set: set EDITOR in the shell.", markup=False)
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "text.txt"
            path.write_text(self.query_one(TextArea).text, encoding="utf-8")
            with self.app.suspend():
                done = subprocess.run([*shlex.split(program), str(path)], check=False)
            if done.returncode == 0:
                self._put(path.read_text(encoding="utf-8", errors="replace").rstrip("\n"))


def _option(label: str, text: str, differs: str = "") -> Option:
    """One offer; of a remembered text also in what its source differs from this one."""
    line = Text(f"{label:<8} {shown(text)}")
    if differs:
        line.append(f"  ({shown(differs)})", "dim")
    return Option(line)


def offers(project: Project, unit: Unit) -> list[tuple[str, str]]:
    """Return the machine's renderings of a unit's passages, each with its language: the best, then the n-best."""
    found = project.renderings(key for variant in unit.variants for key in variant.segment_ids)
    best, rest = [], []
    for variant in unit.variants:
        parts = [found[key] for key in variant.segment_ids if key in found]
        if len(parts) < len(variant.segment_ids):
            continue
        best.append((variant.language, " ".join(part.text for part in parts)))
        if len(parts) == 1:
            rest += [(variant.language, other.text) for other in parts[0].alternatives]
    texts: dict[str, str] = {}
    for label, text in [*best, *rest]:
        texts[text] = f"{texts[text]},{label}" if text in texts and label not in texts[text] else texts.get(text, label)
    return [(label, text) for text, label in texts.items()]
