"""Where the terms of a concept occur, in every form."""

from rich.text import Text
from textual import work
from textual.message import Message

from tui.inspection import Inspection
from tui.screens.concordance import context_line
from tui.screens.listing import Listing
from workbench.errors import WorkbenchError
from workbench.model import Concept, Span
from workbench.project import Project


class Occurrences(Listing):
    """Shows every occurrence with what stands around it; Enter goes to the unit."""

    class Found(Message):
        """The companion has looked."""

        def __init__(self, places: list[tuple[str, str, Span, int | None]], trouble: str = "") -> None:
            super().__init__()
            self.places, self.trouble = places, trouble

    def __init__(self, project: Project, inspection: Inspection, concept: Concept) -> None:
        super().__init__(project)
        self._inspection, self._concept = inspection, concept
        self._places: list[tuple[str, str, Span, int | None]] = []

    def fill(self) -> None:
        """Look for the terms in the background."""
        self.head(f"Occurrences of {self._concept.key}: looking …")
        self.look()

    @work(thread=True, group="occurrences", exclusive=True, exit_on_error=False)
    def look(self) -> None:
        """Ask the companion, which has the dictionaries."""
        try:
            self.post_message(self.Found(self._inspection.occurrences(self._concept.key)))
        except WorkbenchError as error:
            self.post_message(self.Found([], error.message))

    def on_occurrences_found(self, message: Found) -> None:
        """Show what was found."""
        self._places = message.places
        self.head(f"Occurrences of {self._concept.key}: {len(self._places)}")
        self.put_drawn(len(self._places), self._line)
        self.foot(message.trouble or ("" if self._places else "No text of the project has a term of this concept."))

    def _line(self, number: int) -> Text:
        language, text, span, unit_id = self._places[number]
        parts = text[: span.start], text[span.start : span.end], text[span.end :]
        return context_line(language, unit_id, parts, self.size.width - 4)

    def choose(self, number: int) -> None:
        """Go to the unit of an occurrence."""
        unit_id = self._places[number][3]
        if unit_id is None:
            self.app.notify("No unit holds this segment.", markup=False)
        else:
            self.dismiss(unit_id)
