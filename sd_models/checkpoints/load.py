"""A whole model from wherever it is: the shipped folder, a diffusers folder, a single file, or the hub.

What it is told from its tensors, never from its name. Every tensor must have its place and every place its tensor;
otherwise nothing is loaded and the error lists what does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from sd_models.checkpoints.detect import OPENCLIP, describe_original, is_lora, refuse_other_families
from sd_models.checkpoints.hub import download, download_tokenizer
from sd_models.checkpoints.keys import modernise_text_encoder, modernise_vae, split_original
from sd_models.checkpoints.read import check_hashes, read_json, read_tensors, weights_file
from sd_models.clip import CLIP
from sd_models.config import CLIPConfig, ModelConfig, UNetConfig, VAEConfig
from sd_models.errors import CheckpointError, WeightsError
from sd_models.shipped import SHIPPED
from sd_models.tokenizer import Tokenizer
from sd_models.unet import UNet
from sd_models.vae import VAE

__all__ = ["Components", "build", "describe_folder", "fill", "load_components", "locate"]

Module = TypeVar("Module", bound=nn.Module)


@dataclass(eq=False)
class Components:
    """The parts of one loaded model. `source` is the folder or file that it came from."""

    config: ModelConfig
    tokenizer: Tokenizer
    text_encoder: CLIP
    unet: UNet
    vae: VAE
    source: Path | None = None
    loras: list[object] = field(default_factory=list)  # those injected, in order


def load_components(
    source: str | Path,
    *,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
    config: str | Path | ModelConfig | None = None,
    tokenizer: str | Path | Tokenizer | None = None,
) -> Components:
    """`source`: "storybook" or another shipped model, a diffusers folder, a `.safetensors` or `.ckpt` file in the
    original layout, or a hub id. For a single file, `config` is a diffusers folder (or a ModelConfig) that describes
    it, by default its sizes are told from its tensors; `tokenizer` is a folder, by default the file's own where
    vocab.json and merges.txt lie beside it, else CLIP's own from the hub or cache.

    Raises CheckpointError, with one line that says what to do."""
    path = locate(source)
    if isinstance(config, str | Path):
        config = describe_folder(Path(config))
    if isinstance(tokenizer, str | Path):
        tokenizer = Tokenizer.from_folder(tokenizer)
    if path.is_dir():
        components = _load_folder(path, config, tokenizer, device, dtype)
    else:
        components = _load_file(path, config, tokenizer, device, dtype)
    _check_tokenizer(components)
    return components


def locate(source: str | Path) -> Path:
    """The folder or file that a model's name means, downloaded where it is a hub id. Raises CheckpointError."""
    if (shipped := SHIPPED.get(str(source))) is not None:
        if not (shipped / "model_index.json").is_file():
            raise CheckpointError(
                f"the shipped model {source} is missing from this installation: name another model, or train it "
                "(python -m sd_models.training)"
            )
        return shipped
    path = Path(source).expanduser()
    if path.exists():
        return path
    if isinstance(source, Path) or not re.fullmatch(r"[\w.-]+/[\w.-]+", source) or source.startswith("."):
        raise CheckpointError(f"there is no file or folder {source}")
    return download(source)


def describe_folder(folder: Path) -> ModelConfig:
    """A diffusers folder's configuration, without its weights. Raises CheckpointError for another family."""
    if not (folder / "unet" / "config.json").is_file():
        raise CheckpointError(_what_folder(folder))
    if (folder / "model_index.json").is_file():
        name = str(read_json(folder / "model_index.json").get("_class_name", "StableDiffusionPipeline"))
        kinds = "Img2Img|Inpaint|InpaintLegacy|InstructPix2Pix"
        if not re.fullmatch(rf"(StableDiffusion|LatentConsistencyModel)({kinds})?Pipeline", name):
            raise CheckpointError(f"{folder} is a {name}; only Stable Diffusion 1 and 2 can be used")
    scheduler = folder / "scheduler" / "scheduler_config.json"
    drawing = folder / "drawing.json"
    return ModelConfig(
        unet=UNetConfig.from_json(read_json(folder / "unet" / "config.json")),
        vae=VAEConfig.from_json(read_json(folder / "vae" / "config.json")),
        text_encoder=CLIPConfig.from_json(read_json(folder / "text_encoder" / "config.json")),
        scheduler=MappingProxyType(read_json(scheduler)),
        defaults=MappingProxyType(read_json(drawing) if drawing.is_file() else {}),
    )


def build(kind: type[Module], config: Any) -> Module:
    """A module without memory for its weights, for `fill`."""
    with torch.device("meta"), _Uninitialised():
        return kind(config)


class _Uninitialised(TorchFunctionMode):
    """Leaves out `torch.nn.init`: without memory there is nothing to initialise, and torch takes a second to get ready
    for doing so on the meta device."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if getattr(func, "__module__", None) == "torch.nn.init":
            return args[0] if args else kwargs["tensor"]
        return func(*args, **(kwargs or {}))


def fill(
    module: Module,
    tensors: Mapping[str, Tensor],
    origin: str | Path,
    device: torch.device | str = "cpu",
    dtype: torch.dtype = torch.float32,
) -> Module:
    """Gives every weight of `module` its tensor, ready for drawing (eval mode, no gradients).

    Raises WeightsError with the exact lists where names or shapes are not the module's."""
    wanted = {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()}
    missing = tuple(sorted(wanted.keys() - tensors.keys()))
    unexpected = tuple(sorted(tensors.keys() - wanted.keys()))
    misshapen = tuple(
        f"{name} {tuple(tensors[name].shape)} instead of {shape}"
        for name, shape in sorted(wanted.items())
        if name in tensors and tuple(tensors[name].shape) != shape
    )
    if missing or unexpected or misshapen:
        lists = {"missing": missing, "unexpected": unexpected, "of another shape": misshapen}
        found = "; ".join(f"{len(names)} {what} ({_first(names)})" for what, names in lists.items() if names)
        message = f"{origin} does not fit its configuration: tensors {found}; use its diffusers folder"
        raise WeightsError(message, missing, unexpected, misshapen)
    module.load_state_dict({name: tensors[name].to(device, dtype) for name in wanted}, assign=True)
    return module.eval().requires_grad_(False)


def _load_folder(
    folder: Path,
    config: ModelConfig | None,
    tokenizer: Tokenizer | None,
    device: torch.device | str,
    dtype: torch.dtype,
) -> Components:
    config = config or describe_folder(folder)
    check_hashes(folder)
    files = {part: weights_file(folder / part) for part in ("text_encoder", "unet", "vae")}
    text = fill(
        build(CLIP, config.text_encoder),
        modernise_text_encoder(read_tensors(files["text_encoder"])),
        files["text_encoder"],
        device,
        dtype,
    )
    unet = fill(build(UNet, config.unet), read_tensors(files["unet"]), files["unet"], device, dtype)
    vae = fill(build(VAE, config.vae), modernise_vae(read_tensors(files["vae"])), files["vae"], device, dtype)
    return Components(config, tokenizer or Tokenizer.from_folder(folder / "tokenizer"), text, unet, vae, folder)


def _load_file(
    path: Path,
    config: ModelConfig | None,
    tokenizer: Tokenizer | None,
    device: torch.device | str,
    dtype: torch.dtype,
) -> Components:
    tensors = read_tensors(path)
    if config is None:
        config = describe_original(tensors, path)
    else:
        refuse_other_families(tensors, path)
    if tokenizer is None:
        tokenizer = Tokenizer.from_folder(path.parent) if _has_tokenizer(path.parent) else download_tokenizer()
        if OPENCLIP + "positional_embedding" in tensors:  # SD 2 pads with id 0, which is "!"
            tokenizer = Tokenizer(tokenizer.vocabulary, tokenizer.merges, pad="!", length=tokenizer.length)
    unet, vae, text = split_original(tensors, config)
    return Components(
        config,
        tokenizer,
        fill(build(CLIP, config.text_encoder), text, f"{path} (text encoder)", device, dtype),
        fill(build(UNet, config.unet), unet, f"{path} (UNet)", device, dtype),
        fill(build(VAE, config.vae), vae, f"{path} (VAE)", device, dtype),
        path,
    )


def _has_tokenizer(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("vocab.json", "merges.txt"))


def _check_tokenizer(components: Components) -> None:
    tokenizer, rows = components.tokenizer, components.config.text_encoder.vocab_size
    highest = max(max(tokenizer.vocabulary.values()), *(id for ids in tokenizer.added.values() for id in ids), 0)
    if highest >= rows:
        raise CheckpointError(
            f"the tokenizer's ids go up to {highest}, but the text encoder knows {rows}; "
            "use the model's whole folder, in which its own tokenizer is"
        )
    if tokenizer.length > components.config.text_encoder.max_position_embeddings:
        components.tokenizer = Tokenizer(
            tokenizer.vocabulary,
            tokenizer.merges,
            pad=tokenizer.pad,
            length=components.config.text_encoder.max_position_embeddings,
            added=tokenizer.added,
        )


def _what_folder(folder: Path) -> str:
    """Says what a folder that is no model is, as well as can be told."""
    if (folder / "config.json").is_file():
        name = read_json(folder / "config.json").get("_class_name") or "one component"
        return f"{folder} is {name} alone; give the folder above it, the one with model_index.json"
    if any(is_lora(read_tensors(path)) for path in sorted(folder.glob("pytorch_lora_weights*"))):
        return f"{folder} is a LoRA, which changes a model and is none; choose the model itself"
    if files := sorted(path.name for path in folder.iterdir() if path.suffix in (".safetensors", ".ckpt")):
        return f"{folder} is not a model folder; give one file of it, such as {folder / files[0]}"
    return f"{folder} is not a model folder: unet/config.json is missing"


def _first(names: tuple[str, ...], count: int = 3) -> str:
    return ", ".join(names[:count]) + (", …" if len(names) > count else "")
