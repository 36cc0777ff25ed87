"""Choosing, among the renderings that a model offers, the one that keeps the terms."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.glossary.matching import Matcher
from workbench.glossary.violations import violations
from workbench.model import Hypothesis, Unit, Variant

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
