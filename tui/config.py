"""What a reviewer has set: keyboard, theme and own keys in a TOML file, and what the program remembers by itself."""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import platformdirs

from tui.keys import COMMANDS, Keyboard, clashes
from workbench.errors import UsageError

APPLICATION = "translation-workbench"
_REMEMBERED_PROJECTS = 200


def config_path() -> Path:
    """Return where the reviewer's settings are read from."""
    return Path(platformdirs.user_config_dir(APPLICATION)) / "review.toml"


def memory_path() -> Path:
    """Return where the program keeps what it remembers between sessions."""
    return Path(platformdirs.user_state_dir(APPLICATION)) / "review.json"


@dataclass(slots=True)
class Settings:
    """How the desk is set up.

    Attributes:
        keyboard: Which layout the reviewer types with.
        theme: Name of a theme.
        keys: Name of command -> keys, in place of ours.
        last: Project file -> the unit that was looked at last.
    """

    keyboard: Keyboard = Keyboard.LATIN
    theme: str = "desk-dark"
    keys: Mapping[str, str] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def remember(self) -> None:
        """Keep keyboard, theme and places for the next session; a folder that cannot be written does no harm."""
        path = memory_path()
        last = dict(list(self.last.items())[-_REMEMBERED_PROJECTS:])
        content = {"keyboard": self.keyboard.value, "theme": self.theme, "last": last}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(content), encoding="utf-8")
            draft.replace(path)
        except OSError:
            return


def load() -> Settings:
    """Return the settings: what the TOML file says, else what was remembered, else ours.

    Raises:
        UsageError: The TOML file cannot be used; the message says where.
    """
    remembered = _remembered()
    path = config_path()
    written: dict[str, Any] = {}
    if path.exists():
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise UsageError(f"{path}: {error}", "Mend the file or move it away.") from error
    keyboard = _keyboard(written.get("keyboard"), path) or _known_keyboard(remembered.get("keyboard"))
    keys = _keys(written.get("keys", {}), keyboard, path)
    theme = written.get("theme") or remembered.get("theme") or "desk-dark"
    last = {key: place for key, place in remembered.get("last", {}).items() if isinstance(place, int)}
    return Settings(keyboard, str(theme), keys, last)


def _remembered() -> dict[str, Any]:
    try:
        found = json.loads(memory_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("last", {}), dict) else {}


def _keyboard(name: object, path: Path) -> Keyboard | None:
    if name is None:
        return None
    if name not in list(Keyboard):
        raise UsageError(f"{path}: unknown keyboard '{name}'", f"Use one of {', '.join(Keyboard)}.")
    return Keyboard(str(name))


def _known_keyboard(name: object) -> Keyboard:
    return Keyboard(str(name)) if name in list(Keyboard) else Keyboard.LATIN


def _keys(table: object, keyboard: Keyboard, path: Path) -> dict[str, str]:
    if not isinstance(table, dict):
        raise UsageError(f"{path}: [keys] must be a table", 'For example: accept = "a,enter"')
    names = {command.name for command in COMMANDS}
    for name, keys in table.items():
        if name not in names or not isinstance(keys, str):
            raise UsageError(f"{path}: there is no command '{name}'", "F1 in the desk lists all commands.")
    for key, commands in clashes(keyboard, table).items():
        raise UsageError(f"{path}: key '{key}' would mean {' and '.join(commands)}", "Give one of them another key.")
    return dict(table)
