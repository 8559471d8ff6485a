"""What every sampler shares: the levels of signal and noise, the three things a model may predict, and the state of a
run, which is a plain value, so that a run can be saved after any step and go on from there.

At position i of a run the latents are x = signal_i · x_0 + noise_i · ε. Two conventions are in use:

| convention          | signal_i       | noise_i          | samplers                                       |
|---------------------|----------------|------------------|------------------------------------------------|
| variance preserving | √ᾱ_t           | √(1 − ᾱ_t)       | ddpm, ddim, pndm, lcm, dpmpp_2m, unipc         |
| variance exploding  | 1              | σ_t              | euler, euler_a, heun, lms (Karras et al. 2022) |
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor

from sd_models.errors import RequestError
from sd_models.schedule import (
    Array,
    ScheduleConfig,
    alphas_cumprod,
    sigma_schedule,
    sigma_to_timestep,
    spaced_timesteps,
    training_sigmas,
)

__all__ = ["ExplodingSampler", "Noise", "Sampler", "State", "noise_from"]

Noise = Callable[[], Tensor]
"""Draws standard normal noise of the latents' shape."""


@dataclass(frozen=True)
class State:
    """A run between two evaluations of the model. `index` is the position in the sampler's timesteps, `latents`
    (B, C, h, w) float32 what the next evaluation sees (before `scale_model_input`), `begin` where the run started.
    `history` holds what multistep samplers remember of earlier evaluations, newest last; `held` what a step of
    several evaluations keeps between them."""

    index: int
    latents: Tensor
    begin: int = 0
    history: tuple[Tensor, ...] = ()
    held: tuple[Tensor, ...] = ()

    def to_tensors(self) -> dict[str, Tensor]:
        """The state as named tensors, for `torch.save` or safetensors."""
        tensors = {"position": torch.tensor([self.index, self.begin]), "latents": self.latents}
        tensors |= {f"history.{place}": tensor for place, tensor in enumerate(self.history)}
        tensors |= {f"held.{place}": tensor for place, tensor in enumerate(self.held)}
        return {name: tensor.contiguous() for name, tensor in tensors.items()}

    @classmethod
    def from_tensors(cls, tensors: Mapping[str, Tensor]) -> State:
        """The state that `to_tensors` wrote. Raises KeyError where it is none."""
        index, begin = (int(value) for value in tensors["position"])

        def row(name: str) -> tuple[Tensor, ...]:
            count = sum(key.startswith(f"{name}.") for key in tensors)
            return tuple(tensors[f"{name}.{place}"] for place in range(count))

        return cls(index, tensors["latents"], begin, row("history"), row("held"))


def noise_from(output: Tensor, latents: Tensor, alpha_bar: Tensor, prediction_type: str) -> Tensor:
    """The noise ε in variance-preserving latents of level `alpha_bar`, from what the model predicted."""
    signal, noise = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
    if prediction_type == "epsilon":
        return output
    if prediction_type == "sample":
        return (latents - signal * output) / noise
    return signal * output + noise * latents


class Sampler(ABC):
    """One way of walking from noise to a picture. Immutable once made: `step` takes a `State` and returns the next.

    `timesteps` (N,) are what the model is asked at, in order; a step of several evaluations names a timestep for each.
    `sigmas` (N + 1,) float32 are σ there, and last the σ that the run ends at. `signal` and `noise` (N + 1,) are the
    levels of the table above. `defaults` are what its scheduler_config.json means by leaving a setting out.
    """

    name: ClassVar[str]
    scheduler: ClassVar[str]
    """The `_class_name` in a scheduler_config.json that means this sampler."""
    reads: ClassVar[frozenset[str]] = frozenset()
    """The settings that this sampler heeds besides the schedule's own."""
    defaults: ClassVar[Mapping[str, Any]] = {}
    fixed: ClassVar[Mapping[str, Any]] = {}
    """Settings that the sampler's name decides, whatever the file says."""
    evaluations: ClassVar[int] = 1
    """Model evaluations a step."""
    allows_zero_terminal_snr: ClassVar[bool] = True

    timesteps: Tensor
    sigmas: Tensor
    signal: Tensor
    noise: Tensor

    def __init__(self, config: ScheduleConfig, num_inference_steps: int) -> None:
        """Raises RequestError where this sampler cannot follow the schedule."""
        if not 1 <= num_inference_steps <= config.num_train_timesteps:
            raise RequestError(
                f"{num_inference_steps} steps cannot be drawn: choose 1 to {config.num_train_timesteps} steps"
            )
        if config.rescale_betas_zero_snr and not self.allows_zero_terminal_snr:
            raise RequestError(
                f"{self.name} does not work with this model's schedule, which ends in pure noise (zero terminal SNR): "
                "choose ddim, ddpm, euler, euler_a, dpmpp_2m, unipc or lcm"
            )
        self.config = config
        self.num_inference_steps = num_inference_steps
        self.alphas_cumprod = alphas_cumprod(config)
        self.place()

    @abstractmethod
    def place(self) -> None:
        """Sets `timesteps`, `sigmas`, `signal` and `noise`."""

    @abstractmethod
    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        """The state after the model answered `output` (B, C, h, w) at `state`. `draw` is called as often as the
        algorithm needs fresh noise."""

    @property
    def init_noise_sigma(self) -> float:
        """The standard deviation of the latents that a run starts from."""
        return 1.0

    def scale_model_input(self, latents: Tensor, index: int) -> Tensor:
        """The latents as the model was trained to see them, with variance one."""
        return latents

    def add_noise(self, picture: Tensor, noise: Tensor, index: int) -> Tensor:
        """A picture's latents x_0 with the noise that position `index` has (eq. 4 of DDPM)."""
        return self.signal[index] * picture + self.noise[index] * noise

    def predict_x0(self, output: Tensor, latents: Tensor, index: int) -> Tensor:
        """What the model takes for the finished latents x_0, from whatever it predicts: the noise ε; the picture x_0;
        or v = signal · ε − noise · x_0 of variance-preserving latents (Salimans & Ho 2022, appendix D)."""
        signal, noise = self.signal[index], self.noise[index]
        if self.config.prediction_type == "sample":
            x0 = output
        elif self.config.prediction_type == "epsilon":
            x0 = (latents - noise * output) / signal
        else:
            scale = (signal**2 + noise**2) ** 0.5  # one where the convention preserves variance
            x0 = (signal / scale**2) * latents - (noise / scale) * output
        if self.config.clip_sample:
            x0 = x0.clamp(-self.config.clip_sample_range, self.config.clip_sample_range)
        return x0

    def predict_noise(self, output: Tensor, latents: Tensor, index: int) -> Tensor:
        """The noise ε that the model sees in variance-preserving latents, from whatever it predicts."""
        return noise_from(output, latents, self.signal[index] ** 2, self.config.prediction_type)

    def _place_at_timesteps(self, timesteps: Array) -> None:
        """Levels of whole training timesteps, variance preserving."""
        self.timesteps = torch.from_numpy(timesteps.copy())
        last = self.final_alpha_cumprod[None]
        alpha_bar = torch.cat([self.alphas_cumprod[self.timesteps], last])
        if self.config.prediction_type == "epsilon" and alpha_bar[0] == 0:
            raise RequestError(
                f"{self.name} cannot start at zero terminal SNR with a model that predicts noise: "
                "set timestep_spacing=leading or choose euler"
            )
        self.signal, self.noise = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
        self.sigmas = self.noise / self.signal

    @property
    def final_alpha_cumprod(self) -> Tensor:
        """ᾱ after the last step: 1, or where `set_alpha_to_one` is off, that of training timestep 0."""
        return torch.tensor(1.0) if self.config.set_alpha_to_one else self.alphas_cumprod[0]

    def _with_final_sigma(self, sigmas: Array) -> Tensor:
        """(N + 1,) float32: the schedule with the σ where the run ends."""
        first = self.alphas_cumprod[0]
        last = float(((1 - first) / first) ** 0.5) if self.config.final_sigmas_type == "sigma_min" else 0.0
        return torch.from_numpy(np.append(sigmas, last).astype(np.float32))


class ExplodingSampler(Sampler):
    """The convention of Karras et al. 2022: x = x_0 + σ · ε; the model sees x / √(σ² + 1)."""

    defaults = MappingProxyType({"timestep_spacing": "linspace"})

    def place(self) -> None:
        training = training_sigmas(self.alphas_cumprod)
        timesteps = spaced_timesteps(self.config, self.num_inference_steps, whole=False)
        sigmas = np.interp(timesteps, np.arange(len(training)), training)
        spaced = sigma_schedule(self.config, self.num_inference_steps, sigmas[0], sigmas[-1])
        if spaced is not None:
            sigmas, timesteps = spaced, sigma_to_timestep(spaced, training)
        self.timesteps = torch.from_numpy(timesteps.astype(np.float32))
        self._set_sigmas(self._with_final_sigma(sigmas))

    def _set_sigmas(self, sigmas: Tensor) -> None:
        self.sigmas, self.noise, self.signal = sigmas, sigmas, torch.ones_like(sigmas)

    @property
    def init_noise_sigma(self) -> float:
        highest = float(self.sigmas.max())
        return float((highest**2 + 1) ** 0.5) if self.config.timestep_spacing == "leading" else highest

    def scale_model_input(self, latents: Tensor, index: int) -> Tensor:
        return latents / (self.sigmas[index] ** 2 + 1) ** 0.5

    def derivative(self, output: Tensor, latents: Tensor, index: int) -> Tensor:
        """dx/dσ = (x − x_0) / σ, the probability flow of Karras et al. 2022, eq. 3."""
        return (latents - self.predict_x0(output, latents, index)) / self.sigmas[index]
