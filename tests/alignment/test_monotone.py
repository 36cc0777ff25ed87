"""The search for beads in order, against plain enumeration of every alignment."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.alignment.monotone import SHAPES, Bead, best_path, corridor, total, whole

Gains = NDArray[np.float64]
Path = tuple[tuple[int, int, int], ...]


def every_alignment(gains: Gains) -> list[tuple[float, Path]]:
    """Each way to place beads in order, once, with its sum of gains."""
    _, rows, columns = gains.shape
    found: list[tuple[float, Path]] = []

    def extend(i: int, j: int, path: Path, gained: float) -> None:
        found.append((gained, path))
        for row in range(i, rows):
            for column in range(j, columns):
                for shape, (n, m) in enumerate(SHAPES):
                    if row + n <= rows and column + m <= columns:
                        gain = float(gains[shape, row, column])
                        extend(row + n, column + m, (*path, (shape, row, column)), gained + gain)

    extend(0, 0, (), 0.0)
    return found


def gained(gains: Gains, beads: list[Bead]) -> float:
    return sum(float(gains[SHAPES.index((b.rows, b.columns)), b.row, b.column]) for b in beads)


def random_gains(rows: int, columns: int, seed: int) -> Gains:
    return np.random.default_rng(seed).normal(0, 2, (len(SHAPES), rows, columns))


sizes = st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 10_000))


@given(sizes)
@settings(max_examples=60, deadline=None)
def test_the_best_path_is_the_best_of_all_alignments(size: tuple[int, int, int]) -> None:
    gains = random_gains(*size)
    beads = best_path(size[0], size[1], lambda rows, columns: gains[:, rows, columns])
    assert gained(gains, beads) == pytest.approx(max(value for value, _ in every_alignment(gains)))


@given(sizes)
@settings(max_examples=40, deadline=None)
def test_probabilities_are_those_of_all_alignments_summed(size: tuple[int, int, int]) -> None:
    gains = random_gains(*size)
    log_total, posterior = total(gains)
    alignments = every_alignment(gains)
    assert log_total == pytest.approx(float(np.log(sum(np.exp(value) for value, _ in alignments))))
    expected = np.zeros_like(gains)
    for value, path in alignments:
        for cell in path:
            expected[cell] += np.exp(value - log_total)
    np.testing.assert_allclose(posterior, expected, atol=1e-9)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_beads_never_overlap_and_keep_the_order(rows: int, columns: int, seed: int) -> None:
    gains = random_gains(rows, columns, seed)
    beads = best_path(rows, columns, lambda r, c: gains[:, r, c])
    for one, other in itertools.pairwise(beads):
        assert one.row + one.rows <= other.row
        assert one.column + one.columns <= other.column


def test_nothing_is_linked_where_every_bead_costs() -> None:
    gains = np.full((len(SHAPES), 5, 7), -1.0)
    assert best_path(5, 7, lambda r, c: gains[:, r, c]) == []


def test_a_wide_corridor_gives_the_exact_answer() -> None:
    gains = random_gains(40, 30, 5)
    exact = best_path(40, 30, lambda r, c: gains[:, r, c])
    around = corridor(40, 30, [(10, 8), (20, 15)], pad=40)
    assert best_path(40, 30, lambda r, c: gains[:, r, c], around) == exact


def test_a_corridor_rises_and_holds_both_ends_and_its_anchors() -> None:
    around = corridor(100, 300, [(10, 50), (60, 100)], pad=3)
    assert around.low[0] == 0
    assert around.high[-1] == 300
    assert (np.diff(around.low) >= 0).all()
    assert (np.diff(around.high) >= 0).all()
    assert (around.low <= around.high).all()
    for i, j in ((10, 50), (60, 100)):
        assert around.low[i] <= j <= around.high[i]
    assert around.cells < whole(100, 300).cells
