"""Full-text search over source segments and English, by SQLite FTS5."""

from dataclasses import dataclass

from workbench.database.connection import Database
from workbench.text import words


@dataclass(frozen=True, slots=True)
class Hit:
    """One segment (or the English of one unit) that contains what was searched."""

    language: str
    text: str
    article_id: int | None
    segment_id: int | None
    unit_id: int | None


def matching(query: str, *, whole: bool = False) -> str:
    """Turn what a user typed into an FTS5 expression: all words, the last one as a prefix unless it is `whole`.

    Without a word in it, the expression matches nothing.
    """
    terms = [f'"{word}"' for word in words(query)]
    if not terms:
        return '""'
    return " AND ".join([*terms[:-1], terms[-1] + ("" if whole else " *")])


def search(database: Database, query: str, *, language: str | None = None, limit: int = 100) -> list[Hit]:
    """Return segments and English renderings with all the words of `query` (the last may be unfinished).

    Where the last word occurs as it stands, those places come first. The index gives them one by one, whereas it
    collects all occurrences of all words with a beginning before it gives the first.
    """
    hits = expressed(database, matching(query, whole=True), language, limit)
    if len(hits) < limit:
        hits += expressed(database, matching(query), language, limit)
    return list(dict.fromkeys(hits))[:limit]


def expressed(database: Database, expression: str, language: str | None, limit: int) -> list[Hit]:
    """Return segments and English that answer to an FTS5 expression."""
    rows = database.rows(
        """
        SELECT a.language, s.text, s.article_id, s.id,
               (SELECT vs.unit_id FROM variant_segment vs WHERE vs.segment_id = s.id LIMIT 1) AS unit_id
        FROM segment_fts f JOIN segment s ON s.id = f.rowid JOIN article a ON a.id = s.article_id
        WHERE segment_fts MATCH ? AND s.retired = 0 AND (? IS NULL OR a.language = ?)
        ORDER BY f.rowid LIMIT ?""",
        (expression, language, language, limit),
    )
    hits = [Hit(row["language"], row["text"], row["article_id"], row["id"], row["unit_id"]) for row in rows]
    if language in (None, "en"):
        rows = database.rows(
            "SELECT u.id, u.english FROM unit_fts f JOIN unit u ON u.id = f.rowid"
            " WHERE unit_fts MATCH ? ORDER BY f.rowid LIMIT ?",
            (expression, limit),
        )
        hits += [Hit("en", row["english"], None, None, row["id"]) for row in rows]
    return hits[:limit]
