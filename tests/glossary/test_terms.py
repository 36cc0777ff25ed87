"""What a concept must be, how glossaries merge, how they are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import GlossaryError
from workbench.glossary import ambiguous, equivalents, merge, new_key, search, validated
from workbench.model import Concept, Term, TermStatus

PREFERRED, ADMITTED, DEPRECATED, FORBIDDEN = TermStatus


def concept(key: str, *terms: Term, **fields: str) -> Concept:
    return Concept(key, terms, **fields)


def test_a_concept_is_tidied_and_its_terms_ordered() -> None:
    given = concept("kyiv", Term("en", "Kiev", DEPRECATED), Term("en", " Kyiv "), Term("uk", "Київ"))
    assert [term.text for term in validated(given).terms] == ["Київ", "Kyiv", "Kiev"]


@pytest.mark.parametrize(
    "faulty",
    [
        concept("", Term("uk", "ракета")),
        concept("no-terms"),
        concept("empty", Term("uk", "  ")),
        concept("language", Term("de", "Rakete")),
        concept("twice", Term("uk", "ракета"), Term("uk", "ракета", ADMITTED)),
        concept("long", Term("uk", "ракета" * 50)),
        concept("control", Term("uk", "ра\x1bкета")),
        concept("no-word", Term("uk", "—")),
    ],
    ids=lambda faulty: faulty.key or "no-key",
)
def test_an_unacceptable_concept_is_refused_in_words(faulty: Concept) -> None:
    with pytest.raises(GlossaryError) as error:
        validated(faulty)
    assert error.value.message


def test_the_starter_glossary_is_valid_has_four_languages_and_every_key_once(starter: list[Concept]) -> None:
    assert len(starter) >= 250
    assert len({one.key for one in starter}) == len(starter)
    for one in starter:
        assert validated(one) == one
        assert {term.language for term in one.terms} == {"bg", "uk", "ru", "en"}
        for language in ("bg", "uk", "ru", "en"):
            assert sum(term.status is PREFERRED for term in one.terms if term.language == language) == 1
        assert one.definition
        assert one.subject


def test_the_starter_glossary_is_spelt_in_the_letters_of_each_language(starter: list[Concept]) -> None:
    foreign = {"bg": set("ыэёєіїґ"), "uk": set("ыэёъ"), "ru": set("єіїґ")}
    wrong = [
        (one.key, term.text)
        for one in starter
        for term in one.terms
        if term.language != "en" and foreign[term.language] & set(term.text.lower())
    ]
    assert wrong == []


def test_concepts_merge_by_key_and_the_first_glossary_wins() -> None:
    ours = concept("war", Term("en", "war"), Term("uk", "війна"), definition="ours")
    theirs = concept("war", Term("en", "warfare"), Term("ru", "война"), definition="theirs", note="a note")
    merged = merge([ours], [theirs])
    assert merged.changed == ("war",)
    united = merged.concepts[0]
    assert (united.definition, united.note) == ("ours", "a note")
    assert {(term.text, term.status) for term in united.terms} == {
        ("war", PREFERRED), ("війна", PREFERRED), ("warfare", ADMITTED), ("война", PREFERRED),
    }  # fmt: skip


def test_concepts_merge_where_they_share_terms_in_two_languages_only() -> None:
    ours = concept("war", Term("en", "war"), Term("uk", "війна"))
    same = concept("conflict-1", Term("en", "War"), Term("uk", "ВІЙНА"), Term("bg", "война"))
    other = concept("trade-war", Term("en", "war"), Term("uk", "торгова війна"))
    merged = merge([ours], [same, other])
    assert [one.key for one in merged.concepts] == ["war", "trade-war"]
    assert (merged.added, merged.changed) == (("trade-war",), ("war",))


def test_a_form_to_use_here_and_to_avoid_there_is_a_conflict() -> None:
    merged = merge([concept("c", Term("en", "Kiev"))], [concept("c", Term("en", "Kiev", FORBIDDEN))])
    assert merged.concepts[0].terms[0].status is PREFERRED
    assert len(merged.conflicts) == 1


_CONCEPTS = st.lists(
    st.builds(
        Concept,
        st.sampled_from("abcd"),
        st.lists(
            st.builds(Term, st.sampled_from(["uk", "en"]), st.sampled_from(["війна", "мир", "war"])),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    max_size=4,
    unique_by=lambda one: one.key,
)


@given(_CONCEPTS)
def test_merging_a_glossary_into_itself_or_into_nothing_adds_nothing_new(concepts: list[Concept]) -> None:
    assert merge(concepts, concepts).added == ()
    assert merge(concepts, []).concepts == tuple(concepts)


def test_search_puts_whole_terms_before_parts_and_parts_before_definitions() -> None:
    concepts = [
        concept("d", Term("en", "peace"), definition="the end of war"),
        concept("c", Term("en", "cold war")),
        concept("b", Term("en", "warship")),
        concept("a", Term("en", "War")),
    ]
    assert [one.key for one in search(concepts, "WAR")] == ["a", "b", "c", "d"]
    assert search(concepts, "війна") == []


def test_usable_equivalents_leave_out_what_is_to_be_avoided() -> None:
    kyiv = concept("kyiv", Term("en", "Kiev", DEPRECATED), Term("en", "Kyiv City", ADMITTED), Term("en", "Kyiv"))
    assert [term.text for term in equivalents(kyiv, "en")] == ["Kyiv", "Kyiv City"]


def test_forms_of_two_concepts_are_reported() -> None:
    shell = concept("shell", Term("en", "shell"))
    husk = concept("husk", Term("en", "Shell"))
    assert [keys for _, keys in ambiguous([shell, husk])] == [("shell", "husk")]


def test_a_key_is_made_of_the_english_or_romanised_term_and_is_new() -> None:
    assert new_key(concept("", Term("uk", "Щука"), Term("en", "Armed Forces"))) == "armed-forces"
    assert new_key(concept("", Term("uk", "щука")), taken=["shchuka"]) == "shchuka-2"
