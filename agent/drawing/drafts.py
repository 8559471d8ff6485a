"""Drafts: a panel's staging drawn as it is, at once, for a page or a file."""

from __future__ import annotations

import io
from functools import lru_cache

from agent.staging import staged_panel
from db.board import Board, Scene
from sd_models.world.values import StagedPanel

__all__ = ["draft_picture", "draft_svg"]


def draft_picture(board: Board, scene: Scene, width: int = 640) -> bytes:
    """The draft of a panel as a PNG file, so many pixels wide and in the board's shape."""
    return _drawn(staged_panel(board, scene), _shape(board, width))


def draft_svg(board: Board, scene: Scene, width: int = 1280) -> str:
    """The draft of a panel as an SVG document, so many units wide and in the board's shape."""
    from sd_models.world import draw_svg

    return draw_svg(staged_panel(board, scene), _shape(board, width))


def _shape(board: Board, width: int) -> tuple[int, int]:
    across, down = board.drawing.size
    return width, max(1, round(width * down / across))


@lru_cache(maxsize=256)
def _drawn(panel: StagedPanel, size: tuple[int, int]) -> bytes:
    from sd_models.world import draw

    file = io.BytesIO()
    draw(panel, size).save(file, "PNG", compress_level=1)  # 3 ms; the smallest file would take 40
    return file.getvalue()
