"""The web server: Streamlit's pages, and the pictures, which go to the browser once and stay in its cache."""

from __future__ import annotations

import dataclasses
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.runtime.pages_manager import PagesManager

from agent.drawing.drafts import draft_picture
from agent.drawing.renderers import open_renderer
from agent.services import Services, open_services
from agent.settings import load_settings
from db.errors import DatabaseError
from db.history import Version
from ui.bin import Bin
from ui.guests import Door, Guests
from ui.identity import owner_of_cookies
from ui.rehearsal import rehearse

__all__ = [
    "EVERYTHING",
    "application",
    "change_settings",
    "close_services",
    "draft_url",
    "everything_file",
    "picture_url",
    "recycle_bin",
    "services",
    "style_url",
]

PICTURES = "/app/static/pictures"
DRAFTS = "/app/static/drafts"
STYLES = "/app/static/styles"
EVERYTHING = "/app/static/everything.zip"
PAGES = ("library", "characters", "versions", "compare", "settings")
"""The paths of the pages but the first. A test holds this and the navigation together."""
SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_FOUND = Response("not found", status_code=404, media_type="text/plain")


_services: Services | None = None
_opening = threading.RLock()


def services() -> Services:
    """The process's services: every session and the picture route share them."""
    global _services
    with _opening:
        if _services is None:
            _services = open_services(load_settings())
        return _services


def close_services() -> None:
    """Ends what the process had open; the next use opens it again."""
    global _services
    recycle_bin().empty()
    if _services is not None:
        forget_everything_files()
    with _opening:
        before, _services = _services, None
    if before is not None:
        before.close()


def change_settings() -> None:
    """Goes on with the settings that were saved. What is under way ends with those it began with; the data stay where
    they are. Raises SettingsError."""
    global _services
    with _opening:
        before, settings = services(), load_settings()
        renderer = before.renderer
        if (settings.renderer, settings.dtype) != (before.settings.renderer, before.settings.dtype):
            renderer = open_renderer(settings, before.database, before.blobs)
            before.renderer.close()
        _services = dataclasses.replace(before, settings=settings, renderer=renderer)
        _services.resume()


@cache
def recycle_bin() -> Bin:
    """The process's deletions that can still be taken back."""
    return Bin()


def picture_url(sha256: str) -> str:
    """Where a stored picture is served."""
    return f"{PICTURES}/{sha256}.png"


def draft_url(version: Version, scene: str) -> str:
    """Where the draft of a panel of a saved version is served."""
    return f"{DRAFTS}/{version.storyboard}/{version.number}/{quote(scene, safe='')}.png"


def style_url(name: str) -> str:
    """Where the sample picture of a style is served."""
    return f"{STYLES}/{name}.webp"


def everything_file(owner: str) -> Path:
    """Where the ZIP of everything that an owner has is written."""
    return services().settings.home / "exports" / f"everything-{owner}.zip"


def forget_everything_files() -> None:
    """Remove the ZIPs of everything that were gathered: they are as private as the database, and only to take away."""
    for file in (services().settings.home / "exports").glob("everything-*.zip"):
        file.unlink(missing_ok=True)


async def _everything(request: Request) -> Response:
    """The asking person's own ZIP, once it was gathered."""
    owner = owner_of_cookies(request.cookies)
    file = everything_file(owner) if owner is not None else None
    if file is None or not file.is_file():
        return NOT_FOUND
    return FileResponse(file, media_type="application/zip", headers={"Cache-Control": "no-store"})


async def _picture(request: Request) -> Response:
    """A picture of the asking person's own: knowing its hash is not enough. A picture never changes, so the browser may
    keep it for good."""
    sha256 = request.path_params["sha256"]
    owner = owner_of_cookies(request.cookies)
    if owner is None or not SHA256.fullmatch(sha256):
        return NOT_FOUND
    try:
        data = await run_in_threadpool(services().pictures(owner).read, sha256)
    except DatabaseError:
        return NOT_FOUND
    headers = {
        "Cache-Control": "private, max-age=31536000, immutable",
        "ETag": f'"{sha256}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'",
    }
    return Response(data, media_type="image/png", headers=headers)


async def _draft(request: Request) -> Response:
    """The draft of a panel of the asking person's own, drawn as it is asked for."""
    owner = owner_of_cookies(request.cookies)
    if owner is None:
        return NOT_FOUND
    place = request.path_params

    def drawn() -> bytes:
        board = services().history(owner).version(place["storyboard"], place["number"]).board
        return draft_picture(board, board.scene(place["scene"]))

    try:
        data = await run_in_threadpool(drawn)
    except (DatabaseError, KeyError):
        return NOT_FOUND
    # A version never changes, and the next release may draw it better.
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type="image/png", headers=headers)


async def _page(request: Request) -> Response:
    """The page's frame, as Streamlit serves it, with the word where its server is. Without that the browser looks for
    one below the page's own path first, and notes each failure in its console."""
    return HTMLResponse(_frame(), headers={"Cache-Control": "no-cache"})


@cache
def _frame() -> str:
    index = Path(st.__file__).parent / "static" / "index.html"
    script = "<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin + '/'}</script>"
    return index.read_text(encoding="utf-8").replace("<head>", f"<head>{script}", 1)


def _lifespan(door: Door) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        """What was being drawn when the app stopped goes on by itself. A conversation is rehearsed while the person
        reads the first page, once it is shown, so that the first reply waits for no import."""
        await run_in_threadpool(forget_everything_files)  # of a process that was killed
        await run_in_threadpool(lambda: services().resume())
        threading.Thread(target=rehearse, args=(services().settings,), name="rehearsal", daemon=True).start()
        async with door.open():
            yield
        await run_in_threadpool(close_services)

    return lifespan


def application(*, local_only: bool = True) -> Any:
    """Make the ASGI application. `local_only` says that it answers this machine alone."""
    # The folder's name means something else to Streamlit until the navigation has run for the first time.
    PagesManager.uses_pages_directory = False
    guests = Guests(services, lambda context: owner_of_cookies(context.request.cookies if context.request else {}))
    door = Door(guests, local_only=local_only)
    return st.App(
        Path(__file__).parent / "app.py",
        routes=[
            Route(PICTURES + "/{sha256:str}.png", _picture),
            Route(DRAFTS + "/{storyboard:str}/{number:int}/{scene:str}.png", _draft),
            Route(EVERYTHING, _everything),
            Route("/mcp", door),
            Mount(STYLES, StaticFiles(directory=Path(__file__).parent / "assets" / "styles", check_dir=False)),
            *(Route(f"/{page}", _page) for page in PAGES),
        ],
        lifespan=_lifespan(door),
    )
