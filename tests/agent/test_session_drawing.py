"""A conversation that draws: panels queued, drawn and told of; candidates, picture edits, locks; stopping."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from agent.drawing.renderers import LocalRenderer
from agent.events import (
    Event,
    PanelProgress,
    PanelQueued,
    PanelReady,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    VersionSaved,
    Words,
)
from agent.services import Services
from agent.session import ChatSession
from db.board import Drawing
from tests.agent.drawing.test_supervision import Outage
from tests.agent.drawing.toy import ToyEngine
from tests.agent.tales import Followed, finish, receipt_of, tale, talking
from tests.agent.test_session import Scripted
from tests.ui.opening import until


@pytest.fixture
def engine() -> ToyEngine:
    return ToyEngine()


@pytest.fixture
def drawing(services: Services, engine: ToyEngine) -> Iterator[Services]:
    """Services whose panels a small engine draws."""
    renderer = LocalRenderer(services.database, services.blobs, lambda name, model: engine)
    yield dataclasses.replace(services, renderer=renderer)
    renderer.close()


@pytest.fixture
def session(drawing: Services) -> ChatSession:
    """A conversation about a board of four drawn panels."""
    board = replace(tale(), drawing=Drawing("toy", "toy/toy", "ddim", 4, 1.0, (64, 40)))
    conversation = talking(drawing, board).conversation
    drawn = Followed(drawing, conversation)
    receipt_of(drawn.act("edit_scenes", {"scenes": [1], "notes": "begin"}))
    return drawn


def images(receipt: dict[str, Any]) -> list[str]:
    return [scene["image"] for scene in receipt["board"]["scenes"]]


def test_a_turn_ends_when_its_pictures_are_drawn(session: ChatSession, engine: ToyEngine) -> None:
    before = images(receipt_of(session.act("describe_board")))
    assert all(before)
    engine.seconds_a_step = 0.15
    told, receipt = finish(session.act("redraw", {"scenes": [2]}))
    after = images(receipt)
    assert [event.position for event in told if isinstance(event, PanelQueued)] == [2]
    assert [event.image for event in told if isinstance(event, PanelReady)] == [after[1]]
    assert any(isinstance(event, PanelProgress) and event.preview for event in told)
    assert after[1] != before[1]
    assert [after[0], *after[2:]] == [before[0], *before[2:]], "the same pictures, byte for byte"


def test_undo_brings_the_picture_back_without_drawing(session: ChatSession) -> None:
    before = images(receipt_of(session.act("describe_board")))
    receipt_of(session.act("redraw", {"scenes": [2, 3]}))
    told, receipt = finish(session.act("undo"))
    assert images(receipt) == before
    assert not any(isinstance(event, PanelQueued) for event in told)


def test_without_drawing_pictures_stay_pending(session: ChatSession, drawing: Services) -> None:
    quiet = ChatSession(drawing, session.conversation, draw=False)
    told, receipt = finish(quiet.act("redraw", {"scenes": [2]}))
    assert images(receipt)[1] is None
    assert not any(isinstance(event, PanelQueued | PanelReady) for event in told)
    explained = receipt_of(quiet.act("explain_pending"))["reply"]
    assert "Scenes 1, 3 and 4 are up to date." in explained
    assert "Scene 2 has no picture yet: its seed changed." in explained


def test_candidates_are_drawn_and_the_picked_one_is_that_very_picture(session: ChatSession) -> None:
    before = images(receipt_of(session.act("describe_board")))
    told, receipt = finish(session.act("draw_candidates", {"scene": 3, "count": 3}))
    assert images(receipt) == before, "the board stays as it is until one is picked"
    assert receipt["version"] is None
    candidates = {one["number"]: one["image"] for one in receipt["candidates"]}
    assert set(candidates) == {1, 2, 3}
    assert len(set(candidates.values())) == 3
    assert [event.scene for event in told if isinstance(event, PanelReady)] == ["s3#1", "s3#2", "s3#3"]
    picked = receipt_of(session.act("pick_candidate", {"number": 2}))
    assert images(picked)[2] == candidates[2]
    assert picked["version"] is not None


def test_a_picture_edit_starts_from_the_drawn_picture(session: ChatSession, drawing: Services) -> None:
    before = images(receipt_of(session.act("describe_board")))
    receipt = receipt_of(session.act("edit_picture", {"scenes": [1], "prompt": "with a hat", "region": "left"}))
    edit = receipt["board"]["scenes"][0]["edit"]
    assert edit["source"] == before[0]
    assert edit["prompt"] == "with a hat"
    from io import BytesIO

    from PIL import Image

    mask = Image.open(BytesIO(drawing.pictures().read(edit["mask"])))
    assert mask.size == (64, 40)
    assert (mask.getpixel((31, 20)), mask.getpixel((32, 20))) == (255, 0)
    assert images(receipt)[0] != before[0]


def test_a_locked_panel_keeps_its_picture_whatever_the_board_is_drawn_with(session: ChatSession) -> None:
    before = images(receipt_of(session.act("lock_scenes", {"scenes": [2]})))
    after = images(receipt_of(session.act("set_drawing", {"steps": 6})))
    assert after[1] == before[1]
    styled = receipt_of(session.act("set_style", {"style": "ink noir"}))
    assert images(styled)[1] == before[1]
    assert images(styled)[0] != after[0]


def test_stop_ends_drawing_at_its_next_step(session: ChatSession, engine: ToyEngine) -> None:
    before = images(receipt_of(session.act("describe_board")))
    engine.seconds_a_step = 0.5
    events = session.act("set_drawing", {"steps": 100})
    steps = []
    for event in events:
        if isinstance(event, PanelProgress):
            steps.append(event.step)
            session.stop()
        if isinstance(event, TurnFinished):
            receipt = event.receipt
    assert max(steps) < 100, "it does not draw to the end"
    assert receipt["version"] is not None, "what was said is saved; only the drawing ends"
    assert images(receipt) == [None] * 4
    assert images(receipt_of(Followed(session.services, session.conversation, draw=False).act("undo"))) == before


MOMENTS = (ToolStarted, ToolFinished, Words, VersionSaved, PanelQueued, PanelProgress, PanelReady)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("what", ["the storyboard", "the conversation"])
def test_a_turn_ends_with_its_last_event_whatever_is_deleted_meanwhile_in_another_tab(
    drawing: Services, engine: ToyEngine, what: str, moment: type[Event]
) -> None:
    """While it writes, as it saves, and while its panels are drawn; a file is asked for besides."""
    engine.seconds_a_step = 0.02
    board = replace(tale(), drawing=Drawing("toy", "toy/toy", "ddim", 4, 1.0, (64, 40)))
    calls = [("edit_scenes", {"scenes": [1], "time": "night"}), ("export_board", {"format": "csv"})]
    conversation = talking(drawing, board).conversation or ""
    session = Followed(drawing, conversation, model=Scripted(calls=[calls]))
    (known,) = drawing.history().storyboards(conversation=conversation)
    told: list[Event] = []
    reached = False
    for event in session.turn("1 at night, as CSV"):
        told.append(event)
        if isinstance(event, moment) and not reached:
            reached = True
            if what == "the storyboard":
                drawing.history().delete(known.storyboard)
            else:
                drawing.conversations().delete(conversation)
    assert reached
    assert isinstance(told[-1], TurnFinished)
    if what == "the storyboard":
        _, reply = drawing.conversations().messages(conversation)
        assert reply.status in ("complete", "failed")
        assert reply.content == told[-1].receipt["reply"]
        assert told[-1].receipt["board"] is None
        assert (reply.status == "failed") == (told[-1].receipt["version"] is None)
    until(lambda: not drawing.jobs().counts().keys() & {"queued", "running"})


def test_a_turn_whose_panels_cannot_be_queued_says_so_and_is_saved(
    session: ChatSession, drawing: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    outage = Outage(monkeypatch, threading.current_thread().name)
    told: list[Event] = []
    for event in session.act("redraw", {"scenes": [2]}):
        told.append(event)
        if isinstance(event, VersionSaved):
            outage.first = outage.calls + 1
    assert outage.failed
    receipt = told[-1].receipt if isinstance(told[-1], TurnFinished) else {}
    assert receipt["error"].startswith("What was changed is saved; its panels could not be put on the queue: ")
    outage.first = 10**9
    assert drawing.history().head(receipt["board"]["storyboard"]).number == receipt["version"]["number"]
    asked_again = receipt_of(session.act("edit_scenes", {"scenes": [1], "notes": "again"}))
    assert all(images(asked_again))


def test_two_threads_may_talk_at_once(session: ChatSession, drawing: Services) -> None:
    done: list[dict[str, Any]] = []

    def talk(scene: int) -> None:
        own = Followed(drawing, session.conversation)
        done.append(receipt_of(own.act("edit_scenes", {"scenes": [scene], "time": "sunset"})))

    threads = [threading.Thread(target=talk, args=(scene,)) for scene in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(receipt["error"] is None for receipt in done)
    board = receipt_of(session.act("describe_board"))["board"]
    assert [scene["time"] for scene in board["scenes"][:2]] == ["sunset", "sunset"], "neither is lost"
