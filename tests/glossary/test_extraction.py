"""Term candidates of a corpus, and concepts proposed from aligned units."""

import math
import re
from collections.abc import Sequence
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.embedding.encoder import Words
from workbench.glossary import Candidate, Matcher, Sentence, candidates, extract
from workbench.glossary.word_alignment import agreement, links
from workbench.model import Concept, Span, Term, Unit, Variant

# Beginnings of words that mean the same, a line each.
MEANINGS = [
    set(line.split())
    for line in (
        "північ север north",
        "флот fleet",
        "стефан stefan",
        "медвед",
        "полков colon",
        "генера gener",
    )
]


def words(texts: Sequence[str]) -> list[Words]:
    """Stand for an encoder that knows a few words: its vectors are the same for the same meaning, else at right angles.

    Words of no known meaning are like nothing, not even themselves.
    """
    others = count(len(MEANINGS))
    found = []
    for text in texts:
        matches = list(re.finditer(r"\w+", text))
        vectors = np.zeros((len(matches), 400), dtype=np.float32)
        for row, match in enumerate(matches):
            word = match.group().casefold()
            known = [place for place, stems in enumerate(MEANINGS) if word.startswith(tuple(stems))]
            vectors[row, known[0] if known else next(others)] = 1
        found.append(Words(np.array([match.span() for match in matches]).reshape(-1, 2), vectors))
    return found


RUSSIAN = [
    "Северный флот вышел в море.",
    "Корабли Северного флота вернулись.",
    "Северному флоту передали корабль, а комиссия ушла.",
    "Комиссия по защите рек собралась вновь, пришёл Звягин.",
    "Отчёт комиссии по защите рек готов, и Звягину понравился.",
]


def corpus(language: str, texts: list[str]) -> list[Sentence]:
    return [Sentence(number, language, text) for number, text in enumerate(texts)]


def shown(found: list[Candidate]) -> dict[str, Candidate]:
    return {candidate.text: candidate for candidate in found}


def test_a_phrase_is_counted_in_all_its_forms_and_shown_in_the_nominative() -> None:
    fleet = shown(candidates(corpus("ru", RUSSIAN)))["Северный флот"]
    assert (fleet.frequency, fleet.kind, fleet.lemmas) == (3, "phrase", ("северный", "флот"))
    assert [place.group for place in fleet.places] == [0, 1, 2]
    example = fleet.places[1]
    assert example.text[example.span.start : example.span.end] == "Северного флота"


def test_a_name_that_comes_again_is_a_candidate_and_a_common_word_is_not() -> None:
    found = shown(candidates(corpus("ru", RUSSIAN)))
    assert found["Звягин"].kind == "name"
    assert not {"море", "корабль", "комиссия"} & set(found)


def test_what_occurs_once_is_no_candidate_unless_asked_for() -> None:
    assert candidates(corpus("ru", RUSSIAN[:1])) == []
    assert "Северный флот" in shown(candidates(corpus("ru", RUSSIAN[:1]), least=1))


def test_a_phrase_that_stands_only_in_a_longer_one_is_worth_nothing() -> None:
    texts = ["The new trade union congress met.", "A trade union congress ended.", "That trade union congress failed."]
    found = shown(candidates(corpus("en", texts)))
    assert "trade union congress" in found
    assert "trade union" not in found


def test_c_value_of_a_phrase_by_itself_is_its_frequency_by_the_length() -> None:
    texts = ["Domestic violence is old.", "He saw domestic violence."]
    (one,) = candidates(corpus("en", texts))
    assert one.score == pytest.approx(2 * math.log2(3), abs=0.001)


def test_terms_of_the_glossary_and_ignored_candidates_are_left_out() -> None:
    glossary = Matcher([Concept("fleet", (Term("ru", "Северный флот"),))])
    assert "Северный флот" not in shown(candidates(corpus("ru", RUSSIAN), glossary=glossary))
    ignored = {("ru", ("северный", "флот"))}
    assert "Северный флот" not in shown(candidates(corpus("ru", RUSSIAN), ignored=ignored))


def units() -> list[Unit]:
    triples = [
        ("Північний флот вийшов у море.", "Северный флот вышел в море.", "The Northern Fleet put to sea."),
        ("Кораблі Північного флоту повернулися.", "Корабли Северного флота вернулись.", "The Northern Fleet is back."),
        ("Мер привітав Стефанишину.", "Мэр приветствовал Стефанишину.", "The mayor greeted Stefanishyna."),
        ("До міста їде Стефанишина.", "В город едет Стефанишина.", "To town comes Stefanishyna."),
        ("Дощ.", "Дождь.", "Rain."),
        ("Сніг і вітер.", "Снег и ветер.", "Snow and wind."),
    ]
    return [
        Unit((Variant(1, "uk", (), uk), Variant(2, "ru", (), ru)), english=en, id=number)
        for number, (uk, ru, en) in enumerate(triples, 1)
    ]


def test_equivalents_are_what_is_aligned_in_the_same_units() -> None:
    found = [tuple(one.text for one in proposal.candidates) for proposal in extract(units(), words)]
    assert ("Північний флот", "Северный флот", "Northern Fleet") in found
    assert any({"Стефанишина", "Stefanishyna"} <= set(texts) for texts in found)


def test_an_accepted_proposal_is_a_concept_with_a_term_for_each_language() -> None:
    concept = extract(units(), words)[0].concept("northern-fleet")
    assert [(term.language, term.text) for term in concept.terms] == [
        ("uk", "Північний флот"), ("ru", "Северный флот"), ("en", "Northern Fleet"),
    ]  # fmt: skip


def test_what_keeps_company_but_is_not_aligned_is_not_joined() -> None:
    pair = ("Учора полковник бачив танкового генерала.", "Yesterday the tank general saw the colonel.")
    again = ("Там полковник і танковий генерал.", "The colonel and the tank general.")
    told = [Unit((Variant(1, "uk", (), uk),), english=en, id=number) for number, (uk, en) in enumerate([pair, again])]
    joined = [{one.text for one in found.candidates} for found in extract(told, words) if len(found.candidates) > 1]
    assert {"танковий генерал", "tank general"} in joined
    assert not any(one.startswith("полков") and "general" in other for one, other in map(sorted, joined))


def test_no_language_comes_twice_and_every_candidate_once() -> None:
    found = [one for proposal in extract(units(), words, least=1) for one in proposal.candidates]
    assert len({(one.language, one.lemmas) for one in found}) == len(found) > 10
    for proposal in extract(units(), words, least=1):
        languages = [one.language for one in proposal.candidates]
        assert len(set(languages)) == len(languages)


def test_a_possessive_is_shown_without_its_s() -> None:
    assert "Soviet Union" in shown(candidates(corpus("en", ["In the Soviet Union's day.", "It was Soviet Union's."])))


@st.composite
def sentences(draw: st.DrawFn) -> Words:
    """Draw the sub-words of a sentence, each a letter long, with vectors along axes."""
    axes = draw(st.lists(st.integers(0, 4), max_size=6))
    starts = np.arange(len(axes), dtype=np.int64)
    return Words(np.stack([starts, starts + 1], axis=1), np.eye(5, dtype=np.float32)[np.array(axes, dtype=int)])


@given(sentences(), sentences())
def test_links_are_mutual_and_one_to_one(one: Words, other: Words) -> None:
    left, right = links(one, other)
    assert len(set(left)) == len(left) == len(set(right))
    likeness = one.vectors @ other.vectors.T
    for row, column in zip(left, right, strict=True):
        assert likeness[row, column] == likeness[row].max() == likeness[:, column].max()


@given(sentences(), sentences())
def test_agreement_is_a_share_and_whole_sentences_agree_as_far_as_anything_is_linked(one: Words, other: Words) -> None:
    passages = [[Span(0, len(each.vectors)), Span(0, 1)] for each in (one, other)]
    found = agreement(one, other, *passages)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[0, 0] == (1 if len(links(one, other)[0]) else 0)
    np.testing.assert_array_equal(found.T, agreement(other, one, *passages[::-1]))


def test_a_name_of_short_words_is_whole_and_its_parts_are_no_candidates() -> None:
    texts = ["Учора Кім Чен Ин приїхав.", "Вони бачили, як Кім Чен Ин поїхав."]
    found = shown(candidates(corpus("uk", texts)))
    assert "Кім Чен Ин" in found
    assert not {"Кім Чен", "Чен Ин"} & set(found)


def test_a_number_begins_no_candidate() -> None:
    texts = ["Дойдоха милион артилерийски снаряда.", "Там са милион артилерийски снаряда."]
    assert "артилерийски снаряда" in shown(candidates(corpus("bg", texts)))
    assert not any(text.startswith("милион") for text in shown(candidates(corpus("bg", texts))))


def test_names_that_are_spelt_alike_need_one_unit_in_common() -> None:
    units = [
        Unit(
            (Variant(1, "uk", (1,), "Учора Медведчук приїхав."), Variant(2, "ru", (2,), "Вчера Медведчук приехал.")),
            id=1,
        )
    ]
    loose = [Sentence(-3, "uk", "Там бачили Медведчука."), Sentence(-4, "ru", "Там видели Медведчука.")]
    (proposal,) = [one for one in extract(units, words, loose=loose) if len(one.candidates) > 1]
    assert {one.text for one in proposal.candidates} == {"Медведчук"}
    assert [one.frequency for one in proposal.candidates] == [2, 2]
