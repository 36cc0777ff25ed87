"""Lines get the labels that a careful reader gave them."""

import pytest

from tests.ingest import gold
from workbench.ingest import read, segments
from workbench.model import Kind

FIXTURES = sorted(gold.FIXTURES.glob("*.gold"))


def accuracy(pairs: list[tuple[Kind, Kind, str]]) -> float:
    return sum(label == verdict for label, verdict, _ in pairs) / len(pairs)


@pytest.mark.parametrize("number", gold.SEED_LABELS)
def test_seed(number: str) -> None:
    path = next(gold.SEEDS.glob(f"{number}_*.txt"))
    labels = [gold.LETTERS[letter] for letter in gold.SEED_LABELS[number]]
    wrong = [row for row in gold.agreement(path.read_text(encoding="utf-8"), labels) if row[0] != row[1]]
    assert not wrong


def test_made_up_articles_of_other_topics_and_layouts() -> None:
    pairs = [row for path in FIXTURES for row in gold.agreement(*gold.article(path))]
    assert len(FIXTURES) >= 15
    assert accuracy(pairs) >= 0.98
    aligned = [row for row in pairs if row[0].aligned]
    assert sum(row[1].aligned for row in aligned) >= 0.98 * len(aligned)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_body_is_never_lost_to_navigation(path) -> None:
    lost = [text for label, verdict, text in gold.agreement(*gold.article(path))
            if label is Kind.BODY and not verdict.aligned]  # fmt: skip
    assert not lost


def test_a_repeated_headline_points_at_the_first() -> None:
    path = next(gold.SEEDS.glob("003_*.txt"))
    article = read(path.read_bytes(), path.name)
    headlines = [segment for segment in article.segments if segment.kind is Kind.HEADLINE]
    assert [segment.duplicate_of for segment in headlines] == [None, headlines[0].position]
    assert article.article.published == "2025-12-22"


def test_lines_that_other_articles_have_too_are_boilerplate() -> None:
    text = "Нов мост в града\n\nНашето радио онлайн\n\nКметът откри моста днес пред много хора. Валеше дъжд."
    assert segments(text, "bg")[1].kind is not Kind.BOILERPLATE
    assert segments(text, "bg", repeated=lambda norm: 5 * (norm == "нашето радио онлайн"))[1].kind is Kind.BOILERPLATE


def test_a_paragraph_that_a_second_paper_prints_is_still_body() -> None:
    text = "Нов мост в града\n\nКметът откри моста днес пред много хора, съобщи агенцията. Валеше дъжд."
    assert segments(text, "bg", repeated=lambda norm: 1)[1].kind is Kind.BODY


def test_share_buttons_under_the_headline_do_not_end_the_article() -> None:
    text = "Нов мост в града\nСподели\nКоментари (3)\n" + "Кметът откри моста днес пред много хора. Валя.\n" * 1
    text += "Строежът продължи две години и струва много пари.\nНякои съседи не са доволни от шума нощем."
    assert [segment.kind for segment in segments(text, "bg")].count(Kind.BODY) == 4
