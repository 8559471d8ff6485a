"""`python -m sd_models.figures [MODEL]`: makes the pictures of `sd_models/README.md` anew, by default with the shipped
model. Whoever changes the model or the code runs it again."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

from sd_models.attention import Attend, CrossAttention, attend, attending, attention_weights
from sd_models.pipeline import StableDiffusion
from sd_models.samplers import SAMPLERS, make_sampler
from sd_models.schedule import STABLE_DIFFUSION, ScheduleConfig, alphas_cumprod
from sd_models.training.panels import panel

__all__ = ["main"]

FOLDER = Path(__file__).parent
PROMPT = "wide shot of a fox in a red scarf, walking, forest, night, snow"
WORDS = ("fox", "scarf", "forest", "night", "snow")
SEED = 7
INK, PAPER, GRID = (40, 44, 52), (255, 255, 255), (222, 226, 232)
COLOURS = ((31, 119, 180), (214, 39, 40), (44, 160, 44), (148, 103, 189))


def main() -> None:
    """Draws every figure of the guided tour anew."""
    parser = argparse.ArgumentParser(prog="python -m sd_models.figures", description=__doc__)
    parser.add_argument("model", nargs="?", default="storybook")
    sd = StableDiffusion.from_pretrained(parser.parse_args().model, device="cpu")
    figures = {
        "noise_schedule": noise_schedule(sd),
        "sigmas": sigmas(),
        "denoising": denoising(sd),
        "attention": attention(sd),
        "samplers": samplers(sd),
    }
    for name, image in figures.items():
        path = FOLDER / f"{name}.png"
        image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path} {image.width}x{image.height}")


@torch.inference_mode()
def noise_schedule(sd: StableDiffusion) -> Image.Image:
    """Above: how much picture and how much noise each timestep holds, for Stable Diffusion and for zero terminal SNR.
    Below: the latents of one panel with the noise of five timesteps, decoded."""
    zero = ScheduleConfig.from_dict({**STABLE_DIFFUSION, "rescale_betas_zero_snr": True})
    curves = {}
    for label, config in (("", ScheduleConfig.from_dict(STABLE_DIFFUSION)), (", zero terminal SNR", zero)):
        alpha_bar = alphas_cumprod(config).numpy()
        curves[f"picture{label}"] = alpha_bar**0.5
        curves[f"noise{label}"] = (1 - alpha_bar) ** 0.5
    chart = plot({label: (np.arange(1000), values) for label, values in curves.items()}, "training timestep")
    width, height = sd.defaults.width, sd.defaults.height
    picture = panel(SEED, size=(width, height)).image
    tensor = torch.from_numpy(picture.astype(np.float32)).permute(2, 0, 1)[None] / 127.5 - 1
    latents = sd.vae.encode(tensor).mean * sd.config.vae.scaling_factor
    noise = torch.randn(latents.shape, generator=torch.Generator().manual_seed(0))
    levels = alphas_cumprod(ScheduleConfig.from_dict(sd.config.scheduler))
    row = []
    for timestep in (0, 250, 500, 750, 999):
        level = levels[timestep]
        row.append((f"t = {timestep}", sd.decode(level.sqrt() * latents + (1 - level).sqrt() * noise)[0]))
    return stacked([chart, strip(row, chart.width)])


def sigmas() -> Image.Image:
    """Where 20 steps spend themselves: σ at every step, for each spacing that a schedule can ask for."""
    settings: dict[str, dict[str, object]] = {
        "evenly in t (linspace)": {},
        "Karras": {"use_karras_sigmas": True},
        "exponential": {"use_exponential_sigmas": True},
        "beta": {"use_beta_sigmas": True},
    }
    curves = {}
    for label, setting in settings.items():
        sampler = make_sampler("euler", {**STABLE_DIFFUSION, "timestep_spacing": "linspace"}, 20, setting)
        curves[label] = (np.arange(20), sampler.sigmas[:-1].log10().numpy())
    return plot(curves, "step", dots=True)


def denoising(sd: StableDiffusion) -> Image.Image:
    """A run: above the latents as they are after each step, decoded; below the picture that the model has in mind."""
    steps = list(sd.generate_steps(PROMPT, seed=SEED))
    shown = [steps[round(place)] for place in np.linspace(0, len(steps) - 1, 5)]
    sampler = sd.sampler()
    above, below = [], []
    for step in shown:
        latents = sampler.scale_model_input(step.latents, min(step.index + 1, len(sampler.sigmas) - 1))
        above.append((f"after step {step.index + 1}, t = {step.timestep:.0f}", sd.decode(latents)[0]))
        below.append(("", sd.decode(step.x0)[0]))
    return stacked([strip(above, 1000), strip(below, 1000)])


def attention(sd: StableDiffusion) -> Image.Image:
    """Which word drew what: the mean cross-attention of every place of the picture to a word's tokens, over all layers,
    heads and steps, as brightness over the finished picture."""
    size = (sd.defaults.height // sd.defaults.multiple, sd.defaults.width // sd.defaults.multiple)
    maps: list[Tensor] = []

    def recording(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        weights = attention_weights(query[-1:], key[-1:]).mean(dim=1)[0]  # the prompt's half of the guided batch
        maps.append(_as_picture(weights.T, size))
        return attend(query, key, value)

    def choose(name: str, module: object) -> Attend | None:
        return recording if isinstance(module, CrossAttention) else None

    with attending(sd.unet, choose):
        finished = sd.generate(PROMPT, seed=SEED).images[0]
    heat = torch.stack(maps).mean(dim=0)  # (tokens, h, w)
    row = [("the picture", finished)]
    for word, places in _token_places(sd, PROMPT).items():
        if word in WORDS:
            row.append((word, _glowing(finished, heat[list(places)].sum(dim=0))))
    return strip(row, 1000)


def samplers(sd: StableDiffusion) -> Image.Image:
    """The same noise through every sampler that the model's schedule allows, in the same number of steps."""
    drawn = []
    for name, kind in SAMPLERS.items():
        if (kind.allows_zero_terminal_snr or not sd.config.scheduler.get("rescale_betas_zero_snr")) and name != "lcm":
            drawn.append((name, sd.generate(PROMPT, seed=SEED, sampler=name, num_inference_steps=12).images[0]))
    rows = [drawn[start : start + 4] for start in range(0, len(drawn), 4)]
    return stacked([strip(row, 1000, columns=4) for row in rows])


# Drawing


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def strip(row: Sequence[tuple[str, Image.Image]], width: int, columns: int | None = None) -> Image.Image:
    """Pictures side by side in `width` pixels, each under its caption."""
    gap, count = 8, columns or len(row)
    each = (width - gap * (count - 1)) // count
    height = round(each * row[0][1].height / row[0][1].width)
    above = 24 if any(caption for caption, _ in row) else 0
    sheet = Image.new("RGB", (width, above + height), PAPER)
    draw = ImageDraw.Draw(sheet)
    for place, (caption, image) in enumerate(row):
        left = place * (each + gap)
        sheet.paste(image.convert("RGB").resize((each, height), Image.Resampling.LANCZOS), (left, above))
        draw.text((left, 2), caption, INK, font(15))
    return sheet


def stacked(images: Sequence[Image.Image], gap: int = 10) -> Image.Image:
    width = max(image.width for image in images)
    sheet = Image.new("RGB", (width, sum(image.height for image in images) + gap * (len(images) - 1)), PAPER)
    top = 0
    for image in images:
        sheet.paste(image, (0, top))
        top += image.height + gap
    return sheet


def plot(curves: dict[str, tuple[np.ndarray, np.ndarray]], across: str, *, dots: bool = False) -> Image.Image:
    """A line chart of 1000 x 300, drawn at twice the size and reduced, so that lines are smooth."""
    scale, width, height, left, right, top, bottom = 2, 1000, 300, 44, 250, 12, 48
    image = Image.new("RGB", (width * scale, height * scale), PAPER)
    draw = ImageDraw.Draw(image)
    xs, ys = (np.concatenate([curve[axis] for curve in curves.values()]) for axis in (0, 1))
    low_x, high_x, low_y, high_y = xs.min(), xs.max(), np.floor(ys.min() * 2) / 2, np.ceil(ys.max() * 2) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        across_share, up_share = (x - low_x) / (high_x - low_x), (y - low_y) / (high_y - low_y)
        inner_width, inner_height = width - left - right, height - top - bottom
        return scale * (left + across_share * inner_width), scale * (top + (1 - up_share) * inner_height)

    for x in _ticks(low_x, high_x):
        draw.line([at(x, low_y), at(x, high_y)], GRID, scale)
        draw.text((at(x, low_y)[0], at(x, low_y)[1] + 4 * scale), f"{x:g}", INK, font(14 * scale), anchor="mt")
    for y in _ticks(low_y, high_y):
        draw.line([at(low_x, y), at(high_x, y)], GRID, scale)
        draw.text((at(low_x, y)[0] - 6 * scale, at(low_x, y)[1]), f"{y:g}", INK, font(14 * scale), anchor="rm")
    middle = at((low_x + high_x) / 2, low_y)
    draw.text((middle[0], middle[1] + 22 * scale), across, INK, font(14 * scale), anchor="mt")
    for number, (label, (x, y)) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [at(*point) for point in zip(x, y, strict=True)]
        draw.line(points, colour, 2 * scale, joint="curve")
        if dots:
            for px, py in points:
                draw.ellipse((px - 3 * scale, py - 3 * scale, px + 3 * scale, py + 3 * scale), colour)
        legend = (scale * (width - right + 16), scale * (top + 10 + 26 * number))
        draw.line([legend, (legend[0] + 22 * scale, legend[1])], colour, 3 * scale)
        draw.text((legend[0] + 30 * scale, legend[1]), label, INK, font(14 * scale), anchor="lm")
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _ticks(low: float, high: float) -> np.ndarray:
    """Round numbers between two values, at most seven."""
    step = next(step for step in (0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500) if (high - low) / step <= 6)
    return np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step


def _as_picture(weights: Tensor, size: tuple[int, int]) -> Tensor:
    """(tokens, places) of any level of the U to (tokens, h, w): a level has about the shape of the picture."""
    places = weights.shape[1]
    divisors = [rows for rows in range(1, places + 1) if places % rows == 0]
    height = min(divisors, key=lambda rows: abs(np.log(rows * rows / places * size[1] / size[0])))
    maps = weights.reshape(-1, height, places // height)[None]
    return torch.nn.functional.interpolate(maps, size=size, mode="bilinear", antialias=True)[0]


def _token_places(sd: StableDiffusion, prompt: str) -> dict[str, range]:
    """Each word's tokens in the row that the text encoder sees, where the start token is number 0."""
    places, position = {}, 1
    for word, ids in sd.tokenizer.words(prompt):
        places[word] = range(position, position + len(ids))
        position += len(ids)
    return places


def _glowing(image: Image.Image, heat: Tensor) -> Image.Image:
    """The picture, dark where `heat` (h, w) is low."""
    share = (heat - heat.min()) / (heat.max() - heat.min())
    light = Image.fromarray((share.numpy() * 255).astype(np.uint8)).resize(image.size, Image.Resampling.BICUBIC)
    return Image.composite(image, Image.new("RGB", image.size, (12, 14, 28)), light)


if __name__ == "__main__":
    main()
