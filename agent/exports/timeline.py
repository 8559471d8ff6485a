"""OpenTimelineIO: the board as one video track, a clip a panel, for editing programs, and the pictures it names."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import opentimelineio as otio

from agent.exports.material import Material
from agent.staging import sequences
from db.board import Board
from db.board_json import image_file

__all__ = ["write_otio", "write_otioz"]

RATE = 24.0


def write_otioz(material: Material, file: Path) -> None:
    """Write the timeline and all its pictures as one bundle (OpenTimelineIO's `.otioz`, a ZIP); a placeholder stands in
    for each that is not drawn."""
    with tempfile.TemporaryDirectory() as folder:
        for panel in material.panels:
            picture = Path(folder) / image_file(panel.position)
            if panel.picture is not None:
                picture.write_bytes(panel.picture)
            else:
                material.image(panel).save(picture, "PNG")
        timeline = _timeline(material, lambda position: str(Path(folder) / image_file(position)))
        otio.adapters.write_to_file(timeline, str(file), adapter_name="otioz")


def write_otio(material: Material, file: Path, url: Callable[[int], str | None]) -> None:
    """Write the timeline alone. `url` tells where the picture of a position lies, None where there is none."""
    otio.adapters.write_to_file(_timeline(material, url), str(file), adapter_name="otio_json")


def _timeline(material: Material, url: Callable[[int], str | None]) -> otio.schema.Timeline:
    timeline = otio.schema.Timeline(material.title)
    timeline.metadata["taleboard"] = {
        "storyboard": material.version.storyboard,
        "version": material.version.number,
        "style": material.board.style,
    }
    track = otio.schema.Track("Storyboard", kind=otio.schema.TrackKind.Video)
    timeline.tracks.append(track)
    for panel in material.each():
        scene = panel.scene
        length = otio.opentime.TimeRange(
            otio.opentime.RationalTime(0, RATE), otio.opentime.RationalTime(round(scene.duration * RATE), RATE)
        )
        place = url(panel.position)
        media = otio.schema.MissingReference() if place is None else otio.schema.ExternalReference(place, length)
        number = scene.number or f"{panel.position:02d}"
        clip = otio.schema.Clip(f"{number} {scene.title or panel.caption[:60]}".strip(), media, length)
        clip.metadata["taleboard"] = {
            "scene": scene.id,
            "number": scene.number,
            "text": scene.text,
            "shot": scene.shot,
            "prompt": scene.prompt,
            "negative_prompt": scene.negative_prompt,
            "seed": scene.seed,
            "image": material.version.images.get(scene.id) or "",
        }
        track.append(clip)
    _mark_sequences(material.board, track)
    return timeline


def _mark_sequences(board: Board, track: Any) -> None:
    """A marker where each sequence begins, with its heading."""
    headings = {sequence.id: f"{sequence.number} {sequence.heading}".strip() for sequence in board.sequences}
    start = 0
    for run in sequences(board) if headings else ():
        length = sum(round(scene.duration * RATE) for scene in run)
        marked = otio.opentime.TimeRange(
            otio.opentime.RationalTime(start, RATE), otio.opentime.RationalTime(length, RATE)
        )
        track.markers.append(otio.schema.Marker(name=headings.get(run[0].sequence or "", ""), marked_range=marked))
        start += length
