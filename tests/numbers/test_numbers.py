"""Numbers in four languages: one notation for finding them, many readings for comparing, and which are lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.numbers import kept_share, lost, month, numerals, quantities


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bg Почти 5 милиона снаряда", "uk близько п'ять мільйонів снарядів"),
        ("bg на 19 юни 2024 г.", "uk 19 червня 2024 року"),
        ("bg 5,2 % за януари", "ru 5.2 процента за январь"),
        ("bg 1 200 войници", "ru 1200 солдат"),
        ("bg двадесет години", "ru двадцать лет"),
        ("bg тримата министри", "uk трьома міністрами"),
        ("ru июньское наступление", "uk червневий наступ"),
        ("en thirty thousand", "uk тридцять тисяч"),
    ],
)
def test_numbers_read_alike_in_all_languages(one: str, other: str) -> None:
    assert sorted(numerals(one[3:], one[:2])) == sorted(numerals(other[3:], other[:2]))


@pytest.mark.parametrize(
    "text",
    [
        "bg Президентът каза, че договорът е подписан",
        "bg сторонниците на партията",
        "uk червоний хрест і сім'я тримають парламент",
        "uk у четвер столиця стоїть",
        "ru Обама о стоимости семьи Мартина",
        "ru один из них",
    ],
)
def test_words_that_begin_like_numbers_are_none(text: str) -> None:
    assert numerals(text[3:], text[:2]) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("uk двадцять п'ять", 25),
        ("en two thousand and twenty-five", 2025),
        ("ru XIX век", 19),
        ("bg 2,5 млн", 2_500_000),
        ("uk о 15:00", 15),
        ("en 9 pm", 21),
        ("en 0230 GMT", 2.3),
        ("bg В 11: 20", 11.2),
        ("en 2018-19", 2019),
        ("en the season of 1995", 95),
        ("en 1,500", 1500),
        ("en 1,500", 1.5),
    ],
)
def test_a_text_offers_every_value_that_its_numbers_can_mean(text: str, value: float) -> None:
    read = quantities(text[3:], text[:2])
    assert value in read.worded or any(value in figure.values for figure in read.figures)


def test_a_year_is_not_the_month_that_its_last_digits_would_be() -> None:
    assert not any(9 in figure.values for figure in quantities("2009", "en").figures)


def test_a_thousand_written_with_a_space_is_one_number() -> None:
    (figure,) = quantities("2 400 души", "bg").figures
    assert figure.values == {2400}


@given(st.integers(1, 12))
def test_every_month_has_a_name_and_an_adjective(number: int) -> None:
    adjectives = {
        "bg": "януарски февруарски мартенски априлски майски юнски юлски августовски септемврийски октомврийски "
        "ноемврийски декемврийски",
        "uk": "січневий лютневий березневий квітневий травневий червневий липневий серпневий вересневий жовтневий "
        "листопадовий грудневий",
        "ru": "январский февральский мартовский апрельский майский июньский июльский августовский сентябрьский "
        "октябрьский ноябрьский декабрьский",
    }
    for language, words in adjectives.items():
        assert month(words.split()[number - 1], language) == number


@pytest.mark.parametrize(
    ("source", "english", "missing"),
    [
        ("у 2024 році", "in 2024", []),
        ("у 2024 році", "in 2023", ["2024"]),
        ("12 000 людей", "12,000 people", []),
        ("1 234 567,5", "1,234,567.5", []),
        ("3,5 млн", "3.5 million", []),
        ("3,5 млн", "5.3 million", ["3,5"]),
        ("350 тыс. долларов", "$350,000", []),
        ("7 людей", "seven people", []),
        ("7 людей", "eight people", ["7"]),
        ("30 минути", "thirty minutes", []),
        ("1-ви полк", "the first regiment", []),
        ("24.02.2022", "24 February 2022", []),
        ("24.02.2022", "February 2022", ["24"]),
        ("о 18:00", "at 6 p.m.", []),
        ("о 14:30", "at 2:30pm", []),
        ("о 0:15", "at 12:15 a.m.", []),
        ("90-ті", "the 1990s", []),
        ("вересень 2009", "September 2008", ["2009"]),
        ("5 і 5", "5", ["5"]),
        ("без чисел", "no numbers, 5", []),
    ],
)
def test_lost_numbers(source: str, english: str, missing: list[str]) -> None:
    assert lost(source, english) == missing


@given(st.text(alphabet="аб 0123456789.,:", max_size=60))
def test_a_copy_loses_no_number(text: str) -> None:
    assert lost(text, text) == []
    assert kept_share(text, text) == 1


@given(st.text(max_size=200), st.sampled_from(["bg", "uk", "ru", "en"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    numerals(text, language)
    for figure in quantities(text, language).figures:
        assert text[figure.span.start : figure.span.end]


def test_thousands_of_digits_are_read_in_no_time() -> None:
    assert lost("9" * 100_000 + ":30", "no number") != []
