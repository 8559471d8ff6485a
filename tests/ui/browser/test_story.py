"""A person with a story, from the first screen to the file they take along."""

from __future__ import annotations

import io
import re

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.agent.test_session_pictures import file_of, sketch
from tests.ui.browser.driving import PATIENCE, STORY, App, Person


def test_a_pasted_story_becomes_panels_that_arrive_one_by_one_and_can_be_changed_and_undone(person: Person) -> None:
    person.open()
    person.say(STORY)
    person.panels.first.wait_for()
    person.wait_until_drawn()
    before = person.sources()
    assert len(before) == person.panels.count() >= 3

    person.say("make scene 2 night")
    person.wait_for_version(2)
    person.wait_until_drawn()
    after = person.sources()
    assert after[1] != before[1], "scene 2 is another picture"
    assert after[:1] + after[2:] == before[:1] + before[2:], "the others are the same pictures"

    person.button("Undo").click()
    person.wait_for_version(1)
    person.wait_until_drawn()
    assert person.sources() == before


def test_a_sample_story_runs_at_a_click(person: Person) -> None:
    person.open()
    person.button(re.compile("Lighthouse", re.IGNORECASE)).click()
    person.panels.first.wait_for()
    person.wait_until_drawn()
    assert "c=" in person.page.url


def test_an_uploaded_story_file_is_read(person: Person) -> None:
    person.open()
    person.send_file({"name": "lantern.txt", "mimeType": "text/plain", "buffer": STORY.encode()})
    person.panels.first.wait_for()
    person.wait_until_drawn()
    expect(person.page.get_by_text("brass lantern").first).to_be_visible(timeout=PATIENCE)


def test_a_picture_dropped_into_the_conversation_is_what_a_panel_is_drawn_from(person: Person) -> None:
    person.open()
    person.tell()
    before = person.sources()
    person.drop("sketch.png", file_of(sketch()), "draw scene 2 like this")
    person.wait_for_version(2)
    person.wait_until_drawn()
    after = person.sources()
    assert [old != new for old, new in zip(before, after, strict=True)] == [False, True, *[False] * (len(before) - 2)]
    expect(person.page.get_by_text("drawn from sketch.png").first).to_be_visible()
    assert person.page.locator("img.tb-given").evaluate("picture => picture.naturalWidth") == sketch().width


def test_the_export_is_a_pdf_with_the_panels(person: Person) -> None:
    person.open()
    person.tell()
    count = person.panels.count()
    person.button("Export").click()
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Write").click()
    with person.page.expect_download() as downloading:
        dialog.get_by_role("button", name=re.compile("Download")).click()
    data = downloading.value.path().read_bytes()
    pages = PdfReader(io.BytesIO(data)).pages
    assert sum(len(page.images) for page in pages) >= count
    assert "lantern" in "".join(page.extract_text() for page in pages).lower()


def test_an_export_shows_how_far_it_is(person: Person) -> None:
    person.open()
    person.tell()
    count = person.panels.count()
    person.button("Export").click()
    dialog = person.page.get_by_role("dialog")
    dialog.get_by_text("MP4: the animatic").click()
    dialog.get_by_role("button", name="Write").click()
    dialog.get_by_text(f"1 of {count} panels").wait_for()
    expect(dialog.get_by_role("button", name=re.compile("Download"))).to_be_visible(timeout=PATIENCE)
    expect(dialog.get_by_role("progressbar")).to_have_count(0)


def test_a_reload_in_the_middle_of_a_render_finds_it_again(person: Person, app: App) -> None:
    person.open()
    person.say(STORY)
    person.panels.first.wait_for()
    person.page.reload()
    person.panels.first.wait_for()
    person.wait_until_drawn()
    assert person.panels.count() >= 3


def test_closing_the_tab_does_not_stop_the_drawing(person: Person) -> None:
    person.open()
    person.say(STORY)
    address = person.conversation
    person.panels.first.wait_for()
    person.page.goto("about:blank")
    person.page.wait_for_timeout(2000)
    person.open(f"?c={address}")
    person.wait_until_drawn()


def test_two_tabs_agree(person: Person) -> None:
    person.open()
    person.tell()
    other = Person(person.app, person.context)
    other.open(f"?c={person.conversation}")
    other.wait_until_drawn()
    person.say("make scene 1 night")
    person.wait_for_version(2)
    other.wait_for_version(2)
    other.wait_until_drawn()
    person.wait_until_drawn()
    assert other.sources() == person.sources()
    assert other.troubles == []


def test_no_picture_is_sent_twice(person: Person) -> None:
    sent = person.watch_pictures()
    person.open()
    person.tell()
    person.say("make scene 1 night")
    person.wait_for_version(2)
    person.wait_until_drawn()
    person.button("Undo").click()
    person.wait_for_version(1)
    person.wait_until_drawn()
    assert sent()
    assert len(sent()) == len(set(sent()))


def test_markup_in_a_story_is_shown_and_never_run(person: Person) -> None:
    bad = "<script>window.caught = 1</script><img src=x onerror='window.caught = 1'>"
    person.open()
    person.say(f"{bad} Mira runs. She climbs the hill. At night she sleeps under a tree.")
    person.panels.first.wait_for()
    person.wait_until_drawn()
    assert person.page.evaluate("window.caught") is None
    assert person.page.locator("img[src=x]").count() == 0
