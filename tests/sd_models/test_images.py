"""Pictures of every kind become what the model takes, and PNG files tell how they were drawn."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers.image_processor import VaeImageProcessor
from PIL import Image

from sd_models.engines import DrawRequest
from sd_models.errors import RequestError
from sd_models.images import (
    composite,
    encode_png,
    mask_to_tensor,
    open_picture,
    picture_size,
    picture_to_tensor,
    tensor_to_pictures,
    upright,
)

REQUEST = DrawRequest(
    engine="scratch",
    model="/models/storybook",
    prompt="a fox, 森の狐 🦊",
    negative_prompt="blurry",
    seed=7,
    steps=8,
    guidance=4.0,
    sampler="ddim",
    width=256,
    height=144,
)


@pytest.fixture
def colourful() -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 56, 3), dtype=np.uint8))


def test_a_picture_becomes_the_tensor_that_diffusers_makes_and_back(colourful: Image.Image) -> None:
    theirs = VaeImageProcessor(vae_scale_factor=8)
    for height, width in ((40, 56), (64, 32)):
        tensor = picture_to_tensor(colourful, height, width)
        assert torch.equal(tensor, theirs.preprocess(colourful, height, width))
    tensor = picture_to_tensor(colourful, 40, 56)
    assert np.array_equal(np.asarray(tensor_to_pictures(tensor)[0]), np.asarray(colourful))
    assert np.array_equal(np.asarray(theirs.postprocess(tensor)[0]), np.asarray(tensor_to_pictures(tensor)[0]))


def test_a_mask_becomes_the_tensor_that_diffusers_makes() -> None:
    theirs = VaeImageProcessor(vae_scale_factor=8, do_normalize=False, do_binarize=True, do_convert_grayscale=True)
    soft = Image.fromarray(np.random.default_rng(1).integers(0, 255, (40, 56), dtype=np.uint8))
    for height, width in ((40, 56), (64, 32)):
        assert torch.equal(mask_to_tensor(soft, height, width), theirs.preprocess(soft, height, width))


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16", "I", "F"])
def test_every_kind_of_picture_is_taken(mode: str) -> None:
    image = Image.new("L", (16, 16), 200)
    image.paste(40, (0, 0, 8, 16))
    if mode in ("I;16", "I"):
        other = Image.fromarray(np.asarray(image).astype(np.uint16) * 257).convert(mode)
    else:
        other = image.convert(mode)
    shown = upright(other)
    assert (shown.mode, shown.size) == ("RGB", (16, 16))
    expected = (0, 255) if mode == "1" else (40, 200)
    assert shown.getpixel((2, 8))[0] == pytest.approx(expected[0], abs=(mode == "1" and 255) or 1)
    assert shown.getpixel((12, 8))[0] == pytest.approx(expected[1], abs=(mode == "1" and 255) or 1)


def test_transparency_is_white_in_pictures_and_kept_in_masks() -> None:
    clear = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    clear.paste((255, 255, 255, 255), (0, 0, 4, 8))
    assert upright(clear).getpixel((6, 4)) == (255, 255, 255)
    assert mask_to_tensor(clear, 8, 8)[0, 0, 4].tolist() == [1, 1, 1, 1, 0, 0, 0, 0]
    palette = Image.new("P", (8, 8), 0)
    palette.putpalette([10, 20, 30, 200, 100, 50])
    palette.info["transparency"] = 0
    assert upright(palette).getpixel((0, 0)) == (255, 255, 255)


def test_a_rotated_photograph_stands_upright() -> None:
    lying = Image.new("RGB", (24, 16), "black")
    lying.paste((255, 255, 255), (0, 0, 4, 16))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to view
    data = io.BytesIO()
    lying.save(data, "PNG", exif=exif)
    photograph = Image.open(data)
    assert picture_size(photograph, 8) == (24, 16)
    assert upright(photograph).size == (16, 24)
    assert upright(photograph).getpixel((8, 1)) == (255, 255, 255)


def test_sizes_round_down_to_what_a_latent_stands_for(colourful: Image.Image) -> None:
    assert picture_size(colourful.crop((0, 0, 55, 39)), 8) == (32, 48)
    assert picture_size(torch.zeros(1, 3, 39, 55), 8) == (32, 48)


def test_outside_of_the_mask_every_pixel_stays(colourful: Image.Image) -> None:
    mask = Image.new("L", (28, 20))  # of another size
    mask.paste(255, (7, 5, 14, 10))
    painted = Image.new("RGB", (56, 40), "blue")
    result = np.asarray(composite(painted, colourful, mask))
    inside = mask_to_tensor(mask, 40, 56)[0, 0].bool().numpy()
    assert (result[inside] == (0, 0, 255)).all()
    assert np.array_equal(result[~inside], np.asarray(colourful)[~inside])
    assert 0 < inside.sum() < inside.size


def test_a_png_carries_its_parameters_for_other_tools_and_for_us(colourful: Image.Image) -> None:
    image = Image.open(io.BytesIO(encode_png(colourful, REQUEST, {"seconds": 1.5})))
    assert image.text["parameters"] == (
        "a fox, 森の狐 🦊\nNegative prompt: blurry\n"
        "Steps: 8, Sampler: ddim, CFG scale: 4.0, Seed: 7, Size: 256x144, Model: storybook, Version: taleboard"
    )
    value = json.loads(image.text["taleboard"])
    seconds = value.pop("seconds")
    assert (DrawRequest(**value), seconds) == (REQUEST, 1.5)
    assert np.array_equal(np.asarray(image), np.asarray(colourful))


def test_files_that_are_no_pictures_are_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no picture"):
        open_picture(tmp_path / "none.png")
    for content in (b"", b"<html>not found</html>", b"\x89PNG\r\n\x1a\n broken"):
        (tmp_path / "broken.png").write_bytes(content)
        with pytest.raises(RequestError, match="is not a picture that can be read"):
            open_picture(tmp_path / "broken.png")
    whole = encode_png(Image.effect_noise((64, 64), 90).convert("RGB"))
    (tmp_path / "half.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(RequestError, match="is not a picture that can be read"):
        open_picture(tmp_path / "half.png")
    with pytest.raises(RequestError, match="is not a picture that can be read"):
        open_picture(tmp_path)
