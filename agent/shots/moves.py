"""Where a camera's move begins and ends in a panel: two frames, as boards draw them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["WHOLE", "Frame", "move_frames"]


@dataclass(frozen=True)
class Frame:
    """What the camera sees of a panel, as shares of it: the left and upper edge, and the size of both sides."""

    x: float
    y: float
    size: float

    def towards(self, end: Frame, share: float) -> Frame:
        """The frame on the way from this one to `end`, from 0 to 1."""
        pairs = ((self.x, end.x), (self.y, end.y), (self.size, end.size))
        return Frame(*(a + (b - a) * share for a, b in pairs))


WHOLE: Final = Frame(0, 0, 1)
_NEAR: Final = Frame(0.15, 0.15, 0.7)
_LEFT, _RIGHT = Frame(0, 0.11, 0.78), Frame(0.22, 0.11, 0.78)
_HIGH, _LOW = Frame(0.11, 0, 0.78), Frame(0.11, 0.22, 0.78)
_MOVES: Final[dict[str, tuple[Frame, Frame]]] = {
    "push in": (WHOLE, _NEAR),
    "zoom in": (WHOLE, _NEAR),
    "pull back": (_NEAR, WHOLE),
    "zoom out": (_NEAR, WHOLE),
    "pan right": (_LEFT, _RIGHT),
    "pan left": (_RIGHT, _LEFT),
    "tilt up": (_LOW, _HIGH),
    "tilt down": (_HIGH, _LOW),
    "crane up": (_LOW, _HIGH),
    "crane down": (_HIGH, _LOW),
    "pan": (_LEFT, _RIGHT),
    "tilt": (_LOW, _HIGH),
    "crane": (_LOW, _HIGH),
    "track": (_LEFT, _RIGHT),
    "arc": (_LEFT, Frame(0.26, 0.13, 0.72)),
}


def move_frames(move: str | None) -> tuple[Frame, Frame] | None:
    """The first and the last frame of a move in words ("slow push in"); None for a camera that goes nowhere."""
    said = f" {(move or '').lower()} "
    return next((frames for name, frames in _MOVES.items() if re.search(rf"\b{name}", said)), None)
