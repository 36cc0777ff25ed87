"""Terms that the English of a unit does not keep, and words in it that the glossary warns against."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from workbench.glossary.matching import Matcher, Occurrence
from workbench.glossary.terms import equivalents
from workbench.languages import EN
from workbench.model import Concept, Span, Term, TermStatus, Unit


@dataclass(frozen=True, slots=True)
class Violation:
    """One disagreement between the English of a unit and the glossary.

    Attributes:
        where: Language code of the text that `span` is in: the source of a term that is missing, or `en`.
        form: What stands there.
        wanted: The English terms that may be used instead, best first.
        status: Of the English that stands there; None where the right English is missing.
        variants: How many variants have the term.
        agreed: Whether those are more than half of them.
    """

    concept: Concept
    where: str
    span: Span
    form: str
    wanted: tuple[Term, ...]
    status: TermStatus | None = None
    term: Term | None = None
    variants: int = 1
    agreed: bool = True


def rendered(matcher: Matcher, english: str) -> dict[str, list[Occurrence]]:
    """Return by concept the terms in an English text, those inside longer ones too."""
    found: dict[str, list[Occurrence]] = {}
    for occurrence in matcher.find(english, EN, overlapping=True):
        found.setdefault(occurrence.concept, []).append(occurrence)
    return found


def violations(unit: Unit, matcher: Matcher) -> Iterator[Violation]:
    """Yield where the English of a unit departs from the glossary.

    A term of a variant is missing where the English has no preferred or admitted term of any concept that the
    words can mean; one finding a concept, on the first variant that has it. Deprecated and forbidden English is
    reported wherever it stands.
    """
    if not unit.english.strip():
        return
    found = rendered(matcher, unit.english)
    sources = [variant for variant in unit.variants if variant.language != EN]
    missing: dict[str, list[Violation]] = {}
    for variant in sources:
        here = {one.concept.key: one for one in _missing(variant.text, variant.language, matcher, found)}
        for key, violation in here.items():
            missing.setdefault(key, []).append(violation)
    for violations_of_one in missing.values():
        having = len(violations_of_one)
        yield replace(violations_of_one[0], variants=having, agreed=2 * having > len(sources))
    yield from _unwanted(unit.english, matcher, found)


def _missing(text: str, language: str, matcher: Matcher, found: dict[str, list[Occurrence]]) -> Iterator[Violation]:
    for span, group in groupby(matcher.find(text, language), key=lambda occurrence: occurrence.span):
        meanings = list(group)
        concepts = [matcher.concepts[meaning.concept] for meaning in meanings]
        if any(concept.key in found for concept in concepts):
            continue  # unwanted English of the concept is reported as such
        wanted = tuple(term for concept in concepts for term in _english(concept, meanings))
        if wanted:
            form = text[span.start : span.end]
            yield Violation(concepts[0], language, span, form, wanted, term=meanings[0].term)


def _english(concept: Concept, meanings: list[Occurrence]) -> list[Term]:
    """Return the English to use for a concept; a term not to be translated stands for itself."""
    kept = [meaning.term for meaning in meanings if meaning.concept == concept.key and meaning.term.do_not_translate]
    return kept or list(equivalents(concept, EN))


def _unwanted(english: str, matcher: Matcher, found: dict[str, list[Occurrence]]) -> Iterator[Violation]:
    accepted = [
        occurrence.span
        for occurrences in found.values()
        for occurrence in occurrences
        if occurrence.term.status in (TermStatus.PREFERRED, TermStatus.ADMITTED)
    ]
    for key, occurrences in found.items():
        for occurrence in occurrences:
            status, span = occurrence.term.status, occurrence.span
            if status not in (TermStatus.DEPRECATED, TermStatus.FORBIDDEN):
                continue
            if any(good.start <= span.start and span.end <= good.end for good in accepted):
                continue
            concept = matcher.concepts[key]
            wanted = tuple(equivalents(concept, EN))
            form = english[span.start : span.end]
            yield Violation(concept, EN, span, form, wanted, status, occurrence.term)
