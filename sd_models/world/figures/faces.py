"""Faces: eyes, brows and mouth that say how somebody feels, on a head of radius 1 around the pen's origin."""

from __future__ import annotations

from sd_models.world.pen import Colour, Pen

INK = (44, 30, 40)


FEELINGS: dict[str, tuple[str, ...]] = {
    "surprised": ("astonished", "amazed", "shocked", "startled", "stunned", "curious"),
    "tired": ("sleepy", "weary", "exhausted", "bored", "drowsy", "ill", "sick"),
    "proud": ("smug", "confident", "triumphant", "determined", "brave", "bold"),
    "worried": ("anxious", "nervous", "uneasy", "concerned", "troubled", "shy", "guilty"),
}
"""The feelings that the world draws beyond those of the storybook model, each with its other names."""
NEAREST = {"surprised": "scared", "tired": "sad", "proud": "happy", "worried": "sad"}
"""Which of the model's moods a face shows where it has no lines of its own for a feeling: animals' mouths."""


def face(
    pen: Pen,
    mood: str,
    asleep: bool = False,
    eyes: Colour = INK,
    spread: float = 0.38,
    level: float = 0.12,
    mouth: bool = True,
) -> None:
    """Draws the face; `level` is how far below the middle the eyes are, `spread` how far apart."""
    for side in (-1, 1):
        x = side * spread
        if asleep:
            pen.arc(x, level, 0.14, 15, 165, 0.07, eyes)
        elif mood == "happy":
            pen.arc(x, level + 0.08, 0.15, 190, 350, 0.09, eyes)
        elif mood in ("scared", "surprised"):
            pen.ellipse(x, level, 0.23, 0.25, (255, 255, 255))
            pen.ellipse(x, level, 0.09, 0.1, eyes)
        elif mood == "tired":
            pen.slice(x, level, 0.14, 0.15, 0, 180, eyes)
            pen.line([(x - 0.16, level), (x + 0.16, level)], 0.06, eyes)
        else:
            pen.ellipse(x, level, 0.115, 0.14, eyes)
            pen.ellipse(x + 0.035, level - 0.05, 0.04, 0.045, (255, 255, 255))
        if mood == "angry":
            pen.line([(x + side * 0.2, level - 0.34), (x - side * 0.18, level - 0.16)], 0.1, eyes)
        elif mood == "sad":
            pen.line([(x + side * 0.18, level - 0.2), (x - side * 0.14, level - 0.32)], 0.08, eyes)
        elif mood in ("scared", "worried"):
            pen.line([(x + side * 0.16, level - 0.36), (x - side * 0.12, level - 0.46)], 0.07, eyes)
        elif mood == "surprised":
            pen.arc(x, level - 0.3, 0.17, 200, 340, 0.07, eyes)
        elif mood == "proud":
            pen.arc(x, level - 0.2, 0.17, 210, 330, 0.06, eyes)
    if mood == "sad":
        pen.ellipse(spread + 0.04, level + 0.3, 0.09, 0.14, (96, 176, 255))
    if not mouth:
        return
    y = level + 0.42
    if asleep:
        pen.arc(0, y, 0.08, 0, 180, 0.06, eyes)
    elif mood == "happy":
        pen.slice(0, y - 0.08, 0.27, 0.27, 0, 180, (140, 34, 44))
    elif mood == "sad":
        pen.arc(0, y + 0.14, 0.2, 205, 335, 0.08, eyes)
    elif mood == "angry":
        pen.line([(-0.2, y + 0.06), (0.2, y + 0.06)], 0.09, eyes)
    elif mood == "scared":
        pen.ellipse(0, y + 0.06, 0.12, 0.17, (120, 30, 44))
    elif mood == "surprised":
        pen.ellipse(0, y + 0.06, 0.16, 0.2, (120, 30, 44))
    elif mood == "tired":
        pen.line([(-0.12, y + 0.08), (0.12, y + 0.08)], 0.07, eyes)
    elif mood == "worried":
        pen.line([(-0.2, y + 0.1), (-0.07, y), (0.06, y + 0.09), (0.2, y + 0.02)], 0.07, eyes)
    elif mood == "proud":
        pen.arc(0.04, y - 0.12, 0.24, 20, 140, 0.08, eyes)
    else:
        pen.arc(0, y - 0.1, 0.2, 25, 155, 0.07, eyes)


def cheeks(pen: Pen, colour: Colour, spread: float = 0.6, level: float = 0.4) -> None:
    for side in (-1, 1):
        pen.ellipse(side * spread, level, 0.17, 0.12, colour)


def snores(pen: Pen) -> None:
    """Two letters Z that rise from a sleeper."""
    for x, y, s in ((0.0, 0.0, 0.09), (0.13, -0.14, 0.12)):
        pen.line([(x, y), (x + s, y), (x, y + s), (x + s, y + s)], s * 0.26, (255, 255, 255))
