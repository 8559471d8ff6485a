"""The safety checker that some models bring: hides pictures that look like what it was taught to refuse.

CLIP's picture encoder (Radford et al. 2021, section 2.4) turns a picture into a vector; what is closer to one of 17
concepts than that concept's threshold is hidden. To be close to one of 3 further concepts lowers every threshold.
Weights have the names of diffusers' StableDiffusionSafetyChecker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from sd_models.checkpoints.load import build, fill
from sd_models.checkpoints.read import read_json, read_tensors, weights_file
from sd_models.clip import CLIPLayer
from sd_models.config import CLIPConfig
from sd_models.errors import CheckpointError

__all__ = ["SafetyChecker", "load_safety_checker"]

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073])
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711])
SPECIAL_CARE = 0.01


class _Attention(nn.Module):
    """Every patch looks at every patch: (B, T, D) to (B, T, D)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.k_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(4))

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (
            project(x).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for project in (self.q_proj, self.k_proj, self.v_proj)
        )
        y: Tensor = self.out_proj(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))
        return y


class _Embeddings(nn.Module):
    """(B, 3, S, S) to (B, 1 + patches, D): a vector for the whole, and one for each patch."""

    def __init__(self, width: int, patch: int, positions: int) -> None:
        super().__init__()
        self.class_embedding = nn.Parameter(torch.empty(width))
        self.patch_embedding = nn.Conv2d(3, width, patch, patch, bias=False)
        self.position_embedding = nn.Embedding(positions, width)

    def forward(self, image: Tensor) -> Tensor:
        patches = self.patch_embedding(image).flatten(2).transpose(1, 2)
        whole = self.class_embedding.expand(len(image), 1, -1)
        x: Tensor = torch.cat([whole, patches], dim=1) + self.position_embedding.weight
        return x


class _PictureEncoder(nn.Module):
    """CLIP's picture encoder: (B, 3, S, S) to (B, D)."""

    def __init__(self, config: CLIPConfig, patch: int) -> None:
        super().__init__()
        self.embeddings = _Embeddings(config.hidden_size, patch, config.max_position_embeddings)
        self.pre_layrnorm = nn.LayerNorm(config.hidden_size)  # misspelt in every published file
        self.encoder = nn.ModuleDict({"layers": nn.ModuleList(_layers(config))})
        self.post_layernorm = nn.LayerNorm(config.hidden_size)

    def forward(self, image: Tensor) -> Tensor:
        x = self.pre_layrnorm(self.embeddings(image))
        for layer in self.encoder["layers"].children():
            x = layer(x)
        y: Tensor = self.post_layernorm(x[:, 0])
        return y


def _layers(config: CLIPConfig) -> Iterator[CLIPLayer]:
    """The text encoder's layers, but here everything sees everything."""
    for _ in range(config.num_hidden_layers):
        layer = CLIPLayer(config)
        layer.add_module("self_attn", _Attention(config.hidden_size, config.num_attention_heads))
        yield layer


class SafetyChecker(nn.Module):
    """Says which pictures are to be hidden."""

    def __init__(self, config: CLIPConfig, patch: int, projection: int, concepts: int, special: int) -> None:
        super().__init__()
        self.side = patch * round((config.max_position_embeddings - 1) ** 0.5)
        self.vision_model = _PictureEncoder(config, patch)
        self.visual_projection = nn.Linear(config.hidden_size, projection, bias=False)
        self.concept_embeds = nn.Parameter(torch.empty(concepts, projection))
        self.special_care_embeds = nn.Parameter(torch.empty(special, projection))
        self.concept_embeds_weights = nn.Parameter(torch.empty(concepts))
        self.special_care_embeds_weights = nn.Parameter(torch.empty(special))

    @torch.inference_mode()
    def hides(self, images: Sequence[Image.Image]) -> list[bool]:
        """For each picture, whether it is to be hidden."""
        weight = self.visual_projection.weight
        seen = torch.stack([_prepared(image, self.side) for image in images]).to(weight)
        embedded = self.visual_projection(self.vision_model(seen))

        def excess(concepts: Tensor, thresholds: Tensor) -> Tensor:
            closeness = F.normalize(embedded) @ F.normalize(concepts).T
            return closeness.float() - thresholds.float()

        special = excess(self.special_care_embeds, self.special_care_embeds_weights)
        # Thresholds are compared at three decimals. One special concept that is close makes the others stricter too.
        care = torch.zeros(len(images), device=special.device)
        for column in special.T:
            care = torch.where((column + care).round(decimals=3) > 0, SPECIAL_CARE, care)
        scores = excess(self.concept_embeds, self.concept_embeds_weights) + care[:, None]
        return [bool(row.any()) for row in scores.round(decimals=3) > 0]


def load_safety_checker(folder: Path, device: torch.device | str = "cpu") -> SafetyChecker | None:
    """The checker of a model folder, float32; None where it brings none. Raises CheckpointError."""
    part = folder / "safety_checker"
    if not part.is_dir():
        return None
    path = weights_file(part)
    tensors = {
        name.replace("vision_model.vision_model.", "vision_model."): tensor
        for name, tensor in read_tensors(path).items()
        if not name.endswith("position_ids")
    }
    vision = read_json(part / "config.json").get("vision_config") or {}
    prefix = "vision_model.encoder.layers."
    try:
        patches = tensors["vision_model.embeddings.patch_embedding.weight"]
        width = patches.shape[0]
        config = CLIPConfig(
            vocab_size=1,
            hidden_size=width,
            intermediate_size=tensors[f"{prefix}0.mlp.fc1.weight"].shape[0],
            num_hidden_layers=1 + max(int(name.split(".")[3]) for name in tensors if name.startswith(prefix)),
            num_attention_heads=vision.get("num_attention_heads", width // 64),
            max_position_embeddings=tensors["vision_model.embeddings.position_embedding.weight"].shape[0],
            hidden_act=vision.get("hidden_act", "quick_gelu"),
        )
        projection, concepts = tensors["visual_projection.weight"].shape[0], len(tensors["concept_embeds_weights"])
        special = len(tensors["special_care_embeds_weights"])
    except KeyError as error:
        raise CheckpointError(f"{path} is not a safety checker: it lacks {error.args[0]}") from None

    def make(_: object) -> SafetyChecker:
        return SafetyChecker(config, patches.shape[2], projection, concepts, special)

    return fill(build(make, config), tensors, path, device)  # type: ignore[arg-type]


def _prepared(image: Image.Image, side: int) -> Tensor:
    """(3, side, side): the middle square of the picture, as CLIP was taught to see it."""
    short = min(image.size)
    width, height = (int(length * side / short) for length in image.size)
    resized = image.convert("RGB").resize((width, height), Image.Resampling.BICUBIC)
    left, top = (width - side) // 2, (height - side) // 2
    square = np.asarray(resized.crop((left, top, left + side, top + side)), dtype=np.float32) / 255
    return ((torch.from_numpy(square) - MEAN) / STD).permute(2, 0, 1)
