"""Glossary: browse, search, add, edit and remove concepts, and see where a term occurs."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.screens.concordance import Concordance
from tui.screens.dialogs import Ask
from tui.screens.listing import Listing
from tui.texts import clip, shown
from workbench.errors import GlossaryError, WorkbenchError
from workbench.glossary import terms
from workbench.languages import LANGUAGES
from workbench.languages import parse as parse_language
from workbench.model import Concept, Term, TermStatus

_HINT = "bg: мост; uk: міст; ru: мост; en: bridge   (several of a language: write it again)"


class Glossary(Listing):
    """Lists concepts with their terms; Enter shows where a concept's terms occur."""

    PLACEHOLDER = "search terms and definitions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "edit", "Edit", priority=True),
        Binding("f3", "add", "Add", priority=True),
        Binding("f4", "remove", "Remove", priority=True),
    ]

    def fill(self) -> None:
        """List the concepts that the search finds."""
        everything = self.project.concepts()
        self._concepts = found = terms.search(everything, self.typed)
        self.head(f"Glossary: {len(found):,} of {len(everything):,} concepts")
        self.put_drawn(len(found), lambda number: self._line(found[number]))
        self.foot("" if everything else "The glossary is empty: F3 adds a concept.")

    def _line(self, concept: Concept) -> Text:
        line = Text(end="")
        line.append(f"{clip(concept.key, 24):<24} ", "dim")
        for code in LANGUAGES:
            named = [term for term in concept.terms if term.language == code]
            if named:
                line.append(f"{code} ", "dim")
                line.append(", ".join(_printed(term) for term in named) + "  ")
        line.append(shown(concept.definition), "italic")
        return line

    def on_lines_moved(self) -> None:
        """Show the rest of a concept under the list."""
        concept = self._chosen()
        if concept is not None:
            about = [concept.subject, concept.definition, concept.note, concept.source]
            self.foot(shown("  ·  ".join(part for part in about if part)))

    def _chosen(self) -> Concept | None:
        number = self.highlighted
        return self._concepts[number] if number is not None and number < len(self._concepts) else None

    def choose(self, number: int) -> None:
        """Show where the first term of a concept occurs."""

        def chosen(unit_id: int | None) -> None:
            if unit_id is not None:
                self.dismiss(unit_id)

        concept = self._concepts[number]
        if concept.terms:
            self.app.push_screen(Concordance(self.project, concept.terms[0].text), chosen)

    def action_add(self) -> None:
        """Add a concept."""

        def answered(text: str | None) -> None:
            if text and text.strip():
                self._save(Concept("", ()), text)

        self.app.push_screen(Ask("New concept", self.typed and f"bg: {self.typed}; en: ", _HINT), answered)

    def action_edit(self) -> None:
        """Change the terms of a concept."""
        concept = self._chosen()
        if concept is None:
            return

        def answered(text: str | None) -> None:
            if text and text.strip():
                self._save(concept, text)

        written = "; ".join(f"{term.language}: {term.text}" for term in concept.terms)
        self.app.push_screen(Ask(f"Terms of {concept.key}", written, _HINT), answered)

    def _save(self, concept: Concept, text: str) -> None:
        try:
            changed = replace(concept, terms=tuple(parse_terms(text, concept.terms)))
            if not changed.key:
                taken = [each.key for each in self.project.concepts()]
                changed = replace(changed, key=terms.new_key(changed, taken))
            self.project.save_concepts([terms.validated(changed)])
        except WorkbenchError as error:
            self.app.notify(shown(f"{error.message}\n{error.hint}"), severity="warning", markup=False)
        self.fill()

    def action_remove(self) -> None:
        """Remove a concept."""
        concept = self._chosen()
        if concept is None:
            return

        def answered(text: str | None) -> None:
            if text is not None and text.strip().casefold() in ("y", "yes"):
                self.project.remove_concept(concept.key)
                self.fill()

        self.app.push_screen(Ask(f"Remove {concept.key}? Write yes."), answered)


def parse_terms(text: str, known: Iterable[Term] = ()) -> list[Term]:
    """Read terms as `bg: мост; en: bridge`; a term that is known keeps all that is said of it.

    Raises:
        GlossaryError: A part has no language, or there is no term at all.
    """
    kept = {(term.language, term.text): term for term in known}
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        code, colon, word = part.partition(":")
        if not colon or not word.strip():
            raise GlossaryError(f"'{part}' is not a term with its language", _HINT)
        language = parse_language(code)
        found.append(kept.get((language, word.strip()), Term(language, word.strip())))
    if not found:
        raise GlossaryError("a concept needs a term", _HINT)
    return found


def _printed(term: Term) -> str:
    usable = term.status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
    return shown(term.text) if usable else f"✗{shown(term.text)}"
