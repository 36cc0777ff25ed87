"""Units on their way out: which ones, in which format, written so that a failure leaves no half file."""

from collections.abc import Iterator, Sequence

from workbench.database import Database, articles, settings, units
from workbench.exchange.context import Context
from workbench.model import Status, Unit, UnitQuery

_PAGE = 1000


def stream(database: Database, query: UnitQuery) -> Iterator[Unit]:
    """Yield units page by page, so that a million of them never stand in memory."""
    wanted = units.ids(database, query)
    for start in range(0, len(wanted), _PAGE):
        yield from units.load(database, wanted[start : start + _PAGE])


def exported_statuses(asked: Sequence[Status]) -> tuple[Status, ...]:
    """Return the statuses that leave the workbench: all but rejected, unless the user asked for others."""
    return tuple(asked) or tuple(status for status in Status if status is not Status.REJECTED)


def signature(database: Database, version: str) -> str:
    """Return how the project's units were made, in one line."""
    from workbench import alignment

    encoder = settings.get(database, "encoder", "none")
    return f"encoder:{encoder}|alignment:{alignment.SIGNATURE}|version:{version}"


def context(database: Database, version: str, created: str, pair: tuple[str, str] | None = None) -> Context:
    """Return what writers need to know besides the units."""
    return Context(
        articles={article.id: article for article in articles.every(database, with_text=False)},
        signature=signature(database, version),
        created=created,
        version=version,
        pair=pair,
    )
