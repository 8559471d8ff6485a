"""What is known of a model before it is loaded, without torch: its drawing defaults, vocabulary and revision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from agent.errors import SettingsError
from agent.story.dialect import Vocabulary, load_vocabulary
from db.board import UNDECIDED, Drawing
from db.validation import first_mistake, parse_json
from sd_models.engines.loading import DRAFT, engine_names, weight_files, weights_revision
from sd_models.shipped import SHIPPED

__all__ = ["DrawnWith", "drawing_defaults", "drawn_with", "model_folder"]

STABLE_DIFFUSION = replace(UNDECIDED, sampler="dpmpp_2m_karras", steps=20, guidance=7.5, size=(640, 384), sharing=0.5)
"""For checkpoints that bring no defaults of their own: 20 steps of DPM-Solver++ 2M Karras, and a wide panel of about
the number of pixels that SD 1.5 was trained on."""

DRAFTS = replace(UNDECIDED, sampler="ddim", steps=1, size=(1280, 720))
"""For the draft engine, which takes no steps and draws at any size."""


@dataclass(frozen=True)
class DrawnWith:
    """A model as the board sees it. `defaults` name no engine and no model; `vocabulary` is None for models that take
    any words; `revision` changes with the model's weights; `takes_layout` is whether it looks at a layout."""

    defaults: Drawing
    vocabulary: Vocabulary | None
    revision: str
    takes_layout: bool = False


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
    return replace(DRAFTS if engine == DRAFT else drawn_with(model).defaults, engine=engine, model=model)


def drawn_with(model: str) -> DrawnWith:
    """What is known of a model. Looks at its files once, and again when they change."""
    folder = model_folder(model)
    if folder is None:
        return DrawnWith(STABLE_DIFFUSION, None, "")
    stats = [(path, path.stat()) for path in weight_files(folder)]
    return _read(folder, tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@lru_cache(maxsize=16)
def _read(folder: Path, weights: tuple[tuple[str, int, int], ...]) -> DrawnWith:
    defaults, vocabulary = STABLE_DIFFUSION, None
    if (settings := folder / "drawing.json").is_file():
        try:
            value = dict(parse_json(settings.read_bytes())) | {"engine": "any", "model": "any"}
            defaults = replace(TypeAdapter(Drawing).validate_python(value), engine="", model="")
        except (ValueError, TypeError) as error:
            why = first_mistake(error) if isinstance(error, ValidationError) else error
            raise SettingsError(f"{settings} is damaged ({why}); copy the model's folder again") from None
    if (words := folder / "vocabulary.json").is_file():
        vocabulary = load_vocabulary(words)
    return DrawnWith(defaults, vocabulary, weights_revision(folder) if weights else "", _takes_layout(folder))


def _takes_layout(folder: Path) -> bool:
    """Whether the UNet has twice as many channels as it predicts."""
    description = folder / "unet" / "config.json"
    if not description.is_file():
        return False
    try:
        unet = dict(parse_json(description.read_bytes()))
    except (ValueError, TypeError):
        return False  # what is damaged is named by whoever loads the model
    return unet.get("in_channels") == 2 * unet.get("out_channels", 4)
