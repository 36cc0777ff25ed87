"""HTML side by side for print and for colleagues without the workbench: one file, no script, nothing fetched."""

from collections.abc import Iterable
from html import escape
from typing import BinaryIO

from workbench import languages
from workbench.exchange.context import Context, text_of
from workbench.exchange.xml import clean
from workbench.languages import EN
from workbench.model import Status, Unit
from workbench.text import visible

_STYLE = """
:root { color-scheme: light dark; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; margin: 2em auto; max-width: 80em; padding: 0 1em; }
h1 { font-size: 1.4em; } header p, td.about { color: #666; font-size: .8em; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th, td { border-top: 1px solid #bbb; overflow-wrap: anywhere; padding: .45em .6em; text-align: left;
  vertical-align: top; white-space: pre-line; }
th.about, td.about { width: 6.5em; } tr.rejected td { color: #888; text-decoration: line-through; }
td.rendering { font-style: italic; } p.note { border-left: 3px solid #c90; margin: .4em 0 0; padding-left: .5em; }
@media print { body { font-size: 9pt; margin: 0; max-width: none; } thead { display: table-header-group; }
  tr { break-inside: avoid; } @page { margin: 15mm; size: A4 landscape; } }
""".strip()
# The reader's browser neither runs nor fetches anything, whatever an article holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as a table with a column a language and return how many."""
    columns = context.pair or context.languages
    stream.write(_head(columns, context).encode())
    written = 0
    for unit in units:
        stream.write(_row(unit, columns, context).encode())
        written += 1
    stream.write(b"</tbody>\n</table>\n</body>\n</html>\n")
    return written


def _head(columns: tuple[str, ...], context: Context) -> str:
    title = _text(context.title or "Aligned passages", context)
    facts = " · ".join(fact for fact in (context.created, context.signature) if fact)
    names = "".join(f'<th scope="col">{languages.name(code)}</th>' for code in columns)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1><p>{_text(facts, context)}</p></header>\n"
        f'<table>\n<thead><tr><th scope="col" class="about">Unit</th>{names}</tr></thead>\n<tbody>\n'
    )


def _row(unit: Unit, columns: tuple[str, ...], context: Context) -> str:
    about = f"{unit.id}<br>{unit.status.value}<br>{unit.confidence:.0%}"
    cells = "".join(_cell(unit, language, context) for language in columns)
    note = f'<p class="note">{_text(unit.note, context)}</p>' if unit.note else ""
    rejected = ' class="rejected"' if unit.status is Status.REJECTED else ""
    return f'<tr{rejected}><td class="about">{about}{note}</td>{cells}</tr>\n'


def _cell(unit: Unit, language: str, context: Context) -> str:
    texts = [variant.text for variant in unit.variants if variant.language == language]
    rendered = language == EN and not texts
    shown = texts or [text_of(unit, language)]
    kind = ' class="rendering"' if rendered else ""
    return f'<td lang="{language}"{kind}>{"<hr>".join(_text(text, context) for text in shown)}</td>'


def _text(text: str, context: Context) -> str:
    """Return text fit for HTML; characters that reorder what follows them are shown, not obeyed."""
    return escape(visible(clean(text, context.tally)))
