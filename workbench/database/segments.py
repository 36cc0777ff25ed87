"""Segments: written once, kept for as long as a unit needs them."""

import sqlite3
from collections.abc import Iterable, Sequence

from workbench.database.connection import Database
from workbench.model import Kind, Origin, Segment
from workbench.text import norm, text_hash

_COLUMNS = "id, article_id, position, start, end, text, kind, paragraph, duplicate_of"
_ALIGNED = "retired = 0 AND duplicate_of IS NULL AND kind IN ('headline', 'subheading', 'body')"


def _segment(row: sqlite3.Row) -> Segment:
    return Segment(
        position=row["position"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        kind=Kind(row["kind"]),
        paragraph=row["paragraph"],
        duplicate_of=row["duplicate_of"],
        article_id=row["article_id"],
        id=row["id"],
    )


def of_article(database: Database, article_id: int) -> list[Segment]:
    """Return the segments of an article's newest version, in reading order."""
    sql = f"SELECT {_COLUMNS} FROM segment WHERE article_id = ? AND retired = 0 ORDER BY position"
    return [_segment(row) for row in database.rows(sql, (article_id,))]


def by_ids(database: Database, ids: Iterable[int]) -> dict[int, Segment]:
    """Return segments by id, retired ones too."""
    rows = database.rows_of(f"SELECT {_COLUMNS} FROM segment WHERE id IN ({{marks}})", ids)
    return {row["id"]: _segment(row) for row in rows}


def count_by_kind(database: Database) -> dict[int, dict[str, int]]:
    """Return, for each article, how many segments of each kind its newest version has."""
    counts: dict[int, dict[str, int]] = {}
    sql = "SELECT article_id, kind, count(*) AS n FROM segment WHERE retired = 0 GROUP BY article_id, kind"
    for row in database.rows(sql):
        counts.setdefault(row["article_id"], {})[row["kind"]] = row["n"]
    return counts


def replace_all(database: Database, article_id: int, segments: Sequence[Segment]) -> None:
    """Make `segments` the newest version of an article's segmentation.

    A segment whose text stays keeps its id (and so its place in units); one that is gone is retired where a unit
    holds it and deleted otherwise. A reviewer's choice of kind is kept while the text stays.
    """
    with database.write():
        old = database.rows(
            "SELECT id, hash, kind, kind_origin FROM segment WHERE article_id = ? ORDER BY retired, position",
            (article_id,),
        )
        unused: dict[str, list[sqlite3.Row]] = {}
        for row in old:
            unused.setdefault(row["hash"], []).append(row)
        fresh, kept = [], []
        for segment in segments:
            key = text_hash(segment.text)
            candidates = unused.get(key)
            if candidates:
                kept.append((segment, candidates.pop(0)))
            else:
                fresh.append((segment, key))
        _update(database, kept)
        _retire(database, [row["id"] for rows in unused.values() for row in rows])
        database.run_many(
            "INSERT INTO segment (article_id, position, start, end, paragraph, text, norm, hash, kind, duplicate_of)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (article_id, s.position, s.start, s.end, s.paragraph, s.text, norm(s.text), key, s.kind.value,
                 s.duplicate_of)
                for s, key in fresh
            ],
        )  # fmt: skip


def _update(database: Database, kept: Sequence[tuple[Segment, sqlite3.Row]]) -> None:
    database.run_many(
        "UPDATE segment SET position = ?, start = ?, end = ?, paragraph = ?, duplicate_of = ?, retired = 0, kind = ?"
        " WHERE id = ?",
        [
            (
                segment.position,
                segment.start,
                segment.end,
                segment.paragraph,
                segment.duplicate_of,
                row["kind"] if row["kind_origin"] == Origin.REVIEWER.value else segment.kind.value,
                row["id"],
            )
            for segment, row in kept
        ],
    )


def _retire(database: Database, ids: Sequence[int]) -> None:
    held = "SELECT segment_id FROM variant_segment"
    database.run_many(f"UPDATE segment SET retired = 1 WHERE id = ? AND id IN ({held})", [(key,) for key in ids])
    database.run_many(f"DELETE FROM segment WHERE id = ? AND id NOT IN ({held})", [(key,) for key in ids])


def set_kind(database: Database, segment_id: int, kind: Kind, origin: Origin) -> None:
    """Record what a segment is."""
    with database.write():
        database.run(
            "UPDATE segment SET kind = ?, kind_origin = ? WHERE id = ?", (kind.value, origin.value, segment_id)
        )


def aligned_of_article(database: Database, article_id: int) -> list[tuple[Segment, str]]:
    """Return the segments of an article that take part in alignment, each with the hash of its text."""
    sql = f"SELECT {_COLUMNS}, hash FROM segment WHERE article_id = ? AND {_ALIGNED} ORDER BY position"
    return [(_segment(row), row["hash"]) for row in database.rows(sql, (article_id,))]


def aligned_in(database: Database, language: str) -> list[tuple[int, str, str]]:
    """Return (id, hash, text) of the segments of a language that take part in alignment."""
    sql = f"""
        SELECT s.id, s.hash, s.text FROM segment s JOIN article a ON a.id = s.article_id
        WHERE a.language = ? AND {_ALIGNED.replace("kind IN", "s.kind IN")} ORDER BY s.id"""
    return [(row["id"], row["hash"], row["text"]) for row in database.rows(sql, (language,))]


def without_rendering(database: Database, language: str, model: str) -> list[tuple[str, str]]:
    """Return (hash, text) of each different text in a language that a model has not rendered yet."""
    sql = f"""
        SELECT s.hash, min(s.text) AS text FROM segment s JOIN article a ON a.id = s.article_id
        WHERE a.language = ? AND {_ALIGNED.replace("kind IN", "s.kind IN")}
          AND NOT EXISTS (SELECT 1 FROM rendering r WHERE r.hash = s.hash AND r.language = ? AND r.model = ?)
        GROUP BY s.hash ORDER BY min(s.id)"""
    return [(row["hash"], row["text"]) for row in database.rows(sql, (language, language, model))]


def count_without_rendering(database: Database, language: str, model: str) -> int:
    """Return how many different texts in a language a model has not rendered yet."""
    sql = f"""
        SELECT count(DISTINCT s.hash) FROM segment s JOIN article a ON a.id = s.article_id
        WHERE a.language = ? AND {_ALIGNED.replace("kind IN", "s.kind IN")}
          AND NOT EXISTS (SELECT 1 FROM rendering r WHERE r.hash = s.hash AND r.language = ? AND r.model = ?)"""
    return int(str(database.value(sql, (language, language, model))))


def count_without_vector(database: Database, encoder: str) -> int:
    """Return how many different texts an encoder has not embedded yet."""
    sql = f"""
        SELECT count(DISTINCT hash) FROM segment s
        WHERE {_ALIGNED} AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.hash = s.hash AND v.encoder = ?)"""
    return int(str(database.value(sql, (encoder,))))


def without_vector(database: Database, encoder: str) -> list[tuple[str, str]]:
    """Return (hash, text) of each different text that an encoder has not embedded yet."""
    sql = f"""
        SELECT hash, min(text) AS text FROM segment s
        WHERE {_ALIGNED} AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.hash = s.hash AND v.encoder = ?)
        GROUP BY hash ORDER BY min(id)"""
    return [(row["hash"], row["text"]) for row in database.rows(sql, (encoder,))]
