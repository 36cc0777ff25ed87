"""Letters, marks, spaces, length and loops."""

import pytest

from tests.checks.building import excerpt, of, unit, warnings


@pytest.mark.parametrize(
    ("check", "text", "words"),
    [
        ("homoglyphs", "Він пoїхав додому", "пoїхав"),
        ("homoglyphs", "мир a війна", "a"),
        ("brackets", "Він (як завжди поїхав", "("),
        ("doubled", "Він поїхав поїхав додому", "поїхав поїхав"),
        ("spaces", "Він  поїхав", "  "),
        ("spaces", "Він поїхав , а вона ні", " "),
        ("apostrophes", "п'ять і дев’ять", "’"),
        ("alphabet", "Він сказав «был»", "был"),
        ("invisible", "Він\u200bпоїхав", "\u200b"),
        ("loops", "так було так було так було так було", "так було так було так було так було"),
    ],
)
def test_slips_in_a_source_are_found_where_they_stand(check: str, text: str, words: str) -> None:
    slip = unit(uk=text)
    (finding,) = of(check, slip)
    assert (finding.where, excerpt(slip, finding)) == ("uk", words)


@pytest.mark.parametrize("text", [
    "Він купив T-shirt і COVID-тест в IT-компанії.", "1) перше, 2) друге :)", "дуже дуже добре", "„Так“, сказав він.",
    "Прем'єр-міністр: «Ми „не“ підемо».", "Ціна — 5 000 грн.", "І. Франко, В’ячеслав",
])  # fmt: skip
def test_good_writing_is_left_alone(text: str) -> None:
    checks = {"homoglyphs", "brackets", "doubled", "spaces", "apostrophes", "alphabet", "invisible", "loops", "quotes"}
    assert [one for name in checks for one in of(name, unit(uk=text))] == []


def test_cyrillic_in_the_english_is_found_and_is_an_error_where_most_of_it_is() -> None:
    part = unit("He met Зеленський in Paris.", uk="Він зустрів Зеленського в Парижі.")
    assert [(excerpt(part, one), one.severity) for one in of("residue", part)] == [("Зеленський", "warning")]
    whole = unit("Він поїхав", uk="Він поїхав")
    assert [one.severity for one in of("residue", whole)] == ["error"]


def test_a_quotation_mark_is_odd_only_where_the_other_texts_are_even() -> None:
    assert len(of("quotes", unit("He said: “Yes.", uk="Він сказав: «Так».", ru="Он сказал: «Да»."))) == 1
    assert of("quotes", unit("“We will go", uk="«Ми підемо", ru="«Мы пойдём")) == []


def test_english_far_too_short_or_long_is_a_warning() -> None:
    long = "Учора ввечері голова комісії докладно розповів журналістам про те, як тривала перевірка."
    assert len(warnings("length", unit("Yesterday evening.", uk=long))) == 1
    assert len(warnings("length", unit("He spoke. " * 25, uk=long))) == 1
    assert of("length", unit("Yes.", uk="Так, звичайно.")) == []


@pytest.mark.parametrize("english", ["the war and the war and the war and the war", "no no no no no"])
def test_a_model_that_got_stuck_is_noticed(english: str) -> None:
    assert len(warnings("loops", unit(english, uk="війна"))) == 1
