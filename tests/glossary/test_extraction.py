"""Term candidates of a corpus, and concepts proposed from aligned units."""

import math

import pytest

from workbench.glossary import Candidate, Matcher, Sentence, candidates, extract
from workbench.glossary.candidates import log_likelihood
from workbench.model import Concept, Term, Unit, Variant

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
    assert fleet.groups == {0, 1, 2}
    example = fleet.examples[1]
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


def test_equivalents_are_what_occurs_in_the_same_units() -> None:
    found = [tuple(one.text for one in proposal.candidates) for proposal in extract(units())]
    assert ("Північний флот", "Северный флот", "Northern Fleet") in found
    assert any({"Стефанишина", "Stefanishyna"} <= set(texts) for texts in found)


def test_an_accepted_proposal_is_a_concept_with_a_term_for_each_language() -> None:
    concept = extract(units())[0].concept("northern-fleet")
    assert [(term.language, term.text) for term in concept.terms] == [
        ("uk", "Північний флот"), ("ru", "Северный флот"), ("en", "Northern Fleet"),
    ]  # fmt: skip


def test_a_second_opinion_on_pairs_is_heard() -> None:
    def never(_one: str, _language: str, _other: str, _other_language: str) -> float:
        return -1.0

    assert all(len(proposal.candidates) == 1 for proposal in extract(units(), similarity=never))


def test_log_likelihood_is_dunnings() -> None:
    assert log_likelihood(10, 10, 10, 100) == pytest.approx(2 * (10 * math.log(10) + 90 * math.log(100 / 90)))
    assert log_likelihood(1, 10, 10, 100) == 0.0
    assert log_likelihood(0, 10, 10, 100) == 0.0


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
    (proposal,) = [one for one in extract(units, loose=loose) if len(one.candidates) > 1]
    assert {one.text for one in proposal.candidates} == {"Медведчук"}
    assert [one.frequency for one in proposal.candidates] == [2, 2]
