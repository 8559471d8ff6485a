"""What is installed, which device, which model, what is wrong and how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

from agent.drawing.models import drawn_with, model_folder
from agent.errors import AgentError
from agent.settings import Settings
from db.errors import DatabaseError
from sd_models.shipped import SHIPPED

__all__ = ["Finding", "examine"]

Status = Literal["ok", "note", "warning", "error"]

SCRIPTS = {"Chinese": "狐", "Japanese": "きつね", "Korean": "여우", "Arabic": "ثعلب", "Hebrew": "שועל", "emoji": "🦊"}
NEEDED_GIB = {"disk": 2, "memory": 2}
PACKAGES = ("torch", "diffusers", "transformers", "langchain", "streamlit", "sqlalchemy", "pillow", "nltk")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` says what to do about it, empty where nothing is to be done."""

    name: str
    status: Status
    value: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Looks at everything the program stands on. Changes nothing; an examination that fails is itself a finding."""
    return [finding for look in EXAMINATIONS for finding in _safely(look, settings)]


def _safely(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from look(settings)
    except Exception as error:
        yield Finding(look.__name__.strip("_"), "error", f"{error.__class__.__name__}: {error}", "see the line above")


def _python(settings: Settings) -> Iterator[Finding]:
    version = platform.python_version()
    if sys.version_info[:2] == (3, 11):
        yield Finding("python", "ok", version)
    else:
        yield Finding("python", "note", version, "Python 3.11 is the version that every test runs on")
    yield Finding(
        "packages", "ok", ", ".join(f"{package} {importlib.metadata.version(package)}" for package in PACKAGES)
    )


def _extras(settings: Settings) -> Iterator[Finding]:
    needed = {
        "postgres": ("psycopg", settings.database_url.startswith("postgresql")),
        "ray": ("ray", settings.renderer == "ray"),
        "llm": (f"langchain_{settings.llm.partition(':')[0]}", _is_provider(settings.llm)),
    }
    for extra, (module, wanted) in needed.items():
        if importlib.util.find_spec(module) is not None:
            yield Finding(f"extra {extra}", "ok", "installed")
        elif wanted:
            yield Finding(f"extra {extra}", "error", f"{module} is missing", f"pip install 'taleboard[{extra}]'")


def _is_provider(llm: str) -> bool:
    return llm != "offline" and not llm.startswith("transformers:")


def _machine(settings: Settings) -> Iterator[Finding]:
    from sd_models.device import describe_device

    device = describe_device()
    where = f"{device.name} ({device.kind})"
    if device.kind == "cpu":
        yield Finding(
            "device", "note", where, "" if _is_shipped(settings) else "full-size models draw much faster on a GPU"
        )
    else:
        yield Finding("device", "ok", where)
    if device.bfloat16:
        yield Finding("bfloat16", "ok", "native")
    else:
        yield Finding("bfloat16", "note", "not native", "full-size models draw in float32, about half as fast")
    free = psutil.virtual_memory().available / 2**30
    enough = free >= NEEDED_GIB["memory"]
    yield Finding(
        "memory", "ok" if enough else "warning", f"{free:.1f} GiB free", "" if enough else "close other programs"
    )


def _is_shipped(settings: Settings) -> bool:
    return settings.model in SHIPPED


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = next(path for path in (settings.home, *settings.home.parents) if os.access(path, os.F_OK))
    if not os.access(folder, os.W_OK | os.X_OK):
        needed = not (settings.database_url and settings.blobs)
        yield Finding(
            "home",
            "error" if needed else "warning",
            f"{folder} may not be written",
            "set TALEBOARD_HOME to a folder that may",
        )
    free = shutil.disk_usage(folder).free / 2**30
    low = free < NEEDED_GIB["disk"]
    yield Finding(
        "disk",
        "warning" if low else "ok",
        f"{free:.1f} GiB free at {folder}",
        f"free some space, or set TALEBOARD_HOME to a larger disk than {folder}" if low else "",
    )


def _database(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy import make_url

    from db.database import open_database

    url = make_url(settings.resolved_database_url)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding("database", "note", f"{shown} (not there yet; made at the first start)")
        return
    try:
        database = open_database(settings.resolved_database_url, upgrade=False)
        current = database.is_current()
        database.close()
    except DatabaseError as error:
        yield Finding("database", "error", str(error), "mend TALEBOARD_DATABASE_URL, or what it leads to")
        return
    remedy = "" if current else "the next start upgrades it, as does `taleboard db upgrade`"
    yield Finding("database", "ok" if current else "note", f"{shown}{'' if current else ' (to be upgraded)'}", remedy)


def _pictures(settings: Settings) -> Iterator[Finding]:
    from db.blobs import Blobs

    try:
        Blobs(settings.resolved_blobs).look()
    except DatabaseError as error:
        yield Finding("pictures", "error", str(error), "mend TALEBOARD_BLOBS, or what it leads to")
    else:
        yield Finding("pictures", "ok", settings.resolved_blobs)


def _model(settings: Settings) -> Iterator[Finding]:
    folder = model_folder(settings.model)
    if folder is None:
        from sd_models.checkpoints.hub import is_cached

        cached = is_cached(settings.model)
        yield Finding(
            "model",
            "ok" if cached else "note",
            f"{settings.model} ({'downloaded' if cached else 'on the hub, not downloaded yet'})",
            "" if cached else "the first picture downloads it, which needs the internet",
        )
        return
    try:
        known = drawn_with(settings.model)
    except AgentError as error:
        yield Finding("model", "error", str(error), "copy the model's folder again")
        return
    drawing = known.defaults
    yield Finding(
        "model",
        "ok" if known.revision else "error",
        f"{settings.model} ({drawing.sampler}, {drawing.steps} steps, {drawing.size[0]}x{drawing.size[1]})",
        "" if known.revision else f"{folder} holds no weights; copy the model's folder again",
    )


def _language_model(settings: Settings) -> Iterator[Finding]:
    if settings.llm == "offline":
        yield Finding(
            "language model", "note", "offline planner", "set TALEBOARD_LLM, for example to ollama:llama3.2, for more"
        )
    else:
        yield Finding("language model", "ok", settings.llm)


def _fonts(settings: Settings) -> Iterator[Finding]:
    from agent.exports.fonts import fonts_for

    missing = [script for script, letters in SCRIPTS.items() if fonts_for(letters).missing]
    yield Finding(
        "fonts",
        "note" if missing else "ok",
        f"none for {', '.join(missing)}" if missing else "every script that was looked for",
        "stories in these scripts need their Noto fonts for PDF, contact sheet and video" if missing else "",
    )


def _video(settings: Settings) -> Iterator[Finding]:
    import imageio_ffmpeg

    yield Finding("ffmpeg", "ok", imageio_ffmpeg.get_ffmpeg_version())


EXAMINATIONS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _python,
    _extras,
    _machine,
    _disk,
    _database,
    _pictures,
    _model,
    _language_model,
    _fonts,
    _video,
)
