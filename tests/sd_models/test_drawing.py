"""A staged panel is drawn as its values say: who stands where, seen from which camera, looking always the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sd_models.world import (
    Looks,
    StagedFigure,
    StagedPanel,
    StagedProp,
    View,
    Worn,
    boxes,
    draw,
    layout,
    prop_boxes,
    unknown,
)
from sd_models.world.drawing import CAMERAS

MIRA = StagedFigure(Looks("girl", wears=(Worn("coat", "red"),), seed=7), x=0.25, depth=0.1)
FOX = StagedFigure(Looks("fox", seed=3), x=0.75, depth=0.3)
PANEL = StagedPanel("hills", figures=(MIRA, FOX))
SIZE = (256, 144)


def pixels(panel: StagedPanel, size: tuple[int, int] = SIZE) -> np.ndarray:
    return np.asarray(draw(panel, size)).astype(np.int16)


@pytest.mark.parametrize("size", [(239, 100), (256, 144), (160, 120), (128, 128), (72, 128)])
def test_a_panel_has_the_size_and_shape_that_is_asked_for(size: tuple[int, int]) -> None:
    picture = draw(PANEL, size)
    assert picture.size == size
    assert picture.tobytes() == draw(PANEL, size).tobytes()


def test_who_does_not_move_keeps_every_pixel() -> None:
    left, top, right, bottom = boxes(PANEL, SIZE)[0].body
    moved = replace(PANEL, figures=(MIRA, replace(FOX, x=0.85)))
    part = np.s_[int(top * 144) : int(bottom * 144), int(left * 256) : int(right * 256)]
    assert np.array_equal(pixels(PANEL)[part], pixels(moved)[part])
    assert not np.array_equal(pixels(PANEL), pixels(moved))


def test_the_order_of_figures_means_nothing() -> None:
    assert np.array_equal(pixels(PANEL), pixels(replace(PANEL, figures=(FOX, MIRA))))


def test_a_character_has_the_same_face_in_every_panel() -> None:
    """The middle of the face has one colour, whoever else is there, whichever setting, style of shot and seed."""
    colours = set()
    for setting, view, others in (("hills", "medium", (FOX,)), ("kitchen", "full", ()), ("forest", "close-up", (FOX,))):
        panel = StagedPanel(setting, view=View(view), figures=(*others, MIRA), seed=len(setting))
        left, top, right, bottom = boxes(panel, (1280, 720))[len(others)].head
        face = pixels(panel, (1280, 720))[int((0.7 * top + 0.3 * bottom) * 720), int((left + right) * 640)]
        colours.add(tuple(face.tolist()))
    assert len(colours) == 1


def test_a_nearer_camera_shows_faces_larger_and_within_the_frame() -> None:
    heights = []
    for size in CAMERAS:
        box = boxes(StagedPanel("hills", view=View(size), figures=(replace(MIRA, depth=0.0),)))[0].head
        heights.append(box[3] - box[1])
    assert heights == sorted(heights)
    assert heights[0] > 0.06


def test_what_is_farther_is_smaller_and_higher() -> None:
    near, far = (prop_boxes(StagedPanel("hills", props=(StagedProp("chest", 0.5, depth),)))[0] for depth in (0.0, 0.8))
    assert far[3] < near[3]
    assert far[3] - far[1] < near[3] - near[1]


def test_light_changes_no_place_and_the_layout_is_plain_daylight() -> None:
    night = replace(PANEL, time="night", weather="rain", style="ink noir")
    assert boxes(night) == boxes(PANEL)
    assert layout(night, SIZE).tobytes() == draw(PANEL, SIZE).tobytes()


def test_a_back_is_no_face() -> None:
    front = pixels(replace(PANEL, view=View("medium")))
    away = replace(PANEL, view=View("medium"), figures=(replace(MIRA, facing="away"), FOX))
    assert (np.abs(front - pixels(away)).max(-1) > 24).mean() > 0.01


def test_words_that_cannot_be_drawn_are_reported_and_stand_as_labelled_blocks() -> None:
    panel = StagedPanel(
        "zoo", figures=(StagedFigure(Looks("gryphon"), 0.3, 0.0),), props=(StagedProp("zeppelin", 0.7, 0.2),)
    )
    assert unknown(panel) == ("zoo", "gryphon", "zeppelin")
    assert unknown(PANEL) == ()
    assert not np.array_equal(pixels(panel), pixels(replace(panel, props=())))
