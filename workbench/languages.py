"""The one place that knows language codes, names, alphabets, orthography folding and romanisation."""

from dataclasses import dataclass

from workbench.errors import UnsupportedLanguageError, UsageError

BG, UK, RU, EN = "bg", "uk", "ru", "en"

#: Languages that articles may be in, in the order in which they are shown and exported.
LANGUAGES = (BG, UK, RU, EN)
#: The languages that are rendered into English.
SOURCE_LANGUAGES = (BG, UK, RU)


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its names and the letters that its alphabet has."""

    code: str
    english_name: str
    own_name: str
    letters: str
    iso639_2: str


_CYRILLIC_CORE = "абвгдежзийклмнопрстуфхцчшщьюя"
_TABLE = {
    BG: Language(BG, "Bulgarian", "български", _CYRILLIC_CORE + "ъ", "bul"),
    UK: Language(UK, "Ukrainian", "українська", _CYRILLIC_CORE + "ґєії", "ukr"),
    RU: Language(RU, "Russian", "русский", _CYRILLIC_CORE + "ёъыэ", "rus"),
    EN: Language(EN, "English", "English", "abcdefghijklmnopqrstuvwxyz", "eng"),
}

#: Languages that news sites in this region also use, and that must be named rather than mistaken for ours.
UNSUPPORTED_NEIGHBOURS = {
    "be": "Belarusian",
    "mk": "Macedonian",
    "sr": "Serbian",
    "kk": "Kazakh",
    "mn": "Mongolian",
    "pl": "Polish",
    "cs": "Czech",
    "ro": "Romanian",
    "tr": "Turkish",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
}

_ALIASES = {
    "bul": BG,
    "ukr": UK,
    "rus": RU,
    "eng": EN,
    **{language.english_name.casefold(): code for code, language in _TABLE.items()},
    **{language.own_name.casefold(): code for code, language in _TABLE.items()},
}


def language(code: str) -> Language:
    """Return what is known of a language by its code.

    Raises:
        UnsupportedLanguageError: The code is not one of `LANGUAGES`.
    """
    try:
        return _TABLE[code]
    except KeyError:
        raise UnsupportedLanguageError(
            f"language '{code}' ({name(code)}) is not supported", "The workbench handles bg, uk, ru and en."
        ) from None


def parse(text: str) -> str:
    """Turn what a user or another program wrote (`uk`, `uk-UA`, `ukr`, `Ukrainian`) into a code of ours.

    Raises:
        UsageError: It names none of `LANGUAGES`.
    """
    wanted = text.strip().casefold().replace("_", "-")
    primary = wanted.split("-")[0]
    code = _ALIASES.get(wanted) or _ALIASES.get(primary, primary)
    if code not in _TABLE:
        raise UsageError(f"unknown language '{text}'", "Use one of bg, uk, ru, en.")
    return code


def name(code: str) -> str:
    """Return the English name of a language, ours or a neighbour's, or the code itself."""
    if code in _TABLE:
        return _TABLE[code].english_name
    return UNSUPPORTED_NEIGHBOURS.get(code, code)


# Letters that differ between the three orthographies where the words are the same: folding them makes cognates
# and names comparable (Київ/Киев, Ґданськ/Гданск, Съединение/Соединение). U+02BC and the apostrophes fall away.
_FOLD = str.maketrans(
    {
        "і": "и",
        "ї": "и",
        "й": "и",
        "ы": "и",
        "є": "е",
        "э": "е",
        "ё": "е",
        "ґ": "г",
        "ъ": None,
        "ь": None,
        "'": None,
        "’": None,
        "ʼ": None,
        "`": None,
    }
)


def fold(text: str) -> str:
    """Map Bulgarian, Ukrainian and Russian spelling onto one alphabet, in lower case."""
    return text.casefold().translate(_FOLD)


# Romanisation: Bulgarian Transliteration Act 2009 (Streamlined System); Ukrainian Cabinet of Ministers resolution
# 55 of 2010; Russian as in GOST R 52535.1-2006 with the passport rules that the English-language press follows.
_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u",
    "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip
_ROMAN = {
    BG: {**_COMMON, "х": "h", "щ": "sht", "ъ": "a", "ь": "y"},
    UK: {**_COMMON, "г": "h", "ґ": "g", "и": "y", "і": "i", "ї": "i", "й": "i", "є": "ie", "ю": "iu",
         "я": "ia", "'": "", "’": "", "ʼ": ""},
    RU: {**_COMMON, "ё": "yo", "ъ": "", "ы": "y", "э": "e"},
}  # fmt: skip
_UK_INITIAL = {"ї": "yi", "й": "y", "є": "ye", "ю": "yu", "я": "ya"}


def romanise(text: str, code: str) -> str:
    """Write Cyrillic text in Latin letters by the official system of its language.

    Word-initial Ukrainian letters and `зг` follow the resolution's special cases, word-final Bulgarian `ия` is
    `ia`, and the capitals of the source are kept (`Щука` gives `Shchuka`). Other characters pass unchanged.
    """
    if code not in _ROMAN:
        return text
    table = _ROMAN[code]
    out: list[str] = []
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower()[:1] for char in text)
    for position, char in enumerate(lowered):
        previous = lowered[position - 1] if position else " "
        following = lowered[position + 1] if position + 1 < len(lowered) else " "
        latin = table.get(char)
        if latin is None:
            out.append(text[position])
            continue
        if code == UK and not previous.isalpha() and previous not in "'’ʼ" and char in _UK_INITIAL:
            latin = _UK_INITIAL[char]
        elif code == UK and char == "г" and previous == "з":
            latin = "gh"
        elif code == BG and char == "я" and previous == "и" and not following.isalpha():
            latin = "a"
        if text[position] != char and latin:
            next_is_capital = position + 1 < len(text) and text[position + 1].isupper()
            latin = latin.upper() if next_is_capital else latin[0].upper() + latin[1:]
        out.append(latin)
    return "".join(out)
