"""A project file opens only when it is one, says in a line why not otherwise, and is safe for two programs."""

import sqlite3
import threading
from pathlib import Path

import pytest

import workbench.database
from workbench.database import create, memory, open_existing
from workbench.database.connection import APPLICATION_ID
from workbench.errors import ProjectError
from workbench.model import Remembered
from workbench.text import text_hash

MIGRATIONS = sorted((Path(workbench.database.__file__).parent / "migrations").glob("*.sql"))


def test_a_new_project_opens_again(tmp_path: Path) -> None:
    create(tmp_path / "news.workbench").close()
    database = open_existing(tmp_path / "news.workbench")
    assert database.value("PRAGMA journal_mode") == "wal"
    assert database.value("PRAGMA foreign_keys") == 1


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "news.workbench"
    path.write_text("mine")
    with pytest.raises(ProjectError, match="exists already"):
        create(path)
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "not a workbench project"), (b"just text, not a database at all", "not a workbench project")],
)
def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.workbench"
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=message):
        open_existing(path)
    assert path.read_bytes() == content


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="does not exist"):
        open_existing(tmp_path / "none.workbench")
    with pytest.raises(ProjectError, match="is a folder"):
        open_existing(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    with pytest.raises(ProjectError, match="another program"):
        open_existing(path)


def test_a_project_from_a_newer_workbench_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "future.workbench"
    create(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 999")
    with pytest.raises(ProjectError, match="newer workbench") as caught:
        open_existing(path)
    assert "upgrade" in caught.value.hint


def as_made_by_schema(version: int, path: Path, *statements: str) -> None:
    """Make a project file as the workbench that first had a schema left it."""
    with sqlite3.connect(path) as raw:
        raw.create_function("text_hash", 1, text_hash, deterministic=True)
        for script in MIGRATIONS[:version]:
            raw.executescript(script.read_text(encoding="utf-8"))
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version = {version}")
        for statement in statements:
            raw.execute(statement)


def shape(path: Path) -> set[tuple[str, str, str]]:
    """Tables with their columns, and what else a project file is made of, by kind and name."""
    with sqlite3.connect(path) as raw:
        made = raw.execute("SELECT type, name FROM sqlite_schema").fetchall()
        columns = {(kind, name, row[1]) for kind, name in made for row in raw.execute(f"PRAGMA table_info('{name}')")}
    return {(kind, name, "") for kind, name in made} | columns


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_project_of_every_earlier_schema_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    as_made_by_schema(version, tmp_path / "old.workbench")
    open_existing(tmp_path / "old.workbench").close()
    create(tmp_path / "new.workbench").close()
    assert shape(tmp_path / "old.workbench") == shape(tmp_path / "new.workbench")


def test_what_was_remembered_before_sources_were_kept_is_still_known(tmp_path: Path) -> None:
    path = tmp_path / "old.workbench"
    as_made_by_schema(6, path, "INSERT INTO memory VALUES ('uk', 'рада', 'Council', 'old.tmx')")
    database = open_existing(path)
    assert memory.of_language(database, "uk") == {"рада": Remembered("рада", "Council")}
    database.close()


def test_a_damaged_project_is_noticed_on_opening(tmp_path: Path) -> None:
    path = tmp_path / "damaged.workbench"
    database = create(path)
    with database.write():
        database.run_many("INSERT INTO setting VALUES (?, ?)", [(f"k{n}", "v" * 500) for n in range(400)])
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 8192] = b"\xff" * 8192
    path.write_bytes(content)
    with pytest.raises(ProjectError, match="damaged"):
        open_existing(path)


def test_a_failed_transaction_changes_nothing(tmp_path: Path) -> None:
    database = create(tmp_path / "p.workbench")
    with pytest.raises(RuntimeError), database.write():
        database.run("INSERT INTO setting VALUES ('a', '1')")
        raise RuntimeError
    assert database.value("SELECT count(*) FROM setting") == 0


def test_actions_are_for_ever(tmp_path: Path) -> None:
    database = create(tmp_path / "p.workbench")
    with database.write():
        database.run(
            "INSERT INTO action (uid, kind, before, after, reviewer, at) VALUES ('u', 'accept', '{}', '{}', 'r', 't')"
        )
    with pytest.raises(ProjectError, match="append-only"), database.write():
        database.run("DELETE FROM action")
    with pytest.raises(ProjectError, match="append-only"), database.write():
        database.run("UPDATE action SET kind = 'reject'")


def test_two_writers_queue_and_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "p.workbench"
    create(path).close()

    def count_up(name: str) -> None:
        database = open_existing(path)
        for _ in range(50):
            with database.write():
                old = int(str(database.value("SELECT coalesce(max(value), 0) FROM setting WHERE key = 'n'")))
                database.run("INSERT OR REPLACE INTO setting VALUES ('n', ?)", (str(old + 1).zfill(5),))
        database.close()

    threads = [threading.Thread(target=count_up, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert int(str(open_existing(path).value("SELECT value FROM setting WHERE key = 'n'"))) == 100


def test_two_programs_may_open_an_old_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "p.workbench"
    results: list[object] = []

    def make() -> None:
        try:
            results.append(create(path))
        except ProjectError as error:
            results.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    open_existing(path)
