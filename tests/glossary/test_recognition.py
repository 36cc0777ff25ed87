"""How many inflected terms are recognised in sentences written for it, and how many hits are right."""

import re
from pathlib import Path

import pytest

from workbench.glossary import Matcher
from workbench.model import Span

_SENTENCES = Path(__file__).parent / "recognition"
_LEAST_PRECISION, _LEAST_RECALL = 0.95, 0.90


def marked(line: str) -> tuple[str, set[Span]]:
    """Take the square brackets out of a sentence; return it with the spans that they held."""
    text, spans = "", set()
    for part in re.split(r"(\[[^\]]*\])", line):
        if part.startswith("["):
            spans.add(Span(len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    return text, spans


def sentences(language: str) -> list[tuple[str, set[Span]]]:
    lines = (_SENTENCES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("language", ["bg", "uk", "ru", "en"])
def test_inflected_terms_are_recognised_with_precision_and_recall(language: str, starter_matcher: Matcher) -> None:
    right = extra = missed = 0
    for text, wanted in sentences(language):
        found = {occurrence.span for occurrence in starter_matcher.find(text, language)}
        right += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    assert right / (right + extra) >= _LEAST_PRECISION
    assert right / (right + missed) >= _LEAST_RECALL


@pytest.mark.parametrize("language", ["bg", "uk", "ru", "en"])
def test_the_sentences_are_many_and_some_hold_no_term(language: str) -> None:
    wanted = [spans for _, spans in sentences(language)]
    assert len(wanted) >= 60
    assert sum(not spans for spans in wanted) >= 8
