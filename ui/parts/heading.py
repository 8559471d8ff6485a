"""What stands over the board: its title and style, undo and redo, and the ways to look at it and take it along."""

from __future__ import annotations

import html

import streamlit as st

from agent.story import styles
from db.history import Version
from ui.parts.page import owner, services, t
from ui.parts.talk import act

__all__ = ["show_heading"]


def show_heading(version: Version) -> None:
    """The board's heading."""
    line = services().history(owner()).storyboard(version.storyboard)
    key = f"{version.storyboard}-{version.number}"
    with st.container(key="board-heading", gap="small"):
        st.html(f'<h1 class="tb-hidden">{html.escape(version.board.title)}</h1>')
        with st.container(key="board-title"):
            st.text_input(
                t("title"),
                version.board.title,
                key=f"title-{key}",
                label_visibility="collapsed",
                max_chars=200,
                on_change=_retitle,
                args=(f"title-{key}", version.board.title),
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="board-bar"):
            st.button(t("undo"), key="undo", icon=":material/undo:", disabled=version.parent is None,
                      on_click=act, args=("undo",))  # fmt: skip
            st.button(t("redo"), key="redo", icon=":material/redo:", disabled=version.number >= line.versions,
                      on_click=act, args=("redo",))  # fmt: skip
            _style(version, key)
            for name, icon in (
                ("reading", "menu_book"),
                ("slides", "slideshow"),
                ("plan", "map"),
                ("export", "download"),
            ):
                st.button(t(name), key=name, icon=f":material/{icon}:", on_click=_open, args=(name,))
            st.segmented_control(
                t("shown"),
                ("painted", "draft"),
                default="painted",
                required=True,
                format_func=lambda name: t(f"shown_{name}"),
                key="shown",
                label_visibility="collapsed",
            )
        st.html(f'<p class="tb-small">{html.escape(_summary(version))}</p>')


def _summary(version: Version) -> str:
    seconds = round(sum(scene.duration for scene in version.board.scenes))
    length = f"{seconds // 60}:{seconds % 60:02d}"
    return " · ".join(
        [t("version", number=version.number), t("panels", count=len(version.board.scenes)), t("length", length=length)]
    )


def _style(version: Version, key: str) -> None:
    names = [style.name for style in styles()]
    current = version.board.style
    options = names if current in names or not current else [current, *names]
    st.selectbox(
        t("style"),
        options,
        index=options.index(current) if current in options else None,
        key=f"style-{key}",
        placeholder=t("style"),
        label_visibility="collapsed",
        accept_new_options=True,
        width=190,
        on_change=_restyle,
        args=(f"style-{key}",),
    )


def _retitle(key: str, before: str) -> None:
    title = str(st.session_state[key]).strip()
    if title and title != before:
        act("set_title", title=title)


def _restyle(key: str) -> None:
    if style := st.session_state[key]:
        act("set_style", style=str(style))


def _open(name: str) -> None:
    st.session_state["open"] = (name, "")
