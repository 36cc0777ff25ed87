"""The audit trail: reviewers' actions, append-only, and the drafts of editors that were not saved."""

import json
import sqlite3
import uuid
from collections.abc import Iterator

from workbench.database.connection import Database
from workbench.model import Action


def append(database: Database, action: Action) -> int:
    """Add an action to the trail and return its id."""
    with database.write():
        cursor = database.run(
            "INSERT INTO action (uid, kind, before, after, reviewer, at, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                uuid.uuid4().hex,
                action.kind,
                json.dumps(action.before, ensure_ascii=False, sort_keys=True),
                json.dumps(action.after, ensure_ascii=False, sort_keys=True),
                action.reviewer,
                action.at,
                action.undoes,
            ),
        )
    return int(cursor.lastrowid or 0)


def _action(row: sqlite3.Row) -> Action:
    return Action(
        kind=row["kind"],
        before=json.loads(row["before"]),
        after=json.loads(row["after"]),
        reviewer=row["reviewer"],
        at=row["at"],
        undoes=row["undoes"],
        id=row["id"],
    )


def newest_first(database: Database, limit: int = -1) -> Iterator[Action]:
    """Yield actions, the newest first."""
    for row in database.stream("SELECT * FROM action ORDER BY id DESC LIMIT ?", (limit,)):
        yield _action(row)


def outlines(database: Database) -> Iterator[Action]:
    """Yield actions, the newest first, without the states that they changed, which make up most of the trail."""
    for row in database.stream(
        "SELECT id, kind, '{}' AS before, '{}' AS after, reviewer, at, undoes FROM action ORDER BY id DESC"
    ):
        yield _action(row)


def by_id(database: Database, action_id: int) -> Action | None:
    """Return one action."""
    rows = database.rows("SELECT * FROM action WHERE id = ?", (action_id,))
    return _action(rows[0]) if rows else None


def save_draft(database: Database, unit_id: int, field: str, text: str, at: str) -> None:
    """Keep what stands in an open editor, in case the program ends before it is saved."""
    with database.write():
        database.run(
            "INSERT OR REPLACE INTO draft (unit_id, field, text, at) VALUES (?, ?, ?, ?)",
            (unit_id, field, text, at),
        )


def drafts(database: Database) -> dict[tuple[int, str], str]:
    """Return drafts by (unit, field)."""
    return {(row["unit_id"], row["field"]): row["text"] for row in database.rows("SELECT * FROM draft")}


def drop_draft(database: Database, unit_id: int, field: str) -> None:
    """Forget a draft."""
    with database.write():
        database.run("DELETE FROM draft WHERE unit_id = ? AND field = ?", (unit_id, field))
