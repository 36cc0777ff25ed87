"""The keys under which inflected forms meet: what a word of a text answers to, and what a word of a term asks for.

A key is a lemma, a word form, `lemma#pl` (the lemma in the plural), `lemma#v` (the lemma of a form that no noun has)
or `=NATO` (exact capitals). A term's word is recognised where one of its keys is among the keys of a text's word.
Russian and Ukrainian lemmas come from pymorphy3, Bulgarian and English ones from simplemma; words that their
dictionaries lack are met by endings.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbench.languages import BG, EN, RU, UK
from workbench.text import norm

APOSTROPHES = "'’ʼ‘`´"
#: Lemmas kept per process; a news corpus has about 100 new word forms per 1,000 running words.
CACHE = 300_000
_CYRILLIC = re.compile("[\u0400-\u052f'-]+")
_RARE = 0.03  # a reading this much rarer than the best one is not believed (only Russian has frequencies)

_PARTS = {
    "noun": ("NOUN",),
    "proper noun": ("NOUN", "ADJF"),
    "adjective": ("ADJF", "ADJS"),
    "verb": ("VERB", "INFN"),
}
# Case endings of names that no dictionary has (Ын: Ына, Ыну, Ыном), longest first.
_CASES = {
    RU: ("ами", "ями", "ого", "ому", "ах", "ях", "ов", "ев", "ей", "ой", "ом", "ем", "ым", "им", "ою", "ею", "ам",
         "ям", "а", "я", "у", "ю", "е", "ы", "и"),
    UK: ("ами", "ями", "ові", "еві", "єві", "ого", "ому", "ах", "ях", "ів", "їв", "ей", "ой", "ом", "ем", "єм",
         "им", "ою", "ею", "єю", "ам", "ям", "а", "я", "у", "ю", "е", "і", "ї", "и"),
}  # fmt: skip
_NOMINATIVES = ("", "а", "я", "ь", "й", "о")
_VERBAL = "#v"  # marks the lemma of a Bulgarian or English form that no noun has: договориха, struck
_EN_PLURALS = re.compile(r"(?:s|men|feet|teeth|mice|geese|children|people|data|media|criteria|phenomena|i|ae)$")
# What Bulgarian nouns end in where they differ from their lemma: articles, plurals, both, the vocative.
_BG_NOUN_ENDINGS = re.compile(
    "|ът|ят|та|то|те|а|я|у|ю|о|ия|ият|ията|ата|ята|(?:и|ии|е|ета|ове|еве|ища|илища|ци|це|зи|си)(?:те|та)?"
)
# Masculine nouns whose article is -ят, -я.
_BG_SOFT = re.compile("(?:тел|ар|яр|й|път|ден|кон|крал|зет|кът|огън|сън)$")
_BG_LONGEST_CUT = 3
_ARTICLES = ("ът", "ят", "та", "то", "те", "а", "я")
_BG_PLURALS = {
    "ове": ("",),
    "еве": ("", "й"),
    "ци": ("к", "ец"),
    "зи": ("г",),
    "си": ("х",),
    "и": ("", "а", "я", "о", "ия", "е"),
    "та": ("",),
    "а": ("о",),
    "я": ("е",),
}
# Endings that acronyms take: МИДа, в ЦСКе, САЩ-то, ЦИК-ът, НАТОвський is another word and stays out.
_ACRONYM_ENDINGS = {
    RU: ("а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"),
    UK: ("а", "у", "ом", "і", "и", "ів", "ам", "ами", "ах"),
    EN: ("s", "'s", "’s"),
}


@dataclass(frozen=True, slots=True)
class Analysis:
    """One reading of a word: its lemma, pymorphy's part of speech, whether it is plural, how likely it is."""

    lemma: str
    part_of_speech: str
    plural: bool
    weight: float


@lru_cache(maxsize=4)
def _pymorphy(language: str) -> Any:
    """Return the one analyser of a language in this process (a second one would cost its dictionary again)."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang=language)


def folded(word: str) -> str:
    """Return a word as keys spell it: searchable form, no apostrophes, `ё` as `е`."""
    return norm(word).replace("ʼ", "").replace("ё", "е")


def parses(word: str, language: str) -> list[Any]:
    """Return pymorphy's readings of a word, none where it is not Cyrillic (some characters make pymorphy fail)."""
    plain = norm(word).replace("ʼ", "'")
    return list(_pymorphy(language).parse(plain)) if _CYRILLIC.fullmatch(plain) else []


@lru_cache(maxsize=CACHE)
def analyses(word: str, language: str) -> tuple[Analysis, ...]:
    """Return the believable readings of a Russian or Ukrainian word, apostrophes and capitals as found."""
    weights: dict[tuple[str, str, bool], float] = {}
    for parse in parses(word, language):
        reading = (folded(parse.normal_form), str(parse.tag.POS or ""), "plur" in parse.tag)
        weights[reading] = weights.get(reading, 0.0) + parse.score
    best = max(weights.values(), default=0.0)
    found = (Analysis(*reading, weight) for reading, weight in weights.items() if weight >= _RARE * best)
    return tuple(sorted(found, key=lambda analysis: -analysis.weight))


@lru_cache(maxsize=CACHE)
def tags(word: str, language: str) -> tuple[frozenset[str], ...]:
    """Return the grammatical labels of each reading of a Russian or Ukrainian word, the likeliest first."""
    return tuple(frozenset(str(parse.tag).replace(" ", ",").split(",")) for parse in parses(word, language))


@lru_cache(maxsize=CACHE)
def _simplemma(word: str, language: str) -> str:
    import simplemma

    return folded(simplemma.lemmatize(word, lang=language))


@lru_cache(maxsize=CACHE)
def known(word: str, language: str) -> bool:
    """Whether the dictionary of the language has the word."""
    if language in (RU, UK):
        plain = norm(word).replace("ʼ", "'")
        return bool(_CYRILLIC.fullmatch(plain) and _pymorphy(language).word_is_known(plain))
    import simplemma

    return any(simplemma.is_known(form, lang=language) for form in {word, norm(word)})


def is_acronym(word: str) -> bool:
    """Whether a word is written in capitals throughout (ООН, НАТО, G7, U.S.) and so is matched by exact case."""
    return len(word) > 1 and word.isupper()


def _acronym_keys(word: str, language: str) -> Iterator[str]:
    if is_acronym(word):
        yield "=" + word.replace(".", "")
    for ending in _ACRONYM_ENDINGS.get(language, ()):
        if word.endswith(ending) and is_acronym(word[: -len(ending)]):
            yield "=" + word[: -len(ending)]


def _guesses(word: str, language: str) -> Iterator[str]:
    """Yield citation forms that an unknown name could have."""
    for ending in _CASES[language]:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 2:
            yield from (stem + nominative for nominative in _NOMINATIVES)


def _slavic_keys(word: str, language: str) -> Iterator[str]:
    for analysis in analyses(word, language):
        yield analysis.lemma
        if analysis.plural:
            yield analysis.lemma + "#pl"
    if word[0].isupper() and not known(word, language):
        yield from _guesses(folded(word), language)


def bulgarian_bases(word: str) -> tuple[str, ...]:
    """Return a folded Bulgarian word and what it is without each ending that can be its article."""
    stripped = [word[: -len(article)] for article in _ARTICLES if word.endswith(article)]
    return (word, *(base for base in stripped if len(base) > 2))


def is_noun_form(word: str, lemma: str) -> bool:
    """Whether a folded Bulgarian word ends as a noun of that lemma can: `договорите`, not `договориха`."""
    pairs = zip(word, lemma, strict=False)
    shared = next((at for at, (one, other) in enumerate(pairs) if one != other and {one, other} != {"я", "е"}), None)
    shared = min(len(word), len(lemma)) if shared is None else shared
    rest, cut = word[shared:], lemma[shared:]
    if cut[:1] in ("ъ", "е") and rest.startswith(cut[1:]):  # министър, министри; украинец, украинци
        rest = rest[len(cut) - 1 :]
    if rest in ("ят", "я") and not cut and lemma[-1:] not in "аеиоуюя":
        return bool(_BG_SOFT.search(lemma))
    if rest in ("на", "ната") and lemma.endswith("ме"):
        return True
    return len(cut) <= _BG_LONGEST_CUT and bool(_BG_NOUN_ENDINGS.fullmatch(rest))


def _bulgarian_keys(word: str) -> Iterator[str]:
    lowered = folded(word)
    bases = bulgarian_bases(lowered)
    for lemma in (_simplemma(word, BG), *bases, *(_simplemma(base, BG) for base in bases)):
        yield lemma if is_noun_form(lowered, lemma) else lemma + _VERBAL
    if not known(word, BG):
        for base in bulgarian_bases(lowered):
            for ending, nominatives in _BG_PLURALS.items():
                if base.endswith(ending) and len(base) - len(ending) > 2:
                    yield from (base[: -len(ending)] + nominative for nominative in nominatives)


def without_possessive(words: str) -> str:
    """Return an English word or phrase without the possessive 's at its end."""
    return words[:-2] if words[-2:] in ("'s", "’s", "ʼs") else words


def _english_keys(word: str) -> Iterator[str]:
    bare = without_possessive(word)
    lowered = folded(bare)
    yield lowered
    mark = "" if _EN_PLURALS.search(lowered) else _VERBAL
    for found in (_simplemma(bare, EN), _simplemma(lowered, EN)):
        yield found + mark if found != lowered else found
    if lowered.endswith("s") and (len(lowered) > 3 or not lowered.isalpha()):
        yield lowered[:-1]


@lru_cache(maxsize=CACHE)
def text_keys(word: str, language: str) -> tuple[str, ...]:
    """Return every key that a word of a text answers to; a quotation mark at its end does not count."""
    word = word.rstrip(APOSTROPHES) or word
    keys = [*_acronym_keys(word, language), folded(word)]
    if language in (RU, UK):
        keys += _slavic_keys(word, language)
    else:
        keys += _bulgarian_keys(word) if language == BG else _english_keys(word)
    return tuple(dict.fromkeys(keys))


def term_keys(word: str, language: str, part_of_speech: str = "") -> tuple[str, ...]:
    """Return the keys by which one word of a term is found.

    A word that the term gives in the plural is found only in the plural, so that *выборы* (elections) does not
    answer to *выбора* (of the choice); a word in its citation form is found by that lemma alone.
    """
    if is_acronym(word):
        return ("=" + word.replace(".", ""),)
    form = folded(word)
    if language in (RU, UK):
        return _slavic_term_keys(word, form, language, part_of_speech)
    lemma = _simplemma(word, language)
    if language == BG and lemma != form and form.endswith(("и", "ове", "еве")):
        return (form,)
    noun = part_of_speech in ("noun", "proper noun")
    if language == EN and (noun or part_of_speech == "adjective") and form.endswith(("ed", "ing")):
        return (form,)
    keys = (form, lemma) if noun else (form, lemma, form + _VERBAL, lemma + _VERBAL)
    return tuple(dict.fromkeys(keys))


def _slavic_term_keys(word: str, form: str, language: str, part_of_speech: str) -> tuple[str, ...]:
    found = analyses(word, language)
    wanted = _PARTS.get(part_of_speech)
    if wanted:
        found = tuple(analysis for analysis in found if analysis.part_of_speech in wanted) or found
    if not found:
        return (form,)
    if any(analysis.lemma == form for analysis in found):
        # Within a phrase an adjective may look like a name (лісова, Лісова); the words around it tell them apart.
        adjectives = () if part_of_speech else (one.lemma for one in found if one.part_of_speech == "ADJF")
        return tuple(dict.fromkeys((form, *adjectives)))
    if all(analysis.plural for analysis in found):
        return tuple(dict.fromkeys(analysis.lemma + "#pl" for analysis in found))
    return (form, *dict.fromkeys(analysis.lemma for analysis in found))


@lru_cache(maxsize=CACHE)
def lemma(word: str, language: str) -> str:
    """Return the likeliest lemma of a word, as keys spell it."""
    if language in (RU, UK):
        found = analyses(word, language)
        return found[0].lemma if found else folded(word)
    if language == BG:
        return _simplemma(word, BG)
    return _simplemma(word, EN)
