"""The project file: the only room that knows SQL. `connection` opens it; one query module a group of tables."""

from workbench.database.connection import Database, check_integrity, create, open_existing

__all__ = ["Database", "check_integrity", "create", "open_existing"]
