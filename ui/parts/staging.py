"""The draft as a canvas: who stands where, moved by mouse and keys. Each release is one tool call and one version."""

from __future__ import annotations

import base64
from pathlib import Path

import streamlit as st

from agent import staging
from db.board import Scene
from db.history import Version
from ui.parts.board import alternative_text
from ui.parts.page import plain, t
from ui.parts.talk import act_here
from ui.server import draft_url

__all__ = ["show_staging"]

ASSETS = Path(__file__).parent.parent / "assets"
HTML = (
    '<div class="stage"><img class="draft"><img class="sprite" alt="" hidden><div class="grips"></div></div>'
    '<div class="tools" hidden><output></output><label><span></span> <select></select></label>'
    '<button type="button" name="turn"></button><button type="button" name="bigger"></button>'
    '<button type="button" name="smaller"></button><button type="button" name="away"></button></div>'
    '<form class="add"><input list="things" maxlength="100"><datalist id="things"></datalist><button></button></form>'
)
WORDS = ("grip", "pose", "turn", "bigger", "smaller", "away", "thing", "add")


def show_staging(version: Version, scene: Scene) -> None:
    """The canvas of a panel's draft, with what there is to say about it."""
    held = staging.grips(version.board, scene)
    key = f"stage-{scene.id}"

    def edited() -> None:
        edit = st.session_state[key].get("edit")
        call = staging.tool_call(scene, held, edit)
        before = st.session_state.get("staged", (0, ""))
        st.session_state["staged"] = (before[0] + 1, str(edit.get("key", "")) if call is not None else "")
        if call is not None:
            tool, args = call
            act_here(tool, **args)

    width, height = version.board.drawing.size
    stamp, last = st.session_state.get("staged", (0, ""))
    data = {
        "src": draft_url(version, scene.id),
        "alt": alternative_text(version.board, scene),
        "aspect": f"{width} / {height}",
        "stamp": stamp,
        "held": last,
        "locked": scene.locked,
        "horizon": held.horizon,
        "feet": held.feet,
        "grips": [
            {
                "key": grip.key,
                "kind": grip.kind,
                "name": grip.name,
                "box": list(grip.box),
                "x": grip.x,
                "depth": grip.depth,
                "facing": grip.facing,
                "pose": grip.pose,
                "sprite": "data:image/svg+xml;base64," + base64.b64encode(grip.sprite.encode()).decode(),
            }
            for grip in held.grips
        ],
        "poses": list(staging.KNOWN_POSES),
        "catalogue": list(staging.catalogue()),
        "words": {name: t(f"stage_{name}") for name in WORDS},
    }
    component = st.components.v2.component(
        "taleboard_stage",
        html=HTML,
        css=(ASSETS / "stage.css").read_text("utf-8"),
        js=(ASSETS / "stage.js").read_text("utf-8"),
    )
    component(key=key, data=data, on_edit_change=edited)
    st.caption(t("stage_help"))
    for note in staging.remarks(version.board, scene):
        st.caption(plain(note))
