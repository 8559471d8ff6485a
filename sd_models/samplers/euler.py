"""Euler and Euler ancestral: Karras et al., "Elucidating the Design Space of Diffusion-Based Generative Models" (2022),
algorithm 1 without its correction; ancestral steps after Ho et al. 2020 in the form of Crowson's k-diffusion."""

from __future__ import annotations

from torch import Tensor

from sd_models.samplers.base import ExplodingSampler, Noise, State

__all__ = ["Euler", "EulerAncestral"]


class Euler(ExplodingSampler):
    """Follows the slope dx/dσ for one straight step: x' = x + (σ' − σ) · dx/dσ."""

    name = "euler"
    scheduler = "EulerDiscreteScheduler"
    reads = frozenset(
        {
            "use_karras_sigmas",
            "use_exponential_sigmas",
            "use_beta_sigmas",
            "final_sigmas_type",
            "timestep_type",
            "interpolation_type",
        }
    )

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        slope = self.derivative(output, x, index)
        return State(index + 1, x + slope * (self.sigmas[index + 1] - self.sigmas[index]), state.begin)


class EulerAncestral(ExplodingSampler):
    """Steps down further than asked and puts fresh noise back, as the ancestral sampler of DDPM does:

    σ_up² = σ'² · (σ² − σ'²) / σ²,        σ_down² = σ'² − σ_up²
    x' = x + (σ_down − σ) · dx/dσ + σ_up · z
    """

    name = "euler_a"
    scheduler = "EulerAncestralDiscreteScheduler"

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        sigma, after = self.sigmas[index], self.sigmas[index + 1]
        up = (after**2 * (sigma**2 - after**2) / sigma**2) ** 0.5
        down = (after**2 - up**2) ** 0.5
        x = x + self.derivative(output, x, index) * (down - sigma)
        return State(index + 1, x + draw() * up, state.begin)
