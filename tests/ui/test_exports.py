"""The export dialog: a file of every format, to be taken along."""

from __future__ import annotations

import io
import zipfile

import pypdf
import pytest

from agent.exports.formats import FORMATS
from agent.services import Services
from tests.agent.tales import tale
from tests.ui.opening import Opened, begin
from ui.parts.exports import written_file

BEGINS = {"pdf": b"%PDF", "png": b"\x89PNG", "pptx": b"PK", "gif": b"GIF8", "zip": b"PK", "json": b"{"}


@pytest.fixture
def page(drawing: Services) -> Opened:
    return begin(drawing, tale(2)).click("export")


def test_every_format_is_offered_in_words(page: Opened) -> None:
    labels = page.app.radio(key="export-format").options
    assert len(labels) == len(FORMATS)
    assert labels[0].startswith("PDF: ")


@pytest.mark.parametrize("format", ["pdf", "csv", pytest.param("mp4", marks=pytest.mark.slow)])
def test_a_file_is_written_and_offered(page: Opened, format: str) -> None:
    page.app.radio(key="export-format").set_value(format).run()
    assert not page.app.get("download_button")
    page.click("export-write")
    (offered,) = page.app.get("download_button")
    assert offered.proto.label.startswith("Download (")


def test_a_pdf_is_laid_out_as_was_chosen(page: Opened) -> None:
    page.app.selectbox(key="export-paper").set_value("letter")
    page.app.selectbox(key="export-per-page").set_value(1).run()
    page.click("export-write")
    _, data, _ = page.app.session_state["exported"]
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    widths = [round(float(sheet.mediabox.width)) for sheet in pages]
    assert widths == [612, 612, 612], "two panels and the overhead plan"


def test_another_format_has_to_be_written_first(page: Opened) -> None:
    page.app.radio(key="export-format").set_value("csv").run()
    page.click("export-write")
    page.app.radio(key="export-format").set_value("json").run()
    assert not page.app.get("download_button")


@pytest.mark.slow
@pytest.mark.parametrize("format", [name for name in FORMATS if name != "mp4"])
def test_the_file_is_of_its_format(page: Opened, format: str) -> None:
    data, _ = written_file(page.head, format)
    assert data.startswith(BEGINS.get(format, b""))
    assert len(data) > 50
    if format == "zip":
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None


def test_panels_that_are_not_drawn_are_named(drawing: Services) -> None:
    page = begin(drawing, tale(2), draw=False).click("export")
    page.app.radio(key="export-format").set_value("csv").run()
    page.click("export-write")
    assert page.app.caption
