"""How many inflected terms are recognised in sentences written for it, and how many hits are right.

The second set has a glossary and vocabulary of its own, written before the rules were tried on it. What it measured at
first: precision and recall bg 0.967, 0.983; uk 0.948, 0.965; ru 1, 1; en 0.903, 1. Verbs and other words that look
like the noun (цени, міст, shares) cannot be told without reading the sentence; they stay in the sets as they are.
"""

import re
from pathlib import Path

import pytest

from workbench.exchange import glossary_csv
from workbench.glossary import Matcher
from workbench.glossary.lemmas import is_noun_form
from workbench.model import Concept, Span, Term

_SENTENCES = Path(__file__).parent / "recognition"
_SECOND = _SENTENCES / "second"
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


def sentences(language: str, folder: Path = _SENTENCES) -> list[tuple[str, set[Span]]]:
    lines = (folder / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [marked(line) for line in lines if not line.startswith("#")]


def measured(language: str, folder: Path, matcher: Matcher) -> tuple[float, float]:
    """Return precision and recall of recognition on the sentences of a folder."""
    right = extra = missed = 0
    for text, wanted in sentences(language, folder):
        found = {occurrence.span for occurrence in matcher.find(text, language)}
        right += len(found & wanted)
        extra += len(found - wanted)
        missed += len(wanted - found)
    return right / (right + extra), right / (right + missed)


@pytest.mark.parametrize("language", ["bg", "uk", "ru", "en"])
def test_inflected_terms_are_recognised_with_precision_and_recall(language: str, starter_matcher: Matcher) -> None:
    precision, recall = measured(language, _SENTENCES, starter_matcher)
    assert precision >= _LEAST_PRECISION
    assert recall >= _LEAST_RECALL


@pytest.fixture(scope="module")
def second_matcher() -> Matcher:
    with (_SECOND / "glossary.csv").open("rb") as stream:
        return Matcher(concept for concept in glossary_csv.read(stream) if isinstance(concept, Concept))


@pytest.mark.parametrize(("language", "least"), [("bg", 0.95), ("uk", 0.95), ("ru", 0.95), ("en", 0.92)])
def test_terms_of_another_vocabulary_are_recognised_as_well(
    language: str, least: float, second_matcher: Matcher
) -> None:
    precision, recall = measured(language, _SECOND, second_matcher)
    assert precision >= least
    assert recall >= _LEAST_RECALL


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("bg договор", "Те се договориха и следователно чакат."),
        ("bg кандидат", "Той се кандидатира за кмет."),
        ("bg взрив", "Ще взривят моста."),
        ("bg резервист", "Резервацията е платена."),
        ("en strike", "The lorry struck a wall."),
        ("en arrest", "Six were arrested."),
    ],
)
def test_forms_that_no_noun_has_are_not_the_noun(term: str, text: str) -> None:
    language, word = term.split()
    matcher = Matcher([Concept("one", (Term(language, word, part_of_speech="noun"),))])
    assert matcher.find(text, language) == []
    anything = Matcher([Concept("one", (Term(language, word, part_of_speech=""),))])
    assert len(anything.find(word, language)) == 1


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("министър", "министъра министърът министри министрите"),
        ("украинец", "украинеца украинецът украинци украинците"),
        ("учител", "учителя учителят учители учителите"),
        ("споразумение", "споразумението споразумения споразуменията"),
        ("съд", "съдът съда съдилища съдилищата съдии"),
        ("крал", "кралят краля крале кралете"),
        ("град", "градът града градове градовете"),
        ("музей", "музеят музея музеи музеите"),
        ("време", "времето времена времената"),
    ],
)
def test_the_forms_of_a_bulgarian_noun_are_its_own(lemma: str, forms: str) -> None:
    assert all(is_noun_form(form, lemma) for form in forms.split())


@pytest.mark.parametrize("language", ["bg", "uk", "ru", "en"])
def test_the_sentences_are_many_and_some_hold_no_term(language: str) -> None:
    wanted = [spans for _, spans in sentences(language)]
    assert len(wanted) >= 60
    assert sum(not spans for spans in wanted) >= 8
