"""Language models of the Hugging Face hub: whether one is on this machine, how large it is, and getting it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent.errors import SettingsError, first_line

__all__ = ["HubModel", "download", "is_here", "look_up"]

WANTED = ("*.json", "*.safetensors", "*.txt", "*.model", "*.jinja")
"""Weights as safetensors only: other formats can run code when they are loaded."""
NEEDS_MORE = 1.2
"""Beyond its weights a model takes about a fifth more memory, for a conversation of 8,192 tokens."""


@dataclass(frozen=True)
class HubModel:
    """What the hub says of a model. `size` is what there is to download, in bytes."""

    name: str
    size: int

    @property
    def told(self) -> str:
        """Its size and what it needs, for a person."""
        memory = _gigabytes(self.size * NEEDS_MORE)
        return (
            f"{self.name}: {_gigabytes(self.size)} to download; about {memory} of memory, twice that on a CPU without "
            "units for bfloat16"
        )


def is_here(name: str) -> bool:
    """Whether a name is a folder, or a model of the hub that has been downloaded."""
    from huggingface_hub import try_to_load_from_cache

    if Path(name).expanduser().exists():
        return True
    try:
        return isinstance(try_to_load_from_cache(name, "config.json"), str)
    except ValueError:  # no name of a model
        return False


def look_up(name: str) -> HubModel:
    """Ask the hub about a model. Raises SettingsError where it has none of that name, or cannot be reached."""
    from fnmatch import fnmatch

    from huggingface_hub import HfApi

    try:
        files = HfApi().model_info(name, files_metadata=True, timeout=20).siblings or []
    except Exception as error:  # whatever the hub's client and its transport raise
        raise SettingsError(f"{name} cannot be looked up on the hub: {first_line(error)}") from None
    wanted = [file for file in files if any(fnmatch(file.rfilename, pattern) for pattern in WANTED)]
    if not any(file.rfilename.endswith(".safetensors") for file in wanted):
        raise SettingsError(f"{name} has no weights as safetensors; choose another model")
    return HubModel(name, sum(file.size or 0 for file in wanted))


def download(name: str) -> Path:
    """Download a model; the hub's client shows its progress, and goes on where it was broken off. Raises
    SettingsError."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, allow_patterns=list(WANTED)))
    except Exception as error:
        raise SettingsError(f"{name} could not be downloaded: {first_line(error)}; the same command goes on") from None


def _gigabytes(size: float) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.1f} MB"
