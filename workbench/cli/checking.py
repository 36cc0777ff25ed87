"""What looks wrong: check."""

from pathlib import Path

import click

from workbench.cli.common import VERBOSE, narrate, opened
from workbench.model import Severity


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too, not on errors alone.")
@VERBOSE
def check(project: Path, form: str, as_json: bool, strict: bool) -> None:
    """List what looks wrong in the units of PROJECT: numbers, names, terms, leftovers of Cyrillic, and more.

    Exits with 1 where there is an error, so that scripts can stop on it.
    """
    from workbench.checks import report

    with opened(project) as opened_project:
        findings = opened_project.check()
    render = {"text": report.as_text, "json": report.as_json, "sarif": report.as_sarif}["json" if as_json else form]
    click.echo(render(findings))
    narrate(f"{len(findings)} findings")
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in bad for finding in findings):
        raise click.exceptions.Exit(1)
