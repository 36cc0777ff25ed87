"""Settings of a project: which model and encoder its results come from, and what its user chose."""

from workbench.database.connection import Database


def get(database: Database, key: str, default: str = "") -> str:
    """Return a setting."""
    value = database.value("SELECT value FROM setting WHERE key = ?", (key,))
    return default if value is None else str(value)


def put(database: Database, key: str, value: str) -> None:
    """Store a setting."""
    if get(database, key) == value:
        return
    with database.write():
        database.run("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (key, value))
