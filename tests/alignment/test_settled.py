"""What a reviewer has settled stays, and settles nothing else."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from toy_texts import document

from workbench.alignment import Alignment, Document, Group, align
from workbench.model import Mode

PARALLEL = [document(1, "bg", range(24)), document(2, "uk", [m for m in range(24) if m not in (5, 6, 15)])]
FREE = [document(1, "bg", range(16)), document(2, "uk", [13, 4, 950, 0, 9, 951, 7, 2, 952, 11, 1, 8])]
#: A translation of twelve sentences, and news in another order.
MIXED = [document(1, "bg", range(24)), document(2, "uk", [23, 16, 950, 20, 13, 951, 18, 22, 14, *range(12)])]
THREE = [document(1, "bg", range(12)), document(2, "uk", range(12)), document(3, "ru", [3, 4, 900, 0, 1, 2, 9])]


def found(alignment: Alignment) -> set[frozenset[tuple[int, int]]]:
    return {frozenset((k, i) for k, side in group.members.items() for i in side) for group in alignment.groups}


@pytest.mark.parametrize("documents", [PARALLEL, FREE, MIXED, THREE])
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_confirming_what_was_found_changes_nothing_else(documents: list[Document], data: st.DataObject) -> None:
    before = align(documents)
    fixed = data.draw(st.lists(st.sampled_from(before.groups), unique_by=id))
    assert found(align(documents, fixed=fixed)) == found(before)


@pytest.mark.parametrize("documents", [PARALLEL, FREE, MIXED])
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_rejected_is_not_found_again_and_nothing_else_is_lost(
    documents: list[Document], data: st.DataObject
) -> None:
    before = align(documents)
    rejected = data.draw(st.lists(st.sampled_from(before.groups), unique_by=id, max_size=3))
    refused = found(Alignment(tuple(rejected), ()))
    after = found(align(documents, rejected=rejected))
    assert not refused & after
    assert found(before) - refused <= after


@given(place=st.integers(0, 23), mode=st.sampled_from([Mode.PARALLEL, Mode.COMPARABLE]))
@settings(max_examples=15, deadline=None)
def test_a_sentence_put_in_other_words_leaves_the_other_units_alone(place: int, mode: Mode) -> None:
    left, right = PARALLEL
    texts = (*left.texts[:place], "Съвсем друго изречение за времето утре.", *left.texts[place + 1 :])
    vectors = np.array(left.vectors, dtype=np.float32)
    vectors[place] = document(9, "bg", [777]).vectors[0]
    before = found(align([left, right], mode=mode))
    after = found(align([Document(1, "bg", texts, vectors), right], mode=mode))
    assert {unit for unit in before if (1, place) not in unit} <= after


def test_a_rejected_pair_is_in_no_bead_together() -> None:
    left, right = document(1, "bg", range(10)), document(2, "uk", range(10))
    wrong = Group({1: (4,), 2: (4,)})
    for mode in Mode:
        groups = align([left, right], mode=mode, rejected=[wrong]).groups
        assert not any(4 in g.members.get(1, ()) and 4 in g.members.get(2, ()) for g in groups)


def test_a_rejected_pair_is_not_joined_by_way_of_a_third_language() -> None:
    groups = align(
        [document(k, code, range(12)) for k, code in enumerate(("bg", "uk", "ru"))],
        rejected=[Group({0: (4,), 1: (4,)})],
    ).groups
    assert not any(4 in g.members.get(0, ()) and 4 in g.members.get(1, ()) for g in groups)
    assert sum(len(g.members) == 3 for g in groups) == 11


def test_links_set_by_hand_hold_against_the_evidence_and_the_rest_is_aligned_around_them() -> None:
    left, right = document(1, "bg", range(20)), document(2, "uk", range(20))
    by_hand = Group({1: (9,), 2: (10,)})
    groups = found(align([left, right], mode=Mode.PARALLEL, fixed=[by_hand]))
    assert frozenset({(1, 9), (2, 10)}) in groups
    rest = [dict(unit) for unit in groups if len(unit) == 2 and (1, 9) not in unit]
    assert {(unit[1], unit[2]) for unit in rest} == {(m, m) for m in range(20) if m not in (9, 10)}


def test_vectors_that_are_no_numbers_count_for_nothing() -> None:
    broken = np.array(PARALLEL[0].vectors, dtype=np.float32)
    broken[3] = np.nan
    broken[4, 0] = np.inf
    left = Document(1, "bg", PARALLEL[0].texts, broken)
    for mode in (None, *Mode):
        groups = align([left, PARALLEL[1]], mode=mode).groups
        assert len(groups) >= 18
        assert all(0 <= group.confidence <= 1 for group in groups)
