"""Pictograms: small pictures of animals and objects, from two icon packages under permissive licences.

They are rasterised once into one small file, which a training machine gets instead of the packages:

    npm install @iconify-json/noto @iconify-json/fluent-emoji-flat        (in any folder)
    pip install resvg-py
    python -m sd_models.training.world.pictograms FOLDER/node_modules     (writes training-runs/pictograms.npz)

Where the file is missing, `sprite` draws a plain stand-in shape, so that the world works anywhere (tests need
nothing); `available()` tells, and training refuses to start without the real ones. Credits: see README.md here.
"""

from __future__ import annotations

import io
import json
import sys
import zlib
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

PATH = Path(__file__).parents[3] / "training-runs" / "pictograms.npz"
SIZE = 144
"""Pixels along each side of a stored pictogram."""

_FLUENT = """
book=open-book shield bow=bow-and-arrow axe hammer wand=magic-wand broom key=old-key letter=envelope
map=world-map scroll apple=red-apple bread cake=birthday-cake cup=hot-beverage candle flower=tulip bouquet
mushroom basket bag=backpack umbrella balloon ball=soccer-ball kite teddy-bear drum guitar trumpet bell
crystal-ball gem=gem-stone ring coin egg camera telescope magnifying-glass=magnifying-glass-tilted-left
phone=mobile-phone clock=alarm-clock mirror heart=red-heart star pumpkin=jack-o-lantern flag=triangular-flag
anchor skull gift=wrapped-gift chair bed sofa=couch-and-lamp door computer=desktop-computer television fire
house rock gravestone=headstone statue=moai sign=placard car=automobile bus truck=delivery-truck
train=locomotive bicycle helicopter rocket ufo=flying-saucer dinosaur=t-rex whale=spouting-whale dolphin shark
crab butterfly bee=honeybee spider snail owl duck swan chicken=rooster penguin giraffe
"""
_NOTO = """
boat=canoe ship=sailboat plane=small-airplane fishing-rod=fishing-pole mermaid octopus bat bird crow=black-bird eagle
parrot turtle snake crocodile fish
"""


def sources() -> dict[str, tuple[str, str]]:
    """word -> (icon set, icon name)."""
    found = {}
    for icons, text in (("fluent-emoji-flat", _FLUENT), ("noto", _NOTO)):
        for item in text.split():
            word, _, icon = item.partition("=")
            found[word.replace("-", " ")] = (icons, icon or word)
    return found


@cache
def _load() -> dict[str, Image.Image]:
    if not PATH.exists():
        return {}
    with np.load(PATH) as file:
        names, pixels = file["names"], file["pixels"]
    return {str(name): Image.fromarray(picture) for name, picture in zip(names, pixels, strict=True)}


def available() -> bool:
    """Whether the rasterised pictograms are on this machine."""
    return bool(_load())


def _stand_in(name: str) -> Image.Image:
    """A plain rounded shape in colours of its own for each name."""
    key = zlib.crc32(name.encode())
    base = tuple(60 + (key >> shift) % 160 for shift in (0, 8, 16))
    picture = Image.new("RGBA", (SIZE, SIZE))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((20, 30, SIZE - 20, SIZE - 4), 20 + key % 40, fill=(*base, 255))
    draw.ellipse((40, 8, SIZE - 40, SIZE - 72), fill=(*base[::-1], 255))
    return picture


@cache
def sprite(name: str, colour: tuple[int, int, int] | None = None) -> Image.Image:
    """RGBA pictogram of `name`, cut to its content; `colour` repaints its coloured parts."""
    picture = _load().get(name) or _stand_in(name)
    picture = picture.crop(picture.getbbox())
    if colour:
        values = np.asarray(picture).astype(np.float32)
        rgb = values[..., :3]
        light, dark = rgb.max(-1, keepdims=True), rgb.min(-1, keepdims=True)
        # Paint what is saturated, keep whites, greys and blacks as they are.
        amount = np.clip((light - dark) / np.maximum(light, 1) * 2.2, 0, 1) * (light > 70)
        level = (0.35 * light + 0.65 * rgb.mean(-1, keepdims=True)) / 165
        painted = np.clip(np.array(colour, np.float32) * level, 0, 255)
        values[..., :3] = rgb * (1 - amount) + painted * amount
        picture = Image.fromarray(values.astype(np.uint8))
    return picture


def build(modules: Path, path: Path = PATH) -> int:
    """Rasterises the pictograms of the icon packages under `modules` into `path`; returns how many."""
    import resvg_py

    names, pixels = [], []
    sets = {
        icons: json.loads((modules / "@iconify-json" / icons / "icons.json").read_text())
        for icons in ("fluent-emoji-flat", "noto")
    }
    for word, (icons, icon) in sources().items():
        data = sets[icons]
        entry = data["icons"].get(icon) or data["icons"][data["aliases"][icon]["parent"]]
        side = entry.get("width", data.get("width", 128))
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f' viewBox="0 0 {side} {side}">{entry["body"]}</svg>'
        )
        png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIZE, height=SIZE))
        names.append(word)
        pixels.append(np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part.npz")
    np.savez_compressed(draft, names=np.array(names), pixels=np.stack(pixels))
    draft.replace(path)
    return len(names)


if __name__ == "__main__":
    print(f"{build(Path(sys.argv[1]))} pictograms, {PATH.stat().st_size / 1e6:.1f} MB in {PATH.name}")
