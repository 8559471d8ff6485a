"""The animatic: an MP4 with captions, in which cameras move as their shots say, or a small animated GIF."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

from agent.errors import ExportError
from agent.exports.material import Material, Panel, printable
from agent.exports.pages import caption_image
from agent.shots import WHOLE, Frame, move_frames

__all__ = ["write_gif", "write_mp4"]

FRAMES_A_SECOND = 24
VIDEO_WIDTH = 1280
CAPTION_HEIGHT = 128
GIF_WIDTH = 480
LONGEST_GIF_FRAME = 655_350
"""Milliseconds: the format counts hundredths of a second in two bytes (GIF89a, 23)."""
DRIFTS = (Frame(0.048, 0.03, 0.94), Frame(0.012, 0.03, 0.94))
"""Where a camera that no words move has come to at the end of a panel: a little closer, by turns to either side."""


def write_mp4(material: Material, file: Path) -> None:
    """H.264 in MP4, 24 frames a second; each panel lasts its own duration. Prompts, seeds and the version are in the
    comment of the file's metadata."""
    width, height = _even(VIDEO_WIDTH), _even(VIDEO_WIDTH * _height_per_width(material))
    with tempfile.TemporaryDirectory() as folder:
        film, words = Path(folder) / "film.mp4", Path(folder) / "words.txt"
        writer = imageio_ffmpeg.write_frames(
            str(film),
            (width, height + CAPTION_HEIGHT),
            fps=FRAMES_A_SECOND,
            codec="libx264",
            macro_block_size=2,
            ffmpeg_log_level="error",
            output_params=["-preset", "veryfast", "-crf", "20"],
        )
        writer.send(None)
        try:
            for panel in material.each():
                for frame in _frames(material, panel, (width, height)):
                    writer.send(np.ascontiguousarray(frame))
        finally:
            writer.close()
        words.write_text(_ffmetadata(title=material.title, comment=_comment(material)), encoding="utf-8")
        _with_words(film, words, file)


def _with_words(film: Path, words: Path, file: Path) -> None:
    """Copy the film with its metadata. They come from a file, for the words of many panels are more than the operating
    system takes on a command line."""
    given = ["-i", str(film), "-f", "ffmetadata", "-i", str(words), "-map", "0", "-map_metadata", "1"]
    made = ["-codec", "copy", "-movflags", "+faststart", "-f", "mp4", str(file)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *given, *made]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExportError(f"the animatic cannot be written: {' '.join(done.stderr.split())[:300]}")


def _ffmetadata(**values: str) -> str:
    """Values in ffmpeg's metadata file format (ffmpeg-formats, "Metadata"): a backslash before what it would read."""
    escaped = {name: re.sub(r"([=;#\\\n])", r"\\\1", printable(value)) for name, value in values.items()}
    return ";FFMETADATA1\n" + "".join(f"{name}={value}\n" for name, value in escaped.items())


def write_gif(material: Material, file: Path) -> None:
    """Each panel for its own duration, as an endless loop."""
    size = (GIF_WIDTH, round(GIF_WIDTH * _height_per_width(material)))
    frames = [
        material.image(panel).resize(size, Image.Resampling.LANCZOS).quantize(128, dither=Image.Dither.FLOYDSTEINBERG)
        for panel in material.each()
    ]
    frames[0].save(
        file,
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[min(LONGEST_GIF_FRAME, round(panel.scene.duration * 1000)) for panel in material.panels],
        loop=0,
        comment=_comment(material).encode(),
    )


def _frames(material: Material, panel: Panel, size: tuple[int, int]) -> Iterator[np.ndarray]:
    """The frames of one panel, (height + caption, width, 3) uint8, on the way of its camera."""
    width, height = size
    picture = material.image(panel).resize((width, height), Image.Resampling.LANCZOS)
    frame = np.empty((height + CAPTION_HEIGHT, width, 3), np.uint8)
    frame[height:] = np.asarray(caption_image(f"{panel.position}. {panel.caption}", (width, CAPTION_HEIGHT)))
    count = max(1, round(panel.scene.duration * FRAMES_A_SECOND))
    camera = panel.scene.camera
    begin, end = move_frames(camera.move if camera else None) or (WHOLE, DRIFTS[panel.position % 2])
    for number in range(count):
        at = begin.towards(end, number / count)
        box = (at.x * width, at.y * height, (at.x + at.size) * width, (at.y + at.size) * height)
        frame[:height] = np.asarray(picture.resize(size, Image.Resampling.BILINEAR, box=box))
        yield frame


def _comment(material: Material) -> str:
    panels = [f"{panel.position}: {panel.scene.prompt} (seed {panel.scene.seed})" for panel in material.panels]
    return printable("\n".join([material.imprint, *panels]))


def _height_per_width(material: Material) -> float:
    width, height = material.board.drawing.size
    return height / width


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)
