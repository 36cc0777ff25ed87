"""Tables: TSV for scripts, CSV for spreadsheets. One row a unit, one column a language.

A unit with two texts in one language takes a further row with the same `unit`. TSV escapes tab, line ends and the
backslash as `\\t`, `\\n`, `\\r`, `\\\\`. CSV (RFC 4180) starts with a byte order mark, which Excel needs, and
guards cells that a spreadsheet would run as formulas with an apostrophe (OWASP, CSV injection).
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby, zip_longest
from typing import BinaryIO

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped, Tally
from workbench.exchange.fields import from_fields, keep, member, numbered, to_fields
from workbench.exchange.lines import decoded, lines, not_unicode
from workbench.exchange.xml import clean, same_written
from workbench.languages import EN
from workbench.model import Origin, Unit, Variant

_BEFORE = ("unit", "status", "confidence")
_AFTER = ("note", "english-origin", "origin", "story", "position", "changed", "bookmarked", "reasons")
_OWN = frozenset((*_BEFORE, *_AFTER))
_EXTRAS = "extras"
_FROM_ARTICLE = "article"
# Where a cell makes a spreadsheet calculate; fullwidth signs count in East Asian settings.
_FORMULA = re.compile("'*(?:[ \t\r\n]*[=+\\-@＝＋－＠]|[\t\r\n])")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_ESCAPED = re.compile(r"\\([\\tnr])")
_UNESCAPES = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}

Row = Mapping[str, str]


def columns(context: Context) -> tuple[str, ...]:
    """Return the names of the columns."""
    articles = tuple(f"article-{language}" for language in context.languages)
    return (*_BEFORE, *context.languages, *_AFTER, *articles, *([_EXTRAS] if context.extras else []))


def rows(unit: Unit, context: Context) -> list[dict[str, str]]:
    """Return a unit as rows, cells by column; more than one where a language has several texts."""
    stacks = [_stack(unit, language, context) for language in context.languages]
    table: list[dict[str, str]] = [{} for _ in range(max(1, *map(len, stacks)) if stacks else 1)]
    for row, cells in zip(table, zip_longest(*stacks, fillvalue={}), strict=False):
        for cell in cells:
            row.update(cell)
    fields = to_fields(unit) | {"note": unit.note, "changed": unit.changed}
    if extras := context.extras.get(unit.id):
        fields[_EXTRAS] = json.dumps(dict(extras), ensure_ascii=False)
    table[0] |= fields
    for row in table[1:]:
        row["unit"] = fields.get("unit", "")
    return table


def _stack(unit: Unit, language: str, context: Context) -> list[dict[str, str]]:
    """Return the cells of one language, one dictionary a row."""
    cells = [
        {language: variant.text, f"article-{language}": context.path(variant.article_id)}
        for variant in unit.variants
        if variant.language == language
    ]
    if language == EN:
        cells = [cell | {"english-origin": _FROM_ARTICLE} for cell in cells]
        if unit.english and not any(same_written(cell[EN], unit.english) for cell in cells):
            cells.append({EN: unit.english, "english-origin": unit.english_origin.value})
    return cells


def write_tsv(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as tab-separated values in UTF-8 and return how many."""
    names = columns(context)
    stream.write("\t".join(names).encode() + b"\n")
    written = 0
    for unit in units:
        for row in rows(unit, context):
            cells = (clean(row.get(name, ""), context.tally).translate(_ESCAPES) for name in names)
            stream.write("\t".join(cells).encode() + b"\n")
        written += 1
    return written


def write_csv(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as comma-separated values and return how many."""
    names = columns(context)
    written = 0

    def table() -> Iterator[list[str]]:
        nonlocal written
        for unit in units:
            yield from ([row.get(name, "") for name in names] for row in rows(unit, context))
            written += 1

    write_csv_rows(chain([list(names)], table()), stream, context.tally)
    return written


def write_csv_rows(table: Iterable[list[str]], stream: BinaryIO, tally: Tally) -> None:
    """Write rows as CSV for spreadsheets: byte order mark, CR LF, forbidden characters replaced, formulas guarded."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text)
        for row in table:
            writer.writerow([guard(clean(cell, tally), tally) for cell in row])
        text.flush()
    finally:
        text.detach()


def guard(cell: str, tally: Tally) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula, and count it."""
    if not _FORMULA.match(cell):
        return cell
    tally.guarded += 1
    return f"'{cell}"


def unguard(cell: str) -> str:
    """Take back what `guard` did."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def _unescape(cell: str) -> str:
    return _ESCAPED.sub(lambda match: _UNESCAPES[match[1]], cell) if "\\" in cell else cell


def read_tsv(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a TSV file whose first line names the columns.

    Raises:
        ExchangeError: No two columns are languages of ours, or the text is not UTF-8.
    """
    yield from _read(((where, line.split("\t")) for where, line in lines(stream)), _unescape)


def read_csv(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a CSV file, separated by commas, semicolons or tabs, whose first row names the columns.

    Raises:
        ExchangeError: No two columns are languages of ours, or the file is not readable as CSV in UTF-8.
    """
    yield from _read(csv_rows(stream), unguard)


def csv_rows(stream: BinaryIO) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of a CSV file with their places; the separator is the one that the first line has most of.

    Raises:
        ExchangeError: The file is not readable as CSV in UTF-8.
    """
    line = 1
    with decoded(stream) as text:
        try:
            head = text.readline(LONGEST_TEXT)
            reader = csv.reader(chain([head], text), delimiter=max(",;\t", key=head.count), strict=True)
            for row in reader:
                line = reader.line_num
                yield f"line {line}", row
        except csv.Error as error:
            raise ExchangeError(
                f"the CSV is damaged after line {line}: {error}", "Look for a quotation mark without its partner."
            ) from error
        except UnicodeError as error:
            raise not_unicode(line) from error


def _read(table: Iterator[tuple[str, list[str]]], decode: Callable[[str], str]) -> Iterator[ImportedUnit | Skipped]:
    header = next(table, ("line 1", []))[1]
    names = [_column(decode(cell)) for cell in header]
    if len({name for name in names if name in languages.LANGUAGES}) < 2:
        raise ExchangeError(
            "the first line does not name two languages",
            "Give each column a name; call the texts bg, uk, ru and en.",
        )
    labelled = ((where, dict(zip(names, map(decode, cells), strict=False))) for where, cells in table if any(cells))
    for _, group in groupby(enumerate(labelled), lambda pair: pair[1][1].get("unit") or -pair[0] - 1):
        gathered = [row for _, row in group]
        yield _read_unit(gathered[0][0], [row for _, row in gathered])


def _column(header: str) -> str:
    """Return our name of a column: a language code where it names a language, else as it stands."""
    name = header.strip()
    try:
        return name if name in _OWN else languages.parse(name)
    except UsageError:
        return name


def _read_unit(where: str, gathered: list[Row]) -> ImportedUnit | Skipped:
    first = gathered[0]
    own = {name: text for name, text in first.items() if name not in languages.LANGUAGES and text}
    note, changed = own.pop("note", ""), own.pop("changed", "")
    own.pop("english-origin", "")
    fields, extras = from_fields(own)
    variants: list[Variant] = []
    english, english_origin = "", Origin.IMPORT
    for language in languages.LANGUAGES:
        for row in gathered:
            text = row.get(language, "")
            origin = row.get("english-origin", _FROM_ARTICLE)
            if len(text) > LONGEST_TEXT:
                return Skipped(where, f"a text of {len(text):,} characters is too long for a unit")
            if not text.strip():
                continue
            if language == EN and origin not in ("", _FROM_ARTICLE) and not english:
                english, english_origin = text, member(Origin, origin, Origin.IMPORT)
            else:
                variants.append(Variant(0, language, (), text))
    if len(variants) + bool(english) < 2:
        return Skipped(where, "fewer than two texts in Bulgarian, Ukrainian, Russian or English")
    return ImportedUnit(
        Unit(tuple(variants), note=note, changed=changed, english=english, english_origin=english_origin, **fields),
        where,
        _extras(extras, gathered[1:]),
    )


def _extras(first: Row, others: list[Row]) -> dict[str, str]:
    """Name what is left as `ImportedUnit.extras` does: an article's path is a property of its variant."""
    extras = _kept(first.get(_EXTRAS, ""))
    for number, row in enumerate((first, *others), start=1):
        for language in languages.LANGUAGES:
            if path := row.get(f"article-{language}", ""):
                extras.setdefault(f"{numbered(language, number)}/x-article", path)
    for name, text in first.items():
        if name and name != _EXTRAS and not name.startswith("article-"):
            keep(extras, name.replace("/", "_"), text)
    return extras


def _kept(cell: str) -> dict[str, str]:
    try:
        found = json.loads(cell) if cell else {}
        return {key: text for key, text in found.items() if isinstance(text, str)}
    except (ValueError, AttributeError, RecursionError):
        return {_EXTRAS: cell}
