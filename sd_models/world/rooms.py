"""The rooms that the storybook model knows, each with what makes it that room."""

from __future__ import annotations

from collections.abc import Callable

from sd_models.world import objects
from sd_models.world.pen import lighter, mix
from sd_models.world.stage import Stage
from sd_models.world.walls import Room, lamp, lit, shelf, walls


def bedroom(s: Stage) -> None:
    walls(s, Room((158, 190, 214), (190, 144, 100)))
    p, y, x = s.pen, s.h + 0.2, s.rng.choice((0.36, 1.44))
    p.rect(x - 0.36, y - 0.3, x - 0.31, y, (130, 84, 54))
    p.rect(x + 0.31, y - 0.19, x + 0.36, y, (130, 84, 54))
    p.rect(x - 0.33, y - 0.14, x + 0.33, y - 0.05, (150, 100, 64))
    p.rect(x - 0.31, y - 0.2, x + 0.32, y - 0.1, (240, 240, 244))
    p.rect(x - 0.12, y - 0.21, x + 0.33, y - 0.09, (206, 84, 100))
    p.ellipse(x - 0.22, y - 0.2, 0.09, 0.045, (255, 255, 255))
    p.ellipse(s.wide / 2, s.h + 0.32, 0.4, 0.075, (230, 196, 150))
    lamp(s, s.wide - x)


def kitchen(s: Stage) -> None:
    walls(s, Room((246, 222, 168), (206, 160, 120)))
    p, y = s.pen, s.h + 0.13
    p.rect(-1, y - 0.2, s.wide + 1, y, (120, 164, 156))
    p.rect(-1, y - 0.23, s.wide + 1, y - 0.19, (240, 236, 226))
    for k in range(8):
        p.rect(k * 0.24 + 0.02, y - 0.17, k * 0.24 + 0.2, y - 0.02, (140, 184, 174))
        p.ellipse(k * 0.24 + 0.11, y - 0.13, 0.012, 0.012, (90, 90, 90))
    for x in (0.16, 0.34, 1.3, 1.5):
        p.line([(x, 0.04), (x, 0.12)], 0.008, (90, 80, 80))
        p.ellipse(x, 0.17, 0.055, 0.055, (190, 110, 70) if x < 1 else (110, 116, 128))
    p.rect(0.1, y - 0.33, 0.24, y - 0.23, (196, 70, 60))
    p.rect(1.36, y - 0.3, 1.56, y - 0.23, (120, 124, 136))
    lamp(s, 0.89)


def living_room(s: Stage) -> None:
    walls(s, Room((206, 150, 130), (170, 116, 78)))
    p, y = s.pen, s.h + 0.16
    p.rect(0.2, y - 0.25, 0.62, y - 0.03, (72, 128, 130))
    p.rect(0.14, y - 0.15, 0.68, y - 0.02, (88, 150, 150))
    for x in (0.12, 0.63):
        p.rect(x, y - 0.19, x + 0.07, y, (72, 128, 130))
    p.rect(1.24, y - 0.38, 1.66, y - 0.02, (150, 84, 70))
    p.rect(1.2, y - 0.42, 1.7, y - 0.37, (224, 214, 200))
    p.rect(1.32, y - 0.26, 1.58, y - 0.02, (44, 34, 38))
    flame = lit(s)
    flame.poly(
        [(1.37, y - 0.03), (1.4, y - 0.16), (1.44, y - 0.1), (1.47, y - 0.21), (1.5, y - 0.1), (1.54, y - 0.03)],
        (246, 130, 46),
    )
    flame.poly([(1.41, y - 0.03), (1.46, y - 0.13), (1.5, y - 0.03)], (255, 214, 90))
    p.ellipse(s.wide / 2, s.h + 0.33, 0.46, 0.08, (190, 66, 70))
    p.rect(0.28, 0.14, 0.5, 0.3, (236, 196, 110))
    p.rect(0.3, 0.16, 0.48, 0.28, (120, 170, 140))


def library(s: Stage) -> None:
    walls(s, Room((150, 112, 84), (134, 88, 60)))
    for x in (0.12, 0.42, 1.36, 1.66):
        shelf(s.pen, x, s.h + 0.1, 0.145, 0.58, s, 4)
    lamp(s, 0.3)
    s.pen.ellipse(s.wide / 2, s.h + 0.33, 0.46, 0.08, (70, 110, 90))


def classroom(s: Stage) -> None:
    walls(s, Room((236, 228, 196), (196, 158, 116), (1.3, 0.1, 0.36, 0.32)))
    p, y = s.pen, s.h
    p.rect(0.28, 0.06, 1.12, 0.4, (150, 104, 66))
    p.rect(0.3, 0.08, 1.1, 0.38, (52, 104, 84))
    for k, w in enumerate((0.5, 0.36, 0.44)):
        p.line([(0.38, 0.15 + k * 0.075), (0.38 + w, 0.15 + k * 0.075)], 0.012, (220, 236, 226))
    for x in (0.2, 0.62, 1.12, 1.54):
        p.rect(x - 0.13, y + 0.06, x + 0.13, y + 0.09, (206, 150, 90))
        for dx in (-0.11, 0.09):
            p.rect(x + dx, y + 0.09, x + dx + 0.02, y + 0.2, (110, 110, 120))


def throne_room(s: Stage) -> None:
    walls(s, Room((128, 112, 150), (176, 168, 180), (1.36, 0.06, 0.26, 0.36), boards=False))
    p, m, y = s.pen, s.wide / 2, s.h + 0.06
    for x in (0.1, 0.52, 1.26, 1.68):
        p.rect(x - 0.05, -0.3, x + 0.05, y + 0.03, (206, 200, 214))
        p.rect(x + 0.015, -0.3, x + 0.05, y + 0.03, (176, 170, 188))
        p.rect(x - 0.07, y - 0.02, x + 0.07, y + 0.03, (226, 220, 230))
    for x in (0.31, 1.47):
        if x < 1:
            p.poly([(x - 0.08, 0.04), (x + 0.08, 0.04), (x + 0.08, 0.38), (x, 0.32), (x - 0.08, 0.38)], (176, 36, 56))
    p.poly([(m - 0.15, y), (m + 0.15, y), (m + 0.6, 1.6), (m - 0.6, 1.6)], (190, 40, 56))
    p.rect(m - 0.22, y - 0.05, m + 0.22, y + 0.03, (226, 216, 226))
    p.rect(m - 0.13, y - 0.4, m + 0.13, y - 0.05, (236, 186, 60))
    p.rect(m - 0.095, y - 0.35, m + 0.095, y - 0.05, (176, 36, 56))
    p.poly([(m - 0.13, y - 0.4), (m + 0.13, y - 0.4), (m, y - 0.5)], (250, 210, 90))
    for x in (-0.17, 0.12):
        p.rect(m + x, y - 0.2, m + x + 0.05, y - 0.03, (236, 186, 60))


def tavern(s: Stage) -> None:
    walls(s, Room((170, 118, 76), (126, 84, 56)))
    p, y = s.pen, s.h + 0.14
    for x in (0.0, 0.52, 1.2, 1.74):
        p.rect(x - 0.03, -0.4, x + 0.03, y - 0.06, (96, 62, 42))
    p.rect(-1, -0.02, 3, 0.04, (96, 62, 42))
    for x in (0.16, 0.36, 1.5):
        objects.thing(p.at(x, y, 0.26), "barrel", s.rng)
    p.rect(1.2, y - 0.22, 2.4, y, (110, 70, 46))
    p.rect(1.16, y - 0.25, 2.4, y - 0.2, (150, 100, 62))
    for k, x in enumerate((1.3, 1.42, 1.58, 1.68)):
        p.rect(
            x - 0.022, y - 0.34, x + 0.022, y - 0.25, ((90, 150, 90), (196, 90, 60), (230, 196, 110), (90, 120, 170))[k]
        )
    lamp(s, 0.34)


def shop(s: Stage) -> None:
    walls(s, Room((190, 216, 196), (200, 164, 122)))
    p, y = s.pen, s.h + 0.12
    for x in (0.3, 1.46):
        for k in range(3):
            low = 0.16 + k * 0.13
            p.rect(x - 0.24, low, x + 0.24, low + 0.02, (140, 94, 60))
            for j in range(5):
                c = ((220, 90, 70), (90, 150, 200), (240, 196, 80), (120, 180, 100), (180, 110, 180))[(j + k) % 5]
                bx = x - 0.2 + j * 0.1
                if (j + k) % 2:
                    p.rect(bx - 0.03, low - 0.075, bx + 0.03, low, c)
                else:
                    p.ellipse(bx, low - 0.035, 0.035, 0.035, c)
    p.rect(0.5, y - 0.17, 1.28, y, (160, 106, 66))
    p.rect(0.46, y - 0.2, 1.32, y - 0.16, (206, 156, 104))


def laboratory(s: Stage) -> None:
    walls(s, Room((176, 200, 210), (150, 158, 170), boards=False))
    p, y = s.pen, s.h + 0.12
    p.rect(-1, y - 0.18, 3, y, (110, 122, 138))
    p.rect(-1, y - 0.21, 3, y - 0.17, (226, 232, 238))
    for k, x in enumerate((0.14, 0.32, 0.5, 1.26, 1.44, 1.64)):
        c = ((90, 220, 130), (190, 110, 230), (70, 180, 240), (250, 140, 70))[k % 4]
        if k % 2:
            p.rect(x - 0.022, y - 0.38, x + 0.022, y - 0.21, (226, 240, 246))
            p.rect(x - 0.022, y - 0.31, x + 0.022, y - 0.21, c)
        else:
            p.poly(
                [
                    (x - 0.018, y - 0.4),
                    (x + 0.018, y - 0.4),
                    (x + 0.018, y - 0.33),
                    (x + 0.075, y - 0.21),
                    (x - 0.075, y - 0.21),
                    (x - 0.018, y - 0.33),
                ],
                (226, 240, 246),
            )
            p.poly([(x + 0.04, y - 0.285), (x + 0.075, y - 0.21), (x - 0.075, y - 0.21), (x - 0.04, y - 0.285)], c)
    p.rect(0.14, 0.1, 0.5, 0.28, (60, 70, 90))
    p.line([(0.17, 0.2), (0.25, 0.2), (0.28, 0.14), (0.32, 0.25), (0.35, 0.2), (0.47, 0.2)], 0.012, (110, 240, 160))


def dungeon(s: Stage) -> None:
    walls(s, Room((84, 84, 100), (66, 64, 78), None, boards=False))
    p = s.pen
    for r in range(6):
        for k in range(7):
            x = k * 0.3 - 0.15 * (r % 2)
            p.rect(
                x,
                r * 0.11 - 0.1,
                x + 0.285,
                r * 0.11 - 0.005,
                ((96, 96, 112), (90, 90, 106), (102, 102, 118))[(r * 3 + k) % 3],
            )
    m = s.wide / 2
    p.rect(m - 0.24, 0.06, m + 0.24, 0.36, (30, 34, 56))
    for k in range(6):
        p.line([(m - 0.2 + k * 0.08, 0.06), (m - 0.2 + k * 0.08, 0.36)], 0.02, (150, 152, 164))
    flame = lit(s)
    for x in (0.24, s.wide - 0.24):
        flame.ellipse(x, 0.24, 0.2, 0.2, (255, 160, 60), 40)
        flame.line([(x, 0.42), (x, 0.28)], 0.03, (110, 76, 50))
        flame.poly([(x - 0.04, 0.28), (x, 0.13), (x + 0.04, 0.28)], (250, 150, 50))
        flame.poly([(x - 0.02, 0.28), (x, 0.2), (x + 0.02, 0.28)], (255, 224, 110))


def attic(s: Stage) -> None:
    walls(s, Room((168, 124, 84), (140, 98, 64), (0.72, 0.12, 0.34, 0.28)))
    p, m = s.pen, s.wide / 2
    for side in (-1, 1):
        p.poly(
            [(m + side * 0.3, -0.4), (m + side * 2, -0.4), (m + side * 2, s.h + 0.06), (m + side * 0.95, s.h + 0.06)],
            (112, 76, 50),
        )
        p.line([(m + side * 0.32, -0.4), (m + side * 0.96, s.h + 0.06)], 0.035, (84, 56, 38))
    for x, y, w in ((0.28, 0.14, 0.13), (0.4, 0.16, 0.1), (1.46, 0.14, 0.15)):
        p.rect(x - w, s.h + y - w * 1.4, x + w, s.h + y, (200, 156, 100))
        p.rect(x - w, s.h + y - w * 0.8, x + w, s.h + y - w * 0.6, (170, 126, 78))
    objects.thing(p.at(1.26, s.h + 0.16, 0.16), "chest", s.rng)


def office(s: Stage) -> None:
    walls(s, Room((206, 212, 220), (120, 128, 146), boards=False))
    p, y = s.pen, s.h + 0.14
    for x in (0.34, 1.44):
        p.rect(x - 0.28, y - 0.17, x + 0.28, y - 0.13, (176, 132, 90))
        for dx in (-0.26, 0.22):
            p.rect(x + dx, y - 0.13, x + dx + 0.04, y, (110, 84, 64))
        p.rect(x - 0.11, y - 0.35, x + 0.11, y - 0.2, (50, 56, 72))
        p.rect(x - 0.09, y - 0.33, x + 0.09, y - 0.22, (110, 190, 236))
        p.rect(x - 0.02, y - 0.21, x + 0.02, y - 0.16, (60, 64, 78))
    p.ellipse(0.3, 0.16, 0.08, 0.08, (250, 250, 250))
    p.line([(0.3, 0.16), (0.3, 0.11)], 0.012, (40, 40, 50))
    p.line([(0.3, 0.16), (0.34, 0.17)], 0.012, (40, 40, 50))


def hospital(s: Stage) -> None:
    walls(s, Room((196, 230, 226), (216, 226, 230), boards=False))
    p, y = s.pen, s.h + 0.17
    for x in (0.34, 1.46):
        p.rect(x - 0.28, y - 0.17, x + 0.28, y - 0.09, (250, 252, 255))
        p.rect(x - 0.08, y - 0.18, x + 0.28, y - 0.08, (130, 190, 220))
        p.ellipse(x - 0.2, y - 0.18, 0.07, 0.035, (255, 255, 255))
        for dx in (-0.29, 0.28):
            p.line([(x + dx, y - 0.26 if dx < 0 else y - 0.18), (x + dx, y)], 0.018, (140, 150, 160))
    for box in ((0.27, 0.1, 0.33, 0.28), (0.21, 0.16, 0.39, 0.22)):
        p.rect(*box, (220, 56, 60))


def theatre(s: Stage) -> None:
    walls(s, Room((70, 40, 66), (170, 118, 70), None))
    p, m = s.pen, s.wide / 2
    flame = lit(s)
    flame.poly([(m - 0.06, -0.4), (m + 0.06, -0.4), (m + 0.5, s.h + 0.3), (m - 0.5, s.h + 0.3)], (255, 240, 180), 60)
    flame.ellipse(m, s.h + 0.3, 0.52, 0.08, (255, 236, 170), 130)
    for side in (-1, 1):
        for k in range(4):
            x = m + side * (0.98 - 0.12 * k)
            p.rect(x - 0.065, -0.4, x + 0.065, s.h + 0.16, (186, 34, 50) if k % 2 else (150, 24, 42))
    for k in range(9):
        p.slice(k * 0.24 - 0.05, -0.02, 0.14, 0.13, 0, 180, (206, 44, 56) if k % 2 else (176, 30, 48))
    p.rect(-1, -0.4, 3, -0.0, (150, 24, 42))


def spaceship(s: Stage) -> None:
    p, y = s.pen, s.h + 0.08
    p.rect(-1, -1, 3, y, (116, 126, 150))
    sky = lit(s)
    sky.poly([(0.42, 0.05), (1.36, 0.05), (1.5, 0.4), (0.28, 0.4)], (12, 12, 40))
    for _ in range(24):
        r = s.rng.choice((0.004, 0.006, 0.009))
        sky.ellipse(s.rng.uniform(0.46, 1.32), s.rng.uniform(0.08, 0.37), r, r, (255, 255, 240))
    sky.ellipse(s.rng.choice((0.62, 1.16)), 0.2, 0.085, 0.085, s.rng.choice(((240, 150, 90), (120, 170, 240))))
    for a, b in (
        ((0.42, 0.05), (1.36, 0.05)),
        ((1.36, 0.05), (1.5, 0.4)),
        ((1.5, 0.4), (0.28, 0.4)),
        ((0.28, 0.4), (0.42, 0.05)),
        ((0.89, 0.05), (0.89, 0.4)),
    ):
        p.line([a, b], 0.026, (206, 214, 228))
    p.rect(-1, y, 3, 3, (146, 154, 174))
    p.poly([(0.1, y - 0.1), (1.68, y - 0.1), (1.84, y + 0.05), (-0.06, y + 0.05)], (78, 88, 116))
    for k in range(10):
        sky.ellipse(
            0.24 + k * 0.145,
            y - 0.03,
            0.022,
            0.022,
            ((250, 90, 80), (110, 240, 150), (255, 214, 90), (90, 190, 255))[k % 4],
        )
    for x in (0.06, 1.72):
        p.rect(x - 0.05, 0.02, x + 0.05, y - 0.14, mix((146, 154, 174), lighter((146, 154, 174)), 0.5))


PAINTERS: dict[str, Callable[[Stage], None]] = {
    "bedroom": bedroom, "kitchen": kitchen, "living room": living_room, "library": library, "classroom": classroom,
    "throne room": throne_room, "tavern": tavern, "shop": shop, "laboratory": laboratory, "dungeon": dungeon,
    "attic": attic, "office": office, "hospital": hospital, "theatre": theatre, "spaceship": spaceship,
}  # fmt: skip
