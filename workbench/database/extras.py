"""What other programs said of units and the workbench has no field for, kept for the way back to them."""

import json
from collections.abc import Iterable, Mapping

from workbench.database.connection import Database


def save(database: Database, extras: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Store the extras of units (unit id, extras) in place of older ones; empty ones take no room."""
    with database.write():
        database.run_many(
            "INSERT OR REPLACE INTO extra (unit_id, fields) VALUES (?, ?)",
            ((unit_id, _json(fields)) for unit_id, fields in extras if fields),
        )


def _json(fields: Mapping[str, str]) -> str:
    """Return fields as JSON; half a character (a lone surrogate), which SQLite refuses, becomes a question mark."""
    return json.dumps(dict(fields), ensure_ascii=False).encode(errors="replace").decode()


def of_units(database: Database, unit_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return extras by unit id, of those units that have any."""
    rows = database.rows_of("SELECT unit_id, fields FROM extra WHERE unit_id IN ({marks})", unit_ids)
    return {row["unit_id"]: json.loads(row["fields"]) for row in rows}


def any_at_all(database: Database) -> bool:
    """Return whether a unit of the project has extras."""
    sql = "SELECT EXISTS (SELECT 1 FROM extra JOIN unit ON unit.id = extra.unit_id)"
    return bool(database.value(sql))
