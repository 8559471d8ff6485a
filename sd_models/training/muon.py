"""The optimiser of every stage: in half as many steps as AdamW it reaches the same loss here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.adamw import adamw

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
        lr: float | Tensor,
        momentum: float = 0.95,
        betas: tuple[float, float] = (0.9, 0.98),
        weight_decay: float = 0.01,
        orthogonal: bool = True,
    ) -> None:
        """`orthogonal=False` moves all weights by AdamW."""
        matrices: list[nn.Parameter] = []
        rest: list[nn.Parameter] = []
        for parameter in parameters:
            wide = orthogonal and parameter.dim() >= 2 and min(parameter.flatten(1).shape) >= NARROWEST
            (matrices if wide else rest).append(parameter)
        groups = [{"params": matrices, "matrices": True}, {"params": rest, "matrices": False}]
        defaults = {"lr": lr, "momentum": momentum, "betas": betas, "weight_decay": weight_decay}
        super().__init__(groups, defaults | {"capturable": True})  # the steps' counts are on the weights' device

    @torch.no_grad()
    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """One step by the gradients that the parameters hold. Nothing in it depends on numbers that only the host has,
        but for `lr` where that is no tensor, so that a GPU can record and replay it."""
        for group in self.param_groups:
            moving = [parameter for parameter in group["params"] if parameter.grad is not None]
            if group["matrices"]:
                for same in _by_shape(moving):
                    self._move_matrices(same, group)
            elif moving:
                self._move_by_adamw(moving, group)

    def _move_matrices(self, weights: list[Tensor], group: dict[str, Any]) -> None:
        """Matrices of one shape together."""
        momenta, grads = self._kept("momentum", weights), _grads(weights)
        torch._foreach_lerp_(momenta, grads, 1 - group["momentum"])
        ahead = torch._foreach_lerp(grads, momenta, group["momentum"])  # Nesterov's
        moves = orthogonal(torch.stack([each.flatten(1) for each in ahead]))
        moves *= group["lr"] * 0.2 * max(moves.shape[1:]) ** 0.5
        for weight, move in zip(weights, moves, strict=True):
            weight.mul_(1 - group["lr"] * group["weight_decay"]).sub_(move.view_as(weight))

    def _move_by_adamw(self, weights: list[Tensor], group: dict[str, Any]) -> None:
        for weight in weights:
            if "step" not in self.state[weight]:
                self.state[weight]["step"] = torch.zeros((), device=weight.device)
        adamw(
            weights,
            _grads(weights),
            self._kept("mean", weights),
            self._kept("square", weights),
            [],
            [self.state[weight]["step"] for weight in weights],
            fused=True,
            amsgrad=False,
            beta1=group["betas"][0],
            beta2=group["betas"][1],
            lr=group["lr"],
            weight_decay=group["weight_decay"],
            eps=1e-8,
            maximize=False,
        )

    def _kept(self, name: str, weights: list[Tensor]) -> list[Tensor]:
        """What the optimiser keeps under `name` for each weight; zeros at first."""
        for weight in weights:
            if name not in self.state[weight]:
                self.state[weight][name] = torch.zeros_like(weight)
        return [self.state[weight][name] for weight in weights]


def _by_shape(weights: Iterable[Tensor]) -> Iterable[list[Tensor]]:
    shapes: dict[torch.Size, list[Tensor]] = {}
    for weight in weights:
        shapes.setdefault(weight.shape, []).append(weight)
    return shapes.values()


def _grads(weights: Iterable[Tensor]) -> list[Tensor]:
    return [weight.grad for weight in weights if weight.grad is not None]


def orthogonal(matrices: Tensor) -> Tensor:
    """Matrices (..., m, n) with all their singular values near 1: five steps of the Newton-Schulz iteration
    X ← a X + (b X Xᵀ + c (X Xᵀ)²) X, whose coefficients bring small values up fast. In bfloat16, which is enough."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrices.bfloat16()
    if tall := x.shape[-2] > x.shape[-1]:
        x = x.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(5):
        square = x @ x.mT
        x = a * x + (b * square + c * (square @ square)) @ x
    return (x.mT if tall else x).to(matrices.dtype)
