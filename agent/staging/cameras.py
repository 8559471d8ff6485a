"""The camera in words, and words as a camera: "medium shot, low angle" and back."""

from __future__ import annotations

import re
from dataclasses import replace

from db.board import SIZES, Angle, Camera, Size

__all__ = ["camera_in", "nearer", "shot_words", "wider"]

_SIZES: tuple[tuple[str, Size], ...] = (
    (r"extreme close|extreme cu|\becu\b|macro", "extreme close-up"),
    (r"medium close|\bmcu\b|bust|head and shoulders", "medium close-up"),
    (r"close[- ]?up|\bcu\b|portrait|head shot|detail", "close-up"),
    (r"extreme (?:wide|long)|establishing|panorama|aerial|landscape", "extreme wide"),
    (r"medium (?:wide|long|full)|cowboy|american shot|knee", "medium wide"),
    (r"full|head to toe", "full"),
    (r"wide|long shot|\bws\b", "wide"),
    (r"medium|mid[- ]?shot|waist|two[- ]?shot|over[- ]the[- ]shoulder|\bms\b", "medium"),
)
_ANGLES: tuple[tuple[str, Angle], ...] = (
    (r"overhead|bird|top[- ]down|straight down|from directly above", "overhead"),
    (r"high angle|from above|looking down", "high"),
    (r"low angle|from below|worm|looking up", "low"),
    (r"dutch|tilted|canted|slanted", "dutch"),
)
_SIZE_WORDS: dict[Size, str] = {
    "extreme wide": "extreme wide shot", "wide": "wide shot", "full": "full shot", "medium wide": "medium wide shot",
    "medium": "medium shot", "medium close-up": "medium close-up", "close-up": "close-up",
    "extreme close-up": "extreme close-up",
}  # fmt: skip
_ANGLE_WORDS: dict[Angle, str] = {
    "eye level": "", "high": "high angle", "low": "low angle", "overhead": "overhead", "dutch": "dutch angle"
}  # fmt: skip


def camera_in(words: str, present: Camera | None = None) -> Camera | None:
    """The camera that words of a shot ask for; None where they say nothing of one. What they leave open is as in
    `present`."""
    said = words.lower()
    size = next((size for pattern, size in _SIZES if re.search(pattern, said)), None)
    angle = next((angle for pattern, angle in _ANGLES if re.search(pattern, said)), None)
    if not size and not angle:
        return None
    camera = present or Camera("medium wide")
    return replace(camera, size=size or camera.size, angle=angle or "eye level")


def shot_words(camera: Camera) -> str:
    """The camera as the words of a shot: `camera_in` reads them back."""
    over = "over-the-shoulder shot" if camera.over else ""
    return ", ".join(part for part in (_SIZE_WORDS[camera.size], _ANGLE_WORDS[camera.angle], over) if part)


def wider(size: Size) -> Size:
    """The next wider size of a shot; the widest stays."""
    return SIZES[max(0, SIZES.index(size) - 1)]


def nearer(size: Size) -> Size:
    """The next closer size of a shot; the closest stays."""
    return SIZES[min(len(SIZES) - 1, SIZES.index(size) + 1)]
