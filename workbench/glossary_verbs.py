"""The verbs of `Project` that keep its glossary."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.database import Database, concepts
from workbench.errors import GlossaryError
from workbench.model import Concept

if TYPE_CHECKING:
    from workbench.exchange import Skipped
    from workbench.glossary import Matcher, Merged
    from workbench.stages.occurrences import Found


class GlossaryVerbs:
    """What can be done with the glossary of an open project; `Project` inherits it."""

    _database: Database

    def concepts(self) -> list[Concept]:
        """Return the project's glossary."""
        return concepts.every(self._database)

    def save_concepts(self, wanted: Iterable[Concept]) -> int:
        """Store concepts, each in place of the one with the same key; return how many."""
        return concepts.save(self._database, wanted)

    def load_starter_glossary(self) -> int:
        """Put the concepts that come with the workbench into an empty glossary; return how many."""
        from workbench.stages import glossaries

        return 0 if self.concepts() else glossaries.load_starter(self._database)

    def import_concepts(self, path: str | Path, format_name: str = "") -> tuple[int, list["Skipped"]]:
        """Read the concepts of a file; return how many, and what was skipped and why.

        Raises:
            ExchangeError: The file cannot be read; nothing is stored then.
        """
        from workbench.stages import glossaries

        return glossaries.load(self._database, Path(path), format_name)

    def merge_concepts(self, path: str | Path, format_name: str = "") -> tuple["Merged", list["Skipped"]]:
        """Bring the concepts of a file in without overwriting any; return what changed and what was skipped.

        Raises:
            ExchangeError: The file cannot be read; nothing is stored then.
        """
        from workbench.stages import glossaries

        return glossaries.merge(self._database, Path(path), format_name)

    def export_concepts(self, path: str | Path, format_name: str = "", *, pair: tuple[str, str] | None = None) -> int:
        """Write the glossary to a file; return the number of concepts.

        Raises:
            UsageError: The format holds one language pair, and none is named.
            ExchangeError: The file cannot be written; an older one then stays as it was.
        """
        from workbench.stages import glossaries

        return glossaries.save(self._database, Path(path), format_name, pair)

    def ignore_candidate(self, language: str, text: str) -> None:
        """Never return a term candidate again."""
        from workbench.stages import glossaries

        glossaries.ignore(self._database, language, text)

    def remove_concept(self, key: str) -> bool:
        """Delete a concept; return whether there was one."""
        return concepts.remove(self._database, key)

    def occurrences(self, key: str, limit: int = 5000) -> list["Found"]:
        """Return where the terms of a concept occur, in every inflected form, at most `limit` for each term.

        Raises:
            GlossaryError: There is no such concept.
        """
        from workbench.stages import occurrences

        concept = next((each for each in self.concepts() if each.key.casefold() == key.casefold()), None)
        if concept is None:
            raise GlossaryError(f"the glossary has no concept '{key}'", "See: workbench glossary list PROJECT")
        return occurrences.occurrences(self._database, concept, limit)

    def matcher(self) -> "Matcher | None":
        """Return what finds the terms of the glossary in texts, as it is now; None where the glossary is empty."""
        from workbench.stages import checking

        return checking.matcher(self._database)
