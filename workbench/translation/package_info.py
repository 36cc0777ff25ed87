"""What one translation package is: a value, read from its directory.

A package is what Argos Translate defines: a directory with `metadata.json`, a tokenizer (`sentencepiece.model` or
`bpe.model`) and `model/`, a CTranslate2 model; or the same as a zip named `.argosmodel`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from workbench.errors import ModelError

#: Written beside the metadata by our own installing: where the package came from.
RECEIPT = "workbench.json"
_END = 1 << 16
# What models are usually trained on: sentences of up to about a hundred and fifty tokens.
_LONGEST = 160
_CODE = re.compile(r"[a-z]{2,3}")


class PackageOrigin(StrEnum):
    """Where a package came from."""

    OFFICIAL = "official"
    STARTER = "starter"
    USER = "user"


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """One package on this machine.

    Attributes:
        from_code: The language it reads.
        to_code: The language it writes.
        version: Its own version.
        path: Its directory.
        origin: `official` from the Argos index, `starter` with the product, `user` any other.
        size: Bytes on disk.
        licence: As its metadata say, or empty.
        scores: Measured quality, where its metadata tell (`flores-bleu` and the like).
        longest: The most tokens of one source text that the model reads well.
        problem: Why it cannot be used, or empty.
    """

    from_code: str
    to_code: str
    version: str
    path: Path
    origin: PackageOrigin = PackageOrigin.USER
    size: int = 0
    licence: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
    longest: int = _LONGEST
    problem: str = ""

    @property
    def name(self) -> str:
        """The pair, as Argos writes it: `uk_en`; the directory's name where the package does not tell."""
        return f"{self.from_code}_{self.to_code}" if self.from_code else self.path.name

    @property
    def version_key(self) -> tuple[int, ...]:
        """The numbers of the version, for comparing."""
        return tuple(int(number) for number in re.findall(r"\d+", self.version))


def describe(directory: Path, origin: PackageOrigin | None = None) -> PackageInfo:
    """Read what a package directory says of itself; `problem` tells what is wrong with it."""
    try:
        metadata = _metadata(directory)
    except ModelError as error:
        return PackageInfo("", "", "", directory, origin or PackageOrigin.USER, problem=error.message)
    tokenizer = any((directory / name).is_file() for name in ("sentencepiece.model", "bpe.model"))
    complete = tokenizer and (directory / "model" / "model.bin").is_file()
    scores, longest = metadata.get("scores"), metadata.get("max_source_tokens")
    return PackageInfo(
        from_code=str(metadata["from_code"]),
        to_code=str(metadata["to_code"]),
        version=str(metadata.get("package_version") or "0"),
        path=directory,
        origin=origin or _recorded_origin(directory),
        size=sum(file.stat().st_size for file in directory.rglob("*") if file.is_file()),
        licence=str(metadata.get("license") or metadata.get("licence") or ""),
        scores=_flat_scores(scores) if isinstance(scores, dict) else {},
        longest=longest if isinstance(longest, int) and longest > 0 else _LONGEST,
        problem="" if complete else f"package {directory.name} lacks its tokenizer or model/model.bin",
    )


def _metadata(directory: Path) -> dict[str, Any]:
    try:
        metadata = json.loads((directory / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"package {directory.name} has no readable metadata.json", _REINSTALL) from error
    codes = [metadata.get(key) for key in ("from_code", "to_code")] if isinstance(metadata, dict) else []
    if not codes or not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise ModelError(f"metadata.json of package {directory.name} names no language pair", _REINSTALL)
    return metadata  # type: ignore[no-any-return]


_REINSTALL = "Remove it and install it again: workbench models install uk_en"


def _flat_scores(scores: Mapping[str, Any], prefix: str = "") -> dict[str, float]:
    flat: dict[str, float] = {}
    for key, value in scores.items():
        if isinstance(value, dict):
            flat |= _flat_scores(value, f"{prefix}{key}-")
        elif isinstance(value, int | float):
            flat[f"{prefix}{key}"] = float(value)
    return flat


def _recorded_origin(directory: Path) -> PackageOrigin:
    try:
        receipt = json.loads((directory / RECEIPT).read_text(encoding="utf-8"))
        return PackageOrigin(receipt["origin"])
    except (OSError, ValueError, KeyError, TypeError):
        return PackageOrigin.USER


def fingerprint(info: PackageInfo) -> str:
    """Return eight characters that change when the model does, for the keys of a cache.

    Of the model file only its size and its two ends are read, so that a package of a gigabyte costs nothing.
    """
    model = info.path / "model" / "model.bin"
    digest = hashlib.blake2b(digest_size=4)
    digest.update((info.path / "metadata.json").read_bytes())
    size = model.stat().st_size
    digest.update(str(size).encode())
    with model.open("rb") as file:
        digest.update(file.read(_END))
        file.seek(max(0, size - _END))
        digest.update(file.read(_END))
    return digest.hexdigest()
