"""DDIM: Song, Meng & Ermon, "Denoising Diffusion Implicit Models" (2021), eq. 12 with σ = 0."""

from __future__ import annotations

from torch import Tensor

from sd_models.samplers.base import Noise, Sampler, State
from sd_models.schedule import spaced_timesteps

__all__ = ["DDIM"]


class DDIM(Sampler):
    """Takes the picture that the model sees and puts less of the same noise back, so that a run draws no noise but
    its first:

        x' = √ᾱ' · x_0 + √(1 − ᾱ') · ε,        ε = (x − √ᾱ · x_0) / √(1 − ᾱ) before x_0 is clipped

    ᾱ' belongs to the timestep T / steps below the present one.
    """

    name = "ddim"
    scheduler = "DDIMScheduler"
    reads = frozenset({"clip_sample", "clip_sample_range", "set_alpha_to_one", "thresholding"})

    def place(self) -> None:
        self._place_at_timesteps(spaced_timesteps(self.config, self.num_inference_steps))

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        before = int(self.timesteps[index]) - self.config.num_train_timesteps // self.num_inference_steps
        after = self.alphas_cumprod[before] if before >= 0 else self.final_alpha_cumprod
        x0 = self.predict_x0(output, x, index)
        epsilon = self.predict_noise(output, x, index)
        return State(index + 1, after.sqrt() * x0 + (1 - after).sqrt() * epsilon, state.begin)
