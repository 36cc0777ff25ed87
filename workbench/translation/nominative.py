"""The dictionary form of a name that stands in some case: pymorphy3 for Russian and Ukrainian, endings otherwise."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from workbench.languages import BG, RU, SOURCE_LANGUAGES, UK

_CACHE = 50_000
#: OpenCorpora's labels of names: first name, surname, patronymic, place, organisation, trade mark.
NAME_LABELS = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})
# What an unknown name ends in, and what it then ends in in the nominative, the likeliest first; an ending that is as
# often part of the name comes after the name as it stands. Counted on names of news that no dictionary has.
_CLEAR = {
    RU: (("ом", ""), ("а", ""), ("е", ""), ("у", ""), ("ы", "а"), ("ой", "а"), ("ем", "й")),
    UK: (("ові", ""), ("еві", ""), ("ом", ""), ("им", ""), ("а", ""), ("у", ""), ("и", "а"), ("ою", "а"), ("єм", "й")),
}
_UNCLEAR = {
    RU: (
        ("у", "а"),
        ("е", "а"),
        ("и", "а"),
        ("и", "я"),
        ("ии", "ия"),
        ("я", "й"),
        ("ю", "й"),
        ("ю", "я"),
        ("я", "ь"),
        ("ем", "ь"),
    ),
    UK: (("у", "а"), ("і", ""), ("і", "а"), ("я", "й"), ("ю", "й"), ("ю", "я"), ("я", "ь"), ("ем", "ь"), ("ї", "я")),
}
_CONSONANTS = "бвгґджзклмнпрстфхцчшщ"
_STEM = 4
_ARTICLES = ("ите", "ът", "ят", "та", "то", "те")


@lru_cache(maxsize=4)
def _analyser(language: str) -> Any:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)


@lru_cache(maxsize=_CACHE)
def _readings(word: str, language: str) -> tuple[tuple[str, bool, bool], ...]:
    """Return (nominative, whether the reading is a name's, whether it is a noun's) of each reading of a word."""
    found = []
    for parse in _analyser(language).parse(word.replace("’", "'").replace("ʼ", "'")):
        labels = frozenset(str(parse.tag).replace(" ", ",").split(","))
        form = parse.inflect({"nomn"}) if "NOUN" in labels and "nomn" not in labels else parse
        found.append((form.word if form else parse.word, bool(NAME_LABELS & labels), "NOUN" in labels))
    return tuple(found)


@lru_cache(maxsize=_CACHE)
def in_dictionary(word: str, language: str) -> bool:
    """Whether the dictionary of the language has the word in small letters."""
    if language in (RU, UK):
        return bool(_analyser(language).word_is_known(word.lower().replace("’", "'").replace("ʼ", "'")))
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang=language))


@lru_cache(maxsize=_CACHE)
def is_common(word: str, language: str) -> bool:
    """Whether a word is an ordinary one of the language, which no name is spelt like."""
    if not in_dictionary(word, language):
        return False
    return language == BG or not any(name for _, name, _ in _readings(word.lower(), language))


@lru_cache(maxsize=_CACHE)
def is_person_or_place(word: str, language: str) -> bool:
    """Whether the dictionary has a Russian or Ukrainian word as a name alone."""
    return in_dictionary(word, language) and all(name for _, name, _ in _readings(word.lower(), language))


@lru_cache(maxsize=_CACHE)
def nominatives(word: str, language: str) -> tuple[str, ...]:
    """Return the forms, in small letters, that a name may have in the nominative, the likeliest first.

    A name in the dictionary has the dictionary's; of any other the form as it stands comes first, unless an ending
    says clearly that it is in another case.
    """
    lowered = word.lower()
    if language not in SOURCE_LANGUAGES:
        return (lowered,)
    if language == BG:
        return (lowered, *_without_article(lowered))
    if in_dictionary(word, language):
        readings = sorted(_readings(lowered, language), key=lambda reading: not reading[1])
        return tuple(dict.fromkeys([*(form for form, name, noun in readings if name or noun), lowered]))
    return tuple(dict.fromkeys([*_changed(lowered, _CLEAR[language]), lowered, *_changed(lowered, _UNCLEAR[language])]))


def _without_article(word: str) -> Iterator[str]:
    for article in _ARTICLES:
        if word.endswith(article) and len(word) - len(article) > 3:
            yield word[: -len(article)]


def _changed(word: str, endings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield an unknown name with each of the endings that it has exchanged."""
    for ending, nominative in endings:
        stem = word.removesuffix(ending)
        after_vowel = nominative == "й" or ending == "ї"
        if stem != word and len(stem) >= _STEM - bool(nominative) and (stem[-1] in _CONSONANTS) != after_vowel:
            yield stem + nominative
