"""Fitting the weights of the evidence: logistic regression, and its counterpart over whole alignments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.alignment.monotone import SHAPES, Bead, total

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One pair of texts to learn from: features of every bead (features, shapes, rows, columns), and the gold."""

    features: NDArray[np.float32]
    gold: tuple[Bead, ...]


def fit_beads(examples: Sequence[Example], ridge: float = 1.0, scale: Vector | None = None, steps: int = 200) -> Vector:
    """Return weights that maximise the probability of the gold alignments among all alignments.

    Args:
        examples: Texts with their gold beads.
        ridge: Strength of the penalty on squared weights, each weight in units of `scale`.
        scale: Typical size of each feature; 1 where not given.
        steps: Steps of the optimiser at most.
    """
    count = examples[0].features.shape[0]
    scale = np.ones(count) if scale is None else scale

    def objective(scaled: Vector) -> tuple[float, Vector]:
        loss, gradient = 0.5 * ridge * float(scaled @ scaled), ridge * scaled
        for example in examples:
            one_loss, one_gradient = _bead_loss(example, scaled / scale)
            loss, gradient = loss + one_loss, gradient + one_gradient / scale
        return loss, gradient

    return _minimise(objective, count, steps) / scale


def _bead_loss(example: Example, weights: Vector) -> tuple[float, Vector]:
    """Negative log-probability of the gold alignment and its gradient."""
    features = example.features
    gains = np.tensordot(weights, features.astype(np.float64), axes=1)
    log_total, posterior = total(gains)
    cells = [(SHAPES.index((b.rows, b.columns)), b.row, b.column) for b in example.gold]
    gold = np.zeros_like(gains)
    for cell in cells:
        gold[cell] = 1.0
    loss = log_total - float((gains * gold).sum())
    return loss, np.tensordot(features, posterior - gold, axes=3).astype(np.float64)


def fit_logistic(
    features: NDArray[np.float32], labels: NDArray[np.bool_], ridge: float = 1.0, weights: Vector | None = None
) -> Vector:
    """Return weights of a logistic regression; features are brought to one scale inside.

    Args:
        features: Shape (cases, features), the constant included as a feature.
        labels: Whether each case is right.
        ridge: Strength of the penalty on squared scaled weights.
        weights: Weight of each case; 1 where not given.
    """
    scale = np.maximum(features.astype(np.float64).std(axis=0), 1e-3)
    scale[features.std(axis=0) == 0] = 1.0
    x = features / scale
    case_weights = np.ones(len(x)) if weights is None else weights

    def objective(scaled: Vector) -> tuple[float, Vector]:
        z = x @ scaled
        loss = float((case_weights * (np.logaddexp(0, z) - labels * z)).sum()) + 0.5 * ridge * float(scaled @ scaled)
        error = case_weights * (sigmoid(z) - labels)
        return loss, x.T @ error + ridge * scaled

    return np.asarray(_minimise(objective, x.shape[1], 300) / scale)


def sigmoid(z: NDArray[np.floating]) -> Vector:
    """Return the probability of log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -60, 60))))


def _minimise(objective: Callable[[Vector], tuple[float, Vector]], count: int, steps: int) -> Vector:
    from scipy.optimize import minimize

    found = minimize(objective, np.zeros(count), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x)
