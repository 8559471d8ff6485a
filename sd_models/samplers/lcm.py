"""LCM: Luo et al., "Latent Consistency Models" (2023), algorithm 3 (multistep latent consistency sampling)."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from torch import Tensor

from sd_models.errors import RequestError
from sd_models.samplers.base import Noise, Sampler, State

__all__ = ["LCM"]


class LCM(Sampler):
    """For models distilled to jump to the picture at once. Every step jumps, then puts fresh noise back for the next:

        f = c_skip · x + c_out · x_0,        x' = √ᾱ' · f + √(1 − ᾱ') · z, none after the last step

    c_skip = σ_d² / (s² + σ_d²) and c_out = s / √(s² + σ_d²) with s = `timestep_scaling` · t and σ_d = 0.5 (eq. 9)
    make f the identity at t = 0. Timesteps are picked from the `original_inference_steps` of the distillation.
    """

    name = "lcm"
    scheduler = "LCMScheduler"
    reads = frozenset(
        {
            "clip_sample",
            "clip_sample_range",
            "thresholding",
            "set_alpha_to_one",
            "original_inference_steps",
            "timestep_scaling",
        }
    )
    defaults = MappingProxyType({"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"})
    sigma_data = 0.5

    def place(self) -> None:
        config, steps = self.config, self.num_inference_steps
        distilled = config.original_inference_steps
        if steps > distilled:
            raise RequestError(f"{steps} steps are too many for lcm on this model: choose 1 to {distilled}")
        candidates = np.arange(distilled, 0, -1) * (config.num_train_timesteps // distilled) - 1
        picked = np.floor(np.linspace(0, distilled, steps, endpoint=False)).astype(np.int64)
        self._place_at_timesteps(candidates[picked])

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        scaled = float(self.timesteps[index]) * self.config.timestep_scaling
        skip = self.sigma_data**2 / (scaled**2 + self.sigma_data**2)
        out = scaled / (scaled**2 + self.sigma_data**2) ** 0.5
        x = out * self.predict_x0(output, x, index) + skip * x
        if index + 1 < len(self.timesteps):
            x = self.add_noise(x, draw(), index + 1)
        return State(index + 1, x, state.begin)
