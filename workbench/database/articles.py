"""Articles, the bytes they came from, and the lines that occur in several of them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.database.connection import Database
from workbench.languages import LANGUAGES
from workbench.model import Article, Origin

_COLUMNS = (
    "id, path, format, title, text, language, language_confidence, language_origin, encoding, encoding_origin,"
    " published, url, sha256, version, story_id"
)


def _article(row: sqlite3.Row) -> Article:
    return Article(
        **{key: row[key] for key in row.keys() if key not in ("language_origin", "encoding_origin")},  # noqa: SIM118
        language_origin=Origin(row["language_origin"]),
        encoding_origin=Origin(row["encoding_origin"]),
    )


def every(database: Database, *, with_text: bool = True) -> list[Article]:
    """Return all articles in the order in which they were added; without their text where it is not needed."""
    columns = _COLUMNS if with_text else _COLUMNS.replace(" text,", " '' AS text,")
    return [_article(row) for row in database.rows(f"SELECT {columns} FROM article ORDER BY id")]


def by_ids(database: Database, ids: Iterable[int]) -> dict[int, Article]:
    """Return articles by id."""
    rows = database.rows_of(f"SELECT {_COLUMNS} FROM article WHERE id IN ({{marks}})", ids)
    return {row["id"]: _article(row) for row in rows}


def by_path(database: Database, path: str) -> Article | None:
    """Return the article that was read from a path."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM article WHERE path = ?", (path,))
    return _article(rows[0]) if rows else None


def by_sha256(database: Database, sha256: str) -> Article | None:
    """Return the article whose newest version has these bytes."""
    rows = database.rows(f"SELECT {_COLUMNS} FROM article WHERE sha256 = ? ORDER BY id", (sha256,))
    return _article(rows[0]) if rows else None


def languages(database: Database) -> tuple[str, ...]:
    """Return the languages of the project's articles, in the usual order."""
    found = {str(row["language"]) for row in database.rows("SELECT DISTINCT language FROM article")}
    return tuple(code for code in LANGUAGES if code in found)


def last_added(database: Database) -> str:
    """Return when a source was last read, or an empty string."""
    return str(database.value("SELECT max(added) FROM source") or "")


def save(database: Database, article: Article, content: bytes, now: str) -> Article:
    """Insert an article, or store a new version of it where it has an id; return it with its id."""
    row = {
        "path": article.path,
        "format": article.format,
        "title": article.title,
        "text": article.text,
        "language": article.language,
        "language_confidence": article.language_confidence,
        "language_origin": article.language_origin.value,
        "encoding": article.encoding,
        "encoding_origin": article.encoding_origin.value,
        "published": article.published,
        "url": article.url,
        "sha256": article.sha256,
        "version": article.version,
    }
    with database.write():
        table = database.tables.table("article")
        if article.id:
            table.update(article.id, row)
            article_id = article.id
        else:
            article_id = int(str(table.insert({**row, "added": now}).last_pk))
        database.tables.table("source").insert(
            {"article_id": article_id, "version": article.version, "content": content, "added": now}, replace=True
        )
    return replace(article, id=article_id)


def content(database: Database, article_id: int, version: int) -> bytes:
    """Return the bytes that a version of an article was read from."""
    value = database.value("SELECT content FROM source WHERE article_id = ? AND version = ?", (article_id, version))
    return value if isinstance(value, bytes) else b""


def set_language(database: Database, article_id: int, language: str, origin: Origin, confidence: float) -> None:
    """Record the language of an article."""
    with database.write():
        database.run(
            "UPDATE article SET language = ?, language_origin = ?, language_confidence = ? WHERE id = ?",
            (language, origin.value, confidence, article_id),
        )


def remove(database: Database, article_id: int) -> None:
    """Delete an article that no unit holds any more, and what hangs on it."""
    with database.write():
        database.run("DELETE FROM segment WHERE article_id = ?", (article_id,))
        database.run("DELETE FROM article WHERE id = ?", (article_id,))


def record_lines(database: Database, article_id: int, hashes: Sequence[str]) -> None:
    """Record which lines an article has, by hash, so that repetition across articles can be counted."""
    with database.write():
        database.run("DELETE FROM line WHERE article_id = ?", (article_id,))
        database.run_many(
            "INSERT OR IGNORE INTO line (hash, article_id) VALUES (?, ?)",
            [(line, article_id) for line in hashes],
        )


def count_line(database: Database, line_hash: str, other_than: int) -> int:
    """Return in how many other articles a line occurs."""
    return int(
        str(database.value("SELECT count(*) FROM line WHERE hash = ? AND article_id <> ?", (line_hash, other_than)))
    )
