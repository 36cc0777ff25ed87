"""Units on their way out: which ones, in which format, written so that a failure leaves no half file."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from workbench import __version__
from workbench.database import Database, articles, extras, settings, units
from workbench.errors import UsageError
from workbench.exchange import Context, Format, format_of
from workbench.languages import EN
from workbench.model import Severity, Status, Unit, UnitQuery

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What leaves the project, beyond what a query can ask for.

    Attributes:
        query: Which units; rejected ones stay behind unless it names statuses. English is there as a rendering too.
        pair: Source and target language, for formats that hold one pair.
        one_to_one: Only units of one segment a language.
        shortest: Fewest characters that every text of a unit must have.
        unique: Whether a unit is left out whose texts an earlier one had.
        since: Only units changed at or after this date or moment.
        until: Only units changed at or before it; a date includes its day.
        without_findings: Only units of which the checks say nothing worse than a remark.
        split: Shares of the stories for development and test, each part in files of its own; (0, 0): no parts.
        with_memory: Whether similar human English of the memory goes with each unit, where the format has a place.
    """

    query: UnitQuery = field(default_factory=UnitQuery)
    pair: tuple[str, str] | None = None
    one_to_one: bool = False
    shortest: int = 0
    unique: bool = False
    since: str = ""
    until: str = ""
    without_findings: bool = False
    split: tuple[float, float] = (0.0, 0.0)
    with_memory: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Attributes:
        format: The format's name.
        files: The files written, or that would be; the manifests not among them.
        units: How many units.
        parts: How many in each part: by `train`, `dev` and `test`, or all of them by an empty name.
        left_out: Why units stayed behind that the query found -> how many.
        signature: How the units were made.
    """

    format: str
    files: tuple[Path, ...]
    units: int
    parts: Mapping[str, int]
    left_out: Mapping[str, int]
    signature: str


class Extras(dict[int, Mapping[str, str]]):
    """What imports kept of units, by unit id: of the page of units that is going out. True if there is any at all."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._any = extras.any_at_all(database)

    def __bool__(self) -> bool:
        return self._any

    def turn_to(self, page: Sequence[Unit]) -> None:
        """Forget the page before and fetch this one."""
        if self._any:
            self.clear()
            self.update(extras.of_units(self._database, [unit.id for unit in page]))


class Follower(Protocol):
    """What knows something of the units that are going out, a page at a time."""

    def turn_to(self, page: Sequence[Unit]) -> None:
        """Forget the page before and fetch this one."""


def stream(database: Database, query: UnitQuery, *followers: Follower) -> Iterator[Unit]:
    """Yield units page by page, so that a million of them never stand in memory; followers turn pages with them."""
    wanted = units.ids(database, query)
    for start in range(0, len(wanted), _PAGE):
        page = units.load(database, wanted[start : start + _PAGE])
        for follower in followers:
            follower.turn_to(page)
        yield from page


def export(
    database: Database, format_name: str, target: Path | None, wanted: Wanted, *, dry_run: bool = False
) -> Exported:
    """Write units to a file with a manifest beside it; of several parts, each to its own.

    Raises:
        UsageError: The format is unknown, needs a language pair, has no place for what the memory offers, or the shares
            of the parts are not shares.
        ExchangeError: A file cannot be written; an older one then stays as it was.
    """
    chosen = format_of(format_name, target)
    if wanted.with_memory and not (chosen.aided and wanted.pair and wanted.pair[1] == EN):
        raise UsageError(
            "the memory's English goes with XLIFF into English only", "Use -f xliff --pair uk-en, or leave it out."
        )
    path = target or database.path.with_suffix(chosen.suffix)
    parts = ["train", "dev", "test"] if any(wanted.split) else [""]
    export_part = _try_part if dry_run else _export_part
    done = [export_part(database, chosen, path, wanted, part) for part in parts]
    no_text = sum(each.left_out.pop(_NO_TEXT, 0) for each in done)
    # The parts hold different units of one selection, so what the selection left out is the same in all.
    left_out = done[0].left_out | ({_NO_TEXT: no_text} if no_text else {})
    return Exported(
        chosen.name,
        tuple(file for each in done for file in each.files),
        sum(each.units for each in done),
        {part: each.units for part, each in zip(parts, done, strict=True)},
        left_out,
        signature(database),
    )


_NO_TEXT = "no text in a language of the format"


@dataclass(frozen=True, slots=True)
class _Part:
    """What one part of an export wrote."""

    files: tuple[Path, ...]
    units: int
    left_out: dict[str, int]


def _export_part(database: Database, chosen: Format, path: Path, wanted: Wanted, part: str) -> _Part:
    from workbench.exchange import manifest

    target = path.with_name(f"{path.stem}.{part}{path.suffix}") if part else path
    kept = Extras(database)
    followers: list[Follower] = [kept]
    context = _context(database, wanted.pair, kept)
    if chosen.aided and wanted.pair:
        from workbench.stages.aiding import Aiding

        aids = Aiding(database, wanted.pair, with_terms=chosen.marks_terms, with_memory=wanted.with_memory)
        followers.append(aids)
        context = replace(context, aids=aids)
    counts, left_out = manifest.Counts(), Counter[str]()
    written, files = chosen.save(counts.of(_passing(database, wanted, part, followers, left_out)), target, context)
    if context.tally.left_out:
        left_out[_NO_TEXT] = context.tally.left_out
    manifest.write(target, files, counts, context, chosen.name, written, _settings(wanted, part), left_out)
    return _Part(files, written, dict(left_out))


def _try_part(database: Database, chosen: Format, path: Path, wanted: Wanted, part: str) -> _Part:
    """Write a part where nobody sees it, so that a preview has the very counts."""
    with tempfile.TemporaryDirectory() as folder:
        tried = _export_part(database, chosen, Path(folder) / path.name, wanted, part)
    return replace(tried, files=tuple(path.with_name(file.name) for file in tried.files))


def _passing(
    database: Database, wanted: Wanted, part: str, followers: Sequence[Follower], left_out: Counter[str]
) -> Iterator[Unit]:
    """Yield the units of a part; count why others stay behind that the query found."""
    from workbench.exchange import filters

    query = replace(wanted.query, languages=tuple(code for code in wanted.query.languages if code != EN))
    if not query.statuses:
        query = replace(query, statuses=tuple(status for status in Status if status is not Status.REJECTED))
    keep = filters.Filter(
        languages=wanted.query.languages,
        since=wanted.since,
        until=wanted.until,
        one_to_one=wanted.one_to_one,
        length=wanted.shortest,
        without=_with_findings(database, query) if wanted.without_findings else (),
    )
    found = keep.of(stream(database, query, *followers), left_out)
    if wanted.unique:
        found = filters.unique(found, left_out=left_out)
    return filters.Split(*wanted.split).of(found, part) if part else found


def _with_findings(database: Database, query: UnitQuery) -> set[int]:
    from workbench.stages import checking

    findings = checking.check(database, query).findings
    return {finding.unit_id for finding in findings if finding.severity is not Severity.INFO}


def _settings(wanted: Wanted, part: str) -> dict[str, object]:
    return {
        "statuses": [status.value for status in wanted.query.statuses],
        "languages": list(wanted.query.languages),
        "least_confidence": wanted.query.least,
        "story": wanted.query.story_id,
        "article": wanted.query.article_id,
        "since": wanted.since,
        "until": wanted.until,
        "without_findings": wanted.without_findings,
        "pair": list(wanted.pair) if wanted.pair else None,
        "one_to_one": wanted.one_to_one,
        "shortest": wanted.shortest,
        "unique": wanted.unique,
        "split": list(wanted.split) if part else None,
        "with_memory": wanted.with_memory,
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
