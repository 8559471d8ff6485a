"""What a model is drawn with where nobody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from sd_models.config import ModelConfig
from sd_models.errors import CheckpointError
from sd_models.samplers import SAMPLERS, sampler_for_scheduler

__all__ = ["Defaults"]


@dataclass(frozen=True)
class Defaults:
    """`width` and `height` in pixels, both multiples of `multiple`."""

    sampler: str = "dpmpp_2m"
    steps: int = 30
    guidance: float = 7.5
    layout_guidance: float = 1.5
    width: int = 512
    height: int = 512
    multiple: int = 8

    @classmethod
    def of(cls, config: ModelConfig) -> Defaults:
        """What the folder's `drawing.json` says; else its scheduler's sampler, 30 steps, guidance 7.5, and the size
        that the UNet was trained on. Raises CheckpointError where `drawing.json` is damaged."""
        said, multiple = config.defaults, config.vae.downscale
        trained = config.unet.sample_size * multiple
        try:
            width, height = (int(side) for side in said.get("size", (trained, trained)))
            sampler = str(said.get("sampler") or sampler_for_scheduler(config.scheduler.get("_class_name")))
            defaults = cls(
                sampler,
                int(said.get("steps", 30)),
                float(said.get("guidance", 7.5)),
                float(said.get("layout_guidance", 1.5)),
                width,
                height,
                multiple,
            )
        except (TypeError, ValueError) as error:
            raise CheckpointError(f"the model's drawing.json is damaged ({error}): copy its folder again") from None
        if defaults.sampler not in SAMPLERS or defaults.steps < 1:
            raise CheckpointError("the model's drawing.json is damaged: it names no sampler or no steps")
        return defaults
