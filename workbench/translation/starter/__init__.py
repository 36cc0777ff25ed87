"""The translation model that ships: Bulgarian, Ukrainian and Russian to English, as ordinary Argos packages.

One multilingual model serves three packages. It lies once in this directory and is put together into package
directories of the user's when first wanted. What it is, and how good, stands in `MODEL_CARD.md`.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.errors import ModelError
from workbench.translation.starter.languages import LANGUAGES, package_metadata

#: Where the model lies, and the list of its files with their hashes.
MODEL = Path(__file__).parent / "model"
CONTENTS = "contents.json"

_MARK = "workbench_starter"

__all__ = ["LANGUAGES", "install_starter", "is_sound", "package_metadata", "starter_packages", "verify_source"]


def starter_packages() -> dict[str, dict[str, Any]]:
    """Return the metadata of the packages that ship, by source language.

    Raises:
        ModelError: The model is missing from this installation.
    """
    contents = _contents()
    return {code: {**package_metadata(code, contents), _MARK: _version_mark(contents)} for code in LANGUAGES}


def install_starter(directory: Path) -> list[Path]:
    """Put the packages into `directory` and return where they are; those already there and whole stay.

    A package appears with one rename. A directory of the same name that is not ours is left alone and is not
    returned. The three share their files by hard link where the disk can.

    Raises:
        ModelError: The model that ships is missing or damaged.
        OSError: The directory cannot be written.
    """
    packages = starter_packages()
    directory.mkdir(parents=True, exist_ok=True)
    places = {code: directory / f"translate-{code}_en-starter" for code in packages}
    free = {code: place for code, place in places.items() if _is_ours(place) or not place.exists()}
    missing = {code: place for code, place in free.items() if not is_sound(place, packages[code])}
    if missing:
        verify_source()
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=directory) as workplace:
            stage = Path(workplace)
            _copy(MODEL, stage / "shared", link=False)
            for code, place in missing.items():
                _copy(stage / "shared", stage / code, link=True)
                text = json.dumps(packages[code], ensure_ascii=False, indent=1)
                (stage / code / "metadata.json").write_text(text + "\n", encoding="utf-8")
                _put_in_place(stage / code, place, packages[code], stage / f"old-{code}")
    return list(free.values())


def is_sound(place: Path, metadata: Mapping[str, Any]) -> bool:
    """Tell whether an installed package is this version and has all its files in their full size."""
    try:
        installed = json.loads((place / "metadata.json").read_text(encoding="utf-8"))
        sizes = {name: entry["bytes"] for name, entry in _contents()["files"].items()}
        return installed == metadata and all((place / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError):
        return False


def verify_source() -> None:
    """Check the files of this installation against their hashes.

    Raises:
        ModelError: A file is missing or damaged.
    """
    for name, entry in _contents()["files"].items():
        try:
            with (MODEL / name).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            digest = ""
        if digest != entry["sha256"]:
            raise ModelError(f"the starter model is damaged: {name}", _REINSTALL)


_REINSTALL = "Install the workbench again: pip install --force-reinstall translation-workbench"


def _contents() -> dict[str, Any]:
    try:
        contents: dict[str, Any] = json.loads((MODEL / CONTENTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError("the starter model is missing from this installation", _REINSTALL) from error
    return contents


def _version_mark(contents: Mapping[str, Any]) -> str:
    """Name the exact files, so that a package of another version is replaced."""
    text = json.dumps(contents["files"], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_ours(place: Path) -> bool:
    """Tell whether a directory was made here: its metadata say so, or it is too damaged to say anything."""
    try:
        metadata = json.loads((place / "metadata.json").read_text(encoding="utf-8"))
    except ValueError:
        return True
    except OSError:
        return False
    return isinstance(metadata, dict) and _MARK in metadata


def _copy(source: Path, target: Path, *, link: bool) -> None:
    """Copy the listed files, or link them where that is asked for and possible."""
    for name in _contents()["files"]:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            if not link:
                raise OSError
            os.link(source / name, target / name)
        except OSError:
            shutil.copyfile(source / name, target / name)


def _put_in_place(built: Path, place: Path, metadata: Mapping[str, Any], aside: Path) -> None:
    """Rename a finished package to its place; an older one of ours goes, one that another process just put stays."""
    if place.exists() and _is_ours(place) and not is_sound(place, metadata):
        place.rename(aside)
    try:
        built.rename(place)
    except OSError:
        if not is_sound(place, metadata):
            raise
