"""The board: a grid of panels, each a skeleton, then a forming preview, then its picture."""

from __future__ import annotations

import base64
import html
from collections.abc import Collection, Mapping
from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from agent.staging import Fault, check_board
from db.board import Board, Scene
from db.history import Version
from db.jobs import JobStatus
from ui.parts.page import t
from ui.parts.talk import act
from ui.server import draft_url, picture_url

__all__ = ["alternative_text", "faults_of", "open_panel", "panel_html", "picture_html", "show_board", "shows_drafts"]

Statuses = Mapping[str, JobStatus]


def shows_drafts() -> bool:
    """Whether the person wants to see drafts and not paintings."""
    return st.session_state.get("shown") == "draft"


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
    details = " · ".join(part for part in (scene.number, scene.shot, who) if part)
    lock = f'<span class="tb-lock" title="{html.escape(t("locked"))}">🔒</span>' if scene.locked else ""
    faults = html.escape("; ".join(f"{fault.rule}: {fault.text}" for fault in faults_of(board, scene.id)))
    mark = f'<span class="tb-fault" role="img" aria-label="{faults}" title="{faults}">⚠</span>' if faults else ""
    picture = picture_html(version, scene, status, draft=shows_drafts())
    return (
        f'<article class="tb-panel{" tb-fresh" if fresh else ""}">{picture}'
        f'<p class="tb-details"><b>{board.position(scene.id)}</b> {html.escape(details)} {lock}{mark}</p>'
        f'<p class="tb-words" dir="auto">{html.escape(scene.summary or scene.text)}</p></article>'
    )


def faults_of(board: Board, scene: str) -> tuple[Fault, ...]:
    """What does not fit in a panel, by the rules of continuity."""
    return tuple(fault for fault in _faults(board) if fault.scenes[-1] == scene)


@lru_cache(maxsize=16)
def _faults(board: Board) -> tuple[Fault, ...]:
    return check_board(board)


def picture_html(version: Version, scene: Scene, status: JobStatus | None = None, *, draft: bool = False) -> str:
    """A panel's picture, which the browser fetches once by its address; before that its draft, with how far it is, or
    what is forming. With `draft` it is the draft in any case."""
    width, height = version.board.drawing.size
    aspect = f"--aspect: {width} / {height}"
    image = version.images.get(scene.id)
    if image is not None or draft:
        alternative = html.escape(alternative_text(version.board, scene))
        source = draft_url(version, scene.id) if draft or image is None else picture_url(image)
        return f'<img class="tb-picture" style="{aspect}" src="{source}" alt="{alternative}">'
    state = status.state if status is not None else "absent"
    if status is not None and status.preview and state == "running":
        data = base64.b64encode(status.preview).decode()
        step = html.escape(t("step", step=status.step, total=status.total))
        preview = f'<img alt="{step}" src="data:image/png;base64,{data}"><span aria-hidden="true">{step}</span>'
        return f'<div class="tb-forming" style="{aspect}">{preview}</div>'
    if status is not None and state == "failed":
        return _drafted(version, scene, aspect, t("failed", reason=status.error or ""))
    if state in ("cancelled", "absent"):
        return _drafted(version, scene, aspect, t("not_drawn"))
    return _drafted(version, scene, aspect, t("drawing_now") if state == "running" else t("waiting"))


def _drafted(version: Version, scene: Scene, aspect: str, words: str) -> str:
    """The draft of a panel that is not painted yet, with the reason."""
    alternative = html.escape(alternative_text(version.board, scene))
    picture = f'<img alt="{alternative}" src="{draft_url(version, scene.id)}">'
    return f'<div class="tb-forming tb-draft" style="{aspect}">{picture}<span>{html.escape(words)}</span></div>'


def alternative_text(board: Board, scene: Scene) -> str:
    """What the picture shows, in words."""
    words = scene.action or scene.summary or scene.text
    where = ", ".join(part for part in (scene.setting, scene.time, scene.weather) if part)
    return f"{board.position(scene.id)}. {words}{f' ({where})' if where else ''}"[:300]
