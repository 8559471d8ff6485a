"""The overhead plan of a sequence: where people, things and cameras stand, from above, as filmmakers draw it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from agent.staging.compose import Staged, stage
from agent.staging.moves import key_of
from agent.staging.telling import name_of
from db.board import SIZES, Board, Figure, Scene

__all__ = ["draw_plan", "plan_title"]

TWICE = 2
"""Drawn at this many times the size and reduced, which smooths every edge."""
FLOOR = (0.06, 0.06, 0.94, 0.66)
"""Where the floor is in the picture: left, top, right, bottom. Cameras stand below it."""
PAPER, GRID, INK, THING = (250, 249, 246), (228, 225, 218), (38, 36, 33), (150, 143, 132)
COLOURS = ((178, 74, 52), (54, 104, 152), (76, 128, 76), (140, 92, 150), (188, 138, 46), (80, 132, 138))
TURNS = {"right": 0.0, "camera": 90.0, "left": 180.0, "away": 270.0}
"""Facing -> degrees on the plan, clockwise from the right: the camera is below."""
SAME = 0.03
"""Who moves less than this between two panels is drawn once."""

Point = tuple[float, float]


def plan_title(board: Board, run: Sequence[Scene]) -> str:
    """What a plan is of: "1 to 4: kitchen, night"."""
    first, last = board.position(run[0].id), board.position(run[-1].id)
    numbers = str(first) if first == last else f"{first} to {last}"
    where = ", ".join(part for part in (run[0].setting, run[0].time) if part)
    return f"{numbers}: {where}" if where else numbers


def draw_plan(
    board: Board, run: Sequence[Scene], size: tuple[int, int] = (900, 560), font: Path | None = None
) -> Image.Image:
    """Draw the plan of a sequence. People are circles that look where they face, a line shows where each goes from
    panel to panel, things are boxes, and each panel's camera stands below with its number."""
    width, height = size[0] * TWICE, size[1] * TWICE
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    letters = _font(font, height // 26)
    box = (FLOOR[0] * width, FLOOR[1] * height, FLOOR[2] * width, FLOOR[3] * height)
    for share in range(11):
        x, y = box[0] + (box[2] - box[0]) * share / 10, box[1] + (box[3] - box[1]) * share / 10
        draw.line((x, box[1], x, box[3]), GRID, 2)
        draw.line((box[0], y, box[2], y), GRID, 2)
    draw.rectangle(box, outline=THING, width=3)
    staged = {scene.id: stage(board, scene) for scene in run}
    for name, (x, y) in _things(staged.values(), box).items():
        half = height * 0.018
        draw.rectangle((x - half, y - half, x + half, y + half), fill=(222, 216, 204), outline=THING, width=3)
        _label(draw, (x, y + half), name, letters, THING)
    for number, scene in enumerate(run):
        _camera(draw, staged[scene.id], board.position(scene.id), number, len(run), box, height, letters)
    people = dict.fromkeys(one.who for each in staged.values() for one in each.staging.figures)
    for order, who in enumerate(people):
        _person(draw, [staged[scene.id] for scene in run], who, COLOURS[order % len(COLOURS)], box, height)
        last = next(one for each in staged.values() for one in each.staging.figures if one.who == who)
        x, y = _at(last.x, last.depth, box)
        _label(draw, (x, y + height * 0.026), name_of(board, who), letters, INK)
    return image.resize(size, Image.Resampling.LANCZOS)


def _at(x: float, depth: float, box: tuple[float, float, float, float]) -> Point:
    """The place on the plan of a place in the frame."""
    return box[0] + (box[2] - box[0]) * x, box[3] - (box[3] - box[1]) * (0.06 + 0.88 * depth)


def _things(staged: Iterable[Staged], box: tuple[float, float, float, float]) -> dict[str, Point]:
    """Every thing of a sequence once, where it is first seen."""
    found: dict[str, Point] = {}
    for each in staged:
        for prop in each.staging.props:
            found.setdefault(key_of(prop), _at(prop.x, prop.depth, box))
    return found


def _person(
    draw: ImageDraw.ImageDraw,
    panels: Sequence[Staged],
    who: str,
    colour: tuple[int, int, int],
    box: tuple[float, float, float, float],
    height: int,
) -> None:
    """Somebody where they first stand and wherever they go, with a line between."""
    stops: list[Figure] = []
    for panel in panels:
        for one in panel.staging.figures:
            if one.who == who and (not stops or math.hypot(one.x - stops[-1].x, one.depth - stops[-1].depth) > SAME):
                stops.append(one)
    places = [_at(one.x, one.depth, box) for one in stops]
    if len(places) > 1:
        draw.line(places, colour, 4)
    for number, (one, (x, y)) in enumerate(zip(stops, places, strict=True)):
        radius = height * (0.022 if number == 0 else 0.012)
        angle = math.radians(TURNS[one.facing])
        tip = (x + 2 * radius * math.cos(angle), y + 2 * radius * math.sin(angle))
        sides = [(x + radius * math.cos(angle + turn), y + radius * math.sin(angle + turn)) for turn in (-1.1, 1.1)]
        draw.polygon([tip, *sides], fill=colour)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _camera(
    draw: ImageDraw.ImageDraw,
    staged: Staged,
    position: int,
    number: int,
    count: int,
    box: tuple[float, float, float, float],
    height: int,
    letters: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """A camera below the floor, the nearer the closer its shot is, with the edges of what it sees."""
    figures = [one for one in staged.staging.figures if one.who in staged.camera.on] or list(staged.staging.figures)
    middle = sum(one.x for one in figures) / len(figures) if figures else 0.5
    aside = (number - (count - 1) / 2) * 0.06  # beside each other, where several look at the same
    x = box[0] + (box[2] - box[0]) * min(0.95, max(0.05, middle + aside))
    closeness = SIZES.index(staged.camera.size) / (len(SIZES) - 1)
    y = box[3] + height * (0.24 - 0.16 * closeness)
    goal = _at(middle, min((one.depth for one in figures), default=0.3), box)
    spread = (0.3 - 0.24 * closeness) * (box[2] - box[0])
    for side in (-1, 1):
        draw.line((x, y, goal[0] + side * spread, goal[1]), (204, 198, 186), 3)
    half = height * 0.02
    draw.polygon([(x - half, y - half * 0.9), (x + half, y - half * 0.9), (x, y)], fill=INK)
    draw.rectangle((x - half, y, x + half, y + 1.5 * half), fill=INK)
    _label(draw, (x, y + 1.6 * half), str(position), letters, INK)


def _label(
    draw: ImageDraw.ImageDraw,
    place: Point,
    text: str,
    letters: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    colour: tuple[int, int, int],
) -> None:
    draw.text(place, text[:24], colour, letters, anchor="ma", stroke_width=3, stroke_fill=PAPER)


def _font(font: Path | None, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size) if font is None else ImageFont.truetype(str(font), size)
