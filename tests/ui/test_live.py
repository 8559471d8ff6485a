"""Turns run in the process and not in a page: any page finds them, and their events come to one picture of them."""

from __future__ import annotations

from agent.events import Failure, TurnFinished, Words
from agent.services import Services
from agent.session import ChatSession
from db.turns import Reply, Turns
from tests.agent.tales import STORY, tale
from tests.ui.opening import begin, until
from ui.live import Live, RunningTurn
from ui.parts.sends import sends_in


def test_a_turn_is_found_by_its_conversation_until_it_is_done(drawing: Services) -> None:
    live = Live()
    turn = live.say(drawing, "local", None, STORY)
    assert turn.conversation is not None
    assert live.of("local", turn.conversation) in (turn, None)
    assert live.of("somebody", turn.conversation) is None
    until(lambda: turn.done)
    assert live.of("local", turn.conversation) is None
    assert turn.receipt is not None
    assert turn.receipt["version"]["number"] == 1
    assert turn.refused is None
    assert turn.words.startswith("Read “")


def test_a_turn_that_is_refused_says_why_and_makes_no_conversation(drawing: Services) -> None:
    turn = Live().say(drawing, "local", None, "   ")
    until(lambda: turn.done)
    assert turn.conversation is None
    assert turn.refused == "Say something, or attach a story."
    assert not drawing.conversations().list()


def test_a_broken_file_is_answered_in_words(drawing: Services) -> None:
    turn = Live().say(drawing, "local", None, "", {"story.docx": b"PK\x03\x04 and then nothing"})
    until(lambda: turn.done)
    assert "this Word file is damaged" in turn.words


def test_a_button_s_turn_changes_the_board(drawing: Services) -> None:
    page = begin(drawing, tale(2), draw=False)
    turn = Live().act(drawing, "local", page.conversation, "set_title", {"title": "Another"})
    until(lambda: turn.done)
    assert page.board.title == "Another"


def test_events_come_to_one_picture_of_the_turn(drawing: Services) -> None:
    turn = RunningTurn(ChatSession(drawing), "hello")
    turn.take(Words("Sc"))
    turn.take(Words("ene"))
    assert turn.words == "Scene"
    turn.take(Failure("it failed"))
    turn.take(TurnFinished({"turn": 1}))
    assert (turn.failure, turn.receipt) == ("it failed", {"turn": 1})


def test_a_stop_reaches_the_message_that_still_waits_its_turn(drawing: Services) -> None:
    page = begin(drawing, tale(4), draw=False)
    lease = Turns(drawing.database).begin(page.conversation, content="somebody is being answered")
    live = Live()
    waiting = live.say(drawing, "local", page.conversation, "delete scene 4")
    live.stop("local", page.conversation)
    until(lambda: waiting.done)
    Turns(drawing.database).finish(lease, Reply("done", "complete"))
    assert waiting.refused == "Stopped before it was begun; nothing was changed."
    assert len(page.board.scenes) == 4


def test_what_is_sent_twice_is_answered_once(drawing: Services) -> None:
    page = begin(drawing, tale(4), draw=False)
    live = Live()
    turns = [
        live.say(drawing, "local", page.conversation, "swap 2 and 3, then delete the last one", send_id="typed once")
        for _ in range(2)
    ]
    elsewhere = Live().say(drawing, "local", page.conversation, "swap 2 and 3", send_id="typed once")  # another process
    until(lambda: turns[0].done and elsewhere.done)
    assert turns[0] is turns[1]
    assert len(page.board.scenes) == 3
    assert [turn.refused for turn in (*turns, elsewhere)] == [None, None, None]
    assert len(drawing.conversations().messages(page.conversation)) == 2


def test_a_message_that_was_refused_may_be_sent_again(drawing: Services) -> None:
    page = begin(drawing, tale(4), draw=False)
    lease = Turns(drawing.database).begin(page.conversation, content="somebody is being answered")
    live = Live()
    waiting = live.say(drawing, "local", page.conversation, "delete scene 4", send_id="typed once")
    live.stop("local", page.conversation)
    until(lambda: waiting.done)
    Turns(drawing.database).finish(lease, Reply("done", "complete"))
    again = live.say(drawing, "local", page.conversation, "delete scene 4", send_id="typed once")
    until(lambda: again.done)
    assert len(page.board.scenes) == 3


def test_what_a_page_sends_is_messages_or_nothing() -> None:
    typed = {"id": "a-1", "text": "again", "conversation": None}
    assert [(send.id, send.text) for send in sends_in({"waiting": [typed, typed | {"id": "a-2"}]})] == [
        ("a-1", "again"),
        ("a-2", "again"),
    ]
    for wrong in (None, {}, {"waiting": None}, {"waiting": "again"}, {"waiting": [{"text": "no id"}]}, {"waiting": [5]},
                  {"waiting": [typed | {"id": "x" * 65}]}, {"waiting": [typed | {"text": ["a"]}]}):  # fmt: skip
        assert sends_in(wrong) == []
