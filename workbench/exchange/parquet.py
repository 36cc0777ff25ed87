"""Parquet, for pandas, DuckDB and Ray: one row a unit. Needs pyarrow, which is not installed with the workbench."""

import importlib
import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from workbench.errors import ExchangeError
from workbench.exchange import jsonl
from workbench.exchange.context import Context, ImportedUnit, Skipped, text_of
from workbench.languages import LANGUAGES
from workbench.model import Unit

_ROWS_A_GROUP = 10_000


def _arrow() -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise ExchangeError("Parquet needs the package pyarrow", "Run: pip install pyarrow") from error


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as Parquet and return how many: texts and figures as columns, all else in the column `unit`.

    Raises:
        ExchangeError: pyarrow is not installed.
    """
    pyarrow, parquet = _arrow()
    text, number = pyarrow.string(), pyarrow.int64()
    fields = [("id", number), ("story", number), ("status", text), ("confidence", pyarrow.float64())]
    fields += [(language, text) for language in LANGUAGES] + [("unit", text)]
    facts = {"product": f"translation-workbench {context.version}", "signature": context.signature}
    schema = pyarrow.schema(fields, metadata=facts | {"created": context.created})
    written = 0
    with parquet.ParquetWriter(stream, schema) as out:
        remaining = iter(units)
        while group := [_row(unit, context) for unit in itertools.islice(remaining, _ROWS_A_GROUP)]:
            out.write_table(pyarrow.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written


def _row(unit: Unit, context: Context) -> dict[str, object]:
    texts = {language: _valid(text_of(unit, language)) or None for language in LANGUAGES}
    figures: dict[str, object] = {
        "id": unit.id,
        "story": unit.story_id,
        "status": unit.status.value,
        "confidence": unit.confidence,
    }
    return figures | texts | {"unit": jsonl.encode(unit, context).decode().rstrip("\n")}


def _valid(text: str) -> str:
    """Return text without lone surrogates, which UTF-8 cannot hold; the column `unit` has them escaped."""
    return text.encode("utf-8", "replace").decode()


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a Parquet file that `write` wrote.

    Raises:
        ExchangeError: pyarrow is not installed, or the file is not such a file.
    """
    pyarrow, parquet = _arrow()
    try:
        source = parquet.ParquetFile(stream)
        batches = source.iter_batches(batch_size=_ROWS_A_GROUP, columns=["unit"])
        lines = itertools.chain.from_iterable(batch.column(0).to_pylist() for batch in batches)
        for number, line in enumerate(lines, start=1):
            yield jsonl.decode(line or "", f"row {number}")
    except (pyarrow.ArrowException, OSError, json.JSONDecodeError, IndexError) as error:
        raise ExchangeError(f"not a Parquet file of the workbench: {error}", "Export it again.") from error
