"""Panels drawn from a picture that was dropped into the message."""

from __future__ import annotations

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, call

__all__ = ["INTENTS"]


def _from_picture(a: Asked) -> Call:
    pictures = a.index.context.pictures
    if not pictures:
        raise Doubt("Which picture? Drop one into the message, with the same words.")
    # A picture is for the scene that it was dropped for, and not for the one that was last talked of.
    scenes = a.scenes(missing="For which scene?", remembered=False)
    if len(pictures) == 1:
        return call("draw_from_picture", scenes=scenes)
    choices = [Choice(name, (call("draw_from_picture", scenes=scenes, picture=name),)) for name in pictures[:8]]
    raise Doubt("Which of the pictures?", "calls", choices)


INTENTS = (
    Intent(
        "from a picture",
        (
            "[@change|make|base|start|redo|copy] [{scenes}] from_picture [for|in|to|on] [{scenes}]",
            "from_picture [should|must] {scenes} [describe|be|look]",
        ),
        _from_picture,
        ("draw scene 2 from the attached picture",),
    ),
)
