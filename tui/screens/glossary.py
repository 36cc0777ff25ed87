"""Glossary: browse, search, add, edit and remove concepts, and see where a term occurs."""

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from tui.inspection import Inspection
from tui.screens.concept import ConceptForm
from tui.screens.dialogs import Ask
from tui.screens.listing import Listing
from tui.screens.occurrences import Occurrences
from tui.texts import clip, shown
from workbench.glossary import terms
from workbench.languages import LANGUAGES
from workbench.model import Concept, Term, TermStatus
from workbench.project import Project


class Glossary(Listing):
    """Lists concepts with their terms; Enter shows where a concept's terms occur."""

    PLACEHOLDER = "search terms and definitions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "edit", "Edit", priority=True),
        Binding("f3", "add", "Add", priority=True),
        Binding("f4", "remove", "Remove", priority=True),
    ]

    def __init__(self, project: Project, inspection: Inspection) -> None:
        super().__init__(project)
        self._inspection = inspection

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
        """Show where the terms of a concept occur."""

        def chosen(unit_id: int | None) -> None:
            if unit_id is not None:
                self.dismiss(unit_id)

        self.app.push_screen(Occurrences(self.project, self._inspection, self._concepts[number]), chosen)

    def action_add(self) -> None:
        """Add a concept."""
        self._open(Concept("", ()))

    def action_edit(self) -> None:
        """Change a concept."""
        concept = self._chosen()
        if concept is not None:
            self._open(concept)

    def _open(self, concept: Concept) -> None:
        def answered(saved: bool | None) -> None:
            if saved:
                self.fill()

        self.app.push_screen(ConceptForm(self.project, concept), answered)

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


def _printed(term: Term) -> str:
    usable = term.status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
    return shown(term.text) if usable else f"✗{shown(term.text)}"
