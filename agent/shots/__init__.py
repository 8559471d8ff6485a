"""A shot in film people's words: size, angle, shoulder, move, lens and height, read and written."""

from agent.shots.language import Shot, camera_in, nearer, read_shot, shot_words, still_words, wider
from agent.shots.moves import WHOLE, Frame, move_frames

__all__ = [
    "WHOLE",
    "Frame",
    "Shot",
    "camera_in",
    "move_frames",
    "nearer",
    "read_shot",
    "shot_words",
    "still_words",
    "wider",
]
