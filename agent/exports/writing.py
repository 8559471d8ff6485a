"""`export`: a version into one file of a format, whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from agent.errors import ExportError
from agent.exports.animation import write_gif, write_mp4
from agent.exports.fonts import fonts_for
from agent.exports.formats import FORMATS
from agent.exports.material import Material, Panel, Progress, gather
from agent.exports.pages import Layout, write_pdf, write_sheet
from agent.exports.screenplay import write_fountain
from agent.exports.slides import write_pptx
from agent.exports.tables import write_csv, write_json, write_zip
from agent.exports.timeline import write_otio, write_otioz
from agent.exports.vistory import write_vistory
from agent.exports.web import write_html
from db.board_json import image_file
from db.files import whole_file
from db.history import Version
from db.pictures import Pictures

__all__ = ["export", "file_name", "write_material", "write_panels"]

WITH_TEXT_ON_PICTURES = ("pdf", "png", "mp4")


def export(
    version: Version,
    pictures: Pictures,
    format: str,
    file: Path,
    *,
    layout: Layout | None = None,
    progress: Progress | None = None,
    drafts: bool = False,
) -> list[str]:
    """Writes the version to `file`, replacing it only when the new one is whole. Returns warnings, a line each (panels
    not drawn, scripts without a font, words cut short). `progress` is told of the panels that are done (CSV and JSON
    are written at once). With `drafts` every panel is its draft and not its painting. Raises ExportError."""
    return write_material(gather(version, pictures, drafts=drafts), format, file, layout=layout, progress=progress)


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
        "otio": lambda path: write_otioz(material, path),
        "vistory": lambda path: write_vistory(material, path),
    }
    if format == "otio" and file.suffix.lower() == ".otio":  # without a bundle around it, its pictures lie beside it
        media = file.with_name(f"{file.stem}-media")
        with _told(media):
            media.mkdir(exist_ok=True)
        write_panels(replace(material, progress=None), media)
        writers["otio"] = lambda path: write_otio(
            material, path, lambda position: f"{media.name}/{image_file(position)}"
        )
    _write_whole(file, writers[format])
    return warnings


def write_panels(material: Material, folder: Path) -> None:
    """The pictures themselves, `panel-01.png` …, as they are stored; pending panels as marked placeholders."""
    for panel in material.panels:
        _write_whole(folder / image_file(panel.position), partial(_write_panel, material, panel))


def _write_panel(material: Material, panel: Panel, file: Path) -> None:
    if panel.picture is not None:
        file.write_bytes(panel.picture)
    else:
        material.image(panel).save(file, "PNG")


def file_name(title: str, format: str) -> str:
    """A safe name for a file of this title: letters and digits of any script, and hyphens; never a path."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return ("-".join(words)[:60].strip("-") or "storyboard") + FORMATS[format]


def _font_warnings(material: Material, format: str) -> list[str]:
    if format not in WITH_TEXT_ON_PICTURES:
        return []
    text = material.title + "".join(panel.caption + panel.scene.text for panel in material.panels)
    warning = fonts_for(text).warning
    return [warning] if warning else []


def _write_whole(file: Path, write: Callable[[Path], None]) -> None:
    """Write beside the file and rename, so that what stands there is always a whole file."""
    with _told(file), whole_file(file) as part:
        write(part)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Tell an OSError in one line: what went wrong, and what helps with just that."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = REMEDIES.get(error.errno or 0, "")
        raise ExportError(f"{file} cannot be written ({reason}){remedy and '; '}{remedy}") from error


REMEDIES = {
    errno.ENOSPC: "make room there, or choose another place",
    errno.EDQUOT: "make room there, or choose another place",
    errno.EACCES: "choose a place that may be written",
    errno.EPERM: "choose a place that may be written",
    errno.EROFS: "choose a place that may be written",
    errno.ENOENT: "make the folder first, or choose another place",
    errno.ENOTDIR: "choose a place in a folder",
    errno.EISDIR: "choose a name that is no folder",
    errno.ENAMETOOLONG: "choose a shorter name",
}
