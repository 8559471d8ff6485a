"""The picture world: milliseconds a panel for each style, beside reading the same panels from PNG files."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from PIL import Image
from rich.console import Console
from rich.table import Table

from sd_models.training.panels import Panel, draw, panel
from sd_models.world import vocabulary as v

COUNT = 40


def _median_ms(task: Callable[[int], object]) -> float:
    times = []
    for k in range(COUNT):
        started = time.perf_counter()
        task(k)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def run() -> None:
    panels = [panel(seed) for seed in range(COUNT)]
    table = Table(title=f"Picture world, 256x144, one core, median of {COUNT} panels")
    for column in ("style", "drawn ms", "read from PNG ms", "ratio"):
        table.add_column(column, justify="left" if column == "style" else "right")
    for style in v.STYLES:

        def drawn(k: int, style: str = style) -> Panel:
            return draw(replace(panels[k].attributes, style=style), k)

        files = []
        for k in range(COUNT):
            buffer = io.BytesIO()
            Image.fromarray(drawn(k).image).save(buffer, "png")
            files.append(buffer)
        ours = _median_ms(drawn)
        theirs = _median_ms(lambda k, files=files: Image.open(files[k]).copy())  # type: ignore[misc]
        table.add_row(style, f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.1f}")
    Console().print(table)


if __name__ == "__main__":
    run()
