"""The third stage: UNet and text encoder learn to take noise out of latents.

    v = √ᾱ ε - √(1 - ᾱ) x_0          Salimans & Ho 2022, "Progressive Distillation", appendix D

with zero terminal SNR. What is drawn is decided where almost all is noise: from ᾱ = 0.05 on, the noisy latents say more
about the subject than the caption does. So the noisier timesteps come more often than the others, none is weighted
down (as Hang et al. 2023, "Min-SNR Weighting", would: for v by min(SNR, 5) / (SNR + 1)), and an error in a figure
counts more than one in the backdrop. One caption in ten is empty, for classifier-free guidance (Ho & Salimans 2022).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from sd_models.clip import CLIP
from sd_models.config import ModelConfig
from sd_models.schedule import ScheduleConfig, alphas_cumprod, spaced_timesteps
from sd_models.tokenizer import Tokenizer
from sd_models.training.bpe import train_tokenizer
from sd_models.training.data import (
    CAPTIONS,
    FIGURES,
    Array,
    Block,
    Growth,
    Pool,
    batch_indices,
    drawn_blocks,
    drawn_pairs,
    on_device,
)
from sd_models.training.fast import fast_attention, prepare
from sd_models.training.loop import Run, Stage, read_state, train
from sd_models.training.recipe import SCHEDULER, Recipe
from sd_models.training.vae import encode, sheet
from sd_models.unet import UNet
from sd_models.vae import VAE
from sd_models.world import vocabulary

__all__ = [
    "PROMPTS",
    "Denoiser",
    "Latents",
    "denoiser",
    "draw",
    "jump",
    "noise_levels",
    "spread_timesteps",
    "train_diffusion",
    "world_tokenizer",
]

DROPPED = 0.1  # captions
FIGURE_WEIGHT = 3.0  # of an error where a figure is
CLEANEST = 0.35  # how often the cleanest timesteps come, of how often they would evenly
PROMPTS = (
    "medium shot of a girl in a red coat, waving, forest, day, snow, storybook",
    "wide shot of a brown dog, running, beach, sunset, clear, watercolour",
    "close-up of an owl, forest, night, clear, storybook",
    "wide shot of a knight in armour and a green dragon, castle, night, storm, storybook",
    "medium shot of a king in a purple robe and a crown, throne room, day, oil painting",
    "wide shot of a black cat, sitting, left of a tree, village, night, fog, ink noir",
    "wide shot of a ship, sea, sunset, clear, flat poster",
    "medium shot of an old man with grey hair in a blue coat, reading, library, day, pencil sketch",
    "wide shot of a boy in a yellow shirt and a girl in a red dress, walking, city, day, rain, comic",
    "close-up of a fox in a green scarf, hills, dawn, clear, pastel",
    "wide shot of an astronaut, space, pixel art",
    "wide shot of a white rabbit next to a house, garden, day, clear, storybook",
)


def world_tokenizer() -> Tokenizer:
    """A tokenizer for which every word of the world's captions is one token."""
    return train_tokenizer([*vocabulary.words(), *vocabulary.EXAMPLES])


class Denoiser(nn.Module):
    """Text encoder and UNet as one module: what the stages below train."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.text_encoder, self.unet = CLIP(config.text_encoder), UNet(config.unet)

    def forward(self, latents: Tensor, timesteps: Tensor, ids: Tensor) -> Tensor:
        v: Tensor = self.unet(latents, timesteps, self.text_encoder(ids))
        return v


def denoiser(config: ModelConfig, seed: int) -> Denoiser:
    """A new one, with weights that depend on the seed alone. Last layers begin at zero, so that each block begins as
    the identity and the first prediction is zero."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = Denoiser(config)
        text = model.text_encoder.embeddings
        for embedding in (text.token_embedding, text.position_embedding):
            nn.init.normal_(embedding.weight, std=0.02)
    for name, module in model.unet.named_modules():
        if name.endswith(("conv2", "proj_out", "conv_out")):
            nn.init.zeros_(module.weight)
            nn.init.zeros_(module.bias)
    return model


def noise_levels() -> Tensor:
    """ᾱ of each of the 1000 timesteps, (1000,) float32; the last is zero."""
    return alphas_cumprod(ScheduleConfig.from_dict(SCHEDULER)).clamp(0, 1)


def mix(x0: Tensor, noise: Tensor, alpha_bar: Tensor) -> tuple[Tensor, Tensor]:
    """Latents x_t and the target v. x0, noise (B, C, h, w); alpha_bar (B,)."""
    a, s = alpha_bar.sqrt()[:, None, None, None], (1 - alpha_bar).sqrt()[:, None, None, None]
    return a * x0 + s * noise, a * noise - s * x0


def jump(x: Tensor, v: Tensor, now: Tensor, then: Tensor) -> Tensor:
    """One DDIM step (Song et al. 2021, equation 12, without noise) from ᾱ `now` to ᾱ `then`, each (B,), by the
    prediction v. ᾱ = 1 gives the clean latents."""
    a, s = (part.sqrt()[:, None, None, None] for part in (now, 1 - now))
    c, d = (part.sqrt()[:, None, None, None] for part in (then, 1 - then))
    return c * (a * x - s * v) + d * (s * x + a * v)


class Latents:
    """The latents of the panels, each with its captions, as far as they are drawn and encoded."""

    def __init__(self, run: Run, recipe: Recipe, vae: VAE, tokenizer: Tokenizer, *, pairs: bool = False) -> None:
        """`pairs` adds the latents of each panel's layout."""
        shape = (recipe.vae.latent_channels, *recipe.latent_size)
        arrays: dict[str, tuple[tuple[int, ...], Any]] = {
            "latents": (shape, np.float16),
            "boxes": ((FIGURES, 4), np.float16),
            "ids": ((CAPTIONS, tokenizer.length), np.uint16),
        }
        if pairs:
            arrays |= {"layouts": arrays["latents"], "heads": arrays["boxes"]}
        total = recipe.pairs if pairs else recipe.panels
        self.pool = Pool(run.folder / ("pairs" if pairs else "latents"), total, arrays)
        self.run, self.vae = run, vae
        tokenizer.save(folder := run.folder / "tokenizer")
        size = (recipe.width, recipe.height)
        blocks = drawn_pairs if pairs else drawn_blocks
        self.blocks: Iterator[Block] = blocks(self.pool.count, total, size, folder, run.workers)
        self.empty = tokenizer("")
        self.thread, self.closed = ThreadPoolExecutor(1), False
        self.ahead: Future[None] | None = None

    def fill(self, count: int) -> None:
        """Returns when `count` panels are drawn and encoded. Beside a GPU another thread does it, and goes on ahead."""
        count = min(count, self.pool.total)
        if self.run.device.type != "cuda":
            self._encode(count)
        elif self.pool.count < count:
            self.ahead = self.ahead or self.thread.submit(self._encode, self.pool.total)
            while self.pool.count < count and not self.ahead.done():
                time.sleep(0.01)
            if self.pool.count < count:
                self.ahead.result()  # raises what stopped it

    def _encode(self, count: int) -> None:
        def keep(block: Block) -> dict[str, Array]:
            assert block.ids is not None
            latents = encode(self.run, self.vae, block.images).half().numpy()
            arrays = {"latents": latents, "boxes": block.boxes, "ids": block.ids}
            if block.layouts is not None and block.heads is not None:
                layouts = encode(self.run, self.vae, block.layouts).half().numpy()
                arrays |= {"layouts": layouts, "heads": block.heads}
            return arrays

        began = self.pool.count
        with torch.cuda.stream(torch.cuda.Stream()) if self.run.device.type == "cuda" else nullcontext():
            while self.pool.count < count and not self.closed:
                self.pool.fill(self.pool.count + 1, self.blocks, keep)
                if count - began > 4_000 and self.pool.count % 4_096 == 0:
                    self.run.say(f"latents {self.pool.count}/{count}")

    def close(self) -> None:
        """Stops drawing."""
        self.closed = True
        self.thread.shutdown()

    def batch(self, step: int, count: int, size: int, *, dropped: float = DROPPED) -> tuple[Tensor, Tensor, Tensor]:
        """Latents (size, C, h, w) float32, token ids (size, 77) and the figures' boxes (size, FIGURES, 4) of step
        `step`, from the first `count` panels."""
        self.fill(count)
        rows = batch_indices(self.run.seed, step, count, size)
        rng = np.random.default_rng((self.run.seed, step, 7))
        device = self.run.device
        x0 = on_device(torch.from_numpy(self.pool.arrays["latents"][rows]), device)
        ids = torch.from_numpy(self.pool.arrays["ids"][rows, rng.integers(0, CAPTIONS, size)].astype(np.int64))
        ids = torch.where(torch.from_numpy(rng.random(size) < dropped)[:, None], self.empty, ids)
        boxes = on_device(torch.from_numpy(self.pool.arrays["boxes"][rows]), device)
        return x0.float().contiguous(memory_format=torch.channels_last), on_device(ids, device), boxes


def inside(boxes: Tensor, height: int, width: int) -> Tensor:
    """1 where the middle of a place is in a box, else 0: (B, N, 4) shares of the frame to (B, 1, height, width)."""
    x = (torch.arange(width, device=boxes.device) + 0.5) / width
    y = (torch.arange(height, device=boxes.device) + 0.5) / height
    left, top, right, bottom = boxes.float()[..., None].unbind(dim=2)
    across, down = (x > left) & (x < right), (y > top) & (y < bottom)
    return (down[..., :, None] & across[..., None, :]).any(dim=1, keepdim=True).float()


def timesteps(u: Tensor, count: int) -> Tensor:
    """Even numbers in [0, 1) to timesteps, the noisier the more often: their density rises in a straight line from
    CLEANEST to 2 - CLEANEST."""
    slope = 1 - CLEANEST
    return (count * ((CLEANEST**2 + 4 * slope * u).sqrt() - CLEANEST) / (2 * slope)).long().clamp(max=count - 1)


def spread_timesteps(size: int, count: int, generator: torch.Generator) -> Tensor:
    """One timestep from each of `size` equal parts: the losses of steps differ less than with independent ones."""
    device = generator.device
    within = torch.rand(size, generator=generator, device=device)
    return timesteps((torch.arange(size, device=device) + within) / size, count)


def train_diffusion(run: Run, recipe: Recipe, model: Denoiser, vae: VAE, tokenizer: Tokenizer) -> bool:
    """True when done; the model is left with the averaged weights."""
    prepare(model, run.device).train()
    latents = Latents(run, recipe, vae, tokenizer)
    growth = Growth(min(recipe.start, recipe.panels), recipe.panels, recipe.steps * 2 // 3)
    alpha_bars = noise_levels().to(run.device)

    def batch(step: int) -> tuple[Tensor, ...]:
        x0, ids, boxes = latents.batch(step, growth.at(step), recipe.batch)
        generator = run.generator(step, 2)
        t = spread_timesteps(recipe.batch, len(alpha_bars), generator)
        return x0, ids, boxes, t, torch.randn(x0.shape, generator=generator, device=run.device)

    def loss(
        step: int, x0: Tensor, ids: Tensor, boxes: Tensor, t: Tensor, noise: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        x, v = mix(x0, noise, alpha_bars[t])
        with run.autocast(), fast_attention(model, run.device):
            predicted = model(x, t, ids)
        error = (predicted.float() - v).square()
        weight = 1 + (FIGURE_WEIGHT - 1) * inside(boxes, *x0.shape[2:])
        return (weight * error).mean(), {"v": error.mean().detach()}

    def sample(step: int) -> Image.Image:
        images = draw(run, model, vae, tokenizer, PROMPTS, recipe, steps=12, guidance=3.0)
        return sheet(list(images), columns=4)

    stage = Stage(
        name="diffusion",
        modules={"model": model},
        batch=batch,
        loss=loss,
        steps=recipe.steps,
        size=recipe.batch,
        rate=recipe.rate,
        average=recipe.average,
        sample=sample,
    )
    with closing(latents):
        return train(run, stage)


def guided(model: Callable[..., Tensor], x: Tensor, t: Tensor, ids: Tensor, empty: Tensor, guidance: float) -> Tensor:
    """v with classifier-free guidance: v_0 + g (v_text - v_0); one evaluation where g is 1."""
    if guidance == 1.0:
        return model(x, t, ids).float()
    both = model(torch.cat([x, x]), torch.cat([t, t]), torch.cat([empty.expand_as(ids), ids])).float()
    without, with_text = both.chunk(2)
    return without + guidance * (with_text - without)


@torch.no_grad()
def draw(
    run: Run,
    model: Denoiser,
    vae: VAE,
    tokenizer: Tokenizer,
    prompts: Sequence[str],
    recipe: Recipe,
    *,
    steps: int,
    guidance: float,
    seed: int = 0,
    layouts: Array | None = None,
) -> Tensor:
    """Pictures (N, 3, H, W) in [-1, 1] by DDIM with trailing timesteps; picture k has the noise of seed + k. `layouts`
    (N, H, W, 3) uint8 are for a model that looks at them."""
    schedule = ScheduleConfig.from_dict(SCHEDULER)
    alpha_bars = noise_levels().to(run.device)
    times = spaced_timesteps(schedule, steps)
    shape = (recipe.vae.latent_channels, *recipe.latent_size)
    ids, empty = tokenizer(list(prompts)).to(run.device), tokenizer("").to(run.device)
    noise = [torch.randn(shape, generator=torch.Generator().manual_seed(seed + k)) for k in range(len(prompts))]
    x = torch.stack(noise).to(run.device)
    seen = torch.zeros_like(x) if layouts is None else encode(run, vae, layouts).to(run.device)

    def predicted(x: Tensor, t: Tensor, ids: Tensor) -> Tensor:
        if model.unet.config.takes_layout:
            x = torch.cat([x, seen.repeat(len(x) // len(seen), 1, 1, 1)], dim=1)
        v: Tensor = model(x, t, ids)
        return v

    with run.autocast():
        for index, time in enumerate(times):
            t = torch.full((len(x),), int(time), device=run.device)
            then = alpha_bars[times[index + 1]] if index + 1 < steps else torch.ones((), device=run.device)
            x = jump(x, guided(predicted, x, t, ids, empty, guidance), alpha_bars[t], then.expand(len(x)))
        images = [vae.decode(part).float().cpu() for part in x.split(16)]
    return torch.cat(images)


def trained_denoiser(run: Run, config: ModelConfig, stage: str = "diffusion") -> tuple[Denoiser, int] | None:
    """The averaged weights of the stage "diffusion" or "distilled" as far as it has come, and its step; None where it
    has not begun. The student's text encoder is its teacher's."""
    states = [state for name in dict.fromkeys(("diffusion", stage)) if (state := read_state(run, name)) is not None]
    if not states or (stage != "diffusion" and len(states) < 2):
        return None
    model, state = denoiser(config, run.seed), states[-1]
    weights = {name.removeprefix("model."): value for each in states for name, value in each["average"].items()}
    model.load_state_dict(weights)
    return prepare(model, run.device).eval(), state["step"]
