"""English that is reused: memory."""

from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli.common import JSON, VERBOSE, narrate, opened, print_json
from workbench.errors import UsageError
from workbench.translation import Match


@click.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("text", required=False)
@click.option("--from", "language", help="The language of TEXT: bg, uk or ru.")
@click.option("--unit", "unit_id", type=int, help="Look for the texts of this unit instead.")
@click.option("--least", type=click.IntRange(0, 100), default=70, show_default=True, help="Least likeness, in percent.")
@click.option("-n", "--limit", type=click.IntRange(1), default=5, show_default=True, help="How many to print at most.")
@JSON
@VERBOSE
def memory(
    project: Path, text: str | None, language: str | None, unit_id: int | None, least: int, limit: int, as_json: bool
) -> None:
    """Print the human English that PROJECT remembers for texts like TEXT, and where they differ.

    The memory is what `workbench import --as memory` read and what reviewers wrote. `workbench translate` takes over
    its English for the same text by itself; what is only like it is offered here. Without TEXT, say how much there is.

    \b
    Examples:
      workbench memory news.workbench
      workbench memory news.workbench "Уряд схвалив бюджет" --from uk
      workbench memory news.workbench --unit 7 --least 60
    """
    from workbench.languages import parse

    with opened(project) as opened_project:
        if unit_id is not None:
            found = opened_project.similar_to_unit(unit_id, limit=limit, least=least / 100)
        elif text is not None:
            if language is None:
                raise UsageError("the language of the text is not given", "Add --from bg, uk or ru.")
            code = parse(language)
            matches = opened_project.memory(code).similar(text, limit, least / 100)
            found = [(code, match) for match in matches]
        else:
            counts = {code: len(opened_project.memory(code).texts) for code in ("bg", "uk", "ru")}
            if as_json:
                print_json(counts)
            else:
                click.echo("\n".join(f"{code}  {number} texts" for code, number in counts.items()))
            return
    _show(found, as_json)


def _show(found: Sequence[tuple[str, Match]], as_json: bool) -> None:
    from workbench.text import one_line
    from workbench.translation import marked

    if as_json:
        print_json(
            [
                {
                    "language": language,
                    "similarity": round(match.similarity, 3),
                    "source": match.source,
                    "difference": [list(stretch) for stretch in match.difference],
                    "english": match.english,
                }
                for language, match in found
            ]
        )
        return
    for language, match in found:
        # Rounded down, so that 100 % is said of the same text alone.
        click.echo(f"{int(100 * match.similarity):3} %  {language}  {one_line(marked(match.difference))}")
        click.echo(f"           {one_line(match.english)}")
    narrate(f"{len(found)} found")
