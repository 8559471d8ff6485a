"""The one dialog that may be open: a panel, the exports, reading, or the slide show."""

from __future__ import annotations

import streamlit as st

from db.history import Version
from ui.parts.exports import show_exports
from ui.parts.page import board_of, chosen_conversation, live, owner, t
from ui.parts.panel import show_panel
from ui.parts.plans import show_plans
from ui.parts.reading import show_reading, show_slides
from ui.parts.talk import await_reply

__all__ = ["close_dialog", "show_open_dialog"]


def close_dialog() -> None:
    """Nothing is open any more."""
    for key in ("open", "acted", "staged", "slides_play", "slide", "slide_since"):
        st.session_state.pop(key, None)


def show_open_dialog(version: Version | None) -> None:
    """Shows what a click opened, until it is closed."""
    if version is None or "open" not in st.session_state:
        return
    kind, scene = st.session_state["open"]
    known = {one.id: place for place, one in enumerate(version.board.scenes, start=1)}
    if kind == "panel" and scene not in known:  # it was deleted, here or in another tab
        close_dialog()
        return
    title = t("panel_title", number=known[scene]) if kind == "panel" else t(f"{kind}_title")
    st.dialog(title, width="medium" if kind == "export" else "large", on_dismiss=close_dialog)(_inside)(kind, scene)


def _inside(kind: str, scene: str) -> None:
    conversation = chosen_conversation()
    turn = live().of(owner(), conversation)
    if turn is not None and not turn.done:
        with st.container(), st.spinner(t("thinking")):
            await_reply(turn, st.empty())
        st.rerun()
    version = board_of(conversation)
    if version is None or (kind == "panel" and scene not in version.images):
        st.rerun()
    if kind == "panel":
        show_panel(version, scene)
    elif kind == "export":
        show_exports(version)
    elif kind == "plan":
        show_plans(version)
    elif kind == "reading":
        show_reading(version)
    elif version.board.scenes:
        show_slides(version)
