"""Two ways to look at a board without its tools: as a story to read, and as a slide show."""

from __future__ import annotations

import html
import time

import streamlit as st

from db.history import Version
from ui.parts.board import picture_html
from ui.parts.page import t

__all__ = ["show_reading", "show_slides"]

LOOK_SECONDS = 0.5
"""How often a slide show that plays looks whether it is time for the next panel."""


def show_reading(version: Version) -> None:
    """The story's own words under its pictures, from the first panel to the last."""
    panels = "".join(
        f'<section>{picture_html(version, scene)}<p dir="auto">{html.escape(scene.text or scene.summary)}</p></section>'
        for scene in version.board.scenes
    )
    st.html(f'<div class="tb-reading">{panels}</div>')


def show_slides(version: Version) -> None:
    """One panel at a time; by itself, each for its length in seconds, or by hand."""
    scenes = version.board.scenes
    count = len(scenes)
    place = min(st.session_state.get("slide", 0), count - 1)
    playing = bool(st.session_state.get("slides_play"))
    scene = scenes[place]
    shown = html.escape(scene.summary or scene.text)
    st.html(f'<div class="tb-slide" aria-live="polite">{picture_html(version, scene)}<p dir="auto">{shown}</p></div>')
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center", gap="small"):
        st.button(t("slide_back"), key="slide-back", icon=":material/chevron_left:", disabled=place == 0,
                  on_click=_turn_to, args=(place - 1,), shortcut="Left")  # fmt: skip
        st.html(f'<span class="tb-small">{place + 1} / {count}</span>', width="content")
        st.button(t("slide_next"), key="slide-next", icon=":material/chevron_right:",
                  disabled=place + 1 == count, on_click=_turn_to, args=(place + 1,), shortcut="Right")  # fmt: skip
        st.button(t("slide_pause") if playing else t("slide_play"), key="slide-play",
                  icon=f":material/{'pause' if playing else 'play_arrow'}:", on_click=_play, args=(not playing,),
                  shortcut="Space")  # fmt: skip
    if playing:
        st.fragment(_advance, run_every=LOOK_SECONDS)(place, count, scene.duration)


def _advance(place: int, count: int, seconds: float) -> None:
    """Turns the page when the panel has been shown for its time."""
    shown, since = st.session_state.setdefault("slide_since", (place, time.monotonic()))
    if shown != place:
        st.session_state["slide_since"] = (place, time.monotonic())
    elif time.monotonic() - since >= seconds:
        if place + 1 < count:
            _turn_to(place + 1)
        else:
            _play(False)
        st.rerun()


def _turn_to(place: int) -> None:
    st.session_state["slide"] = place


def _play(playing: bool) -> None:
    st.session_state["slides_play"] = playing
    st.session_state.pop("slide_since", None)
