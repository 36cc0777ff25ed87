"""Glossaries as CSV: written with one row a term, read in that form or with one row a concept.

One row a concept is how translators keep glossaries in spreadsheets: a column for each language, several terms in a
cell separated by `|`, the preferred one first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import BinaryIO

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, Skipped
from workbench.exchange.fields import member, yes
from workbench.exchange.tabular import csv_rows, unguard, write_csv_rows
from workbench.model import Concept, Term, TermStatus

_CONCEPT_COLUMNS = ("concept", "subject", "definition", "note", "source")
_TERM_COLUMNS = (
    *("language", "term", "status", "part_of_speech", "gender"),
    *("do_not_translate", "case_sensitive", "term_note"),
)
_COLUMNS = _CONCEPT_COLUMNS + _TERM_COLUMNS
_ALIASES = {"key": "concept", "id": "concept", "subject_field": "subject", "comment": "note", "pos": "part_of_speech"}

Row = Mapping[str, str]


def write(concepts: Iterable[Concept], stream: BinaryIO, context: Context) -> int:
    """Write concepts as CSV for spreadsheets and return how many; formulas are guarded."""
    written = 0

    def table() -> Iterator[list[str]]:
        nonlocal written
        for concept in concepts:
            found = list(_term_rows(concept, context))
            written += bool(found)
            context.tally.left_out += not found
            yield from found

    write_csv_rows(chain([list(_COLUMNS)], table()), stream, context.tally)
    return written


def _term_rows(concept: Concept, context: Context) -> Iterator[list[str]]:
    head = [concept.key, concept.subject, concept.definition, concept.note, concept.source]
    for language in context.languages:
        for term in concept.terms:
            if term.language == language:
                marks = ["yes" if mark else "" for mark in (term.do_not_translate, term.case_sensitive)]
                cells = [language, term.text, term.status.value, term.part_of_speech, term.gender, *marks, term.note]
                yield head + cells


def read(stream: BinaryIO) -> Iterator[Concept | Skipped]:
    """Yield the concepts of a CSV glossary in either form, and the rows that hold none.

    Raises:
        ExchangeError: The columns are those of neither form, or the file is not CSV in UTF-8.
    """
    table = csv_rows(stream)
    names = [_column(unguard(cell)) for cell in next(table, ("", []))[1]]
    labelled = ((where, dict(zip(names, map(unguard, cells), strict=False))) for where, cells in table if any(cells))
    if {"language", "term"} <= set(names):
        for _, group in groupby(enumerate(labelled), lambda pair: pair[1][1].get("concept") or -pair[0] - 1):
            rows = [row for _, row in group]
            yield from _concept_of_rows(rows)
    elif len({name for name in names if name in languages.LANGUAGES}) >= 2:
        for where, row in labelled:
            yield _concept_of_row(where, row)
    else:
        raise ExchangeError(
            "the first line names neither the columns language and term nor two languages",
            "Name the columns bg, uk, ru, en, or concept, language, term.",
        )


def _column(header: str) -> str:
    name = header.strip().casefold().replace(" ", "_")
    try:
        return _ALIASES.get(name, name) if name in _COLUMNS or name in _ALIASES else languages.parse(name)
    except UsageError:
        return name


def _concept_of_rows(rows: Sequence[tuple[str, Row]]) -> Iterator[Concept | Skipped]:
    terms: list[Term] = []
    for where, row in rows:
        try:
            terms.append(_term(row))
        except (ExchangeError, UsageError) as error:
            yield Skipped(where, error.message)
    if terms:
        yield _concept(rows[0][1], terms, rows[0][0])


def _term(row: Row) -> Term:
    text = row["term"].strip()
    if not text or len(text) > LONGEST_TEXT:
        raise ExchangeError("the term is empty or too long")
    return Term(
        languages.parse(row["language"]),
        text,
        member(TermStatus, row.get("status", "").casefold(), TermStatus.PREFERRED),
        row.get("part_of_speech", ""),
        row.get("gender", ""),
        do_not_translate=_mark(row.get("do_not_translate", "")),
        case_sensitive=_mark(row.get("case_sensitive", "")),
        note=row.get("term_note", ""),
    )


def _mark(cell: str) -> bool:
    try:
        return bool(cell) and yes(cell)
    except ValueError as error:
        raise ExchangeError(f"'{cell}' is neither yes nor no") from error


def _concept_of_row(where: str, row: Row) -> Concept | Skipped:
    terms = [
        Term(language, text, TermStatus.ADMITTED if number else TermStatus.PREFERRED)
        for language in languages.LANGUAGES
        for number, text in enumerate(part.strip() for part in row.get(language, "").split("|") if part.strip())
    ]
    if not terms or max(len(term.text) for term in terms) > LONGEST_TEXT:
        return Skipped(where, "no term, or one that is too long")
    return _concept(row, terms, where)


def _concept(row: Row, terms: list[Term], where: str) -> Concept:
    key = row.get("concept", "") or where.replace(" ", "-")
    subject, definition, note, source = (row.get(name, "") for name in _CONCEPT_COLUMNS[1:])
    return Concept(key, tuple(terms), subject, definition, note, source)
