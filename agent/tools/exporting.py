"""An export asked for in the conversation: a file in the home folder."""

from __future__ import annotations

from pathlib import Path

from agent.services import Services
from db.history import Version

__all__ = ["write_export"]


def write_export(services: Services, owner: str, version: Version, format: str) -> tuple[Path, list[str]]:
    """Writes a version into the folder `exports` of the home folder; returns the file, and warnings for a person.
    Raises ExportError."""
    from agent.exports.writing import export, file_name

    name = Path(file_name(version.board.title, format))
    folder = services.settings.home / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name.stem}-v{version.number}-{version.storyboard[:6]}{name.suffix}"
    return file, export(version, services.pictures(owner), format, file)
