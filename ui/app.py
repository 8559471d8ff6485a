"""The app's navigation; everything else is in `ui/pages` and `ui/parts`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.parts.page import t
from ui.rehearsal import first_page

st.set_page_config(page_title="Taleboard", page_icon=str(Path(__file__).parent / "assets" / "icon.png"), layout="wide")
page = st.navigation(
    [
        st.Page("pages/chat.py", title=t("page_chat"), icon=":material/forum:", default=True),
        st.Page("pages/versions.py", title=t("page_versions"), icon=":material/history:"),
        st.Page("pages/compare.py", title=t("page_compare"), icon=":material/compare:"),
        st.Page("pages/characters.py", title=t("page_characters"), icon=":material/palette:"),
        st.Page("pages/library.py", title=t("page_library"), icon=":material/grid_view:"),
        st.Page("pages/settings.py", title=t("page_settings"), icon=":material/settings:"),
    ],
    position="top",
)
try:
    page.run()
finally:
    first_page.set()
