"""The glossary on its way in and out: the starter, files of other tools, and candidates from the project's texts."""

from pathlib import Path

from workbench import glossary, packaged
from workbench.database import Database, articles, concepts, segments
from workbench.exchange import Context, Skipped, format_of
from workbench.glossary import EncodeWords, Matcher, Merged, Proposal, Sentence
from workbench.model import Concept, UnitQuery
from workbench.progress import Progress
from workbench.stages import exporting
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
    found, skipped = _read(path, format_name)
    return concepts.save(database, found), skipped


def merge(database: Database, path: Path, format_name: str = "") -> tuple[Merged, list[Skipped]]:
    """Bring the concepts of a file in without overwriting any of the project's.

    Raises:
        ExchangeError: The file cannot be read; nothing is stored then.
    """
    found, skipped = _read(path, format_name)
    merged = glossary.merge(concepts.every(database), found)
    touched = {*merged.added, *merged.changed}
    concepts.save(database, (concept for concept in merged.concepts if concept.key in touched))
    return merged, skipped


def _read(path: Path, format_name: str) -> tuple[list[Concept], list[Skipped]]:
    found: list[Concept] = []
    skipped: list[Skipped] = []
    for value in format_of(format_name, path, holds="concepts").load(path):
        (skipped if isinstance(value, Skipped) else found).append(value)
    return found, skipped


def save(database: Database, path: Path, format_name: str = "", pair: tuple[str, str] | None = None) -> int:
    """Write all concepts to a file, or those of a language pair where the format holds one; return how many.

    Raises:
        UsageError: The format needs a pair.
        ExchangeError: The file cannot be written; an older one then stays as it was.
    """
    chosen = format_of(format_name, path, holds="concepts")
    return chosen.save(concepts.every(database), path, Context(pair=pair))[0]


def extract(
    database: Database, words: EncodeWords, language: str | None, limit: int, progress: Progress
) -> list[Proposal]:
    """Propose concepts from the project's texts, the likeliest first.

    Aligned units give equivalents across languages; what occurs outside them is proposed by itself. Terms of the
    glossary and candidates that the user ignored are left out.

    Raises:
        Cancelled: The user asked to stop.
    """
    matcher = Matcher(concepts.every(database))
    passed_over = concepts.ignored(database)
    wanted_units = list(exporting.stream(database, UnitQuery()))
    held = {number for unit in wanted_units for variant in unit.variants for number in variant.segment_ids}
    loose = (
        Sentence(-number, code, text)
        for code in articles.languages(database)
        for number, _, text in segments.aligned_in(database, code)
        if number not in held
    )
    proposals = glossary.extract(wanted_units, words, loose=loose, glossary=matcher, progress=progress)
    wanted = [
        proposal
        for proposal in proposals
        if all((one.language, norm(one.text)) not in passed_over for one in proposal.candidates)
        and (language is None or any(one.language == language for one in proposal.candidates))
    ]
    return sorted(wanted, key=lambda proposal: (-len(proposal.candidates), -proposal.score))[:limit]


def ignore(database: Database, language: str, text: str) -> None:
    """Never propose a candidate again."""
    concepts.ignore(database, language, norm(text))
