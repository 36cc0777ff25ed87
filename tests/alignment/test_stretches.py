"""Cutting long texts into stretches."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.alignment.stretches import EXACT_CELLS, batches, corridor, stretches

Points = NDArray[np.int64]


def rising(places: list[tuple[int, int]]) -> Points:
    """Points that rise on both sides, with runs on the diagonal."""
    found = [(0, 0)]
    for down, right in places:
        found.append((found[-1][0] + down, found[-1][1] + right))
    return np.array(found[1:], dtype=np.int64).reshape(-1, 2)


steps = st.lists(st.sampled_from([(1, 1)] * 8 + [(2, 1), (1, 2), (40, 3), (1, 50), (300, 290)]), max_size=600).map(
    rising
)


@given(steps, st.integers(1, 500), st.integers(1, 500))
@settings(max_examples=80, deadline=None)
def test_stretches_fill_both_texts_in_order_and_none_is_large(points: Points, more: int, further: int) -> None:
    rows = more + (int(points[-1, 0]) if len(points) else 0)
    columns = further + (int(points[-1, 1]) if len(points) else 0)
    found = stretches(rows, columns, points)
    ends = [(s.row + s.rows, s.column + s.columns) for s in found]
    assert (found[0].row, found[0].column) == (0, 0)
    assert ends[-1] == (rows, columns)
    assert [(s.row, s.column) for s in found[1:]] == ends[:-1]
    assert all(s.cells <= EXACT_CELLS for s in found)


@given(steps)
@settings(max_examples=40, deadline=None)
def test_batches_hold_every_stretch_once(points: Points) -> None:
    found = stretches(5000, 5000, points[(points < 5000).all(axis=1)])
    places = [place for batch in batches(found) for place in batch]
    assert sorted(places) == list(range(len(found)))


def test_small_texts_are_not_cut() -> None:
    points = np.stack([np.arange(100), np.arange(100)], axis=1)
    assert len(stretches(100, 100, points)) == 1


def test_cuts_stand_within_runs_of_anchors() -> None:
    points = np.stack([np.arange(2000), np.arange(2000)], axis=1)
    points = np.delete(points, np.arange(0, 2000, 9), axis=0)
    known = set(map(tuple, points.tolist()))
    for cut in stretches(2000, 2000, points)[1:]:
        assert {(cut.row + k, cut.column + k) for k in (-2, -1, 0, 1)} <= known


def test_texts_without_any_anchor_are_cut_all_the_same() -> None:
    found = stretches(3000, 900, np.zeros((0, 2), dtype=np.int64))
    assert sum(s.rows for s in found) == 3000


def test_a_corridor_rises_and_holds_both_ends_and_its_anchors() -> None:
    around = corridor(100, 300, np.array([(10, 50), (60, 100)]), pad=3)
    assert around.low[0] == 0
    assert around.high[-1] == 300
    assert all((np.diff(bound) >= 0).all() for bound in (around.low, around.high))
    assert (around.low <= around.high).all()
    for i, j in ((10, 50), (60, 100)):
        assert around.low[i] <= j <= around.high[i]
    assert int((around.high - around.low).max()) < 300


def test_consecutive_cuts_are_some_way_apart() -> None:
    points = np.stack([np.arange(1000), np.arange(1000)], axis=1)
    for one, other in itertools.pairwise(stretches(1000, 1000, points)):
        assert other.row - one.row >= 24
