"""Classifier-free guidance: away from what the model would draw for the negative prompt, towards the prompt.

Ho & Salimans, "Classifier-Free Diffusion Guidance" (2022), eq. 6; rescaled as in Lin et al. 2024, section 3.4; in an
interval as in Kynkäänniemi et al., "Applying Guidance in a Limited Interval" (2024); towards a layout as in Brooks et
al., "InstructPix2Pix" (2023), section 3.2.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from sd_models.errors import RequestError

__all__ = ["Guidance", "guidance_embedding"]


@dataclass(frozen=True, kw_only=True)
class Guidance:
    """How strongly a run is guided. A scale of 1 or less is no guidance, at half the cost.

    `rescale` in [0, 1] pulls the guided prediction's contrast back towards that of the prompt's. `interval` are two
    fractions of the run: outside of [start, stop) the prompt alone is asked, at half the cost. `layout` above 1 guides
    towards the layout too, for one evaluation more."""

    scale: float = 7.5
    rescale: float = 0.0
    interval: tuple[float, float] = (0.0, 1.0)
    layout: float = 1.0

    def __post_init__(self) -> None:
        start, stop = self.interval
        if not math.isfinite(self.scale) or self.scale < 0:
            raise RequestError(f"guidance {self.scale} cannot be used: choose a number from 0 on, such as 7.5")
        if not 0 <= self.rescale <= 1:
            raise RequestError(f"guidance_rescale={self.rescale} is outside of 0 to 1")
        if not 0 <= start <= stop <= 1:
            raise RequestError(f"guidance_interval={self.interval} should be fractions such as (0.2, 0.8)")
        if not math.isfinite(self.layout) or self.layout < 1:
            raise RequestError(f"layout_guidance={self.layout} cannot be used: choose a number from 1 on, such as 1.5")

    def applies(self, index: int, total: int) -> bool:
        """Whether evaluation number `index` of `total` asks for both prompts."""
        start, stop = self.interval
        return self.scale > 1 and start <= index / total < stop

    def __call__(self, positive: Tensor, negative: Tensor, unlaid: Tensor | None = None) -> Tensor:
        """The guided prediction: ε_neg + scale · (ε_pos − ε_neg), each (B, C, h, w); where there is a prediction
        without text and layout, ε_0, it is ε_0 + layout · (ε_neg − ε_0) + scale · (ε_pos − ε_neg)."""
        base = negative if unlaid is None else unlaid + self.layout * (negative - unlaid)
        guided = base + self.scale * (positive - negative)
        if not self.rescale:
            return guided
        axes = tuple(range(1, positive.ndim))
        matched = guided * (positive.std(axes, keepdim=True) / guided.std(axes, keepdim=True))
        return self.rescale * matched + (1 - self.rescale) * guided


def guidance_embedding(scale: float, width: int) -> Tensor:
    """The guidance scale as sinusoids, for models that were distilled with it as an input (Meng et al., "On
    Distillation of Guided Diffusion Models", 2023). Shape (1, width), float32."""
    half = width // 2
    frequencies = torch.exp(torch.arange(half, dtype=torch.float32) * (-math.log(10000.0) / (half - 1)))
    angles = (scale - 1) * 1000.0 * frequencies
    return torch.nn.functional.pad(torch.cat([angles.sin(), angles.cos()]), (0, width % 2))[None]
