"""An export asked for in the conversation: a file in the home folder."""

from __future__ import annotations

from pathlib import Path

from agent.errors import EditError
from agent.services import Services
from db.history import Version

__all__ = ["write_export"]


def write_export(services: Services, owner: str, version: Version, format: str) -> Path:
    """Writes a version into `exports` in the home folder and returns the file. Raises ExportError."""
    raise EditError(f"Exporting {format} is not there yet; use `taleboard export`.")
