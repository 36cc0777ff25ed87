"""Reading files of other tools: import."""

from pathlib import Path

import click

from workbench.cli.common import JSON, VERBOSE, narrate, opened, print_json
from workbench.exchange import FORMATS

_READABLE = [name for name, known in FORMATS.items() if known.holds == "units" and known.reader]
_SHOWN = 10


@click.command("import")
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_name", type=click.Choice(_READABLE), help="The format.")
@click.option(
    "--as",
    "use",
    type=click.Choice(["units", "memory"]),
    default="units",
    show_default=True,
    help="Aligned units to review and export, or a memory whose English is reused.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would come in, and what would be skipped and why.")
@JSON
@VERBOSE
def import_(project: Path, file: Path, format_name: str | None, use: str, dry_run: bool, as_json: bool) -> None:
    """Read FILE (TMX, TSV, CSV, JSONL, XLIFF, Moses, TEI, docx) into PROJECT. All of it comes in, or nothing.

    \b
    Examples:
      workbench import news.workbench agency.tmx --dry-run
      workbench import news.workbench agency.tmx --as memory
    """
    with opened(project) as opened_project:
        result = opened_project.import_file(file, use=use, format_name=format_name or "", dry_run=dry_run)
    if as_json:
        skipped = [{"where": one.where, "reason": one.reason} for one in result.skipped]
        reasons = dict(result.reasons.most_common())
        print_json({"read": result.read, "languages": dict(result.languages), "skipped": skipped, "reasons": reasons})
        return
    for one in result.skipped[:_SHOWN]:
        narrate(f"skipped {one.where}: {one.reason}")
    passed_over = result.reasons.total()
    if passed_over > _SHOWN:
        for reason, number in result.reasons.most_common(_SHOWN):
            narrate(f"skipped {number} in all: {reason}")
    texts = ", ".join(f"{number} {language}" for language, number in sorted(result.languages.items()))
    verb = "would come in" if dry_run else "came in"
    narrate(f"{result.read} units {verb} as {use} ({texts}), {passed_over} skipped")
