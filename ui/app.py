"""The app's navigation; everything else is in `ui/pages` and `ui/parts`."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Taleboard", layout="wide")
st.title("Taleboard")
