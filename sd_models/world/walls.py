"""What rooms share: walls around a window through which sky and weather are seen, floors, lamps, shelves, furniture."""

from __future__ import annotations

from dataclasses import dataclass

from sd_models.world import objects
from sd_models.world.pen import Colour, Pen, darker
from sd_models.world.stage import LAMP, Stage


@dataclass(frozen=True)
class Room:
    """Wall and floor colours, and where the window is (None: no window)."""

    wall: Colour
    floor: Colour
    window: tuple[float, float, float, float] | None = (0.62, 0.1, 0.44, 0.32)
    boards: bool = True


def walls(s: Stage, room: Room) -> None:
    """Paint the wall around the window's hole, so that the sky stays in it, and the floor."""
    p, wall, y = s.pen, room.wall, s.h + 0.06
    if room.window is None:
        p.rect(-2, -2, s.wide + 2, y, wall)
    else:
        x0, y0, w, h = room.window
        x1, y1 = x0 + w, y0 + h
        boxes: tuple[tuple[float, float, float, float], ...] = (
            (-2, -2, x0, y),
            (x1, -2, s.wide + 2, y),
            (x0 - 0.01, -2, x1 + 0.01, y0),
            (x0 - 0.01, y1, x1 + 0.01, y),
        )
        for left, top, right, low in boxes:
            p.rect(left, top, right, low, wall)
        frame = (250, 246, 236)
        for line in (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1)),
                     ((x0 + w / 2, y0), (x0 + w / 2, y1)), ((x0, y0 + h / 2), (x1, y0 + h / 2))):  # fmt: skip
            p.line(line, 0.018, frame)
        p.rect(x0 - 0.03, y1, x1 + 0.03, y1 + 0.025, darker(frame, 0.12))
    p.rect(-2, y, s.wide + 2, 3, room.floor)
    p.rect(-2, y - 0.025, s.wide + 2, y, darker(wall, 0.3))
    if room.boards:
        for k in range(9):
            dx = (k - 4) * 0.25
            p.line([(s.wide / 2 + dx, y), (s.wide / 2 + dx * 2, 1.4)], 0.007, darker(room.floor, 0.16))


def lit(s: Stage) -> Pen:
    """A pen whose colours are not darkened by the light: for lamps and flames."""
    return Pen(s.canvas, s.pen.x, s.pen.y, s.pen.scale)


def lamp(s: Stage, x: float) -> None:
    """A lamp that hangs from the ceiling."""
    s.pen.line([(x, -0.5), (x, 0.06)], 0.01, (70, 60, 60))
    burning = s.light.time in ("night", "sunset") or s.light.weather == "storm"
    p = lit(s) if burning else s.pen
    shade = LAMP if burning else (240, 226, 196)
    p.poly([(x - 0.08, 0.13), (x + 0.08, 0.13), (x + 0.035, 0.05), (x - 0.035, 0.05)], shade)
    if burning:
        p.ellipse(x, 0.13, 0.16, 0.12, (255, 230, 150), 50)


def shelf(p: Pen, x: float, y: float, w: float, height: float, s: Stage, rows: int = 3) -> None:
    """A bookcase with its foot at (x, y)."""
    wood = (134, 86, 54)
    p.rect(x - w, y - height, x + w, y, wood)
    step = height / rows
    for r in range(rows):
        low = y - r * step - 0.02
        p.rect(x - w + 0.015, low - step + 0.03, x + w - 0.015, low, darker(wood, 0.35))
        bx = x - w + 0.025
        while bx < x + w - 0.05:
            t = s.rng.uniform(0.6, 0.9) * (step - 0.03)
            colour = s.rng.choice(((200, 70, 60), (70, 120, 190), (230, 180, 80), (80, 150, 100), (150, 90, 160)))
            p.rect(bx, low - t, bx + 0.035, low, colour)
            bx += 0.042


def put(s: Stage, name: str, x: float, y: float, height: float, colour: Colour | None = None) -> None:
    """Stand a thing of the catalogue at (x, y), `height` frame heights tall."""
    objects.thing(s.pen.at(x, y, height), name, s.rng, colour)
