"""The dictionary form of a Russian or Ukrainian phrase: its head and the words that agree with it in the nominative."""

from typing import Any

from workbench.glossary.lemmas import parses
from workbench.glossary.matching import split_words

_MODIFIERS = ("ADJF", "PRTF")
_GENDERS = ("masc", "femn", "neut")


def nominative(phrase: str, language: str) -> str:
    """Return a noun phrase in the nominative, in the number that it has; as it is where it cannot be told.

    What follows the first noun (a genitive, a name) stays as it is.
    """
    pieces = split_words(phrase)
    readings = [parses(word, language) for word in pieces[1::2]]
    head = _head(readings)
    if head is None or not all(_of(found, _MODIFIERS) for found in readings[:head]):
        return phrase
    noun = _agreeing(_of(readings[head], ("NOUN",)), readings[:head])
    number = {label for label in ("plur", "sing") if label in noun.tag}  # Ukrainian leaves the singular unsaid
    gender = next((one for one in _GENDERS if one in noun.tag), None)
    wanted = {"nomn"} | number | ({gender} if gender and "plur" not in number else set())
    for place in range(head):
        modifier = _of(readings[place], _MODIFIERS)[0].inflect(wanted)
        if modifier is None:
            return phrase
        pieces[2 * place + 1] = _as_written(pieces[2 * place + 1], modifier.word)
    inflected = noun.inflect({"nomn"} | number)
    if inflected is None:
        return phrase
    pieces[2 * head + 1] = _as_written(pieces[2 * head + 1], inflected.word)
    return "".join(pieces)


def can_be_nominative(phrase: str, language: str) -> bool:
    """Whether a noun phrase can be in the nominative as it stands."""
    readings = [parses(word, language) for word in split_words(phrase)[1::2]]
    head = _head(readings)
    if head is None:
        return False
    return all(any(reading.tag.case == "nomn" for reading in found) for found in readings[: head + 1])


def _head(readings: list[list[Any]]) -> int | None:
    """Return the place of the first noun; a word that agrees with the noun after it (*военных учений*) is none."""
    for place, found in enumerate(readings):
        following = _of(readings[place + 1], ("NOUN",)) if place + 1 < len(readings) else []
        modifies = any(_agree(noun, modifier) for noun in following for modifier in _of(found, _MODIFIERS))
        if _of(found, ("NOUN",)) and not modifies:
            return place
    return None


def _of(readings: list[Any], parts: tuple[str, ...]) -> list[Any]:
    return [reading for reading in readings if reading.tag.POS in parts]


def _agreeing(nouns: list[Any], modifiers: list[list[Any]]) -> Any:
    """Return the reading of the noun whose case and number some reading of every modifier shares."""
    for noun in nouns:
        if all(any(_agree(noun, reading) for reading in _of(found, _MODIFIERS)) for found in modifiers):
            return noun
    return nouns[0]


def _agree(noun: Any, modifier: Any) -> bool:
    if noun.tag.case != modifier.tag.case or ("plur" in noun.tag) != ("plur" in modifier.tag):
        return False
    genders = [one for one in _GENDERS if one in modifier.tag]
    return "plur" in noun.tag or not genders or genders[0] in noun.tag


def _as_written(found: str, inflected: str) -> str:
    """Give an inflected word the capitals and the apostrophe of the word that was found."""
    for mark in "’ʼ":
        if mark in found:
            inflected = inflected.replace("'", mark)
    return (
        inflected.upper()
        if found.isupper() and len(found) > 1
        else inflected.capitalize()
        if found[0].isupper()
        else inflected
    )
