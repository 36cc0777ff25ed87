"""The project's terms: glossary list, search, show, add, remove, import, export, extract, check."""

from collections.abc import Sequence
from pathlib import Path

import click

from workbench.cli.bars import bar
from workbench.cli.common import JSON, VERBOSE, language_pair, narrate, opened, print_json, project_command
from workbench.errors import GlossaryError, UsageError
from workbench.exchange import FORMATS
from workbench.languages import LANGUAGES, parse
from workbench.model import Concept, Term, TermStatus
from workbench.text import one_line

_EXAMPLES = 3  # places that JSON shows of a candidate
_FORMATS = [name for name, known in FORMATS.items() if known.holds == "concepts"]
_READABLE = [name for name in _FORMATS if FORMATS[name].reader]


@click.group()
def glossary() -> None:
    """Keep the project's terms: concepts, each with its terms in Bulgarian, Ukrainian, Russian and English.

    Terms are found in every inflected form.

    \b
    Examples:
      workbench glossary import news.workbench terms.tbx
      workbench glossary add news.workbench ceasefire --en ceasefire --uk "припинення вогню"
      workbench glossary search news.workbench президент
    """


def _concept_as_json(concept: Concept) -> dict[str, object]:
    return {
        "key": concept.key,
        "subject": concept.subject,
        "definition": concept.definition,
        "note": concept.note,
        "terms": [
            {"language": term.language, "text": term.text, "status": term.status.value} for term in concept.terms
        ],
    }


def _print(concepts: Sequence[Concept], as_json: bool) -> None:
    if as_json:
        print_json([_concept_as_json(concept) for concept in concepts])
        return
    for concept in concepts:
        parts = []
        for language in LANGUAGES:
            texts = [
                term.text + ("" if term.status is TermStatus.PREFERRED else f" ({term.status.value})")
                for term in concept.terms
                if term.language == language
            ]
            if texts:
                parts.append(f"{language}: {', '.join(texts)}")
        click.echo(one_line(f"{concept.key}  {' | '.join(parts)}"))


@glossary.command("list")
@project_command
@click.option("--subject", help="Only concepts of this subject field.")
@JSON
def list_(project: Path, subject: str | None, as_json: bool) -> None:
    """List the concepts of PROJECT with their terms."""
    with opened(project) as opened_project:
        found = opened_project.concepts()
    _print([concept for concept in found if subject in (None, concept.subject)], as_json)


@glossary.command()
@project_command
@click.argument("text")
@JSON
def search(project: Path, text: str, as_json: bool) -> None:
    """List the concepts of PROJECT with a term, key or definition that contains TEXT."""
    from workbench.glossary import search as matching

    with opened(project) as opened_project:
        found = matching(opened_project.concepts(), text)
    _print(found, as_json)


@glossary.command()
@project_command
@click.argument("key")
@JSON
def show(project: Path, key: str, as_json: bool) -> None:
    """Show one concept of PROJECT whole."""
    with opened(project) as opened_project:
        concept = next((each for each in opened_project.concepts() if each.key == key), None)
    if concept is None:
        raise GlossaryError(f"there is no concept '{key}'", "See: workbench glossary list PROJECT")
    if as_json:
        print_json(_concept_as_json(concept))
        return
    for label, value in (("subject", concept.subject), ("definition", concept.definition), ("note", concept.note)):
        if value:
            click.echo(f"{label:>10}  {one_line(value)}")
    for term in concept.terms:
        details = " ".join(part for part in (term.part_of_speech, term.gender, term.status.value) if part)
        click.echo(f"{term.language:>10}  {one_line(term.text)}  ({details})")


@glossary.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("key")
@click.option("--bg", multiple=True, help="A Bulgarian term; repeat for more. The first is preferred.")
@click.option("--uk", multiple=True, help="A Ukrainian term.")
@click.option("--ru", multiple=True, help="A Russian term.")
@click.option("--en", multiple=True, help="An English term.")
@click.option("--forbid", multiple=True, metavar="LANGUAGE:TERM", help="A term that must not be used, e.g. en:Kiev.")
@click.option("--subject", default="", help="The subject field.")
@click.option("--definition", default="", help="What it means.")
@VERBOSE
def add(
    project: Path,
    key: str,
    bg: Sequence[str],
    uk: Sequence[str],
    ru: Sequence[str],
    en: Sequence[str],
    forbid: Sequence[str],
    subject: str,
    definition: str,
) -> None:
    """Add a concept KEY to PROJECT, or replace the one with that key."""
    from workbench.glossary import validated

    terms = [
        Term(language, text, TermStatus.PREFERRED if position == 0 else TermStatus.ADMITTED)
        for language, texts in zip(LANGUAGES, (bg, uk, ru, en), strict=True)
        for position, text in enumerate(texts)
    ]
    for entry in forbid:
        language, colon, text = entry.partition(":")
        if not colon:
            raise UsageError(f"'{entry}' does not name a language", "Write it like en:Kiev.")
        terms.append(Term(parse(language), text, TermStatus.FORBIDDEN))
    if not terms:
        raise UsageError("a concept needs a term", "Give at least one of --bg, --uk, --ru, --en.")
    with opened(project) as opened_project:
        opened_project.save_concepts([validated(Concept(key, tuple(terms), subject, definition))])
    narrate(f"{key}: {len(terms)} terms")


@glossary.command()
@project_command
@click.argument("keys", nargs=-1, required=True)
def remove(project: Path, keys: Sequence[str]) -> None:
    """Remove the concepts with these KEYS from PROJECT."""
    with opened(project) as opened_project:
        missing = [key for key in keys if not opened_project.remove_concept(key)]
    if missing:
        raise GlossaryError(f"there is no concept '{missing[0]}'", "See: workbench glossary list PROJECT")


@glossary.command("import")
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-f", "--format", "format_name", type=click.Choice(_READABLE), help="The format.")
@VERBOSE
def import_(project: Path, file: Path, format_name: str | None) -> None:
    """Read the concepts of FILE (TBX, CSV) into PROJECT, each in place of the one with the same key."""
    with opened(project) as opened_project:
        stored, skipped = opened_project.import_concepts(file, format_name or "")
    for each in skipped:
        narrate(f"skipped {each.where}: {each.reason}")
    narrate(f"{stored} concepts read, {len(skipped)} skipped")


@glossary.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-f", "--format", "format_name", type=click.Choice(_READABLE), help="The format.")
@VERBOSE
def merge(project: Path, file: Path, format_name: str | None) -> None:
    """Bring the concepts of FILE into PROJECT without overwriting any: the project's word stands in a conflict.

    Concepts are one where their keys are, or where they share terms in two languages.
    """
    with opened(project) as opened_project:
        merged, skipped = opened_project.merge_concepts(file, format_name or "")
    for each in skipped:
        narrate(f"skipped {each.where}: {each.reason}")
    for conflict in merged.conflicts:
        narrate(conflict)
    narrate(f"{len(merged.added)} concepts added, {len(merged.changed)} changed, {len(merged.conflicts)} conflicts")


@glossary.command()
@project_command
def check(project: Path) -> None:
    """List terms of PROJECT that name several concepts, and concepts that are not acceptable.

    Whether the units keep the terms is what `workbench check` tells.
    """
    from workbench.glossary import ambiguous, validated

    with opened(project) as opened_project:
        concepts = opened_project.concepts()
    for term, keys in ambiguous(concepts):
        click.echo(one_line(f"{term.language}  {term.text}  names {', '.join(keys)}"))
    faulty = 0
    for concept in concepts:
        try:
            validated(concept)
        except GlossaryError as error:
            click.echo(one_line(error.message))
            faulty += 1
    if faulty:
        raise click.exceptions.Exit(1)


@glossary.command()
@click.argument("project", type=click.Path(path_type=Path))
@click.option("-f", "--format", "format_name", type=click.Choice(_FORMATS), help="The format.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The file.")
@click.option("--pair", help="Source and target language, for glossary-tab: uk-en.")
@VERBOSE
def export(project: Path, format_name: str | None, output: Path, pair: str | None) -> None:
    """Write the concepts of PROJECT to a file: TBX, CSV, or tab-separated for OmegaT and other programs.

    \b
    Examples:
      workbench glossary export news.workbench -o terms.tbx
      workbench glossary export news.workbench -f glossary-tab --pair uk-en -o uk-en.txt
    """
    with opened(project) as opened_project:
        written = opened_project.export_concepts(output, format_name or "", pair=language_pair(pair))
    narrate(f"wrote {written} concepts: {output}")


@glossary.command()
@project_command
@click.option("--language", help="Only candidates of bg, uk, ru or en.")
@click.option("-n", "--limit", default=30, show_default=True, help="How many candidates.")
@JSON
def extract(project: Path, language: str | None, limit: int, as_json: bool) -> None:
    """List term candidates from the texts of PROJECT that are not in its glossary yet, the likeliest first.

    Phrases and names that come again are candidates; equivalents in other languages are found by aligning the words
    of the project's units. `workbench glossary ignore` keeps a candidate from coming back.

    \b
    Examples:
      workbench glossary extract news.workbench
      workbench glossary extract news.workbench --language uk -n 100
    """
    with opened(project) as opened_project, bar() as progress:
        found = opened_project.extract_terms(parse(language) if language else None, limit, progress=progress)
    if as_json:
        print_json(
            [
                {
                    "score": proposal.score,
                    "candidates": [
                        {
                            "language": one.language,
                            "text": one.text,
                            "kind": one.kind,
                            "frequency": one.frequency,
                            "examples": [place.text for place in one.places[:_EXAMPLES]],
                        }
                        for one in proposal.candidates
                    ],
                }
                for proposal in found
            ]
        )
        return
    for proposal in found:
        terms = " | ".join(f"{one.language}: {one.text} ×{one.frequency}" for one in proposal.candidates)
        click.echo(one_line(f"{proposal.score:6.1f}  {terms}"))


@glossary.command()
@project_command
@click.argument("language")
@click.argument("text")
def ignore(project: Path, language: str, text: str) -> None:
    """Never list TEXT as a candidate of LANGUAGE again."""
    with opened(project) as opened_project:
        opened_project.ignore_candidate(parse(language), text)
