"""The form of a concept: its terms in every language, taken from marked words of a unit's passages or typed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, cast

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static, TextArea

from tui.screens.editor import SafeArea
from tui.texts import PRINTING, cleaned, shown
from workbench.errors import WorkbenchError
from workbench.glossary import terms
from workbench.languages import EN, LANGUAGES
from workbench.model import Concept, Term, TermStatus
from workbench.project import Project

_FORBIDDEN = "!"


class ConceptForm(ModalScreen[bool]):
    """Edits one concept and saves it; gives whether it was saved.

    Where a unit's passages are given, words marked in a passage become the term of its language.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2,ctrl+ы,ctrl+і,ctrl+я,ctrl+с", "save", "Save", key_display="^s/F2", priority=True),
        Binding("escape", "leave", "Leave", priority=True),
        Binding("f4", "dictionary", "Dictionary form", priority=True),
    ]

    class Formed(Message):
        """The dictionary forms of the terms of a language."""

        def __init__(self, code: str, written: str, formed: str) -> None:
            super().__init__()
            self.code, self.written, self.formed = code, written, formed

    def __init__(
        self, project: Project, concept: Concept, passages: Mapping[str, str] | None = None, first: str = ""
    ) -> None:
        super().__init__()
        self._project, self._concept, self._first = project, concept, first
        self._passages = {code: cleaned(text) for code, text in (passages or {}).items() if text.strip()}

    def compose(self) -> ComposeResult:
        """Lay the form out: for each language its passage, if there is one, and its terms."""
        title = f"Concept {self._concept.key}" if self._concept.key else "New concept"
        with VerticalScroll(classes="editor"):
            yield Static(Content(shown(title)), classes="question")
            for code in LANGUAGES:
                if code in self._passages:
                    yield SafeArea(
                        self._passages[code],
                        read_only=True,
                        soft_wrap=True,
                        show_line_numbers=False,
                        classes="passage",
                        id=f"passage-{code}",
                    )
                yield from self._field(code, f"term-{code}", written(self._concept, code))
            yield from self._field("definition", "definition", self._concept.definition)
            yield from self._field("note", "note", self._concept.note)
            hint = "Mark words with Shift and the arrows, or with the mouse. " if self._passages else ""
            yield Static(Content(f"{hint}Several terms: one; other. A term to avoid: !word"), classes="hint")
        yield Footer(compact=True, show_command_palette=False)

    def _field(self, label: str, name: str, value: str) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Static(Text(label), classes="label")
            yield Input(cleaned(value), id=name, restrict=PRINTING, select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        """Begin with the passage that the reviewer was at."""
        code = self._first if self._first in self._passages else next(iter(self._passages), "")
        self.query_one(f"#passage-{code}" if code else f"#term-{LANGUAGES[0]}").focus()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Take the marked words, whole, as the term of the language."""
        area = event.text_area
        # A passage is one line: `cleaned` has no line breaks.
        text = whole_words(area.text, area.selection.start[1], area.selection.end[1])
        if text and area.id:
            self.query_one(f"#term-{area.id.removeprefix('passage-')}", Input).value = text

    def action_dictionary(self) -> None:
        """Put the Russian and Ukrainian terms into their dictionary forms."""
        for code in LANGUAGES:
            value = self.query_one(f"#term-{code}", Input).value
            if value.strip():
                self.look_up(code, value)

    @work(thread=True, group="dictionary", exit_on_error=False)
    def look_up(self, code: str, value: str) -> None:
        """Ask for the dictionary forms: the companion has the dictionaries."""
        from tui.app import DeskApp

        try:
            asked = cast(DeskApp, self.app).inspection
            formed = "; ".join(asked.dictionary_form(part.strip(), code) for part in value.split(";"))
            self.post_message(self.Formed(code, value, formed))
        except WorkbenchError:
            return

    def on_concept_form_formed(self, message: Formed) -> None:
        """Show the dictionary forms, unless something else was written meanwhile."""
        field = self.query_one(f"#term-{message.code}", Input)
        if field.value == message.written:
            field.value = message.formed

    def action_save(self) -> None:
        """Save the concept and leave, or say what is wrong with it."""
        found = [
            term
            for code in LANGUAGES
            for term in read_terms(code, self.query_one(f"#term-{code}", Input).value, self._concept)
        ]
        changed = replace(
            self._concept,
            terms=tuple(found),
            definition=self.query_one("#definition", Input).value.strip(),
            note=self.query_one("#note", Input).value.strip(),
        )
        try:
            if not changed.key:
                changed = replace(changed, key=terms.new_key(changed, (each.key for each in self._project.concepts())))
            self._project.save_concepts([terms.validated(changed)])
        except WorkbenchError as error:
            self.app.notify(shown(f"{error.message}\n{error.hint}".strip()), severity="warning", markup=False)
            return
        self.app.notify(shown(f"saved: {changed.key}"), markup=False, timeout=2)
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leave the concept as it was."""
        self.dismiss(False)


def written(concept: Concept, code: str) -> str:
    """Return the terms of a language as the form shows them."""
    avoided = (TermStatus.FORBIDDEN, TermStatus.DEPRECATED)
    found = [term for term in concept.terms if term.language == code]
    return "; ".join((_FORBIDDEN if term.status in avoided else "") + term.text for term in found)


def read_terms(code: str, text: str, concept: Concept) -> list[Term]:
    """Return the terms that a field of the form holds; a term that was there keeps all that was said of it."""
    known = {(part, term.text): term for term in concept.terms if term.language == code for part in [_sign(term)]}
    found: list[Term] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        sign = _FORBIDDEN if part.startswith(_FORBIDDEN) else ""
        word = part.removeprefix(_FORBIDDEN).strip()
        status = TermStatus.FORBIDDEN if sign else TermStatus.ADMITTED if found else TermStatus.PREFERRED
        found.append(known.get((sign, word), Term(code, word, status)))
    return found


def _sign(term: Term) -> str:
    return _FORBIDDEN if term.status in (TermStatus.FORBIDDEN, TermStatus.DEPRECATED) else ""


def whole_words(text: str, one: int, other: int) -> str:
    """Return the words of a text that lie between two places, even in part; nothing between equal places."""
    start, end = min(one, other), max(one, other)
    if start == end:
        return ""
    while start > 0 and (text[start - 1].isalnum() and text[start].isalnum()):
        start -= 1
    while end < len(text) and (text[end - 1].isalnum() and text[end].isalnum()):
        end += 1
    return text[start:end].strip(' \t.,;:!?«»„“”"()[]—–-')


def passages_of(variants: Mapping[str, str], english: str) -> dict[str, str]:
    """Return the texts of a unit by language, in the usual order, the English last."""
    return {**{code: variants[code] for code in LANGUAGES if code in variants}, **({EN: english} if english else {})}
