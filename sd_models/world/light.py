"""Time of day and weather: the sky's colours, what the light does to things, and what falls from the sky."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sd_models.world.canvas import Canvas, Colour
from sd_models.world.pen import Pen, mix

Tint = tuple[float, float, float]


@dataclass(frozen=True)
class Light:
    """Colours of one time of day in one weather. Tints multiply what they fall on."""

    time: str
    weather: str
    sky_top: Colour
    sky_low: Colour
    scene: Tint
    figure: Tint
    haze: Colour
    """What far things fade into."""

    @property
    def dark(self) -> bool:
        return self.time == "night"


_TIMES: dict[str, tuple[Colour, Colour, Tint, Tint]] = {
    "dawn": ((150, 160, 220), (255, 205, 190), (1.0, 0.88, 0.93), (1.0, 0.95, 0.97)),
    "day": ((84, 168, 236), (190, 228, 250), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
    "sunset": ((120, 66, 130), (255, 146, 62), (1.0, 0.74, 0.58), (1.0, 0.87, 0.76)),
    "night": ((14, 18, 58), (50, 64, 126), (0.4, 0.46, 0.72), (0.78, 0.82, 1.0)),
}
_OVERCAST: dict[str, tuple[Colour, float]] = {
    "rain": ((122, 134, 152), 0.72),
    "snow": ((206, 214, 226), 0.62),
    "fog": ((200, 206, 210), 0.75),
    "storm": ((40, 42, 66), 0.9),
}


def light_of(time: str, weather: str) -> Light:
    top, low, scene, figure = _TIMES[time]
    if weather != "clear":
        grey, amount = _OVERCAST[weather]
        dim = {"dawn": 0.88, "day": 1.0, "sunset": 0.8, "night": 0.26}[time]
        grey = (
            int(grey[0] * dim),
            int(grey[1] * dim),
            min(255, int(grey[2] * dim * (1.5 if time == "night" else 1.0))),
        )
        top, low = mix(top, grey, amount), mix(low, grey, amount * 0.75)
        shade = {"rain": 0.8, "snow": 0.97, "fog": 0.95, "storm": 0.62}[weather]
        scene = (scene[0] * shade, scene[1] * shade, scene[2] * shade)
        if weather == "storm":
            figure = (figure[0] * 0.92, figure[1] * 0.92, figure[2] * 0.95)
    return Light(time, weather, top, low, scene, figure, mix(low, top, 0.25))


def sky(canvas: Canvas, light: Light, rng: random.Random, horizon: float) -> None:
    """Paint the sky down to `horizon` (a share of the height), with sun or moon, stars, clouds and lightning."""
    canvas.wash(light.sky_top, light.sky_low, max(horizon, 0.2))
    pen = Pen(canvas, scale=canvas.height)
    wide = canvas.width / canvas.height
    side = rng.choice((0.22, 0.78)) * wide + rng.uniform(-0.08, 0.08)
    clear = light.weather == "clear"
    if light.time == "night":
        if light.weather in ("clear", "snow"):
            for _ in range(46 if clear else 12):
                r = rng.choice((0.004, 0.005, 0.008))
                pen.ellipse(rng.uniform(0, wide), rng.uniform(0, horizon), r, r, (255, 250, 220))
        if light.weather in ("clear", "snow", "fog"):
            y = horizon * rng.uniform(0.2, 0.36)
            for r, alpha in ((0.17, 22), (0.125, 34)):
                pen.ellipse(side, y, r, r, (230, 230, 255), alpha)
            pen.ellipse(side, y, 0.082, 0.082, (250, 244, 210))
            if rng.random() < 0.5:
                pen.ellipse(side + 0.036, y - 0.018, 0.07, 0.07, mix(light.sky_top, light.sky_low, y))
    elif clear or light.weather == "fog":
        y, colour, radius = {
            "dawn": (horizon * 0.6, (255, 240, 190), 0.085),
            "day": (horizon * 0.26, (255, 226, 90), 0.075),
            "sunset": (horizon * 0.62, (255, 226, 110), 0.12),
        }[light.time]
        for k, alpha in ((2.1, 36), (1.5, 58)):
            pen.ellipse(side, y, radius * k, radius * k, mix(colour, (255, 255, 255), 0.2), alpha)
        pen.ellipse(side, y, radius, radius, colour)
    cover = {"clear": 2, "fog": 0, "rain": 5, "snow": 4, "storm": 6}[light.weather]
    tone = mix((255, 255, 255), light.sky_low, 0.12 if light.time == "day" else 0.42)
    if light.dark:
        tone = mix(light.sky_low, (120, 130, 170), 0.3)
    if not clear:
        tone = mix(light.sky_top, (255, 255, 255) if light.weather == "snow" else (30, 30, 46), 0.25)
    for k in range(cover):
        x = (k + rng.random()) / max(1, cover) * wide if not clear else rng.uniform(0, wide)
        y = rng.uniform(0.0, 0.12) if not clear else rng.uniform(0.08, 0.3) * horizon / 0.6
        cloud(pen, x, y, rng.uniform(0.1, 0.15) * (1.5 if not clear else 1.0), tone, rng)
    if light.weather == "storm":
        for side in rng.sample((0.18, 0.5, 0.82), 2):
            bolt(pen, (side + rng.uniform(-0.08, 0.08)) * wide, 0.04, horizon * 0.98, rng)


def cloud(pen: Pen, x: float, y: float, r: float, colour: Colour, rng: random.Random) -> None:
    for dx, dy, k in ((-1.1, 0.15, 0.6), (-0.4, -0.2, 0.85), (0.5, -0.05, 0.75), (1.15, 0.2, 0.5)):
        pen.ellipse(x + dx * r, y + dy * r, k * r, k * r * 0.72, colour)
    pen.ellipse(x, y + 0.3 * r, 1.6 * r, 0.36 * r, colour)


def bolt(pen: Pen, x: float, top: float, low: float, rng: random.Random) -> None:
    """A lightning bolt."""
    s = (low - top) / 1.0
    lean = rng.choice((-1, 1))
    shape = [(0.02, 0), (-0.16, 0.54), (-0.02, 0.5), (-0.1, 1.0), (0.22, 0.38), (0.08, 0.4), (0.26, 0)]
    pen.poly([(x + lean * px * s, top + py * s) for px, py in shape], (255, 240, 130))


def veil(canvas: Canvas, light: Light, strength: float, low: float = 1.0) -> None:
    """Lay the light's haze over a picture, thickest at `low` of its height and below."""
    canvas.veil(mix(light.sky_low, (255, 255, 255), 0.0 if light.dark else 0.25), strength, low)


def fall(canvas: Canvas, light: Light, rng: random.Random, near: float = 1.0, rain: Colour = (214, 230, 250)) -> None:
    """Rain or snow over the whole picture; `near` scales the drops, `rain` is its colour."""
    width, height = canvas.width, canvas.height
    unit = height / 288
    if light.weather in ("rain", "storm"):
        lean = rng.uniform(0.12, 0.3) if light.weather == "rain" else 0.55
        alpha = 120 if light.dark else 165
        for _ in range(70 if light.weather == "rain" else 90):
            x, y = rng.uniform(-0.1, 1.1) * width, rng.uniform(-0.12, 1) * height
            length = rng.uniform(24, 46) * unit * near
            canvas.line([(x, y), (x - lean * length, y + length)], 3.4 * unit * near, (*rain, alpha))
    elif light.weather == "snow":
        for _ in range(90):
            x, y = rng.uniform(0, width), rng.uniform(0, height)
            r = rng.choice((2.6, 3.8, 5.2)) * unit * near
            if rain[0] < 160:  # snow on white paper needs an outline
                canvas.ellipse(x, y, r + 1, r + 1, (*rain, 160))
            canvas.ellipse(x, y, r, r, (255, 255, 255, 235))
