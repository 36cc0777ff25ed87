"""Choosing, among the renderings that a model offers, one that keeps the terms; and replacing a wrong equivalent."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.glossary.matching import Matcher
from workbench.glossary.violations import violations
from workbench.model import Hypothesis, Span, Term, Unit, Variant

#: Score (mean log-probability a token) that one more kept term is worth: e^-0.5 is about two thirds a token.
TERM_WORTH = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    """The hypothesis chosen: its place in the n-best list, and how many terms the best and the chosen one break."""

    position: int
    hypothesis: Hypothesis
    broken_before: int
    broken_after: int


def broken(source: str, language: str, english: str, matcher: Matcher) -> int:
    """Return how many terms of a source an English text does not keep."""
    unit = Unit((Variant(0, language, (), source),), english=english)
    return sum(1 for _ in violations(unit, matcher))


def choose(
    source: str, language: str, hypotheses: Sequence[Hypothesis], matcher: Matcher, *, worth: float = TERM_WORTH
) -> Choice:
    """Choose among the n-best hypotheses, best first, the one that keeps the terms at the least cost in score.

    Args:
        source: The text that was rendered.
        language: Its language.
        hypotheses: What the model offers, at least one.
        matcher: The glossary.
        worth: How much worse in mean log-probability a hypothesis may be for each term more that it keeps.
    """
    counts = [broken(source, language, hypothesis.text, matcher) for hypothesis in hypotheses]
    if counts[0] == 0:
        return Choice(0, hypotheses[0], 0, 0)
    best = min(
        range(len(hypotheses)),
        key=lambda place: (counts[place] * worth - hypotheses[place].score, place),
    )
    if counts[best] >= counts[0]:
        best = 0
    return Choice(best, hypotheses[best], counts[0], counts[best])


def replaced(english: str, span: Span, term: Term) -> str:
    """Put a term in the place of a stretch of English, in the case and number of what stood there."""
    old = english[span.start : span.end]
    new = term.text
    if old.endswith(("'s", "’s")):
        new += old[-2:]
    elif _plural(old) and not _plural(new) and term.part_of_speech == "noun":
        new = pluralised(new)
    at_start = not english[: span.start].rstrip() or english[: span.start].rstrip()[-1] in ".!?:"
    if old[:1].isupper() and at_start:
        new = new[:1].upper() + new[1:]
    return english[: span.start] + new + english[span.end :]


def _plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))


def pluralised(noun: str) -> str:
    """Return the regular English plural of a noun."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"
