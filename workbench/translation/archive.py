"""Unpacking a package from a file that nobody vouches for, and putting it in its place in one step."""

import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from workbench.errors import ModelError

# The largest official packages take half a gigabyte unpacked.
_MOST_BYTES = 4 << 30
_MOST_FILES = 10_000
_MOST_RATIO = 100
_BLOCK = 1 << 20


@contextmanager
def staging(home: Path) -> Iterator[Path]:
    """Yield an empty directory on the same disk as `home`, removed afterwards.

    It stands beside `home` where that is possible: Argos Translate takes every directory in it for a package.

    Raises:
        ModelError: Neither can be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        beside = os.access(home.parent, os.W_OK) and home.parent.stat().st_dev == home.stat().st_dev
        stage = Path(tempfile.mkdtemp(prefix=".workbench-", dir=home.parent if beside else home))
    except OSError as error:
        raise ModelError(
            f"the package directory {home} cannot be written: {error.strerror or error}",
            "Set ARGOS_PACKAGES_DIR to a directory that you can write.",
        ) from error
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def unpack(file: Path, target: Path) -> Path:
    """Unpack an `.argosmodel` file into `target` and return the package directory in it.

    Every entry is looked at before anything is written: no path leaves the target, nothing is a link, and what
    comes out is no bomb.

    Raises:
        ModelError: The file is no zip, is damaged or unsafe, or holds no package.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_unsafe(file, entries)
            for entry in entries:
                _write(archive, entry, target / entry.filename)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise ModelError(f"{file.name} is damaged or not a package: {error}", "Download it again.") from error
    except OSError as error:
        raise ModelError(f"{file.name} cannot be unpacked: {error.strerror or error}", "Is the disk full?") from error
    return _package_in(target, file.name)


def _refuse_unsafe(file: Path, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename)
        outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]
        if outside or stat.S_ISLNK(entry.external_attr >> 16):
            raise ModelError(
                f"{file.name} is not safe: its entry {entry.filename!r} points outside the package",
                "Do not use this file.",
            )
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > _MOST_FILES or total > _MOST_BYTES or (total > 100 << 20 and total / packed > _MOST_RATIO):
        raise ModelError(
            f"{file.name} is not safe: it would unpack to {total >> 20} MB in {len(entries)} files",
            "Do not use this file.",
        )


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, _BLOCK)


def _package_in(directory: Path, name: str) -> Path:
    """Return the one directory with metadata: the top itself or directly below it."""
    found = [
        path.parent for path in (directory / "metadata.json", *directory.glob("*/metadata.json")) if path.is_file()
    ]
    if len(found) != 1:
        raise ModelError(f"{name} holds no package: it has no metadata.json at its top", "Give an .argosmodel file.")
    return found[0]


def copy_directory(source: Path, target: Path) -> Path:
    """Copy a package directory and return the copy.

    Raises:
        ModelError: It holds a link, is no package, or cannot be read.
    """
    links = [path for path in source.rglob("*") if path.is_symlink()]
    if links:
        raise ModelError(f"{source.name} is not safe: {links[0].name} is a link", "Copy the files themselves.")
    try:
        shutil.copytree(source, target)
    except (OSError, shutil.Error) as error:
        raise ModelError(f"{source.name} cannot be copied", "Is the disk full?") from error
    return _package_in(target, source.name)


def put_in_place(new: Path, final: Path, stage: Path) -> None:
    """Move a finished package to its place by renaming; what stood there goes back if that fails.

    Raises:
        ModelError: The place cannot be written.
    """
    old = stage / "old"
    try:
        if final.exists():
            final.rename(old)
        new.rename(final)
    except OSError as error:
        if old.exists() and not final.exists():
            old.rename(final)
        raise ModelError(f"{final} cannot be written: {error.strerror or error}", "Nothing was changed.") from error
