"""Bringing source files into the project: new articles, newer versions of known ones, and what was passed over."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from workbench import ingest
from workbench.database import Database, articles, segments
from workbench.errors import IngestError
from workbench.model import Article, Origin
from workbench.progress import Progress, tracked
from workbench.text import norm, text_hash


class Outcome(StrEnum):
    """What became of a source file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source file, and why.

    `article` is the article as it stands, without its text (for a duplicate, the one with the same bytes); None where
    the file was refused, and then `remarks` holds the reason and `hint` what to do.
    """

    path: str
    outcome: Outcome
    article: Article | None = None
    remarks: tuple[str, ...] = ()
    hint: str = ""


def add_files(
    database: Database,
    paths: Sequence[Path],
    now: str,
    progress: Progress,
    *,
    encoding: str | None = None,
    language: str | None = None,
    srx: Path | None = None,
) -> Iterator[Added]:
    """Read files into the project, one transaction a file; a file that cannot be read is reported, not raised."""
    for path in tracked(paths, progress, "Reading articles", len(paths)):
        name = _stored_path(database, path)
        try:
            content = ingest.load(path)
            yield add_content(database, content, name, now, encoding=encoding, language=language, srx=srx)
        except IngestError as error:
            yield Added(name, Outcome.REFUSED, remarks=(error.message,), hint=error.hint)


def _stored_path(database: Database, path: Path) -> str:
    """Name a source by its path beneath the project's folder where it lies there, by its whole path otherwise."""
    whole = Path(os.path.abspath(path))
    home = Path(os.path.abspath(database.path)).parent
    return whole.relative_to(home).as_posix() if whole.is_relative_to(home) else whole.as_posix()


def add_content(
    database: Database,
    content: bytes,
    name: str,
    now: str,
    *,
    encoding: str | None = None,
    language: str | None = None,
    srx: Path | None = None,
) -> Added:
    """Read one source into the project.

    Raises:
        IngestError: It cannot be read as an article.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    known = articles.by_path(database, name)
    twin = known if known and known.sha256 == sha256 else articles.by_sha256(database, sha256)
    overruled = encoding is not None or language is not None or srx is not None
    if twin is not None and not (overruled and known):
        if twin.path == name:
            return Added(name, Outcome.UNCHANGED, twin)
        return Added(name, Outcome.DUPLICATE, twin, (f"the same file as {twin.path}",))
    if language is None and known and known.language_origin is Origin.REVIEWER:
        language = known.language
    own_id = known.id if known else 0
    reading = ingest.read(
        content,
        name,
        encoding=encoding,
        language=language,
        repeated=lambda line: articles.count_line(database, text_hash(line), own_id),
        srx=srx,
    )
    article = replace(reading.article, path=name, sha256=sha256, id=own_id, version=known.version + 1 if known else 1)
    with database.write():
        stored = articles.save(database, article, content, now)
        segments.replace_all(database, stored.id, reading.segments)
        articles.record_lines(database, stored.id, sorted({text_hash(norm(s.text)) for s in reading.segments}))
    # Without its text: thousands of results are kept until all files are read.
    outcome = Outcome.UPDATED if known else Outcome.ADDED
    return Added(name, outcome, replace(stored, text=""), reading.remarks)
