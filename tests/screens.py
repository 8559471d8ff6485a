"""Pictures of the app from a real run, for the README and for whoever changes a page to look at:

    python -m tests.screens           the main screens, into ui/assets/screens/
    python -m tests.screens styles    the catalogue of styles, as the shipped model draws it, into ui/assets/styles/

A style that the model has no words for is left out: its card shows what it is in words.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from agent.drawing.models import drawing_defaults
from agent.drawing.requests import panel_request
from agent.story import refresh_prompts, styles
from db.board import Board, Character, Scene
from sd_models.engines import Drawn
from sd_models.engines.loading import load_engine
from tests.ui.browser.driving import App, Person, launch, newcomer

ASSETS = Path(__file__).parents[1] / "ui" / "assets"
WAIT = 600_000


def style_board(style: str) -> Board:
    """The same scene in any style."""
    mira = Character("c1", "Mira", "a girl in a red coat")
    scene = Scene("s1", text="Mira on the beach.", action="Mira stands on the beach", setting="beach",
                  time="day", shot="medium shot", characters=("c1",), seed=11)  # fmt: skip
    return refresh_prompts(Board("", style, drawing_defaults("scratch", "storybook"), (mira,), (scene,)))


def draw_styles() -> None:
    """One small picture a style."""
    folder = ASSETS / "styles"
    folder.mkdir(exist_ok=True)
    boards = {style.name: style_board(style.name) for style in styles()}
    requests = {name: panel_request(board, board.scenes[0]).request for name, board in boards.items()}
    without = style_board("")
    plain = panel_request(without, without.scenes[0]).request.prompt
    engine = load_engine("scratch", "storybook")
    for name, request in requests.items():
        file = folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.webp"
        if request.prompt == plain and name not in plain:
            file.unlink(missing_ok=True)
            print(f"{name}: in words")
            continue
        for event in engine.draw([request], _no_pictures):
            if isinstance(event, Drawn):
                picture = event.image.resize((320, 180), Image.Resampling.LANCZOS)
                picture.save(file, "WEBP", quality=82, method=6)
                print(f"{name}: {file.stat().st_size:,} bytes")


def _no_pictures(sha256: str) -> Image.Image:
    raise AssertionError("text to picture needs none")


def keep(person: Person, name: str) -> None:
    """Keeps what the window shows."""
    person.page.wait_for_timeout(2500)
    file = ASSETS / "screens" / f"{name}.webp"
    with Image.open(io.BytesIO(person.page.screenshot())) as picture:
        picture.save(file, "WEBP", quality=80, method=6)
    print(f"{file.name}: {file.stat().st_size:,} bytes")


def look_around(app: App, browser: Browser) -> None:
    """From the first screen to a compared board, with the shipped model."""
    with newcomer(app, browser, width=1400, height=900) as person:
        person.page.set_default_timeout(WAIT)
        keep(person.open(), "first")
        person.button(re.compile("Lighthouse", re.IGNORECASE)).click()
        person.panels.first.wait_for()
        keep(person, "drawing")
        person.wait_until_drawn()
        person.say("make scene 3 night")
        person.wait_for_version(2)
        person.wait_until_drawn()
        keep(person, "board")
        conversation = person.conversation
        for path in ("versions", "compare", "characters", "library", "settings"):
            keep(person.open(f"{path}?c={conversation}"), path)
    with newcomer(app, browser, width=1400, height=900, color_scheme="dark") as person:
        person.open(f"?c={conversation}").wait_until_drawn()
        keep(person, "board-dark")
    with newcomer(app, browser, width=390, height=844) as person:
        person.open(f"?c={conversation}").wait_until_drawn()
        keep(person, "narrow")


def main(wanted: list[str]) -> None:
    if wanted == ["styles"]:
        draw_styles()
        return
    (ASSETS / "screens").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with App(Path(folder) / "home", TALEBOARD_ENGINE="scratch") as app:
            look_around(app, browser)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
