"""DDPM: Ho, Jain & Abbeel, "Denoising Diffusion Probabilistic Models" (2020), algorithm 2."""

from __future__ import annotations

from torch import Tensor

from sd_models.samplers.base import Noise, Sampler, State
from sd_models.schedule import spaced_timesteps

__all__ = ["DDPM"]


class DDPM(Sampler):
    """Every step draws from the Gaussian that undoes one step of noising (eq. 6 and 7), here between the timesteps
    that the run visits:

        μ = √ᾱ' · β / (1 − ᾱ) · x_0 + √α · (1 − ᾱ') / (1 − ᾱ) · x        ᾱ' the level after the step, α = ᾱ / ᾱ'
        β̃ = (1 − ᾱ') / (1 − ᾱ) · β                                        β = 1 − α
        x' = μ + √β̃ · z                                                  z standard normal, none at timestep 0
    """

    name = "ddpm"
    scheduler = "DDPMScheduler"
    reads = frozenset({"clip_sample", "clip_sample_range", "thresholding", "variance_type"})

    def place(self) -> None:
        self._place_at_timesteps(spaced_timesteps(self.config, self.num_inference_steps))

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        index, x = state.index, state.latents
        x0 = self.predict_x0(output, x, index)
        alpha_bar, after = self.alphas_cumprod[self.timesteps[index]], self.final_alpha_cumprod.new_tensor(1.0)
        if index + 1 < len(self.timesteps):
            after = self.alphas_cumprod[self.timesteps[index + 1]]
        alpha = alpha_bar / after
        beta = 1 - alpha
        left = 1 - alpha_bar
        x = (after.sqrt() * beta / left) * x0 + (alpha.sqrt() * (1 - after) / left) * x
        if self.timesteps[index] > 0:
            variance = (1 - after) / left * beta
            x = x + variance.clamp(min=1e-20).sqrt() * draw()
        return State(index + 1, x, state.begin)
