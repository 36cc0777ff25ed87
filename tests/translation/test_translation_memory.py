"""Human English is used again where the source is the same, and offered where it is nearly so."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.model import Origin, Remembered
from workbench.text import norm
from workbench.translation import exact, fuzzy, marked, remembered
from workbench.translation.memory import difference

MEMORY = remembered(
    [
        ("Обʼєднання підписало угоду.", "The union signed the agreement."),
        ("Рада підписала угоду.", "The council signed the agreement."),
        ("Погода добра", "The weather is fine"),
        ("", "nothing"),
        ("Порожньо", " "),
    ]
)


def test_the_same_text_gives_the_humans_english_whatever_its_case_apostrophe_and_spaces() -> None:
    found = exact("ОБ'ЄДНАННЯ  підписало\u00a0угоду.", MEMORY)
    assert found is not None
    assert (found.text, found.origin, found.quality) == ("The union signed the agreement.", Origin.MEMORY, 1.0)
    assert exact("Обʼєднання підписало угоди.", MEMORY) is None


def test_empty_texts_are_not_remembered() -> None:
    assert {known.english for known in MEMORY.values()} == {
        "The union signed the agreement.",
        "The council signed the agreement.",
        "The weather is fine",
    }


def test_the_later_of_two_stays() -> None:
    assert remembered([("так", "yes"), ("Так", "Indeed")]) == {"так": Remembered("Так", "Indeed")}


def stem(word: str) -> str:
    """Stand in for a lemmatiser: the word without its last letter."""
    return word[:-1]


def test_near_matches_come_likest_first_above_the_cutoff() -> None:
    found = fuzzy("Рада підписала угоди.", MEMORY, limit=5, cutoff=0.5, lemma=stem)
    assert [match.english for match in found] == [
        "The council signed the agreement.",
        "The union signed the agreement.",
    ]
    assert 0.95 < found[0].similarity < 1
    assert len(fuzzy("Рада підписала угоди.", MEMORY, limit=1, cutoff=0.5)) == 1
    assert fuzzy("зовсім інше", MEMORY, cutoff=0.8) == []


def test_another_word_costs_more_than_another_ending() -> None:
    ending, word = (
        fuzzy(text, MEMORY, limit=1, cutoff=0.3, lemma=stem)[0].similarity
        for text in ("Рада підписала угоди.", "Рада порушила угоду.")
    )
    assert ending > word + 0.1


def test_a_match_tells_in_which_words_it_differs() -> None:
    (match,) = fuzzy("рада таємно підписала договір", remembered([("Рада підписала угоду", "x")]), cutoff=0.3)
    assert match.source == "Рада підписала угоду"
    assert match.difference == (("Рада", None), ("", "таємно"), ("підписала", None), ("угоду", "договір"))
    assert marked(match.difference) == "Рада {+таємно+} підписала [-угоду-] {+договір+}"


@given(st.lists(st.sampled_from("абвг"), max_size=8), st.lists(st.sampled_from("абвг"), max_size=8))
def test_a_difference_holds_both_texts(old: list[str], new: list[str]) -> None:
    stretches = difference(" ".join(old), " ".join(new))
    assert " ".join(before for before, _ in stretches if before).split() == old
    assert " ".join(before if after is None else after for before, after in stretches).split() == new


@given(st.dictionaries(st.text(min_size=1, max_size=12), st.just("x"), max_size=8), st.text(max_size=12))
def test_similarity_is_one_for_the_same_text_alone(memory: dict[str, str], query: str) -> None:
    folded = {norm(source): Remembered(source, english) for source, english in memory.items()}
    for match in fuzzy(query, folded, cutoff=0.0):
        assert 0 <= match.similarity <= 1
        assert (match.similarity == 1) == (norm(match.source) == norm(query))
