"""The board: a grid of panels, each a skeleton, then a forming preview, then its picture."""

from __future__ import annotations

import base64
import html
from collections.abc import Collection, Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from db.board import Board, Scene
from db.history import Version
from db.jobs import JobStatus
from ui.parts.page import t
from ui.parts.talk import act
from ui.server import picture_url

__all__ = ["alternative_text", "open_panel", "panel_html", "picture_html", "show_board"]

Statuses = Mapping[str, JobStatus]


def show_board(version: Version, statuses: Statuses, fresh: Collection[str] = ()) -> dict[str, DeltaGenerator]:
    """All panels of a version. `statuses` says how far pending ones are; `fresh` are the scenes that the last turn
    changed, which are marked. Returns scene id -> the place of a pending
    panel's picture and words, to be filled anew as it comes along."""
    places: dict[str, DeltaGenerator] = {}
    with st.container(key="panels"):
        for position, scene in enumerate(version.board.scenes, start=1):
            with st.container(key=f"panel-{scene.id}"):
                place = st.empty()
                place.html(panel_html(version, scene, statuses.get(scene.id), fresh=scene.id in fresh))
                if version.images.get(scene.id) is None:
                    places[scene.id] = place
                _buttons(position, scene)
    return places


def _buttons(position: int, scene: Scene) -> None:
    with st.container(horizontal=True, gap="small", key=f"panel-row-{scene.id}"):
        st.button(
            t("redraw_number", number=position),
            key=f"redraw-{scene.id}",
            icon=":material/refresh:",
            type="tertiary",
            disabled=scene.locked,
            on_click=act,
            args=("redraw",),
            kwargs={"scenes": [scene.id]},
        )
        st.button(
            t("change_number", number=position),
            key=f"open-{scene.id}",
            icon=":material/tune:",
            type="tertiary",
            on_click=open_panel,
            args=(scene.id,),
        )


def open_panel(scene: str) -> None:
    """Opens a panel's dialog."""
    st.session_state["open"] = ("panel", scene)


def panel_html(version: Version, scene: Scene, status: JobStatus | None, *, fresh: bool = False) -> str:
    """A panel: its picture (or how far it is), its number, shot and cast, and its words."""
    board = version.board
    who = ", ".join(character.name for character in board.characters if character.id in scene.characters)
    details = " · ".join(part for part in (scene.shot, who) if part)
    lock = f'<span class="tb-lock" title="{html.escape(t("locked"))}">🔒</span>' if scene.locked else ""
    return (
        f'<article class="tb-panel{" tb-fresh" if fresh else ""}">{picture_html(version, scene, status)}'
        f'<p class="tb-details"><b>{board.position(scene.id)}</b> {html.escape(details)} {lock}</p>'
        f'<p class="tb-words" dir="auto">{html.escape(scene.summary or scene.text)}</p></article>'
    )


def picture_html(version: Version, scene: Scene, status: JobStatus | None = None) -> str:
    """A panel's picture, which the browser fetches once by its address; before that a skeleton or what is forming."""
    width, height = version.board.drawing.size
    aspect = f"--aspect: {width} / {height}"
    image = version.images.get(scene.id)
    if image is not None:
        alternative = html.escape(alternative_text(version.board, scene))
        return f'<img class="tb-picture" style="{aspect}" src="{picture_url(image)}" alt="{alternative}">'
    state = status.state if status is not None else "absent"
    if status is not None and status.preview and state == "running":
        data = base64.b64encode(status.preview).decode()
        step = html.escape(t("step", step=status.step, total=status.total))
        preview = f'<img alt="{step}" src="data:image/png;base64,{data}"><span aria-hidden="true">{step}</span>'
        return f'<div class="tb-forming" style="{aspect}">{preview}</div>'
    if status is not None and state == "failed":
        return _empty(aspect, t("failed", reason=status.error or ""), still=True)
    if state in ("cancelled", "absent"):
        return _empty(aspect, t("not_drawn"), still=True)
    return _empty(aspect, t("drawing_now") if state == "running" else t("waiting"))


def _empty(aspect: str, words: str, *, still: bool = False) -> str:
    kind = "tb-skeleton tb-still" if still else "tb-skeleton"
    return f'<div class="{kind}" style="{aspect}"><span>{html.escape(words)}</span></div>'


def alternative_text(board: Board, scene: Scene) -> str:
    """What the picture shows, in words."""
    words = scene.action or scene.summary or scene.text
    where = ", ".join(part for part in (scene.setting, scene.time, scene.weather) if part)
    return f"{board.position(scene.id)}. {words}{f' ({where})' if where else ''}"[:300]
