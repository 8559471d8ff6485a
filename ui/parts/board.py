"""The board: a grid of panels, each a skeleton, then a forming preview, then its picture."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable

import streamlit as st

from db.board import Board, Scene
from db.history import Version
from db.jobs import JobStatus
from ui.parts.page import t
from ui.server import picture_url

__all__ = ["show_board"]

Act = Callable[[str, dict[str, object]], None]


def show_board(version: Version, statuses: dict[str, JobStatus], act: Act, columns: int = 3) -> None:
    """All panels of a version. `statuses` says how far pending ones are; `act(tool, args)` does what a button asks."""
    scenes = version.board.scenes
    for start in range(0, len(scenes), columns):
        for cell, scene in zip(st.columns(columns), scenes[start : start + columns], strict=False):
            with cell, st.container(key=f"panel-{scene.id}"):
                _panel(version, scene, statuses.get(scene.id), act)


def _panel(version: Version, scene: Scene, status: JobStatus | None, act: Act) -> None:
    position = version.board.position(scene.id)
    image = version.images.get(scene.id)
    if image is not None:
        st.image(picture_url(image), width="stretch", alt=_alternative_text(position, scene))
    else:
        st.html(_pending(version.board, scene, status))
    who = ", ".join(character.name for character in version.board.characters if character.id in scene.characters)
    details = " · ".join(part for part in (scene.shot, who) if part)
    st.html(
        f'<p class="tb-details"><b>{position}</b> {html.escape(details)}</p>'
        f'<p class="tb-words">{html.escape(scene.summary or scene.text)}</p>'
    )
    if st.button(
        t("redraw"),
        key=f"redraw-{scene.id}",
        icon=":material/refresh:",
        type="tertiary",
        help=f"{t('redraw')} {position}",
    ):
        act("redraw", {"scenes": [scene.id]})


def _pending(board: Board, scene: Scene, status: JobStatus | None) -> str:
    width, height = board.drawing.size
    aspect = f"--aspect: {width} / {height}"
    if status is not None and status.preview:
        data = base64.b64encode(status.preview).decode()
        step = t("step", step=status.step, total=status.total)
        preview = f'<img alt="" src="data:image/png;base64,{data}"><span>{step}</span>'
        return f'<div class="tb-forming" style="{aspect}">{preview}</div>'
    if status is not None and status.state == "failed":
        return f'<div class="tb-skeleton" style="{aspect}">{html.escape(t("failed", reason=status.error or ""))}</div>'
    return f'<div class="tb-skeleton" style="{aspect}" role="status">{t("waiting")}</div>'


def _alternative_text(position: int, scene: Scene) -> str:
    return f"{position}. {scene.action or scene.summary or scene.text}"[:300]
