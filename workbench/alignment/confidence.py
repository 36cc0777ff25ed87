"""Confidence that means something: raw scores brought to observed accuracy, and how well that succeeded."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Curve = Sequence[tuple[float, float]]


def calibrate(raw: Any, curve: Curve) -> Any:
    """Return calibrated confidence for raw ones; without a curve they are returned as they are.

    Below its first point, where nothing was observed, the curve falls straight to nothing.
    """
    if not curve:
        return raw
    x, y = np.array([(0.0, 0.0), *curve], dtype=np.float64).T
    return np.interp(raw, x, y)


def rising_curve(raw: NDArray[np.float64], right: NDArray[np.bool_], least: int = 40) -> list[tuple[float, float]]:
    """Fit a rising curve from raw confidence to accuracy (pool adjacent violators, Ayer et al. 1955).

    Cases are first averaged in bins of at least `least`, so that few cases cannot bend the curve; each bin's
    accuracy is drawn towards its mean confidence by one case.
    """
    order = np.argsort(raw, kind="stable")
    bins = np.array_split(order, max(1, len(raw) // least))
    pools: list[list[float]] = []
    for chosen in bins:
        if not len(chosen):
            continue
        mean = float(raw[chosen].mean())
        pools.append([mean, float(right[chosen].sum()) + mean, len(chosen) + 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            x, s, n = pools.pop()
            before = pools[-1]
            pools[-1] = [(before[0] * before[2] + x * n) / (before[2] + n), before[1] + s, before[2] + n]
    return [(x, s / n) for x, s, n in pools]


def reliability(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> list[tuple[float, float, int]]:
    """Return (mean confidence, accuracy, cases) for bins of equal width, empty ones left out."""
    place = np.minimum((np.asarray(confidence) * bins).astype(int), bins - 1)
    return [
        (float(confidence[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in range(bins)
        if (place == b).any()
    ]


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error: mean gap of confidence and accuracy (Naeini et al. 2015)."""
    if not len(confidence):
        return 0.0
    gaps = [abs(mean - accuracy) * count for mean, accuracy, count in reliability(confidence, right, bins)]
    return sum(gaps) / len(confidence)
