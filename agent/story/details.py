"""What one scene shows: where, when, in what weather and mood, with which props, doing what, in which shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.board import Character, Scene

__all__ = ["Details", "scene_details"]


@dataclass(frozen=True)
class Details:
    """In English whatever the story's language, since that is what drawing models read; empty where the text is silent.
    `duration` is in seconds. Fields are named as those of `Scene`."""

    title: str = ""
    summary: str = ""
    shot: str = ""
    setting: str = ""
    time: str = ""
    weather: str = ""
    mood: str = ""
    action: str = ""
    props: tuple[str, ...] = ()
    dialogue: tuple[str, ...] = ()
    duration: float = 4.0


def scene_details(text: str, characters: Sequence[Character] = (), before: Scene | Details | None = None) -> Details:
    """The details of a scene's text, of which `characters` are present (most important first). Setting, time and
    weather that the text does not name are carried over from the scene `before`."""
    raise NotImplementedError
