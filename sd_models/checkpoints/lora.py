"""LoRA: small files that change a model, put in and taken out again.

Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models", equation 3: a weight W becomes

    W' = W + s (α / r) B A          A: (r, in), B: (out, r); s is how strongly, α a constant of the file

The changed weights are computed once, so that drawing costs nothing more; the original tensors are kept aside, so that
taking it out restores every bit. Files in the layouts of kohya (`lora_unet_down_blocks_0_…`) and of diffusers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import torch
from safetensors import safe_open
from torch import Tensor, nn

from sd_models.checkpoints.detect import is_lora
from sd_models.checkpoints.load import Components
from sd_models.checkpoints.read import read_tensors
from sd_models.errors import CheckpointError
from sd_models.inference import unprepared

__all__ = ["InjectedLoRA", "LoRA", "LoRAPair", "inject_lora", "read_lora"]


Layer = nn.Linear | nn.Conv2d


@dataclass(frozen=True, eq=False)
class LoRAPair:
    """The change of one layer. down is A and up is B; for a convolution A is (r, in, k, k) and B (out, r, 1, 1), and
    where `middle` is given, A is (r, in, 1, 1) and `middle` (r, r, k, k). `scale` is α / r."""

    down: Tensor
    up: Tensor
    scale: float
    middle: Tensor | None = None

    def change(self) -> Tensor:
        """(α / r) B A in float32, in the shape of the layer's weight."""
        down, up = self.down.float(), self.up.float()
        if down.ndim == 2:
            return self.scale * (up.flatten(1) @ down)
        if self.middle is not None:
            return self.scale * torch.einsum("orxy,rsuv,siab->oiuv", up, self.middle.float(), down)
        return self.scale * torch.einsum("orxy,riuv->oiuv", up, down)


@dataclass(frozen=True, eq=False)
class LoRA:
    """A LoRA file: for each layer that it changes, the pair. Layers are named as in the file, without prefix."""

    path: Path
    unet: Mapping[str, LoRAPair]
    text_encoder: Mapping[str, LoRAPair]


# How the parts of one pair are called, in the order of the layouts that are out there.
_PARTS: Final = (
    (re.compile(r"^(.*)\.lora_(?:down|A|linear_layer\.down)(?:\.default)?\.weight$"), "down"),
    (re.compile(r"^(.*)\.lora_(?:up|B|linear_layer\.up)(?:\.default)?\.weight$"), "up"),
    (re.compile(r"^(.*)\.lora_mid\.weight$"), "middle"),
    (re.compile(r"^(.*)\.alpha$"), "alpha"),
    (re.compile(r"^(.*?)(?:\.processor\.|\.)(to_\w+)_lora\.(down|up)\.weight$"), ""),
    (re.compile(r"^(.*)\.lora\.(down|up)\.weight$"), ""),
)
_OTHER_METHODS: Final = {
    "hada_w": "a LoHa",
    "lokr_w": "a LoKr",
    "oft_": "an OFT",
    "dora_scale": "a DoRA",
    "magnitude_vector": "a DoRA",
}
_UNET: Final = ("lora_unet_", "unet.", "base_model.model.unet.")
_TEXT: Final = ("lora_te_", "text_encoder.", "base_model.model.text_encoder.")


def read_lora(path: str | Path) -> LoRA:
    """Reads a LoRA file, or the folder that holds `pytorch_lora_weights.safetensors`. Raises CheckpointError."""
    path = Path(path).expanduser()
    if path.is_dir():
        path = next(
            (p for p in sorted(path.glob("pytorch_lora_weights*")) if p.is_file()), path / "pytorch_lora_weights"
        )
    tensors, alphas = read_tensors(path), _adapter_alphas(path)
    if not is_lora(tensors):
        raise CheckpointError(f"{path} is not a LoRA; if it is a model, choose it as one")
    for mark, method in _OTHER_METHODS.items():
        if any(mark in name for name in tensors):
            raise CheckpointError(f"{path} is {method}; only LoRAs (and their form for convolutions) can be used")
    if any(name.startswith(("lora_te1_", "lora_te2_", "text_encoder_2.")) for name in tensors):
        raise CheckpointError(f"{path} is a LoRA for SDXL; use one for Stable Diffusion 1 or 2")
    layers: dict[str, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        layer, part = _split(name, path)
        if layer.startswith(("down_blocks.", "mid_block.", "up_blocks.")):  # the oldest layout names the UNet's only
            layer = "unet." + layer
        layers.setdefault(layer, {})[part] = tensor
    pairs = {layer: _pair(layer, parts, path, alphas) for layer, parts in layers.items()}
    unet = {_without(layer, _UNET): pair for layer, pair in pairs.items() if layer.startswith(_UNET)}
    text = {_without(layer, _TEXT): pair for layer, pair in pairs.items() if layer.startswith(_TEXT)}
    if unknown := [layer for layer in pairs if not layer.startswith(_UNET + _TEXT)]:
        raise CheckpointError(f"{path} changes {unknown[0]}, which is no part of Stable Diffusion 1 or 2")
    return LoRA(path, unet, text)


class InjectedLoRA:
    """A LoRA in a model; `eject` takes it out. Several are ejected in reverse order."""

    def __init__(self, components: Components, originals: list[tuple[Layer, Tensor]]) -> None:
        self._components = components
        self._originals = originals

    def eject(self) -> None:
        """Restores the exact weights. Raises CheckpointError where another LoRA has been put in since."""
        injected = self._components.loras
        if not injected or injected[-1] is not self:
            raise CheckpointError("a LoRA is ejected once, and the one that was injected last comes first")
        with unprepared(self._components.unet), unprepared(self._components.text_encoder):
            for layer, original in self._originals:
                layer.weight = nn.Parameter(original, requires_grad=False)
        injected.pop()


def inject_lora(components: Components, lora: LoRA | str | Path, scale: float = 1.0) -> InjectedLoRA:
    """Changes the UNet and the text encoder by a LoRA.

    Raises CheckpointError, and changes nothing, where a layer of the file is not in the model or has another shape."""
    if not isinstance(lora, LoRA):
        lora = read_lora(lora)
    originals = []
    with torch.no_grad(), unprepared(components.unet), unprepared(components.text_encoder):
        targets = [
            *_targets(components.unet, lora.unet, lora.path),
            *_targets(components.text_encoder, lora.text_encoder, lora.path),
        ]
        for layer, pair in targets:
            original = layer.weight.detach()
            change = pair.change().to(original.device).reshape(original.shape)
            merged = (original.float() + scale * change).to(original.dtype)
            layer.weight = nn.Parameter(merged, requires_grad=False)
            originals.append((layer, original))
    injected = InjectedLoRA(components, originals)
    components.loras.append(injected)
    return injected


def _targets(model: nn.Module, pairs: Mapping[str, LoRAPair], path: Path) -> list[tuple[Layer, LoRAPair]]:
    """The modules that `pairs` change. kohya writes "_" for ".", so both spellings of every name are known."""
    modules = {name: module for name, module in model.named_modules() if isinstance(module, nn.Linear | nn.Conv2d)}
    modules |= {name.replace(".", "_"): module for name, module in modules.items()}
    found = []
    for name, pair in pairs.items():
        plain = re.sub(r"^text_model[._]", "", name)
        module = modules.get(plain) or modules.get(re.sub(r"\.to_out$", ".to_out.0", plain))
        if module is None:
            raise CheckpointError(f"{path} changes {name}, which this model does not have; is it for another model?")
        change, weight = pair.change().shape, module.weight.shape
        if change.numel() != weight.numel() or change[:2] != weight[:2]:
            raise CheckpointError(
                f"{path} is for another model: its {name} is {tuple(change)}, the model's is {tuple(weight)}"
            )
        found.append((module, pair))
    return found


def _split(name: str, path: Path) -> tuple[str, str]:
    """A tensor's name as layer and part."""
    for pattern, part in _PARTS:
        if match := pattern.match(name):
            if part:
                return match[1], part
            *layer, end = match.groups()
            return ".".join(layer), end
    raise CheckpointError(f"{path} is a LoRA of an unknown layout ({name})")


@dataclass(frozen=True)
class _Alphas:
    """The α of one part's layers, as PEFT's configuration gives it: one for all, and others by the end of a layer's
    name. `root` says that the scale is α / √r (rank-stabilised LoRA, Kalajdzievski 2023)."""

    plain: float | None = None
    by_layer: Mapping[str, float] = field(default_factory=dict)
    root: bool = False

    def scale(self, layer: str, rank: int) -> float:
        by_name = (alpha for end, alpha in self.by_layer.items() if f".{layer}".endswith(f".{end}"))
        alpha = next(by_name, self.plain)
        return 1.0 if alpha is None else alpha / (rank**0.5 if self.root else rank)


def _adapter_alphas(path: Path) -> dict[str, _Alphas]:
    """What diffusers writes into the header of a LoRA file (`lora_adapter_metadata`, a JSON of `unet.lora_alpha` and so
    on), by part: "unet", "text_encoder". Empty for other files. Raises CheckpointError."""
    if path.suffix != ".safetensors":
        return {}
    with safe_open(path, "pt") as file:
        said = (file.metadata() or {}).get("lora_adapter_metadata")
    if not said:
        return {}
    try:
        value = json.loads(said)
        return {
            part: _Alphas(
                None if (alpha := value.get(f"{part}.lora_alpha")) is None else float(alpha),
                {str(end): float(alpha) for end, alpha in (value.get(f"{part}.alpha_pattern") or {}).items()},
                bool(value.get(f"{part}.use_rslora")),
            )
            for part in ("unet", "text_encoder")
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise CheckpointError(f"{path} describes its adapter in a way that cannot be read; save it again") from None


def _pair(layer: str, parts: Mapping[str, Tensor], path: Path, alphas: Mapping[str, _Alphas]) -> LoRAPair:
    if not {"down", "up"} <= parts.keys():
        raise CheckpointError(f"{path} is incomplete: {layer} lacks its {'down' if 'up' in parts else 'up'} matrix")
    rank = parts["down"].shape[0]
    if "alpha" in parts:
        scale = float(parts["alpha"]) / rank
    else:
        part, _, name = layer.removeprefix("base_model.model.").partition(".")
        scale = alphas.get(part, _Alphas()).scale(name, rank)
    return LoRAPair(parts["down"], parts["up"], scale, parts.get("middle"))


def _without(name: str, prefixes: tuple[str, ...]) -> str:
    return next(name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix))
