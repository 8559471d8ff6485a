"""The formats of an export: what its files end in, and what it is. Imports nothing, so that help comes at once."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["FORMATS", "Format"]

Format = Literal["pdf", "png", "pptx", "html", "gif", "mp4", "csv", "json", "zip", "fountain", "otio", "vistory"]

ENDINGS = {"otio": ".otioz", "vistory": ".json"}

FORMATS: dict[str, str] = {name: ENDINGS.get(name, f".{name}") for name in get_args(Format)}
"""Format -> the ending of its files."""
