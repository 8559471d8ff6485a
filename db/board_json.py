"""The JSON forms that scripts see: `board.json`, and lines of the storyboard and version lists."""

from __future__ import annotations

from typing import Any

from db.history import Storyboard, Version, VersionInfo

__all__ = ["board_json", "image_file", "storyboard_json", "version_json"]


def image_file(position: int) -> str:
    """The name of a panel's picture in an exported folder: `panel-01.png` for position 1."""
    return f"panel-{position:02d}.png"


def board_json(version: Version) -> dict[str, Any]:
    """`board.json`: the value of one version, with its pictures named. `Board.from_json` reads it back."""
    value = version.board.to_json()
    scenes = [
        {
            "id": scene["id"],
            "position": position,
            **scene,
            "image": version.images.get(scene["id"]),
            "image_file": image_file(position),
        }
        for position, scene in enumerate(value.pop("scenes"), start=1)
    ]
    return {
        "storyboard": version.storyboard,
        "title": value.pop("title"),
        "version": version.number,
        "parent": version.parent,
        **value,
        "scenes": scenes,
    }


def storyboard_json(storyboard: Storyboard) -> dict[str, Any]:
    """A line of `boards --json`."""
    return {
        "storyboard": storyboard.storyboard,
        "title": storyboard.title,
        "conversation": storyboard.conversation,
        "versions": storyboard.versions,
        "updated_at": storyboard.updated_at.isoformat(),
    }


def version_json(version: VersionInfo) -> dict[str, Any]:
    """A line of `versions --json`."""
    return {
        "number": version.number,
        "parent": version.parent,
        "message": version.message,
        "summary": version.summary,
        "created_at": version.created_at.isoformat(),
    }
