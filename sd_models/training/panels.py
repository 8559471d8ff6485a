"""Draw the panels that training learns from: composed at random, each with a caption and the exact list of its content.

    panel(7).image          # uint8 (144, 256, 3)
    panel(7).caption        # "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow"
    python -m sd_models.training.panels --sheet sheet.png

Needs numpy and Pillow only. Same seed, split and size: same panel.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from sd_models.training import captions
from sd_models.world.attributes import Attributes, sample
from sd_models.world.composition import compose
from sd_models.world.values import Box


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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sd_models.training.panels", description="Draw a contact sheet.")
    parser.add_argument("--sheet", type=Path, required=True, help="where to write a contact sheet")
    parser.add_argument("--seed", type=int, default=0, help="the first panel's seed")
    parser.add_argument("--split", choices=("train", "heldout"), default="train")
    parser.add_argument("--grid", default="6x6", help="columns x rows")
    parser.add_argument("--captions", action="store_true", help="print each panel's caption")
    args = parser.parse_args()
    columns, rows = (int(part) for part in args.grid.split("x"))
    width, height = 256, 144
    sheet = Image.new("RGB", (columns * (width + 4) - 4, rows * (height + 4) - 4))
    started = time.perf_counter()
    for k in range(columns * rows):
        drawn = panel(args.seed + k, args.split)
        sheet.paste(Image.fromarray(drawn.image), ((k % columns) * (width + 4), (k // columns) * (height + 4)))
        if args.captions:
            print(f"{args.seed + k}: {drawn.caption}")
    print(f"{(time.perf_counter() - started) / (columns * rows) * 1000:.1f} ms a panel")
    sheet.save(args.sheet)


if __name__ == "__main__":
    main()
