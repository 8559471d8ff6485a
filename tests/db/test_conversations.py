"""Conversations: a tree of messages, search, and what happens to replies that were interrupted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.conversations import Conversations, Status
from db.database import Database
from db.errors import AmbiguousReferenceError, LostTurnError, NotFoundError
from db.history import BoardChange, History
from db.tables import MessageRow
from db.turns import Reply, Turns
from tests.db.examples import BOARD
from tests.db.written import add


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def said(conversations: Conversations, conversation: str) -> list[str]:
    return [message.content for message in conversations.messages(conversation)]


def test_messages_follow_each_other(conversations: Conversations) -> None:
    conversation = conversations.create("Lantern").id
    question = add(conversations, conversation, "user", "Make scene 3 darker")
    answer = add(conversations, conversation, "assistant", "Done.")
    assert (question.parent, answer.parent) == (None, question.id)
    assert said(conversations, conversation) == ["Make scene 3 darker", "Done."]
    assert conversations.get(conversation).head == answer.id


def test_a_reply_streams_keeps_its_tool_calls_and_then_stays(conversations: Conversations) -> None:
    turns, history = Turns(conversations.database), History(conversations.database)
    conversation = conversations.create().id
    board = history.create(BOARD, conversation=conversation).storyboard
    begun = turns.begin(conversation, content="Make scene 3 darker")
    turns.commit(begun, BoardChange(board, 1), Reply("Dark", "streaming"))
    call = {"name": "edit_scene", "args": {"scene": "s3", "é": None}, "status": "ok"}
    turns.finish(begun, Reply("Darker now.", "complete", [call], {"receipt": [1, 2]}))
    done = conversations.message(begun.reply.id)
    assert (done.content, done.status, done.tool_calls) == ("Darker now.", "complete", (call,))
    assert (done.data, done.storyboard, done.version) == ({"receipt": [1, 2]}, board, 1)
    with pytest.raises(LostTurnError):
        turns.finish(begun, Reply("something else", "complete"))
    history.delete(board)
    assert conversations.message(done.id).version is None


@pytest.mark.parametrize("status", ["stopped", "failed"])
def test_a_stopped_or_failed_reply_stays_too(conversations: Conversations, status: Status) -> None:
    turns = Turns(conversations.database)
    begun = turns.begin(None, content="hello")
    turns.finish(begun, Reply("Half of it", status))
    with pytest.raises(LostTurnError):
        turns.finish(begun, Reply("All of it", "complete"))
    left = conversations.message(begun.reply.id)
    assert (left.content, left.status) == ("Half of it", status)


def test_editing_and_answering_again_make_siblings(conversations: Conversations) -> None:
    conversation = conversations.create().id
    question = add(conversations, conversation, "user", "Make it night")
    answer = add(conversations, conversation, "assistant", "It is night.")
    turns = Turns(conversations.database)
    begun = turns.begin(conversation, instead_of=answer.id)
    again = begun.reply
    assert (again.status, again.parent, again.siblings) == ("streaming", question.id, (answer.id, again.id))
    turns.finish(begun, Reply("Night it is.", "complete"))
    assert said(conversations, conversation) == ["Make it night", "Night it is."]

    begun = turns.begin(conversation, content="Make it dawn", replacing=question.id)
    turns.finish(begun, Reply("Dawn.", "complete"))
    edited = conversations.messages(conversation)[0]
    assert edited.siblings == (question.id, edited.id)
    assert said(conversations, conversation) == ["Make it dawn", "Dawn."]

    conversations.select(question.id)  # the newest end of that line
    assert said(conversations, conversation) == ["Make it night", "Night it is."]
    conversations.select(answer.id)
    assert said(conversations, conversation) == ["Make it night", "It is night."]
    everything = [message.content for message in conversations.tree(conversation)]
    assert everything == ["Make it night", "It is night.", "Night it is.", "Make it dawn", "Dawn."]


def test_only_a_question_is_edited_and_only_a_reply_regenerated(conversations: Conversations) -> None:
    conversation = conversations.create().id
    question = add(conversations, conversation, "user", "a")
    answer = add(conversations, conversation, "assistant", "b")
    turns = Turns(conversations.database)
    with pytest.raises(NotFoundError, match="no message of yours"):
        turns.begin(conversation, content="c", replacing=answer.id)
    with pytest.raises(NotFoundError, match="no reply"):
        turns.begin(conversation, instead_of=question.id)
    assert said(conversations, conversation) == ["a", "b"]


def test_the_list_has_the_most_lately_used_first_without_the_archived(conversations: Conversations) -> None:
    a, b, c = (conversations.create(title).id for title in "abc")
    add(conversations, a, "user", "still here")
    conversations.archive(b)
    assert [found.id for found in conversations.list()] == [a, c]
    assert [found.id for found in conversations.list(archived=True)] == [b]
    page = conversations.list(archived=None, limit=2)
    assert [found.id for found in page] == [a, c]
    assert [found.id for found in conversations.list(archived=None, before=page[-1].updated_at)] == [b]
    conversations.archive(b, False)
    assert conversations.rename(b, "The Lantern").title == "The Lantern"
    assert [found.title for found in conversations.list()] == ["a", "c", "The Lantern"]


def test_deleting_a_conversation_keeps_its_storyboards(conversations: Conversations) -> None:
    conversation = conversations.create().id
    message = add(conversations, conversation, "user", "A story of foxes")
    history = History(conversations.database)
    version = history.create(BOARD, conversation=conversation, message_id=message.id)
    conversations.delete(conversation)
    with pytest.raises(NotFoundError):
        conversations.get(conversation)
    with pytest.raises(NotFoundError):
        conversations.message(message.id)
    assert conversations.search("foxes") == []
    assert history.head(version.storyboard).board == BOARD
    assert history.storyboard(version.storyboard).conversation is None


def test_search_finds_words_by_their_beginning_whatever_their_case_and_accents(conversations: Conversations) -> None:
    conversation = conversations.create("Der Leuchtturmwärter").id
    old = add(conversations, conversation, "user", "The red-haired girl drinks CAFÉ au lait, d’accord?")
    new = add(conversations, conversation, "assistant", "A red fox; İstanbul; 東京の夜に雨が降る。 Straße")
    other = add(conversations, conversations.create().id, "user", "nothing of the kind")

    def found(text: str) -> list[int | None]:
        return [hit.message for hit in conversations.search(text)]

    assert found("cafe") == found("Cafe\u0301 LAIT") == found("hair girl") == [old.id]
    assert found("red") == [new.id, old.id]
    assert found("red fox") == found("東京") == found("雨が降る") == found("STRASSE") == found("istanbul") == [new.id]
    assert found("京東") == found("red cow") == found("aired") == []
    assert found("leuchtturmwarter") == [None]
    assert found("kind") == [other.id]


OPERATORS = ["", " ", '"', "'", "* OR", "a:b", "NEAR(", "\\", "(&|!)", "--", "%", "\0", "\ud800", "' or 1"]


@pytest.mark.parametrize("text", OPERATORS)
def test_search_takes_operators_of_any_database_as_words(conversations: Conversations, text: str) -> None:
    conversation = conversations.create().id
    add(conversations, conversation, "user", "plain words")
    assert conversations.search(text) == []


def test_search_shows_the_words_around(conversations: Conversations) -> None:
    conversation = conversations.create("Sea").id
    add(conversations, conversation, "user", "Once upon a time " * 20 + "a lánTERN\nburned " + "all night long " * 20)
    (hit,) = conversations.search("lantern")
    assert "a lánTERN burned" in hit.snippet
    assert len(hit.snippet) < 200
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")


def test_text_that_no_database_can_hold_is_kept_as_well_as_it_can_be(conversations: Conversations) -> None:
    conversation = conversations.create("a\0b").id
    assert add(conversations, conversation, "user", "half a pair: \ud83d, nothing: \0.").content == (
        "half a pair: \ufffd, nothing: \ufffd."
    )
    assert conversations.get(conversation).title == "a\ufffdb"
    call = {"args": {"text": "\0 \ud83d"}}
    assert add(conversations, conversation, "assistant", tool_calls=[call]).tool_calls == (call,)


def test_search_follows_a_message_as_it_streams(conversations: Conversations) -> None:
    conversation = conversations.create().id
    turns = Turns(conversations.database)
    begun = turns.begin(conversation)
    for words in ("first words", "other text"):
        turns.commit(begun, BoardChange(), Reply(words, "streaming"))
    assert conversations.search("first") == []
    assert [hit.message for hit in conversations.search("other")] == [begun.reply.id]


def test_a_whole_novel_is_a_message_too(conversations: Conversations) -> None:
    conversation = conversations.create().id
    novel = " ".join(f"word{number}" for number in range(200_000))
    add(conversations, conversation, "user", novel)
    assert said(conversations, conversation) == [novel]
    assert len(conversations.search("word123")) == 1


def test_replies_that_a_dead_process_left_streaming_are_stopped(conversations: Conversations) -> None:
    conversation = conversations.create().id
    left = add(conversations, conversation, "assistant", "Half", status="streaming")
    add(conversations, conversation, "assistant", "Whole")
    assert conversations.stop_abandoned() == 0  # it may still be at it
    assert conversations.stop_abandoned(timedelta(0)) == 1
    assert conversations.message(left.id).status == "stopped"


def test_a_conversation_is_found_by_the_beginning_of_its_id_or_as_the_latest(conversations: Conversations) -> None:
    first = conversations.create("a").id
    assert conversations.find(first[:6]) == first
    second = conversations.create("b").id
    assert conversations.find("latest") == second
    everyone = [first, second, *(conversations.create().id for _ in range(16))]
    shared = next(a[0] for a in everyone for b in everyone if a != b and a[0] == b[0])
    with pytest.raises(AmbiguousReferenceError):
        conversations.find(shared)
    with pytest.raises(NotFoundError):
        conversations.find("nonsense")


def test_the_database_itself_refuses_a_circle_of_messages(conversations: Conversations) -> None:
    conversation = conversations.create().id
    message = add(conversations, conversation, "user", "a")
    for wrong in ({"parent_id": message.id}, {"status": "thinking"}, {"role": "robot"}, {"parent_id": 999}):
        with pytest.raises(IntegrityError), conversations.database.write() as connection:
            connection.execute(update(MessageRow).values(**wrong))
