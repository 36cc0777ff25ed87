"""Replacing a wrong equivalent of a term in a rendering, where the model's attention shows which words it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.glossary.matching import Matcher
from workbench.glossary.stopwords import STOPWORDS
from workbench.glossary.violations import Violation, rendered, violations
from workbench.languages import EN
from workbench.model import Span, Term, TermStatus, Unit, Variant, WordLink

#: The least share of attention that an English word must give to the term to count as its rendering.
LEAST_WEIGHT = 0.3
#: Words that the wrong equivalent may have more than the right one.
_WORDS_MORE = 1
_TOKEN = re.compile(r"[^\W_]+(?:[.,:’'ʼ-][^\W_]+)*")
# Heads of names that the English uses with an article.
_WITH_ARTICLE = re.compile(
    r"\b(?:Ministry|Council|Union|Nations|States|Federation|Republic|Kingdom|Court|Committee|Organi[sz]ation|Agency|"
    r"Assembly|Parliament|Party|House|Army|Navy|Forces|Bank|Fund|Commission|Convention|Treaty|Agreement|Sea|Ocean|"
    r"Netherlands|Balkans|Kremlin|Pentagon|Hague|EU|UN|US|USA|UK|IMF|WHO|IAEA|OSCE|CIA|FBI)$"
)
_ARTICLE = re.compile(r"\b(?:a|an|the)\s+$", re.IGNORECASE)
_INDEFINITE = re.compile(r"\b(a|an)(\s+)$", re.IGNORECASE)
_VERB_ENDING = re.compile(r"(?:ed|ing|ise|ize)$")
_VERB_FOLLOWS = re.compile(r"\b(?:to|will|would|can|could|may|might|must|should|shall|not|n[’']t)\s+$", re.IGNORECASE)
# Nouns without a plural, and words that end in -s without being one.
_UNCOUNTABLE = re.compile(
    r"(?:police|news|media|aid|oil|gas|fuel|grain|ammunition|equipment|intelligence|propaganda|censorship|artillery|"
    r"infantry|personnel|staff|legislation|information|independence|research|corruption|inflation|terrorism|defence|"
    r"security|violence|support|migration|unemployment|television|radio|internet)$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:\b(?:a|an|the|this|that|its|his|her|their|our|my|your|no|each|every|some|any)|['’]s)\s+(?:[a-z-]+\s+)?$", re.I
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A rendering after repair: its English, and how many terms it did not keep before and does not keep now."""

    english: str
    broken_before: int
    broken_after: int


def mend(source: str, language: str, english: str, links: Sequence[WordLink], matcher: Matcher) -> Mended:
    """Put the glossary's English in place of other words that the model rendered a term with.

    A term is left as it is where the model does not clearly say which words render it, where those words are far
    more than a term, or where they are another term's.

    Args:
        source: The text that was rendered.
        language: Its language.
        english: The rendering.
        links: Its word links.
        matcher: The glossary.
    """
    unit = Unit((Variant(0, language, (), source),), english=english)
    broken = list(violations(unit, matcher))
    before = len(broken)
    tried: set[tuple[str, str, int]] = set()
    while violation := next((one for one in broken if _place(one) not in tried), None):
        tried.add(_place(violation))
        edit = _edit(violation, english, links, matcher)
        if edit is None:
            continue
        changed = replaced(english, *edit)
        left = list(violations(replace(unit, english=changed), matcher))
        if len(left) < len(broken):
            links = _moved(links, edit[0], len(changed) - len(english))
            english, broken = changed, left
    return Mended(english, before, len(broken))


def _place(violation: Violation) -> tuple[str, str, int]:
    return violation.concept.key, violation.where, violation.span.start


def _edit(violation: Violation, english: str, links: Sequence[WordLink], matcher: Matcher) -> tuple[Span, Term] | None:
    """Return the stretch of English to replace and the term to put there; None where it is not clear."""
    if not violation.wanted:
        return None
    term = violation.wanted[0]
    if violation.status is not None:
        return violation.span, term
    linked = [one.english for one in links if one.weight >= LEAST_WEIGHT and _overlap(one.source, violation.span)]
    stretch = _stretch(english, linked)
    if stretch is None:
        return None
    words = _TOKEN.findall(english[stretch.start : stretch.end])
    if len(words) > len(_TOKEN.findall(term.text)) + _WORDS_MORE or any(map(str.isdigit, "".join(words))):
        return None
    kept = (one for found in rendered(matcher, english).values() for one in found)
    good = (TermStatus.PREFERRED, TermStatus.ADMITTED)
    if any(one.term.status in good and _overlap(one.span, stretch) for one in kept):
        return None
    return None if _is_verb(english, stretch, term) else (stretch, term)


def _is_verb(english: str, stretch: Span, term: Term) -> bool:
    """Whether the words to be replaced look like a verb, which no noun can stand for: to agree, arrested."""
    if not term.part_of_speech.endswith("noun") or english[stretch.start].isupper():
        return False
    return bool(_VERB_ENDING.search(english[: stretch.end]) or _VERB_FOLLOWS.search(english[: stretch.start]))


def _stretch(english: str, linked: Sequence[Span]) -> Span | None:
    """Return the one run of words that linked words make, less function words at its edges."""
    words = [Span(*match.span()) for match in _TOKEN.finditer(english)]
    places = [place for place, word in enumerate(words) if any(_overlap(word, span) for span in linked)]
    while places and english[words[places[0]].start : words[places[0]].end].lower() in STOPWORDS[EN]:
        places.pop(0)
    while places and english[words[places[-1]].start : words[places[-1]].end].lower() in STOPWORDS[EN]:
        places.pop()
    if not places or places != list(range(places[0], places[-1] + 1)):
        return None
    stretch = Span(words[places[0]].start, words[places[-1]].end)
    return None if re.search(r"[.;:!?,()\"“”]\s", english[stretch.start : stretch.end]) else stretch


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _moved(links: Sequence[WordLink], edited: Span, growth: int) -> list[WordLink]:
    """Return links after an edit of the English; those of the replaced words go."""
    kept = []
    for one in links:
        if one.english.end <= edited.start:
            kept.append(one)
        elif one.english.start >= edited.end:
            moved = Span(one.english.start + growth, one.english.end + growth)
            kept.append(WordLink(one.source, moved, one.weight))
    return kept


def replaced(english: str, span: Span, term: Term) -> str:
    """Put a term in the place of a stretch of English, in the case and number of what stood there.

    The article before it changes with it (a war, an agreement), and names that have one get it.
    """
    before, old, after = english[: span.start], english[span.start : span.end], english[span.end :]
    new = term.text
    if old.endswith(("'s", "’s")):
        new += old[-2:]
    elif _plural(old) and not _plural(new) and not _UNCOUNTABLE.search(new) and term.part_of_speech == "noun":
        new = pluralised(new)
    at_start = not before.rstrip() or before.rstrip()[-1] in ".!?:"
    if _WITH_ARTICLE.search(term.text) and not _DETERMINER.search(before) and not at_start:
        new = "the " + new
    if old[:1].isupper() and at_start:
        new = new[:1].upper() + new[1:]
    if old[:1].islower() and new[:1].isupper() and not _WITH_ARTICLE.search(term.text):
        return _ARTICLE.sub("", before) + new + after
    return _with_article(before, new) + new + after


def _with_article(before: str, new: str) -> str:
    """Return what stands before a term, its indefinite article made to suit the term."""
    match = _INDEFINITE.search(before)
    if match is None:
        return before
    suits = match.group(1)[0] + ("n" if new[:1].lower() in "aeio" else "")
    return before[: match.start()] + suits + match.group(2)


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and not _UNCOUNTABLE.search(word)


def pluralised(noun: str) -> str:
    """Return the regular English plural of a noun."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
