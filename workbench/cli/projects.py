"""Making a project, bringing articles in and out, looking at it: init, add, remove, status, show, search."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli import views
from workbench.cli.common import JSON, VERBOSE, narrate, opened, print_json, project_command
from workbench.model import Order, Status, UnitQuery
from workbench.project import Project


@click.command()
@project_command
def init(project: Path) -> None:
    """Make a new, empty project file.

    \b
    Example: workbench init news.workbench
    """
    Project.create(project).close()
    narrate(f"made {project}")
    narrate(f"next: workbench add {project} FILE...")


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1, required=True)
@click.option("--encoding", help="Read the files in this encoding instead of detecting it, e.g. windows-1251.")
@click.option("--language", help="Take the articles as bg, uk, ru or en instead of detecting the language.")
@click.option("--srx", type=click.Path(path_type=Path, exists=True), help="Split sentences by these SRX 2.0 rules.")
@click.option("--name", default="stdin", help="What to call the article read from '-'.")
@JSON
@VERBOSE
def add(
    project: Path,
    sources: Sequence[str],
    encoding: str | None,
    language: str | None,
    srx: Path | None,
    name: str,
    as_json: bool,
) -> None:
    """Read articles into PROJECT: text, Markdown, HTML or docx files, folders, patterns, or '-' for stdin.

    A file that is known already is passed over; one that has changed becomes a new version of its article, and
    what reviewers decided about unchanged sentences stays.

    \b
    Examples:
      workbench add news.workbench articles/
      workbench add news.workbench '*.html' --language uk
      curl -s URL | workbench add news.workbench - --name page.html
    """
    from workbench.cli.bars import bar
    from workbench.stages.adding import Outcome

    with opened(project) as opened_project:
        added = []
        if "-" in sources:
            content = sys.stdin.buffer.read()
            added.append(opened_project.add_content(content, name, encoding=encoding, language=language))
        paths = [source for source in sources if source != "-"]
        if paths:
            with bar() as progress:
                added += opened_project.add(paths, encoding=encoding, language=language, srx=srx, progress=progress)
        if as_json:
            print_json([views.added_as_json(result) for result in added])
        else:
            views.print_added(added)
    if added and all(result.outcome is Outcome.REFUSED for result in added):
        raise click.exceptions.Exit(1)
    narrate(f"next: workbench run {project}")


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("articles", nargs=-1, type=int, required=True)
@click.option("--force", is_flag=True, help="Also where reviewers have decided about units of the article.")
@VERBOSE
def remove(project: Path, articles: Sequence[int], force: bool) -> None:
    """Take ARTICLES (by the number that `workbench status` shows) out of PROJECT.

    Their passages leave their units; a unit that is left with one passage goes with them. This cannot be undone, so
    an article whose units were reviewed stays unless you say --force. The file it was read from is not touched.

    \b
    Example: workbench remove news.workbench 3
    """
    with opened(project) as opened_project:
        for number in articles:
            path = opened_project.article(number).path
            opened_project.remove_article(number, force=force)
            narrate(f"removed {path}")


@click.command()
@project_command
@click.option("--verify", is_flag=True, help="Read the whole file first and see that it is sound.")
@JSON
def status(project: Path, verify: bool, as_json: bool) -> None:
    """Say where PROJECT stands: articles, languages, kinds of segments, units by status, what is still to be run."""
    with opened(project) as opened_project:
        if verify:
            opened_project.verify()
            narrate(f"{project} is sound")
        standing = opened_project.standing()
    if as_json:
        print_json(views.standing_as_json(project, standing))
    else:
        views.print_standing(project, standing)


@click.command()
@project_command
@click.option("-n", "--limit", default=10, show_default=True, help="How many units.")
@click.option("--best", is_flag=True, help="Most confident first, instead of reading order.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([s.value for s in Status]), help="Only these.")
@click.option("--story", type=int, help="Only this story.")
@click.option("--text", default="", help="Only units where this regular expression matches a text.")
@JSON
def show(
    project: Path, limit: int, best: bool, statuses: Sequence[str], story: int | None, text: str, as_json: bool
) -> None:
    """Print aligned units of PROJECT side by side."""
    query = UnitQuery(
        statuses=tuple(Status(name) for name in statuses),
        story_id=story,
        text=text,
        order=Order.CONFIDENCE if best else Order.READING,
    )
    with opened(project) as opened_project:
        wanted = opened_project.unit_ids(query)
        chosen = list(reversed(wanted))[:limit] if best else wanted[:limit]
        units = opened_project.units(chosen)
        paths = {article.id: article.path for article in opened_project.articles()}
    if as_json:
        print_json([views.unit_as_json(unit, paths) for unit in units])
    else:
        views.print_units(units, paths)
        narrate(f"{len(units)} of {len(wanted)} units")


@click.command()
@project_command
@click.argument("query")
@click.option("--language", help="Only in bg, uk, ru or en.")
@click.option("-n", "--limit", default=20, show_default=True, help="How many places.")
@JSON
def search(project: Path, query: str, language: str | None, limit: int, as_json: bool) -> None:
    """Find the words of QUERY in the sources and the English of PROJECT; the last word may be unfinished."""
    with opened(project) as opened_project:
        hits = opened_project.search(query, language=language, limit=limit)
    if as_json:
        print_json([{"language": h.language, "text": h.text, "article": h.article_id, "unit": h.unit_id} for h in hits])
    else:
        views.print_hits(hits, query)
        narrate(f"{len(hits)} places")
