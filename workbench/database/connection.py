"""Opening and creating project files: pragmas, migrations, and the errors of SQLite in words."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import sqlite_utils

from workbench.errors import ProjectError
from workbench.text import norm, text_hash

#: Marks a file as ours in its header ("WKBN"), so that another program's database is recognised at once.
APPLICATION_ID = 0x574B424E
BUSY_SECONDS = 10.0
_KEYS_AT_ONCE = 500
# Checking a file reads all of it (4 seconds a gigabyte): done at every opening of a small one, on demand otherwise.
_CHECKED_BELOW = 32 * 1024 * 1024


class Database:
    """One open project file.

    Reads go through `rows`; writes happen inside `write()`, which takes the write lock at once, so that two
    processes queue instead of failing half-way.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.tables = sqlite_utils.Database(connection)
        self._connection = connection

    def rows(self, sql: str, parameters: object = ()) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with explained(self.path):
            return self._connection.execute(sql, parameters).fetchall()  # type: ignore[arg-type]

    def stream(self, sql: str, parameters: object = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one, without holding them all."""
        with explained(self.path):
            yield from self._connection.execute(sql, parameters)  # type: ignore[arg-type]

    def rows_of(self, sql: str, keys: Iterable[object], before: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query that ends in `IN ({marks})`, for any number of keys.

        Args:
            sql: The query; `{marks}` stands for the placeholders of the keys.
            keys: What is looked for; asked in portions, since SQLite bounds the parameters of a query.
            before: Parameters that come before the keys.
        """
        wanted = sorted(set(keys))  # type: ignore[type-var]
        for start in range(0, len(wanted), _KEYS_AT_ONCE):
            part = wanted[start : start + _KEYS_AT_ONCE]
            yield from self.rows(sql.replace("{marks}", ",".join("?" * len(part))), [*before, *part])

    def value(self, sql: str, parameters: object = ()) -> object:
        """Return the first column of the first row, or None where there is no row."""
        rows = self.rows(sql, parameters)
        return rows[0][0] if rows else None

    def run(self, sql: str, parameters: object = ()) -> sqlite3.Cursor:
        """Run one changing statement; call it inside `write()`."""
        return self._connection.execute(sql, parameters)  # type: ignore[arg-type]

    def run_many(self, sql: str, rows: object) -> None:
        """Run one changing statement for many rows; call it inside `write()`."""
        self._connection.executemany(sql, rows)  # type: ignore[arg-type]

    @contextmanager
    def write(self) -> Iterator[None]:
        """Make the changes inside one transaction: all of them, or none. May be nested.

        Raises:
            ProjectError: The file is locked, read-only, damaged, or the disk is full.
        """
        with explained(self.path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def data_version(self) -> int:
        """Return a number that changes whenever another connection has changed the file."""
        return int(str(self.value("PRAGMA data_version")))

    def defer_checkpoints(self) -> None:
        """Leave it to `checkpoint` to carry changes from the log into the file: a write then never waits for a disk."""
        self.value("PRAGMA wal_autocheckpoint = 0")

    def checkpoint(self) -> None:
        """Carry changes from the log into the file, as far as no reader stands in the way."""
        self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def twin(self) -> "Database":
        """Open the same file once more, for use in another thread."""
        with explained(self.path):
            return _connect(self.path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours.

    Raises:
        ProjectError: Whatever SQLite said, in words that say what to do.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, path) from error


def _explain(error: sqlite3.Error, path: Path) -> ProjectError:
    said = str(error).lower()
    for fragment, message, hint in (
        ("locked", "is in use by another program", "Close the other program or wait, then run the command again."),
        ("readonly", "cannot be written", "Check the permissions of the file and of its folder."),
        ("disk is full", "cannot grow: the disk is full", "Free some space and run the command again."),
        ("disk i/o", "cannot be read or written: the disk reports an error", "Check the disk and free space."),
        ("not a database", "is not a workbench project", "Make one with: workbench init FILE.workbench"),
        ("malformed", "is damaged", "Restore a backup, or recover it with: sqlite3 FILE .recover"),
        ("unable to open", "cannot be opened", "Check the path and its permissions."),
    ):
        if fragment in said:
            return ProjectError(f"{path} {message}", hint)
    return ProjectError(f"{path}: {error}")


def create(path: Path) -> Database:
    """Make a new, empty project file.

    Raises:
        ProjectError: The file exists already or cannot be made.
    """
    try:
        path.open("xb").close()
    except FileExistsError:
        raise ProjectError(
            f"{path} exists already", "Choose another name, or go on with the project as it is."
        ) from None
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be made: {error.strerror}", "Check the folder and its permissions."
        ) from error
    try:
        with explained(path):
            database = _connect(path)
            _migrate(database, 0)
    except ProjectError:
        path.unlink(missing_ok=True)
        raise
    return database


def open_existing(path: Path) -> Database:
    """Open a project file and bring its schema up to date.

    Raises:
        ProjectError: There is no such file, it is not a project, it is damaged, or a newer version made it.
    """
    if not path.exists():
        raise ProjectError(f"{path} does not exist", f"Make it with: workbench init {path}")
    if path.is_dir():
        raise ProjectError(f"{path} is a folder", "Name a project file, e.g. news.workbench.")
    with explained(path):
        _check_header(path)
        database = _connect(path)
        try:
            _check_identity(database)
            if path.stat().st_size < _CHECKED_BELOW:
                check_integrity(database)
            version = int(str(database.value("PRAGMA user_version")))
            if version < len(_migrations()):
                _migrate(database, version)
        except BaseException:
            database.close()
            raise
    return database


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    # The schema has to be trusted: the triggers that keep the FTS5 tables write to virtual tables. What a hostile
    # file could call from its own triggers are the three pure functions below.
    connection.execute("PRAGMA cell_size_check = ON")
    connection.create_function("norm", 1, norm, deterministic=True)
    connection.create_function("text_hash", 1, text_hash, deterministic=True)
    connection.create_function("regexp", 2, _regexp, deterministic=True)
    return Database(path, connection)


def _regexp(pattern: str, text: str | None) -> bool:
    import re

    return text is not None and re.search(pattern, text) is not None


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\x00":
            raise ProjectError(f"{path} is not a workbench project", "Make one with: workbench init FILE.workbench")


def _check_identity(database: Database) -> None:
    if database.value("PRAGMA application_id") != APPLICATION_ID:
        raise ProjectError(f"{database.path} is a database of another program", "Name a workbench project.")
    version = int(str(database.value("PRAGMA user_version")))
    if version > len(_migrations()):
        raise ProjectError(
            f"{database.path} was made by a newer workbench (schema {version}, this one knows {len(_migrations())})",
            "Update with: pip install --upgrade translation-workbench",
        )


def check_integrity(database: Database) -> None:
    """Read the whole file and see that it is sound.

    Raises:
        ProjectError: It is damaged.
    """
    if (verdict := database.value("PRAGMA quick_check(1)")) != "ok":
        raise ProjectError(
            f"{database.path} is damaged: {verdict}", "Restore a backup, or recover it with: sqlite3 FILE .recover"
        )


def _migrations() -> list[str]:
    folder = resources.files("workbench.database") / "migrations"
    scripts = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda e: e.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def _migrate(database: Database, version: int) -> None:
    """Apply the numbered scripts after `version`, each in a transaction together with its version number."""
    database.rows("PRAGMA journal_mode = WAL")
    for number, script in enumerate(_migrations()[version:], start=version + 1):
        # The lock is taken before the version is read again: two processes may open an old file at once.
        with database.write():
            if int(str(database.value("PRAGMA user_version"))) >= number:
                continue
            for statement in _statements(script):
                database.run(statement)
            database.run(f"PRAGMA application_id = {APPLICATION_ID}")
            database.run(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements; a trigger's inner semicolons do not end it."""
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            yield pending
            pending = ""
