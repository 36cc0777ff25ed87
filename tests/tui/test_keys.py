"""Keys: no clash on any keyboard, Cyrillic letters act, a user's own keys act, and mistakes are named."""

from pathlib import Path

import pytest

from tests.tui.conftest import Opener
from tui import config
from tui.config import Settings
from tui.keys import COMMANDS, Keyboard, alias, clashes
from tui.screens.review import ReviewScreen
from workbench.errors import UsageError
from workbench.model import Status


@pytest.mark.parametrize("keyboard", list(Keyboard))
def test_no_key_means_two_commands(keyboard: Keyboard) -> None:
    assert clashes(keyboard) == {}


@pytest.mark.parametrize(
    ("keyboard", "letters"),
    [
        (Keyboard.RUSSIAN, {"a": "ф", "j": "о", "s": "ы", "U": "Г", "left_square_bracket": "х", "m": "ь"}),
        (Keyboard.UKRAINIAN, {"s": "і", "right_square_bracket": "ї", "right_curly_bracket": "Ї"}),
        (Keyboard.BULGARIAN_BDS, {"a": "ь", "q": "comma", "right_square_bracket": "semicolon", "n": "х"}),
        (Keyboard.BULGARIAN_PHONETIC, {"a": "а", "q": "я", "left_square_bracket": "ш", "W": "В"}),
    ],
)
def test_a_letter_stands_for_the_key_that_it_is_printed_on(keyboard: Keyboard, letters: dict[str, str]) -> None:
    assert {key: alias(key, keyboard) for key in letters} == letters


def test_keys_that_work_in_every_layout_have_no_alias() -> None:
    for keyboard in Keyboard:
        assert [alias(key, keyboard) for key in ("enter", "space", "f5", "3", "down", "ctrl+r")] == [None] * 6


def test_every_command_has_an_action() -> None:
    for command in COMMANDS:
        name = command.name.partition("(")[0]
        assert hasattr(ReviewScreen, f"action_{name}") or name in ("quit", "keyboard"), name


async def test_cyrillic_letters_act_and_f11_changes_the_keyboard(open_desk: Opener) -> None:
    async with open_desk(unit=3, settings=Settings(keyboard=Keyboard.RUSSIAN)) as desk:
        await desk.press("о", "ф")
        assert desk.unit(4).status is Status.ACCEPTED  # type: ignore[union-attr]
        await desk.press("г")
        assert desk.unit(4).status is Status.PROPOSED  # type: ignore[union-attr]
        await desk.press("f11", "f11")
        assert desk.app.settings.keyboard is Keyboard.BULGARIAN_BDS
        await desk.press("н")
        assert desk.review.place == 3 - 1


async def test_a_users_own_key(open_desk: Opener) -> None:
    async with open_desk(unit=3, settings=Settings(keys={"accept": "f12"})) as desk:
        await desk.press("a")
        assert desk.unit(3).status is Status.PROPOSED  # type: ignore[union-attr]
        await desk.press("f12")
        assert desk.unit(3).status is Status.ACCEPTED  # type: ignore[union-attr]


def _write(text: str) -> Path:
    path = config.config_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_come_from_the_file() -> None:
    _write('keyboard = "uk"\ntheme = "desk-light"\n[keys]\naccept = "f12,a"\n')
    settings = config.load()
    assert (settings.keyboard, settings.theme, settings.keys) == (Keyboard.UKRAINIAN, "desk-light", {"accept": "f12,a"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('keyboard = "dvorak"', "unknown keyboard"),
        ("keyboard = ", "review.toml"),
        ('[keys]\nfly = "f12"', "no command 'fly'"),
        ('[keys]\naccept = "x"', "key 'x' would mean"),
    ],
)
def test_a_mistake_in_the_file_is_named(text: str, said: str) -> None:
    _write(text)
    with pytest.raises(UsageError, match=said):
        config.load()


def test_what_is_remembered_returns_and_damage_does_no_harm() -> None:
    Settings(Keyboard.RUSSIAN, "desk-light", {}, {"/a.workbench": 7}).remember()
    assert config.load().last == {"/a.workbench": 7}
    config.memory_path().write_text("{broken", encoding="utf-8")
    assert config.load() == Settings()


async def test_the_desk_returns_to_the_unit_that_was_left(open_desk: Opener) -> None:
    settings = Settings()
    async with open_desk(unit=5, settings=settings) as desk:
        await desk.press("j")
    async with open_desk(settings=settings) as desk:
        assert desk.review.current is not None and desk.review.current.id == 6
