"""Names that the English does not repeat, compared by how they sound.

Each Cyrillic name is romanised by the system of its language and reduced, like every English word, to the classes of
its consonants (after Russell's Soundex of 1918), so that Schwarzenegger and Шварценеґґер meet. Only an English name
that is the likest of no word of the variants, while most variants have a word that the English lacks, is a warning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench.checks.texts import Text, finding, named
from workbench.glossary import is_name
from workbench.languages import EN, romanise
from workbench.model import Finding, Severity

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;…(\n–—-])\W*$")
# Spellings of one sound, in the order in which they are replaced.
_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("tsch|shch|sch|sht|tch|cz|ch|dzh|dj|sh|zh", "s"),
        ("ph", "f"),
        ("th", "t"),
        ("^wr", "r"),
        ("^kn", "n"),
        ("gh(?=t|$|s)", ""),
        ("c(?=[eiy])", "s"),
        ("ck|qu|[cq]", "k"),
        ("x", "ks"),
        ("u(?=[aeiou])", "v"),  # Уайт, White
        ("(?<=[aeou])w(?![aeiouy])", ""),  # Cownie, Коуні
        ("(?<!^)h(?![aeiouy])", ""),  # John, Джон
    )
)
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("bp", "1"),
        **dict.fromkeys("fvw", "2"),
        **dict.fromkeys("szjc", "3"),
        **dict.fromkeys("dt", "4"),
        **dict.fromkeys("gkh", "5"),
        "l": "6",
        "r": "7",
        **dict.fromkeys("mn", "8"),
        **dict.fromkeys("aeiouy", None),
    }
)
_DOUBLE = re.compile(r"(.)\1+")
_SHORTEST = 4  # letters of a name that is compared
_LIKE_CONSONANTS, _LIKE_LETTERS = 75, 62  # similarities in percent from which two names can be one
_SHORTEST_SOUND = 2  # consonants of it


@dataclass(frozen=True, slots=True)
class Sound:
    """How a name sounds: its letters in a plain Latin spelling, and the classes of its consonants."""

    letters: str
    consonants: str


@lru_cache(maxsize=100_000)
def sound(word: str, language: str) -> Sound:
    """Return how a word of any of the languages sounds."""
    latin = romanise(word, language).lower()
    for pattern, replacement in _SPELLINGS:
        latin = pattern.sub(replacement, latin)
    consonants = _DOUBLE.sub(r"\1", re.sub(r"[^1-8]", "", latin.translate(_CLASSES)))
    return Sound(_DOUBLE.sub(r"\1", latin), consonants)


@lru_cache(maxsize=500_000)
def alike(one: Sound, other: Sound) -> bool:
    """Whether two sounds can be one name: the same consonants but for an ending, or mostly the same letters."""
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((one.consonants, other.consonants), key=len)
    if len(shorter) >= _SHORTEST_SOUND and longer.startswith(shorter) and len(longer) - len(shorter) <= 2:
        return True
    if len(shorter) >= 3 and ratio(one.consonants, other.consonants) >= _LIKE_CONSONANTS:
        return True
    return bool(ratio(one.letters, other.letters) >= _LIKE_LETTERS)


@lru_cache(maxsize=500_000)
def likeness(one: Sound, other: Sound) -> float:
    """Return how like two sounds are, in percent."""
    from rapidfuzz.fuzz import ratio

    return float(ratio(one.letters, other.letters) + ratio(one.consonants, other.consonants)) / 2


def _capitalised(text: Text) -> Iterator[re.Match[str]]:
    """Yield the words with a capital that no beginning of a sentence explains."""
    for match in _WORD.finditer(text.text):
        word = match.group()
        inside = not _SENTENCE_START.search(text.text[: match.start()][-6:])
        if len(word) >= _SHORTEST and word[0].isupper() and sum(map(str.isupper, word)) < 3 and inside:
            yield match


def _is_name(word: str, text: Text) -> bool:
    return is_name(word[:-2] if text.english and word[-2:] in ("'s", "’s") else word, text.where)


def _sounds(text: Text) -> set[Sound]:
    words = (match.group() for match in _WORD.finditer(text.text))
    return {sound(word, text.where) for word in words if not word.islower()}


def check_names(texts: list[Text]) -> Iterator[Finding]:
    """Yield names of the variants for which the English has another name, and those that it lacks."""
    english = next((text for text in texts if text.english), None)
    sources = [text for text in texts if not text.english]
    if english is None or not sources:
        return
    heard = _sounds(english)
    unheard = {
        text: [match for match in _capitalised(text) if not _heard(sound(match.group(), text.where), heard)]
        for text in sources
    }
    if not any(unheard.values()):
        return
    spoken = _answered(set().union(*map(_sounds, sources)), heard)
    strange = [
        match
        for match in _capitalised(english)
        if _is_name(match.group(), english) and not _said(sound(match.group(), EN), spoken)
    ]
    if not strange or len(sources) == 1:
        unheard = {text: [one for one in found if _is_name(one.group(), text)] for text, found in unheard.items()}
    yield from _findings(english, unheard, strange)


def _answered(sounds: set[Sound], heard: set[Sound]) -> set[Sound]:
    """Return the sounds of the English that are the likest to some sound of the variants."""
    found: set[Sound] = set()
    for one in sounds:
        near = {other: likeness(one, other) for other in heard if alike(one, other)}
        best = max(near.values(), default=0.0)
        found |= {other for other, value in near.items() if value == best}
    return found


def _said(wanted: Sound, spoken: set[Sound]) -> bool:
    return len(wanted.consonants) < _SHORTEST_SOUND or wanted in spoken


def _heard(wanted: Sound, heard: set[Sound]) -> bool:
    return len(wanted.consonants) < _SHORTEST_SOUND or any(alike(wanted, other) for other in heard)


def _findings(
    english: Text, unheard: dict[Text, list[re.Match[str]]], strange: list[re.Match[str]]
) -> Iterator[Finding]:
    """Yield a warning for each strange name of the English, as long as most variants have a name that it may stand for.

    Without a strange name, those left out of the English are information.
    """
    left = list(strange)
    for text, match in _agreed(unheard):
        roman = romanise(match.group(), text.where)
        if left:
            instead = left.pop(0)
            message = f"{named(text.where)[4:]} has {match.group()} ({roman}), not {instead.group()}. Which is right?"
            yield finding("names", Severity.WARNING, message, english, instead.start(), instead.end())
        elif not strange:
            message = f"Is {match.group()} ({roman}) left out of the English?"
            yield finding("names", Severity.INFO, message, text, match.start(), match.end())


def _agreed(unheard: dict[Text, list[re.Match[str]]]) -> list[tuple[Text, re.Match[str]]]:
    """Return the unheard words that most variants have, each once, names that no dictionary has first."""
    told: list[Sound] = []
    found: list[tuple[Text, re.Match[str]]] = []
    for text, matches in unheard.items():
        for match in matches:
            wanted = sound(match.group(), text.where)
            if any(alike(wanted, other) for other in told):
                continue
            told.append(wanted)
            backed = sum(
                any(alike(wanted, sound(theirs.group(), other.where)) for theirs in unheard[other])
                for other in unheard
                if other is not text
            )
            if len(unheard) == 1 or 2 * (backed + 1) > len(unheard):
                found.append((text, match))
    return sorted(found, key=lambda pair: not _is_name(pair[1].group(), pair[0]))
