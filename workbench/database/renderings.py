"""English renderings and sentence vectors, both cached by the hash of the text they belong to."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from workbench.database.connection import Database
from workbench.model import Hypothesis, Rendering


def save(database: Database, language: str, renderings: Iterable[tuple[str, Rendering]]) -> None:
    """Store renderings of (text hash) in a language, replacing older ones of the same model."""
    with database.write():
        database.run_many(
            "INSERT OR REPLACE INTO rendering (hash, language, model, text, score, quality, alternatives, flags)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    language,
                    rendering.model,
                    rendering.text,
                    rendering.score,
                    rendering.quality,
                    json.dumps([[other.text, other.score] for other in rendering.alternatives], ensure_ascii=False),
                    json.dumps(rendering.flags),
                )
                for key, rendering in renderings
            ],
        )


def _rendering(row: sqlite3.Row) -> Rendering:
    return Rendering(
        text=row["text"],
        model=row["model"],
        score=row["score"],
        quality=row["quality"],
        alternatives=tuple(Hypothesis(text, score) for text, score in json.loads(row["alternatives"])),
        flags=tuple(json.loads(row["flags"])),
    )


def of_segments(database: Database, ids: Iterable[int]) -> dict[int, Rendering]:
    """Return the renderings of segments by the model that is current for their language, where there is one."""
    rows = database.rows_of(
        """
        SELECT s.id, r.* FROM segment s JOIN article a ON a.id = s.article_id
        JOIN setting e ON e.key = 'model:' || a.language
        JOIN rendering r ON r.hash = s.hash AND r.language = a.language AND r.model = e.value
        WHERE s.id IN ({marks})""",
        ids,
    )
    return {row["id"]: _rendering(row) for row in rows}


def save_vectors(database: Database, encoder: str, vectors: Sequence[tuple[str, bytes]]) -> None:
    """Store vectors (float16, little-endian) by text hash."""
    with database.write():
        database.run_many(
            "INSERT OR REPLACE INTO vector (hash, encoder, vector) VALUES (?, ?, ?)",
            [(key, encoder, vector) for key, vector in vectors],
        )


def vectors(database: Database, encoder: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """Return stored vectors by text hash."""
    rows = database.rows_of(
        "SELECT hash, vector FROM vector WHERE encoder = ? AND hash IN ({marks})", hashes, before=(encoder,)
    )
    return {row["hash"]: row["vector"] for row in rows}
