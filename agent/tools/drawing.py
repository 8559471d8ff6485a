"""Tools for how panels are drawn: redraw, vary, choose, lock, edit a picture, drawing settings."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from agent.tools.desk import Desk
from agent.tools.kit import SceneRef, Scenes, tool

Region = Literal[
    "left", "right", "top", "bottom", "centre", "top left", "top right", "bottom left", "bottom right", "all"
]


@tool
def redraw(
    desk: Desk,
    scenes: Scenes,
    seed: Annotated[int | None, Field(description="by default a new one", ge=0, lt=2**32)] = None,
) -> str:
    """Draw panels again: the same prompt with a new seed, or a given one."""
    raise NotImplementedError


@tool
def vary(
    desk: Desk,
    scenes: Scenes,
    amount: Annotated[float, Field(description="0.1 is hardly visible, 0.3 a little, 0.6 a lot", gt=0, le=1)] = 0.3,
    seed: Annotated[int | None, Field(ge=0, lt=2**32)] = None,
) -> str:
    """A small variation of panels: nearly the same picture."""
    raise NotImplementedError


@tool
def draw_candidates(desk: Desk, scene: SceneRef, count: Annotated[int, Field(ge=2, le=8)] = 4) -> str:
    """Draw several pictures of one scene to choose from. The board stays as it is until one is picked."""
    raise NotImplementedError


@tool
def pick_candidate(
    desk: Desk,
    number: Annotated[int, Field(description="which of the candidates, from 1", ge=1)],
    scene: Annotated[SceneRef | None, Field(description="by default the scene that candidates were drawn of")] = None,
) -> str:
    """Take one of the candidates as the scene's picture."""
    raise NotImplementedError


@tool
def lock_scenes(desk: Desk, scenes: Scenes, locked: bool = True) -> str:
    """Lock panels so that no edit changes them, or unlock them (`locked` false)."""
    raise NotImplementedError


@tool
def edit_picture(
    desk: Desk,
    scenes: Scenes,
    prompt: Annotated[str, Field(description="what to change in the picture")],
    region: Annotated[Region, Field(description="the part to repaint; all keeps only the composition")] = "all",
    strength: Annotated[float | None, Field(description="how far from the present picture", gt=0, le=1)] = None,
    box: Annotated[
        tuple[float, float, float, float] | None,
        Field(description="instead of `region`: left, top, right, bottom as fractions of the picture"),
    ] = None,
    mask: Annotated[str | None, Field(description="SHA-256 of a stored mask, white where to repaint")] = None,
) -> str:
    """Change the drawn picture, keeping its composition, or repaint one region of it."""
    raise NotImplementedError


@tool
def set_drawing(
    desk: Desk,
    engine: str | None = None,
    model: str | None = None,
    sampler: Annotated[str | None, Field(description="ddim, euler, euler_a, dpmpp_2m_karras, lcm …")] = None,
    steps: Annotated[int | None, Field(ge=1, le=150)] = None,
    guidance: Annotated[float | None, Field(ge=0, le=30)] = None,
    width: Annotated[int | None, Field(ge=64, le=2048)] = None,
    height: Annotated[int | None, Field(ge=64, le=2048)] = None,
    sharing: Annotated[
        float | None,
        Field(description="how strongly panels share looks", ge=0, le=1),
    ] = None,
    shape: Annotated[Literal["wide", "square", "tall"] | None, Field(description="instead of width and height")] = None,
) -> str:
    """Change how the whole board is drawn: engine, model, sampler, steps, guidance, picture size or shape."""
    raise NotImplementedError
