"""What commands share: the project argument, JSON output, and the progress bar."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from workbench.errors import UsageError
from workbench.project import Project

F = TypeVar("F", bound=Callable[..., Any])

PROJECT = click.argument("project", type=click.Path(path_type=Path))
VERBOSE = click.option("-v", "--verbose", is_flag=True, expose_value=False, help="Show tracebacks of errors.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


def project_command(function: F) -> F:
    """Give a command the PROJECT argument and `-v`."""
    return PROJECT(VERBOSE(function))


@contextmanager
def opened(path: Path) -> Iterator[Project]:
    """Open a project for the length of a command."""
    with Project.open(path) as project:
        yield project


def print_json(value: object) -> None:
    """Print a value as JSON, non-ASCII text as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def narrate(message: str) -> None:
    """Say something about the work on stderr; stdout is for results."""
    from workbench.text import one_line

    click.echo(one_line(message), err=True)


def language_pair(text: str | None) -> tuple[str, str] | None:
    """Read a pair of languages such as `uk-en`.

    Raises:
        UsageError: It is none.
    """
    from workbench.languages import parse

    if text is None:
        return None
    parts = text.replace(":", "-").replace("_", "-").split("-")
    if len(parts) != 2:
        raise UsageError(f"'{text}' is not a pair of languages", "Write it like uk-en.")
    return parse(parts[0]), parse(parts[1])
