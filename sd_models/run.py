"""One run: from a start of noise to finished latents, an evaluation of the UNet at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from sd_models.attention import TextContext
from sd_models.errors import DrawingError
from sd_models.guidance import Guidance
from sd_models.noise import NoiseSource
from sd_models.samplers import Sampler, State
from sd_models.unet import UNet

__all__ = ["Evaluation", "Inpainting", "Run"]


@dataclass(frozen=True, eq=False)
class Inpainting:
    """`mask` (B, 1, h, w), where 1 is repainted. With a plain UNet: the original's latents (B, C, h, w) and the noise
    that hides them; with a UNet that sees mask and masked picture: `seen` (B, 1 + C, h, w), these two."""

    mask: Tensor
    original: Tensor | None = None
    noise: Tensor | None = None
    seen: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Evaluation:
    """After an evaluation: the run's new state, the timestep that the UNet was asked at, and the finished latents x_0
    (B, C, h, w) that it had in mind."""

    state: State
    timestep: float
    x0: Tensor


@dataclass(frozen=True, eq=False)
class Run:
    """What stays the same from step to step. `guided` is the text of guided evaluations, the negative prompts (twice
    with guidance towards a layout) and then the prompts; `prompts` that of others. Tensors are float32 on the model's
    device."""

    sampler: Sampler
    start: State
    guidance: Guidance
    guided: TextContext
    prompts: TextContext
    embedding: Tensor | None
    """The guidance scale as an input, (1, width), for models that were distilled with it."""
    draws: NoiseSource
    inpainting: Inpainting | None
    layout: Tensor | None = None
    """The layouts' latents, (B, C, h, w), for models that take one; zero where there is none."""

    @property
    def total(self) -> int:
        """How many evaluations the whole run takes."""
        return len(self.sampler.timesteps) - self.start.begin

    @torch.inference_mode()
    def evaluations(self, unet: UNet) -> Iterator[Evaluation]:
        """Runs. Raises DrawingError when the numbers overflow."""
        state, sampler = self.start, self.sampler
        while state.index < len(sampler.timesteps):
            index = state.index
            output = self._predict(unet, state)
            x0 = sampler.predict_x0(output, state.latents, index)
            state = self._keep_original(sampler.step(state, output, self._draw))
            if not bool(torch.isfinite(state.latents).all()):
                raise DrawingError(
                    f"the numbers overflowed at step {index - state.begin + 1} of {self.total} (NaN): "
                    "use dtype=float32, a lower guidance, or check the model's files"
                )
            yield Evaluation(state, float(sampler.timesteps[index]), x0)

    def _predict(self, unet: UNet, state: State) -> Tensor:
        """What the model predicts, guided: (B, C, h, w) float32. All of it goes through the UNet as one batch."""
        index = state.index
        latents = self.sampler.scale_model_input(state.latents, index)
        if self.inpainting is not None and self.inpainting.seen is not None:
            latents = torch.cat([latents, self.inpainting.seen], dim=1)
        guided = self.guidance.applies(index - state.begin, self.total)
        text = self.guided if guided else self.prompts
        copies = len(text.hidden) // len(latents)
        layout = self.layout
        if copies > 1:
            latents = torch.cat([latents] * copies)
            if layout is not None:  # of three predictions, the first is made without it
                layout = torch.cat([torch.zeros_like(layout)] * (copies - 2) + [layout, layout])
        if layout is not None:
            latents = torch.cat([latents, layout], dim=1)
        weight = unet.conv_in.weight
        timestep = self.sampler.timesteps[index].to(weight.device)
        output = unet(latents.to(weight), timestep, text, self.embedding).float()
        return self.guidance(*reversed(output.chunk(copies))) if guided else output

    def _keep_original(self, state: State) -> State:
        """With a plain UNet, what is outside of the mask goes back to the original, with the noise of this position."""
        inpainting = self.inpainting
        if inpainting is None or inpainting.original is None or inpainting.noise is None:
            return state
        original = inpainting.original
        if state.index < len(self.sampler.timesteps):
            original = self.sampler.add_noise(original, inpainting.noise, state.index)
        mask = inpainting.mask
        return replace(state, latents=(1 - mask) * original + mask * state.latents)

    def _draw(self) -> Tensor:
        latents = self.start.latents
        return self.draws(tuple(latents.shape[1:])).to(latents)
