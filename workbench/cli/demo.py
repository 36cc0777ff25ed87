"""`workbench demo`: the whole way, from five real articles to aligned units, on one screen after the other."""

import time
from pathlib import Path

import click
from rich.rule import Rule
from rich.text import Text

from workbench.cli import views
from workbench.cli.common import VERBOSE, narrate
from workbench.model import Article, Order, Segment, Status, UnitQuery
from workbench.project import Project
from workbench.text import one_line

DEMO = Path("demo.workbench")


@click.command()
@click.option("-n", "--units", default=6, show_default=True, help="How many of the best units to print.")
@VERBOSE
def demo(units: int) -> None:
    """Build demo.workbench in this folder from five real articles and show what came out.

    Two Bulgarian, two Ukrainian and one Russian article, four of them about one event. Run again, it shows the
    same project without doing the work twice; what you reviewed in it stays.
    """
    from workbench import packaged
    from workbench.cli.bars import bar

    began = time.monotonic()
    with Project.open(DEMO) if DEMO.exists() else Project.create(DEMO) as project, bar() as progress:
        for path in packaged.seeds():
            project.add_content(path.read_bytes(), path.name)
        project.load_starter_glossary()
        _show_articles(project)
        project.translate(progress=progress)
        _show_english(project)
        project.align(progress=progress)
        _show_units(project, units)
    seconds = time.monotonic() - began
    narrate(f"{DEMO.absolute()} is ready ({seconds:.0f} s)")
    narrate(f"next: workbench review {DEMO}")


def _heading(text: str) -> None:
    views.console().print(Rule(Text(text, style="bold"), align="left"))


def _show_articles(project: Project) -> None:
    _heading("What was found in each article")
    for article in project.articles():
        segments = project.segments(article.id)
        left_out = sum(1 for segment in segments if not segment.aligned)
        line = Text(f"{article.path}  ", style="bold")
        line.append(f"{article.language} {article.language_confidence:.2f}, {article.encoding}, ", style="cyan")
        line.append(f"{len(segments)} segments, {left_out} left out of alignment", style="cyan")
        views.console().print(line)
        views.print_segments(segments)


def _show_english(project: Project) -> None:
    _heading("The English")
    for article in project.articles():
        _print_rendered(project, article, [s for s in project.segments(article.id) if s.aligned])


def _print_rendered(project: Project, article: Article, segments: list[Segment]) -> None:
    rendered = project.renderings(segment.id for segment in segments)
    models = sorted({rendering.model for rendering in rendered.values()})
    views.console().print(Text(f"{article.path}  by {', '.join(models) or 'nobody yet'}", style="bold"))
    for segment in segments:
        if segment.id in rendered:
            views.console().print(Text(f"  {one_line(rendered[segment.id].text)}"))


def _show_units(project: Project, number: int) -> None:
    query = UnitQuery(order=Order.CONFIDENCE)
    everything = project.unit_ids(query)
    # Units in all three languages first: they are what no pairwise tool gives.
    best = sorted(project.units(list(reversed(everything))), key=lambda u: (-len(u.languages), -u.confidence))
    _heading(f"The best of {len(everything)} aligned units")
    views.print_units(best[:number], {article.id: article.path for article in project.articles()})
    findings = project.check(UnitQuery(statuses=(Status.PROPOSED,))).findings
    _heading(f"Glossary and checks: {len(findings)} findings")
    for finding in findings[:number]:
        views.console().print(Text(f"unit {finding.unit_id}  {finding.where}  {one_line(finding.message)}"))
