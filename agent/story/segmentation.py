"""Scenes of a story: where a storyboard artist would cut."""

from __future__ import annotations

from dataclasses import dataclass

from agent.story.readers import StoryText

__all__ = ["SceneText", "segment_story"]


@dataclass(frozen=True)
class SceneText:
    """The text of one scene, `[start:end]` of the story; `chapter` is the heading that it starts with, if any."""

    text: str
    start: int
    end: int
    chapter: str = ""


def segment_story(story: str | StoryText, count: int | None = None) -> tuple[SceneText, ...]:
    """The story cut into `count` scenes (fewer only where it has fewer sentences), or into a sensible number.
    Every sentence is in exactly one scene, in order. Raises StoryError (no words; count below 1 or above 500)."""
    raise NotImplementedError
