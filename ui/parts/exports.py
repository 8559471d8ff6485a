"""The dialog that writes a storyboard into a file of any format."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from agent.errors import AgentError
from agent.exports.formats import FORMATS
from agent.exports.material import Progress
from agent.exports.pages import PAPERS, PER_PAGE, Layout
from agent.exports.writing import export, file_name
from db.errors import DatabaseError
from db.history import Version
from ui.parts.board import shows_drafts
from ui.parts.page import owner, plain, services, t

__all__ = ["show_exports", "written_file"]


def written_file(
    version: Version,
    format: str,
    *,
    layout: Layout | None = None,
    progress: Progress | None = None,
    drafts: bool = False,
) -> tuple[bytes, list[str]]:
    """The file's bytes, and warnings for the person. `layout` is of a PDF. Raises ExportError."""
    with tempfile.TemporaryDirectory(prefix="taleboard-") as folder:
        file = Path(folder) / file_name(version.board.title, format)
        warnings = export(version, services().pictures(owner()), format, file, layout=layout, progress=progress,
                          drafts=drafts)  # fmt: skip
        return file.read_bytes(), warnings


def show_exports(version: Version) -> None:
    """Choose a format, write, download."""
    format = st.radio(
        t("export_format"),
        list(FORMATS),
        key="export-format",
        format_func=lambda name: t(f"format_{name}"),
    )
    layout = _layout() if format == "pdf" else None
    drafts = st.toggle(t("export_drafts"), shows_drafts(), key="export-drafts")
    known = st.session_state.get("exported")
    wanted = (version.storyboard, version.number, format, layout, drafts, tuple(version.images.values()))
    if st.button(t("export_write"), key="export-write", type="primary", icon=":material/file_export:"):
        bar = st.progress(0.0, text=t("export_running"))
        try:
            data, warnings = written_file(version, format, layout=layout, progress=partial(_report, bar),
                                           drafts=drafts)  # fmt: skip
            known = st.session_state["exported"] = (wanted, data, warnings)
        except (AgentError, DatabaseError) as error:
            st.error(plain(str(error)))
        bar.empty()
    if known and known[0] == wanted:
        for warning in known[2]:
            st.caption(plain(warning))
        name = file_name(version.board.title, format)
        st.download_button(t("export_download", size=_size(len(known[1]))), known[1], name, key="export-download",
                           type="primary", icon=":material/download:", on_click="ignore")  # fmt: skip


def _report(bar: DeltaGenerator, done: int, total: int) -> None:
    words = t("export_panels", done=done, count=total) if done < total else t("export_finishing")
    bar.progress(done / total, text=words)


def _layout() -> Layout:
    """How the pages of a PDF are to be laid out."""
    usual = Layout()
    with st.container(horizontal=True):
        paper = st.selectbox(t("export_paper"), PAPERS, PAPERS.index(usual.paper), key="export-paper", width=160,
                             format_func=lambda name: t(f"paper_{name}"))  # fmt: skip
        count = st.selectbox(t("export_per_page"), PER_PAGE, PER_PAGE.index(usual.per_page), key="export-per-page",
                             width=160)  # fmt: skip
        plans = st.checkbox(t("export_plans"), usual.plans, key="export-plans")
    return Layout(paper, count, plans)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} kB"
