"""Formats in which units and terms leave and enter: one module a format, loaded when it is used.

`FORMATS` is what a command line lists. A format writes to and reads from binary streams; `save` and `load` do so
with files, and `save` never leaves a half-written one.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from workbench.errors import ExchangeError, UsageError
from workbench.exchange.aids import Aids
from workbench.exchange.context import Context, ImportedUnit, Skipped, Tally
from workbench.exchange.files import atomic

__all__ = [
    "FORMATS",
    "Aids",
    "Context",
    "Format",
    "ImportedUnit",
    "Skipped",
    "Tally",
    "atomic",
    "format_of",
]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what it is called and where its code is.

    Attributes:
        name: What `-f` takes.
        suffix: How its files end.
        description: One line for the list of formats.
        writer: `module:function` under `workbench.exchange`; empty where it cannot be written.
        reader: The same for reading.
        multilingual: Whether a file holds all languages; otherwise the context must name a `pair`.
        holds: `units` or `concepts`.
        several_files: Whether an export is several files that start with the same name.
        aided: Whether it has a place for other translations (`Context.aids`).
        marks_terms: Whether it has one for terms of the glossary as well.
    """

    name: str
    suffix: str
    description: str
    writer: str
    reader: str
    multilingual: bool = True
    holds: str = "units"
    several_files: bool = False
    aided: bool = False
    marks_terms: bool = False

    def write(self, values: Iterable[Any], stream: BinaryIO, context: Context) -> int:
        """Write units (or concepts) to a stream and return how many.

        Raises:
            UsageError: The format needs one language pair and the context names none, or it needs several files.
            ExchangeError: The format cannot be written.
        """
        if self.several_files:
            raise UsageError(f"{self.name} is several files and needs a name for them", "Name a file with -o.")
        self._check_pair(context)
        return int(self._function(self.writer, "write")(values, stream, context))

    def read(self, stream: BinaryIO) -> Iterator[Any]:
        """Yield `ImportedUnit` (or `Concept`) and `Skipped` values from a stream, one at a time.

        Raises:
            ExchangeError: The format cannot be read, or the file is damaged or unsafe.
        """
        found: Iterator[Any] = self._function(self.reader, "read")(stream)
        return found

    def save(self, values: Iterable[Any], path: Path, context: Context) -> tuple[int, tuple[Path, ...]]:
        """Write to `path`, all or nothing, and return how many and which files.

        Raises:
            UsageError: The format needs one language pair and the context names none.
            ExchangeError: The files cannot be written; what was there before is unchanged.
        """
        if self.several_files:
            self._check_pair(context)
            return self._function(self.writer, "write")(values, path, context)  # type: ignore[no-any-return]
        with atomic(path) as stream:
            written = self.write(values, stream, context)
        return written, (path,)

    def load(self, path: Path) -> Iterator[Any]:
        """Yield what `read` yields, from a file.

        Raises:
            ExchangeError: The file cannot be opened or read.
        """
        if self.several_files:
            yield from self._function(self.reader, "read")(path)
            return
        try:
            with path.open("rb") as stream:
                yield from self.read(stream)
        except OSError as error:
            raise ExchangeError(f"cannot read {path}: {error.strerror or error}", "Check the path.") from error

    def _check_pair(self, context: Context) -> None:
        if not self.multilingual and context.pair is None:
            raise UsageError(f"{self.name} holds one language pair", "Name it, for example --pair uk-en.")

    def _function(self, place: str, verb: str) -> Callable[..., Any]:
        module, _, function = place.partition(":")
        if not module:
            raise ExchangeError(f"{self.name} files cannot be {verb} here", "See the list of formats.")
        found: Callable[..., Any] = getattr(importlib.import_module(f"{__name__}.{module}"), function)
        return found


_ALL = (
    Format("tmx", ".tmx", "TMX 1.4b translation memory, all languages in one unit", "tmx:write", "tmx_reading:read"),
    Format("tsv", ".tsv", "tab-separated table for scripts", "tabular:write_tsv", "tabular:read_tsv"),
    Format("csv", ".csv", "table for Excel and LibreOffice", "tabular:write_csv", "tabular:read_csv"),
    Format("jsonl", ".jsonl", "one JSON object a line, with everything known", "jsonl:write", "jsonl:read"),
    Format(
        "xliff",
        ".xlf",
        "XLIFF 2.1, one language pair",
        "xliff2:write",
        "xliff2:read",
        False,
        aided=True,
        marks_terms=True,
    ),
    Format(
        "xliff20",
        ".xlf",
        "XLIFF 2.0, for tools that refuse 2.1",
        "xliff2:write_2_0",
        "xliff2:read",
        False,
        aided=True,
        marks_terms=True,
    ),
    Format("xliff1", ".xliff", "XLIFF 1.2, one language pair", "xliff1:write", "xliff1:read", False, aided=True),
    Format(
        "moses",
        "",
        "plain text, one file a language, ids and scores",
        "moses:write",
        "moses:read",
        False,
        "units",
        True,
    ),
    Format("tei", ".xml", "TEI P5 with stand-off alignment", "tei:write", "tei:read"),
    Format("html", ".html", "side by side, for print", "html:write", ""),
    Format("docx", ".docx", "bilingual Word table, one language pair", "docx:write", "docx:read", False),
    Format("parquet", ".parquet", "for pandas and DuckDB; needs pyarrow", "parquet:write", "parquet:read"),
    Format("tbx", ".tbx", "TBX 3 (TBX-Basic) glossary", "tbx:write_dca", "tbx:read", holds="concepts"),
    Format("tbx-dct", ".tbx", "the same with data categories as tags", "tbx:write_dct", "tbx:read", holds="concepts"),
    Format(
        "glossary-csv", ".csv", "glossary for spreadsheets", "glossary_csv:write", "glossary_csv:read", holds="concepts"
    ),
    Format(
        "glossary-tab",
        ".txt",
        "tab-separated glossary for OmegaT and others, one language pair",
        "glossary_tab:write",
        "",
        False,
        "concepts",
    ),
)

#: All formats by name, in the order in which they are listed.
FORMATS: Mapping[str, Format] = MappingProxyType({known.name: known for known in _ALL})


def format_of(name: str, path: Path | None = None, holds: str = "units") -> Format:
    """Return the format called `name`, or, where the name is empty, the first whose files end as `path` does.

    Raises:
        UsageError: There is none.
    """
    if name:
        if name in FORMATS:
            return FORMATS[name]
        raise UsageError(f"unknown format '{name}'", f"Use one of {', '.join(FORMATS)}.")
    suffixes = [] if path is None else [known for known in _ALL if known.holds == holds]
    found = next((known for known in suffixes if known.suffix and path and path.suffix.lower() == known.suffix), None)
    if found is None:
        raise UsageError(f"cannot tell the format of {path}", f"Name it: -f {'|'.join(FORMATS)}.")
    return found
