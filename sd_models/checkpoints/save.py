"""A whole model to a folder that diffusers loads."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from sd_models.checkpoints.load import Components
from sd_models.checkpoints.read import file_sha256

__all__ = ["save_components", "save_weights"]


def save_components(
    components: Components, folder: str | Path, *, dtype: torch.dtype | None = None, shard_bytes: int | None = None
) -> None:
    """Writes `components` as a diffusers folder with a list of hashes; weights as `dtype`, by default as they are, in
    files of at most `shard_bytes`. Files are written beside the folder first: an error leaves it as it was."""
    folder = Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _write(components, partial, dtype, shard_bytes)
        for path in sorted(path for path in partial.rglob("*") if path.is_file()):
            target = folder / path.relative_to(partial)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
    finally:
        shutil.rmtree(partial)


def save_weights(tensors: Mapping[str, Tensor], folder: Path, stem: str, *, shard_bytes: int | None = None) -> None:
    """Writes `stem.safetensors`, or where that would be larger than `shard_bytes`, `stem-00001-of-0000N.safetensors`
    and `stem.safetensors.index.json`, the layout in which diffusers and transformers shard."""
    folder.mkdir(parents=True, exist_ok=True)
    shards: list[dict[str, Tensor]] = [{}]
    room = shard_bytes
    for name, tensor in tensors.items():
        if room is not None and shard_bytes is not None:
            if shards[-1] and tensor.nbytes > room:
                shards.append({})
                room = shard_bytes
            room -= tensor.nbytes
        shards[-1][name] = tensor.contiguous().clone()
    if len(shards) == 1:
        save_file(shards[0], folder / f"{stem}.safetensors", metadata={"format": "pt"})
        return
    weight_map: dict[str, str] = {}
    for number, shard in enumerate(shards, start=1):
        file = f"{stem}-{number:05d}-of-{len(shards):05d}.safetensors"
        save_file(shard, folder / file, metadata={"format": "pt"})
        weight_map |= dict.fromkeys(shard, file)
    index = {"metadata": {"total_size": sum(tensor.nbytes for tensor in tensors.values())}, "weight_map": weight_map}
    _write_json(folder / f"{stem}.safetensors.index.json", index)


def _write(components: Components, folder: Path, dtype: torch.dtype | None, shard_bytes: int | None) -> None:
    config = components.config
    kind = "Inpaint" if config.unet.sees_mask else "InstructPix2Pix" if config.unet.takes_layout else ""
    index = {
        "_class_name": f"StableDiffusion{kind}Pipeline",
        "_diffusers_version": "0.42.1",
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
        "scheduler": ["diffusers", config.scheduler.get("_class_name", "DDIMScheduler")],
        "safety_checker": [None, None],
        "feature_extractor": [None, None],
        "image_encoder": [None, None],
        "requires_safety_checker": False,
    }
    _write_json(folder / "model_index.json", index)
    _write_json(folder / "scheduler" / "scheduler_config.json", dict(config.scheduler))
    if config.defaults:
        _write_json(folder / "drawing.json", dict(config.defaults))
    components.tokenizer.save(folder / "tokenizer")
    # Published folders put `text_model.` before the text encoder's names, and every reader knows those.
    prefix = {"text_encoder": "text_model."}
    tokenizer = components.tokenizer
    text_config = {
        **config.text_encoder.to_json(),
        "vocab_size": len(components.text_encoder.embeddings.token_embedding.weight),  # with the words that were added
        "bos_token_id": tokenizer.start_id,
        "eos_token_id": tokenizer.end_id,
        "pad_token_id": tokenizer.pad_id,
    }
    parts: dict[str, tuple[nn.Module, dict[str, Any], str]] = {
        "text_encoder": (components.text_encoder, text_config, "model"),
        "unet": (components.unet, config.unet.to_json(), "diffusion_pytorch_model"),
        "vae": (components.vae, config.vae.to_json(), "diffusion_pytorch_model"),
    }
    for part, (module, json_config, stem) in parts.items():
        _write_json(folder / part / "config.json", json_config)
        tensors = {
            prefix.get(part, "") + name: tensor.detach().to("cpu", dtype)
            for name, tensor in module.state_dict().items()
        }
        save_weights(tensors, folder / part, stem, shard_bytes=shard_bytes)
    weights = sorted(folder.rglob("*.safetensors"))
    _write_json(
        folder / "hashes.json", {str(path.relative_to(folder).as_posix()): file_sha256(path) for path in weights}
    )


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
