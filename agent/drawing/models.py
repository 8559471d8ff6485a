"""What is known of a model before it is loaded, without torch: its drawing defaults, vocabulary and revision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from agent.errors import SettingsError
from agent.story.dialect import Vocabulary, load_vocabulary
from db.board import Drawing
from sd_models.engines.loading import engine_names, weights_revision
from sd_models.shipped import SHIPPED

__all__ = ["DrawnWith", "drawing_defaults", "drawn_with", "model_folder"]

STABLE_DIFFUSION = Drawing(sampler="dpmpp_2m_karras", steps=20, guidance=7.5, size=(640, 384), sharing=0.5)
"""For checkpoints that bring no defaults of their own: 20 steps of DPM-Solver++ 2M Karras, and a wide panel of about
the number of pixels that SD 1.5 was trained on."""

WEIGHTS = ("*.safetensors", "*.bin", "*.ckpt")


@dataclass(frozen=True)
class DrawnWith:
    """A model as the board sees it. `vocabulary` is None for models that take any words; `revision` changes with the
    model's weights."""

    defaults: Drawing
    vocabulary: Vocabulary | None
    revision: str


def model_folder(model: str) -> Path | None:
    """Where the model lies: a shipped folder, or a folder or file on this machine; None for a hub id."""
    if model in SHIPPED:
        return SHIPPED[model]
    path = Path(model).expanduser()
    return path if path.exists() else None


def drawing_defaults(engine: str, model: str) -> Drawing:
    """The drawing settings of a new board. Raises SettingsError for an engine that is not there, and where the model's
    `drawing.json` is damaged."""
    if engine not in engine_names():
        raise SettingsError(f"there is no engine {engine!r}: choose from {', '.join(engine_names())}")
    defaults = drawn_with(model).defaults
    return Drawing(engine, model, defaults.sampler, defaults.steps, defaults.guidance, defaults.size, defaults.sharing)


def drawn_with(model: str) -> DrawnWith:
    """What is known of a model. Looks at its files once, and again when they change."""
    folder = model_folder(model)
    if folder is None:
        return DrawnWith(STABLE_DIFFUSION, None, "")
    weights = [folder] if folder.is_file() else sorted(path for glob in WEIGHTS for path in folder.rglob(glob))
    return _read(folder, tuple((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in weights))


@lru_cache(maxsize=16)
def _read(folder: Path, weights: tuple[tuple[str, int, int], ...]) -> DrawnWith:
    defaults, vocabulary = STABLE_DIFFUSION, None
    if (settings := folder / "drawing.json").is_file():
        try:
            value = json.loads(settings.read_text())
            defaults = Drawing(
                sampler=value["sampler"],
                steps=int(value["steps"]),
                guidance=float(value["guidance"]),
                size=(int(value["size"][0]), int(value["size"][1])),
            )
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise SettingsError(f"{settings} is damaged ({error}); copy the model's folder again") from None
    if (words := folder / "vocabulary.json").is_file():
        vocabulary = load_vocabulary(words)
    return DrawnWith(defaults, vocabulary, weights_revision(folder) if weights else "")
