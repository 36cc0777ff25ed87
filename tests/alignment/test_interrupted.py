"""Captions and advertisements inside a passage that is one elsewhere: they are no part of it, and do not cut it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_texts import document, joined

from workbench.alignment import Document, Group, PairLink, align, default, prepared
from workbench.alignment.beads import BEAD_FEATURES, bead_features
from workbench.alignment.interrupted import mended
from workbench.alignment.monotone import SHAPES
from workbench.alignment.pairing import pair_up
from workbench.alignment.pairs import OPEN
from workbench.alignment.parameters import Knowledge, weights_of
from workbench.alignment.scattered import features
from workbench.model import Mode

#: Sentences of other stories.
CAPTIONS = (950, 951)


def interrupted(captions: int) -> tuple[Document, Document]:
    """A translation whose sentences 4 and 5 are one on the other side, and have captions in between."""
    meanings = [*range(5), *CAPTIONS[:captions], *range(5, 12)]
    return document(1, "bg", meanings), replace(joined(document(2, "uk", range(12)), 4, 5), key=2)


@pytest.mark.parametrize("captions", [0, 1, 2])
def test_what_stands_inside_a_passage_is_no_part_of_it(captions: int) -> None:
    left, right = interrupted(captions)
    alignment = align([left, right], mode=Mode.PARALLEL)
    found = {group.members[2]: group.members[1] for group in alignment.groups}
    assert found[4,] == (4, 5 + captions)
    assert [found[i,] for i in range(4)] == [(i,) for i in range(4)]
    assert [found[i,] for i in range(5, 11)] == [(i + 1 + captions,) for i in range(5, 11)]
    turned = align([replace(right, key=1), replace(left, key=2)], mode=Mode.PARALLEL)
    assert {group.members[1]: group.members[2] for group in turned.groups} == found
    assert min(group.confidence for group in alignment.groups) > 0.5


@pytest.mark.parametrize("captions", [1, 2])
def test_the_evidence_is_that_of_the_passage_without_what_interrupts_it(captions: int) -> None:
    plain, with_captions = (
        next(
            group.reasons for group in align(interrupted(count), mode=Mode.PARALLEL).groups if group.members[2] == (4,)
        )
        for count in (0, captions)
    )
    for name in ("similarity", "length", "numbers"):
        assert with_captions[name] == pytest.approx(plain[name], abs=1e-3)


def test_a_sentence_that_the_reviewer_settled_is_neither_taken_in_nor_stepped_over() -> None:
    left, right = interrupted(1)
    caption, half = Group({1: (5,), 3: (0,)}, 1.0), Group({1: (6,), 3: (0,)}, 1.0)
    third = document(3, "ru", [950])
    for settled in (caption, half):
        found = align([left, right, third], mode=Mode.PARALLEL, fixed=[settled])
        (around,) = (group for group in found.groups if group.members.get(2) == (4,))
        assert around.members[1] in {(4,), (6,)} and around.members[1] != settled.members[1]


def test_a_passage_that_was_rejected_does_not_come_back() -> None:
    left, right = interrupted(1)
    wrong = Group({1: (4, 6), 2: (4,)}, 1.0)
    members = [dict(group.members) for group in align([left, right], mode=Mode.PARALLEL, rejected=[wrong]).groups]
    assert wrong.members not in members


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=9), st.lists(st.integers(0, 12), min_size=1, max_size=9))
def test_passages_that_adjoin_have_the_features_of_beads(a: list[int], b: list[int]) -> None:
    pair = pair_up(*prepared([document(1, "bg", a), document(2, "uk", b)]))
    of_beads = bead_features(pair, slice(0, len(a)), slice(0, len(b)))
    places = [
        (shape, i, j)
        for shape, (n, m) in enumerate(SHAPES)
        for i in range(len(a) - n + 1)
        for j in range(len(b) - m + 1)
    ]
    sides = [(tuple(range(i, i + SHAPES[shape][0])), tuple(range(j, j + SHAPES[shape][1]))) for shape, i, j in places]
    wanted = np.array([of_beads[:, shape, i, j] for shape, i, j in places]).T
    np.testing.assert_allclose(features(pair, sides), wanted, atol=2e-3)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([*range(12), 950, 951]), max_size=14), st.integers(0, 9), st.integers(1, 2))
def test_beads_keep_their_order_and_share_no_sentence(meanings: list[int], first: int, span: int) -> None:
    right = replace(joined(document(2, "uk", range(12)), first, first + span), key=2)
    links = align([document(1, "bg", meanings), right], mode=Mode.PARALLEL).pairs[0].links
    for side in (0, 1):
        used = [i for link in links for i in (link.left, link.right)[side]]
        assert used == sorted(set(used))


def test_two_passages_that_reach_into_each_other_do_not_both_get_their_way() -> None:
    right = joined(joined(document(2, "uk", range(12)), 4, 5), 5, 6)  # 4 and 5 in one sentence, 6 and 7 in the next
    left = document(1, "bg", [0, 1, 2, 3, 4, 6, 5, 7, 8, 9, 10, 11])
    weights = weights_of(BEAD_FEATURES, default(Knowledge.PLAIN).beads)
    halves = [PairLink((4,), (4,), 0.9), PairLink((7,), (5,), 0.9)]
    found = mended(pair_up(*prepared([left, right])), halves, {}, weights, OPEN)
    assert [link.left for link in found] in ([(4, 6), (7,)], [(4,), (5, 7)])
