"""Files of other tools on their way in: as aligned units, or as a memory of human English."""

import hashlib
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from workbench.database import Database, articles, extras, memory, segments, stories, units
from workbench.exchange import ImportedUnit, Skipped, format_of
from workbench.languages import EN, LANGUAGES
from workbench.model import Article, Origin, Segment, Unit, Variant


class Use(StrEnum):
    """What an imported file is for."""

    UNITS = "units"
    MEMORY = "memory"


_HALVES = re.compile("[\ud800-\udfff]")

#: Of so many things that were skipped the place is kept; all of them are counted.
MOST_SKIPPED = 1000
#: A file without stories of its own comes in as stories of so many units, so that no article grows without bound.
UNITS_A_STORY = 1000


@dataclass(slots=True)
class Imported:
    """What an import found, and what it passed over and why.

    Attributes:
        read: Units or pairs that came in, or would.
        languages: Language -> texts.
        skipped: What was not imported, the first `MOST_SKIPPED` of it.
        reasons: Why things were skipped -> how many.
    """

    read: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, languages: Iterable[str]) -> None:
        """Count one unit with texts in these languages."""
        self.read += 1
        for language in languages:
            self.languages[language] += 1

    def skip(self, one: Skipped, units: int = 1) -> None:
        """Count what was skipped."""
        self.reasons[one.reason] += units
        if len(self.skipped) < MOST_SKIPPED:
            self.skipped.append(one)


@dataclass(frozen=True, slots=True)
class _Found:
    """A unit of the file with its texts by language, on one line each."""

    imported: ImportedUnit
    texts: Mapping[str, str]


def load(
    database: Database, path: Path, use: Use, now: str, format_name: str = "", *, dry_run: bool = False
) -> Imported:
    """Read a file of another tool into the project, all of it or nothing, however long it is.

    Raises:
        UsageError: The format is unknown.
        ExchangeError: The file cannot be read; nothing is stored then.
    """
    result = Imported()
    found = _useful(format_of(format_name, path).load(path), use, result)
    if use is Use.MEMORY:
        pairs = _pairs(found, result)
        if dry_run:
            deque(pairs, maxlen=0)
        else:
            memory.save(database, pairs, path.name)
    elif dry_run:
        _store_units(database, path, found, now, result, dry_run=True)
    else:
        with database.write():
            _store_units(database, path, found, now, result)
    return result


_WANTING = {
    Use.MEMORY: "no English beside a Bulgarian, Ukrainian or Russian text",
    Use.UNITS: "fewer than two of the languages bg, uk, ru, en",
}
_KNOWN = "these texts came in with an earlier file of this name"


def _useful(values: Iterable[ImportedUnit | Skipped], use: Use, result: Imported) -> Iterator[_Found]:
    """Yield what can be used, one at a time; count the rest."""
    for value in values:
        if isinstance(value, Skipped):
            result.skip(value)
            continue
        texts = {code: _line(text) for code, text in value.texts.items()}
        sources = len(texts) - (EN in texts)
        if (EN in texts and sources) if use is Use.MEMORY else len(texts) >= 2:
            yield _Found(value, texts)
        else:
            result.skip(Skipped(value.where, _WANTING[use]))


def _line(text: str) -> str:
    """Return a text on one line, and such as a file can hold: half a character (a lone surrogate) becomes a mark."""
    return _HALVES.sub("\ufffd", " ".join(text.split()))


def _pairs(found: Iterable[_Found], result: Imported) -> Iterator[tuple[str, str, str]]:
    for one in found:
        result.count(one.texts)
        yield from ((code, text, one.texts[EN]) for code, text in one.texts.items() if code != EN)


def _store_units(
    database: Database, path: Path, found: Iterable[_Found], now: str, result: Imported, *, dry_run: bool = False
) -> None:
    """Make stories of the file's units, and in each an article of each language's texts.

    Units to which the file gives a story share one here; others come as stories of `UNITS_A_STORY`.
    """
    story_ids: dict[int, int] = {}
    for number, part in enumerate(_parts(found), start=1):
        articles_of_part = _articles(database, path.name, number, part)
        if articles_of_part is None:
            where = f"{part[0].imported.where} to {part[-1].imported.where}"
            result.skip(Skipped(where, _KNOWN), len(part))
            continue
        for one in part:
            result.count(one.texts)
        if not dry_run:
            given = part[0].imported.unit.story_id
            story_id = story_ids.get(given) or stories.new(database, _title(path.name, number), Origin.IMPORT)
            story_ids |= {given: story_id} if given else {}
            _store_part(database, articles_of_part, part, story_id, now)


def _parts(found: Iterable[_Found]) -> Iterator[list[_Found]]:
    """Cut the units of a file where the story changes, and after `UNITS_A_STORY`."""
    part: list[_Found] = []
    for one in found:
        if part and (len(part) == UNITS_A_STORY or one.imported.unit.story_id != part[0].imported.unit.story_id):
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _title(name: str, number: int) -> str:
    return name if number == 1 else f"{name}, {number}"


def _articles(database: Database, name: str, number: int, part: list[_Found]) -> list[Article] | None:
    """Return the articles that a part of a file becomes, or None where the project has them.

    Another file of the same name gets a path of its own: what came in with the first may be under review.
    """
    texts = {code: "\n".join(one.texts[code] for one in part if code in one.texts) for code in LANGUAGES}
    made = [_article(_title(name, number), code, text) for code, text in texts.items() if text]
    for again in itertools.count(2):
        known = [articles.by_path(database, article.path) for article in made]
        if not any(known):
            return made
        if [one and one.sha256 for one in known] == [article.sha256 for article in made]:
            return None
        title = f"{_title(name, number)} ({again})"
        made = [replace(article, title=title, path=f"{title}#{article.language}") for article in made]
    return None


def _article(title: str, language: str, text: str) -> Article:
    return Article(
        path=f"{title}#{language}",
        text=text,
        language=language,
        language_origin=Origin.IMPORT,
        format="import",
        title=title,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _store_part(database: Database, made: list[Article], part: list[_Found], story_id: int, now: str) -> None:
    places: dict[str, tuple[int, Iterator[int]]] = {}
    for article in made:
        stored = articles.save(database, article, article.text.encode(), now)
        segments.replace_all(database, stored.id, _segments(article.text))
        rows = iter([segment.id for segment in segments.of_article(database, stored.id)])
        places[article.language] = (stored.id, rows)
    stories.assign(database, {article_id: story_id for article_id, _ in places.values()}, Origin.REVIEWER)
    made_units = [
        _unit(one.imported.unit, _variants(one, places), story_id, position, now) for position, one in enumerate(part)
    ]
    ids = units.add(database, made_units)
    extras.save(database, zip(ids, map(_extras, part), strict=True))


def _extras(one: _Found) -> Mapping[str, str]:
    """Return what the project has no field for; and who rendered the English, which here becomes a text like others."""
    given = one.imported.unit
    if not given.english or given.variant(EN):
        return one.imported.extras
    return {f"{EN}/x-english-origin": given.english_origin.value, **one.imported.extras}


def _segments(text: str) -> list[Segment]:
    pieces, start = [], 0
    for position, line in enumerate(text.split("\n")):
        pieces.append(Segment(position, start, start + len(line), line, paragraph=position))
        start += len(line) + 1
    return pieces


def _variants(one: _Found, places: Mapping[str, tuple[int, Iterator[int]]]) -> tuple[Variant, ...]:
    """Return a variant for each text, taking the next segment of each language's article."""
    taken = ((code, text, *places[code]) for code, text in one.texts.items())
    return tuple(Variant(article_id, code, (next(rows),), text) for code, text, article_id, rows in taken)


def _unit(given: Unit, variants: tuple[Variant, ...], story_id: int, position: int, now: str) -> Unit:
    """Return a unit of this project; its English is among its variants, where `ImportedUnit.texts` put it."""
    return replace(
        given,
        variants=variants,
        origin=Origin.IMPORT,
        english="",
        english_origin=Origin.MACHINE,
        note=_HALVES.sub("\ufffd", given.note),
        story_id=story_id,
        position=position * 1000,
        changed=now,
        revision=0,
        id=0,
    )
