"""The default engine: Stable Diffusion as it is written out in this package."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial

import torch
from PIL import Image

from sd_models.attention import attending
from sd_models.engines import Drawn
from sd_models.engines.groups import Group, GroupEngine, Progress, shared_attention
from sd_models.pipeline import Settings, StableDiffusion, Step

__all__ = ["ScratchEngine"]


class ScratchEngine(GroupEngine):
    """Draws with `StableDiffusion`."""

    name = "scratch"

    def __init__(self, pipeline: StableDiffusion, model: str, revision: str = "") -> None:
        self.pipeline, self.model, self.revision = pipeline, model, revision
        self.defaults = pipeline.defaults
        self.takes_layout = pipeline.config.unet.takes_layout

    def draw_group(self, group: Group) -> Iterator[Progress | Drawn]:
        sd, drawn = self.pipeline, group.batch
        shared = shared_attention(group)
        first = len(drawn) - len(group.requests)
        step: Step | None = None
        with attending(sd.unet, shared.choose) if shared else nullcontext():
            for step in sd.generate_steps(
                [request.prompt for request in drawn],
                [request.negative_prompt for request in drawn],
                **batch_settings(group),
            ):
                if shared:
                    shared.active = True
                yield Progress(step.index + 1, step.total, partial(_preview, step, first))
        assert step is not None  # a run has at least one step
        for number, request in enumerate(group.requests):
            painted = sd.decode(step.latents[first + number : first + number + 1])[0]
            facts: dict[str, object] = {
                "hidden": painted.info.get("hidden", False),
                "truncated": sd.truncated(request.prompt),
                "device": sd.device.type,
                "dtype": str(sd.dtype).removeprefix("torch."),
                "torch": torch.__version__,
            }
            yield Drawn(number, group.finished(number, painted), facts)


def batch_settings(group: Group) -> Settings:
    """A group's requests as settings of one batch."""
    first = group.first
    settings = Settings(
        num_inference_steps=first.steps,
        guidance_scale=first.guidance,
        sampler=first.sampler,
        height=first.height,
        width=first.width,
        seed=[request.seed for request in group.batch],
        variation=[
            None if request.variation_seed is None else (request.variation_seed, request.variation_amount)
            for request in group.batch
        ],
    )
    if group.sources:
        settings["image"] = group.sources
        settings["strength"] = 0.8 if first.strength is None else first.strength
    if group.masks:
        settings["mask_image"] = group.masks
    if group.layouts:
        settings["layout"] = group.layouts
    return settings


def _preview(step: Step, first: int, number: int) -> Image.Image:
    return step.preview(first + number)
