"""Which articles end up in one story."""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "alignment"))

from toy_texts import document

from workbench.stories import ArticleCard, card, gather


def toy_card(key: int, language: str, meanings: list[int], published: str = "") -> ArticleCard:
    made = document(key, language, meanings)
    return card(key, language, made.texts, made.vectors, published)


def news(event: int, parts: str) -> list[int]:
    return [1000 * event + ord(letter) for letter in parts]


def test_articles_that_share_sentences_are_one_story() -> None:
    cards = [
        toy_card(1, "bg", news(1, "abcdef")),
        toy_card(2, "uk", news(1, "cdefgh")),
        toy_card(3, "ru", news(1, "fedabx")),
        toy_card(4, "bg", news(2, "abcdef")),
        toy_card(5, "uk", news(2, "bcdefg")),
        toy_card(6, "ru", news(3, "abcdef")),
    ]
    assert gather(cards) == [(1, 2, 3), (4, 5), (6,)]
    assert gather(cards[::-1]) == gather(cards)


def test_a_reviewer_decides_against_the_evidence() -> None:
    cards = [toy_card(k, code, news(1, "abcdef")) for k, code in ((1, "bg"), (2, "uk"), (3, "ru"))]
    other = toy_card(4, "ru", news(5, "abcdef"))
    stories = gather([*cards, other], fixed={1: 10, 2: 20, 4: 10})
    together = {key: place for place, story in enumerate(stories) for key in story}
    assert together[1] == together[4]
    assert together[1] != together[2]


def test_a_new_article_does_not_reshuffle_the_others() -> None:
    cards = [
        toy_card(event * 10 + k, code, news(event, "abcdef"))
        for event in range(8)
        for k, code in enumerate(("bg", "uk"))
    ]
    before = gather(cards)
    after = gather([*cards, toy_card(99, "ru", news(3, "bcdefz"))])
    assert [tuple(key for key in story if key != 99) for story in after] == before


def test_every_article_is_in_exactly_one_story() -> None:
    cards = [toy_card(k, "uk", news(k % 5, "abcdef")) for k in range(40)]
    stories = gather(cards)
    assert sorted(key for story in stories for key in story) == list(range(40))
    assert len(stories) == 5


def test_nothing_one_article_and_empty_articles_are_no_trouble() -> None:
    assert gather([]) == []
    assert gather([toy_card(7, "bg", [1])]) == [(7,)]
    empty = card(2, "uk", [], np.zeros((0, 64)))
    assert gather([toy_card(1, "bg", [1, 2]), empty]) == [(1,), (2,)]


def test_dates_far_apart_ask_for_more_evidence() -> None:
    near = [toy_card(1, "bg", news(1, "abcdefgh"), "2024-06-19"), toy_card(2, "uk", news(1, "hijklmno"), "2024-06-20")]
    far = [near[0], toy_card(2, "uk", news(1, "hijklmno"), "2023-06-20")]
    assert gather(near) == [(1, 2)]
    assert gather(far) == [(1,), (2,)]
