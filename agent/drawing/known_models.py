"""The models that boards of this machine may be drawn with: the shipped ones, and those that whoever owns the machine
has ever named, in `TALEBOARD_MODEL`, on the settings page or with `taleboard models add`. Others choose among them."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from agent.errors import EditError, SettingsError
from agent.settings import Settings
from db.files import whole_file
from db.validation import parse_json
from sd_models.engines.loading import weight_files
from sd_models.shipped import SHIPPED

__all__ = ["add_model", "known_models", "remember_model", "remove_model", "require_known_model"]

FILE = "models.json"
MOST_SHOWN = 8
HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def known_models(settings: Settings) -> list[str]:
    """Every model that may be chosen: the shipped ones first, then the owner's in the order in which they came."""
    return list(dict.fromkeys([*SHIPPED, *_kept(settings.home / FILE), settings.model]))


def remember_model(settings: Settings) -> None:
    """Keep the model in force on the owner's list, in the home folder; one that cannot be written keeps nothing."""
    kept = _kept(settings.home / FILE)
    if settings.model not in SHIPPED and settings.model not in kept:
        with suppress(OSError):
            _keep(settings.home / FILE, [*kept, settings.model])


def add_model(settings: Settings, model: str) -> str:
    """Put a model on the owner's list: a folder or file with weights, by its whole path, or a hub id. Returns the name
    that it is chosen by. Raises SettingsError for what is neither, and where the list cannot be written."""
    if model in known_models(settings):
        return model
    path = Path(model).expanduser()
    if path.exists():
        if not weight_files(path):
            raise SettingsError(f"{model} holds no model: give a diffusers folder, or a .safetensors or .ckpt file")
        model = str(path.absolute())
    elif not HUB_ID.fullmatch(model):
        raise SettingsError(f"there is no file or folder {model}, and a hub id looks like owner/name")
    _write(settings, [*_kept(settings.home / FILE), model])
    return model


def remove_model(settings: Settings, model: str) -> None:
    """Take a model off the owner's list. Raises SettingsError where it is not on it or has to stay."""
    kept = _kept(settings.home / FILE)
    if model in SHIPPED:
        raise SettingsError(f"{model} comes with Taleboard and stays")
    if model == settings.model:
        raise SettingsError(f"{model} is what new boards are drawn with; set TALEBOARD_MODEL to another one first")
    if model not in kept:
        raise SettingsError(f"{model} is not on the list; `taleboard models` shows it")
    _write(settings, [one for one in kept if one != model])


def require_known_model(settings: Settings, model: str) -> None:
    """Raise EditError for a model that is not on the list. Nothing is looked up on the disk or on the hub for it."""
    known = known_models(settings)
    if model not in known:
        shown = ", ".join(known[:MOST_SHOWN])
        raise EditError(
            f"{model[:80]} is not one of this machine's models ({shown}); whoever owns it adds one on the settings "
            "page or with `taleboard models add`."
        )


def _write(settings: Settings, models: list[str]) -> None:
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        _keep(settings.home / FILE, models)
    except OSError as error:
        raise SettingsError(f"{settings.home / FILE} cannot be written ({error.strerror or error})") from error


def _keep(file: Path, models: list[str]) -> None:
    with whole_file(file) as part:
        part.write_text(json.dumps(models, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _kept(file: Path) -> list[str]:
    """What the owner's list holds; a file that cannot be read counts as none."""
    try:
        return TypeAdapter(list[str]).validate_python(parse_json(file.read_bytes()))
    except (OSError, ValueError):
        return []
