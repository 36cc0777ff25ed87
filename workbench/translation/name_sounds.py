"""How names sound, whatever the alphabet: plain phonetic spellings and how far apart two of them are."""

import re
import unicodedata
from functools import lru_cache

from workbench.languages import BG

_CACHE = 100_000
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "o", "ж": "j",
        "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "c", "ш": "w",
        "щ": "w", "ъ": "a", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia", "ў": "u", "'": "", "ʼ": "", "’": "",
    }
)  # fmt: skip
# English spellings of a sound and the letters that stand for it here: c as in church, w as in shop, j as in John.
_ENGLISH = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("^wr", "r"), ("^(?:kn|gn|pn)", "n"), ("^wh|w(?=[aeiouy])", "u"), ("(?<=[aeo])w", "u"), ("w", "v"),
        ("tsch|tch", "§"), ("shch|sch|sh", "¤"), ("cz|ch", "§"), ("zh|dj|dg(?=[eiy])", "j"), ("dzh", "j"),
        ("ph", "f"), ("th", "t"), ("gh(?=t|$|s)", ""), ("kh", "h"), ("gh", "g"),
        ("ck|q(?=u)|q", "k"), ("(?<=k)u(?=[aeio])", "v"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"),
        ("ee|ea", "i"), ("oo|ou", "u"), ("ai|ay|ey", "ei"), ("(?<=[^aeiou])e$", ""), ("y", "i"),
        ("(?<=[aeiou])h(?![aeiouy])", ""), ("§", "c"), ("¤", "w"),
    )
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_CLASSES = str.maketrans(
    {**dict.fromkeys("bp", "p"), **dict.fromkeys("fv", "f"), **dict.fromkeys("szjcw", "s"), **dict.fromkeys("dt", "t"),
     **dict.fromkeys("gkh", "k"), "l": "l", "r": "r", **dict.fromkeys("mn", "n"), **dict.fromkeys("aeiouy", None)}
)  # fmt: skip


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("ł", "l").replace("ø", "o").replace("ß", "ss"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=_CACHE)
def spoken(word: str, language: str) -> str:
    """Return a plain phonetic spelling of a word, Cyrillic or English."""
    lowered = word.lower()
    if language != BG:
        lowered = lowered.replace("ъ", "")
    letters = lowered.replace("дж", "j").replace("кс", "ks").translate(_CYRILLIC)
    if letters == lowered or not any("а" <= char <= "я" for char in lowered):
        letters = plain(lowered).replace("'", "").replace("’", "")
        for pattern, sound in _ENGLISH:
            letters = pattern.sub(sound, letters)
    return _DOUBLE.sub(r"\1", letters)


@lru_cache(maxsize=_CACHE)
def skeleton(sounds: str) -> str:
    """Return the classes of the consonants of a phonetic spelling (after Russell's Soundex of 1918)."""
    return _DOUBLE.sub(r"\1", re.sub(r"[^pfstklrn]", "", sounds.translate(_CLASSES)))


def likeness(one: str, other: str) -> float:
    """Return how like two phonetic spellings are, in [0, 1]: one minus their edit distance over their length."""
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(one, other))
