"""Term candidates of one language: phrases by C-value over lemmas, names and acronyms by capitals and repetition.

C-value (Frantzi, Ananiadou and Mima 2000) weighs how often a phrase occurs by its length, less how often it occurs
only inside longer candidates: *генеральний секретар* counts, *секретар Організації* hardly. One-word names take
part with the logarithm of length plus one, as Barrón-Cedeño and others (2009) propose.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.glossary.citation import can_be_nominative, nominative
from workbench.glossary.lemmas import APOSTROPHES, analyses, folded, is_acronym, known, lemma, tags, without_possessive
from workbench.glossary.matching import Matcher, split_words
from workbench.glossary.names import is_name
from workbench.glossary.stopwords import STOPWORDS
from workbench.languages import EN, RU, UK
from workbench.model import Span
from workbench.numbers import number as numeral

LONGEST = 5  # words of a candidate
_PLAIN_JOINT = re.compile(r"[\s\u00a0]+|[-‐‑]")
_SENTENCE_END = re.compile(r"[.!?…:;\n]")
_MODIFIERS, _NOUN = {"ADJF", "PRTF"}, "NOUN"

Lemmas = tuple[str, ...]


class Sentence(NamedTuple):
    """A text to find candidates in. Sentences of one `group` (a unit) say the same in several languages."""

    group: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: the group of the sentence, the sentence, and the characters."""

    group: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase or name that may be a term.

    Attributes:
        language: Its language.
        text: The form to show, in the nominative where one was met.
        lemmas: What its inflected forms have in common; with the language, its identity.
        kind: `phrase`, `name` or `acronym`.
        frequency: How often it occurs.
        score: C-value; higher is more of a term.
        places: Where it stands first in each group.
    """

    language: str
    text: str
    lemmas: Lemmas
    kind: str
    frequency: int
    score: float
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Seen:
    kind: str
    surfaces: Counter[str] = field(default_factory=Counter)
    places: dict[int, Place] = field(default_factory=dict)
    nested: Counter[Lemmas] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with what candidates are made from: its lemma, its role (`m`odifier, `n`oun, `x` other), its place."""

    text: str
    lemma: str
    role: str
    start: int
    first: bool
    joined: bool  # to the word before, by nothing but a space or a hyphen

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def candidates(
    sentences: Iterable[Sentence],
    *,
    glossary: Matcher | None = None,
    ignored: Collection[tuple[str, Lemmas]] = (),
    least: int = 2,
) -> list[Candidate]:
    """Find term candidates, best first.

    Args:
        sentences: The texts.
        glossary: What it finds already is left out.
        ignored: Language and lemmas of candidates that a reviewer does not want to see again.
        least: How often a candidate must occur.
    """
    seen: dict[tuple[str, Lemmas], _Seen] = {}
    for sentence in sentences:
        covered = glossary.find(sentence.text, sentence.language) if glossary else []
        taken = {(one.span.start, one.span.end) for one in covered}
        for kind, tokens in _stretches(_tokens(sentence.text, sentence.language), sentence.language):
            span = Span(tokens[0].start, tokens[-1].end)
            if (span.start, span.end) not in taken:
                _note(seen, sentence, kind, tokens, span)
    kept = {key: one for key, one in seen.items() if one.surfaces.total() >= least and key not in ignored}
    _nest(kept)
    found = [_candidate(key, one) for key, one in kept.items()]
    return sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, one.language, one.lemmas))


def _tokens(text: str, language: str) -> list[_Token]:
    pieces = split_words(text)
    found: list[_Token] = []
    position, first = 0, True
    for number, piece in enumerate(pieces):
        if number % 2:
            word = piece.rstrip(APOSTROPHES)
            joined = number > 1 and bool(_PLAIN_JOINT.fullmatch(pieces[number - 1]))
            found.append(_Token(word, lemma(word, language), _role(word, language), position, first, joined))
            first = False
        elif _SENTENCE_END.search(piece):
            first = True
        position += len(piece)
    return found


def _role(word: str, language: str) -> str:
    if folded(word) in STOPWORDS[language] or not word[:1].isalpha() or (len(word) < 3 and word.islower()):
        return "x"
    if numeral(word, language) is not None:  # a million shells
        return "x"
    if language not in (RU, UK):
        return "n"
    best = analyses(word, language)
    parts = {analysis.part_of_speech for analysis in best[:2]} if known(word, language) else {_NOUN}
    return "n" if _NOUN in parts else "m" if parts & _MODIFIERS else "x"


def _stretches(tokens: list[_Token], language: str) -> Iterator[tuple[str, list[_Token]]]:
    """Yield every stretch of words that has the form of a term."""
    for first, token in enumerate(tokens):
        if token.role == "x":
            continue
        if is_acronym(token.text):
            yield "acronym", [token]
        elif not token.first and token.text[0].isupper() and is_name(token.text, language):
            yield "name", [token]
        for last in range(first + 1, min(first + LONGEST, len(tokens))):
            if not tokens[last].joined or tokens[last].role == "x":
                break
            stretch = tokens[first : last + 1]
            if _well_formed(stretch, language):
                capitals = all(one.text[0].isupper() for one in stretch) and not stretch[0].first
                yield ("name" if capitals else "phrase"), stretch


def _well_formed(stretch: list[_Token], language: str) -> bool:
    """Whether words make a noun phrase: modifiers, a noun, further nouns in the genitive (ru, uk)."""
    if language not in (RU, UK):
        return True
    roles = "".join(token.role for token in stretch)
    if not re.fullmatch("m*n(?:m*n)*", roles):
        return False
    head = roles.index("n")
    names = all(token.text[0].isupper() for token in stretch)
    return names or all("gent" in _cases(token.text, language) for token in stretch[head + 1 :])


def _cases(word: str, language: str) -> set[str]:
    return {label for reading in tags(word, language) for label in reading}


def _note(
    seen: dict[tuple[str, Lemmas], _Seen], sentence: Sentence, kind: str, tokens: list[_Token], span: Span
) -> None:
    key = (sentence.language, tuple(token.lemma for token in tokens))
    one = seen.setdefault(key, _Seen(kind))
    one.surfaces[sentence.text[span.start : span.end]] += 1
    one.places.setdefault(sentence.group, Place(sentence.group, sentence.text, span))


def _nest(kept: dict[tuple[str, Lemmas], _Seen]) -> None:
    """Tell each candidate of the longer ones that it stands in, and how often those occur."""
    for (language, lemmas), one in kept.items():
        for length in range(1, len(lemmas)):
            for start in range(len(lemmas) - length + 1):
                inner = kept.get((language, lemmas[start : start + length]))
                if inner is not None:
                    inner.nested[lemmas] += one.surfaces.total()


def _candidate(key: tuple[str, Lemmas], one: _Seen) -> Candidate:
    language, lemmas = key
    frequency = one.surfaces.total()
    inside = one.nested.values()
    alone = frequency - (sum(inside) / len(inside) if inside else 0)
    if any(count >= frequency for count in inside):  # one longer candidate always holds it: Кім Чен, of Кім Чен Ин
        alone = 0
    return Candidate(
        language=language,
        text=_citation(one.surfaces, language),
        lemmas=lemmas,
        kind=one.kind,
        frequency=frequency,
        score=round(math.log2(len(lemmas) + 1) * alone, 3),
        places=tuple(one.places.values()),
    )


def _citation(surfaces: Counter[str], language: str) -> str:
    """Return the form to show: a nominative that was met, else the commonest form put into the nominative."""
    ranked = sorted(surfaces, key=lambda surface: (-surfaces[surface], surface))
    if language == EN:
        return without_possessive(ranked[0])
    if language not in (RU, UK) or is_acronym(ranked[0]):
        return ranked[0]
    form = nominative(ranked[0], language)
    met = next((surface for surface in ranked if folded(surface) == folded(form)), None)
    return met or next((surface for surface in ranked if can_be_nominative(surface, language)), form)


__all__ = ["Candidate", "Place", "Sentence", "candidates"]
