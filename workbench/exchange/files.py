"""Files that are either whole or not there."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from workbench.errors import ExchangeError


@contextlib.contextmanager
def atomic(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that replaces `path` only when all is written and on disk.

    On any failure, or when the process is killed, what was at `path` stays as it was.

    Raises:
        ExchangeError: The file cannot be written (no such directory, no permission, disk full).
    """
    target = Path(os.path.realpath(path))  # a link keeps pointing at the file that we replace
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fchmod(stream.fileno(), _mode(target))
            os.fsync(stream.fileno())
        os.replace(name, target)
        _sync_directory(target.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(name)


def _mode(target: Path) -> int:
    """Return the permissions of the old file, or those of a new one under the user's mask."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_directory(directory: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: Path, error: OSError) -> ExchangeError:
    reason = error.strerror or str(error)
    return ExchangeError(
        f"cannot write {path}: {reason}", "What was there before is unchanged; choose another place or free some space."
    )
