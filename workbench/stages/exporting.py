"""Units on their way out: which ones, in which format, written so that a failure leaves no half file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench import __version__
from workbench.database import Database, actions, articles, settings, units
from workbench.exchange import Context, format_of
from workbench.model import Status, Unit, UnitQuery

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        format: The format's name.
        files: The files written, or that would be.
        units: How many units.
        left_out: Units without a text in a language that the format needs.
        signature: How the units were made.
    """

    format: str
    files: tuple[Path, ...]
    units: int
    left_out: int
    signature: str


def stream(database: Database, query: UnitQuery) -> Iterator[Unit]:
    """Yield units page by page, so that a million of them never stand in memory."""
    wanted = units.ids(database, query)
    for start in range(0, len(wanted), _PAGE):
        yield from units.load(database, wanted[start : start + _PAGE])


def export(
    database: Database,
    format_name: str,
    target: Path | None,
    query: UnitQuery,
    pair: tuple[str, str] | None,
    *,
    one_to_one: bool = False,
    dry_run: bool = False,
) -> Exported:
    """Write units to a file; rejected units stay behind unless the query asks for them.

    Raises:
        UsageError: The format is unknown, or needs a language pair.
        ExchangeError: The file cannot be written; an older one then stays as it was.
    """
    chosen = format_of(format_name, target)
    path = target or database.path.with_suffix(chosen.suffix)
    if not query.statuses:
        query = replace(query, statuses=tuple(status for status in Status if status is not Status.REJECTED))
    wanted = (unit for unit in stream(database, query) if not one_to_one or _one_to_one(unit))
    context = _context(database, pair)
    if dry_run:
        return Exported(chosen.name, (path,), sum(1 for _ in wanted), 0, context.signature)
    written, files = chosen.save(wanted, path, context)
    return Exported(chosen.name, files, written, context.tally.left_out, context.signature)


def _one_to_one(unit: Unit) -> bool:
    return all(len(variant.segment_ids) == 1 for variant in unit.variants)


def _context(database: Database, pair: tuple[str, str] | None) -> Context:
    return Context(
        articles={article.id: article for article in articles.every(database, with_text=False)},
        signature=signature(database),
        created=_last_change(database),
        pair=pair,
    )


def _last_change(database: Database) -> str:
    """Return when the project last changed: a date that the same project always has, unlike the clock's."""
    newest = next(actions.newest_first(database, 1), None)
    added = str(database.value("SELECT max(added) FROM source") or "")
    return max(newest.at if newest else "", added)


def signature(database: Database) -> str:
    """Return how the project's units were made, in one line."""
    from workbench.stages import aligning

    encoder = settings.get(database, "encoder", "none")
    return f"encoder:{encoder}|alignment:{aligning.signature()}|version:{__version__}"
