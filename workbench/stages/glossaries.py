"""The glossary on its way in and out: the starter, files of other tools, and candidates from the project's texts."""

from pathlib import Path

from workbench import packaged
from workbench.database import Database, concepts
from workbench.exchange import Skipped, format_of
from workbench.model import Concept


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
