"""A shot in film people's words: size, angle, shoulder, move, lens and height, read and written."""

from agent.shots.language import Shot, camera_in, nearer, read_shot, shot_words, still_words, wider

__all__ = ["Shot", "camera_in", "nearer", "read_shot", "shot_words", "still_words", "wider"]
