"""Stories, and which article belongs to which."""

from collections.abc import Iterable, Mapping

from workbench.database.connection import Database
from workbench.model import Mode, Origin, Story


def every(database: Database) -> list[Story]:
    """Return all stories that have articles, in order of their first article."""
    members: dict[int, list[int]] = {}
    for row in database.rows("SELECT id, story_id FROM article WHERE story_id IS NOT NULL ORDER BY id"):
        members.setdefault(row["story_id"], []).append(row["id"])
    found = {
        row["id"]: Story(row["title"], tuple(members[row["id"]]), Origin(row["origin"]), row["id"])
        for row in database.rows("SELECT id, title, origin FROM story")
        if row["id"] in members
    }
    return [found[story_id] for story_id in members if story_id in found]


def titles(database: Database, story_ids: Iterable[int]) -> dict[int, str]:
    """Return the titles of some stories."""
    wanted = sorted(set(story_ids))
    rows = database.rows(f"SELECT id, title FROM story WHERE id IN ({','.join('?' * len(wanted))})", wanted)
    return {row["id"]: row["title"] for row in rows}


def fixed(database: Database) -> dict[int, int]:
    """Return article -> story where a reviewer said so."""
    sql = "SELECT id, story_id FROM article WHERE story_origin = 'reviewer' AND story_id IS NOT NULL"
    return {row["id"]: row["story_id"] for row in database.rows(sql)}


def assign(database: Database, membership: Mapping[int, int], origin: Origin) -> None:
    """Put articles into stories (article id -> story id)."""
    with database.write():
        database.run_many(
            "UPDATE article SET story_id = ?, story_origin = ? WHERE id = ? AND story_id IS NOT ?",
            [(story, origin.value, article, story) for article, story in membership.items()],
        )
        if origin is Origin.REVIEWER:
            database.run_many(
                "UPDATE article SET story_origin = 'reviewer' WHERE id = ?", [(key,) for key in membership]
            )


def new(database: Database, title: str, origin: Origin) -> int:
    """Make a story and return its id."""
    with database.write():
        return int(
            database.run("INSERT INTO story (title, origin) VALUES (?, ?)", (title, origin.value)).lastrowid or 0
        )


def rename(database: Database, story_id: int, title: str) -> None:
    """Give a story another title."""
    with database.write():
        database.run("UPDATE story SET title = ? WHERE id = ?", (title, story_id))


def drop_empty(database: Database) -> None:
    """Delete stories that have neither articles nor units."""
    with database.write():
        database.run(
            "DELETE FROM story WHERE id NOT IN (SELECT story_id FROM article WHERE story_id IS NOT NULL)"
            " AND id NOT IN (SELECT story_id FROM unit)"
        )


def alignment_keys(database: Database) -> dict[int, str]:
    """Return, by story, the key of the inputs that its units were made from."""
    return {row["id"]: row["alignment_key"] for row in database.rows("SELECT id, alignment_key FROM story")}


def set_alignment_key(database: Database, story_id: int, key: str) -> None:
    """Record what the units of a story were made from."""
    with database.write():
        database.run("UPDATE story SET alignment_key = ? WHERE id = ?", (key, story_id))


def modes(database: Database) -> dict[int, Mode]:
    """Return the alignment mode of stories where the user chose one."""
    return {row["id"]: Mode(row["mode"]) for row in database.rows("SELECT id, mode FROM story WHERE mode IS NOT NULL")}


def set_mode(database: Database, story_ids: Iterable[int], mode: Mode | None) -> None:
    """Choose the alignment mode of stories; None lets the data decide."""
    with database.write():
        database.run_many(
            "UPDATE story SET mode = ? WHERE id = ?", [(mode.value if mode else None, key) for key in story_ids]
        )
