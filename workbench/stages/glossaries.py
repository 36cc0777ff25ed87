"""The glossary on its way in and out: the starter, files of other tools, and candidates from the project's texts."""

from pathlib import Path

from workbench import packaged
from workbench.database import Database, articles, concepts, segments
from workbench.exchange import Context, Skipped, format_of
from workbench.glossary.extraction import Candidate, candidates
from workbench.model import Concept
from workbench.text import norm


def load_starter(database: Database) -> int:
    """Store the concepts that come with the workbench; return how many."""
    table = next(path for path in packaged.starter_glossary() if path.suffix == ".csv")
    stored, _ = load(database, table, "glossary-csv")
    return stored


def load(database: Database, path: Path, format_name: str = "") -> tuple[int, list[Skipped]]:
    """Store the concepts of a file, each in place of the one with the same key.

    Returns:
        How many were stored, and what was skipped and why.

    Raises:
        ExchangeError: The file cannot be read; nothing is stored then.
    """
    found: list[Concept] = []
    skipped: list[Skipped] = []
    for value in format_of(format_name, path, holds="concepts").load(path):
        if isinstance(value, Skipped):
            skipped.append(value)
        else:
            found.append(value)
    return concepts.save(database, found), skipped


def save(database: Database, path: Path, format_name: str = "") -> int:
    """Write all concepts to a file; return how many.

    Raises:
        ExchangeError: The file cannot be written; an older one then stays as it was.
    """
    chosen = format_of(format_name, path, holds="concepts")
    return chosen.save(concepts.every(database), path, Context())[0]


def extract(database: Database, language: str | None, limit: int) -> list[Candidate]:
    """Return term candidates from the texts that take part in alignment, the likeliest first.

    Terms of the glossary and ignored candidates are left out.
    """
    known = {(term.language, norm(term.text)) for concept in concepts.every(database) for term in concept.terms}
    passed_over = known | concepts.ignored(database)
    found: list[Candidate] = []
    for code in [language] if language else articles.languages(database):
        texts = segments.texts_in(database, code)
        found += [c for c in candidates(texts, code) if (code, norm(c.text)) not in passed_over]
    return sorted(found, key=lambda c: (-c.score, c.language, c.text))[:limit]
