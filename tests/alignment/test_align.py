"""What `align` promises: translations, comparable news, several languages, confirmed groups, odd inputs."""

import gc
from dataclasses import replace

import numpy as np
import pytest
from toy_texts import WIDTH, document, meaning_vector, sentence

from workbench.alignment import Alignment, Document, Group, Knowledge, align, known_of
from workbench.model import Mode


def members(alignment: Alignment) -> set[frozenset[tuple[int, int]]]:
    return {frozenset((k, i) for k, side in group.members.items() for i in side) for group in alignment.groups}


def same(*nodes: tuple[int, int]) -> frozenset[tuple[int, int]]:
    return frozenset(nodes)


def test_a_translation_is_aligned_sentence_by_sentence_and_read_as_parallel() -> None:
    found = align([document(1, "bg", range(20)), document(2, "uk", range(20))])
    assert found.pairs[0].mode is Mode.PARALLEL
    assert members(found) == {same((1, i), (2, i)) for i in range(20)}
    assert all(0.5 < group.confidence <= 1 for group in found.groups)


def test_a_sentence_without_counterpart_stays_alone() -> None:
    right = [0, 1, 2, 900, 3, 4, 6, 7, 8, 9, 10, 11]
    found = align([document(1, "bg", range(12)), document(2, "uk", right)])
    assert members(found) == {same((1, m), (2, right.index(m))) for m in range(12) if m in right}


def test_two_sentences_against_their_union_make_one_bead() -> None:
    left, right = document(1, "bg", range(14)), document(2, "uk", range(14))
    texts = (*right.texts[:4], right.texts[4] + " " + right.texts[5], *right.texts[6:])
    vectors = np.asarray(right.vectors, dtype=np.float32)
    union = vectors[4] + vectors[5]
    joined = np.vstack([vectors[:4], union / np.linalg.norm(union), vectors[6:]])
    found = align([left, Document(2, "uk", texts, joined)])
    assert same((1, 4), (1, 5), (2, 4)) in members(found)


def test_comparable_news_is_linked_in_any_order() -> None:
    right = [13, 4, 950, 0, 9, 951, 7, 2, 952, 11, 1, 8]
    found = align([document(1, "bg", range(15)), document(2, "uk", right)])
    assert found.pairs[0].mode is Mode.COMPARABLE
    assert members(found) == {same((1, m), (2, n)) for n, m in enumerate(right) if m < 15}


def with_english(found: Document, meanings: list[int], noise: float) -> Document:
    """Give a document a fine view that is of little use, and English that is nearly clear."""
    blurred = np.array([meaning_vector(m, found.language, noise) for m in meanings])
    english = np.array([meaning_vector(m, f"english of {found.language}", 0.2) for m in meanings])
    return replace(found, fine=blurred, english=english)


def test_english_tells_apart_what_the_sentences_themselves_do_not() -> None:
    left, right = list(range(15)), [13, 4, 950, 0, 9, 951, 7, 2, 952, 11, 1, 8]
    documents = [with_english(document(1, "bg", left), left, 2.0), with_english(document(2, "uk", right), right, 2.0)]
    vague = [replace(each, vectors=each.fine, texts=tuple("а б в" for _ in each.texts)) for each in documents]
    wanted = {same((1, m), (2, n)) for n, m in enumerate(right) if m < 15}
    without = members(align([replace(each, english=None) for each in vague]))
    assert len(members(align(vague)) & wanted) > 2 * len(without & wanted)


def test_sentences_without_english_go_by_their_own_words() -> None:
    left, right = list(range(15)), [13, 4, 950, 0, 9, 951, 7, 2, 952, 11, 1, 8]
    documents = [with_english(document(1, "bg", left), left, 0.3), with_english(document(2, "uk", right), right, 0.3)]
    assert documents[1].english is not None
    documents[1] = replace(documents[1], english=np.where(np.arange(12)[:, None] % 2, documents[1].english, 0.0))
    assert members(align(documents)) == {same((1, m), (2, n)) for n, m in enumerate(right) if m < 15}


def test_english_counts_where_every_document_has_it_or_is_english() -> None:
    plain = document(1, "bg", range(3))
    fine = replace(plain, fine=plain.vectors)
    rendered = replace(fine, key=2, language="uk", english=plain.vectors)
    assert known_of([plain, rendered]) is Knowledge.PLAIN
    assert known_of([fine, rendered]) is Knowledge.FINE
    assert known_of([rendered, replace(fine, language="en")]) is Knowledge.ENGLISH
    assert known_of([rendered, document(3, "ru", [])]) is Knowledge.ENGLISH
    assert known_of([]) is Knowledge.PLAIN


def test_an_abridged_translation_is_still_read_as_one() -> None:
    kept = [0, 1, 2, 3, 8, 9, 10]
    found = align([document(1, "bg", range(16)), document(2, "uk", kept)])
    assert found.pairs[0].mode is Mode.PARALLEL
    assert members(found) == {same((1, m), (2, n)) for n, m in enumerate(kept)}


def test_articles_with_a_part_in_common_are_not_read_as_translations_even_where_order_is_kept() -> None:
    found = align([document(1, "bg", [0, 900, 1, 901, 902, 2, 903, 904]), document(2, "uk", [800, 0, 1, 801, 802, 2])])
    assert found.pairs[0].mode is Mode.COMPARABLE
    assert members(found) == {same((1, 0), (2, 1)), same((1, 2), (2, 2)), same((1, 5), (2, 5))}


def test_three_languages_make_one_group() -> None:
    found = align([document(1, "bg", range(15)), document(2, "uk", range(15)), document(3, "ru", range(15))])
    assert members(found) == {same((1, i), (2, i), (3, i)) for i in range(15)}
    group = found.groups[0]
    assert set(group.scores) == {(1, 2), (1, 3), (2, 3)}
    assert {"similarity", "margin", "numbers", "names", "length", "order"} <= set(group.reasons)


def test_two_articles_in_one_language_alone_make_no_group() -> None:
    assert align([document(1, "uk", range(9)), document(2, "uk", range(9))]).groups == ()


def test_a_repeat_in_the_same_language_joins_the_group() -> None:
    found = align([document(1, "bg", range(9)), document(2, "uk", range(9)), document(3, "uk", range(9))])
    assert same((1, 4), (2, 4), (3, 4)) in members(found)


def test_confirmed_groups_are_kept_and_their_sentences_not_used_again() -> None:
    fixed = Group({1: (3,), 2: (5,)}, 1.0)
    found = align([document(1, "bg", range(10)), document(2, "uk", range(10))], fixed=[fixed], mode=Mode.PARALLEL)
    assert fixed in found.groups
    rest = [group for group in found.groups if group is not fixed]
    assert not any(3 in g.members.get(1, ()) or 5 in g.members.get(2, ()) for g in rest)
    # In order, nothing may cross the hard point.
    assert {g.members[1][0] < 3 for g in rest if g.members[2][0] < 5} == {True}
    assert {g.members[1][0] > 3 for g in rest if g.members[2][0] > 5} == {True}


def test_the_order_of_documents_does_not_matter() -> None:
    shuffled = [5, 2, 800, 0, 7, 3, 801, 6]
    documents = [document(1, "bg", range(8)), document(2, "uk", shuffled), document(3, "ru", range(8))]
    assert members(align(documents)) == members(align(documents[::-1]))


def test_the_order_of_sentences_does_not_matter_to_free_links() -> None:
    left, meanings = document(1, "bg", range(10)), [3, 8, 700, 1, 5, 9, 701, 0]
    permuted = list(reversed(meanings))

    def linked(order: list[int]) -> set[tuple[int, int]]:
        found = align([left, document(2, "uk", order)], mode=Mode.COMPARABLE)
        return {(g.members[1][0], order[g.members[2][0]]) for g in found.groups}

    assert linked(meanings) == linked(permuted) == {(m, m) for m in meanings if m < 10}


def test_the_same_call_gives_the_same_answer() -> None:
    documents = [document(1, "bg", range(12)), document(2, "uk", [4, 1, 0, 7, 3, 600])]
    assert align(documents) == align(documents)


@pytest.mark.parametrize("mode", [None, Mode.PARALLEL, Mode.COMPARABLE])
@pytest.mark.parametrize(("left", "right"), [([], []), ([], [1, 2]), ([1], [1]), ([1], [2]), ([1], [3, 1, 4])])
def test_small_and_empty_documents_are_no_trouble(left: list[int], right: list[int], mode: Mode | None) -> None:
    found = align([document(1, "bg", left), document(2, "uk", right), document(3, "ru", [])], mode=mode)
    assert all(len(group.members) == 2 for group in found.groups)


def test_no_documents_and_one_document_give_nothing() -> None:
    assert align([]) == Alignment((), ())
    assert align([document(1, "bg", range(4))]).groups == ()


@pytest.mark.parametrize("mode", list(Mode))
def test_identical_sentences_throughout_are_no_trouble(mode: Mode) -> None:
    found = align([document(1, "bg", [5] * 12), document(2, "uk", [5] * 9)], mode=mode)
    used = [i for group in found.groups for i in group.members[2]]
    assert len(used) == len(set(used))


def test_documents_about_different_things_share_nothing() -> None:
    found = align([document(1, "bg", range(100, 112)), document(2, "uk", range(200, 212))])
    assert len(found.groups) <= 1


def test_a_long_translation_is_aligned_in_a_corridor() -> None:
    count = 1500
    dropped = {meaning for meaning in range(count) if meaning % 17 == 3}
    kept = [meaning for meaning in range(count) if meaning not in dropped]
    left = Document(
        1,
        "bg",
        tuple(sentence(m, "bg") for m in range(count)),
        np.array([meaning_vector(m, "bg") for m in range(count)]),
    )
    right = Document(2, "uk", tuple(sentence(m, "uk") for m in kept), np.array([meaning_vector(m, "uk") for m in kept]))
    found = align([left, right])
    wanted = {same((1, meaning), (2, place)) for place, meaning in enumerate(kept)}
    assert len(wanted & members(found)) >= 0.99 * len(wanted)


def test_english_can_be_one_of_the_languages() -> None:
    vectors = np.array([meaning_vector(m, "en") for m in range(12)])
    texts = tuple(f"Plain English sentence with figure {1000 + m}." for m in range(12))
    found = align([document(1, "bg", range(12)), Document(2, "en", texts, vectors)])
    assert len({same((1, i), (2, i)) for i in range(12)} & members(found)) >= 11


def test_vectors_without_width_do_not_crash() -> None:
    empty = Document(1, "bg", (), np.zeros((0, WIDTH)))
    assert align([empty, empty.__class__(2, "uk", (), np.zeros((0, WIDTH)))]).groups == ()


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was_even_after_a_failure(enabled: bool) -> None:
    (gc.enable if enabled else gc.disable)()
    try:
        documents = [document(1, "bg", range(5)), document(2, "uk", range(5))]
        align(documents)
        with pytest.raises(AttributeError):
            align(documents, fixed=[None])  # type: ignore[list-item]
        assert gc.isenabled() == enabled
    finally:
        gc.enable()
