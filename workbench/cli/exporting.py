"""Writing units for other tools: export."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from workbench.cli.common import JSON, VERBOSE, language_pair, narrate, opened, print_json
from workbench.errors import UsageError
from workbench.exchange import FORMATS
from workbench.model import Status, UnitQuery

_DATE = click.DateTime(["%Y-%m-%d"])
_UNIT_FORMATS = [name for name, known in FORMATS.items() if known.holds == "units"]


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_name", type=click.Choice(_UNIT_FORMATS), help="The format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file; named after PROJECT otherwise.",
)
@click.option("--pair", help="Source and target language, for formats that hold one pair: uk-en.")
@click.option("--status", "statuses", multiple=True, type=click.Choice([s.value for s in Status]), help="Only these.")
@click.option("--languages", help="Only units with all of these, e.g. bg,uk; en may be a rendering.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.0, help="Lowest confidence.")
@click.option("--story", type=int, help="Only this story.")
@click.option("--article", type=int, help="Only with a passage of this article.")
@click.option("--since", type=_DATE, help="Only changed on this day or later: 2026-11-25.")
@click.option("--until", type=_DATE, help="Only changed on this day or earlier.")
@click.option("--without-findings", is_flag=True, help="Only units that the checks have nothing against.")
@click.option("--one-to-one", is_flag=True, help="Only units of one sentence a language.")
@click.option("--shortest", default=0, metavar="N", help="Only units whose every text has at least N characters.")
@click.option("--unique", is_flag=True, help="Leave out units whose texts an earlier one had.")
@click.option(
    "--split",
    type=(click.FloatRange(0, 1), click.FloatRange(0, 1)),
    default=(0.0, 0.0),
    metavar="DEV TEST",
    help="Write train, dev and test parts by story; the shares of dev and test, e.g. 0.1 0.1.",
)
@click.option("--with-memory", is_flag=True, help="XLIFF to English: offer similar human English beside each unit.")
@click.option("--dry-run", is_flag=True, help="Only say how many units would be written.")
@JSON
@VERBOSE
def export(
    project: Path,
    format_name: str | None,
    output: Path | None,
    pair: str | None,
    statuses: Sequence[str],
    languages: str | None,
    least: float,
    story: int | None,
    article: int | None,
    since: datetime | None,
    until: datetime | None,
    without_findings: bool,
    one_to_one: bool,
    shortest: int,
    unique: bool,
    split: tuple[float, float],
    with_memory: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write the units of PROJECT to a file that other tools open, and a manifest with counts and hashes beside it.

    Rejected units stay behind unless --status asks for them. The same project gives the same bytes, and a failed
    export leaves an older file as it was. XLIFF 2 marks the terms of the glossary with their equivalents, and every
    version of XLIFF offers what else the machine made of a text.

    \b
    Examples:
      workbench export news.workbench -f tmx -o news.tmx
      workbench export news.workbench -f tsv --status accepted --least 0.8
      workbench export news.workbench -f xliff --pair uk-en --with-memory
      workbench export news.workbench -f moses --pair uk-en -o corpus --one-to-one --unique --split 0.1 0.1
    """
    from workbench.languages import parse
    from workbench.stages.exporting import Wanted

    if not format_name and output is None:
        raise UsageError("no format was named", f"Use -f {'|'.join(_UNIT_FORMATS)}.")
    query = UnitQuery(
        statuses=tuple(Status(name) for name in statuses),
        languages=tuple(parse(code) for code in languages.split(",")) if languages else (),
        story_id=story,
        article_id=article,
        least=least,
    )
    wanted = Wanted(
        query,
        language_pair(pair),
        one_to_one,
        shortest,
        unique,
        f"{since:%Y-%m-%d}" if since else "",
        f"{until:%Y-%m-%d}" if until else "",
        without_findings,
        split,
        with_memory,
    )
    with opened(project) as opened_project:
        exported = opened_project.export(format_name or "", output, wanted=wanted, dry_run=dry_run)
    if as_json:
        print_json(
            {
                "format": exported.format,
                "files": [str(path) for path in exported.files],
                "units": exported.units,
                "parts": dict(exported.parts),
                "left_out": dict(exported.left_out),
                "signature": exported.signature,
            }
        )
        return
    verb = "would write" if dry_run else "wrote"
    narrate(f"{verb} {exported.units} units as {exported.format}: {', '.join(map(str, exported.files))}")
    if len(exported.parts) > 1:
        narrate(", ".join(f"{part} {number}" for part, number in exported.parts.items()))
    for reason, number in exported.left_out.items():
        narrate(f"left out {number}: {reason}")
