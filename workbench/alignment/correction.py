"""Correcting confidence by what reviewers of one project decided.

What ships was calibrated on other texts. A straight line on log-odds (Platt 1999) is fitted to the project's own
decisions; it is drawn towards changing nothing, so that few decisions change little.
"""

from collections.abc import Sequence

import numpy as np

from workbench.alignment.learning import sigmoid

#: How far slope and offset may be expected to lie from 1 and 0, before anything is decided.
_SPREAD = np.array([0.3, 0.7])
_LEAST_SLOPE = 0.1
_EDGE = 1e-3
_STEPS = 50


def fit_correction(confidences: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return the most probable slope and offset of log-odds, given confidences and whether they were right.

    Newton's method on the logistic loss with a normal prior around no correction (1, 0); the same decisions give
    the same correction whatever their order.
    """
    x = np.stack([_log_odds(np.asarray(confidences, dtype=np.float64)), np.ones(len(confidences))], axis=1)
    y = np.asarray(right, dtype=np.float64)
    order = np.lexsort((y, x[:, 0]))
    x, y = x[order], y[order]
    start, precision = np.array([1.0, 0.0]), np.diag(1 / _SPREAD**2)
    weights = start
    for _ in range(_STEPS):
        p = sigmoid(x @ weights)
        gradient = x.T @ (p - y) + precision @ (weights - start)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + precision, gradient)
        weights = weights - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-9:
            break
    return max(float(weights[0]), _LEAST_SLOPE), float(weights[1])


def _log_odds(confidence: np.ndarray) -> np.ndarray:
    clipped = np.clip(confidence, _EDGE, 1 - _EDGE)
    return np.asarray(np.log(clipped / (1 - clipped)))
