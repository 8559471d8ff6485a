"""What can be taken hold of in a panel's draft: who and what is seen, in which box, by the geometry that draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from agent.staging.compose import stage
from agent.staging.doings import KNOWN_POSES
from agent.staging.panel import staged_panel
from agent.staging.telling import name_of
from agent.staging.words import known_word
from db.board import Board, Scene
from sd_models.world import boxes, ground, known, prop_boxes, sprite
from sd_models.world.values import Box, StagedPanel

__all__ = ["Grip", "Grips", "catalogue", "grips", "tool_call"]

WIDTH = 640
"""Units across a sprite."""
FACINGS = ("left", "right", "camera", "away")


@dataclass(frozen=True)
class Grip:
    """Somebody or something in a draft. `box` is where it is seen, as shares of the frame; `sprite` the SVG document of
    the frame with nothing else in it; `word` what the scene calls a thing."""

    key: str
    kind: Literal["figure", "prop"]
    name: str
    word: str
    box: Box
    x: float
    depth: float
    facing: str
    pose: str
    sprite: str


@dataclass(frozen=True)
class Grips:
    """All of a draft, nearest last; `horizon` and `feet` are where the foot of the farthest and the nearest would be
    seen, as shares of the height: `depth` d is at horizon + (feet - horizon) / (1 + 1.4 d)."""

    horizon: float
    feet: float
    grips: tuple[Grip, ...]


def grips(board: Board, scene: Scene) -> Grips:
    """What can be taken hold of in a scene's draft."""
    across, down = board.drawing.size
    size = (WIDTH, max(1, round(WIDTH * down / across)))
    staging, panel = stage(board, scene).staging, staged_panel(board, scene)
    sprites = _sprites(panel, size)
    figures = [
        Grip(figure.who, "figure", name_of(board, figure.who), figure.who, seen.body, figure.x, figure.depth,
             figure.facing, figure.pose, picture)
        for figure, seen, picture in zip(
            staging.figures, boxes(panel, size), sprites[: len(staging.figures)], strict=True
        )
    ]  # fmt: skip
    props = [
        Grip(prop.what, "prop", name_of(board, prop.what), _said(scene, prop.what), seen, prop.x, prop.depth,
             "left" if prop.flip else "right", "", picture)
        for prop, seen, picture in zip(
            staging.props, prop_boxes(panel, size), sprites[len(staging.figures) :], strict=True
        )
    ]  # fmt: skip
    horizon, feet = ground(panel, size)
    return Grips(horizon, feet, tuple(sorted([*figures, *props], key=lambda grip: -grip.depth)))


def catalogue() -> tuple[str, ...]:
    """Every thing that can be drawn, by name."""
    return tuple(sorted(known().props))


def tool_call(scene: Scene, held: Grips, edit: object) -> tuple[str, dict[str, Any]] | None:
    """The tool call that a person's edit of a draft asks for: `edit` is what the browser sent, and whatever is no edit
    of what is there is None."""
    if not isinstance(edit, Mapping):
        return None
    here: dict[str, Any] = {"scenes": [scene.id]}
    match edit:
        case {"do": "add", "what": str(what)} if what.strip():
            return "edit_scenes", here | {"add_objects": [what.strip()[:100]]}
        case {"key": str(key)}:
            grip = next((grip for grip in held.grips if grip.key == key), None)
        case _:
            return None
    if grip is None:
        return None
    figure, who = grip.kind == "figure", {"who": [grip.key]}
    match edit:
        case {"do": "place", "x": int() | float() as x, "depth": int() | float() as depth}:
            return "place_in_frame", here | who | {"x": _share(x), "depth": _share(depth)}
        case {"do": "size", "factor": int() | float() as factor} if 0.1 <= factor <= 10:
            return "place_in_frame", here | who | {"size": round(factor, 3)}
        case {"do": "turn", "to": str(way)} if figure and way in FACINGS:
            return "turn_to", here | who | {"toward": way}
        case {"do": "turn", "to": str(way)} if not figure and way in ("left", "right"):
            return "place_in_frame", here | who | {"flip": way == "left"}
        case {"do": "pose", "pose": str(pose)} if figure and pose in KNOWN_POSES:
            return "set_pose", here | who | {"pose": pose}
        case {"do": "away"} if figure:
            return "remove_character", here | {"character": grip.key}
        case {"do": "away"}:
            return "edit_scenes", here | {"remove_objects": [grip.word]}
    return None


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)


def _said(scene: Scene, what: str) -> str:
    """What the scene calls a thing that is staged by the world's word for it."""
    return next((said for said in scene.props if what in (said, known_word("objects", said))), what)


@lru_cache(maxsize=64)
def _sprites(panel: StagedPanel, size: tuple[int, int]) -> tuple[str, ...]:
    figures = (sprite(panel, figure, size) for figure in panel.figures)
    return (*figures, *(sprite(panel, prop, size) for prop in panel.props))
