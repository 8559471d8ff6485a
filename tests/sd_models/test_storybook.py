"""The shipped model: its folder is whole and small, both engines draw the same panel, and it can be edited with."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from sd_models import StableDiffusion
from sd_models.checkpoints.read import check_hashes, read_json
from sd_models.errors import CheckpointError, RequestError
from sd_models.shipped import SHIPPED
from sd_models.world import vocabulary

PROMPT = "a fox in a red scarf in a snowy forest at night"
MIB = 2**20
STORYBOOK = SHIPPED["storybook"]
OTHERS = ("ddpm", "euler", "euler_a", "unipc")


@pytest.fixture(scope="module")
def model() -> StableDiffusion:
    return StableDiffusion.from_pretrained("storybook", device="cpu")


def files() -> list[Path]:
    return [path for path in STORYBOOK.rglob("*") if path.is_file()]


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB"), dtype=int)


def test_the_weights_are_small_and_in_small_files() -> None:
    weights = [path.stat().st_size for path in files() if path.suffix == ".safetensors"]
    assert sum(weights) <= 40 * MIB
    assert max(weights) <= 16 * MIB


def test_every_weight_file_has_its_hash() -> None:
    check_hashes(STORYBOOK)
    listed = set(read_json(STORYBOOK / "hashes.json"))
    assert listed == {path.relative_to(STORYBOOK).as_posix() for path in files() if path.suffix == ".safetensors"}


def test_a_half_copied_weight_file_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(STORYBOOK, copy)
    path = next(copy.rglob("vae/*.safetensors"))
    path.write_bytes(path.read_bytes()[:-1000])
    with pytest.raises(CheckpointError, match=f"{re.escape(path.name)} is damaged"):
        StableDiffusion.from_pretrained(copy, device="cpu")


def test_the_vocabulary_is_the_one_that_the_tokenizer_knows(model: StableDiffusion) -> None:
    said = json.loads((STORYBOOK / "vocabulary.json").read_text(encoding="utf-8"))
    assert said["words"] == vocabulary.words()
    for word in said["words"]:
        if word.isalpha():
            assert len(model.tokenizer.encode(word)) == 1, word


def test_the_card_tells_what_the_folder_says() -> None:
    card = (STORYBOOK / "README.md").read_text(encoding="utf-8")
    defaults = read_json(STORYBOOK / "drawing.json")
    assert f"{defaults['size'][0]}x{defaults['size'][1]}" in card
    assert f"`{defaults['sampler']}`" in card
    assert defaults.get("note", "") in card
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", card):
        assert (STORYBOOK / picture).is_file()


def test_the_same_seed_gives_the_same_panel(model: StableDiffusion) -> None:
    first, again, other = (model.generate(PROMPT, seed=seed, num_inference_steps=4).images[0] for seed in (5, 5, 6))
    assert first.size == (model.defaults.width, model.defaults.height)
    assert np.array_equal(pixels(first), pixels(again))
    assert not np.array_equal(pixels(first), pixels(other))


def test_a_panel_is_the_same_alone_and_in_a_batch(model: StableDiffusion) -> None:
    alone = model.generate(PROMPT, seed=6, num_inference_steps=4).images[0]
    batch = model.generate(["a ship, sea, day", PROMPT, PROMPT], seed=5, num_inference_steps=4).images[1]
    assert np.abs(pixels(alone) - pixels(batch)).max() <= 1


def test_diffusers_draws_the_same_panel(model: StableDiffusion) -> None:
    diffusers = pytest.importorskip("diffusers")
    pipeline = diffusers.StableDiffusionPipeline.from_pretrained(STORYBOOK, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    width, height = model.defaults.width, model.defaults.height
    shape = (model.config.vae.latent_channels, height // 8, width // 8)
    noise = torch.randn(1, *shape, generator=torch.Generator().manual_seed(3))
    settings = {"num_inference_steps": 6, "guidance_scale": 4.0, "height": height, "width": width}
    theirs = pipeline(PROMPT, latents=noise, **settings).images[0]
    ours = model.generate(PROMPT, latents=noise, sampler="ddim", **settings).images[0]
    assert np.abs(pixels(ours) - pixels(theirs)).max() <= 2


@pytest.mark.parametrize(
    "sampler", [*(pytest.param(name, marks=pytest.mark.slow) for name in OTHERS), "ddim", "dpmpp_2m"]
)
def test_samplers_that_the_schedule_allows_draw(model: StableDiffusion, sampler: str) -> None:
    picture = model.generate(PROMPT, sampler=sampler, num_inference_steps=4).images[0]
    assert pixels(picture).std() > 2


@pytest.mark.parametrize("sampler", ["pndm", "lms", "heun"])
def test_samplers_that_the_schedule_does_not_allow_refuse_in_one_line(model: StableDiffusion, sampler: str) -> None:
    with pytest.raises(RequestError) as caught:
        model.generate(PROMPT, sampler=sampler, num_inference_steps=4)
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_night_is_darker_than_day(model: StableDiffusion) -> None:
    settings = {"num_images": 4, "num_inference_steps": 8}
    night = model.generate("wide shot of a fox, forest, night, clear, storybook", **settings).images
    day = model.generate("wide shot of a fox, forest, day, clear, storybook", **settings).images
    assert np.mean([pixels(p).mean() for p in night]) < 0.8 * np.mean([pixels(p).mean() for p in day])


@pytest.mark.slow
def test_a_region_edit_leaves_the_rest_of_the_panel_as_it_was(model: StableDiffusion) -> None:
    panel = model.generate(PROMPT, num_inference_steps=6).images[0]
    mask = Image.new("L", panel.size, 0)
    mask.paste(255, (0, 0, panel.width // 2, panel.height))
    edited = model.generate("a ship, sea, day", image=panel, mask_image=mask, num_inference_steps=6).images[0]
    kept = np.asarray(mask) == 0
    changed = np.abs(pixels(edited) - pixels(panel)).max(axis=2)
    assert changed[~kept].mean() > 2 * changed[kept].mean()


@pytest.mark.slow
def test_make_it_night_keeps_the_composition(model: StableDiffusion) -> None:
    prompt = "wide shot of a brown dog, beach, {}, clear, watercolour"
    day = model.generate(prompt.format("day"), seed=3).images[0]
    night = model.generate(prompt.format("night"), image=day, strength=0.7, seed=3).images[0]
    anew = model.generate(prompt.format("night"), seed=53).images[0]
    assert pixels(night).mean() < 0.8 * pixels(day).mean()

    def alike(a: Image.Image, b: Image.Image) -> float:
        """How well the edges of two pictures agree, in squares of four pixels: light and colour may differ."""
        ours, theirs = (edges(picture).ravel() for picture in (a, b))
        return float(np.corrcoef(ours, theirs)[0, 1])

    assert alike(day, night) > alike(day, anew) + 0.15


def edges(picture: Image.Image) -> np.ndarray:
    grey = pixels(picture).mean(axis=2) / pixels(picture).std()
    steep = np.abs(np.diff(grey, axis=0)[:, :-1]) + np.abs(np.diff(grey, axis=1)[:-1])
    height, width = (side // 4 for side in steep.shape)
    return steep[: 4 * height, : 4 * width].reshape(height, 4, width, 4).mean(axis=(1, 3))
