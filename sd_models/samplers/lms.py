"""LMS: the linear multistep (Adams-Bashforth) method on dx/dσ, as in Crowson's k-diffusion."""

from __future__ import annotations

import numpy as np
from torch import Tensor

from sd_models.samplers.base import ExplodingSampler, Noise, State

__all__ = ["LMS"]


class LMS(ExplodingSampler):
    """Lays a polynomial through the last four slopes and integrates it from σ to σ':

    x' = x + Σ_j c_j · d_j,        c_j = ∫ ∏_{k≠j} (τ − σ_k) / (σ_j − σ_k) dτ from σ to σ'
    """

    name = "lms"
    scheduler = "LMSDiscreteScheduler"
    reads = frozenset({"use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas"})
    allows_zero_terminal_snr = False
    order = 4

    def step(self, state: State, output: Tensor, draw: Noise) -> State:
        x, index = state.latents, state.index
        slopes = (*state.history, self.derivative(output, x, index))[-self.order :]
        # The order counts from the schedule's start even where picture to picture enters later and has fewer slopes,
        # as in diffusers, to whose pictures ours are equal.
        order = min(index + 1, self.order)
        for place, slope in enumerate(reversed(slopes[-order:])):
            x = x + self.coefficient(order, index, place) * slope
        return State(index + 1, x, state.begin, history=slopes)

    def coefficient(self, order: int, index: int, place: int) -> float:
        """c_j of the slope `place` positions back: the exact integral of its Lagrange polynomial."""
        nodes = [float(self.sigmas[index - back]) for back in range(order)]
        own = nodes.pop(place)
        integral = np.polyint(np.atleast_1d(np.poly(nodes)) / np.prod([own - node for node in nodes]))
        start, end = (np.polyval(integral, float(self.sigmas[at])) for at in (index, index + 1))
        return float(end - start)
