"""The Argos package index and downloads from it: the only code of the product that uses the network."""

import hashlib
import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import ModelError
from workbench.progress import Progress
from workbench.translation import argos_library

_TIMEOUT = 20.0
_BLOCK = 1 << 18
_MOST_INDEX_BYTES = 16 << 20
_MOST_PACKAGE_BYTES = 2 << 30
_OFFLINE = "Check the connection, or fetch the .argosmodel file on another machine and install that."


@dataclass(frozen=True, slots=True)
class Entry:
    """A package that the index offers. `size` and `sha256` are 0 and empty where the index does not tell."""

    from_code: str
    to_code: str
    version: str
    links: tuple[str, ...]
    size: int = 0
    sha256: str = ""

    @property
    def name(self) -> str:
        """The pair, as Argos writes it: `uk_en`."""
        return f"{self.from_code}_{self.to_code}"


def read(url: str | None = None) -> list[Entry]:
    """Fetch the index and return its translation packages.

    Raises:
        ModelError: It cannot be reached, or is no index.
    """
    url = url or argos_library.index_url()
    try:
        with _open(url) as response:
            entries = json.loads(response.read(_MOST_INDEX_BYTES))
    except (OSError, http.client.HTTPException) as error:
        raise ModelError(f"the package index {url} cannot be reached: {_reason(error)}", _OFFLINE) from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{url} is not a package index", _OFFLINE) from error
    if not isinstance(entries, list):
        raise ModelError(f"{url} is not a package index", _OFFLINE)
    return [_entry(found) for found in entries if isinstance(found, dict) and _is_translation(found)]


def _is_translation(found: Mapping[str, Any]) -> bool:
    codes = isinstance(found.get("from_code"), str) and isinstance(found.get("to_code"), str)
    return codes and found.get("type", "translate") == "translate" and isinstance(found.get("links"), list)


def _entry(found: Mapping[str, Any]) -> Entry:
    size = found.get("size")
    return Entry(
        from_code=found["from_code"],
        to_code=found["to_code"],
        version=str(found.get("package_version", "")),
        links=tuple(link for link in found["links"] if isinstance(link, str)),
        size=size if isinstance(size, int) else 0,
        sha256=str(found.get("sha256") or "").lower(),
    )


def find(from_code: str, to_code: str, url: str | None = None) -> Entry:
    """Return the newest package that the index has for a pair.

    Raises:
        ModelError: It has none, or cannot be reached.
    """
    entries = [entry for entry in read(url) if (entry.from_code, entry.to_code) == (from_code, to_code)]
    if not entries:
        raise ModelError(f"the package index has no package {from_code}_{to_code}", "See: workbench models list")
    return max(entries, key=lambda entry: [int(part) for part in entry.version.split(".") if part.isdigit()])


def download(entry: Entry, target: Path, progress: Progress) -> Path:
    """Download a package to a file, from the first of its links that gives it whole.

    Raises:
        ModelError: No link does; the message names the package and the last cause.
        Cancelled: `progress` was asked to stop.
    """
    cause = "the index gives no http link"
    for link in entry.links:
        if not link.startswith(("http://", "https://")):
            continue
        try:
            _download_one(entry, link, target, progress)
            return target
        except (OSError, http.client.HTTPException, _Spoilt) as error:
            cause = f"{link}: {_reason(error)}"
    raise ModelError(f"package {entry.name} cannot be downloaded ({cause})", _OFFLINE)


class _Spoilt(Exception):
    """What arrived is not what was promised."""


def _download_one(entry: Entry, link: str, target: Path, progress: Progress) -> None:
    digest = hashlib.sha256()
    received = 0
    with _open(link) as response, target.open("wb") as out:
        promised = int(response.headers.get("Content-Length") or 0)
        progress.start(f"Downloading {entry.name}", promised or entry.size or None)
        try:
            while block := response.read(_BLOCK):
                received += len(block)
                if received > _MOST_PACKAGE_BYTES:
                    raise _Spoilt("it is larger than any package")
                digest.update(block)
                out.write(block)
                progress.advance(len(block))
        finally:
            progress.finish()
    for expected in (promised, entry.size):
        if expected and received != expected:
            raise _Spoilt(f"{received} bytes arrived of {expected}")
    if entry.sha256 and digest.hexdigest() != entry.sha256:
        raise _Spoilt("its checksum is not the one in the index")


def _open(url: str) -> Any:
    if not url.startswith(("http://", "https://")):
        raise _Unusable(f"{url} is no http address")
    request = urllib.request.Request(url, headers={"User-Agent": "translation-workbench"})
    return urllib.request.urlopen(request, timeout=_TIMEOUT)


class _Unusable(OSError):
    """An address that is not for downloading."""


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answers {error.code}"
    reason = getattr(error, "reason", None) or error
    return str(getattr(reason, "strerror", None) or reason)[:200]
