"""Averaged weights to a diffusers folder in half precision, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor

from sd_models.checkpoints.read import file_sha256, read_json, read_tensors
from sd_models.config import ModelConfig
from sd_models.errors import CheckpointError
from sd_models.tokenizer import Tokenizer
from sd_models.training.diffusion import Denoiser, denoiser
from sd_models.training.loop import Run, read_state, write_state
from sd_models.training.recipe import RECIPES, SCHEDULER, Recipe
from sd_models.vae import VAE

__all__ = ["begin_from", "export", "load", "stages"]

SHARD = 15 * 2**20  # bytes
WEIGHTS = {"unet": "diffusion_pytorch_model", "vae": "diffusion_pytorch_model", "text_encoder": "model"}
STAGES = ("vae", "decoder", "diffusion", "layout", "distilled")


def stages(run: Run) -> dict[str, dict[str, float]]:
    """Steps and seconds of each stage that has begun."""
    found = {name: read_state(run, name) for name in STAGES}
    return {
        name: {"steps": state["step"], "seconds": round(state["seconds"])} for name, state in found.items() if state
    }


def export(
    folder: Path,
    recipe: Recipe,
    config: ModelConfig,
    tokenizer: Tokenizer,
    model: Denoiser,
    vae: VAE,
    *,
    defaults: Mapping[str, Any],
    training: Mapping[str, Any],
) -> None:
    """Writes the folder. Every file is written beside its place and renamed; the hashes come last, so that a folder
    that was half written is noticed by the name of its file."""
    _json(
        folder / "model_index.json",
        {
            "_class_name": f"StableDiffusion{'InstructPix2Pix' if config.unet.takes_layout else ''}Pipeline",
            "_diffusers_version": "0.35.0",
            "vae": ["diffusers", "AutoencoderKL"],
            "text_encoder": ["transformers", "CLIPTextModel"],
            "tokenizer": ["transformers", "CLIPTokenizer"],
            "unet": ["diffusers", "UNet2DConditionModel"],
            "scheduler": ["diffusers", SCHEDULER["_class_name"]],
            "safety_checker": [None, None],
            "feature_extractor": [None, None],
            "image_encoder": [None, None],
            "requires_safety_checker": False,
        },
    )
    _json(folder / "scheduler" / "scheduler_config.json", SCHEDULER)
    _json(folder / "drawing.json", defaults)
    _json(folder / "training.json", {"recipe": recipe.name, **training})
    tokenizer.save(folder / "tokenizer")
    parts: dict[str, tuple[Mapping[str, Any], dict[str, Tensor]]] = {
        "unet": (config.unet.to_json(), model.unet.state_dict()),
        "vae": (config.vae.to_json(), vae.state_dict()),
        "text_encoder": (
            config.text_encoder.to_json(),
            {f"text_model.{name}": value for name, value in model.text_encoder.state_dict().items()},
        ),
    }
    written: list[Path] = []
    for part, (description, weights) in parts.items():
        _json(folder / part / "config.json", description)
        written += _save(folder / part, WEIGHTS[part], weights)
    _json(folder / "hashes.json", {path.relative_to(folder).as_posix(): file_sha256(path) for path in sorted(written)})


def load(folder: Path) -> tuple[Recipe, ModelConfig, Tokenizer, Denoiser, VAE]:
    """An exported folder, as training holds it. Raises CheckpointError."""
    name = read_json(folder / "training.json").get("recipe")
    if name not in RECIPES:
        raise CheckpointError(f"{folder} was trained by a recipe that is not known here: {name}")
    recipe = RECIPES[name]
    tokenizer = Tokenizer.from_folder(folder / "tokenizer")
    channels = read_json(folder / "unet" / "config.json").get("in_channels")
    config = recipe.config(len(tokenizer.vocabulary), layout=channels == 2 * recipe.unet.in_channels)
    model, vae = denoiser(config, 0), VAE(config.vae)
    try:
        model.unet.load_state_dict(_read(folder, "unet"))
        vae.load_state_dict(_read(folder, "vae"))
        text = _read(folder, "text_encoder")
        model.text_encoder.load_state_dict({key.removeprefix("text_model."): value for key, value in text.items()})
    except RuntimeError:
        raise CheckpointError(f"{folder} holds a model of other sizes than the recipe {name!r} describes") from None
    return recipe, config, tokenizer, model, vae


def begin_from(run: Run, folder: Path) -> None:
    """Makes the folder's averaged weights the checkpoint that the run goes on from, where it has none of its own."""
    if (run.folder / "vae" / "normalised.pt").exists():
        return
    _, _, tokenizer, model, vae = load(folder)
    tokenizer.save(run.folder / "tokenizer")
    (run.folder / "vae").mkdir(parents=True, exist_ok=True)
    torch.save(vae.state_dict(), run.folder / "vae" / "normalised.pt")
    done = read_json(folder / "training.json").get("stages", {})
    denoising = "layout" if model.unet.config.takes_layout else "diffusion"
    for stage, weights in (("vae", _named("vae", vae)), (denoising, _named("model", model))):
        if stage in done:
            write_state(run, stage, {"step": done[stage]["steps"], "seconds": done[stage]["seconds"]} | weights)


def _named(prefix: str, module: torch.nn.Module) -> dict[str, dict[str, Tensor]]:
    weights = {f"{prefix}.{name}": value for name, value in module.state_dict().items()}
    return {"weights": weights, "average": {name: value.clone() for name, value in weights.items()}}


def _read(folder: Path, part: str) -> dict[str, Tensor]:
    index = folder / part / f"{WEIGHTS[part]}.safetensors.index.json"
    weights = read_tensors(index if index.exists() else folder / part / f"{WEIGHTS[part]}.safetensors")
    return {name: value.float() for name, value in weights.items()}


def _save(folder: Path, name: str, weights: Mapping[str, Tensor]) -> list[Path]:
    """Writes weights as float16, in shards that stay below SHARD bytes, and removes what was there under that name."""
    shards: list[dict[str, Tensor]] = [{}]
    room = SHARD
    for key, value in weights.items():
        half = value.detach().to("cpu", torch.float16).contiguous()
        if not bool(half.isfinite().all()):
            raise CheckpointError(f"{key} does not fit into half precision: it holds values beyond 65504 or no numbers")
        if half.nbytes > room and shards[-1]:
            shards.append({})
            room = SHARD
        shards[-1][key] = half
        room -= half.nbytes
    for old in [*folder.glob(f"{name}*.safetensors"), *folder.glob(f"{name}*.index.json")]:
        old.unlink()
    if len(shards) == 1:
        names = [f"{name}.safetensors"]
    else:
        names = [f"{name}-{i + 1:05d}-of-{len(shards):05d}.safetensors" for i in range(len(shards))]
        weight_map = {key: file for file, shard in zip(names, shards, strict=True) for key in shard}
        total = sum(value.nbytes for shard in shards for value in shard.values())
        _json(folder / f"{name}.safetensors.index.json", {"metadata": {"total_size": total}, "weight_map": weight_map})
    for file, shard in zip(names, shards, strict=True):
        save_file(shard, folder / f"{file}.part", metadata={"format": "pt"})
        (folder / f"{file}.part").chmod(0o644)  # safetensors writes for its owner alone
        (folder / f"{file}.part").replace(folder / file)
    return [folder / file for file in names]


def _json(path: Path, value: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    part.replace(path)
