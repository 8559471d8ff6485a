"""DPM-Solver++(2M): Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models"
(2022), algorithm 2; its Karras variant takes σ from Karras et al. 2022, eq. 5."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

from sd_models.samplers.base import Noise, Sampler, State
from sd_models.schedule import Array, sigma_schedule, sigma_to_timestep, spaced_timesteps, training_sigmas

__all__ = ["DPMSolverPP2M", "DPMSolverPP2MKarras", "LogSNRSampler"]


class LogSNRSampler(Sampler):
    """Solvers in λ = log(signal / noise), half the log signal-to-noise ratio, on variance-preserving latents:
    signal = 1 / √(σ² + 1), noise = σ · signal. λ rises to infinity where the run ends at σ = 0."""

    reads = frozenset(
        {
            "use_karras_sigmas",
            "use_exponential_sigmas",
            "use_beta_sigmas",
            "final_sigmas_type",
            "lower_order_final",
            "thresholding",
            "use_flow_sigmas",
        }
    )
    defaults = MappingProxyType({"timestep_spacing": "linspace"})

    def place(self) -> None:
        config, steps = self.config, self.num_inference_steps
        training = training_sigmas(self.alphas_cumprod)
        # λ = −log σ: timesteps noisier than `lambda_min_clipped` are left out (the cosine schedule needs it)
        clipped = int(np.searchsorted(-np.log(training[::-1]), config.lambda_min_clipped))
        timesteps = spaced_timesteps(config, steps, points=steps + 1, last=config.num_train_timesteps - clipped)
        sigmas = sigma_schedule(config, steps, training[-1].item(), training[0].item())
        if sigmas is None:
            sigmas = np.interp(timesteps, np.arange(len(training)), training)
        else:
            timesteps = self.whole_timesteps(sigma_to_timestep(sigmas, training))
        self.timesteps = torch.from_numpy(timesteps.astype(np.int64))
        self.sigmas = self._with_final_sigma(sigmas)
        self.signal = 1 / (self.sigmas**2 + 1) ** 0.5
        self.noise = self.sigmas * self.signal
        self.lambdas = self.signal.log() - self.noise.log()

    def whole_timesteps(self, timesteps: Array) -> Array:
        """The timesteps to ask the model at for σ that lie between two."""
        return timesteps.round() if self.config.use_karras_sigmas else timesteps


class DPMSolverPP2M(LogSNRSampler):
    """Second order with one evaluation a step: extrapolates x_0 from this evaluation and the one before.

        h = λ' − λ,   r = (λ − λ_before) / h,   D = x_0 + (x_0 − x_0_before) / (2r)
        x' = (noise' / noise) · x − signal' · (e^−h − 1) · D

    The first step has no evaluation before it and D = x_0 (DPM-Solver-1, which is DDIM); so has the last step where
    it ends at σ = 0, or in runs of less than 15 steps (`lower_order_final`).
    """

    name = "dpmpp_2m"
    scheduler = "DPMSolverMultistepScheduler"
    reads = LogSNRSampler.reads | {"use_lu_lambdas", "lambda_min_clipped"}

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        x0 = self.predict_x0(output, x, index)
        h = self.lambdas[index + 1] - self.lambdas[index]
        direction = x0
        if state.history and not self._is_first_order(index):
            r = (self.lambdas[index] - self.lambdas[index - 1]) / h
            direction = x0 + (x0 - state.history[-1]) / (2 * r)
        x = (self.noise[index + 1] / self.noise[index]) * x - (self.signal[index + 1] * torch.expm1(-h)) * direction
        return State(index + 1, x, state.begin, history=(x0,))

    def _is_first_order(self, index: int) -> bool:
        short = self.config.lower_order_final and len(self.timesteps) < 15
        return index == len(self.timesteps) - 1 and (short or self.config.final_sigmas_type == "zero")

    def whole_timesteps(self, timesteps: Array) -> Array:
        rounds = self.config.use_karras_sigmas or self.config.use_lu_lambdas
        return timesteps.round() if rounds and self.config.beta_schedule != "squaredcos_cap_v2" else timesteps


class DPMSolverPP2MKarras(DPMSolverPP2M):
    """DPM-Solver++(2M) on Karras' σ, which spend more steps where noise is little."""

    name = "dpmpp_2m_karras"
    fixed = MappingProxyType({"use_karras_sigmas": True})
