"""PNDM: Liu et al., "Pseudo Numerical Methods for Diffusion Models on Manifolds" (2022), algorithm 2 and eq. 9, 12, 13;
without its Runge-Kutta start (`skip_prk_steps`) it is the PLMS sampler of the original Stable Diffusion."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

from sd_models.errors import RequestError
from sd_models.samplers.base import Noise, Sampler, State, noise_from
from sd_models.schedule import spaced_timesteps

__all__ = ["PNDM"]


class PNDM(Sampler):
    """A linear multistep method on the predicted noise, then the transfer φ of eq. 9 along it, which is DDIM:

        ε' = (55 ε_0 − 59 ε_1 + 37 ε_2 − 9 ε_3) / 24                                   (eq. 12; ε_k is k steps back)
        φ(x, ε', t, t') = √(ᾱ'/ᾱ) · x − (ᾱ' − ᾱ) · ε' / (ᾱ · √(1 − ᾱ') + √(ᾱ · (1 − ᾱ) · ᾱ'))

    The first three steps have no history: pseudo Runge-Kutta makes them with four evaluations each (eq. 13), PLMS with
    lower orders, taking its first step twice. `held` keeps the latents before the step and the Runge-Kutta sum.
    """

    name = "pndm"
    scheduler = "PNDMScheduler"
    reads = frozenset({"set_alpha_to_one", "skip_prk_steps"})
    defaults = MappingProxyType({"set_alpha_to_one": False})
    allows_zero_terminal_snr = False

    def place(self) -> None:
        steps = self.num_inference_steps
        self.interval = self.config.num_train_timesteps // steps
        spaced = spaced_timesteps(self.config, steps)
        if self.config.skip_prk_steps:
            self.runge_kutta = spaced[:0]
            self._place_at_timesteps(np.concatenate([spaced[:1], spaced[1:2], spaced[1:]]))
            return
        if steps < 4:
            raise RequestError("pndm starts with four Runge-Kutta steps on this model: choose 4 steps or more")
        ends = np.stack([spaced[:4] + self.interval // 2, spaced[:4]], axis=1).flatten()  # each after its midpoint
        self.runge_kutta = ends[1:].repeat(2)[1:-1]
        self._place_at_timesteps(np.concatenate([self.runge_kutta, spaced[3:]]))

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        if state.index - state.begin < len(self.runge_kutta):
            return self._pseudo_runge_kutta(state, output)
        return self._linear_multistep(state, output)

    def _pseudo_runge_kutta(self, state: State, output: Tensor) -> State:
        count, history = state.index - state.begin, state.history
        before, total = state.held or (state.latents, torch.zeros_like(output))
        stage = count % 4
        if stage == 0:
            before, history = state.latents, (*history, output)
        direction = output
        if stage == 3:
            direction, total = total + output / 6, torch.zeros_like(total)
        else:
            total = total + output / (6 if stage == 0 else 3)
        to = int(self.timesteps[state.index]) - (0 if count % 2 else self.interval // 2)
        x = self.transfer(before, direction, int(self.runge_kutta[count // 4 * 4]), to)
        return State(state.index + 1, x, state.begin, history, (before, total))

    def _linear_multistep(self, state: State, output: Tensor) -> State:
        count, x, held = state.index - state.begin, state.latents, state.held
        at = int(self.timesteps[state.index])
        to = at - self.interval
        history = (*state.history, output)[-4:]
        if count == 1:  # PLMS takes its first step again, with the mean of the slopes at both ends
            at, to, x = at + self.interval, at, held[0]
            direction, history, held = (output + state.history[-1]) / 2, state.history, ()
        elif len(history) == 1:
            direction, held = output, (x,)
        elif len(history) == 2:
            direction = (3 * history[-1] - history[-2]) / 2
        elif len(history) == 3:
            direction = (23 * history[-1] - 16 * history[-2] + 5 * history[-3]) / 12
        else:
            direction = (55 * history[-1] - 59 * history[-2] + 37 * history[-3] - 9 * history[-4]) / 24
        return State(state.index + 1, self.transfer(x, direction, at, to), state.begin, history, held)

    def transfer(self, x: Tensor, direction: Tensor, at: int, to: int) -> Tensor:
        """φ: the latents at timestep `to` from those at `at`, along what the model predicted."""
        alpha_bar = self.alphas_cumprod[at]
        after = self.alphas_cumprod[to] if to >= 0 else self.final_alpha_cumprod
        epsilon = noise_from(direction, x, alpha_bar, self.config.prediction_type)
        below = alpha_bar * (1 - after).sqrt() + (alpha_bar * (1 - alpha_bar) * after).sqrt()
        return (after / alpha_bar).sqrt() * x - (after - alpha_bar) * epsilon / below
