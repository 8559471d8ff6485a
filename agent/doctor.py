"""What is installed, which device, which model, what is wrong and how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import psutil

from agent.drawing.models import drawing_defaults, drawn_with, model_folder
from agent.errors import AgentError
from agent.settings import Settings
from db.board import Drawing
from db.errors import DatabaseError, StorageError
from sd_models.shipped import SHIPPED

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Finding", "examine"]

Status = Literal["ok", "note", "warning", "error"]

SCRIPTS = {"Chinese": "狐", "Japanese": "きつね", "Korean": "여우", "Arabic": "ثعلب", "Hebrew": "שועל", "emoji": "🦊"}
NEEDED_GIB = {"disk": 2, "memory": 2}
EXTRAS = {
    "postgres": ("psycopg",),
    "ray": ("ray",),
    "llm": ("langchain_openai", "langchain_ollama", "langchain_anthropic"),
}
TRY_IT = '`taleboard generate "a lighthouse" -o try.png` draws with it'
PACKAGES = ("torch", "diffusers", "transformers", "langchain", "streamlit", "sqlalchemy", "pillow", "nltk")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `remedy` says what to do about it, empty where nothing is to be done."""

    name: str
    status: Status
    value: str
    remedy: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Looks at everything the program stands on and leaves nothing behind; a look that fails is itself a finding."""
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
    provider = f"langchain_{settings.llm.partition(':')[0]}"
    wanted = {
        "postgres": settings.database_url.startswith("postgresql"),
        "ray": settings.renderer == "ray",
        "llm": provider in EXTRAS["llm"],
    }
    for extra, modules in EXTRAS.items():
        missing = [module for module in modules if importlib.util.find_spec(module) is None]
        if not missing:
            yield Finding(f"extra {extra}", "ok", "installed")
        elif wanted[extra]:
            yield Finding(f"extra {extra}", "error", f"{', '.join(missing)} is missing", _install(extra))


def _install(extra: str) -> str:
    """The command that installs an extra, in the versions of the checkout's lock; an installation that was not made
    from a checkout has none beside it."""
    root = Path(__file__).parents[1]
    if not (root / "requirements.lock").is_file():
        return f"install Taleboard with its extra {extra}, from a checkout and with --constraint requirements.lock"
    pip = [sys.executable, "-m", "pip", "install"]
    return shlex.join([*pip, "--constraint", f"{root}/requirements.lock", "--editable", f"{root}[{extra}]"])


def _machine(settings: Settings) -> Iterator[Finding]:
    from sd_models.device import describe_device

    device = describe_device()
    where = f"{device.name} ({device.kind})"
    full_size = settings.model not in SHIPPED
    if device.kind == "cpu":
        remedy = "full-size models draw much faster on a GPU" if full_size else ""
        yield Finding("device", "note", f"{where}, no GPU", remedy)
    else:
        yield Finding("device", "ok", where)
    if device.bfloat16:
        yield Finding("bfloat16", "ok", "native")
    else:
        what = "not native (no AVX512-BF16)" if device.kind == "cpu" else "not native"
        remedy = "full-size models draw faster on a CPU that has it, or on a newer GPU" if full_size else ""
        yield Finding("bfloat16", "note", what, remedy)
    free = psutil.virtual_memory().available / 2**30
    enough = free >= NEEDED_GIB["memory"]
    yield Finding(
        "memory", "ok" if enough else "warning", f"{free:.1f} GiB free", "" if enough else "close other programs"
    )


def _disk(settings: Settings) -> Iterator[Finding]:
    folder, refusal = _try_to_keep(settings.home)
    if refusal:
        needed = not (settings.database_url and settings.blobs)
        yield Finding(
            "home",
            "error" if needed else "warning",
            f"nothing can be kept in {folder}: {refusal}",
            "set TALEBOARD_HOME to a folder that may be written",
        )
    free = shutil.disk_usage(folder).free / 2**30
    low = free < NEEDED_GIB["disk"]
    yield Finding(
        "disk",
        "warning" if low else "ok",
        f"{free:.1f} GiB free at {folder}",
        f"free some space, or set TALEBOARD_HOME to a larger disk than {folder}" if low else "",
    )


def _try_to_keep(folder: Path) -> tuple[Path, str]:
    """Writes a file without a name into a folder, or into the nearest one above it that is there. Which one that was,
    and why it could not be, '' where it could."""
    nearest = next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))
    try:
        with tempfile.TemporaryFile(dir=nearest) as file:
            file.write(os.urandom(4096))
    except OSError as error:
        return nearest, os.strerror(error.errno or 0)
    return nearest, ""


def _database(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy import make_url, text

    from db.database import open_database

    url = make_url(settings.resolved_database_url)
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        yield Finding("database", "note", f"{shown} (not there yet; made at the first start)")
        return
    try:
        with closing(open_database(settings.resolved_database_url, upgrade=False)) as database:
            current = database.is_current()
            if database.revision() is not None:
                with database.write() as connection:
                    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except DatabaseError as error:
        yield Finding("database", "error", str(error), "mend TALEBOARD_DATABASE_URL, or what it leads to")
        return
    remedy = "" if current else "the next start upgrades it, as does `taleboard db upgrade`"
    yield Finding("database", "ok" if current else "note", f"{shown}{'' if current else ' (to be upgraded)'}", remedy)


def _pictures(settings: Settings) -> Iterator[Finding]:
    from db.blobs import Blobs

    blobs = Blobs(settings.resolved_blobs)
    try:
        blobs.look()
        place = blobs.path("0" * 64)
        if place is None:  # not on this machine, where no folders are left behind by trying
            blobs.delete(blobs.put(os.urandom(4096)))
        elif refusal := _try_to_keep(place.parents[1])[1]:
            raise StorageError(f"pictures cannot be kept in {blobs}: {refusal}")
    except DatabaseError as error:
        yield Finding("pictures", "error", str(error), "mend TALEBOARD_BLOBS, or what it leads to")
    else:
        yield Finding("pictures", "ok", str(blobs))


def _model(settings: Settings) -> Iterator[Finding]:
    try:
        drawing_defaults(settings.engine, settings.model)
    except AgentError as error:
        yield Finding("model", "error", str(error), "mend TALEBOARD_ENGINE or TALEBOARD_MODEL")
        return
    folder = model_folder(settings.model)
    if folder is None:
        from sd_models.checkpoints.hub import is_cached

        yield _on_the_hub("model", settings.model, is_cached)
        return
    known = drawn_with(settings.model)
    drawing = known.defaults
    what = f"{settings.model} ({drawing.sampler}, {drawing.steps} steps, {drawing.size[0]}x{drawing.size[1]})"
    if not known.revision:
        yield Finding("model", "error", what, f"{folder} holds no weights; copy the model's folder again")
    elif settings.model in SHIPPED:
        yield _drawn(settings, drawing, what)
    else:  # loading a full-size model takes a minute and its memory
        yield Finding("model", "note", f"{what}: its weights are there, not tried", TRY_IT)


def _drawn(settings: Settings, drawing: Drawing, what: str) -> Finding:
    """One step of a small picture, drawn by the engine with the model that are set."""
    from sd_models.engines import Drawn, DrawRequest
    from sd_models.engines.loading import load_engine
    from sd_models.errors import ModelError

    request = DrawRequest(
        engine=settings.engine,
        model=settings.model,
        prompt="a lighthouse",
        seed=1,
        steps=1,
        guidance=1.0,
        sampler=drawing.sampler,
        width=64,
        height=64,
    )
    pictures: dict[str, Image] = {}
    try:
        engine = load_engine(settings.engine, settings.model, dtype=settings.dtype)
        drew = any(isinstance(event, Drawn) for event in engine.draw([request], pictures.__getitem__))
    except ModelError as error:
        return Finding(
            "model", "error", f"{what}: {error}", "mend TALEBOARD_ENGINE, TALEBOARD_MODEL or TALEBOARD_DTYPE"
        )
    return Finding("model", "ok" if drew else "error", f"{what}: {'drew' if drew else 'did not draw'} a picture")


def _on_the_hub(name: str, model: str, is_cached: Callable[[str], bool]) -> Finding:
    """A model that is nothing on this machine's disk."""
    from huggingface_hub.errors import HFValidationError

    try:
        cached = is_cached(model)
    except HFValidationError:
        return Finding(name, "error", f"{model} is not there", "name a folder or file that is, or a model of the hub")
    if cached:
        return Finding(name, "note", f"{model} (downloaded, not tried)", TRY_IT if name == "model" else "")
    return Finding(
        name,
        "note",
        f"{model} (on the hub, not downloaded yet)",
        "it is downloaded when it is first needed, over the internet",
    )


def _language_models(settings: Settings) -> Iterator[Finding]:
    """Who answers, and who summarises."""
    from huggingface_hub import try_to_load_from_cache

    def is_cached(model: str) -> bool:
        return isinstance(try_to_load_from_cache(model, "config.json"), str)

    def local(name: str, model: str) -> Finding:
        if Path(model).expanduser().exists():
            return Finding(name, "note", f"{model} (not tried)")
        found = _on_the_hub(name, model, is_cached)
        if name == "language model" and found.status == "note":
            return replace(found, remedy=f"`taleboard fetch {model}` says how large it is and downloads it")
        return found

    provider, _, model = settings.llm.partition(":")
    if provider == "offline":
        yield Finding(
            "language model", "note", "offline planner", "set TALEBOARD_LLM, for example to ollama:llama3.2, for more"
        )
    elif provider == "transformers":
        yield local("language model", model)
    else:
        from agent.model_trial import try_language_model

        trial = try_language_model(settings.llm)
        if trial.problem:
            yield Finding(
                "language model", "error", trial.problem, "mend TALEBOARD_LLM, or give what its provider needs"
            )
        elif not trial.calls_tools:
            yield Finding(
                "language model", "warning", f"{settings.llm} answers and calls no tool", "choose another model"
            )
        else:
            yield Finding("language model", "ok", f"{settings.llm}: called a tool after {trial.seconds:.1f} s")
    if settings.summarizer not in ("extractive", "llm"):
        yield local("summarizer", settings.summarizer)


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
    _language_models,
    _fonts,
    _video,
)
