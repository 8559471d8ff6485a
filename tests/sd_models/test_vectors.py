"""The world as vectors: an SVG document looks like the picture, and Chromium is what says so."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from sd_models.world import Looks, StagedFigure, StagedPanel, StagedProp, View, boxes, draw, draw_svg, sprite
from tests.ui.browser.driving import CHROMIUM, launch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"Chromium is not at {CHROMIUM}: apt-get install chromium"),
]
SIZE = (640, 360)
GIRL, FOX = StagedFigure(Looks("girl", seed=3), 0.3, 0.1, holds="lantern"), StagedFigure(Looks("fox"), 0.7, 0.3)
PANELS = {
    "glow and fog": StagedPanel("harbour", time="night", weather="fog", figures=(GIRL, FOX)),
    "water": StagedPanel("lake", figures=(replace(GIRL, pose="swimming"),), props=(StagedProp("campfire", 0.8, 0.1),)),
    "a tilted camera": StagedPanel("kitchen", view=View("medium", "dutch"), figures=(GIRL,)),
    "rain": StagedPanel("street", weather="rain", figures=(FOX,)),
    "snow": StagedPanel("hills", weather="snow", time="sunset", figures=(FOX,)),
    "a place of its own light": StagedPanel("cave", props=(StagedProp("lantern", 0.7, 0.1),)),
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        browser.close()


def seen(page: Page, svg: str, ground: str = "white") -> np.ndarray:
    """What a browser shows of an SVG document, as float (H, W, 3)."""
    page.set_content(f'<body style="margin:0;background:{ground}">{svg}')
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), float)


@pytest.mark.parametrize("name", PANELS)
def test_the_vectors_look_like_the_picture(page: Page, name: str) -> None:
    difference = np.abs(seen(page, draw_svg(PANELS[name], SIZE)) - np.asarray(draw(PANELS[name], SIZE), float))
    assert difference.mean() < 2
    assert (difference.max(-1) > 40).mean() < 0.02  # edges, which two painters smooth each in its own way


def test_a_sprite_is_one_figure_where_it_stands_and_nothing_else(page: Page) -> None:
    panel = PANELS["glow and fog"]
    inked = (seen(page, sprite(panel, GIRL, SIZE), "#0f0") != (0, 255, 0)).any(-1)
    rows, columns = np.where(inked)
    covered = np.array([columns.min(), rows.min(), columns.max(), rows.max()]) / (*SIZE, *SIZE)
    assert np.abs(covered - boxes(panel, SIZE)[0].body).max() < 0.1
    assert inked.mean() < 0.2
