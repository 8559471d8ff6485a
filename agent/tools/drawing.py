"""Tools for how panels are drawn: redraw, vary, choose, lock, edit a picture, drawing settings."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from agent import edits
from agent.drawing.known_models import require_known_model
from agent.drawing.models import drawing_defaults
from agent.errors import EditError
from agent.tools.desk import Candidates, Desk
from agent.tools.kit import SceneRef, Scenes, tool
from agent.wording import capital
from db.board import Drawing, PictureEdit
from sd_models.engines.loading import DRAFT
from sd_models.sampler_names import SAMPLER_NAMES

Region = Literal[
    "left", "right", "top", "bottom", "centre", "top left", "top right", "bottom left", "bottom right", "all"
]


Box = tuple[float, float, float, float]

REGIONS: dict[str, Box] = {
    "left": (0, 0, 0.5, 1),
    "right": (0.5, 0, 1, 1),
    "top": (0, 0, 1, 0.5),
    "bottom": (0, 0.5, 1, 1),
    "centre": (0.25, 0.25, 0.75, 0.75),
    "top left": (0, 0, 0.5, 0.5),
    "top right": (0.5, 0, 1, 0.5),
    "bottom left": (0, 0.5, 0.5, 1),
    "bottom right": (0.5, 0.5, 1, 1),
    "all": (0, 0, 1, 1),
}
"""Left, top, right and bottom, as fractions of the picture."""

COMPOSITION = 0.6
"""The strength at which a picture's composition stays, and little else."""

SHAPES = {"wide": (16, 9), "square": (1, 1), "tall": (9, 16)}


@tool
def redraw(
    desk: Desk,
    scenes: Scenes,
    seed: Annotated[int | None, Field(description="42; by default a new one", ge=0, lt=2**32)] = None,
    from_scratch: Annotated[bool, Field(description="true: without the picture that they start from")] = False,
) -> str:
    """Draw panels again: the same prompt with a new seed, or a given one."""
    ids = desk.unlocked(scenes)
    seeds = {scene_id: random_seed() if seed is None else seed for scene_id in ids}
    desk.change(lambda board: edits.redraw(board, seeds, from_scratch=from_scratch))
    return f"{capital(desk.places(ids))} will be drawn anew, with {_seeds(seeds)}."


@tool
def vary(
    desk: Desk,
    scenes: Scenes,
    amount: Annotated[float, Field(description="0.1 is hardly visible, 0.3 a little, 0.6 a lot", gt=0, le=1)] = 0.3,
    seed: Annotated[int | None, Field(description="42; by default a new one", ge=0, lt=2**32)] = None,
) -> str:
    """A small variation of panels: nearly the same picture."""
    ids = desk.unlocked(scenes)
    seeds = {scene_id: random_seed() if seed is None else seed for scene_id in ids}
    desk.change(lambda board: edits.vary(board, seeds, amount))
    return f"{capital(desk.places(ids))} will be varied a little ({amount:g})."


@tool
def draw_candidates(
    desk: Desk, scene: SceneRef, count: Annotated[int, Field(description="how many: 4", ge=2, le=8)] = 4
) -> str:
    """Draw several pictures of one scene to choose from. The board stays as it is until one is picked."""
    scene_id = desk.scene(scene)
    if desk.board.scene(scene_id).locked:
        raise EditError(f"Scene {desk.place(scene_id)} is locked; unlock first.")
    seeds = tuple(random_seed() for _ in range(count))
    desk.put(candidates=Candidates(scene_id, seeds), draws_candidates=True)
    return f"{count} pictures of scene {desk.place(scene_id)} to choose from; say which one to take."


@tool
def pick_candidate(
    desk: Desk,
    number: Annotated[int, Field(description="which of the candidates: 1 is the first", ge=1)],
    scene: Annotated[
        SceneRef | None, Field(description='"3"; by default the scene that candidates were drawn of')
    ] = None,
) -> str:
    """Take one of the candidates as the scene's picture."""
    candidates = desk.draft.candidates
    if candidates is None or (scene is not None and desk.scene(scene) != candidates.scene):
        raise EditError("There are no candidates to pick from; ask for some of a scene first.")
    if number > len(candidates.seeds):
        raise EditError(f"There are {len(candidates.seeds)} candidates, so no number {number}.")
    desk.scene(candidates.scene)
    desk.change(lambda board: edits.use_seed(board, candidates.scene, candidates.seeds[number - 1]))
    return f"Scene {desk.place(candidates.scene)} has candidate {number} now."


@tool
def lock_scenes(
    desk: Desk, scenes: Scenes, locked: Annotated[bool, Field(description="false: unlock them")] = True
) -> str:
    """Lock panels so that no edit changes them, or unlock them (`locked` false)."""
    ids = desk.scenes(scenes)
    images = desk.draft.base.images if desk.draft.base else {}
    desk.change(lambda board: edits.lock_scenes(board, ids, locked, images))
    return f"{capital(desk.places(ids))} {'is' if len(ids) == 1 else 'are'} {'locked' if locked else 'unlocked'}."


@tool
def edit_picture(
    desk: Desk,
    scenes: Scenes,
    prompt: Annotated[str, Field(description='what to change in the picture: "a red hat"')],
    region: Annotated[Region, Field(description="the part to repaint; all keeps only the composition")] = "all",
    strength: Annotated[
        float | None, Field(description="how far from the present picture: 0.4 stays close, 0.8 is loose", gt=0, le=1)
    ] = None,
    box: Annotated[
        tuple[float, float, float, float] | None,
        Field(description="instead of `region`: left, top, right, bottom as fractions of the picture, [0, 0, 0.5, 1]"),
    ] = None,
    mask: Annotated[
        str | None, Field(description="SHA-256 of a stored mask, white where to repaint: 64 hexadecimal digits")
    ] = None,
) -> str:
    """Change the drawn picture, keeping its composition, or repaint one region of it."""
    ids = desk.unlocked(scenes)
    images = desk.draft.base.images if desk.draft.base else {}
    pending = [scene_id for scene_id in ids if images.get(scene_id) is None]
    if pending:
        raise EditError(f"{capital(desk.places(pending))} has no picture to change yet; wait until it is drawn.")
    if not prompt.strip():
        raise EditError("What should change in the picture?")
    wanted = box or REGIONS[region]
    if mask is None and wanted != REGIONS["all"]:
        width, height = desk.board.drawing.size
        mask = desk.services.pictures(desk.owner).add(region_mask(width, height, wanted))
    how_far = strength or (COMPOSITION if mask is None else 0.9)
    changes = {
        scene_id: PictureEdit(source=images[scene_id] or "", strength=how_far, prompt=prompt.strip(), mask=mask)
        for scene_id in ids
    }
    seeds = {scene_id: random_seed() for scene_id in ids}
    desk.change(lambda board: edits.edit_picture(board, changes, seeds))
    part = "" if mask is None else f" in the part {region}" if box is None and region != "all" else " in one part"
    return f"{capital(desk.places(ids))}: the picture will be changed{part} ({prompt.strip()})."


@tool
def draw_from_picture(
    desk: Desk,
    scenes: Scenes,
    picture: Annotated[
        str, Field(description='the attached picture\'s name, where there are several: "sketch.png"')
    ] = "",
    strength: Annotated[
        float, Field(description="how far from the picture: 0.4 stays close, 0.8 is loose", gt=0, le=1)
    ] = COMPOSITION,
) -> str:
    """Draw panels from an attached picture (picture to picture): its composition is kept, and each panel shows what its
    own prompt says."""
    ids = desk.unlocked(scenes)
    name = _attached(desk, picture)
    source = desk.pictures[name]
    desk.change(lambda board: edits.draw_from_picture(board, dict.fromkeys(ids, source), strength))
    return f"{capital(desk.places(ids))} will be drawn from {name}, with its composition."


@tool
def set_drawing(
    desk: Desk,
    engine: Annotated[str | None, Field(description='what draws: "scratch", "diffusers", "draft"')] = None,
    model: Annotated[str | None, Field(description='"storybook", "storybook-fast", or another installed one')] = None,
    sampler: Annotated[str | None, Field(json_schema_extra={"enum": list(SAMPLER_NAMES)})] = None,
    steps: Annotated[int | None, Field(description="20", ge=1, le=150)] = None,
    guidance: Annotated[float | None, Field(description="how closely it keeps to the prompt: 7.5", ge=0, le=30)] = None,
    width: Annotated[int | None, Field(description="pixels: 512", ge=64, le=2048)] = None,
    height: Annotated[int | None, Field(description="pixels: 288", ge=64, le=2048)] = None,
    sharing: Annotated[
        float | None,
        Field(description="how strongly panels share looks: 0.5", ge=0, le=1),
    ] = None,
    freedom: Annotated[
        float | None, Field(description="how freely it paints over the draft: 0.5; 0 shows it no draft", ge=0, le=1)
    ] = None,
    shape: Annotated[Literal["wide", "square", "tall"] | None, Field(description="instead of width and height")] = None,
) -> str:
    """Change how the whole board is drawn: engine, model, sampler, steps, guidance, picture size or shape."""
    size = _size(desk.board.drawing, width, height, shape)
    present = desk.board.drawing
    defaults = None
    if model is not None and model != present.model:
        require_known_model(desk.services.settings, model)
        defaults = drawing_defaults(engine or present.engine, model)
    elif engine is not None and engine != present.engine and DRAFT in (engine, present.engine):
        defaults = drawing_defaults(engine, present.model)
    given: dict[str, object] = {
        "engine": engine,
        "model": model,
        "sampler": sampler,
        "steps": steps,
        "guidance": guidance,
        "size": size,
        "sharing": sharing,
        "freedom": freedom,
    }
    if defaults is not None:  # another model is drawn with its own settings, but for those that were asked for
        given = {name: getattr(defaults, name) if value is None else value for name, value in given.items()}
    desk.change(lambda board: edits.set_drawing(board, **given))
    said = {name: value for name, value in given.items() if value is not None}
    if size is not None:
        said["size"] = f"{size[0]}x{size[1]}"
    if freedom == 0:
        said["freedom"] = "none, from the words alone"
    return f"Drawn with {', '.join(f'{name} {value}' for name, value in said.items())}."


def random_seed() -> int:
    return random.SystemRandom().randrange(2**31)


def region_mask(width: int, height: int, box: Box) -> bytes:
    """A PNG of (width, height) pixels, white inside the box (fractions: left, top, right, bottom), black elsewhere."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = box
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise EditError("A region's sides are fractions of the picture, left before right and top before bottom.")
    mask = Image.new("L", (width, height), 0)
    corners = (round(left * width), round(top * height), round(right * width) - 1, round(bottom * height) - 1)
    ImageDraw.Draw(mask).rectangle(corners, fill=255)
    file = io.BytesIO()
    mask.save(file, "PNG")
    return file.getvalue()


def _attached(desk: Desk, name: str) -> str:
    """The name of the attached picture that a call means. Raises EditError where there is none, or one of several."""
    names = sorted(desk.pictures)
    if name in names or (len(names) == 1 and not name):
        return name or names[0]
    if not names:
        raise EditError("No picture is attached; drop one into the message, with the same words.")
    raise EditError(f"Which picture is meant: {edits.name_list(names, 'or')}?")


def _size(drawing: Drawing, width: int | None, height: int | None, shape: str | None) -> tuple[int, int] | None:
    """The wanted size; a shape keeps about the number of pixels, in multiples of 16."""
    if shape is not None:
        across, down = SHAPES[shape]
        scale = (drawing.size[0] * drawing.size[1] / (across * down)) ** 0.5
        return max(64, round(across * scale / 16) * 16), max(64, round(down * scale / 16) * 16)
    if width is None and height is None:
        return None
    return width or drawing.size[0], height or drawing.size[1]


def _seeds(seeds: Mapping[str, int]) -> str:
    values = sorted(set(seeds.values()))
    return f"seed {values[0]}" if len(values) == 1 else "new seeds"
