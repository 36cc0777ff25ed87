"""Which terms an English text does not keep, and how a better one is chosen or made."""

from workbench.glossary import Matcher, choose, replaced, violations
from workbench.model import Concept, Hypothesis, Span, Term, TermStatus, Unit, Variant

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
