"""A bilingual Word table for clients who only have Word, and the same table back with their corrections.

Columns: number, source, target, status, comment. Insertions that Word tracked count as made, deletions as gone.
"""

import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any, BinaryIO

from workbench import languages
from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import Context, ImportedUnit, Skipped
from workbench.exchange.pairs import bitext, imported
from workbench.exchange.xml import clean, local
from workbench.model import Status, Unit

#: Word itself becomes unusable with tables much longer than this.
MOST_ROWS = 20_000
_LARGEST = 200_000_000  # bytes, unpacked
_HEADINGS = ("Unit", "", "", "Status", "Comment")
_WIDTHS = (1.5, 9.5, 9.5, 2.2, 3.5)  # centimetres, on a landscape A4 page


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write the pair of the context as a Word document and return how many units.

    Raises:
        ExchangeError: There are more than `MOST_ROWS` units.
    """
    document, table = _document(context)
    pattern = table.rows[1]._tr
    written = 0
    for unit in units:
        texts = bitext(unit, context)
        if texts is None:
            continue
        if written == MOST_ROWS:
            raise ExchangeError(f"Word cannot hold more than {MOST_ROWS:,} units", "Filter them, or use html or csv.")
        row = deepcopy(pattern)
        _fill(row, (str(unit.id or ""), texts.source, texts.target, unit.status.value, unit.note), context)
        table._tbl.append(row)
        written += 1
    table._tbl.remove(pattern)
    _save(document, stream)
    return written


def _document(context: Context) -> tuple[Any, Any]:
    """Return a document with a table of the heading and one empty row, the pattern for all others."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(clean(context.title, context.tally) or "Translation for review", level=1)
    if context.signature:
        document.add_paragraph(clean(context.signature, context.tally))
    _date(document, context.created)
    table = document.add_table(rows=2, cols=len(_HEADINGS), style="Table Grid")
    table.autofit = False
    for column, width in enumerate(_WIDTHS):
        for row in table.rows:
            row.cells[column].width = Cm(width)
    names = [languages.name(code) for code in context.pair or ()]
    _fill(table.rows[0]._tr, ("Unit", *names, "Status", "Comment"), context)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return document, table


def _date(document: Any, created: str) -> None:
    """Write the dates that the caller gave, so that the same export has the same bytes."""
    properties = document.core_properties
    try:
        moment = datetime.fromisoformat(created).replace(tzinfo=None)
    except ValueError:
        moment = datetime(2000, 1, 1)
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = "translation-workbench"
    properties.title = ""


def _fill(row: Any, texts: tuple[str, ...], context: Context) -> None:
    """Put texts into the cells of a row; line breaks inside a text stay."""
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].add_r().text = clean(text, context.tally).replace("\r\n", "\n")


def _save(document: Any, stream: BinaryIO) -> None:
    """Save with the same date on every file of the archive: zip keeps the time of writing otherwise."""
    from io import BytesIO

    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            fixed = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(info))


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a Word document's first table, whose heading names two languages.

    Raises:
        ExchangeError: It is not a Word document, is unsafe to unpack, or has no such table.
    """
    rows = _rows(stream)
    columns = [_column(text) for text in next(rows, [])]
    pair = [name for name in columns if name in languages.LANGUAGES]
    if len(pair) != 2:
        raise ExchangeError(
            "the document's first table has no heading with two languages",
            "Name the columns, for example Ukrainian and English.",
        )
    for number, texts in enumerate(rows, start=2):
        cells = dict(zip(columns, texts, strict=False))
        status = cells.get("status", "").strip().casefold()
        try:
            yield imported(
                (pair[0], pair[1]),
                (cells.get(pair[0], ""), cells.get(pair[1], "")),
                {"unit": cells.get("unit", "").strip()},
                f"row {number}",
                Status(status) if status in set(Status) else None,
                cells.get("comment", ""),
            )
        except (ExchangeError, UsageError) as error:
            yield Skipped(f"row {number}", error.message)


def _column(text: str) -> str:
    try:
        return languages.parse(text)
    except UsageError:
        return text.strip().casefold()


def _rows(stream: BinaryIO) -> Iterator[list[str]]:
    import docx

    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise ExchangeError("the Word document is too large when unpacked", "Split it.")
        stream.seek(0)
        tables = docx.Document(stream).tables
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise ExchangeError("the file is not a Word document (.docx)", "Save it from Word as .docx.") from error
    if tables:
        for row in tables[0]._tbl.tr_lst:
            yield [_cell_text(cell) for cell in row.tc_lst]


def _cell_text(cell: Any) -> str:
    """Return the text of a cell, one line a paragraph, without what a tracked deletion struck out."""
    return "\n".join(
        "".join(_run_text(part) for part in paragraph.iter() if isinstance(part.tag, str)) for paragraph in cell.p_lst
    )


def _run_text(part: Any) -> str:
    name = local(part.tag)
    return (part.text or "") if name == "t" else {"tab": "\t", "br": "\n", "cr": "\n"}.get(name, "")
