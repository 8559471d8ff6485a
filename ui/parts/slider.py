"""Two pictures over each other with a handle between them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

__all__ = ["picture_slider"]

ASSETS = Path(__file__).parent.parent / "assets"


def picture_slider(
    before: str, after: str, *, before_alt: str, after_alt: str, label: str, size: tuple[int, int], key: str
) -> None:
    """Shows the pictures at two addresses; the handle, a range input, uncovers the one or the other. What it is given
    goes into attributes, never into markup."""
    _component()(
        key=key,
        data={
            "before": before,
            "after": after,
            "beforeAlt": before_alt,
            "afterAlt": after_alt,
            "label": label,
            "aspect": f"{size[0]} / {size[1]}",
        },
    )


def _component():  # type: ignore[no-untyped-def]
    return st.components.v2.component(
        "taleboard_picture_slider",
        html='<div class="pair" hidden><img class="before"><img class="after"><i></i><input type="range"></div>',
        css=(ASSETS / "slider.css").read_text("utf-8"),
        js=(ASSETS / "slider.js").read_text("utf-8"),
    )
