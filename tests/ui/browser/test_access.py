"""For everybody: by keyboard alone, on a narrow window, in the dark, and by the rules of axe-core (WCAG A and AA)."""

from __future__ import annotations

import json
from pathlib import Path

import axe_core_python
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.browser.driving import PATIENCE, STORY, App, Person, newcomer

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = ("", "versions", "compare", "characters", "library", "settings")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
STREAMLIT = {"nested-interactive"}
"""Rules that Streamlit's own widgets break, wherever they are used; nothing of ours may."""


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line for each kind."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules).then(result => result.violations)", RULES)
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['html'][:200]} {json.dumps(node['any'][:1])[:300]}"
        for one in found
        if one["id"] not in STREAMLIT
        for node in one["nodes"][:3]
    ]


@pytest.fixture(scope="module")
def board(app: App, browser: Browser) -> str:
    """A conversation with a drawn board."""
    with newcomer(app, browser) as person:
        person.open()
        person.tell()
        return person.conversation


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_passes_the_rules_of_axe(app: App, browser: Browser, board: str, path: str, scheme: str) -> None:
    with newcomer(app, browser, color_scheme=scheme) as person:
        person.open(f"{path}?c={board}")
        person.page.wait_for_timeout(1500)
        assert violations(person.page) == []
        assert person.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_screen_passes_the_rules_of_axe(app: App, browser: Browser, scheme: str) -> None:
    with newcomer(app, browser, color_scheme=scheme) as person:
        person.open()
        person.page.wait_for_timeout(1000)
        assert violations(person.page) == []


def test_dark_is_dark(app: App, browser: Browser) -> None:
    with newcomer(app, browser, color_scheme="dark") as person:
        person.open()
        ground = person.page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        assert sum(int(part) for part in ground.strip("rgba()").split(",")[:3]) < 200


def test_a_narrow_window_shows_everything_one_below_the_other(app: App, browser: Browser, board: str) -> None:
    with newcomer(app, browser, width=390, height=844) as person:
        person.open(f"?c={board}")
        person.wait_until_drawn()
        wide = person.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, "nothing sticks out to the right"
        panel = person.panels.first.bounding_box()
        assert panel is not None
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= 390
        box = person.page.get_by_test_id("stChatInput")
        box.scroll_into_view_if_needed()
        expect(box).to_be_visible(timeout=PATIENCE)


def test_a_story_is_told_and_a_change_undone_with_the_keyboard_alone(person: Person) -> None:
    page = person.page
    person.open()
    press_tab_until(page, "document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.insert_text(STORY)
    page.keyboard.press("Enter")
    person.panels.first.wait_for()
    person.wait_until_drawn()
    page.get_by_test_id("stChatInput").locator("textarea").focus()
    page.keyboard.insert_text("make scene 1 night")
    page.keyboard.press("Enter")
    person.wait_for_version(2)
    person.wait_until_drawn()
    press_tab_until(page, "document.activeElement.innerText?.includes('Undo')")
    page.keyboard.press("Enter")
    person.wait_for_version(1)


def press_tab_until(page: Page, condition: str) -> None:
    """Tabs on until the focus is where it is wanted, as somebody without a mouse does."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    raise AssertionError(f"80 times Tab, and never {condition}")
