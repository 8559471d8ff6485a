"""The first two stages: the autoencoder, then its decoder alone, from latents that are a little rough.

Flat art lives by its edges, so the loss compares the pictures' differences between neighbours too, at three scales, and
in the second stage a critic (`critic.py`) asks for edges where the latents leave them open. The latents get mean zero
and variance one by channel: that scaling is folded into quant_conv and post_quant_conv, so that the folder's
`scaling_factor` is 1 and any engine has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from sd_models.training.critic import Critic, adversarial
from sd_models.training.data import Array, Block, Growth, Pool, batch_indices, drawn_blocks, pictures
from sd_models.training.fast import prepare
from sd_models.training.loop import Run, Stage, read_state, train
from sd_models.training.recipe import Recipe
from sd_models.vae import VAE

__all__ = ["encode", "normalise", "picture_loss", "sheet", "train_decoder", "train_vae", "trained_vae"]

# Of a linear map from latents to the picture's colours at the latents' size. Without it, an axis of colour that edges
# do not need (green against magenta) can stay out of the latents for thousands of steps. Previews gain from it too.
THUMBNAIL_WEIGHT = 5.0
KL_WEIGHT = 3e-4  # of the mean over latents: keeps them near a normal distribution without blurring anything
# Standard deviation, at most, of the noise in the second stage's latents, whose own is 1. What the UNet draws is never
# quite what the encoder would have said, and a decoder that has seen nothing else paints the difference as blotches.
ROUGHNESS = 0.3


def picture_loss(made: Tensor, real: Tensor) -> Tensor:
    """The distance of two pictures (B, 3, H, W): absolute and squared difference; absolute difference of the horizontal
    and vertical differences at full, half and quarter size, for edges; and of the colour without its light (red against
    green, blue against both) at quarter size, since edges are mostly of light and would leave colours grey for long."""
    error = made - real
    loss = error.abs().mean() + 2 * error.square().mean()
    for level in range(3):
        if level:
            error = F.avg_pool2d(error, 2)
        loss = loss + (error.diff(dim=2).abs().mean() + error.diff(dim=3).abs().mean()) / 2
    red, green, blue = error.unbind(dim=1)
    colour = torch.stack([red - green, blue - (red + green) / 2])
    return loss + colour.abs().mean() + 4 * colour.square().mean()


def _panels(run: Run, recipe: Recipe) -> tuple[Pool, Growth, Iterator[Block]]:
    pool = Pool(run.folder / "panels", recipe.vae_panels, {"images": ((recipe.height, recipe.width, 3), np.uint8)})
    growth = Growth(min(recipe.vae_panels, 2_048), recipe.vae_panels, recipe.vae_steps // 2)
    size = (recipe.width, recipe.height)
    return pool, growth, drawn_blocks(pool.count, recipe.vae_panels, size, None, run.workers)


def _crops(images: Array, rows: Array, size: int, rng: np.random.Generator) -> Array:
    """A square of each chosen panel, anywhere in it."""
    _, height, width, _ = images.shape
    tops, lefts = rng.integers(0, height - size + 1, len(rows)), rng.integers(0, width - size + 1, len(rows))
    return np.stack([images[r, t : t + size, u : u + size] for r, t, u in zip(rows, tops, lefts, strict=True)])


def train_vae(run: Run, recipe: Recipe, vae: VAE) -> bool:
    """Encoder and decoder together. True when done."""
    return _train(run, recipe, vae, "vae", recipe.vae_steps, recipe.vae_rate, ())


def train_decoder(run: Run, recipe: Recipe, vae: VAE) -> bool:
    """The decoder alone, the latents being what they are: it may run beside the diffusion stage. The critic joins after
    a quarter of the steps. True when done."""
    frozen = ("vae.encoder.", "vae.quant_conv.")
    return _train(run, recipe, vae, "decoder", recipe.decoder_steps, recipe.vae_rate / 2, frozen)


def _train(run: Run, recipe: Recipe, vae: VAE, name: str, steps: int, rate: float, frozen: tuple[str, ...]) -> bool:
    pool, growth, blocks = _panels(run, recipe)
    prepare(vae, run.device).train()
    glance = prepare(nn.Conv2d(recipe.vae.latent_channels, 3, 1), run.device)
    critic, critic_from = prepare(Critic(), run.device), steps // 4

    def keep(block: Block) -> dict[str, Array]:
        return {"images": block.images}

    def batch(step: int) -> tuple[Tensor, ...]:
        count = growth.at(step) if not frozen else growth.total
        pool.fill(count, blocks, keep)
        rng = np.random.default_rng((run.seed, step, len(frozen)))
        rows = batch_indices(run.seed + len(frozen), step, count, recipe.vae_batch)
        x = pictures(_crops(pool.arrays["images"], rows, recipe.crop, rng), run.device)
        shape = (len(rows), recipe.vae.latent_channels, *(side // recipe.vae.downscale for side in x.shape[2:]))
        generator = run.generator(step, 1)
        noise = torch.randn(shape, generator=generator, device=run.device)
        if frozen:
            noise = noise * ROUGHNESS * torch.rand((len(rows), 1, 1, 1), generator=generator, device=run.device)
        return x, noise

    def loss(step: int, x: Tensor, noise: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        with run.autocast():
            with torch.set_grad_enabled(not frozen):
                posterior = vae.encode(x)
            made = vae.decode(posterior.mean + noise if frozen else posterior.sample(noise))
        difference = picture_loss(made.float(), x)
        parts = {"picture": difference.detach()}
        if not frozen:
            thumbnail = F.avg_pool2d(x, recipe.vae.downscale)
            difference = difference + THUMBNAIL_WEIGHT * F.mse_loss(glance(posterior.mean.float()), thumbnail)
            kl = posterior.kl().float().mean() / posterior.mean[0].numel()
            difference = difference + KL_WEIGHT * kl
            parts["kl"] = kl.detach()
        elif step >= critic_from:
            with run.autocast():
                fooled, judged = adversarial(critic, made, x, difference, vae.decoder.conv_out.weight)
            difference = difference + fooled + judged
            parts["critic"] = judged.detach()
        return difference, parts

    def sample(step: int) -> Image.Image:
        pool.fill(8, blocks, keep)
        x = pictures(pool.arrays["images"][:8], run.device)
        with run.autocast():
            made = vae.decode(vae.encode(x).mean)
        return sheet(list(chain.from_iterable(zip(x.cpu(), made.float().cpu(), strict=True))), columns=4)

    stage = Stage(
        name=name,
        modules={"vae": vae, "critic": critic} if frozen else {"vae": vae, "glance": glance},
        batch=batch,
        loss=loss,
        steps=steps,
        size=recipe.vae_batch,
        rate=rate,
        average=recipe.average,
        sample=sample,
        frozen=frozen,
        phases=(critic_from,) if frozen else (),
    )
    return train(run, stage)


def encode(run: Run, vae: VAE, images: Array) -> Tensor:
    """Panels (N, H, W, 3) uint8 to the means of their latents (N, C, h, w) float32, on the CPU."""
    with torch.no_grad(), run.autocast():
        means = [vae.encode(pictures(part, run.device)).mean for part in np.split(images, range(64, len(images), 64))]
    return torch.cat(means).float().cpu()


def normalise(vae: VAE, latents: Tensor) -> None:
    """Gives the latents mean 0 and variance 1 by channel, measured on `latents` (N, C, h, w): z' = (z - μ) / σ. The
    encoder's quant_conv makes z', the decoder's post_quant_conv takes it back, exactly."""
    mean = latents.mean(dim=(0, 2, 3)).to(vae.quant_conv.weight)
    std = latents.std(dim=(0, 2, 3)).to(vae.quant_conv.weight)
    channels = len(mean)
    with torch.no_grad():
        quant, post = vae.quant_conv, vae.post_quant_conv
        assert quant.bias is not None
        assert post.bias is not None
        post.bias += (post.weight[:, :, 0, 0] @ mean[:, None])[:, 0]  # W z + b = (W σ) z' + (W μ + b)
        post.weight *= std[None, :, None, None]
        quant.weight[:channels] /= std[:, None, None, None]
        quant.bias[:channels] = (quant.bias[:channels] - mean) / std
        quant.bias[channels:] -= 2 * std.log()


def trained_vae(run: Run, recipe: Recipe) -> VAE | None:
    """The autoencoder of the finished first stage with normalised latents, and the decoder of the second as far as it
    has come; None while the first is not finished."""
    vae = VAE(recipe.vae)
    path = run.folder / "vae" / "normalised.pt"
    if not path.exists():
        state = read_state(run, "vae")
        if state is None or state["step"] < recipe.vae_steps:
            return None
        _load(vae, state["average"])
        pool, _, blocks = _panels(run, recipe)
        pool.fill(1_024, blocks, lambda block: {"images": block.images})
        prepare(vae, run.device)
        normalise(vae, encode(run, vae, pool.arrays["images"][: min(1_024, pool.count)]))
        torch.save(vae.state_dict(), path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)
    vae.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    if (state := read_state(run, "decoder")) is not None:
        # Halfway between the decoder that the critic found, a little soft, and the one it left, a little harsh: Wang et
        # al. 2018, "ESRGAN", section 3.4.
        before = state.get("before", {})
        _load(vae, {name: (mean + before.get(name, mean)) / 2 for name, mean in state["average"].items()})
    return prepare(vae, run.device).eval()


def _load(vae: VAE, weights: dict[str, Tensor]) -> None:
    own = {name.removeprefix("vae."): value for name, value in weights.items() if name.startswith("vae.")}
    vae.load_state_dict(own, strict=False)


def sheet(images: list[Tensor], columns: int) -> Image.Image:
    """A contact sheet of pictures (3, H, W) in [-1, 1]."""
    _, height, width = images[0].shape
    rows = -(-len(images) // columns)
    page = Image.new("RGB", (columns * (width + 2), rows * (height + 2)), "black")
    for index, image in enumerate(images):
        pixels = ((image.clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
        page.paste(Image.fromarray(pixels), (index % columns * (width + 2) + 1, index // columns * (height + 2) + 1))
    return page
