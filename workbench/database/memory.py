"""Human English that is reused: read from other tools' memories, and written by this project's reviewers."""

from collections.abc import Iterable

from workbench.database.connection import Database
from workbench.model import Remembered
from workbench.text import norm


def save(database: Database, pairs: Iterable[tuple[str, str, str]], origin: str) -> None:
    """Store (language, source, English) from a file; what an earlier file said of the same source gives way."""
    rows = ((language, norm(source), source, english, origin) for language, source, english in pairs)
    with database.write():
        database.run_many(
            "INSERT OR REPLACE INTO memory (language, norm, source, english, origin) VALUES (?, ?, ?, ?, ?)",
            (row for row in rows if row[1]),
        )


def of_language(database: Database, language: str) -> dict[str, Remembered]:
    """Return texts by searchable form: from files, and over them what reviewers wrote on units of one passage."""
    found = {
        str(row["norm"]): Remembered(str(row["source"]), str(row["english"]))
        for row in database.rows("SELECT norm, source, english FROM memory WHERE language = ?", (language,))
    }
    reviewed = database.rows(
        """
        SELECT coalesce(v.text, group_concat(s.text, ' ')) AS source, u.english
        FROM unit u JOIN variant v ON v.unit_id = u.id JOIN article a ON a.id = v.article_id
        JOIN variant_segment vs ON vs.unit_id = u.id AND vs.article_id = v.article_id
        JOIN segment s ON s.id = vs.segment_id
        WHERE u.english_origin = 'reviewer' AND u.english <> '' AND u.status <> 'rejected' AND a.language = ?
        GROUP BY u.id, v.article_id HAVING count(*) = 1 ORDER BY u.id""",
        (language,),
    )
    written = (Remembered(str(row["source"]), str(row["english"])) for row in reviewed)
    return found | {norm(text.source): text for text in written}
