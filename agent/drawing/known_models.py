"""The models that boards of this machine may be drawn with: the shipped ones, and those that whoever owns the machine
has ever named, in `TALEBOARD_MODEL`, on the settings page or on the command line. Others choose among them."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter

from agent.errors import EditError
from agent.settings import Settings
from db.files import whole_file
from db.validation import parse_json
from sd_models.shipped import SHIPPED

__all__ = ["known_models", "remember_model", "require_known_model"]

FILE = "models.json"
MOST_SHOWN = 8


def known_models(settings: Settings) -> list[str]:
    """Every model that may be chosen: the shipped ones first, then the owner's in the order in which they came."""
    return list(dict.fromkeys([*SHIPPED, *_kept(settings.home / FILE), settings.model]))


def remember_model(settings: Settings) -> None:
    """Keep the model in force on the owner's list, in the home folder; one that cannot be written keeps nothing."""
    kept = _kept(settings.home / FILE)
    if settings.model in SHIPPED or settings.model in kept:
        return
    with suppress(OSError), whole_file(settings.home / FILE) as part:
        part.write_text(json.dumps([*kept, settings.model], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def require_known_model(settings: Settings, model: str) -> None:
    """Raise EditError for a model that is not on the list. Nothing is looked up on the disk or on the hub for it."""
    known = known_models(settings)
    if model not in known:
        shown = ", ".join(known[:MOST_SHOWN])
        raise EditError(
            f"{model[:80]} is not one of this machine's models ({shown}); whoever owns it adds one on the settings "
            "page or with TALEBOARD_MODEL."
        )


def _kept(file: Path) -> list[str]:
    """What the owner's list holds; a file that cannot be read counts as none."""
    try:
        return TypeAdapter(list[str]).validate_python(parse_json(file.read_bytes()))
    except (OSError, ValueError):
        return []
