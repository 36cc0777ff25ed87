"""A unit's fields as short texts, for formats that hold properties or columns, and back."""

import math
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from workbench.model import Origin, Status, Unit


def _reasons(reasons: Mapping[str, float]) -> str:
    return " ".join([f"{name}={value:.6g}" for name, value in sorted(reasons.items())])


def to_fields(unit: Unit) -> dict[str, str]:
    """Return what a reader may want to know of a unit besides its texts and note, without what is at its default.

    The revision stays behind: it counts the writes of one project, undone ones too, and the same content has to give
    the same file.
    """
    fields = {"unit": str(unit.id)} if unit.id else {}
    fields["confidence"] = f"{unit.confidence:.6g}"
    fields["status"] = unit.status
    fields["origin"] = unit.origin
    if unit.story_id:
        fields["story"] = str(unit.story_id)
    if unit.position:
        fields["position"] = str(unit.position)
    if unit.bookmarked:
        fields["bookmarked"] = "yes"
    if unit.reasons:
        fields["reasons"] = _reasons(unit.reasons)
    return fields


def unit_interval(text: str) -> float:
    """Read a number in [0, 1].

    Raises:
        ValueError: It is not one.
    """
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def count(text: str) -> int:
    """Read a whole number that SQLite can store and that is not negative.

    Raises:
        ValueError: It is not one.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise ValueError(text)
    return int(text)


def _read_reasons(text: str) -> dict[str, float]:
    pairs = (part.partition("=") for part in text.split())
    reasons = {name: float(value) for name, _, value in pairs}
    if not all(math.isfinite(value) for value in reasons.values()):
        raise ValueError(text)
    return reasons


def yes(text: str) -> bool:
    """Read a mark that is either there or not.

    Raises:
        ValueError: It is neither.
    """
    if text.casefold() not in ("yes", "true", "1", "no", "false", "0"):
        raise ValueError(text)
    return text.casefold() in ("yes", "true", "1")


_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "unit": ("id", count),
    "confidence": ("confidence", unit_interval),
    "status": ("status", Status),
    "origin": ("origin", Origin),
    "story": ("story_id", count),
    "position": ("position", count),
    "bookmarked": ("bookmarked", yes),
    "reasons": ("reasons", _read_reasons),
}


def from_fields(fields: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Split fields into arguments for `Unit` and those that are not ours or make no sense, to be kept."""
    ours: dict[str, Any] = {}
    others: dict[str, str] = {}
    for name, text in fields.items():
        attribute, read = _READERS.get(name, ("", str))
        try:
            if attribute and text:
                ours[attribute] = read(text)
                continue
        except ValueError:
            pass
        others[name] = text
    return ours, others


def member(kind: type[Enum], text: str, default: Any) -> Any:
    """Return the member of an enum with this value, or `default`."""
    try:
        return kind(text)
    except ValueError:
        return default


def keep(extras: dict[str, str], key: str, value: str) -> None:
    """Add to extras under `key`, or under `key#2`, `key#3` where it is taken."""
    taken, number = key, 1
    while taken in extras:
        number += 1
        taken = f"{key}#{number}"
    extras[taken] = value


def base(key: str) -> str:
    """Return a key of extras without its `#2`."""
    stem, mark, number = key.rpartition("#")
    return stem if mark and number.isdigit() else key


def numbered(language: str, number: int) -> str:
    """Return how keys of extras call the first, second, ... variant in a language."""
    return language if number == 1 else f"{language}#{number}"
