"""Rendering styles: the same panel as watercolour, pencil, ink and so on. Each takes and gives uint8 (H, W, 3)."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import numpy as np
from PIL import Image, ImageFilter

Pixels = np.ndarray
LINED: dict[str, tuple[int, int, int]] = {
    "watercolour": (250, 252, 255),
    "pencil sketch": (120, 120, 122),
    "ink noir": (250, 250, 250),
    "comic": (240, 246, 255),
    "flat poster": (250, 240, 214),
}
"""Styles that outline or flatten what they see, and the colour in which rain falls there."""
_GREY = np.array((0.299, 0.587, 0.114), np.float32)


def render(image: Image.Image, style: str, rng: random.Random) -> Pixels:
    """The finished panel of an RGB picture in `style`."""
    return _STYLES[style](image, rng)


def _grey(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("L"), np.float32)


def _edges(grey: Pixels) -> Pixels:
    """Strength of edges in [0, 1]: the gradient's length, as an outline about two pixels wide."""
    dx, dy = np.zeros_like(grey), np.zeros_like(grey)
    dx[:, 1:-1] = grey[:, 2:] - grey[:, :-2]
    dy[1:-1] = grey[2:] - grey[:-2]
    return np.clip((np.abs(dx) + np.abs(dy) - 14) / 80, 0, 1)


def _colour_edges(image: Image.Image) -> Pixels:
    pixels = np.asarray(image, np.float32)
    return np.maximum(np.maximum(_edges(pixels[..., 0]), _edges(pixels[..., 1])), _edges(pixels[..., 2]))


@cache
def _mottle(shape: tuple[int, int], cell: int) -> Pixels:
    """Smooth random patches in [-1, 1], the same in every panel of one size."""
    noise = np.random.default_rng(cell).normal(size=(shape[0] // cell + 2, shape[1] // cell + 2)).astype(np.float32)
    picture = Image.fromarray(noise).resize((shape[1], shape[0]), Image.Resampling.BICUBIC)
    return np.clip(np.asarray(picture) / 1.6, -1, 1)


@cache
def _vignette(shape: tuple[int, int], edge: float, rough: float = 0.45) -> Pixels:
    """1 inside, falling to 0 at the border within `edge` of the height; `rough` frays it."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    border = np.minimum(np.minimum(x, shape[1] - 1 - x), np.minimum(y, shape[0] - 1 - y)).astype(np.float32)
    border = border + _mottle(shape, 16) * shape[0] * edge * rough
    return np.clip(border / (shape[0] * edge), 0, 1)[..., None]


def _bytes(pixels: Pixels) -> Pixels:
    return np.clip(pixels, 0, 255).astype(np.uint8)


def _storybook(image: Image.Image, rng: random.Random) -> Pixels:
    return np.asarray(image)


def _watercolour(image: Image.Image, rng: random.Random) -> Pixels:
    soft = np.asarray(image, np.float32)
    shape = soft.shape[:2]
    washed = 255 - (255 - soft) * (0.74 + 0.09 * _mottle(shape, 14)[..., None])
    washed -= _edges(soft.mean(-1))[..., None] * 50
    paper = np.array((252, 249, 240), np.float32)
    return _bytes(paper + (washed - paper) * _vignette(shape, 0.07))


def _pencil(image: Image.Image, rng: random.Random) -> Pixels:
    grey = _grey(image)
    line = _colour_edges(image)
    shade = 250 - (255 - grey) * 0.3
    y, x = np.ogrid[: grey.shape[0], : grey.shape[1]]
    hatch = ((x + y) % 6 < 2) & (grey < 96)
    shade = shade - hatch * 26.0
    shade = shade * (1 - line) + 58 * line
    return _bytes(shade[..., None] * np.array((1.0, 0.99, 0.965), np.float32))


def _ink(image: Image.Image, rng: random.Random) -> Pixels:
    grey = _grey(image)
    line = _colour_edges(image)
    mean = float(grey.mean())
    low, high = min(88.0, mean * 0.72), max(mean * 1.12, 96.0)
    # Three tones with soft steps, so that edges stay clean.
    tone = 16 + 96 * np.clip((grey - low) / 10 + 0.5, 0, 1) + 138 * np.clip((grey - high) / 10 + 0.5, 0, 1)
    tone = np.where(tone > 70, tone * (1 - line) + 10 * line, tone + 170 * line)
    return _bytes(np.repeat(tone[..., None], 3, -1))


_POSTER = np.array(
    [
        (24, 32, 52), (52, 74, 110), (72, 132, 160), (150, 200, 196), (250, 240, 214), (240, 196, 92), (232, 120, 52),
        (200, 54, 50), (122, 40, 60), (110, 84, 62), (202, 160, 116), (62, 110, 74), (150, 176, 96), (240, 150, 160),
        (118, 82, 150), (156, 156, 156), (178, 190, 204), (96, 100, 116),
    ],
    np.float32,
)  # fmt: skip


@cache
def _poster_table() -> Pixels:
    """Nearest poster colour for every colour of 5 bits a channel."""
    level = (np.arange(32, dtype=np.float32) + 0.5) * 8
    r, g, b = np.meshgrid(level, level, level, indexing="ij")
    cube = np.stack([r, g, b], -1).reshape(-1, 1, 3)
    distance = (((cube - _POSTER[None]) * np.array((0.9, 1.2, 0.8), np.float32)) ** 2).sum(-1)
    return _POSTER[distance.argmin(1)].reshape(32, 32, 32, 3)


def _poster(image: Image.Image, rng: random.Random) -> Pixels:
    bits = np.asarray(image.filter(ImageFilter.BoxBlur(1))) >> 3
    flat = _poster_table()[bits[..., 0], bits[..., 1], bits[..., 2]]
    framed = flat.copy()
    edge = max(3, image.height // 36)
    cream = _POSTER[4]
    framed[:edge], framed[-edge:], framed[:, :edge], framed[:, -edge:] = cream, cream, cream, cream
    return _bytes(framed)


def _pixel(image: Image.Image, rng: random.Random) -> Pixels:
    block = max(2, round(image.height / 24))  # pixels; smaller ones would not outlive the autoencoder
    grid = -(-image.width // block), -(-image.height // block)
    small = np.asarray(image.resize(grid, Image.Resampling.BOX), np.float32)
    levels = np.round((small - 128) * 1.12 / 42.5 + 3) * 42.5
    large = Image.fromarray(_bytes(levels)).resize((grid[0] * block, grid[1] * block), Image.Resampling.NEAREST)
    return np.asarray(large)[: image.height, : image.width]


def _pastel(image: Image.Image, rng: random.Random) -> Pixels:
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(image.height / 360)), np.float32)
    grey = (soft @ _GREY)[..., None]
    pale = 92 + (grey + (soft - grey) * 0.9) * 0.62
    return _bytes(pale + np.array((12, 2, 8), np.float32))


def _sepia(image: Image.Image, rng: random.Random) -> Pixels:
    grey = _grey(image)[..., None] / 255
    dark, light = np.array((52, 30, 16), np.float32), np.array((250, 230, 192), np.float32)
    toned = dark + (light - dark) * np.clip(grey * 1.06, 0, 1)
    return _bytes(dark * 0.9 + (toned - dark * 0.9) * (0.35 + 0.65 * _vignette(grey.shape[:2], 0.2, 0.0)))


def _comic(image: Image.Image, rng: random.Random) -> Pixels:
    pixels = np.asarray(image, np.float32)
    grey = (pixels @ _GREY)[..., None]
    vivid = np.round(np.clip(grey + (pixels - grey) * 1.35, 0, 255) / 51) * 51
    line = np.clip(_colour_edges(image) * 1.8, 0, 1)[..., None]
    return _bytes(vivid * (1 - line) + np.array((14, 10, 20), np.float32) * line)


def _oil(image: Image.Image, rng: random.Random) -> Pixels:
    pixels = np.asarray(image.filter(ImageFilter.ModeFilter(3)), np.float32)
    height, width = pixels.shape[:2]
    coarse, fine = max(4, height // 12), max(3, height // 24)
    # A loaded brush drags the edges along, and its strokes catch the light.
    y, x = np.mgrid[:height, :width]
    x = np.clip(x + _mottle((height, width), coarse) * height / 48, 0, width - 1).astype(int)
    y = np.clip(y + _mottle((height, width), coarse + 1) * height / 60, 0, height - 1).astype(int)
    pixels = pixels[y, x]
    grey = (pixels @ _GREY)[..., None]
    strokes = _mottle((height, width), fine)[..., None] * 20 + _mottle((height, width), coarse)[..., None] * 16
    varnish = 0.72 + 0.28 * _vignette((height, width), 0.3, 0.0)
    rich = grey + (pixels - grey) * 1.2 + strokes
    return _bytes(rich * np.array((1.02, 0.92, 0.7), np.float32) * varnish + np.array((10, 5, 0), np.float32))


_STYLES: dict[str, Callable[[Image.Image, random.Random], Pixels]] = {
    "storybook": _storybook,
    "watercolour": _watercolour,
    "pencil sketch": _pencil,
    "ink noir": _ink,
    "flat poster": _poster,
    "pixel art": _pixel,
    "pastel": _pastel,
    "sepia": _sepia,
    "comic": _comic,
    "oil painting": _oil,
}
