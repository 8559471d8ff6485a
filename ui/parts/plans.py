"""The overhead plans of a board's sequences."""

from __future__ import annotations

import html

import streamlit as st

from agent.exports.fonts import BUNDLED
from agent.staging import draw_plan, plan_title, sequences
from db.history import Version
from ui.parts.page import t

__all__ = ["show_plans"]


def show_plans(version: Version) -> None:
    """A plan for each sequence: people, things and cameras from above."""
    st.caption(t("plan_help"))
    for run in sequences(version.board):
        title = plan_title(version.board, run)
        st.html(f'<h3 class="tb-heading">{html.escape(title)}</h3>')
        st.image(draw_plan(version.board, run, font=BUNDLED["regular"]), caption=t("plan_of", what=title))
