"""Free matching, against every matching there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.alignment.comparable import best_matching, context_features
from workbench.alignment.features import best_other
from workbench.alignment.order import longest_rise, order_score


def best_by_hand(cells: list[tuple[int, int]], gains: list[float]) -> float:
    if not cells:
        return 0.0
    rest = best_by_hand(cells[1:], gains[1:])
    (i, j), gain = cells[0], gains[0]
    kept = [k for k in range(1, len(cells)) if cells[k][0] != i and cells[k][1] != j]
    return max(rest, gain + best_by_hand([cells[k] for k in kept], [gains[k] for k in kept]))


cells_and_gains = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(-3, 3, allow_nan=False), max_size=11
)


@given(cells_and_gains)
@settings(max_examples=150, deadline=None)
def test_the_matching_has_the_highest_sum_of_gains(table: dict[tuple[int, int], float]) -> None:
    cells = sorted(table)
    gains = np.array([table[cell] for cell in cells])
    chosen = best_matching(np.array(cells, dtype=np.int64).reshape(-1, 2), gains)
    taken = [cells[k] for k in chosen]
    assert len({i for i, _ in taken}) == len({j for _, j in taken}) == len(taken)
    assert float(gains[chosen].sum()) == pytest.approx(best_by_hand(cells, gains.tolist()))


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1)), min_size=1, max_size=12))
def test_the_best_other_leaves_out_oneself(rows: list[tuple[int, float]]) -> None:
    keys = np.array([key for key, _ in rows])
    values = np.array([value for _, value in rows])
    found = best_other(keys, values)
    for place, (key, _) in enumerate(rows):
        others = [v for other, (k, v) in enumerate(rows) if k == key and other != place]
        assert found[place] == pytest.approx(max(others, default=0.0), abs=1e-6)


def test_the_second_look_sees_the_neighbours_that_follow_on() -> None:
    cells = np.array([[0, 3], [1, 4], [2, 0]])
    features = context_features(cells, np.array([2.0, 0.0, 2.0], dtype=np.float32), 5)
    before, after = features[:, 3], features[:, 4]
    assert before[1] == pytest.approx(1 / (1 + np.exp(-2.0)), abs=1e-5)
    assert after[1] == 0.0
    assert after[0] == pytest.approx(0.5)


@given(st.lists(st.integers(0, 9), max_size=9))
def test_a_longest_rise_rises_and_none_is_longer(values: list[int]) -> None:
    rise = longest_rise(values)
    assert all(values[a] < values[b] and a < b for a, b in itertools.pairwise(rise))
    best = [1] * len(values)
    for b in range(len(values)):
        for a in range(b):
            if values[a] < values[b]:
                best[b] = max(best[b], best[a] + 1)
    assert len(rise) == max(best, default=0)


def test_order_is_the_share_of_links_that_keep_it() -> None:
    assert order_score(np.array([[0, 0], [1, 1], [2, 2], [3, 0]])) == 0.75
    assert order_score(np.zeros((0, 2), dtype=np.int64)) == 0.0
