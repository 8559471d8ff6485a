"""Vectors: the world's shapes as an SVG document. Text is escaped, numbers are rounded, nothing is chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from sd_models.world.canvas import Colour, Ink, Point

__all__ = ["Vectors"]

_STOPS = 6


class Vectors:
    """A canvas that notes each shape as an element of SVG."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.width, self.height = size
        self._layers = 0
        self._shapes: list[str] = []
        self._defined: list[str] = []

    def document(self) -> str:
        """The SVG file."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}">'
            f"<defs>{''.join(self._defined)}</defs>{''.join(self._shapes)}</svg>\n"
        )

    def polygon(self, points: Sequence[Point], ink: Ink) -> None:
        self._shapes.append(f'<path d="{_path(points)}Z"{_fill(ink)}/>')

    def ellipse(self, x: float, y: float, rx: float, ry: float, ink: Ink) -> None:
        self._shapes.append(f'<ellipse cx="{_n(x)}" cy="{_n(y)}" rx="{_n(rx)}" ry="{_n(ry)}"{_fill(ink)}/>')

    def line(self, points: Sequence[Point], width: float, ink: Ink) -> None:
        rounded = ' stroke-linecap="round" stroke-linejoin="round"' if ink[3] == 255 else ""
        stroke = f'stroke-width="{_n(max(0.5, width))}"{_fill(ink, "stroke")}{rounded}'
        self._shapes.append(f'<path d="{_path(points)}" fill="none" {stroke}/>')

    def wash(self, top: Colour, low: Colour, horizon: float = 1.0) -> None:
        name = self._gradient([(0.0, (*top, 255)), (horizon, (*low, 255))])
        self._shapes.append(f'<rect width="{self.width}" height="{self.height}" fill="url(#{name})"/>')

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        name = f"d{len(self._defined)}"
        stops = [(k / _STOPS, (*colour, round(255 * 0.8 * strength * (1 - (k / _STOPS) ** 2) ** 1.5)))
                 for k in range(_STOPS + 1)]  # fmt: skip
        self._defined.append(f'<radialGradient id="{name}">{_stops(stops)}</radialGradient>')
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="url(#{name})" style="mix-blend-mode:screen"/>'
        )

    def veil(self, colour: Colour, strength: float, low: float) -> None:
        thin, thick = (round(255 * strength * share) for share in (0.35, 1.0))
        name = self._gradient([(0.35 * low, (*colour, thin)), (low, (*colour, thick))])
        self._shapes.append(f'<rect width="{self.width}" height="{self.height}" fill="url(#{name})"/>')

    def keep(self) -> None:
        self._layers += 1
        self._shapes = [f'<g id="k{self._layers}">{"".join(self._shapes)}</g>']

    def give_back(self, left: float, top: float, right: float) -> None:
        name = f"d{len(self._defined)}"
        x, y, across = max(0, int(left)), int(top), min(self.width, int(right)) - max(0, int(left))
        if across > 0 and y < self.height:  # whole pixels: half ones would show as a seam
            box = f'x="{x}" y="{y}" width="{across}" height="{self.height - y}"'
            self._defined.append(f'<clipPath id="{name}"><rect {box}/></clipPath>')
            self._shapes.append(f'<g clip-path="url(#{name})"><use href="#k{self._layers}"/></g>')

    def tilt(self, degrees: float, zoom: float, beyond: Colour | None) -> None:
        c, s = math.cos(math.radians(degrees)) * zoom, math.sin(math.radians(degrees)) * zoom
        cx, cy = self.width / 2, self.height / 2
        matrix = " ".join(_n(v, 4) for v in (c, -s, s, c, cx - c * cx - s * cy, cy + s * cx - c * cy))
        ground = f'<rect width="{self.width}" height="{self.height}"{_fill((*beyond, 255))}/>' if beyond else ""
        self._shapes = [f'{ground}<g transform="matrix({matrix})">{"".join(self._shapes)}</g>']

    def write(self, x: float, y: float, text: str, size: int) -> None:
        self._shapes.append(
            f'<text x="{_n(x)}" y="{_n(y + 0.8 * size)}" font-family="sans-serif" font-size="{size}" '
            'text-anchor="middle" fill="#282430" stroke="#fff" stroke-width="2" paint-order="stroke">'
            f"{escape(_printable(text))}</text>"
        )

    def _gradient(self, stops: Sequence[tuple[float, Ink]]) -> str:
        """Define a gradient down the picture; return its name. One that ends below the picture is longer than it."""
        name = f"d{len(self._defined)}"
        end = max(1.0, stops[-1][0])
        told = _stops([(at / end, ink) for at, ink in stops])
        self._defined.append(
            f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" '
            f'y2="{_n(self.height * end)}">{told}</linearGradient>'
        )
        return name


def _n(value: float, places: int = 1) -> str:
    """A number in as few letters as it takes."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _fill(ink: Ink, what: str = "fill", opacity: str = "") -> str:
    r, g, b, alpha = ink
    seen = f' {opacity or what + "-opacity"}="{_n(alpha / 255, 2)}"' if alpha < 255 else ""
    return f' {what}="#{r:02x}{g:02x}{b:02x}"{seen}'


def _stops(stops: Sequence[tuple[float, Ink]]) -> str:
    return "".join(f'<stop offset="{_n(at, 3)}"{_fill(ink, "stop-color", "stop-opacity")}/>' for at, ink in stops)


def _printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable())
