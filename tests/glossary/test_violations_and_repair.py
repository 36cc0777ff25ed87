"""Which terms an English text does not keep, and how a better text is chosen or made."""

import pytest

from workbench.glossary import Matcher, choose, mend, replaced, violations
from workbench.model import Concept, Hypothesis, Span, Term, TermStatus, Unit, Variant, WordLink

KYIV = Concept(
    "kyiv",
    (
        Term("uk", "Київ"),
        Term("bg", "Киев"),
        Term("ru", "Киев"),
        Term("en", "Kyiv"),
        Term("en", "Kiev", TermStatus.DEPRECATED),
    ),
)
FORCES = Concept("forces", (Term("uk", "збройні сили"), Term("ru", "вооружённые силы"), Term("en", "armed forces")))
MATCHER = Matcher([KYIV, FORCES])


def unit(english: str, **variants: str) -> Unit:
    return Unit(tuple(Variant(0, language, (), text) for language, text in variants.items()), english=english)


def test_a_kept_term_in_any_form_is_no_violation() -> None:
    assert list(violations(unit("Kyiv's armed forces", uk="збройними силами Києва"), MATCHER)) == []


def test_a_missing_term_is_reported_once_with_its_place_and_its_english() -> None:
    found = list(violations(unit("Kyiv's army", uk="Збройні сили Києва", ru="Вооружённые силы Киева"), MATCHER))
    assert [(one.concept.key, one.where, one.form) for one in found] == [("forces", "uk", "Збройні сили")]
    assert [term.text for term in found[0].wanted] == ["armed forces"]
    assert found[0].agreed


def test_a_term_of_one_variant_among_three_is_not_agreed() -> None:
    found = list(violations(unit("the army", uk="збройні сили", ru="армия", bg="армия"), MATCHER))
    assert [one.agreed for one in found] == [False]


def test_deprecated_english_is_reported_where_it_stands() -> None:
    found = list(violations(unit("In Kiev", uk="У Києві"), MATCHER))
    assert [(one.where, one.form, one.status) for one in found] == [("en", "Kiev", TermStatus.DEPRECATED)]


def test_a_term_not_to_be_translated_must_stand_as_it_is() -> None:
    matcher = Matcher([Concept("brand", (Term("uk", "Monobank", do_not_translate=True), Term("en", "Monobank")))])
    assert [one.wanted[0].text for one in violations(unit("a bank", uk="у Monobank"), matcher)] == ["Monobank"]


def test_the_best_hypothesis_stays_where_it_keeps_the_terms() -> None:
    hypotheses = [Hypothesis("the armed forces of Kyiv", -0.9), Hypothesis("Kyiv's armed forces", -0.95)]
    assert choose("збройні сили Києва", "uk", hypotheses, MATCHER).position == 0


def test_a_hypothesis_that_keeps_more_terms_is_worth_a_lower_score_but_not_any() -> None:
    near = [Hypothesis("Kyiv's troops", -0.4), Hypothesis("Kyiv's armed forces", -0.6)]
    far = [Hypothesis("Kyiv's troops", -0.4), Hypothesis("Kyiv's armed forces", -3.0)]
    assert choose("збройні сили Києва", "uk", near, MATCHER).position == 1
    assert choose("збройні сили Києва", "uk", far, MATCHER).position == 0


def test_a_wrong_equivalent_is_replaced_in_number_case_and_possession() -> None:
    noun = Term("en", "missile", part_of_speech="noun")
    assert replaced("Rockets fell.", Span(0, 7), noun) == "Missiles fell."
    assert replaced("In Kiev's streets", Span(3, 9), Term("en", "Kyiv")) == "In Kyiv's streets"


def links(source: str, english: str, *pairs: tuple[str, str]) -> list[WordLink]:
    """Link words of two texts, each named by its first place there."""
    found = []
    for one, other in pairs:
        at, there = source.index(one), english.index(other)
        found.append(WordLink(Span(at, at + len(one)), Span(there, there + len(other)), 0.9))
    return found


MISSILE = Concept("missile", (Term("uk", "ракета"), Term("en", "missile", part_of_speech="noun")))
AGREEMENT = Concept("agreement", (Term("uk", "угода"), Term("en", "agreement", part_of_speech="noun")))
UNION = Concept("eu", (Term("uk", "Європейський Союз"), Term("en", "European Union", part_of_speech="proper noun")))
HOUSE = Matcher([KYIV, FORCES, MISSILE, AGREEMENT, UNION])


@pytest.mark.parametrize(
    ("source", "english", "pairs", "expected"),
    [
        (
            "Ракети впали на місто.",
            "The rockets fell on the town.",
            [("Ракети", "rockets"), ("впали", "fell")],
            "The missiles fell on the town.",
        ),
        (
            "Підписали угоду в Києві.",
            "They signed a deal in the capital.",
            [("угоду", "deal"), ("Києві", "capital")],
            "They signed an agreement in Kyiv.",
        ),
        (
            "Вступ до Європейського Союзу.",
            "Entry into European League.",
            [("Європейського", "European"), ("Союзу", "League")],
            "Entry into the European Union.",
        ),
    ],
)
def test_the_words_that_render_a_term_wrongly_give_way_to_it(
    source: str, english: str, pairs: list[tuple[str, str]], expected: str
) -> None:
    mended = mend(source, "uk", english, links(source, english, *pairs), HOUSE)
    assert mended.english == expected
    assert mended.broken_after == 0 < mended.broken_before


@pytest.mark.parametrize(
    ("source", "english", "pairs"),
    [
        # No word comes from the term.
        ("Підписали угоду.", "They signed.", [("Підписали", "signed")]),
        # A verb is no place for a noun.
        ("Досягли угоди.", "They wanted to agree.", [("угоди", "agree")]),
        # Words far apart are no single term.
        ("Досягли угоди.", "A deal or a bargain.", [("угоди", "deal"), ("угоди", "bargain")]),
        # The words keep another term.
        ("Ракети армії.", "The armed forces.", [("Ракети", "armed"), ("Ракети", "forces")]),
    ],
)
def test_a_term_is_left_alone_where_its_words_are_not_clear(
    source: str, english: str, pairs: list[tuple[str, str]]
) -> None:
    assert mend(source, "uk", english, links(source, english, *pairs), HOUSE).english == english


def test_english_to_be_avoided_gives_way_without_any_links() -> None:
    mended = mend("Київ і Київ", "uk", "Kiev, where Kiev's streets end", [], HOUSE)
    assert (mended.english, mended.broken_after) == ("Kyiv, where Kyiv's streets end", 0)


def test_a_noun_without_a_plural_stays_as_it_is() -> None:
    assert (
        replaced("The officers came.", Span(4, 12), Term("en", "police", part_of_speech="noun")) == "The police came."
    )
