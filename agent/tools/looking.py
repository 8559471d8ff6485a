"""The tool with which a language model looks at pictures."""

from __future__ import annotations

from agent.sight import MAX_PICTURES
from agent.tools.desk import Desk
from agent.tools.kit import Scenes, reading_tool
from agent.tools.telling import tell_scene

__all__ = ["BLIND", "TOO_LARGE"]

BLIND = "What answers here cannot see pictures; this is what the board says of them."
TOO_LARGE = "The pictures do not fit into the language model's window beside this board; they were not looked at."


@reading_tool
def look_at(desk: Desk, scenes: Scenes) -> str:
    """Look at the pictures of scenes. Call it before you say how a picture came out."""
    ids = desk.scenes(scenes)
    told = [tell_scene(desk.board, desk.board.scene(scene_id)) for scene_id in ids]
    images = desk.version.images
    missing = [scene_id for scene_id in ids if not images.get(scene_id)]
    if missing:
        told.append(f"There is no picture of {desk.places(missing)} yet.")
    drawn = [scene_id for scene_id in ids if scene_id not in missing]
    if drawn and not desk.sees:
        desk.note(BLIND)
    elif drawn:
        desk.to_show = drawn[:MAX_PICTURES]
        told.append(f"The picture{'s' if len(drawn) > 1 else ''} of {desk.places(desk.to_show)} follow this message.")
    return "\n".join(told)
