"""The draft as a canvas: figures and things are moved by mouse and keys, each release one version."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.ui.browser.driving import PATIENCE, App, Person, newcomer


@pytest.fixture(scope="module")
def canvas(app: App, browser: Browser) -> Iterator[Canvas]:
    with newcomer(app, browser) as person:
        yield Canvas(person)
        assert person.troubles == []


class Canvas:
    """A person at the staging of the first panel in which Mira and Tom are."""

    def __init__(self, person: Person) -> None:
        self.person = person
        person.open()
        person.tell()
        self.version = 1
        self.panel = next(panel for panel in range(person.panels.count()) if len(self.people(panel)) == 2)
        self.tom = next(name for name in self.people(self.panel) if name != "Mira")
        person.button(f"Change {self.panel + 1}").click()
        self.dialog = person.page.get_by_role("dialog")
        self.dialog.get_by_role("tab", name="Staging").click()
        self.frame = self.dialog.locator(".stage")
        self.frame.wait_for()

    def grip(self, name: str) -> Locator:
        return self.frame.get_by_role("button", name=name)

    def saved(self, panel: int | None = None) -> dict[str, Any]:
        """A panel's figures and things by name, as the board's present version has them."""
        command = [sys.executable, "-m", "ui.cli", "show", "latest", "--json"]
        app = self.person.app
        shown = subprocess.run(command, cwd=app.cwd, env=app.environment, capture_output=True, check=True)
        board = json.loads(shown.stdout)
        names = {one["id"]: one["name"] for one in board["characters"]}
        staging = board["scenes"][self.panel if panel is None else panel]["staging"]
        assert board["version"] == self.version
        return {names[one["who"]]: one for one in staging["figures"]} | {one["what"]: one for one in staging["props"]}

    def people(self, panel: int) -> list[str]:
        """The names of those who are in a panel."""
        return [name for name, one in self.saved(panel).items() if "who" in one]

    def next_version(self) -> None:
        """Waits until the edit is the board's next version, and the draft shows it."""
        self.version += 1
        self.person.wait_for_version(self.version)
        shown = re.compile(rf"/drafts/\w+/{self.version}/")
        expect(self.frame.locator("img.draft")).to_have_attribute("src", shown, timeout=PATIENCE)
        expect(self.frame.locator("img.sprite")).to_be_hidden(timeout=PATIENCE)

    def drag(self, start: tuple[float, float], across: float, down: float) -> None:
        """Drag what is at a place of the page by so many pixels, with the way between seen."""
        mouse = self.person.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(start[0] + across / 2, start[1] + down / 2)
        mouse.move(start[0] + across, start[1] + down)
        expect(self.frame.locator("img.sprite")).to_be_visible()
        mouse.up()


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, set[str]]:
    """Whose values are different, and which; who came or went is there with no values."""
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return {
        name: {key for key, value in after[name].items() if value != before[name][key]}
        if name in before and name in after
        else set()
        for name in names
    }


def test_a_dragged_figure_is_where_it_was_let_go_and_nobody_else_moved(canvas: Canvas) -> None:
    before = canvas.saved()
    frame = canvas.frame.bounding_box()
    assert frame is not None
    canvas.drag(middle(canvas.grip("Mira")), 0.2 * frame["width"], 0)
    canvas.next_version()
    after = canvas.saved()
    assert changed(before, after) == {"Mira": {"x"}}
    assert after["Mira"]["x"] == pytest.approx(before["Mira"]["x"] + 0.2, abs=0.02)


def test_a_corner_makes_it_larger(canvas: Canvas) -> None:
    before = canvas.saved()
    canvas.grip(canvas.tom).focus()
    corner = canvas.grip(canvas.tom).locator(".corner")
    canvas.drag(middle(corner), 0, -20)
    canvas.next_version()
    after = canvas.saved()
    assert changed(before, after) == {canvas.tom: {"scale"}}
    assert after[canvas.tom]["scale"] > before[canvas.tom]["scale"]


def test_keys_move_turn_and_pose_and_each_release_is_one_version(canvas: Canvas) -> None:
    before = canvas.saved()
    page = canvas.person.page
    canvas.grip("Mira").focus()
    for _ in range(3):
        page.keyboard.down("ArrowLeft")  # held: the browser repeats the press
    page.keyboard.up("ArrowLeft")
    canvas.next_version()
    moved = canvas.saved()
    assert changed(before, moved) == {"Mira": {"x"}}
    assert moved["Mira"]["x"] == pytest.approx(before["Mira"]["x"] - 0.06, abs=0.002)

    expect(canvas.grip("Mira")).to_be_focused()
    page.keyboard.press("f")
    canvas.next_version()
    turned = canvas.saved()
    assert changed(moved, turned) == {"Mira": {"facing"}}

    canvas.dialog.get_by_label("Pose").select_option("sitting")
    canvas.next_version()
    assert canvas.saved()["Mira"]["pose"] == "sitting"


def test_a_thing_is_added_by_its_name_and_taken_away_again(canvas: Canvas) -> None:
    before = canvas.saved()
    canvas.dialog.get_by_label("Add a thing").fill("barrel")
    canvas.dialog.get_by_role("button", name="Add", exact=True).click()
    canvas.next_version()
    added = canvas.saved()
    assert changed(before, added) == {"barrel": set()}

    canvas.grip("barrel").focus()
    canvas.person.page.keyboard.press("Delete")
    canvas.next_version()
    assert canvas.saved() == before
