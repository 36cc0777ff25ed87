"""Names of the source that the English garbles or takes for others, put right where the attention shows them.

A small model knows few names: others come out garbled, or as a name that it does know. The words of the English that
came from a name are those whose attention went to it; where they are neither the name's English nor sound like it,
its known English or its romanisation is put in their place. What has no place in the English is left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.languages import BG, EN, RU
from workbench.model import Span, WordLink
from workbench.translation.name_lexicon import NameLexicon
from workbench.translation.name_sounds import likeness, plain, spoken
from workbench.translation.nominative import in_dictionary, is_common, is_person_or_place, nominatives
from workbench.translation.word_links import english_spans, follow, words

_CYRILLIC = re.compile(r"[\u0400-\u04ff'’ʼ-]+")
_STARTS = re.compile(r"(?:^|[.!?:;…«„“”\"(–—-])\W*$")
_ADJECTIVE = re.compile(
    r"(?:ск(?:и|а|о|ия|ият|ата|ото|ите|ий|ая|ое|ие|ого|ому|ой|ую|ом|им|их|ими)|[сзц]ьк(?:ий|а|е|і|ого|ому|ої|ій|у|ою|им|их|ими))$"
)
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
# Words with a capital that stand for no name.
_ORDINARY = re.compile(
    "I|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    "October|November|December|President|Minister|Prime|Mr|Mrs|Ms|Dr|The|A|An|Of|In|And"
)
_SHORTEST = 3
# From this likeness of sounds on, an English word is taken for a spelling of the name.
_ALIKE = 0.72
_DERIVED = 0.995
# From this one on, a spelling of a foreign name that no table has is left to the model: a good one knows better.
_SPELT = 0.9
_DEMONYM = re.compile(r"(?:ia|a|)ns?$|ish$|ese$|ites?$|s$")
_SURE = 0.3


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a source text: where it stands, its English, the best first, and whether that is beyond doubt."""

    span: Span
    text: str
    english: tuple[str, ...]
    certain: bool


def find(source: str, language: str, lexicon: NameLexicon) -> list[Name]:
    """Return the names of a source text: words with a capital that are no ordinary words.

    At the start of a sentence or a quotation, where every word has a capital, only a word that the dictionary does
    not have, or has as a name alone, is one. Words in capitals throughout are acronyms, and no names; adjectives
    (*Київський*) are names only after another name.
    """
    found: list[Name] = []
    for span in words(source):
        word = source[span.start : span.end]
        if not word[0].isupper() or word.isupper() or len(word) < _SHORTEST or not _CYRILLIC.fullmatch(word):
            continue
        first = bool(_STARTS.search(source[: span.start]))
        follows = bool(found) and source[found[-1].span.end : span.start] == " "
        if _is_name(word, language, lexicon, first=first, follows=follows):
            certain = lexicon.is_certain(word, language)
            found.append(Name(span, word, lexicon.english(word, language), certain))
    return found


def _is_name(word: str, language: str, lexicon: NameLexicon, *, first: bool, follows: bool) -> bool:
    if not in_dictionary(word, language):
        return bool(follows or not _ADJECTIVE.search(word) or lexicon.known((word.lower(),)))
    if _ADJECTIVE.search(word) and not follows:
        return False
    if first:
        return language != BG and is_person_or_place(word, language)
    # The Bulgarian and the Ukrainian dictionary have places without saying so.
    return not is_common(word, language) or (language != RU and bool(lexicon.known(nominatives(word, language))))


def mend(
    source: str, english: str, links: Sequence[WordLink], language: str, lexicon: NameLexicon
) -> tuple[str, tuple[WordLink, ...]]:
    """Put right the names of the English.

    Args:
        source: The source text.
        english: Its rendering.
        links: Which source word each English word came from.
        language: The language of the source.
        lexicon: What is known of names.

    Returns:
        The English, and its links.
    """
    names = find(source, language, lexicon)
    if not names:
        return english, tuple(links)
    places = _places(names, english, links, language, lexicon)
    _join_neighbours(names, places, source)
    mended = english
    for span, text in sorted((place for place in places if place), key=lambda place: -place[0].start):
        mended = mended[: span.start] + text + mended[span.end :]
    return mended, follow(links, english, mended)


def _places(
    names: Sequence[Name], english: str, links: Sequence[WordLink], language: str, lexicon: NameLexicon
) -> list[tuple[Span, str] | None]:
    """Return for each name where the English has it, or something else instead, and what should stand there."""
    free = [one.english for one in links]
    places: list[tuple[Span, str] | None] = []
    for name in names:
        here = _spelling(name, english, free, links, language)
        if here is None:
            places.append(None)
            continue
        free.remove(here)
        word = english[here.start : here.end]
        right = _is_right(word, name, lexicon, language)
        places.append((here, word if right else name.english[0] + _possessive(word)))
    for number, name in enumerate(names):
        wrong = None if places[number] else _instead(name, english, free, links, lexicon)
        if wrong is not None:
            free = [span for span in free if span.end <= wrong.start or span.start >= wrong.end]
            places[number] = (wrong, name.english[0] + _possessive(english[wrong.start : wrong.end]))
    return places


def _join_neighbours(names: Sequence[Name], places: list[tuple[Span, str] | None], source: str) -> None:
    """Put a name that has no place beside the one that it stands beside in the source: *Ion* where *Ion Popa* is."""
    pairs = [n for n in range(1, len(names)) if source[names[n - 1].span.end : names[n].span.start] == " "]
    joined: set[int] = set()
    for number in pairs:
        first, second = places[number - 1], places[number]
        if first is None and second is not None:
            places[number] = (second[0], f"{names[number - 1].english[0]} {second[1]}")
        elif first is not None and second is None and number - 1 not in joined:
            ending = _possessive(first[1])
            places[number - 1] = (first[0], f"{first[1].removesuffix(ending)} {names[number].english[0]}{ending}")
            joined.add(number)


def _possessive(word: str) -> str:
    return "’s" if word.endswith("’s") else "'s" if word.endswith("'s") else ""


def _spelling(name: Name, english: str, free: Sequence[Span], links: Sequence[WordLink], language: str) -> Span | None:
    """Return the word of the English that is the name, or sounds like it; of several, one that came from there."""
    linked = {one.english for one in links if one.source == name.span}
    scored = [
        (_nearness(english[span.start : span.end], name, language), span in linked, -span.start, span) for span in free
    ]
    near = [row for row in scored if row[0] >= _ALIKE]
    return max(near, key=lambda row: row[:3])[3] if near else None


def _nearness(word: str, name: Name, language: str) -> float:
    """Return how near an English word is to a name, in [0, 1]; 1 for its English, and for what derives from it."""
    bare = plain(_POSSESSIVE.sub("", word))
    forms = [plain(part) for form in name.english for part in (form, *re.split("[ -]", form))]
    if bare in forms:
        return 1.0
    if not word[0].isupper():
        return 0.0
    if _derived(bare, forms):
        return _DERIVED
    sounds = spoken(bare, "en")
    wanted = [spoken(name.text, language), *(spoken(form, "en") for form in name.english)]
    return max(0.99 * likeness(sounds, form) for form in wanted)


def _derived(word: str, forms: Sequence[str]) -> bool:
    """Whether an English word is made from a name: German, Germans from Germany."""
    stem = _DEMONYM.sub("", word)
    return stem != word and len(stem) > 3 and any(form.startswith(stem[:-1]) and len(form) > 4 for form in forms)


def _is_right(word: str, name: Name, lexicon: NameLexicon, language: str) -> bool:
    nearness = _nearness(word, name, language)
    return nearness >= (_DERIVED if name.certain else _SPELT) or lexicon.is_english(word)


def _instead(
    name: Name, english: str, free: Sequence[Span], links: Sequence[WordLink], lexicon: NameLexicon
) -> Span | None:
    """Return the words with a capital that stand where the name should."""
    for stretch in english_spans(links, name.span, _SURE):
        wrong: list[Span] = []
        for span in words(english[: stretch.end]):
            if span.start < stretch.start:
                continue
            if span in free and _could_be_name(english[span.start : span.end], lexicon):
                wrong.append(span)
            elif wrong:
                break
        if wrong:
            return Span(wrong[0].start, wrong[-1].end)
    return None


def _could_be_name(word: str, lexicon: NameLexicon) -> bool:
    ordinary = _ORDINARY.fullmatch(word) or (in_dictionary(word, EN) and not lexicon.is_english(word))
    return word[0].isupper() and not ordinary
