"""The picture world: storyboard panels composed at random, each with a caption and the exact list of what it shows.

    panel(7).image          # uint8 (144, 256, 3)
    panel(7).caption        # "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow"
    python -m sd_models.training.world --sheet sheet.png

Needs numpy and pillow only. Same seed, split and size: same panel.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from sd_models.training.world import captions
from sd_models.training.world.attributes import Attributes, Figure, sample
from sd_models.training.world.composition import Box, compose

__all__ = ["Attributes", "Box", "Figure", "Panel", "draw", "panel"]


@dataclass(frozen=True)
class Panel:
    """One panel: `image` is uint8 (H, W, 3), `caption` a random way to say it, `attributes` all that is in it, `boxes`
    where each of its figures is seen (left, top, right, bottom, as shares of the frame)."""

    image: np.ndarray
    caption: str
    attributes: Attributes
    boxes: tuple[Box, ...]


def panel(seed: int, split: str = "train", size: tuple[int, int] = (256, 144)) -> Panel:
    """Panel number `seed` of the split "train" or "heldout" (combinations that training never shows).

    `size` is (width, height) in pixels, about 16:9. A seed has the same attributes and caption at every size.
    """
    rng = random.Random(f"{split}:{seed}")
    attributes = sample(rng, split)
    caption = captions.caption(attributes, rng)
    image, boxes = compose(attributes, rng, size)
    return Panel(image, caption, attributes, boxes)


def draw(attributes: Attributes, seed: int = 0, size: tuple[int, int] = (256, 144)) -> Panel:
    """A panel of given attributes, with the caption that says everything."""
    image, boxes = compose(attributes, random.Random(seed), size)
    return Panel(image, captions.plain(attributes), attributes, boxes)
