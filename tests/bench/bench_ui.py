"""The app as a person meets it, in real Chromium: how long until one can type, a page is switched, the first word of a
reply is there, a board of 60 panels is shown anew; eight conversations at once; three browsers on one board. Nothing is
drawn here, but for the pictures that the boards begin with: drawing has benches of its own."""

from __future__ import annotations

import io
import os
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright
from rich.console import Console
from rich.table import Table
from streamlit.testing.v1 import AppTest

from agent.services import Services, open_services
from agent.settings import Settings
from db.board import Board
from tests.agent.tales import STORY, services_in, tale
from tests.db.written import commit
from tests.ui.browser.driving import App, Person, launch, newcomer
from ui.live import Live

__all__ = ["run"]

BOARDS = 1000
PANELS = 60
CHANGES = ("snowy", "rainy", "foggy", "night", "sunny")
REPLIES = ".st-key-talk .tb-text:not(.tb-said .tb-text)"


def run() -> None:
    """Prints the figures."""
    table = Table(title="The app")
    for column in ("what", "median", "worst", "goal", "times"):
        table.add_column(column, justify="left" if column == "what" else "right")

    def row(what: str, seconds: list[float], goal: str) -> None:
        table.add_row(what, _spoken(statistics.median(seconds)), _spoken(max(seconds)), goal, str(len(seconds)))

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home, browser = Path(folder) / "home", launch(playwright)
        conversation = _furnish(home)
        app = App(home, TALEBOARD_RENDERER="queue")
        row("start of the program to ready to type", [_ready(app, browser) for _ in range(3)], "5 s")
        with app:
            with newcomer(app, browser) as person:
                sent = person.watch_pictures()
                person.open(f"?c={conversation}")
                person.wait_until_drawn()
                row(f"page switch, {BOARDS:,} boards in the library", _switches(person, 8), "0.5 s")
                row(f"Undo and Redo on a board of {PANELS} panels, until it is shown", _undo(person, 6), "")
                table.add_row("    pictures sent twice meanwhile", "", str(len(sent()) - len(set(sent()))), "0", "")
            with newcomer(app, browser) as person:
                row("send to first word, offline", _first_words(person, 6), "0.3 s")
            row("three browsers on one board, all agree with the database", _three(app, browser, home, 6), "1 s")
        browser.close()
        row(f"page run anew, board of {PANELS} panels, pictures by address", _rerun(home, conversation), "0.2 s")
        row(f"    the same pictures through st.image ({PANELS})", _rerun_images(), "")
        row("a turn, eight conversations at once in one process", _eight(Path(folder) / "eight"), "1 s (p95)")
    Console().print(table)


def _spoken(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _png(number: int) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((256, 144), 20 + number).convert("RGB").save(file, "PNG")
    return file.getvalue()


def _furnish(home: Path) -> str:
    """A library of many boards, and a conversation with a big one whose pictures are all there."""
    services = services_in(home)
    history, pictures = services.history(), services.pictures()
    for number in range(BOARDS):
        history.create(replace(tale(4), title=f"Board {number}"), requests={"s1": f"cover {number % 20}"})
    for number in range(20):
        pictures.add_drawn(f"cover {number}", _png(number))
    conversation = services.conversations().create("The big one").id
    board, requests = _big(services)
    first = history.create(board, requests=requests, conversation=conversation)
    commit(history, first.storyboard, replace(board, title="The big one, again"), parent=1, requests=requests)
    services.close()
    return conversation


def _big(services: Services) -> tuple[Board, dict[str, str]]:
    board = tale(PANELS)
    requests = {scene.id: f"panel {scene.id}" for scene in board.scenes}
    for number, request in enumerate(requests.values()):
        services.pictures().add_drawn(request, _png(number))
    return board, requests


def _ready(app: App, browser: Browser) -> float:
    """Seconds from starting the program to a place to write in, in a browser that is open already."""
    with newcomer(app, browser) as person:
        start = time.perf_counter()
        with app:
            person.page.goto(app.url)
            person.page.get_by_test_id("stChatInput").wait_for()
            return time.perf_counter() - start


def _switches(person: Person, times: int) -> list[float]:
    seconds = []
    for number in range(times):
        name, seen = (("Library", ".st-key-shelf"), ("Storyboard", ".st-key-panels"))[number % 2]
        start = time.perf_counter()
        person.page.get_by_role("link", name=name).first.click()
        person.page.locator(seen).wait_for()
        seconds.append(time.perf_counter() - start)
        person.page.wait_for_timeout(500)
    return seconds


def _undo(person: Person, times: int) -> list[float]:
    seconds = []
    for number in range(times):
        person.page.wait_for_timeout(500)
        start = time.perf_counter()
        person.page.locator(f".st-key-{('undo', 'redo')[number % 2]} button").first.click()
        person.wait_for_version((1, 2)[number % 2])
        seconds.append(time.perf_counter() - start)
    return seconds


def _first_words(person: Person, times: int) -> list[float]:
    """From the key that sends to the first word in the page, by the browser's own clock."""
    person.open()
    person.say(STORY)
    person.panels.first.wait_for()
    seconds = []
    for number in range(times):
        person.page.wait_for_timeout(1500)
        count = person.page.locator(REPLIES).count()
        box = person.page.get_by_test_id("stChatInput").locator("textarea")
        box.fill(f"make scene {number % 3 + 1} {'night' if number % 2 else 'foggy'}")
        waiting = person.page.evaluate_handle(
            """([selector, count]) => ({came: new Promise(resolve => {
                const replies = () => document.querySelectorAll(selector).length;
                let sent = 0;
                document.addEventListener('keydown', () => { sent = performance.now(); }, {once: true, capture: true});
                new MutationObserver((_, observer) => {
                    if (sent && replies() > count) {
                        observer.disconnect();
                        resolve((performance.now() - sent) / 1000);
                    }
                }).observe(document.body, {childList: true, subtree: true});
            })})""",
            [REPLIES, count],
        )
        box.press("Enter")
        seconds.append(float(waiting.evaluate("async waiting => await waiting.came")))
    return seconds


def _three(app: App, browser: Browser, home: Path, edits: int) -> list[float]:
    """Three people edit one board in turn; each edit counts as seen when all three and the database agree."""
    services = services_in(home)
    talk = services.conversations().create("Three").id
    services.history().create(tale(4), conversation=talk)
    storyboard = services.history().storyboards(conversation=talk)[0].storyboard
    seconds = []
    with newcomer(app, browser) as a, newcomer(app, browser) as b, newcomer(app, browser) as c:
        people = [person.open(f"?c={talk}") for person in (a, b, c)]
        for person in people:
            expect(person.panels).to_have_count(4, timeout=60_000)
        for number in range(edits):
            people[number % 3].say(f"make scene {number % 4 + 1} {CHANGES[number % len(CHANGES)]}")
            people[number % 3].wait_for_version(number + 2)
            start = time.perf_counter()
            for person in people:
                person.wait_for_version(number + 2)
            seconds.append(time.perf_counter() - start)
            assert services.history().head(storyboard).number == number + 2
    services.close()
    return seconds


def _rerun(home: Path, conversation: str, times: int = 10) -> list[float]:
    """The chat page's script, without a browser."""
    import ui.server

    os.environ["TALEBOARD_HOME"], os.environ["TALEBOARD_RENDERER"] = str(home), "queue"
    app = AppTest.from_file(str(Path(ui.server.__file__).parent / "app.py"), default_timeout=120)
    app.query_params["c"] = conversation
    app.run()
    assert not app.exception
    assert sum('class="tb-panel"' in str(part.proto.body) for part in app.get("html")) == PANELS
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - start)
    ui.server.close_services()
    return seconds


def _rerun_images(times: int = 10) -> list[float]:
    """The alternative: every picture's bytes handed to Streamlit on every run."""

    def page() -> None:
        import streamlit as st

        for picture in st.session_state["pictures"]:
            st.image(picture)

    app = AppTest.from_function(page, default_timeout=120)
    app.session_state["pictures"] = [_png(number) for number in range(PANELS)]
    app.run()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - start)
    return seconds


def _eight(home: Path, turns: int = 6) -> list[float]:
    """Eight people in one process, each in a conversation of their own, all speaking at once."""
    services, live = open_services(Settings(home=home, renderer="queue")), Live()
    seconds: list[float] = []

    def talk() -> None:
        conversation = None
        for number in range(turns):
            words = STORY if number == 0 else f"make scene {number % 3 + 1} {'night' if number % 2 else 'foggy'}"
            start = time.perf_counter()
            turn = live.say(services, "local", conversation, words)
            while not turn.done:
                time.sleep(0.005)
            if number:
                seconds.append(time.perf_counter() - start)
            assert turn.failure is None, turn.failure
            conversation = turn.conversation
            turn.stop.set()
            while not turn.done:
                time.sleep(0.005)

    people = [threading.Thread(target=talk) for _ in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    services.close()
    return sorted(seconds)[: round(len(seconds) * 0.95)]  # the worst of these is the 95th percentile
