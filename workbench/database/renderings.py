"""English renderings and sentence vectors, both cached by the hash of the text they belong to."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.database.connection import Database
from workbench.model import Hypothesis, Rendering
from workbench.text import text_hash


def save(database: Database, language: str, renderings: Iterable[tuple[str, Rendering]]) -> None:
    """Store renderings of (text hash) in a language, replacing older ones of the same model."""
    with database.write():
        database.run_many(
            "INSERT OR REPLACE INTO rendering"
            " (hash, language, model, text, score, quality, alternatives, flags, english_hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                    text_hash(rendering.text),
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


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A rendering by its language's current model that was not embedded yet, or not compared with its source."""

    hash: str
    language: str
    model: str
    text: str
    quality: float
    flags: tuple[str, ...]
    english_hash: str
    compared: bool
    vector: bytes


def uncompared(database: Database, encoder: str) -> list[Uncompared]:
    """Return the renderings that the encoder was not asked about yet, those without English left out."""
    sql = """
        SELECT r.hash, r.language, r.model, r.text, r.quality, r.flags, r.english_hash, r.similarity, v.vector
        FROM setting e JOIN rendering r ON e.key = 'model:' || r.language AND r.model = e.value
        JOIN vector v ON v.hash = r.hash AND v.encoder = ?1
        WHERE r.text <> '' AND (r.similarity IS NULL
              OR NOT EXISTS (SELECT 1 FROM vector w WHERE w.hash = r.english_hash AND w.encoder = ?1))"""
    return [
        Uncompared(
            row["hash"], row["language"], row["model"], row["text"], row["quality"],
            tuple(json.loads(row["flags"])), row["english_hash"], row["similarity"] is not None, row["vector"],
        )
        for row in database.rows(sql, (encoder,))
    ]  # fmt: skip


def save_similarity(database: Database, judged: Iterable[tuple[Uncompared, float, float]]) -> None:
    """Store similarity and quality of renderings."""
    with database.write():
        database.run_many(
            "UPDATE rendering SET similarity = ?, quality = ? WHERE hash = ? AND language = ? AND model = ?",
            [(near, quality, one.hash, one.language, one.model) for one, near, quality in judged],
        )


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


def embedded_english(database: Database, encoder: str, segment_ids: Iterable[int]) -> dict[int, str]:
    """Return, by segment, under which hash its current English has a vector; what has none is absent."""
    rows = database.rows_of(
        """
        SELECT s.id, r.english_hash FROM segment s JOIN article a ON a.id = s.article_id
        JOIN setting e ON e.key = 'model:' || a.language
        JOIN rendering r ON r.hash = s.hash AND r.language = a.language AND r.model = e.value
        JOIN vector v ON v.hash = r.english_hash AND v.encoder = ?
        WHERE s.id IN ({marks})""",
        segment_ids,
        before=(encoder,),
    )
    return {row["id"]: row["english_hash"] for row in rows}
