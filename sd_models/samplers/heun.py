"""Heun: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022), algorithm 1."""

from __future__ import annotations

import torch
from torch import Tensor

from sd_models.samplers.base import ExplodingSampler, Noise, State

__all__ = ["Heun"]


class Heun(ExplodingSampler):
    """An Euler step, then the same step again with the mean of the slopes at both ends: two evaluations a step, except
    the last, whose far end is σ = 0. Positions 2k − 1 and 2k are the two ends of step k and have the same σ.

    Between the two evaluations the state holds the latents before the step and the first slope.
    """

    name = "heun"
    scheduler = "HeunDiscreteScheduler"
    reads = frozenset(
        {"use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "clip_sample", "clip_sample_range"}
    )
    evaluations = 2
    allows_zero_terminal_snr = False

    def place(self) -> None:
        super().place()
        once = self.sigmas
        self.timesteps = torch.cat([self.timesteps[:1], self.timesteps[1:].repeat_interleave(2)])
        self._set_sigmas(torch.cat([once[:1], once[1:-1].repeat_interleave(2), once[-1:]]))

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        slope = self.derivative(output, x, index)
        if not state.held:
            ahead = x + slope * (self.sigmas[index + 1] - self.sigmas[index])
            return State(index + 1, ahead, state.begin, held=(x, slope))
        before, first = state.held
        x = before + (first + slope) / 2 * (self.sigmas[index] - self.sigmas[index - 1])
        return State(index + 1, x, state.begin)
