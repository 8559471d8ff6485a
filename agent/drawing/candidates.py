"""Pictures of one scene to choose from, as if they were a board of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.drawing.requests import panel_request
from db.history import Version

__all__ = ["candidates_version"]


def candidates_version(version: Version, scene_id: str, seeds: Sequence[int]) -> Version:
    """The candidates as if they were the panels of a version: `s3#1`, `s3#2` … Raises KeyError where the version has
    no such scene."""
    scene = version.board.scene(scene_id)
    panels = tuple(
        replace(scene, id=f"{scene.id}#{number}", seed=seed, variation=None, picked=None)
        for number, seed in enumerate(seeds, start=1)
    )
    board = replace(version.board, scenes=panels)
    requests = {panel.id: panel_request(board, panel).digest for panel in panels}
    return replace(version, board=board, requests=requests, images=dict.fromkeys(requests))
