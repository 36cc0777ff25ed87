"""The pure parts: cutting long sentences, typography, numbers, faults, quality."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.translation import faults, splitting, typography
from workbench.translation.quality import confidence, length_agreement, quality, seconded


def count_words(text: str) -> int:
    return len(text.split())


@given(st.text(alphabet="абв ,.;:—!?»\n", max_size=300), st.integers(1, 20))
def test_the_parts_of_a_cut_text_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    parts = splitting.split(text, len, limit)
    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)


def test_a_text_is_cut_at_the_best_place_near_its_middle() -> None:
    assert splitting.split("один два три. Чотири, п'ять шість", count_words, 5) == [
        "один два три. ",
        "Чотири, п'ять шість",
    ]
    assert splitting.split("один, два три; чотири п'ять", count_words, 4) == ["один, два три; ", "чотири п'ять"]
    assert splitting.split("один два, три чотири п'ять", count_words, 4) == ["один два, ", "три чотири п'ять"]
    assert splitting.split("один два три чотири", count_words, 3) == ["один два ", "три чотири"]


def test_a_line_of_many_letters_is_cut_without_a_stack_overflow() -> None:
    assert max(map(len, splitting.split("а" * 200_000, len, 200))) <= 200


def test_joining_undoes_what_a_model_does_at_the_ends_of_parts() -> None:
    sources = ["Він прийшов, ", "бо дощ; ", "Київ спав."]
    assert (
        splitting.join(sources, ["He came.", "Because of rain;", "Kyiv slept."])
        == "He came, because of rain; Kyiv slept."
    )


def test_joining_keeps_names_and_ends_of_sentences() -> None:
    assert splitting.join(["Перше. ", "друге"], ["First.", "Zelensky spoke."]) == "First. Zelensky spoke."


def test_parts_of_one_word_join_without_a_space() -> None:
    assert splitting.join(["аб", "вг"], ["ab", "vh"]) == "abvh"


@pytest.mark.parametrize(
    ("raw", "source", "expected"),
    [
        ("He  said :  «yes» .", "", "He said: “yes”."),
        ("„Good“ ( very )", "", "“Good” (very)"),
        ("Kyiv - the capital", "Київ – столиця", "Kyiv – the capital"),
        ("Kyiv - the capital", "Київ - столиця", "Kyiv - the capital"),
        ("A ⁇  word <unk> here", "", "A word here"),
        ("at 12 .5 and .NET", "", "at 12 .5 and .NET"),
        ("don't “stop” now", "", "don't “stop” now"),
    ],
)
def test_typography(raw: str, source: str, expected: str) -> None:
    assert typography.tidy(raw, source) == expected


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = typography.tidy(text)
    assert typography.tidy(once) == once
    assert "  " not in once


@given(st.text(max_size=100), st.sampled_from(["bg", "uk", "ru"]))
def test_nothing_russian_bulgarian_or_ukrainian_is_left_after_romanising(text: str, language: str) -> None:
    letters = {"bg": "щъьюя", "uk": "щґєії", "ru": "щъыэё"}[language]
    assert not set(letters) & set(typography.romanise_rest(text + letters, language))


@pytest.mark.parametrize(
    ("source", "english", "expected"),
    [
        ("Малий кіт спить.", "The small cat sleeps.", ()),
        ("Малий кіт спить.", "", ("empty",)),
        ("Малий кіт спить.", "...", ("empty",)),
        ("Так, так, так.", "Yes, yes, yes.", ()),
        ("Дуже, дуже добре", "Very, very good", ()),
        ("Президент прибув до Києва", "the the the the president", ("loop",)),
        ("Президент прибув до Києва", "He came to he came to he came to Kyiv", ("loop",)),
        ("Ідея може бути втілена у життя", "made by a set of a set, by a set by a set of a set", ("loop",)),
        ("Так", "Yes, of course, this is what the president of the country said on Monday", ("too-long",)),
        ("Президент України прибув до Києва у понеділок вранці", "Kyiv", ("too-short",)),
        ("Президент прибув до Києва", "Президент прибув до Києва", ("copied",)),
        ("Президент прибув до Києва", "The president arrived in Києва", ("romanised",)),
        ("Президент ⁇ прибув", "The president ⁇ came", ("unknown",)),
        ("Загинули 37 осіб", "Some people died", ("numbers",)),
    ],
)
def test_faults(source: str, english: str, expected: tuple[str, ...]) -> None:
    assert faults.find(source, english) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the the the the president", "the president"),
        ("He came to he came to he came to Kyiv.", "He came to Kyiv."),
        ("Very, very good", "Very, very good"),
        ("on 5 5 5 5 May", "on 5 May"),
    ],
)
def test_a_loop_is_said_once(text: str, expected: str) -> None:
    assert typography.unloop(text) == expected


def test_cyrillic_is_no_fault_of_a_first_leg() -> None:
    assert faults.find("Малка котка спи", "Маленькая кошка спит", to_english=False) == ()


@given(st.lists(st.sampled_from("абвг"), min_size=2, max_size=12))
def test_repetitions_agree_with_counting_by_hand(letters: list[str]) -> None:
    most = 1
    for size in range(1, len(letters) // 2 + 1):
        for start in range(len(letters)):
            times = 1
            while letters[start + times * size : start + (times + 1) * size] == letters[start : start + size] and (
                len(letters[start : start + size]) == size
            ):
                times += 1
            most = max(most, times)
    assert faults.repetitions(" ".join(letters)) == most


@given(st.text(max_size=80), st.text(max_size=80), st.floats(-50, 5), st.floats(-1, 2))
def test_quality_stays_between_nothing_and_one(source: str, english: str, score: float, similarity: float) -> None:
    assert 0 <= quality(source, english, score) <= 1
    assert 0 <= seconded(quality(source, english, score), similarity) <= 1


def test_quality_falls_with_every_cause_for_doubt() -> None:
    source, english = "Президент прибув 24 лютого до столиці", "The president came to the capital on 24 February"
    good = quality(source, english, -0.2)
    assert quality(source, english, -1.2) < good
    assert quality(source, english[:12], -0.2) < good
    assert quality(source, english.replace("24", "26"), -0.2) < good
    assert quality(source, "the capital the capital the capital the capital 24", -0.2) < good
    assert quality(source, english, -0.2, flags=("romanised",)) < good
    assert seconded(good, 0.3) < good < seconded(good, 1.0)
    assert seconded(0.1, 1.0) == 0.1
    assert quality(source, english, -0.2, flags=("loop",)) <= 0.1
    assert quality(source, "", -0.2) == 0


def test_the_parts_of_quality() -> None:
    assert confidence(0) == 1
    assert confidence(float("-inf")) == 0
    assert length_agreement("а" * 100, "a" * 120) == 1
    assert length_agreement("а" * 100, "a" * 300) < 0.5
