"""Two versions of a storyboard side by side, with what happened to each panel."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from db.diff import Diff, Kind
from db.history import Version
from ui.parts.board import alternative_text, picture_html
from ui.parts.page import t
from ui.parts.slider import picture_slider
from ui.server import picture_url

__all__ = ["order_of", "show_comparison"]

HIDDEN = {"image", "prompt", "handwritten", "anchor", "variation", "edit", "picked"}
"""Fields whose change the pictures or the other fields tell already."""


def order_of(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Every scene of both versions once: in the later order, those that are gone where they were. Pure."""
    order = list(after)
    for place, scene in enumerate(before):
        if scene not in order:
            earlier = next((one for one in reversed(before[:place]) if one in order), None)
            order.insert(0 if earlier is None else order.index(earlier) + 1, scene)
    return order


def show_comparison(before: Version, after: Version, found: Diff) -> None:
    """The panels that differ, each with its pictures and fields, then those that are the same."""
    _board_fields(found)
    kinds, moves = found.kinds(), {move.scene: move for move in found.moved}
    fields = {change.scene: change.fields for change in found.changed}
    order = order_of([one.id for one in before.board.scenes], [one.id for one in after.board.scenes])
    same = []
    for scene in order:
        marks = [
            t(f"kind_{kind}", origin=moves[scene].origin, target=moves[scene].target)
            if kind == "moved"
            else t(f"kind_{kind}")
            for kind in kinds.get(scene, ())
        ]
        if not kinds.get(scene) and not _shown(fields.get(scene, {})):
            same.append(scene)
            continue
        with st.container(border=True, key=f"compare-{scene}"):
            _heading(before, after, scene, kinds.get(scene, ()), marks)
            _pictures(before, after, scene)
            if rows := _shown(fields.get(scene, {})):
                st.html(_table(rows))
    if same:
        st.html(f'<h2 class="tb-heading">{html.escape(t("kind_same"))}</h2>')
        pictures = "".join(f"<div>{picture_html(after, after.board.scene(scene))}</div>" for scene in same)
        st.html(f'<div class="tb-same">{pictures}</div>')


def _heading(before: Version, after: Version, scene: str, kinds: Sequence[Kind], marks: Sequence[str]) -> None:
    board = after.board if scene in after.images else before.board
    chips = "".join(
        f'<span class="tb-chip tb-{kind}">{html.escape(mark)}</span>' for kind, mark in zip(kinds, marks, strict=True)
    )
    title = html.escape(board.scene(scene).title or board.scene(scene).summary[:60])
    st.html(f'<p class="tb-details"><b>{board.position(scene)}</b> {title} {chips}</p>')


def _pictures(before: Version, after: Version, scene: str) -> None:
    """A slider where there are two different pictures, else both places side by side."""
    old, new = before.images.get(scene), after.images.get(scene)
    if old and new and old != new:
        picture_slider(
            picture_url(old),
            picture_url(new),
            before_alt=alternative_text(before.board, before.board.scene(scene)),
            after_alt=alternative_text(after.board, after.board.scene(scene)),
            label=t("compare_slide", number=after.board.position(scene)),
            size=after.board.drawing.size,
            key=f"slider-{scene}-{before.number}-{after.number}",
        )
        return
    if old and old == new:
        st.html(f'<div class="tb-half">{picture_html(after, after.board.scene(scene))}</div>')
        return
    sides = []
    for version in (before, after):
        if scene in version.images:
            sides.append(picture_html(version, version.board.scene(scene)))
        else:
            sides.append(f'<div class="tb-skeleton tb-still"><span>{html.escape(t("compare_nothing"))}</span></div>')
    st.html(f'<div class="tb-pair">{"".join(f"<div>{side}</div>" for side in sides)}</div>')


def _board_fields(found: Diff) -> None:
    """What changed for the whole board, and in the cast."""
    rows: dict[str, tuple[Any, Any]] = dict(found.board)
    for change in found.characters:
        names = change.fields.get("name", ("", ""))
        for name, pair in change.fields.items():
            rows[f"{names[1] or names[0] or change.character}: {name}"] = pair
    if rows:
        st.html(_table(rows))


def _shown(fields: Mapping[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    shown = {name: pair for name, pair in fields.items() if name not in HIDDEN}
    if not shown and "prompt" in fields:
        return {"prompt": fields["prompt"]}
    return shown


def _table(rows: Mapping[str, tuple[Any, Any]]) -> str:
    """Fields with what they were and what they are."""
    titles = "".join(f"<th scope='col'>{html.escape(t(name))}</th>" for name in ("field_before", "field_after"))
    head = f"<tr><td></td>{titles}</tr>"
    lines = "".join(
        f"<tr><th scope='row'>{html.escape(_named(name))}</th>"
        f"<td dir='auto'>{html.escape(_value(old))}</td><td dir='auto'>{html.escape(_value(new))}</td></tr>"
        for name, (old, new) in rows.items()
    )
    return f'<table class="tb-table">{head}{lines}</table>'


def _named(field: str) -> str:
    """A field in the page's language; of a character's, with whose it is."""
    whose, _, name = field.rpartition(": ")
    try:
        word = t(f"field_{name}")
    except KeyError:
        word = name.replace("_", " ")
    return f"{whose}: {word}" if whose else word


def _value(value: Any) -> str:
    if value in (None, "", [], {}):
        return t("nothing_said")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return str(value)
