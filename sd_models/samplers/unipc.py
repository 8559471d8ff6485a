"""UniPC: Zhao et al., "UniPC: A Unified Predictor-Corrector Framework for Fast Sampling of Diffusion Models" (2023),
algorithms 1 and 2 (UniC and UniP) in the x_0 form with B(h) = e^−h − 1 (the paper's B_2)."""

from __future__ import annotations

import torch
from torch import Tensor

from sd_models.samplers.base import Noise, State
from sd_models.samplers.dpmpp import LogSNRSampler

__all__ = ["UniPC"]


class UniPC(LogSNRSampler):
    """Predicts with the evaluations so far; once the model has answered at the predicted point, first corrects the step
    that led there, at no further evaluation.

        x' = (noise' / noise) · x − signal' · (e^−h − 1) · (x_0 + Σ_k ρ_k · D_k)
        D_k = (x_0 k evaluations back − x_0) / r_k,   r_k = (λ_k − λ) / h;   for the corrector also the new x_0, r = 1
        Σ_k ρ_k · r_k^(n−1) = n! · φ_{n+1}(−h) / B(h)        for n = 1 … order

    The state holds the latents before the last prediction; `history` the last `solver_order` values of x_0.
    """

    name = "unipc"
    scheduler = "UniPCMultistepScheduler"
    reads = LogSNRSampler.reads | {"solver_order"}

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index, history = state.latents, state.index, state.history
        x0 = self.predict_x0(output, x, index)
        if history:
            order = self._order(index - 1, len(history))
            x = self._update(state.held[0], index - 1, history, order, corrected=x0)
        history = (*history, x0)[-self.config.solver_order :]
        ahead = self._update(x, index, history, self._order(index, index - state.begin + 1))
        return State(index + 1, ahead, state.begin, history, held=(x,))

    def _order(self, index: int, evaluations: int) -> int:
        order = min(self.config.solver_order, evaluations)
        return min(order, len(self.timesteps) - index) if self.config.lower_order_final else order

    def _update(
        self, x: Tensor, index: int, history: tuple[Tensor, ...], order: int, corrected: Tensor | None = None
    ) -> Tensor:
        """One step from position `index` on: UniP, or UniC where the model's `corrected` x_0 at its end is known."""
        lambdas, x0 = self.lambdas, history[-1]
        h = lambdas[index + 1] - lambdas[index]
        ratios = [(lambdas[index - back] - lambdas[index]) / h for back in range(1, order)]
        slopes = [(history[-1 - back] - x0) / ratio for back, ratio in enumerate(ratios, start=1)]
        if corrected is not None:
            ratios.append(torch.ones(()))
            slopes.append(corrected - x0)
        base = torch.expm1(-h)
        step = x0
        for weight, slope in zip(_weights(ratios, -h, base), slopes, strict=True):
            step = step + weight * slope
        return (self.noise[index + 1] / self.noise[index]) * x - (self.signal[index + 1] * base) * step


def _weights(ratios: list[Tensor], h: Tensor, base: Tensor) -> list[float]:
    """ρ: the solution of the last equation above. With one unknown both UniP-2 and UniC-1 take 1/2, which any B(h)
    allows to their order."""
    if len(ratios) <= 1:
        return [0.5] * len(ratios)
    points = torch.stack(ratios)
    phi, factorial, right = torch.expm1(h) / h - 1, 1.0, []
    for n in range(1, len(ratios) + 1):
        right.append(phi * factorial / base)
        factorial *= n + 1
        phi = phi / h - 1 / factorial
    powers = torch.stack([points ** (n - 1) for n in range(1, len(ratios) + 1)])
    return [float(weight) for weight in torch.linalg.solve(powers, torch.stack(right))]
