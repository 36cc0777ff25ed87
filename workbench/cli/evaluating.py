"""Measuring against gold standards: evaluate translation, evaluate alignment."""

from pathlib import Path

import click

from workbench.cli.common import JSON, VERBOSE, print_json
from workbench.errors import WorkbenchError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def evaluate() -> None:
    """Measure translation or alignment against a gold standard."""


@evaluate.command()
@click.option("--source", type=_FILE, required=True, help="Sentences, one a line.")
@click.option("--reference", type=_FILE, required=True, help="Their English by a human, line by line.")
@click.option("--from", "language", required=True, help="The language of the sentences: bg, uk or ru.")
@click.option("--packages", type=click.Path(path_type=Path, exists=True), help="Use Argos packages from this folder.")
@JSON
@VERBOSE
def translation(source: Path, reference: Path, language: str, packages: Path | None, as_json: bool) -> None:
    """Give BLEU, chrF2++ and TER of the installed model, with sacrebleu signatures, and its speed."""
    from workbench.cli.bars import bar
    from workbench.evaluation import translation as room
    from workbench.languages import parse
    from workbench.translation import engine_for

    engine = engine_for(parse(language), packages)
    with bar() as progress:
        scores = room.evaluate(_lines(source), _lines(reference), engine, progress)
    result = scores.as_dict()
    if as_json:
        print_json(result)
        return
    for name in ("bleu", "chrf", "ter"):
        click.echo(f"{name:>5} {result[name]:6.2f}  {result['signatures'][name]}")
    click.echo(f"{result['sentences_per_second']:.1f} sentences/s by {result['model']}")


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise WorkbenchError(f"{path} is not UTF-8", "Convert it, for example with iconv.") from error


@evaluate.command()
@click.argument("input", type=_FILE)
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Where the alignments are written.")
@click.option("--gold", type=_FILE, help="The right alignments, to score against.")
@click.option("--encoder", help="A sentence-transformers model (folder or name) to use instead.")
@click.option(
    "--english/--no-english", default=True, help="Whether comparable texts are rendered and compared by that too."
)
@JSON
@VERBOSE
def alignment(input: Path, output: Path, gold: Path | None, encoder: str | None, english: bool, as_json: bool) -> None:
    """Align texts that are already segmented (JSON lines with doc, langs, text) and score the result.

    Two languages or three; whether they are translations or comparable is judged from the texts. Comparable ones are
    rendered into English first, as in a project, which takes most of the time.
    """
    from workbench.cli.bars import bar
    from workbench.embedding import load_encoder
    from workbench.evaluation import alignment as room

    with bar() as progress:
        chosen = load_encoder(encoder, progress=progress)
        scores = room.evaluate_file(input, output, gold, chosen, room.renders(progress) if english else None)
    if scores is None:
        return
    if as_json:
        print_json(scores.as_dict())
        return
    for name, value in scores.as_dict().items():
        click.echo(f"{name:>24}  {value}")
