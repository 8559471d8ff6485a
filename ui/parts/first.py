"""The first screen: what the app does, a place for a story, and stories to begin with."""

from __future__ import annotations

import html
from pathlib import Path

import streamlit as st

import agent.story
from ui.parts.page import t
from ui.parts.talk import id_of, say

__all__ = ["first_screen"]

SAMPLES = Path(agent.story.__file__).parent / "samples"


def first_screen() -> None:
    """Shows the sample stories; the place to write is the page's."""
    st.html(f'<p class="tb-lead">{html.escape(t("samples"))}</p>')
    with st.container(key="samples"):
        for file in sorted(SAMPLES.glob("*.txt")):
            text = file.read_text(encoding="utf-8")
            title, _, rest = text.strip().partition("\n")
            with st.container(border=True, key=f"sample-{file.stem}"):
                beginning = " ".join(rest.split())[:150].rsplit(" ", 1)[0] + " …"
                st.html(
                    f'<h2 class="tb-sample">{html.escape(title.strip())}</h2>'
                    f'<p class="tb-words">{html.escape(beginning)}</p>'
                )
                st.button(t("sample_begin", title=title.strip()), key=f"begin-{file.stem}", on_click=say, args=(text,),
                          kwargs={"send_id": id_of(st.session_state["box"], file.stem)})  # fmt: skip
