"""Moses plain text: one file a language, one line a unit, with ids and confidences beside them.

An export called `news` with the pair uk and en is `news.uk`, `news.en`, `news.ids` and `news.scores`. Line ends
inside a text become spaces: a line is a unit, and every reader counts on it.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import zip_longest
from pathlib import Path

from workbench.errors import ExchangeError, UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped, text_of
from workbench.exchange.fields import from_fields, to_fields
from workbench.exchange.files import atomic
from workbench.exchange.lines import lines
from workbench.exchange.xml import clean
from workbench.languages import LANGUAGES
from workbench.model import Unit, Variant

# All that some reader takes for the end of a line (str.splitlines), and the tab.
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def write(units: Iterable[Unit], path: Path, context: Context) -> tuple[int, tuple[Path, ...]]:
    """Write the pair of the context under the name `path` and return how many units and which files.

    Each file replaces an older one only when all are written.

    Raises:
        UsageError: The context names no pair.
        ExchangeError: A file cannot be written.
    """
    if context.pair is None:
        raise UsageError("moses holds one language pair", "Name it, for example --pair uk-en.")
    base = base_name(path)
    files = tuple(base.with_name(f"{base.name}.{suffix}") for suffix in (*context.pair, "ids", "scores"))
    written = 0
    with ExitStack() as stack:
        source, target, ids, scores = (stack.enter_context(atomic(file)) for file in files)
        for unit in units:
            texts = [one_line(clean(text_of(unit, language), context.tally)) for language in context.pair]
            if not all(texts):
                context.tally.left_out += 1
                continue
            source.write(texts[0].encode() + b"\n")
            target.write(texts[1].encode() + b"\n")
            ids.write(f"{unit.id}\n".encode())
            scores.write(to_fields(unit)["confidence"].encode() + b"\n")
            written += 1
    return written, files


def base_name(path: Path) -> Path:
    """Return the common name of the files: without a language's suffix."""
    return path.with_suffix("") if path.suffix[1:] in (*LANGUAGES, "ids", "scores", "moses") else path


def one_line(text: str) -> str:
    """Return a text as one line for any reader; a byte order mark, which a first line would lose, goes."""
    return _BREAKS.sub(" ", text.replace("\ufeff", "")).strip()


def read(path: Path) -> Iterator[ImportedUnit | Skipped]:
    """Yield units from the files called `path` with a language's suffix; ids and scores are used if they are there.

    Raises:
        ExchangeError: There are not two languages, or the files differ in length.
    """
    base = base_name(path)
    found = [language for language in LANGUAGES if base.with_name(f"{base.name}.{language}").is_file()]
    if len(found) < 2:
        raise ExchangeError(
            f"there are not two files called {base.name}.LANGUAGE", "Name them for example news.uk and news.en."
        )
    extras = [name for name in ("ids", "scores") if base.with_name(f"{base.name}.{name}").is_file()]
    names = [*found, *extras]
    with ExitStack() as stack:
        streams = [stack.enter_context(base.with_name(f"{base.name}.{name}").open("rb")) for name in names]
        for number, row in enumerate(zip_longest(*map(lines, streams)), start=1):
            if None in row:
                ended = ", ".join(f"{base.name}.{name}" for name, cell in zip(names, row, strict=True) if cell is None)
                raise ExchangeError(f"the files differ in length: {ended} ends before line {number}", "Pair them anew.")
            cells = {name: cell[1] for name, cell in zip(names, row, strict=True)}
            yield _read_unit(f"line {number}", cells)


def _read_unit(where: str, cells: dict[str, str]) -> ImportedUnit | Skipped:
    texts = {language: cells[language] for language in LANGUAGES if cells.get(language, "").strip()}
    if len(texts) < 2:
        return Skipped(where, "fewer than two texts")
    if max(map(len, texts.values())) > LONGEST_TEXT:
        return Skipped(where, "a text is too long for a unit")
    fields, _ = from_fields({"unit": cells.get("ids", ""), "confidence": cells.get("scores", "")})
    variants = tuple(Variant(0, language, (), text) for language, text in texts.items())
    return ImportedUnit(Unit(variants, **fields), where)
