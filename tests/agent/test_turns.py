"""A turn is one transaction: what it promised holds, whoever stops it, gets in its way or ends its process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatResult
from sqlalchemy import update

from agent import edits
from agent.events import Event, Failure, ToolFinished, TurnFinished, VersionSaved
from agent.services import Services
from agent.session import ChatSession
from agent.stopping import Stop
from db.board import Board
from db.database import Database
from db.errors import BusyError, DatabaseError, NotFoundError
from db.history import History
from db.tables import ConversationRow
from db.turns import Reply, Turns
from tests.agent.tales import finish, receipt_of, tale, talking
from tests.agent.test_session import Scripted
from tests.db.written import commit

Calls = list[list[tuple[str, dict[str, Any]]]]


class Meanwhile(Scripted):
    """A model in whose first answer somebody else does something."""

    does: Callable[[], Any]

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        if self.calls:
            self.does()
        return super()._generate(messages, *args, **kwargs)


def elsewhere(services: Services, edit: Callable[[Board], Board]) -> None:
    """Another program commits an edit of the newest storyboard."""
    history = services.history()
    head = history.head(history.storyboards()[0].storyboard)
    commit(history, head.storyboard, edit(head.board), parent=head.number, message="somebody else's")


def titled(title: str) -> Callable[[Board], Board]:
    return lambda board: replace(board, title=title)


# -- a promise about saving is decided at the commit


def stopped_at(events: Iterator[Event], stop: Stop, moment: Callable[[Event], bool]) -> dict[str, Any]:
    """The receipt of a turn that is stopped at the first event that fits."""
    receipt: dict[str, Any] = {}
    for event in events:
        if moment(event):
            stop.set()
        if isinstance(event, TurnFinished):
            receipt = event.receipt
    return receipt


EXPORTING: Calls = [[("edit_scenes", {"scenes": [1], "time": "night"}), ("export_board", {"format": "csv"})]]


def test_a_stop_before_the_commit_saves_nothing_and_writes_no_file(services: Services) -> None:
    session, stop = talking(services, tale(), model=Scripted(calls=[*EXPORTING])), Stop()
    receipt = stopped_at(
        session.turn("1 at night, as CSV", stop=stop),
        stop,
        lambda event: isinstance(event, ToolFinished) and event.name == "export_board",
    )
    assert receipt["error"] == "Stopped; nothing of this turn was saved."
    assert (receipt["version"], receipt["board"]["version"]) == (None, 1)
    assert not (services.settings.home / "exports").exists()
    assert services.conversations().messages(session.conversation or "")[-1].status == "stopped"


def test_a_stop_after_the_commit_does_not_say_that_nothing_was_saved(services: Services) -> None:
    session, stop = talking(services, tale(), model=Scripted(calls=[*EXPORTING])), Stop()
    receipt = stopped_at(
        session.turn("1 at night, as CSV", stop=stop), stop, lambda event: isinstance(event, VersionSaved)
    )
    assert receipt["version"] == {"number": 2, "parent": 1}
    assert receipt["error"] == "Stopped; what was changed is saved, but the file may not be there."
    reply = services.conversations().messages(session.conversation or "")[-1]
    assert (reply.status, reply.version) == ("stopped", 2)
    assert "nothing" not in reply.content.lower()


def test_an_export_is_of_what_was_committed_and_is_told_in_the_reply(services: Services) -> None:
    session = talking(services, tale(), model=Scripted(calls=[*EXPORTING]))
    receipt = receipt_of(session.turn("1 at night, as CSV"))
    (file,) = (services.settings.home / "exports").iterdir()
    assert "-v2-" in file.name
    assert "night" in file.read_text().splitlines()[1]
    assert str(file) in receipt["reply"]
    assert services.conversations().messages(session.conversation or "")[-1].content == receipt["reply"]


def test_a_stop_that_was_there_before_the_turn_ends_it_before_it_begins(services: Services) -> None:
    session = talking(services, tale())
    events = session.act("delete_scenes", {"scenes": [4]})
    session.stop()
    receipt = receipt_of(events)
    assert receipt["error"] == "Stopped before it was begun; nothing was changed."
    assert len(receipt["board"]["scenes"]) == 4
    assert len(services.conversations().messages(session.conversation or "")) == 0
    assert len(receipt_of(session.act("delete_scenes", {"scenes": [4]}))["board"]["scenes"]) == 3, (
        "the next one goes on"
    )


def test_a_tool_that_fails_leaves_nothing_behind(services: Services) -> None:
    """A scene is taken from an earlier version before the one that is not there is missed."""
    calls: Calls = [[("take_scenes", {"scenes": [1, 40], "version": 1}), ("set_title", {"title": "After all"})]]
    session = talking(services, tale(), model=Scripted(calls=calls))
    elsewhere(services, lambda board: edits.delete_scenes(board, ["s1"]))
    receipt = receipt_of(session.turn("take 1 and 40 from version 1, and call it After all"))
    assert [tool["status"] for tool in receipt["tools"]] == ["error", "ok"]
    assert [scene["id"] for scene in receipt["board"]["scenes"]] == ["s2", "s3", "s4"]


# -- somebody else commits meanwhile


def test_what_is_inserted_on_top_of_somebody_elses_version_is_there_once(services: Services) -> None:
    calls: Calls = [[("insert_scene", {"text": "A gull cries.", "after": 1})]]
    model = Meanwhile(calls=calls, does=lambda: elsewhere(services, titled("Theirs")))
    receipt = receipt_of(talking(services, tale(), model=model).turn("a gull after 1"))
    assert [scene["text"] for scene in receipt["board"]["scenes"]].count("A gull cries.") == 1
    assert (receipt["board"]["title"], len(receipt["board"]["scenes"])) == ("Theirs", 5)
    assert receipt["version"] == {"number": 3, "parent": 2}


@pytest.mark.parametrize(("answer", "number"), [("do it", 1), ("look at the versions first", 2)])
def test_an_undo_that_would_take_back_somebody_elses_version_is_asked_about(
    services: Services, answer: str, number: int
) -> None:
    model = Meanwhile(calls=[[("undo", {})]], does=lambda: elsewhere(services, titled("Theirs")))
    session = talking(services, tale(), model=model)
    elsewhere(services, titled("Before"))
    receipt = receipt_of(session.turn("undo"))
    assert (receipt["clarify"], receipt["version"]) == (True, None)
    assert "Somebody made version 3 meanwhile" in receipt["reply"]
    storyboard = receipt["board"]["storyboard"]
    assert services.history().head(storyboard).board.title == "Theirs"
    receipt_of(ChatSession(services, session.conversation, draw=False).turn(answer))
    assert services.history().head(storyboard).number == (2 if number == 1 else 3)


def test_a_deletion_is_asked_about_again_where_somebody_else_has_changed_the_board(services: Services) -> None:
    session = talking(services, tale())
    receipt_of(session.turn("delete the storyboard"))
    for event in session.turn("yes"):
        if isinstance(event, ToolFinished):
            elsewhere(services, titled("Theirs"))
    assert services.history().head(services.history().storyboards()[0].storyboard).board.title == "Theirs"
    assert services.conversations().messages(session.conversation or "")[-1].data["pending"]


# -- one turn at a time


def test_a_turn_waits_until_the_one_before_it_is_answered(services: Services) -> None:
    session = talking(services, tale())
    turns = Turns(services.database)
    begun = turns.begin(session.conversation, content="the first")
    with pytest.raises(BusyError):
        turns.begin(session.conversation, content="the second")
    receipts: list[dict[str, Any]] = []
    waiting = threading.Thread(target=lambda: receipts.append(receipt_of(session.turn("make scene 1 night"))))
    waiting.start()
    turns.finish(begun, Reply("answered", "complete"))
    waiting.join(60)
    assert receipts[0]["version"] == {"number": 2, "parent": 1}
    line = services.conversations().messages(session.conversation or "")
    assert [message.role for message in line] == ["user", "assistant", "user", "assistant"]
    assert line[1].content == "answered"


def test_a_message_that_is_sent_twice_is_stored_and_answered_once(services: Services) -> None:
    session = talking(services, tale())
    first = receipt_of(session.turn("delete scene 4", send_id="typed once"))
    again, receipt = finish(
        ChatSession(services, session.conversation, draw=False).turn("delete scene 4", send_id="typed once")
    )
    assert len(first["board"]["scenes"]) == len(receipt["board"]["scenes"]) == 3
    assert receipt["error"] == "This message was sent already."
    assert isinstance(again[0], Failure)
    assert len(services.conversations().messages(session.conversation or "")) == 2


# -- any turns, any interference


def let_time_pass(database: Database, conversation: str) -> None:
    """So much that a turn which did not show itself has lost its conversation."""
    with database.write() as connection:
        connection.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation)
            .values(turn_until=datetime.now(UTC) - timedelta(seconds=1))
        )


@dataclass(frozen=True)
class Panel:
    """A scene as the machine below knows it: `key` tells copies apart."""

    key: int
    notes: str = ""


Panels = tuple[Panel, ...]
KEYS = count(1)


@dataclass(frozen=True)
class Edit:
    """One call of a tool, as a list of panels sees it. `place` counts in the board that the speaker saw."""

    kind: str
    place: int
    words: str

    def call(self) -> tuple[str, dict[str, Any]]:
        return {
            "note": ("edit_scenes", {"scenes": [self.place], "notes": self.words}),
            "copy": ("duplicate_scene", {"scene": self.place}),
            "move": ("move_scenes", {"scenes": [self.place], "to": 1}),
            "delete": ("delete_scenes", {"scenes": [self.place]}),
        }[self.kind]

    def on(self, panels: Panels, seen: Panels) -> Panels | None:
        """The panels after it; None where the scene is gone, or the last one would go."""
        key = seen[self.place - 1].key
        index = next((index for index, panel in enumerate(panels) if panel.key == key), None)
        if index is None or (self.kind == "delete" and len(panels) == 1):
            return None
        before, panel, after = panels[:index], panels[index], panels[index + 1 :]
        match self.kind:
            case "note":
                return (*before, replace(panel, notes=self.words), *after)
            case "copy":
                return (*before, panel, replace(panel, key=next(KEYS)), *after)
            case "move":
                return (panel, *before, *after)
            case _:
                return (*before, *after)


EDITS = st.builds(
    Edit, st.sampled_from(["note", "note", "copy", "move", "delete"]), st.integers(1, 3), st.sampled_from("abcdefgh")
)
WAYS = ["nothing", "stop", "commit", "delete the board", "die", "stall"]


class ConversationMachine(RuleBasedStateMachine):
    """One conversation. Each turn makes some edits, and at one of its events something comes in its way."""

    services: Services

    def __init__(self) -> None:
        super().__init__()
        self.model = Scripted(calls=[])
        self.dead: list[Iterator[Event]] = []
        self.begin()

    def begin(self) -> None:
        """A conversation with a new board."""
        self.session = talking(self.services, tale(), model=self.model)
        self.conversation = self.session.conversation or ""
        self.storyboard = self.services.history().storyboards(conversation=self.conversation)[0].storyboard
        self.panels: Panels = tuple(Panel(next(KEYS)) for _ in range(4))
        self.before: list[Panels] = []
        self.versions, self.turns = 1, 0

    @property
    def history(self) -> History:
        return self.services.history()

    def committed(self) -> bool:
        return self.history.storyboard(self.storyboard).versions > self.versions

    def saved(self, panels: Panels) -> None:
        self.before, self.panels, self.versions = [*self.before, self.panels], panels, self.versions + 1

    def after(self, made: Sequence[Edit], panels: Panels, seen: Panels) -> Panels:
        for edit in made:
            panels = edit.on(panels, seen) or panels
        return panels

    @rule(made=st.lists(EDITS, min_size=1, max_size=3), way=st.sampled_from(WAYS), moment=st.integers(0, 9))
    def turn(self, made: list[Edit], way: str, moment: int) -> None:
        seen = self.panels
        made = [replace(edit, place=min(edit.place, len(seen))) for edit in made]
        wanted = self.after(made, seen, seen)
        changes = wanted != seen
        stop, receipt, in_time = Stop(), None, False
        self.model.calls = [[edit.call() for edit in made]]
        events = self.session.turn("please", stop=stop)
        self.turns += 1
        place = -1
        for place, event in enumerate(events):
            receipt = event.receipt if isinstance(event, TurnFinished) else receipt
            if place == moment and way != "nothing":
                in_time = (changes and self.committed()) or isinstance(event, TurnFinished)
                if way == "stop":
                    stop.set()
                elif way == "commit":
                    self.commit(wanted if changes and self.committed() else seen)
                elif way == "delete the board":
                    self.history.delete(self.storyboard)
                elif way == "die":
                    self.dead.append(events)
                    break
                elif way == "stall":
                    let_time_pass(self.services.database, self.conversation)
                    receipt_of(ChatSession(self.services, self.conversation, draw=False).act("list_styles"))
        reached = place >= moment and way != "nothing"
        if way == "delete the board" and reached:
            self.ended(receipt, "failed" if changes and not in_time else "complete")
            assert receipt is not None
            assert receipt["version"] is None or in_time
            self.begin()
            return
        if way == "die" and reached:
            if in_time and changes:
                self.saved(wanted)
            let_time_pass(self.services.database, self.conversation)
            receipt_of(ChatSession(self.services, self.conversation, draw=False).act("list_styles"))
            self.check()
            return
        assert receipt is not None
        if way == "commit" and reached and changes:
            theirs = self.others
            if in_time:
                self.saved(wanted)
                self.saved(theirs)
            else:
                self.saved(theirs)
                on_top: Panels | None = theirs
                panels = seen
                for edit in made:
                    done = edit.on(panels, seen)
                    if done is not None:
                        panels, on_top = done, None if on_top is None else edit.on(on_top, seen)
                if on_top is not None and on_top != theirs:
                    self.saved(on_top)
        elif way == "commit" and reached:
            self.saved(self.others)
        elif (way in ("stop", "stall") and reached and not in_time) or not changes:
            assert receipt["version"] is None
        else:
            self.saved(wanted)
            assert receipt["version"]["number"] == self.versions
        self.check()

    def commit(self, panels: Panels) -> None:
        """Somebody else's version on top of the head."""
        self.others = tuple(replace(panel, notes=panel.notes + "!") for panel in panels)
        head = self.history.head(self.storyboard)
        scenes = tuple(replace(scene, notes=scene.notes + "!") for scene in head.board.scenes)
        commit(self.history, self.storyboard, replace(head.board, scenes=scenes), parent=head.number)

    @rule()
    def undo(self) -> None:
        number = self.history.head(self.storyboard).parent
        receipt = receipt_of(self.session.act("undo"))
        if number is None:
            assert receipt["version"] is None
        else:
            assert receipt["version"]["number"] == number
            self.panels = self.before.pop()
        self.check()

    def ended(self, receipt: Any, status: str) -> None:
        assert self.services.conversations().messages(self.conversation)[-1].status == status, receipt

    def check(self) -> None:
        board = self.history.head(self.storyboard).board
        assert [scene.notes for scene in board.scenes] == [panel.notes for panel in self.panels]
        assert self.history.storyboard(self.storyboard).versions == self.versions
        line = self.services.conversations().messages(self.conversation)
        assert "streaming" not in {message.status for message in line}, "every reply ends"
        said = [message for message in line if message.role == "user"]
        assert len(said) == self.turns
        answers = {message.parent for message in line if message.role == "assistant"}
        assert all(message.id in answers for message in said)

    def teardown(self) -> None:
        for events in self.dead:
            with suppress(DatabaseError, NotFoundError):
                events.close()  # type: ignore[attr-defined]


def test_whatever_comes_in_the_way_of_a_turn_what_it_promised_holds(services: Services) -> None:
    class Machine(ConversationMachine):
        pass

    Machine.services = services
    run_state_machine_as_test(
        Machine,
        settings=hypothesis.settings(
            max_examples=10,
            stateful_step_count=6,
            deadline=None,
            database=None,
            phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        ),
    )
