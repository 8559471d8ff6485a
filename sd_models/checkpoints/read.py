"""Files to tensors, safely: safetensors, sharded safetensors, and pickles of nothing but tensors."""

from __future__ import annotations

import hashlib
import json
import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from sd_models.errors import CheckpointError

__all__ = ["WEIGHT_NAMES", "check_hashes", "file_sha256", "read_json", "read_tensors", "weights_file"]

MAX_JSON: Final = 8 * 2**20  # bytes
MAX_PICKLE: Final = 64 * 2**20  # bytes of a checkpoint that are not tensors
MAX_SHARDS: Final = 1000
MAPPED: Final = 32 * 2**20  # bytes of a file that are mapped into memory at once, while it is read

# Files of a component's folder that can hold its weights, the best first: full precision before half, safetensors
# before pickles, and never another variant (such as non_ema).
WEIGHT_NAMES: Final = tuple(
    stem + suffix
    for suffix in (
        ".safetensors",
        ".safetensors.index.json",
        ".fp16.safetensors",
        ".safetensors.index.fp16.json",
        ".bin",
        ".bin.index.json",
        ".fp16.bin",
    )
    for stem in ("diffusion_pytorch_model", "model", "pytorch_model")
)

# What training frameworks put beside the weights. Nothing of it is run: each name stands for an empty object.
_HARMLESS: Final = ("pytorch_lightning.", "lightning.", "lightning_fabric.", "omegaconf.", "numpy.")


def read_tensors(path: Path) -> dict[str, Tensor]:
    """All tensors of a `.safetensors` file, its `.index.json`, or a pickle (`.ckpt`, `.bin`, `.pt`), on the CPU. A
    pickle's are mapped from the file where its format allows. Raises CheckpointError with one line that says what is
    wrong."""
    if not path.is_file():
        raise CheckpointError(f"there is no file {path}")
    if path.name.endswith(".index.json"):
        tensors = _read_shards(path)
    elif _looks_like_a_web_page(path):
        raise CheckpointError(f"{path} is a web page, not a model; download the file itself")
    elif path.suffix == ".safetensors":
        tensors = _read_safetensors(path)
    else:
        tensors = _read_pickle(path)
    for name, tensor in tensors.items():
        if tensor.is_floating_point() and tensor.dtype.itemsize == 1:
            raise CheckpointError(f"{path} holds 8-bit floats ({name}); use the 16- or 32-bit file of this model")
    return tensors


def weights_file(folder: Path) -> Path:
    """The first of WEIGHT_NAMES that a component's folder holds. Raises CheckpointError where there is none."""
    for name in WEIGHT_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise CheckpointError(f"{folder} holds no weights ({WEIGHT_NAMES[0]}); is this a whole model folder?")


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object of a model folder. Raises CheckpointError."""
    if not path.is_file():
        raise CheckpointError(f"{path} is missing; is {path.parent} a whole model folder?")
    if path.stat().st_size > MAX_JSON:
        raise CheckpointError(f"{path} is too large for a description of a model")
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise CheckpointError(f"{path} is not JSON; copy the model's folder again") from None
    if not isinstance(value, dict):
        raise CheckpointError(f"{path} does not describe a model; copy the model's folder again")
    return value


def file_sha256(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_hashes(folder: Path) -> None:
    """Compares each weight file with its SHA-256 in `hashes.json`, where there is one. Raises CheckpointError that
    names the file."""
    if not (folder / "hashes.json").is_file():
        return
    for name, expected in read_json(folder / "hashes.json").items():
        path = _inside(folder, name)
        if not path.is_file():
            raise CheckpointError(f"{path} is missing; copy the model's folder again")
        if (found := file_sha256(path)) != expected:
            raise CheckpointError(
                f"{path} is damaged: its SHA-256 is {found[:16]}… and should be {str(expected)[:16]}…; "
                "copy the model's folder again"
            )


def _read_shards(index: Path) -> dict[str, Tensor]:
    """`weight_map` tells for each tensor the file beside the index that holds it."""
    weight_map = read_json(index).get("weight_map")
    if not isinstance(weight_map, dict) or not 0 < len(set(map(str, weight_map.values()))) <= MAX_SHARDS:
        raise CheckpointError(f"{index} is not the index of a sharded model")
    tensors: dict[str, Tensor] = {}
    for shard in sorted(set(map(str, weight_map.values()))):
        tensors |= read_tensors(_inside(index.parent, shard))
    if lost := weight_map.keys() - tensors.keys():
        raise CheckpointError(f"{len(lost)} tensors that {index} names are in no shard, such as {min(lost)}")
    return tensors


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    """Copied out of the file a part at a time: a mapping stays in memory as long as one tensor of it is used, beside
    what the weights are packed into for drawing."""
    tensors: dict[str, Tensor] = {}
    try:
        with safe_open(path, "pt") as file:
            names = list(file.keys())[::-1]
        while names:
            read = 0
            with safe_open(path, "pt") as file:
                while names and read < MAPPED:
                    name = names.pop()
                    tensors[name] = file.get_tensor(name).clone()
                    read += tensors[name].nbytes
        return tensors
    except SafetensorError as error:
        why = str(error).lower()
        if "incompletemetadata" in why.replace(" ", "") or "not fully covered" in why or "headertoosmall" in why:
            raise CheckpointError(f"{path} is truncated; download it again") from None
        raise CheckpointError(f"{path} is not a safetensors file, or is damaged; download it again") from None


def _read_pickle(path: Path) -> dict[str, Tensor]:
    """Tensors only: `weights_only=True` refuses every pickle that would run something."""
    allowed: list[Any] = []
    mmap = zipfile.is_zipfile(path)
    try:
        if mmap:
            with zipfile.ZipFile(path) as archive:
                if any(i.file_size > MAX_PICKLE for i in archive.infolist() if i.filename.endswith("data.pkl")):
                    raise CheckpointError(f"{path} holds too much that is not weights; use a safetensors file")
            unsafe = torch.serialization.get_unsafe_globals_in_checkpoint(path)
            allowed = [(_Ignored, name) for name in unsafe if name.startswith(_HARMLESS)]
        with torch.serialization.safe_globals(allowed):
            value = torch.load(path, map_location="cpu", weights_only=True, mmap=mmap)
    except pickle.UnpicklingError as error:
        name = str(error).partition("GLOBAL ")[2].split(" ")[0]
        held = f"code ({name})" if name else "more than weights"
        raise CheckpointError(f"{path} holds {held}, which is never run; use its safetensors file") from None
    except CheckpointError:
        raise
    except Exception:  # damaged bytes make the reader fail in any way
        raise CheckpointError(f"{path} is not a checkpoint, or is truncated; download it again") from None
    if isinstance(value, Mapping) and isinstance(value.get("state_dict"), Mapping):
        step = value.get("global_step")
        value = {**value["state_dict"], **({"global_step": torch.tensor(step)} if isinstance(step, int) else {})}
    if isinstance(value, Mapping) and isinstance(value.get("string_to_param"), Mapping):  # a textual inversion
        value = {str(value.get("name") or "*"): next(iter(value["string_to_param"].values()), None)}
    if not isinstance(value, Mapping):
        raise CheckpointError(f"{path} holds no named tensors; it is not a model")
    return {str(name): tensor.data for name, tensor in value.items() if isinstance(tensor, Tensor)}


class _Ignored:
    """Stands for an object of a training framework: takes whatever its pickle says, and does nothing."""

    def __init__(self, *args: object) -> None: ...

    def __setstate__(self, state: object) -> None: ...

    def __hash__(self) -> int:
        return id(self)


def _looks_like_a_web_page(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(512).lstrip().lower()
    return start.startswith((b"<!doctype", b"<html", b"<head", b"<?xml"))


def _inside(folder: Path, name: str) -> Path:
    """`folder / name`, where that is inside the folder."""
    path = Path(folder) / name
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise CheckpointError(f"{folder} refers to a file outside of it ({name}); it is not a model to be trusted")
    return path
