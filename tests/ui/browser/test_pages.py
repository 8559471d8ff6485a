"""The other pages, with a board that was really drawn."""

from __future__ import annotations

import re

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


def test_the_library_finds_opens_deletes_and_gives_back(person: Person) -> None:
    person.open()
    person.say("The Otter\n\nAn otter called Zephyrine builds a raft of reeds. At night the raft sinks in the rain.")
    person.panels.first.wait_for()
    address = person.conversation
    person.page.get_by_role("link", name="Library").first.click()
    search = person.page.get_by_label("Search")
    search.fill("zephyr")
    search.press("Enter")
    card = person.page.locator("[class*='st-key-entry-']")
    expect(card).to_have_count(1, timeout=PATIENCE)
    title = card.locator("[class*='st-key-name-'] button")

    card.get_by_role("button", name=re.compile("More for")).click()
    person.page.get_by_text("Delete", exact=True).click()
    expect(card).to_have_count(0, timeout=PATIENCE)
    person.button(re.compile("Undo deleting")).click()
    expect(card).to_have_count(1, timeout=PATIENCE)

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
