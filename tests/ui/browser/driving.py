"""The app as a process of its own, and a person before it: what tests in the browser are written with."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Playwright,
    expect,
)

from tests.ui.browser import quick

__all__ = ["CHROMIUM", "ROOT", "STORY", "App", "Person", "free_port", "launch", "newcomer"]

ROOT = Path(__file__).parents[3]
CHROMIUM = "/usr/bin/chromium"
PATIENCE = 60_000
"""Milliseconds that a test waits for what must come; on an idle machine nothing here takes a tenth of it."""

STORY = """\
The Lantern

Mira finds a brass lantern in the attic. Dust dances in the light of the small window.

At dawn she carries it down to the harbour. Old Tom mends his nets beside a blue boat.

A storm comes over the sea that night. Mira holds the lantern high on the pier.
"""


class App:
    """`taleboard serve` in a folder of its own. Used as a context manager it ends with the block."""

    def __init__(self, home: Path, *, cwd: Path = ROOT, port: int | None = None, **variables: str) -> None:
        quick.install(home.parent / "quick")
        self.home, self.cwd, self.port = home, cwd, port or free_port()
        self.log = home.parent / f"serve-{self.port}.log"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TALEBOARD_")}
        self.environment = {
            **kept,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{home.parent / 'quick'}",
            "OMP_NUM_THREADS": "1",
            "HF_HUB_OFFLINE": "1",
            "TALEBOARD_HOME": str(home),
            "TALEBOARD_ENGINE": "quick",
            **variables,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> App:
        """Returns once it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ui.cli", "serve", "--port", str(self.port)],
                cwd=self.cwd,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + PATIENCE / 1000
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError, socket.timeout):
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5).close()
                return self
            time.sleep(0.1)
        self.stop()
        raise AssertionError(f"the app did not start: {self.log.read_text()[-2000:]}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ends it, politely or not."""
        if self.process is not None:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def __enter__(self) -> App:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()


class Person:
    """Somebody with a browser window. `troubles` are the errors in its console and the requests that failed."""

    def __init__(self, app: App, context: BrowserContext) -> None:
        self.app, self.context = app, context
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.troubles: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page error: {error}"))
        self.page.on("response", self._look)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"console: {message.text} {message.location.get('url', '')}")

    def _look(self, response: object) -> None:
        status, url = response.status, response.url  # type: ignore[attr-defined]
        if status >= 400:
            self.troubles.append(f"{status} {url}")

    def open(self, path: str = "") -> Person:
        """Opens a page of the app and waits until it is there, whole."""
        self.page.goto(f"{self.app.url}/{path}")
        self.page.locator("h1, [data-testid=stChatInput], .tb-panel").first.wait_for()
        self.settle()
        return self

    def go_to(self, title: str) -> None:
        """Goes to another page by its link, and waits until it is there, whole."""
        self.page.get_by_role("link", name=title, exact=True).click()
        self.page.get_by_role("heading", name=title, exact=True).wait_for()
        self.settle()

    def settle(self) -> None:
        """Waits until the page's script has run: what is done before that meets a page in the making."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def say(self, text: str) -> None:
        """Writes into the conversation and sends it."""
        box = self.page.get_by_test_id("stChatInput").locator("textarea")
        box.fill(text)
        box.press("Enter")

    def send_file(self, file: Path | FilePayload) -> None:
        """Attaches a file to a message without words, and sends it once it is uploaded."""
        box = self.page.get_by_test_id("stChatInput")
        box.locator("input[type=file]").first.set_input_files(file)
        send = box.get_by_test_id("stChatInputSubmitButton")
        expect(send).to_be_enabled(timeout=PATIENCE)
        send.click()

    def drop(self, name: str, data: bytes, words: str) -> None:
        """Drops a picture's file onto the place to write, as with a mouse, and sends it with these words."""
        box = self.page.get_by_test_id("stChatInput")
        dragged = self.page.evaluate_handle(
            """([name, data]) => {
                const dragged = new DataTransfer();
                const bytes = Uint8Array.from(atob(data), one => one.charCodeAt(0));
                dragged.items.add(new File([bytes], name, {type: 'image/png'}));
                return dragged;
            }""",
            [name, base64.b64encode(data).decode()],
        )
        for event in ("dragenter", "dragover"):
            box.dispatch_event(event, {"dataTransfer": dragged})
        place = box.locator("div:has(> input[type=file])", has_not=self.page.locator("button"))  # shown while dragging
        place.dispatch_event("drop", {"dataTransfer": dragged})
        box.get_by_test_id("stFileChipName").get_by_text(name).wait_for()
        box.locator("textarea").fill(words)
        expect(box.get_by_test_id("stChatInputSubmitButton")).to_be_enabled(timeout=PATIENCE)
        box.locator("textarea").press("Enter")  # what is shown while dragging may still lie over the button

    def tell(self, story: str = STORY, panels: int | None = None) -> None:
        """Pastes a story, and waits until all its panels are drawn."""
        self.say(story)
        self.panels.first.wait_for()
        if panels is not None:
            expect(self.panels).to_have_count(panels, timeout=PATIENCE)
        self.wait_until_drawn()

    @property
    def panels(self) -> Locator:
        return self.page.locator(".tb-panel")

    @property
    def pictures(self) -> Locator:
        return self.page.locator(".tb-panel img.tb-picture")

    def sources(self) -> list[str]:
        """The addresses of the board's pictures, in order."""
        found = self.pictures.evaluate_all("pictures => pictures.map(one => one.getAttribute('src'))")
        return [str(source) for source in found]

    def watch_pictures(self) -> Callable[[], list[str]]:
        """From now on, the addresses of the pictures that were sent over the wire, and not found in the cache."""
        sent: dict[str, str] = {}
        cached: set[str] = set()

        def look(event: dict[str, Any]) -> None:
            response = event["response"]
            if "/pictures/" in response["url"] and not response["fromDiskCache"]:
                sent[event["requestId"]] = response["url"]

        network = self.context.new_cdp_session(self.page)
        network.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
        network.on("Network.responseReceived", look)
        network.send("Network.enable")
        return lambda: [url for request, url in sent.items() if request not in cached]

    def wait_until_drawn(self) -> None:
        """Waits until every panel has its picture and the browser has it."""
        self.page.wait_for_function(
            """() => {
                const panels = document.querySelectorAll('.tb-panel');
                const pictures = [...document.querySelectorAll('.tb-panel img.tb-picture')];
                const script = document.querySelector('[data-testid=stApp]')?.dataset.testScriptState;
                return script === 'notRunning' && panels.length && pictures.length === panels.length
                    && pictures.every(one => one.complete && one.naturalWidth);
            }"""
        )

    def wait_for_version(self, number: int) -> None:
        """Waits until the board's heading shows this version."""
        expect(self.page.get_by_test_id("stApp")).to_contain_text(re.compile(rf"Version {number}\b"), timeout=PATIENCE)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name).first

    @property
    def conversation(self) -> str:
        """The conversation in the address."""
        self.page.wait_for_url(re.compile(r"[?&]c="))
        return self.page.url.rpartition("c=")[2].partition("&")[0]


def free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


def launch(playwright: Playwright) -> Browser:
    """The system's Chromium, with nothing that reaches out by itself."""
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    )


@contextlib.contextmanager
def newcomer(
    app: App, browser: Browser, *, width: int = 1400, height: int = 900, **options: object
) -> Iterator[Person]:
    """Somebody new: no cookies, nothing cached."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
    try:
        yield Person(app, context)
    finally:
        context.close()
