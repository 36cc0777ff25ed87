"""Keys as data: every command of the review screen, and which letters of a Cyrillic keyboard stand for its keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

_REPLACED = {
    ",": "comma", ".": "full_stop", ";": "semicolon", "'": "apostrophe", "[": "left_square_bracket",
    "]": "right_square_bracket", "{": "left_curly_bracket", "}": "right_curly_bracket", "/": "slash",
    "?": "question_mark", "§": "section_sign", "«": "left_pointing_double_angle_quotation_mark",
}  # fmt: skip


class Keyboard(StrEnum):
    """The keyboard layout that a reviewer types with."""

    LATIN = "latin"
    RUSSIAN = "ru"
    UKRAINIAN = "uk"
    BULGARIAN_BDS = "bg-bds"
    BULGARIAN_PHONETIC = "bg-phonetic"


_PHYSICAL = "qwertyuiop[]asdfghjkl;'zxcvbnm"
_LETTERS = {
    Keyboard.RUSSIAN: "йцукенгшщзхъфывапролджэячсмить",
    Keyboard.UKRAINIAN: "йцукенгшщзхїфівапролджєячсмить",
    Keyboard.BULGARIAN_BDS: ",уеишщксдзц;ьяаожгтнвмчюйъэфхп",
    Keyboard.BULGARIAN_PHONETIC: "явертъуиопшщасдфгхйкл;'зьцжбнм",
}
# With Shift: where the capital of the letter is not what the key gives.
_SHIFTED = {"[": "{", "]": "}"}
_CAPITALS = {Keyboard.BULGARIAN_BDS: {",": "ы", ";": "§"}}


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the review screen.

    Attributes:
        name: What it is called in a user's key map, and the name of the action method.
        keys: Keys on a Latin keyboard; single letters and brackets get an alias for each Cyrillic keyboard.
        label: What it does, in the help; `short` is for the footer, where the command is shown if it has one.
        group: The heading that it stands under in the help.
    """

    name: str
    keys: tuple[str, ...]
    label: str
    group: str
    short: str = ""


def _table() -> tuple[Command, ...]:
    found = []
    for group, rows in _COMMANDS.items():
        for name, keys, label, *short in rows:
            found.append(Command(name, tuple(keys.split()), label, group, short[0] if short else ""))
    return tuple(found)


_COMMANDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "Move": (
        ("next", "j down", "Next unit"),
        ("previous", "k up", "Previous unit"),
        ("page_down", "pagedown", "A page down"),
        ("page_up", "pageup", "A page up"),
        ("first", "home", "First unit"),
        ("last", "end", "Last unit"),
        ("next_wanted", "N", "Next of the chosen kind (unreviewed, at first)"),
        ("previous_wanted", "P", "Previous of the chosen kind"),
        ("choose_wanted", "v", "Choose the kind that N and P look for"),
        ("go_to", "g ctrl+g", "Go to a unit by number"),
        ("next_variant", "tab right l", "Next passage of the unit"),
        ("previous_variant", "shift+tab left h", "Previous passage of the unit"),
        ("variant(0)", "1", "First passage"),
        ("variant(1)", "2", "Second passage"),
        ("variant(2)", "3", "Third passage"),
        ("variant(3)", "4", "Fourth passage"),
        ("scroll_down", "ctrl+d", "Scroll the unit down"),
        ("scroll_up", "ctrl+b", "Scroll the unit up"),
    ),
    "Decide": (
        ("accept", "a enter", "Accept, and go on", "Accept"),
        ("reject", "x delete", "Reject, and go on", "Reject"),
        ("flag", "f", "Flag with a note, and go on"),
        ("reopen", "r", "Propose again: undecided"),
        ("note", "n", "Write a note"),
        ("bookmark", "b", "Set or remove a bookmark"),
        ("confirm_above", "A", "Accept every undecided unit of the story down to here"),
        ("why", "W f4", "Why: all the evidence and all findings of the unit"),
        ("wave_through", "D", "Wave the unit's findings through"),
    ),
    "Correct": (
        ("edit_english", "e f2", "Edit the English", "English"),
        ("correct_others", "E", "Make the last correction of English wherever else it is due"),
        ("edit_text", "t", "Correct the text of the passage"),
        ("grow_start", "left_square_bracket shift+up", "Take the segment before into the passage"),
        ("grow_end", "right_square_bracket shift+down", "Take the segment after into the passage", "Take in"),
        ("shrink_start", "left_curly_bracket ctrl+down", "Give the first segment of the passage out"),
        ("shrink_end", "right_curly_bracket ctrl+up", "Give the last segment of the passage out"),
        ("split", "s", "Split the unit in two", "Split"),
        ("merge", "m", "Merge with the next unit, or the selected units", "Merge"),
        ("take_out", "d", "Take the passage out of the unit"),
        ("put_in", "i insert", "Put in a segment chosen from an article"),
        ("link", "c", "Connect loose segments to a new unit"),
        ("drop", "z", "Say what a segment is: body, boilerplate, caption ..."),
        ("language", "y", "Set the language of the passage's article"),
        ("restore_english", "R", "Let the machine's English stand again"),
        ("undo", "u", "Undo", "Undo"),
        ("redo", "U ctrl+r", "Redo"),
        ("repeat", "full_stop", "Repeat the last correction here"),
    ),
    "Many at once": (
        ("select", "space", "Select the unit, or not"),
        ("select_range", "V", "Select from the last selected unit to here"),
        ("select_none", "escape", "Select nothing"),
    ),
    "Queue": (
        ("filter", "slash f3", "Filter", "Filter"),
        ("toggle_left", "w", "Only what is left to review, or everything"),
        ("toggle_order", "o", "Least confident first, worst English first, or reading order"),
    ),
    "Screens": (
        ("help", "f1 question_mark", "Help: all keys", "Help"),
        ("overview", "f5 O", "Overview: stories, articles, what is to be done; run it"),
        ("article", "f6 T", "Two articles side by side with their links, and a dot plot"),
        ("concordance", "f7 C", "Concordance: a word in its contexts"),
        ("glossary", "f8 G", "Glossary"),
        ("term", "K", "Add a term to the glossary from words of this unit"),
        ("history", "f9 H", "History: who changed what; take it back"),
        ("copy", "Y", "Copy the passage or the English to the clipboard"),
        ("keyboard", "f11", "Next keyboard layout"),
        ("quit", "q ctrl+q f10", "Quit; everything is saved"),
    ),
}  # fmt: skip

COMMANDS = _table()
_OF_THE_APP = {"quit", "keyboard"}


def key_name(character: str) -> str:
    """Return the name that Textual gives to the key of a character."""
    return _REPLACED.get(character, character)


def printed(key: str) -> str:
    """Return a key as it is printed on a keyboard, for the help."""
    character = next((char for char, name in _REPLACED.items() if name == key), key)
    return {"pagedown": "PgDn", "pageup": "PgUp"}.get(character, character.replace("ctrl+", "^"))


def alias(key: str, keyboard: Keyboard) -> str | None:
    """Return the key that a Cyrillic keyboard sends for a letter or bracket of a Latin one."""
    character = next((char for char, name in _REPLACED.items() if name == key), key)
    unshifted = next((low for low, high in _SHIFTED.items() if high == character), character.lower())
    if keyboard is Keyboard.LATIN or len(character) != 1 or unshifted not in _PHYSICAL:
        return None
    letter = _LETTERS[keyboard][_PHYSICAL.index(unshifted)]
    if character != unshifted:
        letter = _CAPITALS.get(keyboard, {}).get(letter, letter.upper())
    return None if letter == character else key_name(letter)


def keys_for(command: Command, keyboard: Keyboard, chosen: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the keys of a command on a keyboard, those of the user's key map in place of ours."""
    own = (chosen or {}).get(command.name)
    latin = tuple(key.strip() for key in own.split(",")) if own else command.keys
    aliases = (alias(key, keyboard) for key in latin)
    return tuple(dict.fromkeys([*latin, *(key for key in aliases if key)]))


def keymap(keyboard: Keyboard, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the key map for Textual: name of command -> keys."""
    return {command.name: ",".join(keys_for(command, keyboard, chosen)) for command in COMMANDS}


def clashes(keyboard: Keyboard, chosen: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """Return keys that would mean several commands, each with the names of those commands."""
    meanings: dict[str, list[str]] = {}
    for command in COMMANDS:
        for key in keys_for(command, keyboard, chosen):
            meanings.setdefault(key, []).append(command.name)
    return {key: names for key, names in meanings.items() if len(names) > 1}


def bindings() -> list[Binding]:
    """Return the bindings of the review screen, to be overlaid by `keymap`."""
    return [
        Binding(
            ",".join(command.keys),
            f"app.{command.name}" if command.name in _OF_THE_APP else command.name,
            command.short or command.label,
            show=bool(command.short),
            id=command.name,
            tooltip=command.label,
        )
        for command in COMMANDS
    ]
