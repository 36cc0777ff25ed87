"""The door to argostranslate: the little of it that is used, with its side effects kept in check.

Importing it reads settings from the environment and makes directories in the user's home; its logger prints whole
articles. Its `translate` module is never imported: that would load stanza and spaCy and fetch sentence splitters.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from workbench.errors import ModelError


@contextmanager
def _directories_elsewhere() -> Iterator[None]:
    """Point the directories that argostranslate makes at import to a temporary place, for a read-only home."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    before = {name: os.environ.get(name) for name in names}
    elsewhere = tempfile.mkdtemp(prefix="workbench-argos-")
    os.environ.update(dict.fromkeys(names, elsewhere))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _settings() -> ModuleType:
    try:
        from argostranslate import settings
    except OSError:
        home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        with _directories_elsewhere():
            from argostranslate import settings
        settings.package_dirs = [home / "argos-translate" / "packages"]
    return settings  # type: ignore[no-any-return]


def package_dirs() -> list[Path]:
    """Return the directories where Argos Translate keeps packages; new ones go into the first."""
    chosen = os.environ.get("ARGOS_PACKAGES_DIR")
    return [Path(chosen)] if chosen else [Path(path) for path in _settings().package_dirs]


def index_url() -> str:
    """Return the address of the package index: `ARGOS_PACKAGE_INDEX` or Argos Translate's own setting."""
    address = os.environ.get("ARGOS_PACKAGE_INDEX") or str(_settings().package_index)
    return address if address.endswith(".json") else address.rstrip("/") + "/index.json"


def device() -> str:
    """Return the device that Argos Translate is set to: `cpu`, `cuda` or `auto`."""
    return str(_settings().device)


def compute_type() -> str:
    """Return the precision that Argos Translate is set to; `auto` takes the fastest that the processor has."""
    return str(_settings().compute_type)


def open_package(path: Path) -> Any:
    """Open an installed package with argostranslate's own class: metadata and tokenizer.

    Raises:
        ModelError: The package cannot be read.
    """
    _settings()
    from argostranslate.package import Package

    _quiet()
    try:
        package = Package(path)
        package.tokenizer.encode("a")
    except Exception as error:
        raise ModelError(f"the tokenizer of package {path.name} cannot be read", "Install it again.") from error
    return package


def _quiet() -> None:
    """Keep argostranslate from writing article text to stdout or into the application's log."""
    logger = logging.getLogger("argostranslate.utils")
    logger.setLevel(logging.WARNING)
    logger.handlers.clear()
