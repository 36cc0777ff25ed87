"""The reviewer's desk: a Textual program over `workbench.Project`."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.model import UnitQuery


def run(path: Path, *, unit: int | None = None, query: "UnitQuery | None" = None, reviewer: str | None = None) -> None:
    """Open a project in the terminal and stay until the reviewer leaves.

    Args:
        path: The project file.
        unit: The unit to begin with; otherwise the one that was looked at last, or the first undecided one.
        query: Which units make up the queue.
        reviewer: Whose name stands in the history; the login name otherwise.

    Raises:
        ProjectError: The project cannot be opened.
        UsageError: The reviewer's settings cannot be used.
    """
    import os

    # The environment decides at Textual's import.
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from tui import config
    from tui.app import DeskApp
    from workbench.project import Project

    settings = config.load()
    with Project.open(path, reviewer=reviewer) as project:
        DeskApp(project, unit=unit, query=query, settings=settings).run()
        settings.remember()
