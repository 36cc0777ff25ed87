"""The search for beads in order, against plain enumeration of every alignment."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.alignment.monotone import SHAPES, Bead, best_path, best_paths, total, totals

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
    beads = best_path(gains)
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
    beads = best_path(gains)
    for one, other in itertools.pairwise(beads):
        assert one.row + one.rows <= other.row
        assert one.column + one.columns <= other.column


def test_nothing_is_linked_where_every_bead_costs() -> None:
    gains = np.full((len(SHAPES), 5, 7), -1.0)
    assert best_path(gains) == []


@given(st.lists(sizes, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_several_rectangles_at_once_give_what_each_gives_alone(several: list[tuple[int, int, int]]) -> None:
    alone = [random_gains(*size) for size in several]
    shape = tuple(max(gains.shape[axis] for gains in alone) for axis in (1, 2))
    padded = np.full((len(SHAPES), len(alone), *shape), 9.0)
    for place, gains in enumerate(alone):
        padded[:, place, : gains.shape[1], : gains.shape[2]] = gains
    rectangles = [gains.shape[1:] for gains in alone]
    assert best_paths(padded, rectangles) == [best_path(gains) for gains in alone]
    log_totals, posterior = totals(padded, rectangles)
    for place, gains in enumerate(alone):
        log_total, expected = total(gains)
        assert log_totals[place] == pytest.approx(log_total)
        np.testing.assert_allclose(posterior[:, place, : gains.shape[1], : gains.shape[2]], expected, atol=1e-9)
