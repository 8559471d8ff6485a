"""`export`: a version into one file of a format, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from agent.errors import ExportError
from agent.exports.animation import write_gif, write_mp4
from agent.exports.fonts import fonts_for
from agent.exports.material import Material, Panel, Progress, gather
from agent.exports.pages import Layout, write_pdf, write_sheet
from agent.exports.screenplay import write_fountain
from agent.exports.slides import write_pptx
from agent.exports.tables import write_csv, write_json, write_zip
from agent.exports.timeline import write_otio
from agent.exports.vistory import write_vistory
from agent.exports.web import write_html
from db.board_json import image_file
from db.history import Version
from db.pictures import Pictures

__all__ = ["FORMATS", "export", "file_name", "write_material", "write_panels"]

# format -> (ending of its files, what it is)
FORMATS: dict[str, tuple[str, str]] = {
    "pdf": (".pdf", "pages of panels with text and notes"),
    "png": (".png", "the contact sheet"),
    "pptx": (".pptx", "slides, one a panel"),
    "html": (".html", "one page that opens anywhere"),
    "gif": (".gif", "an animated loop"),
    "mp4": (".mp4", "the animatic, with captions"),
    "csv": (".csv", "the shot list"),
    "json": (".json", "the board, as data"),
    "zip": (".zip", "everything, to import again"),
    "fountain": (".fountain", "a screenplay"),
    "otio": (".otio", "a timeline for editing programs"),
    "vistory": (".json", "the ViStoryBench story form"),
}
WITH_TEXT_ON_PICTURES = ("pdf", "png", "mp4")


def export(
    version: Version,
    pictures: Pictures,
    format: str,
    file: Path,
    *,
    layout: Layout | None = None,
    progress: Progress | None = None,
) -> list[str]:
    """Writes the version to `file`, replacing it only when the new one is whole. Returns warnings, a line each (panels
    not drawn, scripts without a font, words cut short). `progress` is told of the panels that are done (CSV and JSON
    are written at once). Raises ExportError."""
    return write_material(gather(version, pictures), format, file, layout=layout, progress=progress)


def write_material(
    material: Material, format: str, file: Path, *, layout: Layout | None = None, progress: Progress | None = None
) -> list[str]:
    """Like `export`, from a version whose pictures were read already."""
    if format not in FORMATS:
        raise ExportError(f"there is no format {format!r}; there are {', '.join(FORMATS)}")
    if not material.panels:
        raise ExportError("this storyboard has no panels to export")
    material = replace(material, progress=progress)
    warnings = [*material.warnings, *_font_warnings(material, format)]
    writers: dict[str, Callable[[Path], None]] = {
        "pdf": lambda path: warnings.extend(write_pdf(material, path, layout or Layout())),
        "png": lambda path: write_sheet(material, path),
        "pptx": lambda path: write_pptx(material, path),
        "html": lambda path: write_html(material, path),
        "gif": lambda path: write_gif(material, path),
        "mp4": lambda path: write_mp4(material, path),
        "csv": lambda path: write_csv(material, path),
        "json": lambda path: write_json(material, path),
        "zip": lambda path: write_zip(material, path),
        "fountain": lambda path: write_fountain(material, path),
        "otio": lambda path: write_otio(material, path),
        "vistory": lambda path: write_vistory(material, path),
    }
    _write_whole(file, FORMATS[format][0], writers[format])
    return warnings


def write_panels(material: Material, folder: Path) -> None:
    """The pictures themselves, `panel-01.png` …, as they are stored; pending panels as marked placeholders."""
    for panel in material.panels:
        _write_whole(folder / image_file(panel.position), ".png", partial(_write_panel, material, panel))


def _write_panel(material: Material, panel: Panel, file: Path) -> None:
    if panel.picture is not None:
        file.write_bytes(panel.picture)
    else:
        material.image(panel).save(file, "PNG")


def file_name(title: str, format: str) -> str:
    """A safe name for a file of this title: letters and digits of any script, and hyphens; never a path."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return ("-".join(words)[:60].strip("-") or "storyboard") + FORMATS[format][0]


def _font_warnings(material: Material, format: str) -> list[str]:
    if format not in WITH_TEXT_ON_PICTURES:
        return []
    text = material.title + "".join(panel.caption + panel.scene.text for panel in material.panels)
    warning = fonts_for(text).warning
    return [warning] if warning else []


def _write_whole(file: Path, ending: str, write: Callable[[Path], None]) -> None:
    """Writes beside the file and renames, so that what stands there is always a whole file."""
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".export-") as folder:
            part = Path(folder) / f"part{ending}"
            write(part)
            os.replace(part, file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(f"{file} cannot be written ({reason}); choose another place, or make room there") from error
