"""Concepts as a glossary holds them: what is acceptable, how two glossaries become one, how they are searched."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.errors import GlossaryError
from workbench.glossary.matching import split_words
from workbench.languages import EN, LANGUAGES, romanise
from workbench.model import Concept, Term, TermStatus
from workbench.text import norm

LONGEST_TERM = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_ORDER = tuple(TermStatus)


def validated(concept: Concept) -> Concept:
    """Return a concept with tidy spaces, its terms by language and status, after looking for faults.

    Raises:
        GlossaryError: The key is empty, there is no term, a term is not acceptable or given twice, or one form is
            both to be used and to be avoided.
    """
    if not concept.key.strip():
        raise GlossaryError("the concept has no key", "Give it a short name such as armed-forces.")
    if not concept.terms:
        raise GlossaryError(f"concept '{concept.key}' has no term", "Add a term in at least one language.")
    terms = [_validated_term(concept.key, term) for term in concept.terms]
    seen: set[tuple[str, str]] = set()
    for term in terms:
        if (term.language, term.text) in seen:
            raise GlossaryError(f"concept '{concept.key}' has '{term.text}' ({term.language}) twice")
        seen.add((term.language, term.text))
    terms.sort(key=lambda term: (LANGUAGES.index(term.language), _ORDER.index(term.status)))
    return replace(concept, key=concept.key.strip(), terms=tuple(terms))


def _validated_term(key: str, term: Term) -> Term:
    text = " ".join(term.text.split())
    if term.language not in LANGUAGES:
        raise GlossaryError(f"concept '{key}' has a term in unknown language '{term.language}'", "Use bg, uk, ru, en.")
    if not text:
        raise GlossaryError(f"concept '{key}' has an empty term ({term.language})")
    if len(text) > LONGEST_TERM:
        raise GlossaryError(f"a term of concept '{key}' is longer than {LONGEST_TERM} characters")
    if _CONTROL.search(text):
        raise GlossaryError(f"a term of concept '{key}' holds control characters")
    if len(split_words(text)) < 3:
        raise GlossaryError(f"the term '{text}' of concept '{key}' holds no word")
    return replace(term, text=text)


def new_key(concept: Concept, taken: Iterable[str] = ()) -> str:
    """Return a key for a concept, made of its first English term or of another one in Latin letters."""
    first = min(concept.terms, key=lambda term: (term.language != EN, _ORDER.index(term.status)), default=None)
    latin = romanise(first.text, first.language) if first else ""
    base = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-") or "concept"
    used = set(taken)
    number = 1
    while (key := base if number == 1 else f"{base}-{number}") in used:
        number += 1
    return key


@dataclass(frozen=True, slots=True)
class Merged:
    """One glossary made of two.

    Attributes:
        concepts: All concepts, those that were there first in their order.
        added: Keys of concepts that are new.
        changed: Keys of concepts that gained terms or fields.
        conflicts: What the two glossaries disagree on, in sentences; the first one's word was kept.
    """

    concepts: tuple[Concept, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def merge(existing: Iterable[Concept], incoming: Iterable[Concept]) -> Merged:
    """Bring the concepts of one glossary into another.

    Concepts are one where their keys are, or where they share terms in two languages. The existing glossary wins
    where both say something different.
    """
    concepts = {concept.key: concept for concept in existing}
    forms = _Forms(concepts.values())
    added: list[str] = []
    changed: dict[str, None] = {}
    conflicts: list[str] = []
    for concept in incoming:
        key = concept.key if concept.key in concepts else forms.same(concept)
        if key is None:
            concepts[concept.key] = concept
            forms.add(concept)
            added.append(concept.key)
            continue
        united = _united(concepts[key], concept, conflicts)
        if united != concepts[key]:
            concepts[key] = united
            forms.add(united)
            changed[key] = None
    return Merged(
        tuple(concepts.values()), tuple(added), tuple(key for key in changed if key not in added), tuple(conflicts)
    )


class _Forms:
    """Which concepts have a form in a language."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._keys: dict[tuple[str, str], set[str]] = {}
        for concept in concepts:
            self.add(concept)

    def add(self, concept: Concept) -> None:
        for term in concept.terms:
            self._keys.setdefault((term.language, norm(term.text)), set()).add(concept.key)

    def same(self, concept: Concept) -> str | None:
        """Return the key of a concept that shares terms with this one in two languages."""
        languages: dict[str, set[str]] = {}
        for term in concept.terms:
            for key in self._keys.get((term.language, norm(term.text)), ()):
                languages.setdefault(key, set()).add(term.language)
        best = max(languages, key=lambda key: len(languages[key]), default=None)
        return best if best is not None and len(languages[best]) >= 2 else None


def _united(ours: Concept, theirs: Concept, conflicts: list[str]) -> Concept:
    terms = {(term.language, norm(term.text)): term for term in ours.terms}
    preferred = {term.language for term in ours.terms if term.status is TermStatus.PREFERRED}
    for term in theirs.terms:
        own = terms.get((term.language, norm(term.text)))
        if own is None:
            if term.status is TermStatus.PREFERRED and term.language in preferred:
                term = replace(term, status=TermStatus.ADMITTED)
            terms[term.language, norm(term.text)] = term
        elif own.status is not term.status and TermStatus.ADMITTED not in (own.status, term.status):
            conflicts.append(f"{ours.key}: '{own.text}' ({own.language}) is {own.status} here, {term.status} there.")
    fields = {
        name: getattr(ours, name) or getattr(theirs, name) for name in ("subject", "definition", "note", "source")
    }
    return replace(ours, terms=tuple(terms.values()), **fields)


def ambiguous(concepts: Iterable[Concept]) -> Iterator[tuple[Term, tuple[str, ...]]]:
    """Yield each term form that names more than one concept, with the keys of those."""
    keys: dict[tuple[str, str], dict[str, Term]] = {}
    for concept in concepts:
        for term in concept.terms:
            keys.setdefault((term.language, norm(term.text)), {}).setdefault(concept.key, term)
    for found in keys.values():
        if len(found) > 1:
            yield next(iter(found.values())), tuple(found)


def search(concepts: Iterable[Concept], query: str, language: str = "") -> list[Concept]:
    """Return the concepts in which a query occurs, best first: a whole term, its beginning, within one, elsewhere."""
    wanted = norm(query)
    if not wanted:
        return list(concepts)
    ranked = [(rank, concept.key, concept) for concept in concepts if (rank := _rank(concept, wanted, language)) < 4]
    return [concept for _, _, concept in sorted(ranked, key=lambda entry: entry[:2])]


def _rank(concept: Concept, wanted: str, language: str) -> int:
    best = 4
    for term in concept.terms:
        if language and term.language != language:
            continue
        form = norm(term.text)
        rank = 0 if form == wanted else 1 if form.startswith(wanted) else 2 if wanted in form else 4
        best = min(best, rank)
    if (
        best == 4
        and not language
        and wanted in norm(" ".join((concept.key, concept.subject, concept.definition, concept.note)))
    ):
        return 3
    return best


def equivalents(concept: Concept, language: str) -> Sequence[Term]:
    """Return the terms of a concept in a language that may be used, preferred ones first."""
    usable = (TermStatus.PREFERRED, TermStatus.ADMITTED)
    found = [term for term in concept.terms if term.language == language and term.status in usable]
    return sorted(found, key=lambda term: _ORDER.index(term.status))
