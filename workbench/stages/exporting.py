"""Units on their way out: which ones, in which format, written so that a failure leaves no half file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench import __version__
from workbench.database import Database, articles, extras, settings, units
from workbench.exchange import Context, Format, format_of
from workbench.model import Status, Unit, UnitQuery

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What leaves the project, beyond what a query can ask for.

    Attributes:
        query: Which units; rejected ones stay behind unless it names statuses.
        pair: Source and target language, for formats that hold one pair.
        one_to_one: Only units of one segment a language.
        shortest: Fewest characters that every text of a unit must have.
        unique: Whether a unit is left out whose texts an earlier one had.
        split: Shares of the stories for development and test, each part in files of its own; (0, 0): no parts.
    """

    query: UnitQuery = field(default_factory=UnitQuery)
    pair: tuple[str, str] | None = None
    one_to_one: bool = False
    shortest: int = 0
    unique: bool = False
    split: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        format: The format's name.
        files: The files written, or that would be; the manifests not among them.
        units: How many units.
        left_out: Units without a text in a language that the format needs.
        signature: How the units were made.
    """

    format: str
    files: tuple[Path, ...]
    units: int
    left_out: int
    signature: str


class Extras(dict[int, Mapping[str, str]]):
    """What imports kept of units, by unit id: of the page of units that is going out. True if there is any at all."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._any = extras.any_at_all(database)

    def __bool__(self) -> bool:
        return self._any

    def turn_to(self, unit_ids: Sequence[int]) -> None:
        """Forget the page before and fetch this one."""
        if self._any:
            self.clear()
            self.update(extras.of_units(self._database, unit_ids))


def stream(database: Database, query: UnitQuery, kept: Extras | None = None) -> Iterator[Unit]:
    """Yield units page by page, so that a million of them never stand in memory; `kept` turns its pages with them."""
    wanted = units.ids(database, query)
    for start in range(0, len(wanted), _PAGE):
        page = wanted[start : start + _PAGE]
        if kept is not None:
            kept.turn_to(page)
        yield from units.load(database, page)


def export(
    database: Database, format_name: str, target: Path | None, wanted: Wanted, *, dry_run: bool = False
) -> Exported:
    """Write units to a file with a manifest beside it; of several parts, each to its own.

    Raises:
        UsageError: The format is unknown, needs a language pair, or the shares of the parts are not shares.
        ExchangeError: A file cannot be written; an older one then stays as it was.
    """
    chosen = format_of(format_name, target)
    path = target or database.path.with_suffix(chosen.suffix)
    parts = ["train", "dev", "test"] if any(wanted.split) else [""]
    done = [_export_part(database, chosen, path, wanted, part, dry_run) for part in parts]
    return Exported(
        chosen.name,
        tuple(file for each in done for file in each.files),
        sum(each.units for each in done),
        sum(each.left_out for each in done),
        signature(database),
    )


def _export_part(database: Database, chosen: Format, path: Path, wanted: Wanted, part: str, dry_run: bool) -> Exported:
    from workbench.exchange import manifest

    target = path.with_name(f"{path.stem}.{part}{path.suffix}") if part else path
    kept = Extras(database)
    context = _context(database, wanted.pair, kept)
    counts = manifest.Counts()
    passing = counts.of(_passing(database, wanted, part, kept))
    if dry_run:
        return Exported(chosen.name, (target,), sum(1 for _ in passing), 0, context.signature)
    written, files = chosen.save(passing, target, context)
    manifest.write(target, files, counts, context, chosen.name, written, _settings(wanted, part))
    return Exported(chosen.name, files, written, context.tally.left_out, context.signature)


def _passing(database: Database, wanted: Wanted, part: str, kept: Extras) -> Iterator[Unit]:
    from workbench.exchange import filters

    query = wanted.query
    if not query.statuses:
        query = replace(query, statuses=tuple(status for status in Status if status is not Status.REJECTED))
    keep = filters.Filter(one_to_one=wanted.one_to_one, length=wanted.shortest)
    found: Iterator[Unit] = (unit for unit in stream(database, query, kept) if not keep.reason(unit))
    if wanted.unique:
        found = filters.unique(found)
    return filters.Split(*wanted.split).of(found, part) if part else found


def _settings(wanted: Wanted, part: str) -> dict[str, object]:
    return {
        "statuses": [status.value for status in wanted.query.statuses],
        "languages": list(wanted.query.languages),
        "least_confidence": wanted.query.least,
        "story": wanted.query.story_id,
        "pair": list(wanted.pair) if wanted.pair else None,
        "one_to_one": wanted.one_to_one,
        "shortest": wanted.shortest,
        "unique": wanted.unique,
        "split": list(wanted.split) if part else None,
        "part": part or None,
    }


def _context(database: Database, pair: tuple[str, str] | None, kept: Extras) -> Context:
    return Context(
        articles={article.id: article for article in articles.every(database, with_text=False)},
        signature=signature(database),
        created=_last_change(database),
        pair=pair,
        extras=kept,
    )


def _last_change(database: Database) -> str:
    """Return the date of the newest article or unit: the same content always has the same, unlike the clock."""
    return max(articles.last_added(database), units.last_changed(database))


def signature(database: Database) -> str:
    """Return how the project's units were made, in one line."""
    from workbench.stages import aligning

    encoder = settings.get(database, "encoder", "none")
    return f"encoder:{encoder}|alignment:{aligning.signature()}|version:{__version__}"
