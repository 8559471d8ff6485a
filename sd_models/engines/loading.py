"""Engines by name: the three of this package, and those that other packages offer by the entry point group
`taleboard.engines`, where a name stands for a callable `(model, dtype=…, device=…) -> Engine`."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sd_models.engines import Engine
from sd_models.errors import CheckpointError, RequestError
from sd_models.shipped import SHIPPED

if TYPE_CHECKING:
    import torch

__all__ = ["DRAFT", "ENTRY_POINTS", "engine_names", "load_engine", "precision", "weight_files", "weights_revision"]

ENTRY_POINTS: Final = "taleboard.engines"
DRAFT: Final = "draft"
OWN: Final = ("scratch", "diffusers", DRAFT)
FULL_SIZE: Final = 256
"""UNets whose finest level is this wide or wider are full-size: half precision pays, and costs nothing to see."""


def engine_names() -> list[str]:
    """Every engine that `load_engine` knows."""
    return [*OWN, *sorted({point.name for point in entry_points(group=ENTRY_POINTS)} - set(OWN))]


def load_engine(engine: str, model: str, dtype: str = "auto", device: str = "auto") -> Engine:
    """The engine of this name with its model loaded: "storybook", a diffusers folder, a single file, or a hub id.

    `dtype` "auto" is bfloat16 for full-size models on CPUs that multiply it natively, float16 on GPUs, and float32 for
    the shipped model and small ones. Raises CheckpointError, or RequestError for an engine that is not there."""
    others = {point.name: point for point in entry_points(group=ENTRY_POINTS)}
    if engine in others:
        return _load_other(others[engine], model, dtype, device)
    if engine not in OWN:
        raise RequestError(f"there is no engine {engine!r}: choose from {', '.join(engine_names())}")
    if engine == DRAFT:
        from sd_models.engines.draft import DraftEngine

        return DraftEngine(model)
    from sd_models.device import describe_device

    device = describe_device().kind if device == "auto" else device
    chosen = precision(model, dtype, device)
    if engine == "scratch":
        from sd_models.engines.scratch import ScratchEngine
        from sd_models.pipeline import StableDiffusion

        pipeline = StableDiffusion.from_pretrained(model, device=device, dtype=chosen)
        return ScratchEngine(pipeline, model, weights_revision(pipeline.components.source))
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")  # its advice at import is not for our readers
    from sd_models.engines.diffusers import load_diffusers_engine

    return load_diffusers_engine(model, dtype=chosen, device=device)


def precision(model: str, dtype: str, device: str) -> torch.dtype:
    """The precision to draw in. Raises RequestError for an unknown one."""
    import torch

    from sd_models.device import describe_device
    from sd_models.pipeline import DTYPES

    if dtype in DTYPES:
        return DTYPES[dtype]
    if dtype != "auto":
        raise RequestError(f"dtype {dtype!r} is unknown: choose auto, {', '.join(DTYPES)}")
    if not _is_full_size(model):
        return torch.float32
    if device != "cpu":
        return torch.float16
    return torch.bfloat16 if describe_device().bfloat16 else torch.float32


def _is_full_size(model: str) -> bool:
    """From a folder's description; single files and hub ids are taken to be, unless the file is small."""
    from sd_models.checkpoints import describe_folder

    path = Path(model).expanduser()
    if model in SHIPPED:
        return False
    if path.is_dir():
        return describe_folder(path).unet.block_out_channels[0] >= FULL_SIZE
    return not path.is_file() or path.stat().st_size > 1e9


def weight_files(source: Path) -> list[Path]:
    """A model's weights: the file itself, or those in a model folder and its components' folders. No other folder is
    looked into, and no deeper: a name may come from anybody, and mean a home folder or a whole disk."""
    if source.is_file():
        return [source]
    if not (source / "model_index.json").is_file():
        return []
    patterns = ("*.safetensors", "*.bin", "*.ckpt")
    return sorted(path for glob in patterns for place in (glob, f"*/{glob}") for path in source.glob(place))


def weights_revision(source: Path | None) -> str:
    """A short name for a model's weights, the same on every machine: from the size, beginning and end of each file."""
    if source is None:
        return ""
    digest = hashlib.sha256()
    for path in weight_files(source):
        size = path.stat().st_size
        digest.update(f"{path.name}:{size}:".encode())
        with path.open("rb") as file:
            digest.update(file.read(65536))
            file.seek(max(0, size - 65536))
            digest.update(file.read(65536))
    return digest.hexdigest()[:12]


def _load_other(point: EntryPoint, model: str, dtype: str, device: str) -> Engine:
    try:
        make = point.load()
    except Exception as error:
        raise CheckpointError(f"the engine {point.name!r} could not be imported from {point.value}: {error}") from error
    engine: Engine = make(model, dtype=dtype, device=device)
    return engine
