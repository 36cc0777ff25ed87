"""Comparable texts that hold a translation: its block is found, and aligned as translations are."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from toy_texts import document, meaning_vector

from workbench.alignment import Alignment, Document, align
from workbench.alignment.blocks import Block, chains, moved
from workbench.alignment.values import PairLink
from workbench.model import Mode

#: Twelve sentences are translated, the rest is told in another order; and the sixth is told before its time already,
#: more alike than where it belongs.
LEFT = document(1, "bg", range(24))
_SHUFFLED = [23, 16, 950, 5, 20, 13, 951, 18, 22, 952, 14, 19]


def right_side() -> Document:
    plain = document(2, "uk", [*_SHUFFLED, *range(12)])
    vectors = np.array(plain.vectors, dtype=np.float32)
    place = len(_SHUFFLED) + 5
    vectors[place] = meaning_vector(5, "uk", noise=1.0)
    texts = (*plain.texts[:place], "Зовсім іншими словами сказано те саме.", *plain.texts[place + 1 :])
    return replace(plain, texts=texts, vectors=vectors)


RIGHT = right_side()


def sides(alignment: Alignment) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(link.left, link.right) for link in alignment.pairs[0].links}


def test_a_translated_block_keeps_its_order_and_the_rest_stays_free() -> None:
    found = align([LEFT, RIGHT])
    assert found.pairs[0].mode is Mode.COMPARABLE
    block = {((i,), (len(_SHUFFLED) + i,)) for i in range(12)}
    free = {((meaning,), (place,)) for place, meaning in enumerate(_SHUFFLED) if 12 <= meaning < 24}
    assert sides(found) == block | free
    repeated = ((5,), (_SHUFFLED.index(5),))
    assert repeated in sides(align([LEFT, RIGHT], mode=Mode.COMPARABLE)), "free links cannot tell the two apart"


def test_only_long_chains_are_blocks() -> None:
    left, right = document(1, "bg", range(16)), document(2, "uk", [*range(12, 16), 900, *range(6, 12), 901, *range(5)])
    assert chains([PairLink((m,), (m,), 1.0) for m in range(7)], 7, 7) == []
    assert sides(align([left, right])) == sides(align([left, right], mode=Mode.COMPARABLE))


def test_a_chain_goes_over_small_gaps_and_takes_loose_ends_along() -> None:
    places = [(2, 1), (3, 2), (5, 3), (6, 6), (7, 7), (8, 8), (9, 9), (12, 10)]
    free = [PairLink((i,), (j,), 1.0) for i, j in [*places, (0, 20)]]
    assert chains(free, 14, 21) == [Block(range(1, 14), range(0, 12))]


@given(st.permutations(range(20)), st.integers(0, 20))
def test_blocks_do_not_overlap_and_lie_inside_the_texts(order: list[int], shift: int) -> None:
    columns = sorted(order[:10]) + order[10:]
    columns = columns[shift:] + columns[:shift]
    found = chains([PairLink((i,), (j,), 1.0) for i, j in enumerate(columns)], 20, 20)
    for rows in ([block.rows for block in found], [block.columns for block in found]):
        covered = [place for stretch in rows for place in stretch]
        assert len(covered) == len(set(covered)) and set(covered) <= set(range(20))


def test_a_very_long_chain_takes_no_more_than_its_length() -> None:
    free = [PairLink((i,), (i,), 1.0) for i in range(30_000)]
    assert chains(free, 30_000, 30_000) == [Block(range(30_000), range(30_000))]


def test_links_of_a_block_are_counted_from_the_start_of_the_texts() -> None:
    assert moved(PairLink((0, 1), (2,), 0.5), Block(range(4, 9), range(1, 6))) == PairLink((4, 5), (3,), 0.5)
