"""The pieces of evidence, the calibration and the dot plot."""

import numpy as np
import pytest
from toy_texts import document

from workbench.alignment import align, calibration_error, dot_plot, reliability
from workbench.alignment.confidence import calibrate, rising_curve
from workbench.alignment.evidence import evidence
from workbench.alignment.groups import form_groups
from workbench.alignment.parameters import default, read, write
from workbench.alignment.scores import nearest
from workbench.alignment.values import PairAlignment, PairLink
from workbench.model import Mode


def link(left: int, right: int, probability: float) -> PairLink:
    return PairLink((left,), (right,), probability)


def test_folded_spelling_makes_cognates_match() -> None:
    one, other, far = evidence([("uk", ["Підписана угода"]), ("ru", ["Подписана угода"]), ("bg", ["Съвсем друго"])])
    assert float((one.grams @ other.grams.T).toarray()[0, 0]) > 0
    assert float((one.grams @ far.grams.T).toarray()[0, 0]) == 0


def test_names_match_across_inflection_and_not_at_the_start_of_a_sentence() -> None:
    one, other = evidence([("uk", ["Сьогодні бачили Путіна"]), ("ru", ["Вчера говорил с Путиным"])])
    assert (one.names @ other.names.T).toarray()[0, 0] > 0
    assert one.names.nnz == 1


def test_the_surest_link_wins_where_two_cross_in_a_triangle() -> None:
    pairs = [
        PairAlignment(1, 2, Mode.COMPARABLE, 0.0, (link(0, 0, 0.95),)),
        PairAlignment(2, 3, Mode.COMPARABLE, 0.0, (link(0, 0, 0.9),)),
        PairAlignment(1, 3, Mode.COMPARABLE, 0.0, (link(1, 0, 0.6),)),
    ]
    groups = form_groups(pairs, {1: "bg", 2: "uk", 3: "ru"}, {((1, 0), (3, 0)): 1.0})
    assert [dict(group.members) for group in groups] == [{1: (0,), 2: (0,), 3: (0,)}]


def test_a_weak_bridge_does_not_join_what_other_evidence_keeps_apart() -> None:
    pairs = [
        PairAlignment(1, 2, Mode.COMPARABLE, 0.0, (link(0, 0, 0.95),)),
        PairAlignment(2, 3, Mode.COMPARABLE, 0.0, (link(0, 0, 0.55),)),
    ]
    groups = form_groups(pairs, {1: "bg", 2: "uk", 3: "ru"}, {((1, 0), (3, 0)): -4.0})
    assert [dict(group.members) for group in groups] == [{1: (0,), 2: (0,)}]


def test_calibration_brings_overconfidence_down() -> None:
    rng = np.random.default_rng(1)
    raw = rng.uniform(0.5, 1.0, 4000)
    right = rng.uniform(size=4000) < raw - 0.2
    curve = rising_curve(raw, right)
    heights = [y for _, y in curve]
    assert heights == sorted(heights)
    assert calibration_error(raw, right) > 0.15
    assert calibration_error(np.asarray(calibrate(raw, curve)), right) < 0.03


def test_reliability_counts_every_case_once() -> None:
    points = reliability(np.array([0.05, 0.95, 1.0]), np.array([False, True, True]))
    assert points == [(0.05, 0.0, 1), (pytest.approx(0.975), 1.0, 2)]


def test_parameters_survive_the_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    write(tmp_path / "p.json", default())
    again = read(tmp_path / "p.json")
    assert again == default()


def test_the_dot_plot_shows_links_on_the_diagonal_and_fits_its_size() -> None:
    left, right = document(1, "bg", range(30)), document(2, "uk", range(30))
    plot = dot_plot(left, right, align([left, right]).pairs[0], size=10)
    assert plot.cells.shape == (10, 10)
    assert plot.row_bounds[-1] == 30
    assert {(row, column) for row, column, _ in plot.links} == {(k, k) for k in range(10)}
    assert all(plot.cells[k, k] == plot.cells[k].max() for k in range(10))


def test_the_dot_plot_of_nothing_is_empty() -> None:
    assert dot_plot(document(1, "bg", []), document(2, "uk", [])).cells.size == 0


@pytest.mark.parametrize("columns", [1, 5, 6, 7, 191, 193, 1000])
def test_nearest_are_the_nearest_of_all(columns: int) -> None:
    rng = np.random.default_rng(columns)
    left, right = rng.normal(size=(50, 8)).astype(np.float32), rng.normal(size=(columns, 8)).astype(np.float32)
    places, values = nearest(left, right, 6, block=16)
    expected = -np.sort(-(left @ right.T), axis=1)[:, :6]
    np.testing.assert_allclose(values, expected, rtol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(left @ right.T, places, axis=1), expected, rtol=1e-5)
