"""The reviewer's desk and what reviewers did: review, history."""

import getpass
from pathlib import Path

import click

from workbench.cli.common import JSON, VERBOSE, narrate, opened, print_json, project_command
from workbench.model import Order, Status, UnitQuery


@click.command()
@project_command
@click.option("--unit", type=int, help="Start at this unit.")
@click.option("--story", type=int, help="Only this story.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([s.value for s in Status]), help="Only these.")
@click.option("--filter", "text", default="", help="Only units where this regular expression matches a text.")
@click.option("--doubtful", is_flag=True, help="Least confident first, instead of reading order.")
@click.option("--worst-english", is_flag=True, help="Worst machine English first, instead of reading order.")
@click.option("--reviewer", default=None, help="Your name in the history; the login name otherwise.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and dumb terminals.")
@click.option("--web", is_flag=True, help="In a browser on this machine (needs the extra: pip install '.[web]').")
def review(
    project: Path,
    unit: int | None,
    story: int | None,
    statuses: tuple[str, ...],
    text: str,
    doubtful: bool,
    worst_english: bool,
    reviewer: str | None,
    plain: bool,
    web: bool,
) -> None:
    """Step through the aligned passages of PROJECT and correct them. Every change is saved as it is made.

    \b
    Examples:
      workbench review news.workbench
      workbench review news.workbench --doubtful --status proposed
      workbench review news.workbench --worst-english
    """
    query = UnitQuery(
        statuses=tuple(Status(name) for name in statuses),
        story_id=story,
        text=text,
        order=Order.CONFIDENCE if doubtful else Order.ENGLISH if worst_english else Order.READING,
    )
    if plain:
        import sys

        from workbench.project import Project
        from workbench.review import plain as plain_reviewer

        with Project.open(project, reviewer=reviewer) as opened_project:
            plain_reviewer.run(opened_project, query, sys.stdin, sys.stdout)
        return
    if web:
        from tui import web as in_browser

        in_browser.serve(project)
        return
    import tui

    tui.run(project, unit=unit, query=query, reviewer=reviewer or getpass.getuser())


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("-n", "--limit", default=20, show_default=True, help="How many changes, the newest first.")
@click.option("--take-back", "action", type=int, help="Take back the change with this number.")
@click.option("--undo", is_flag=True, help="Take back the reviewer's newest change that still holds.")
@click.option("--reviewer", default=None, help="Whose changes; listed: everybody's, taken back: your own otherwise.")
@JSON
@VERBOSE
def history(project: Path, limit: int, action: int | None, undo: bool, reviewer: str | None, as_json: bool) -> None:
    """List what reviewers changed in PROJECT, or take a change back.

    \b
    Examples:
      workbench history news.workbench -n 50
      workbench history news.workbench --undo --reviewer anna
    """
    with opened(project) as opened_project:
        if action is not None:
            taken = opened_project.take_back(action)
            narrate(f"took back change {taken.undoes}")
            return
        if undo:
            undone = opened_project.undo(of=reviewer)
            narrate(f"took back change {undone.undoes}" if undone else "there is nothing to take back")
            return
        found = opened_project.history(limit if reviewer is None else -1)
    if reviewer is not None:
        found = [each for each in found if each.reviewer == reviewer][: limit if limit >= 0 else None]
    if as_json:
        print_json(
            [
                {
                    "id": each.id,
                    "kind": each.kind,
                    "at": each.at,
                    "reviewer": each.reviewer,
                    "touched": list(each.after),
                    "undoes": each.undoes,
                }
                for each in found
            ]
        )
        return
    for each in found:
        of = f" (of change {each.undoes})" if each.undoes else ""
        click.echo(f"{each.id:>5}  {each.at}  {each.reviewer}  {each.kind}{of}  {', '.join(each.after)}")
