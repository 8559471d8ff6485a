"""Every saved version of the storyboard: to look at, to go back to, to take a panel from."""

from __future__ import annotations

import streamlit as st

from db.errors import NotFoundError
from ui.parts.page import begin_page, board_here, owner, plain, t
from ui.parts.talk import settle
from ui.parts.versions import show_timeline, show_version

services = begin_page()
st.title(t("versions_title"))
settle()
head = board_here()

history = services.history(owner())
wanted = st.query_params.get("v", "")
try:
    shown = history.version(head.storyboard, int(wanted)) if wanted.isdecimal() else head
except NotFoundError:
    shown = head
st.caption(t("versions_of", title=plain(head.board.title)))
with st.container(key="timeline"):
    left, right = st.columns([4, 9], gap="large")
    with left, st.container(key="versions-list"):
        show_timeline(head, shown.number)
    with right, st.container(key="versions-board"):
        show_version(shown, head)
