"""Two sentences of a comparable text against one: found wherever they stand, and only where their sum is nearer."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_texts import document, joined

from workbench.alignment import align, default, prepared
from workbench.alignment.comparable import score_links
from workbench.alignment.pairing import pair_up
from workbench.alignment.parameters import Knowledge
from workbench.alignment.passages import PASSAGE_FEATURES, SURE, chosen, passages
from workbench.alignment.scores import passage_vectors
from workbench.model import Mode

ORDER = [13, 4, 950, 0, 9, 951, 7, 2, 952, 11, 1, 8]


@pytest.mark.parametrize(("first", "second"), [(1, 2), (4, 8)])
def test_one_sentence_is_linked_with_both_that_it_sums_up_side_by_side_or_not(first: int, second: int) -> None:
    left = joined(document(1, "bg", range(14)), first, second)
    right = document(2, "uk", ORDER)
    found = align([left, right], mode=Mode.COMPARABLE)
    wanted = tuple(sorted((ORDER.index(first), ORDER.index(second))))
    assert {group.members[2] for group in found.groups if group.members[1] == (first,)} == {wanted}
    mirrored = align([replace(right, key=1), replace(left, key=2)], mode=Mode.COMPARABLE)
    assert {group.members[1] for group in mirrored.groups if group.members[2] == (first,)} == {wanted}


def test_sentences_with_a_counterpart_each_are_never_joined() -> None:
    found = align([document(1, "bg", range(14)), document(2, "uk", ORDER)], mode=Mode.COMPARABLE)
    assert all(len(side) == 1 for group in found.groups for side in group.members.values())


@given(st.lists(st.integers(0, 30), max_size=9), st.lists(st.integers(0, 30), max_size=9))
def test_similarity_is_that_of_the_passages_vector_and_no_sentence_is_used_twice(a: list[int], b: list[int]) -> None:
    left, right = prepared([document(1, "bg", a), document(2, "uk", b)])
    if not a or not b:
        return
    pair = pair_up(left, right)
    found = passages(pair, *score_links(pair, default(Knowledge.PLAIN)))
    for place in range(len(found)):
        i, j = found.ends(place)
        sides = [
            passage_vectors(text.vectors, text.evidence.lengths, [part])
            for text, part in ((left, i), (right, j))
        ]  # fmt: skip
        similarity = found.features[place, PASSAGE_FEATURES.index("similarity")]
        assert similarity == pytest.approx(float((sides[0] @ sides[1].T)[0, 0]), abs=1e-3)
    log_odds = np.linspace(SURE + 1, SURE - 1, len(found))
    taken = [found.ends(place) for place in chosen(found, log_odds, 0.0)]
    for side in (0, 1):
        used = [i for ends in taken for i in ends[side]]
        assert len(used) == len(set(used))
