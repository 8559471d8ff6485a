"""OpenTimelineIO: the board as one video track, a clip a panel, for editing programs."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio

from agent.exports.material import Material
from db.board_json import image_file

__all__ = ["write_otio"]

RATE = 24.0


def write_otio(material: Material, file: Path) -> None:
    """Clips refer to the pictures by the names they have in an exported folder (panel-01.png …)."""
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
        clip = otio.schema.Clip(
            f"{panel.position:02d} {scene.title or panel.caption[:60]}".strip(),
            otio.schema.ExternalReference(image_file(panel.position), length),
            length,
        )
        clip.metadata["taleboard"] = {
            "scene": scene.id,
            "text": scene.text,
            "shot": scene.shot,
            "prompt": scene.prompt,
            "negative_prompt": scene.negative_prompt,
            "seed": scene.seed,
            "image": material.version.images.get(scene.id) or "",
        }
        track.append(clip)
    otio.adapters.write_to_file(timeline, str(file), adapter_name="otio_json")
