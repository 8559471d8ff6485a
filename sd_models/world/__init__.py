"""The picture world: a panel given as values (`values.py`), drawn in vectors. Needs numpy and Pillow only."""

from sd_models.world.drawing import (
    Vocabulary,
    boxes,
    draw,
    draw_svg,
    ground,
    known,
    layout,
    prop_boxes,
    sprite,
    unknown,
)
from sd_models.world.values import Box, FigureBoxes, Looks, StagedFigure, StagedPanel, StagedProp, View, Worn

__all__ = [
    "Box",
    "FigureBoxes",
    "Looks",
    "StagedFigure",
    "StagedPanel",
    "StagedProp",
    "View",
    "Vocabulary",
    "Worn",
    "boxes",
    "draw",
    "draw_svg",
    "ground",
    "known",
    "layout",
    "prop_boxes",
    "sprite",
    "unknown",
]
