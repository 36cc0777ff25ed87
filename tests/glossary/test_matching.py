"""What counts as an occurrence of a term, and where it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.glossary import Matcher
from workbench.model import Concept, Term


def concept(key: str, **terms: str) -> Concept:
    return Concept(key, tuple(Term(language, text) for language, text in terms.items()))


def found(matcher: Matcher, text: str, language: str, **options: bool) -> list[str]:
    return [text[one.span.start : one.span.end] for one in matcher.find(text, language, **options)]


@pytest.mark.parametrize(
    ("language", "term", "text", "hits"),
    [
        ("uk", "збройні сили", "збройними силами", ["збройними силами"]),
        ("uk", "об'єднання", "про обʼєднання й об’єднання", ["обʼєднання", "об’єднання"]),
        ("uk", "ракета", "раке́та, ра\u00adкетами", ["раке́та", "ра\u00adкетами"]),
        ("ru", "вооружённые силы", "вооруженных сил", ["вооруженных сил"]),
        ("ru", "премьер-министр", "премьер‑министру и премьер министра", ["премьер‑министру", "премьер министра"]),
        ("ru", "Южная Корея", "в Южной\u00a0Корее", ["Южной\u00a0Корее"]),
        ("ru", "Ким Чен Ын", "с Ким Чен Ыном", ["Ким Чен Ыном"]),
        ("bg", "президент", "президентът и президента", ["президентът", "президента"]),
        ("bg", "въоръжени сили", "въоръжените сили", ["въоръжените сили"]),
        ("bg", "ЦИК", "ЦИК-ът реши", ["ЦИК"]),
        ("en", "prime minister", "two prime ministers", ["prime ministers"]),
        ("en", "U.S.", "the U.S. and the US", ["U.S.", "US"]),
    ],
)
def test_inflection_spelling_and_spacing_do_not_hide_a_term(
    language: str, term: str, text: str, hits: list[str]
) -> None:
    assert found(Matcher([concept("one", **{language: term})]), text, language) == hits


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("uk", "міністр", "прем'єр-міністр"),
        ("uk", "суд", "судно й розсуд"),
        ("ru", "выборы", "нет выбора"),
        ("bg", "избори", "добър избор"),
        ("ru", "генеральный секретарь", "генеральный, секретарь"),
        ("en", "add", "an add-on"),
    ],
)
def test_a_term_is_not_found_in_another_word_or_another_sense_of_number(language: str, term: str, text: str) -> None:
    assert found(Matcher([concept("one", **{language: term})]), text, language) == []


def test_acronyms_are_found_in_capitals_only_and_may_take_an_ending() -> None:
    matcher = Matcher([concept("mfa", ru="МИД"), concept("us", ru="США")])
    assert found(matcher, "МИД, в МИДе, из МИДа; мид и сша", "ru") == ["МИД", "МИДе", "МИДа"]


def test_a_capital_in_the_term_asks_for_one_in_the_text() -> None:
    matcher = Matcher([concept("white-house", uk="Білий дім")])
    assert found(matcher, "Білий дім мовчить", "uk") == ["Білий дім"]
    assert found(matcher, "наш білий дім", "uk") == []


def test_a_case_sensitive_term_is_matched_as_written() -> None:
    matcher = Matcher(
        [Concept("it", (Term("en", "May", case_sensitive=True), Term("en", "iron", case_sensitive=True)))]
    )
    assert found(matcher, "In May it may rust, Iron and iron.", "en") == ["May", "iron"]


def test_the_longest_term_wins_unless_overlaps_are_asked_for() -> None:
    matcher = Matcher([concept("forces", uk="збройні сили"), concept("afu", uk="Збройні Сили України")])
    assert found(matcher, "Збройних Сил України", "uk") == ["Збройних Сил України"]
    assert found(matcher, "Збройних Сил України", "uk", overlapping=True) == ["Збройних Сил", "Збройних Сил України"]


def test_one_form_of_two_concepts_is_reported_for_both() -> None:
    matcher = Matcher([concept("shell", en="shell"), concept("husk", en="shell")])
    assert [one.concept for one in matcher.find("a shell", "en")] == ["shell", "husk"]


def test_a_language_without_terms_has_no_occurrences() -> None:
    assert Matcher([concept("one", uk="ракета")]).find("ракета", "ru") == []


_PIECES = st.sampled_from(
    [
        "ракета",
        "ракетами",
        "Збройні",
        "Сили",
        "сил",
        "НАТО",
        "нато",
        " ",
        "-",
        "\u00a0",
        "'",
        "’",
        "\u0301",
        ".",
        "«",
        "U.S.",
    ]
)


# The first text may have to wait for a dictionary.
@settings(deadline=None)
@given(st.lists(_PIECES, max_size=20).map("".join))
def test_spans_lie_in_the_text_in_order_without_overlap_and_between_words(text: str) -> None:
    matcher = Matcher([concept("r", uk="ракета"), concept("z", uk="збройні сили"), concept("n", uk="НАТО")])
    end = 0
    for one in matcher.find(text, "uk"):
        assert end <= one.span.start < one.span.end <= len(text)
        end = one.span.end
        assert not text[one.span.start - 1 : one.span.start].isalnum()
        assert not text[end : end + 1].isalnum()


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    matcher = Matcher([concept("x", uk="ракета", bg="ракета", ru="ракета", en="missile")])
    for language in ("bg", "uk", "ru", "en"):
        for one in matcher.find(text, language):
            assert 0 <= one.span.start < one.span.end <= len(text)
