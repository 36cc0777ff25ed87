"""Files of other tools on their way in: as aligned units, or as a memory of human English."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from workbench.database import Database, articles, memory, segments, stories, units
from workbench.exchange import ImportedUnit, Skipped, format_of
from workbench.languages import EN, LANGUAGES, SOURCE_LANGUAGES
from workbench.model import Article, Origin, Segment, Status, Unit, Variant


class Use(StrEnum):
    """What an imported file is for."""

    UNITS = "units"
    MEMORY = "memory"


@dataclass(slots=True)
class Imported:
    """What an import found, and what it passed over and why.

    Attributes:
        read: Units or pairs that came in, or would.
        languages: Language -> texts.
        skipped: What was not imported.
    """

    read: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def count(self, languages: Iterable[str]) -> None:
        """Count one unit with texts in these languages."""
        self.read += 1
        for language in languages:
            self.languages[language] = self.languages.get(language, 0) + 1


def load(
    database: Database, path: Path, use: Use, now: str, format_name: str = "", *, dry_run: bool = False
) -> Imported:
    """Read a file of another tool into the project, all of it or nothing.

    Raises:
        UsageError: The format is unknown.
        ExchangeError: The file cannot be read; nothing is stored then.
    """
    result = Imported()
    found: list[ImportedUnit] = []
    for value in format_of(format_name, path).load(path):
        if isinstance(value, Skipped):
            result.skipped.append(value)
        elif not _is_useful(value, use):
            result.skipped.append(Skipped(value.where, _WANTING[use]))
        else:
            result.count(value.texts)
            found.append(value)
    if not dry_run and found:
        if use is Use.MEMORY:
            memory.save(database, _pairs(found), path.name)
        else:
            _store_units(database, path, found, now)
    return result


_WANTING = {
    Use.MEMORY: "no English beside a Bulgarian, Ukrainian or Russian text",
    Use.UNITS: "fewer than two of the languages bg, uk, ru, en",
}


def _is_useful(value: ImportedUnit, use: Use) -> bool:
    if use is Use.MEMORY:
        return bool(value.english) and any(code in value.texts for code in SOURCE_LANGUAGES)
    return len(value.texts) >= 2


def _pairs(found: Iterable[ImportedUnit]) -> list[tuple[str, str, str]]:
    return [(code, text, one.english) for one in found for code, text in one.texts.items() if code != EN]


def _store_units(database: Database, path: Path, found: list[ImportedUnit], now: str) -> None:
    """Make an article of each language's texts, all in one story of the file's name, and units of the file's rows."""
    with database.write():
        story_id = stories.new(database, path.name, Origin.IMPORT)
        by_language = {
            code: _store_article(database, path, code, [one.texts[code] for one in found if code in one.texts], now)
            for code in LANGUAGES
            if any(code in one.texts for one in found)
        }
        stories.assign(database, {article: story_id for article, _ in by_language.values()}, Origin.REVIEWER)
        left = {code: iter(stored) for code, (_, stored) in by_language.items()}
        for position, one in enumerate(found):
            variants = tuple(
                Variant(by_language[code][0], code, (next(left[code]).id,), one.texts[code]) for code in one.texts
            )
            units.save(database, _unit(one, variants, story_id, position, now))


def _store_article(
    database: Database, path: Path, language: str, texts: list[str], now: str
) -> tuple[int, list[Segment]]:
    cleaned = [" ".join(text.split()) for text in texts]
    text = "\n".join(cleaned)
    content = text.encode("utf-8")
    article = Article(
        path=f"{path.name}#{language}",
        text=text,
        language=language,
        language_origin=Origin.IMPORT,
        format="import",
        title=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    known = articles.by_path(database, article.path)
    if known:
        article = replace(article, id=known.id, version=known.version + 1)
    stored = articles.save(database, article, content, now)
    pieces, start = [], 0
    for position, line in enumerate(cleaned):
        pieces.append(Segment(position, start, start + len(line), line, paragraph=position))
        start += len(line) + 1
    segments.replace_all(database, stored.id, pieces)
    return stored.id, segments.of_article(database, stored.id)


def _unit(one: ImportedUnit, variants: tuple[Variant, ...], story_id: int, position: int, now: str) -> Unit:
    given = one.unit
    return replace(
        given,
        variants=variants,
        origin=Origin.IMPORT,
        english="" if EN in one.texts and any(v.language == EN for v in variants) else given.english,
        english_origin=Origin.MACHINE if any(v.language == EN for v in variants) else Origin.REVIEWER,
        status=given.status if given.status is not Status.REJECTED else Status.FLAGGED,
        story_id=story_id,
        position=position * 1000,
        changed=now,
        revision=0,
        id=0,
    )
