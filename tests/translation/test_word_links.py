"""Which source word each English word came from: the pure functions, and against a model known beforehand."""

import toy
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import Span, WordLink
from workbench.translation import ArgosEngine, PackageInfo, Search, english_spans
from workbench.translation.word_links import follow, link, words

WORDS = [word for word in toy.UK_EN if word not in ("коло", "тиша")]


def pairs(source: str, english: str, links: tuple[WordLink, ...]) -> list[tuple[str, str]]:
    return [(source[a.source.start : a.source.end], english[a.english.start : a.english.end]) for a in links]


def one_hot(length: int, *places: int) -> list[list[float]]:
    return [[float(place == at) for at in range(length)] for place in places]


def test_the_pieces_of_a_word_vote_together() -> None:
    source, english = "Мер Києва", "Mayor of Kyiv"
    read, written = ["▁Мер", "▁Ки", "єва"], ["▁May", "or", "▁of", "▁Ky", "iv"]
    attention = [[0.9, 0.1, 0], [0.2, 0.4, 0.4], [0.1, 0.5, 0.4], [0, 0.5, 0.5], [0.6, 0.2, 0.2]]
    links = link(source, read, english, written, attention)
    assert pairs(source, english, links) == [("Мер", "Mayor"), ("Києва", "of"), ("Києва", "Kyiv")]
    assert [one.weight for one in links] == [0.55, 0.9, 0.7]


def test_marks_are_no_words_and_get_no_link() -> None:
    links = link("Так, так", ["▁Так", ",", "▁так"], "Yes, yes", ["▁Yes", ",", "▁yes"], one_hot(3, 0, 1, 2))
    assert pairs("Так, так", "Yes, yes", links) == [("Так", "Yes"), ("так", "yes")]


def test_the_tokenizers_own_form_of_a_text_is_mapped_back() -> None:
    source = "Ціна № 5 зросла"  # read as `No 5`
    links = link(
        source, ["▁Ціна", "▁No", "▁5", "▁зросла"], "Price 5 rose", ["▁Price", "▁5", "▁rose"], one_hot(4, 0, 2, 3)
    )
    assert pairs(source, "Price 5 rose", links) == [("Ціна", "Price"), ("5", "5"), ("зросла", "rose")]


def test_other_tokenizers_give_no_links() -> None:
    assert link("дім", ["дім"], "house", ["house"], [[1.0]]) == ()


@given(st.lists(st.sampled_from(["дім", "кіт", "18", "Київ"]), min_size=1, max_size=6), st.text("ab «»,-", max_size=12))
def test_links_follow_words_that_stay_and_drop_those_that_go(kept: list[str], added: str) -> None:
    before = " ".join(kept)
    links = tuple(WordLink(span, span) for span in words(before))
    after = f"«{before}» {added}"
    assert pairs(before, after, follow(links, before, after)) == [(word, word) for word in kept]
    assert follow(links, before, "") == ()


def test_neighbouring_words_from_one_place_are_one_stretch() -> None:
    english = "The big red house of cards in the house"
    from_house = {0, 1, 3, 8}
    links = [
        WordLink(Span(0, 3) if number in from_house else Span(4, 9), span) for number, span in enumerate(words(english))
    ]
    found = [english[span.start : span.end] for span in english_spans(links, Span(0, 3))]
    assert found == ["The big", "house", "house"]
    assert english_spans(links, Span(10, 12)) == ()


def test_words_that_are_hardly_looked_at_can_be_passed_over() -> None:
    links = [WordLink(Span(0, 3), Span(0, 2), 0.2), WordLink(Span(0, 3), Span(3, 8), 0.8)]
    assert english_spans(links, Span(0, 3), least=0.3) == (Span(3, 8),)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
@settings(max_examples=15, deadline=None)
def test_a_rendering_tells_where_its_words_came_from_through_cleaning_and_cutting(
    aligned_engine: ArgosEngine, several: list[str]
) -> None:
    source = "  " + " \u00ad ".join(several) + "\t"  # thirty words are more than the package reads at once
    rendering = aligned_engine.render([source])[0]
    found = pairs(source, rendering.text, rendering.alignment)
    assert found == [(word, toy.UK_EN[word][0]) for word in several]


def test_the_alternatives_have_their_own_alignment(aligned_engine: ArgosEngine) -> None:
    rendering = aligned_engine.render(["великий дім"])[0]
    other = rendering.alternatives[0]
    assert [english for _, english in pairs("великий дім", other.text, other.alignment)] == other.text.split()


def test_only_a_model_that_was_taught_to_look_is_asked_by_itself(info: PackageInfo, engine: ArgosEngine) -> None:
    assert engine.render(["дім"])[0].alignment == ()
    assert ArgosEngine(info, Search(aligned=True)).render(["дім"])[0].alignment
