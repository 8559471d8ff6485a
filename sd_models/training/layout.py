"""The stage that makes a painter of staged panels: the UNet sees the latents of a layout beside the noisy ones.

Channels are doubled as in Brooks et al. 2023, "InstructPix2Pix": the first half are the noisy latents, the second the
layout's. New weights begin as half of the old ones: begun at zero, the model had not begun to look at the layout after
5,000 samples. Layout and caption are left out of some samples, each by its own chance, so that the model draws from
either alone, and so that each can be given its own guidance.
"""

from __future__ import annotations

import copy
from contextlib import closing
from itertools import chain

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from sd_models.config import ModelConfig
from sd_models.tokenizer import Tokenizer
from sd_models.training import captions
from sd_models.training.data import Growth, batch_indices, on_device, pictures
from sd_models.training.diffusion import (
    FIGURE_WEIGHT,
    Denoiser,
    Latents,
    draw,
    inside,
    mix,
    noise_levels,
    spread_timesteps,
)
from sd_models.training.fast import fast_attention, prepare
from sd_models.training.loop import Run, Stage, read_state, train
from sd_models.training.recipe import Recipe
from sd_models.training.stagings import pair
from sd_models.training.vae import sheet
from sd_models.unet import UNet
from sd_models.vae import VAE

__all__ = ["train_layout", "trained_painter"]

DROPPED = 0.12  # of layouts, and of captions
BEGUN = 0.5  # of the old input weights, in the new ones
HEAD_WEIGHT = 2.0  # more, of an error in a head: faces are what a viewer looks at


def widened(model: Denoiser, config: ModelConfig) -> Denoiser:
    """A copy of `model` that looks at a layout too, as `config` says."""
    painter = copy.deepcopy(model)
    weights = model.unet.state_dict()
    old = weights["conv_in.weight"]
    weights["conv_in.weight"] = torch.cat([old, BEGUN * old], dim=1)
    painter.unet = UNet(config.unet)
    painter.unet.load_state_dict(weights)
    return painter


class Pairs(Latents):
    """The latents of the pairs, each with its captions, as far as they are drawn and encoded."""

    def __init__(self, run: Run, recipe: Recipe, vae: VAE, tokenizer: Tokenizer) -> None:
        super().__init__(run, recipe, vae, tokenizer, pairs=True)

    def layouts(self, step: int, count: int, size: int) -> tuple[Tensor, Tensor]:
        """The layouts (size, C, h, w) float32 of the rows that `batch` gives, and the heads' boxes."""
        rows = batch_indices(self.run.seed, step, count, size)
        kept = np.random.default_rng((self.run.seed, step, 8)).random(size) >= DROPPED
        layouts = torch.from_numpy(self.pool.arrays["layouts"][rows] * kept[:, None, None, None].astype(np.float16))
        heads = on_device(torch.from_numpy(self.pool.arrays["heads"][rows]), self.run.device)
        layouts = on_device(layouts, self.run.device).float()
        return layouts.contiguous(memory_format=torch.channels_last), heads


def train_layout(
    run: Run, recipe: Recipe, config: ModelConfig, model: Denoiser, vae: VAE, tokenizer: Tokenizer
) -> tuple[bool, Denoiser]:
    """Whether it is done, and the painter of `config` that began from `model`, with its averaged weights."""
    painter = prepare(widened(model, config), run.device).train()
    pairs = Pairs(run, recipe, vae, tokenizer)
    growth = Growth(min(recipe.pairs_start, recipe.pairs), recipe.pairs, recipe.layout_steps * 2 // 3)
    alpha_bars = noise_levels().to(run.device)

    def batch(step: int) -> tuple[Tensor, ...]:
        count, size = growth.at(step), recipe.layout_batch
        x0, ids, boxes = pairs.batch(step, count, size, dropped=DROPPED)
        layouts, heads = pairs.layouts(step, count, size)
        generator = run.generator(step, 5)
        t = spread_timesteps(size, len(alpha_bars), generator)
        return x0, layouts, ids, boxes, heads, t, torch.randn(x0.shape, generator=generator, device=run.device)

    def loss(
        step: int, x0: Tensor, layouts: Tensor, ids: Tensor, boxes: Tensor, heads: Tensor, t: Tensor, noise: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        x, v = mix(x0, noise, alpha_bars[t])
        with run.autocast(), fast_attention(painter, run.device):
            predicted = painter(torch.cat([x, layouts], dim=1), t, ids)
        error = (predicted.float() - v).square()
        figures, faces = (inside(each, *x0.shape[2:]) for each in (boxes, heads))
        weight = 1 + (FIGURE_WEIGHT - 1) * figures + HEAD_WEIGHT * faces
        return (weight * error).mean(), {"v": error.mean().detach()}

    def sample(step: int) -> Image.Image:
        examples = [pair(seed, "heldout", (recipe.width, recipe.height), forgiving=False) for seed in range(8)]
        layouts, targets = (
            np.stack(part) for part in zip(*((each.layout, each.target) for each in examples), strict=True)
        )
        prompts = [captions.plain(each.attributes) for each in examples]
        painted = draw(run, painter, vae, tokenizer, prompts, recipe, steps=12, guidance=3.0, layouts=layouts)
        triples = zip(pictures(layouts), painted, pictures(targets), strict=True)
        return sheet(list(chain.from_iterable(triples)), columns=6)

    stage = Stage(
        name="layout",
        modules={"model": painter},
        batch=batch,
        loss=loss,
        steps=recipe.layout_steps,
        size=recipe.layout_batch,
        rate=recipe.layout_rate,
        average=min(recipe.average, 0.998),
        sample=sample,
        orthogonal=False,
    )
    with closing(pairs):
        return train(run, stage), painter


def trained_painter(run: Run, config: ModelConfig) -> tuple[Denoiser, int] | None:
    """The averaged weights of the stage as far as it has come, and its step; None where it has not begun."""
    state = read_state(run, "layout")
    if state is None:
        return None
    painter = Denoiser(config)
    painter.load_state_dict({name.removeprefix("model."): value for name, value in state["average"].items()})
    return prepare(painter, run.device).eval(), state["step"]
