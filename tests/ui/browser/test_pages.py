"""The other pages, with a board that was really drawn."""

from __future__ import annotations

import re

import psutil
from playwright.sync_api import expect

from tests.ui.browser.driving import PATIENCE, Person


def test_two_versions_are_compared_side_by_side(person: Person) -> None:
    person.open()
    person.tell()
    before = person.sources()
    person.say("make scene 2 night")
    person.wait_for_version(2)
    person.wait_until_drawn()
    after = person.sources()
    person.open(f"compare?c={person.conversation}")
    frame = person.page.get_by_test_id("stApp")
    expect(frame).to_contain_text("night", timeout=PATIENCE)
    for source in (before[1], after[1]):
        expect(person.page.locator(f"img[src$='{source.rpartition('/')[2]}']").first).to_be_visible(timeout=PATIENCE)


def test_a_board_that_is_only_looked_at_costs_little(person: Person) -> None:
    """Streamlit would collect garbage after every look, which takes longer than the look; what draws waits for it."""
    person.open()
    person.tell()
    assert person.app.process is not None
    app = psutil.Process(person.app.process.pid)
    before = app.cpu_times()
    person.page.wait_for_timeout(10_000)
    after = app.cpu_times()
    seconds = after.user - before.user + after.system - before.system
    assert seconds < 1, "of ten"


def test_the_library_finds_opens_deletes_and_gives_back(person: Person) -> None:
    person.open()
    person.tell("The Otter\n\nAn otter called Zephyrine builds a raft of reeds. At night the raft sinks in the rain.")
    address = person.conversation
    person.go_to("Library")
    search = person.page.get_by_label("Search")
    search.fill("zephyr")
    search.press("Enter")
    said = person.page.get_by_role("status")
    expect(said.filter(has_text="1 found")).to_be_visible(timeout=PATIENCE)
    card = person.page.locator("[class*='st-key-entry-']")
    expect(card).to_have_count(1, timeout=PATIENCE)
    person.settle()
    title = card.locator("[class*='st-key-name-'] button")

    card.get_by_role("button", name=re.compile("More for")).click()
    person.page.get_by_text("Delete", exact=True).click()
    expect(said.filter(has_text="was deleted")).to_be_visible(timeout=PATIENCE)
    expect(card).to_have_count(0, timeout=PATIENCE)
    person.settle()
    person.button(re.compile("Undo deleting")).click()
    expect(said.filter(has_text="was deleted")).to_have_count(0, timeout=PATIENCE)
    expect(card).to_have_count(1, timeout=PATIENCE)
    person.settle()

    title.click()
    person.panels.first.wait_for()
    assert person.conversation == address


def test_a_style_is_chosen_from_the_catalogue_and_the_board_is_drawn_in_it(person: Person) -> None:
    person.open()
    person.tell()
    before = person.sources()
    address = person.conversation
    person.open(f"characters?c={address}")
    person.button("Use ink noir").click()
    expect(person.button(re.compile(r"ink noir \(in use\)"))).to_be_disabled(timeout=PATIENCE)
    person.open(f"?c={address}")
    person.wait_for_version(2)
    person.wait_until_drawn()
    assert not set(person.sources()) & set(before)
