"""Correcting confidence by what reviewers decided."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.alignment import calibration_error
from workbench.alignment.correction import fit_correction
from workbench.stages.learning import Correction

decided = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)


def test_without_decisions_nothing_is_corrected() -> None:
    assert fit_correction([], []) == (1.0, 0.0)


@pytest.mark.parametrize(("slope", "offset"), [(1.0, -1.5), (0.6, 0.8), (1.5, 0.0)])
def test_decisions_bring_confidence_to_what_reviewers_find(slope: float, offset: float) -> None:
    rng = np.random.default_rng(2)
    raw = rng.uniform(0.05, 0.99, 3000)
    truth = np.array([Correction(slope, offset)(p) for p in raw])
    right = rng.uniform(size=3000) < truth
    learned = Correction(*fit_correction(raw[:500].tolist(), right[:500].tolist()))
    corrected = np.array([learned(p) for p in raw[500:]])
    assert calibration_error(corrected, right[500:]) < 0.05 < calibration_error(raw[500:], right[500:])


def test_a_few_decisions_change_little() -> None:
    few = Correction(*fit_correction([0.9] * 3, [False] * 3))
    many = Correction(*fit_correction([0.9] * 60, [False] * 60))
    assert few(0.9) > 0.4 > 0.2 > many(0.9)


@given(decided, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_decisions_does_not_matter_and_that_of_confidences_stays(decisions, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(decisions, len(decisions))
    found = fit_correction([c for c, _ in decisions], [ok for _, ok in decisions])
    assert found == fit_correction([c for c, _ in shuffled], [ok for _, ok in shuffled])
    corrected = [Correction(*found)(p) for p in (0.1, 0.4, 0.6, 0.95)]
    assert corrected == sorted(corrected)
    assert all(0 < p < 1 for p in corrected)
