"""The optimiser of every stage: in half as many steps as AdamW it reaches the same loss here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["Muon", "orthogonal"]

NARROWEST = 16  # a matrix with fewer rows or columns has too few directions to even out


class Muon(torch.optim.Optimizer):
    """For matrices, momentum made orthogonal, so that every direction moves equally far: Jordan et al. 2024, "Muon: An
    optimizer for hidden layers in neural networks". A convolution's kernel is a matrix (C_out, C_in k k). For all else
    (biases, normalisations, narrow layers), AdamW: Loshchilov & Hutter 2019, "Decoupled Weight Decay Regularization".

    A matrix's step is scaled by 0.2 √(longer side), which is as large as AdamW's usually are (Liu et al. 2025, "Muon is
    Scalable for LLM Training"), so that one learning rate serves both."""

    def __init__(
        self,
        parameters: Iterable[nn.Parameter],
        *,
        lr: float,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.98),
        weight_decay: float = 0.01,
    ) -> None:
        matrices: list[nn.Parameter] = []
        rest: list[nn.Parameter] = []
        for parameter in parameters:
            wide = parameter.dim() >= 2 and min(parameter.flatten(1).shape) >= NARROWEST
            (matrices if wide else rest).append(parameter)
        groups = [{"params": matrices, "matrices": True}, {"params": rest, "matrices": False}]
        super().__init__(groups, {"lr": lr, "momentum": momentum, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One step by the gradients that the parameters hold."""
        for group in self.param_groups:
            move = self._move_matrix if group["matrices"] else self._move_by_adamw
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    move(parameter, parameter.grad, self.state[parameter], group)

    @staticmethod
    def _move_matrix(weight: Tensor, grad: Tensor, state: dict[str, Tensor], group: dict[str, Any]) -> None:
        if not state:
            state["momentum"] = torch.zeros_like(weight)
        momentum = state["momentum"]
        momentum.lerp_(grad, 1 - group["momentum"])
        ahead = grad.lerp(momentum, group["momentum"]).flatten(1)  # Nesterov's
        weight.add_(orthogonal(ahead).view_as(weight), alpha=-group["lr"] * 0.2 * max(ahead.shape) ** 0.5)

    @staticmethod
    def _move_by_adamw(weight: Tensor, grad: Tensor, state: dict[str, Tensor], group: dict[str, Any]) -> None:
        if not state:
            state |= {"step": torch.zeros(()), "mean": torch.zeros_like(weight), "square": torch.zeros_like(weight)}
        state["step"] += 1
        (beta1, beta2), step = group["betas"], state["step"].item()
        state["mean"].lerp_(grad, 1 - beta1)
        state["square"].lerp_(grad.square(), 1 - beta2)
        scale = (state["square"] / (1 - beta2**step)).sqrt_().add_(1e-8)
        weight.addcdiv_(state["mean"], scale, value=-group["lr"] / (1 - beta1**step))


def orthogonal(matrix: Tensor) -> Tensor:
    """The matrix (m, n) with all its singular values near 1: five steps of the Newton-Schulz iteration
    X ← a X + (b X Xᵀ + c (X Xᵀ)²) X, whose coefficients bring small values up fast. In bfloat16, which is enough."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrix.bfloat16()
    if tall := x.shape[0] > x.shape[1]:
        x = x.T
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * (square @ square)) @ x
    return (x.T if tall else x).to(matrix.dtype)
