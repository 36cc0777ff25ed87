"""Muon (Jordan et al. 2024): momentum whose matrix is made orthogonal, for the matrices inside the layers."""

from collections.abc import Iterable

import torch
from torch import Tensor

_A, _B, _C = 3.4445, -4.7750, 2.0315


class Muon(torch.optim.Optimizer):
    """Updates matrices by the orthogonal factor of their Nesterov momentum."""

    def __init__(self, matrices: Iterable[Tensor], lr: float, momentum: float = 0.95, steps: int = 4) -> None:
        super().__init__(matrices, {"lr": lr, "momentum": momentum, "steps": steps})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]
        """Update every matrix that has a gradient."""
        for group in self.param_groups:
            for matrix in group["params"]:
                if matrix.grad is None:
                    continue
                state = self.state[matrix]
                if not state:
                    state["momentum"] = torch.zeros_like(matrix)
                state["momentum"].lerp_(matrix.grad, 1 - group["momentum"])
                update = orthogonal(matrix.grad.lerp(state["momentum"], group["momentum"]), group["steps"])
                matrix.add_(update, alpha=-group["lr"] * max(1.0, matrix.shape[0] / matrix.shape[1]) ** 0.5)


def orthogonal(matrix: Tensor, steps: int) -> Tensor:
    """Approximate the nearest orthogonal matrix by Newton-Schulz iterations in bfloat16."""
    x = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    if tall:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(steps):
        square = x @ x.T
        x = _A * x + (_B * square + _C * square @ square) @ x
    result: Tensor = (x.T if tall else x).to(matrix.dtype)
    return result
