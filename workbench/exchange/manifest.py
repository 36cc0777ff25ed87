"""The manifest beside an export: what was written, how it was made, and the hashes to check it by."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import ExchangeError
from workbench.exchange.context import Context
from workbench.exchange.files import atomic
from workbench.model import Unit


@dataclass(slots=True)
class Counts:
    """Figures on the units that pass by: an export wraps its units in `of` and reads the figures afterwards."""

    units: int = 0
    by_status: Counter[str] = field(default_factory=Counter)
    by_origin: Counter[str] = field(default_factory=Counter)
    by_languages: Counter[str] = field(default_factory=Counter)
    stories: set[int] = field(default_factory=set)

    def of(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """Yield the units and count them."""
        for unit in units:
            self.units += 1
            self.by_status[unit.status.value] += 1
            self.by_origin[unit.origin.value] += 1
            self.by_languages["-".join(sorted(unit.languages))] += 1
            self.stories.add(unit.story_id)
            yield unit

    def as_object(self) -> dict[str, object]:
        """Return the figures as JSON values."""
        return {
            "units": self.units,
            "by_status": dict(sorted(self.by_status.items())),
            "by_origin": dict(sorted(self.by_origin.items())),
            "by_languages": dict(sorted(self.by_languages.items())),
            "stories": len(self.stories - {0}),
        }


def write(
    target: Path,
    files: Iterable[Path],
    counts: Counts,
    context: Context,
    format_name: str,
    written: int,
    settings: Mapping[str, object],
    left_out: Mapping[str, int] | None = None,
) -> Path:
    """Write `TARGET.manifest.json` and return its path.

    Raises:
        ExchangeError: A file cannot be read back, or the manifest cannot be written.
    """
    path = target.with_name(f"{target.name}.manifest.json")
    found = {
        "format": format_name,
        "product": f"translation-workbench {context.version}",
        "signature": context.signature,
        "created": context.created,
        "written": written,
        "counts": counts.as_object(),
        "left_out": dict(sorted((left_out or {}).items())),
        "characters_replaced": context.tally.replaced,
        "formulas_guarded": context.tally.guarded,
        "settings": dict(settings),
        "files": [{"name": file.name, "bytes": file.stat().st_size, "sha256": sha256(file)} for file in files],
    }
    with atomic(path) as stream:
        stream.write(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
    return path


def verify(path: Path) -> list[str]:
    """Return the names of the files that a manifest lists and that are missing or changed.

    Raises:
        ExchangeError: It is not a manifest.
    """
    try:
        listed = {str(file["name"]): str(file["sha256"]) for file in json.loads(path.read_bytes())["files"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExchangeError(f"{path} is not a manifest", "Name a file that ends in .manifest.json.") from error
    places = {name: path.with_name(Path(name).name or "?") for name in listed}
    return [name for name, place in places.items() if not place.is_file() or sha256(place) != listed[name]]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
