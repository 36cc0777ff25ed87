"""What is said of the machine's evidence: every piece on the right side, and contradictions by name."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from workbench.model import Unit, Variant
from workbench.review.reasons import contradiction, why


def _unit(reasons: Mapping[str, float], languages: tuple[str, ...] = ("bg", "uk", "ru")) -> Unit:
    variants = tuple(Variant(number, code, (number,), code) for number, code in enumerate(languages, start=1))
    return Unit(variants, reasons=reasons)


def test_evidence_is_told_in_words_on_the_side_that_it_speaks_for() -> None:
    told = why(_unit({"similarity": 0.95, "margin": 0.5, "numbers": 0.2, "names": 0.5, "length": 0.9}))
    assert told.speaks_for == ("the meaning is very close (0.95)", "the lengths match (0.90)")
    assert told.speaks_against == ("another sentence fits as well (0.50)", "the numbers differ (0.20)")
    assert (told.pairs, told.contradiction) == ((), "")
    assert why(_unit({"similarity": 0.55})) == why(_unit({}))


def test_a_pair_that_does_not_fit_while_others_do_is_a_contradiction() -> None:
    told = why(_unit({"bg-uk": 0.9, "bg-ru": 0.8, "uk-ru": 0.1}))
    assert told.contradiction == "uk and ru fit only 10%, though bg and uk fit 90%, bg and ru fit 80%"
    assert told.pairs == ("bg–uk 90%", "bg–ru 80%", "uk–ru 10%")


def test_a_pair_without_any_link_does_not_fit() -> None:
    assert contradiction(_unit({"bg-uk": 0.9, "bg-ru": 0.8})).startswith("uk and ru do not fit, though")


def test_where_all_fit_or_none_nothing_contradicts() -> None:
    assert contradiction(_unit({"bg-uk": 0.9, "bg-ru": 0.8, "uk-ru": 0.7})) == ""
    assert contradiction(_unit({"bg-uk": 0.2, "bg-ru": 0.3, "uk-ru": 0.1})) == ""
    assert contradiction(_unit({"uk-ru": 0.98, "uk-uk": 0.8}, ("uk", "uk", "ru"))) == ""
    assert why(_unit({})).speaks_for == ()


@given(
    st.dictionaries(
        st.sampled_from(["similarity", "margin", "numbers", "names", "letters", "length", "order"]), st.floats(-1, 1)
    )
)
def test_no_evidence_is_told_twice(reasons: dict[str, float]) -> None:
    told = why(_unit(reasons))
    assert len(told.speaks_for) + len(told.speaks_against) <= len(reasons)
