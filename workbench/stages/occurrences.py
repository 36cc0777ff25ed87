"""Where the terms of a concept occur, in every inflected form: candidates from the index, then the matcher."""

from dataclasses import dataclass

from workbench.database import Database, search
from workbench.glossary import Matcher
from workbench.glossary.lemmas import parses
from workbench.languages import RU, UK
from workbench.model import Concept, Span, Term
from workbench.text import norm, words

# Letters that an ending may replace in a language whose forms no dictionary here lists.
_ENDING = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a segment, or in the English of a unit."""

    language: str
    text: str
    span: Span
    unit_id: int | None


def occurrences(database: Database, concept: Concept, limit: int) -> list[Found]:
    """Return where the terms of a concept occur, each text once, at most `limit` for each term."""
    matcher = Matcher([concept])
    found: dict[tuple[str, str, int | None], Found] = {}
    for term in concept.terms:
        expression = _expression(term)
        if not expression:
            continue
        for hit in search.expressed(database, expression, term.language, limit):
            spans = [each.span for each in matcher.find(hit.text, hit.language)]
            if spans:
                found.setdefault(
                    (hit.language, hit.text, hit.unit_id), Found(hit.language, hit.text, spans[0], hit.unit_id)
                )
    return list(found.values())


def _expression(term: Term) -> str:
    """Return the full-text expression of whatever may be a form of a term: every word in any of its forms."""
    return " AND ".join(f"({' OR '.join(_forms(word, term.language))})" for word in words(term.text))


def _forms(word: str, language: str) -> list[str]:
    if language in (RU, UK):
        forms = {norm(form.word) for parse in parses(word, language) for form in parse.lexeme}
        return [f'"{form}"' for form in sorted({word, *forms})]
    stem = word[: max(_ENDING, len(word) - _ENDING)]
    return [f'"{stem}" *']
