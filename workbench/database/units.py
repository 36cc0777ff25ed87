"""Translation units: read by pages, written whole."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.database.connection import Database
from workbench.database.search import matching
from workbench.languages import LANGUAGES
from workbench.model import Order, Origin, Status, Unit, UnitQuery, Variant
from workbench.text import norm

_COLUMNS = (
    "id, story_id, position, confidence, status, origin, english, english_origin, note, bookmarked, reasons,"
    " revision, changed"
)


_ORDERS = {
    Order.READING: ("u.story_id", "u.position", "u.id"),
    Order.CONFIDENCE: ("u.confidence", "u.id"),
    Order.ENGLISH: ("CASE u.english_origin WHEN 'machine' THEN u.english_quality ELSE 1 END", "u.id"),
}


def ids(database: Database, query: UnitQuery) -> "array[int]":
    """Return the ids of the units that a query asks for, in its order (8 bytes a unit)."""
    return array("q", stream_ids(database, query))


def stream_ids(database: Database, query: UnitQuery) -> Iterator[int]:
    """Yield the ids of the units that a query asks for, in its order, as they are found."""
    where, parameters = _conditions(query)
    sql = f"SELECT u.id FROM unit u {where} ORDER BY {', '.join(_ORDERS[query.order])}"
    return (row[0] for row in database.stream(sql, parameters))


def following(database: Database, query: UnitQuery, unit_id: int, limit: int = 1, *, back: bool = False) -> list[int]:
    """Return ids of units that a query asks for, those nearest after (or before) a unit first.

    The unit itself need not be among them; one that is gone has no followers.
    """
    where, parameters = _conditions(query)
    columns = _ORDERS[query.order]
    place = ", ".join(column.replace("u.", "p.") for column in columns)
    sql = f"""
        SELECT u.id FROM unit u {where or "WHERE 1"}
        AND ({", ".join(columns)}) {"<" if back else ">"} (SELECT {place} FROM unit p WHERE p.id = ?)
        ORDER BY {", ".join(column + (" DESC" if back else "") for column in columns)} LIMIT ?"""
    return [row[0] for row in database.rows(sql, [*parameters, unit_id, limit])]


def count(database: Database, query: UnitQuery) -> int:
    """Return how many units a query asks for."""
    where, parameters = _conditions(query)
    return int(str(database.value(f"SELECT count(*) FROM unit u {where}", parameters)))


def count_by_status(database: Database) -> dict[Status, int]:
    """Return how many units have each status."""
    rows = database.rows("SELECT status, count(*) AS n FROM unit GROUP BY status")
    counted = {Status(row["status"]): int(row["n"]) for row in rows}
    return {status: counted.get(status, 0) for status in Status}


def last_changed(database: Database) -> str:
    """Return when a unit was last changed, or an empty string."""
    return str(database.value("SELECT max(changed) FROM unit") or "")


def _conditions(query: UnitQuery) -> tuple[str, list[object]]:
    conditions: list[str] = []
    parameters: list[object] = []

    def add(condition: str, *values: object) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if query.statuses:
        add(f"u.status IN ({','.join('?' * len(query.statuses))})", *(status.value for status in query.statuses))
    if query.story_id is not None:
        add("u.story_id = ?", query.story_id)
    if query.article_id is not None:
        add("EXISTS (SELECT 1 FROM variant v WHERE v.unit_id = u.id AND v.article_id = ?)", query.article_id)
    for language in query.languages:
        add(
            "EXISTS (SELECT 1 FROM variant v JOIN article a ON a.id = v.article_id"
            " WHERE v.unit_id = u.id AND a.language = ?)",
            language,
        )
    if query.least > 0:
        add("u.confidence >= ?", query.least)
    if query.most < 1:
        add("u.confidence <= ?", query.most)
    if query.note:
        add("u.note <> ''")
    if query.bookmarked:
        add("u.bookmarked = 1")
    if query.text:
        pattern = norm(query.text)
        add(
            "(regexp(?, u.english_norm) OR EXISTS (SELECT 1 FROM variant_segment vs JOIN segment s"
            " ON s.id = vs.segment_id WHERE vs.unit_id = u.id AND regexp(?, s.norm)))",
            pattern,
            pattern,
        )
    if query.words:
        expression = matching(query.words)
        add(
            "u.id IN (SELECT rowid FROM unit_fts WHERE unit_fts MATCH ? UNION SELECT vs.unit_id FROM segment_fts f"
            " JOIN variant_segment vs ON vs.segment_id = f.rowid WHERE segment_fts MATCH ?)",
            expression,
            expression,
        )
    if query.uneven:
        add(
            "EXISTS (SELECT 1 FROM variant_segment vs WHERE vs.unit_id = u.id"
            " GROUP BY vs.article_id HAVING count(*) > 1)"
        )
    if query.unit_ids is not None:
        add("u.id IN (SELECT value FROM json_each(?))", json.dumps(query.unit_ids))
    return ("WHERE " + " AND ".join(conditions) if conditions else ""), parameters


def load(database: Database, wanted: Sequence[int]) -> list[Unit]:
    """Return units by id, in the order given; ids that are gone are left out."""
    found: dict[int, Unit] = {}
    for start in range(0, len(wanted), 400):
        part = list(wanted[start : start + 400])
        marks = ",".join("?" * len(part))
        variants = _variants(database, part)
        for row in database.rows(f"SELECT {_COLUMNS} FROM unit WHERE id IN ({marks})", part):
            found[row["id"]] = _unit(row, tuple(variants.get(row["id"], ())))
    return [found[key] for key in wanted if key in found]


def _unit(row: sqlite3.Row, variants: tuple[Variant, ...]) -> Unit:
    return Unit(
        variants=variants,
        confidence=row["confidence"],
        status=Status(row["status"]),
        origin=Origin(row["origin"]),
        english=row["english"],
        english_origin=Origin(row["english_origin"]),
        note=row["note"],
        bookmarked=bool(row["bookmarked"]),
        reasons=json.loads(row["reasons"]),
        story_id=row["story_id"],
        position=row["position"],
        revision=row["revision"],
        changed=row["changed"],
        id=row["id"],
    )


def _variants(database: Database, unit_ids: Sequence[int]) -> dict[int, list[Variant]]:
    """Return the variants of units, by language in the order of `LANGUAGES`, then by article."""
    marks = ",".join("?" * len(unit_ids))
    rows = database.rows(
        f"""
        SELECT v.unit_id, v.article_id, v.text AS correction, vs.segment_id, s.text
        FROM variant v
        JOIN variant_segment vs ON vs.unit_id = v.unit_id AND vs.article_id = v.article_id
        JOIN segment s ON s.id = vs.segment_id
        WHERE v.unit_id IN ({marks}) ORDER BY v.unit_id, v.article_id, s.position, s.id""",
        unit_ids,
    )
    passages: dict[tuple[int, int], list[sqlite3.Row]] = {}
    for row in rows:
        passages.setdefault((row["unit_id"], row["article_id"]), []).append(row)
    languages = _languages(database, {article_id for _, article_id in passages})
    found: dict[int, list[Variant]] = {}
    for (unit_id, article_id), parts in passages.items():
        correction = parts[0]["correction"]
        found.setdefault(unit_id, []).append(
            Variant(
                article_id=article_id,
                language=languages[article_id],
                segment_ids=tuple([part["segment_id"] for part in parts]),
                text=" ".join([part["text"] for part in parts]) if correction is None else correction,
                corrected=correction is not None,
            )
        )
    for variants in found.values():
        variants.sort(key=lambda variant: (LANGUAGES.index(variant.language), variant.article_id))
    return found


def _languages(database: Database, article_ids: Iterable[int]) -> dict[int, str]:
    """Return languages by article: asked once an article, since SQLite reads through its text to get there."""
    rows = database.rows_of("SELECT id, language FROM article WHERE id IN ({marks})", article_ids)
    return {row["id"]: row["language"] for row in rows}


def save(database: Database, unit: Unit) -> int:
    """Write a unit with its variants: a new one (id 0), or over the one with its id. Returns the id."""
    with database.write():
        row = _row(unit)
        if unit.id:
            row["id"] = unit.id
            database.run("DELETE FROM variant WHERE unit_id = ?", (unit.id,))
            database.run("DELETE FROM variant_segment WHERE unit_id = ?", (unit.id,))
        names = ", ".join(row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        cursor = database.run(
            f"INSERT INTO unit ({names}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT (id) DO UPDATE SET {updates}",
            tuple(row.values()),
        )
        unit_id = unit.id or int(cursor.lastrowid or 0)
        if not unit.id:  # SQLite gives the number of a deleted unit again
            database.run("DELETE FROM extra WHERE unit_id = ?", (unit_id,))
        _save_variants(database, [replace(unit, id=unit_id)])
    return unit_id


def add(database: Database, new: Iterable[Unit]) -> list[int]:
    """Write new units, many at a time, and return their ids."""
    with database.write():
        last = "SELECT max(coalesce((SELECT max(id) FROM unit), 0), coalesce((SELECT max(unit_id) FROM extra), 0))"
        first = int(str(database.value(last))) + 1
        numbered = [replace(unit, id=number) for number, unit in enumerate(new, start=first)]
        rows = [{"id": unit.id, **_row(unit)} for unit in numbered]
        if rows:
            names = ", ".join(rows[0])
            marks = ", ".join("?" * len(rows[0]))
            database.run_many(f"INSERT INTO unit ({names}) VALUES ({marks})", [tuple(row.values()) for row in rows])
        _save_variants(database, numbered)
    return [unit.id for unit in numbered]


def _row(unit: Unit) -> dict[str, object]:
    return {
        "story_id": unit.story_id,
        "position": unit.position,
        "confidence": unit.confidence,
        "status": unit.status.value,
        "origin": unit.origin.value,
        "english": unit.english,
        "english_origin": unit.english_origin.value,
        "english_norm": norm(unit.english),
        "note": unit.note,
        "bookmarked": int(unit.bookmarked),
        "reasons": json.dumps(dict(unit.reasons), sort_keys=True),
        "revision": unit.revision,
        "changed": unit.changed,
    }


def _save_variants(database: Database, saved: Sequence[Unit]) -> None:
    database.run_many(
        "INSERT INTO variant (unit_id, article_id, text) VALUES (?, ?, ?)",
        [
            (unit.id, variant.article_id, variant.text if variant.corrected else None)
            for unit in saved
            for variant in unit.variants
        ],
    )
    database.run_many(
        "INSERT INTO variant_segment (unit_id, segment_id, article_id) VALUES (?, ?, ?)",
        [
            (unit.id, segment_id, variant.article_id)
            for unit in saved
            for variant in unit.variants
            for segment_id in variant.segment_ids
        ],
    )


def delete(database: Database, unit_ids: Iterable[int]) -> None:
    """Delete units."""
    with database.write():
        database.run_many("DELETE FROM unit WHERE id = ?", [(key,) for key in unit_ids])


def set_english(database: Database, texts: Iterable[tuple[int, str]]) -> None:
    """Store the machine's English of units (unit id, text); a reviewer's English is left alone."""
    with database.write():
        database.run_many(
            "UPDATE unit SET english = ?, english_norm = ? WHERE id = ? AND english_origin = 'machine'",
            [(text, norm(text), key) for key, text in texts],
        )


def set_english_quality(database: Database, qualities: Iterable[tuple[int, float]]) -> None:
    """Store how good the machine's English of units probably is (unit id, quality in [0, 1])."""
    with database.write():
        database.run_many(
            "UPDATE unit SET english_quality = ? WHERE id = ? AND english_quality <> ?",
            [(quality, key, quality) for key, quality in qualities],
        )


def decisions(database: Database, newest: int) -> list[tuple[float, dict[str, float], bool]]:
    """Return confidence, reasons and whether it was accepted for the newest units that were decided as proposed."""
    sql = """
        SELECT confidence, reasons, status FROM unit WHERE origin = 'machine' AND status IN ('accepted', 'rejected')
        ORDER BY changed DESC, id DESC LIMIT ?"""
    rows = database.rows(sql, (newest,))
    return [(row["confidence"], json.loads(row["reasons"]), row["status"] == "accepted") for row in rows]


def undecided(database: Database) -> list[tuple[int, float, dict[str, float]]]:
    """Return id, confidence and reasons of the units that the machine proposed and nobody has decided."""
    sql = "SELECT id, confidence, reasons FROM unit WHERE origin = 'machine' AND status = 'proposed'"
    return [(row["id"], row["confidence"], json.loads(row["reasons"])) for row in database.rows(sql)]


def set_confidences(database: Database, revised: Iterable[tuple[int, float, Mapping[str, float]]]) -> None:
    """Store confidence and reasons of units by id."""
    with database.write():
        database.run_many(
            "UPDATE unit SET confidence = ?, reasons = ? WHERE id = ?",
            [(confidence, json.dumps(dict(why), sort_keys=True), key) for key, confidence, why in revised],
        )


def holding(database: Database, segment_ids: Iterable[int]) -> dict[int, int]:
    """Return segment id -> unit id for segments that a unit holds which is not rejected."""
    rows = database.rows_of(
        "SELECT vs.segment_id, vs.unit_id FROM variant_segment vs JOIN unit u ON u.id = vs.unit_id"
        " WHERE u.status <> 'rejected' AND vs.segment_id IN ({marks})",
        segment_ids,
    )
    return {row["segment_id"]: row["unit_id"] for row in rows}
