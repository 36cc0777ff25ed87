"""What looks wrong: check."""

from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli.common import VERBOSE, narrate, opened
from workbench.model import Severity, UnitQuery

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--profile", type=_FILE, help="Which checks run, how strictly, and your own rules: a TOML file.")
@click.option("--rules", type=_FILE, help="Further rules, a TOML file of [[rule]] tables.")
@click.option("--off", multiple=True, metavar="CHECK", help="A check that does not run; repeat for more.")
@click.option("--story", type=int, help="Only this story.")
@click.option("--dismiss", multiple=True, metavar="KEY", help="Wave a finding through, by its key in the JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too, not on errors alone.")
@VERBOSE
def check(
    project: Path,
    form: str,
    as_json: bool,
    profile: Path | None,
    rules: Path | None,
    off: Sequence[str],
    story: int | None,
    dismiss: Sequence[str],
    strict: bool,
) -> None:
    """List what looks wrong in the units of PROJECT: numbers, names, terms, leftovers of Cyrillic, and more.

    Exits with 1 where there is an error, so that scripts can stop on it.

    \b
    Examples:
      workbench check news.workbench
      workbench check news.workbench --format sarif --off spaces > findings.sarif
      workbench check news.workbench --profile house-style.toml

    \b
    A profile, every key of it optional:
      off = ["spaces", "quotes"]       # checks that do not run
      shortest_ratio = 0.5             # English shorter than half of a variant is reported
      longest_ratio = 1.9
      [severity]                       # error, warning or info instead of a check's own
      numbers = "error"
      [[rule]]                         # a check of your own; repeat for more
      name = "special-operation"
      pattern = "спецоперац"           # a regular expression
      language = "ru"                  # bg, uk, ru, en (the default), or "" for all
      ignore_case = true
      unless_english = '"special'      # no finding where the English matches this
      message = "Put it in quotation marks."
    """
    with opened(project) as opened_project:
        for key in dismiss:
            opened_project.dismiss_key(key)
        checked = opened_project.check(UnitQuery(story_id=story), profile=profile, rules=rules, off=off)
    written = checked.written("json" if as_json else form, project.name)
    if written.strip():
        click.echo(written.rstrip())
    narrate(f"{len(checked.findings)} findings")
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in bad for finding in checked.findings):
        raise click.exceptions.Exit(1)
