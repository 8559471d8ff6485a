"""The safety checker that a model brings: the same verdicts as diffusers', and a black picture in both engines."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import CLIPConfig, CLIPImageProcessor

from sd_models.engines import Drawn, DrawRequest
from sd_models.engines.loading import load_engine
from sd_models.errors import CheckpointError
from sd_models.safety import load_safety_checker

SIDE = 30


@pytest.fixture(scope="module")
def model(reference_folder: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with a checker, of random weights, under the names that published files have."""
    torch.manual_seed(0)
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
    vision = {**size, "image_size": SIDE, "patch_size": 10}
    checker = StableDiffusionSafetyChecker(
        CLIPConfig(vision_config=vision, text_config={**size, "vocab_size": 10}, projection_dim=16)
    )
    for name in ("concept_embeds", "special_care_embeds"):
        getattr(checker, name).data.normal_()
    folder = Path(shutil.copytree(reference_folder("sd1"), tmp_path_factory.mktemp("safe") / "model"))
    checker.save_pretrained(folder / "safety_checker")
    weights = folder / "safety_checker" / "model.safetensors"
    tensors = load_file(weights).items()
    renamed = {name.replace("vision_model.", "vision_model.vision_model.", 1): tensor for name, tensor in tensors}
    renamed["vision_model.vision_model.embeddings.position_ids"] = torch.arange(10)[None]
    save_file(renamed, weights, metadata={"format": "pt"})
    processor = CLIPImageProcessor(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
    processor.save_pretrained(folder / "feature_extractor")
    index = json.loads((folder / "model_index.json").read_text())
    index["safety_checker"] = ["stable_diffusion", "StableDiffusionSafetyChecker"]
    index["feature_extractor"] = ["transformers", "CLIPImageProcessor"]
    (folder / "model_index.json").write_text(json.dumps(index))
    return folder


def set_thresholds(model: Path, concepts: float, special: float) -> None:
    weights = model / "safety_checker" / "model.safetensors"
    tensors = load_file(weights)
    tensors["concept_embeds_weights"] = torch.full_like(tensors["concept_embeds_weights"], concepts)
    tensors["special_care_embeds_weights"] = torch.full_like(tensors["special_care_embeds_weights"], special)
    save_file(tensors, weights, metadata={"format": "pt"})


@pytest.mark.parametrize("special", [0.1, 9.0])
def test_verdicts_are_those_of_diffusers(model: Path, special: float) -> None:
    noise = np.random.default_rng(3)
    sizes = [(40, 56, 3), (56, 40, 3), (33, 31, 3), (90, 64, 3)]
    images = [Image.fromarray(noise.integers(0, 255, size, dtype=np.uint8)) for size in sizes]
    images += [Image.new("RGB", (64, 48), colour) for colour in ("red", "green", "blue", "white", "black", "orange")]
    processor = CLIPImageProcessor.from_pretrained(model / "feature_extractor")
    seen = processor(images, return_tensors="pt").pixel_values
    verdicts = set()
    for threshold in np.linspace(0.2, 0.6, 9):
        set_thresholds(model, float(threshold), special)
        theirs = StableDiffusionSafetyChecker.from_pretrained(model / "safety_checker")
        _, expected = theirs(clip_input=seen, images=torch.zeros(len(images), 3, 8, 8))
        ours = load_safety_checker(model)
        assert ours is not None
        assert ours.hides(images) == expected
        verdicts |= set(expected)
    assert verdicts == {True, False}


@pytest.mark.parametrize("engine", ["scratch", "diffusers"])
def test_what_is_to_be_hidden_comes_out_black_and_is_said_to_be_hidden(model: Path, engine: str) -> None:
    request = DrawRequest(
        engine=engine, model="", prompt="a fox", seed=1, steps=1, guidance=1.0, sampler="ddim", width=64, height=64
    )
    for threshold, hidden in ((-1.0, True), (1.0, False)):
        set_thresholds(model, threshold, 9.0)
        [*_, drawn] = load_engine(engine, str(model)).draw([request], {}.__getitem__)
        assert isinstance(drawn, Drawn)
        assert drawn.metadata["hidden"] is hidden
        assert (not np.asarray(drawn.image).any()) is hidden


def test_most_models_bring_none_and_a_broken_one_is_named(reference_folder: Any, model: Path, tmp_path: Path) -> None:
    assert load_safety_checker(reference_folder("sd1")) is None
    part = tmp_path / "safety_checker"
    shutil.copytree(model / "safety_checker", part)
    tensors = load_file(part / "model.safetensors")
    del tensors["concept_embeds_weights"]
    save_file(tensors, part / "model.safetensors")
    with pytest.raises(CheckpointError, match="is not a safety checker: it lacks concept_embeds_weights"):
        load_safety_checker(tmp_path)
