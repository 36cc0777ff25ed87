"""JSON Lines: one unit a line with all that is known of it; what is read equals what was written."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from workbench import languages
from workbench.errors import UsageError
from workbench.exchange.context import LONGEST_TEXT, Context, ImportedUnit, Skipped
from workbench.exchange.fields import numbered
from workbench.exchange.lines import lines
from workbench.model import Origin, Status, Unit, Variant

_ARTICLE_FIELDS = ("path", "title", "published", "url", "sha256", "encoding")


def write(units: Iterable[Unit], stream: BinaryIO, context: Context) -> int:
    """Write units as JSON Lines and return how many. No text is changed: JSON can hold any."""
    written = 0
    for unit in units:
        stream.write(encode(unit, context))
        written += 1
    return written


def encode(unit: Unit, context: Context) -> bytes:
    """Return a unit as one line of JSON."""
    value = _unit_object(unit, context)
    try:
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate, which only an escape can carry
        return json.dumps(value, separators=(", ", ": ")).encode() + b"\n"


def _unit_object(unit: Unit, context: Context) -> dict[str, object]:
    found: dict[str, object] = {
        "id": unit.id,
        "story": unit.story_id,
        "position": unit.position,
        "status": unit.status.value,
        "confidence": unit.confidence,
        "origin": unit.origin.value,
        "variants": [_variant_object(variant, context) for variant in unit.variants],
        "english": {"text": unit.english, "origin": unit.english_origin.value},
        "note": unit.note,
        "bookmarked": unit.bookmarked,
        "reasons": dict(sorted(unit.reasons.items())),
        "changed": unit.changed,
    }
    extras = context.extras.get(unit.id)
    if extras:
        found["extras"] = dict(extras)
    return found


def _variant_object(variant: Variant, context: Context) -> dict[str, object]:
    article = context.articles.get(variant.article_id)
    source: dict[str, object] = {"id": variant.article_id}
    if article:
        source |= {name: getattr(article, name) for name in _ARTICLE_FIELDS if getattr(article, name)}
    return {
        "language": variant.language,
        "text": variant.text,
        "article": source,
        "segments": list(variant.segment_ids),
        "corrected": variant.corrected,
    }


def read(stream: BinaryIO) -> Iterator[ImportedUnit | Skipped]:
    """Yield the units of a JSON Lines file, and the lines that hold none.

    Raises:
        ExchangeError: The file is not UTF-8, or a line is longer than any unit can be.
    """
    for where, line in lines(stream):
        if line.strip():
            yield decode(line, where)


def decode(line: str, where: str) -> ImportedUnit | Skipped:
    """Read one line of JSON as a unit, or say why it is none."""
    try:
        return _read_unit(json.loads(line), where)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return Skipped(where, f"not a unit as JSON: {error}")
    except UsageError as error:
        return Skipped(where, error.message)


def _read_unit(found: Mapping[str, Any], where: str) -> ImportedUnit:
    variants = tuple(_read_variant(variant) for variant in found["variants"])
    english = found.get("english") or {}
    if isinstance(english, str):
        english = {"text": english, "origin": Origin.IMPORT.value}
    unit = Unit(
        variants=variants,
        confidence=float(found.get("confidence", 1.0)),
        status=Status(found.get("status", Status.PROPOSED)),
        origin=Origin(found.get("origin", Origin.IMPORT)),
        english=_text(english.get("text", "")),
        english_origin=Origin(english.get("origin", Origin.IMPORT)),
        note=_text(found.get("note", "")),
        bookmarked=bool(found.get("bookmarked", False)),
        reasons={str(name): float(value) for name, value in (found.get("reasons") or {}).items()},
        story_id=_whole(found.get("story", 0)),
        position=_whole(found.get("position", 0)),
        changed=_text(found.get("changed", "")),
        id=_whole(found.get("id", 0)),
    )
    if not 0 <= unit.confidence <= 1:
        raise ValueError("the confidence is not between 0 and 1")
    return ImportedUnit(unit, where, _read_extras(found))


def _read_variant(found: Mapping[str, Any]) -> Variant:
    return Variant(
        article_id=_whole((found.get("article") or {}).get("id", 0)),
        language=languages.parse(_text(found["language"])),
        segment_ids=tuple(_whole(number) for number in found.get("segments", ())),
        text=_text(found["text"]),
        corrected=bool(found.get("corrected", False)),
    )


def _read_extras(found: Mapping[str, Any]) -> dict[str, str]:
    """Keep the extras of the line, and the articles' paths where the articles may not be in this project."""
    extras = {str(key): _text(value) for key, value in (found.get("extras") or {}).items()}
    seen: Counter[str] = Counter()
    for variant in found["variants"]:
        language = languages.parse(variant["language"])
        seen[language] += 1
        if path := (variant.get("article") or {}).get("path"):
            extras.setdefault(f"{numbered(language, seen[language])}/x-article", _text(path))
    return extras


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, found {type(value).__name__}")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"a text of {len(value):,} characters is too long for a unit")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**63:
        raise ValueError("expected a whole number")
    return value
