"""Two versions side by side."""

from __future__ import annotations

import streamlit as st

from db.history import VersionInfo
from ui.parts.comparing import show_comparison
from ui.parts.page import begin_page, board_here, nothing_here, owner, t
from ui.parts.talk import settle

MANY = 500


def choice(label: str, infos: dict[int, VersionInfo], parameter: str, otherwise: int) -> int:
    """One of the versions; which one is in the address."""
    wanted = st.query_params.get(parameter, "")
    chosen = int(wanted) if wanted.isdecimal() and int(wanted) in infos else otherwise
    numbers = list(infos)
    return st.selectbox(
        label,
        numbers,
        index=numbers.index(chosen),
        key=f"compare-{parameter}-{chosen}",
        format_func=lambda number: f"{number}. {infos[number].message or infos[number].summary}"[:80],
    )


services = begin_page()
st.title(t("page_compare"))
settle()
head = board_here()
history = services.history(owner())
infos = {info.number: info for info in history.versions(head.storyboard, limit=MANY)}
if len(infos) < 2:
    nothing_here(t("compare_none"))

with st.container(key="compare-choice"):
    left, right = st.columns(2)
    with left:
        first = choice(t("compare_first"), infos, "a", head.parent if head.parent is not None else min(infos))
    with right:
        second = choice(t("compare_second"), infos, "b", head.number)
found = history.compare(head.storyboard, first, second)
with st.container(key="compare"):
    if not found:
        st.write(t("compare_same"))
    show_comparison(history.version(head.storyboard, first), history.version(head.storyboard, second), found)
