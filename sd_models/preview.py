"""What a half-finished picture looks like, without the decoder: each latent is about a colour, and the map from one to
the other is about linear. The map is fitted once for a model, by least squares against its own encoder."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from sd_models.images import tensor_to_pictures

__all__ = ["fit_colours", "preview"]

GRID = 8
"""Patches a side of the chart that the map is fitted on; a patch is two latents wide."""


@torch.inference_mode()
def fit_colours(encode: Callable[[Tensor], Tensor], downscale: int) -> Tensor:
    """The map from scaled latents to colours in [−1, 1], shape (C + 1, 3): a row for each channel, and a constant.
    `encode` makes scaled latents (B, C, h, w) of pictures (B, 3, H, W) in [−1, 1].

    Encodes a chart of random colours, flat and blended into their neighbours, and solves for the colour of each
    latent's place. For SD 1.5 that is 0.4% of the arithmetic of one 512x512 picture in 20 guided steps."""
    draw = torch.Generator().manual_seed(0)
    patches = torch.rand((2, 3, GRID, GRID), generator=draw) * 2 - 1
    side = GRID * 2 * downscale
    chart = torch.cat(
        [F.interpolate(patches[:1], (side, side)), F.interpolate(patches[1:], (side, side), mode="bicubic")]
    ).clamp(-1, 1)
    latents = encode(chart).float().cpu()
    colours = F.avg_pool2d(chart, downscale)
    inputs = latents.permute(0, 2, 3, 1).flatten(0, 2)
    inputs = torch.cat([inputs, torch.ones(len(inputs), 1)], dim=1)
    # A little ridge keeps the map finite where a channel says nothing about colour.
    gram = inputs.T @ inputs + 1e-4 * len(inputs) * torch.eye(inputs.shape[1])
    return torch.linalg.solve(gram, inputs.T @ colours.permute(0, 2, 3, 1).flatten(0, 2))


def preview(x0: Tensor, colours: Tensor, downscale: int) -> Image.Image:
    """The picture (C, h, w) that the model has in mind at a step, at half the size that it will have."""
    rgb = torch.einsum("chw,cd->dhw", x0.float().cpu(), colours[:-1]) + colours[-1][:, None, None]
    small = tensor_to_pictures(rgb[None])[0]
    return small.resize(
        (small.width * max(1, downscale // 2), small.height * max(1, downscale // 2)), Image.Resampling.BICUBIC
    )
