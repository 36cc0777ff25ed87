"""The stages: run, translate, align, story."""

from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli import views
from workbench.cli.common import JSON, VERBOSE, narrate, opened, print_json, project_command
from workbench.model import Mode
from workbench.text import one_line

ENCODER = click.option("--encoder", help="A sentence-transformers model (folder or name) to use instead.")


@click.command()
@project_command
@ENCODER
def run(project: Path, encoder: str | None) -> None:
    """Do whatever is still to be done in PROJECT: translate, embed, judge the English, gather into stories, align.

    What is done already is not done again; Ctrl-C stops after the batch in flight and loses nothing.
    """
    from workbench.cli.bars import bar

    with opened(project) as opened_project:
        with bar() as progress:
            opened_project.run(encoder=encoder, progress=progress)
        views.print_standing(project, opened_project.standing())
    narrate(f"next: workbench review {project}")


@click.command()
@project_command
@click.option(
    "--packages",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Use Argos packages from this folder.",
)
@click.option(
    "--glossary",
    "by_glossary",
    is_flag=True,
    help="Prefer hypotheses that keep the glossary's terms, and put its English where the model has other words.",
)
@JSON
def translate(project: Path, packages: Path | None, by_glossary: bool, as_json: bool) -> None:
    """Render the articles of PROJECT into English with the best model that is installed.

    An installed Argos package for a language is used; otherwise the starter model that comes with the workbench.
    See `workbench models list`. What a reviewer or an imported memory has for the same text is taken over.
    """
    from workbench.cli.bars import bar

    with opened(project) as opened_project, bar() as progress:
        rendered = opened_project.translate(packages=packages, by_glossary=by_glossary, progress=progress)
    if as_json:
        print_json(
            [{"language": r.language, "model": r.model, "texts": r.texts, "remembered": r.remembered} for r in rendered]
        )
        return
    for result in rendered:
        human = f", {result.remembered} taken over from humans" if result.remembered else ""
        narrate(f"{result.language}: {result.texts} texts rendered by {result.model}{human}")


@click.command()
@project_command
@click.option(
    "--mode",
    type=click.Choice(["auto", *(mode.value for mode in Mode)]),
    help="Treat articles as translations (parallel) or as comparable news, instead of judging by the data.",
)
@ENCODER
@JSON
def align(project: Path, mode: str | None, encoder: str | None, as_json: bool) -> None:
    """Gather the articles of PROJECT into stories and align their passages.

    What is rendered already is compared by its English too, so translate first: it finds more of what corresponds.
    Units that a reviewer has decided on stay as they are; the machine aligns what lies around them, and in a
    translation nothing crosses them. So to align the rest after linking some passages by hand, run this again. What
    was rejected is not proposed again. Accepted and rejected units also correct the confidence of those that are not
    decided yet; `workbench status` says by how much.
    """
    from workbench.cli.bars import bar

    with opened(project) as opened_project, bar() as progress:
        results = opened_project.align(mode=mode, encoder=encoder, progress=progress)
        learned = opened_project.learned_confidence()
    if as_json:
        print_json(
            [
                {
                    "story": r.story_id,
                    "proposed": r.proposed,
                    "kept": r.kept,
                    "computed": r.fresh,
                    "modes": [
                        {"articles": list(pair), "mode": chosen.value} for pair, chosen in sorted(r.modes.items())
                    ],
                }
                for r in results
            ]
        )
        return
    for result in results:
        modes = ", ".join(sorted({chosen.value for chosen in result.modes.values()}))
        state = f"aligned as {modes}" if modes else ("aligned" if result.fresh else "unchanged")
        narrate(f"story {result.story_id}: {result.proposed} units proposed, {result.kept} reviewed ({state})")
    if told := views.confidence_learned(learned):
        narrate(told)


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("articles", nargs=-1, type=int)
@click.option("--into", type=int, help="The story that the articles belong to; a new one otherwise.")
@JSON
@VERBOSE
def story(project: Path, articles: Sequence[int], into: int | None, as_json: bool) -> None:
    """List the stories of PROJECT, or put ARTICLES (by number) into one story for good.

    \b
    Examples:
      workbench story news.workbench
      workbench story news.workbench 3 5 --into 1
      workbench story news.workbench 4
    """
    with opened(project) as opened_project:
        if articles:
            target = opened_project.place(list(articles), into)
            narrate(f"articles {', '.join(map(str, articles))} are in story {target} now")
            narrate(f"next: workbench align {project}")
            return
        standing = opened_project.standing()
    if as_json:
        print_json(views.standing_as_json(project, standing)["stories"])
        return
    titles = {article.id: article for article in standing.articles}
    for found in standing.stories:
        click.echo(f"story {found.id}: {one_line(found.title)}")
        for key in found.article_ids:
            click.echo(f"  {key} {titles[key].language} {one_line(titles[key].path)}")
