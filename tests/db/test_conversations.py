"""Conversations: a tree of messages, search, and what happens to replies that were interrupted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.conversations import Conversations
from db.database import Database
from db.errors import AmbiguousReferenceError, FinalStateError, NotFoundError
from db.history import History
from db.tables import MessageRow
from tests.db.examples import BOARD


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)


def said(conversations: Conversations, conversation: str) -> list[str]:
    return [message.content for message in conversations.messages(conversation)]


def test_messages_follow_each_other(conversations: Conversations) -> None:
    conversation = conversations.create("Lantern").id
    question = conversations.add(conversation, "user", "Make scene 3 darker")
    answer = conversations.add(conversation, "assistant", "Done.")
    assert (question.parent, answer.parent) == (None, question.id)
    assert said(conversations, conversation) == ["Make scene 3 darker", "Done."]
    assert conversations.get(conversation).head == answer.id


def test_a_reply_streams_keeps_its_tool_calls_and_then_stays(conversations: Conversations) -> None:
    conversation = conversations.create().id
    history = History(conversations.database)
    version = history.create(BOARD, conversation=conversation)
    reply = conversations.add(conversation, "assistant", status="streaming")
    conversations.update(reply.id, content="Dark")
    call = {"name": "edit_scene", "args": {"scene": "s3", "é": None}, "status": "ok"}
    done = conversations.update(
        reply.id,
        content="Darker now.",
        status="complete",
        tool_calls=[call],
        data={"receipt": [1, 2]},
        storyboard=version.storyboard,
        version=1,
    )
    assert done == conversations.message(reply.id)
    assert (done.content, done.status, done.tool_calls, done.data) == (
        "Darker now.",
        "complete",
        (call,),
        {"receipt": [1, 2]},
    )
    assert (done.storyboard, done.version) == (version.storyboard, 1)
    with pytest.raises(FinalStateError, match="is complete and stays"):
        conversations.update(reply.id, content="something else")
    history.delete(version.storyboard)
    assert conversations.message(reply.id).version is None


@pytest.mark.parametrize("status", ["stopped", "failed"])
def test_a_stopped_or_failed_reply_stays_too(conversations: Conversations, status: str) -> None:
    conversation = conversations.create().id
    reply = conversations.add(conversation, "assistant", "Half of it", status="streaming")
    assert conversations.update(reply.id, status=status).status == status  # type: ignore[arg-type]
    with pytest.raises(FinalStateError):
        conversations.update(reply.id, status="complete")
    assert conversations.message(reply.id).content == "Half of it"


def test_editing_and_answering_again_make_siblings(conversations: Conversations) -> None:
    conversation = conversations.create().id
    question = conversations.add(conversation, "user", "Make it night")
    answer = conversations.add(conversation, "assistant", "It is night.")
    again = conversations.regenerate(answer.id)
    assert (again.status, again.parent, again.siblings) == ("streaming", question.id, (answer.id, again.id))
    conversations.update(again.id, content="Night it is.", status="complete")
    assert said(conversations, conversation) == ["Make it night", "Night it is."]

    edited = conversations.edit(question.id, "Make it dawn")
    assert edited.siblings == (question.id, edited.id)
    assert said(conversations, conversation) == ["Make it dawn"]
    conversations.add(conversation, "assistant", "Dawn.")
    assert said(conversations, conversation) == ["Make it dawn", "Dawn."]

    conversations.select(question.id)  # the newest end of that line
    assert said(conversations, conversation) == ["Make it night", "Night it is."]
    conversations.select(answer.id)
    assert said(conversations, conversation) == ["Make it night", "It is night."]
    everything = [message.content for message in conversations.tree(conversation)]
    assert everything == ["Make it night", "It is night.", "Night it is.", "Make it dawn", "Dawn."]


def test_only_a_question_is_edited_and_only_a_reply_regenerated(conversations: Conversations) -> None:
    conversation = conversations.create().id
    question = conversations.add(conversation, "user", "a")
    answer = conversations.add(conversation, "assistant", "b")
    with pytest.raises(NotFoundError):
        conversations.edit(answer.id, "c")
    with pytest.raises(NotFoundError):
        conversations.regenerate(question.id)


def test_the_list_has_the_most_lately_used_first_without_the_archived(conversations: Conversations) -> None:
    a, b, c = (conversations.create(title).id for title in "abc")
    conversations.add(a, "user", "still here")
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
    message = conversations.add(conversation, "user", "A story of foxes")
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
    old = conversations.add(conversation, "user", "The red-haired girl drinks CAFÉ au lait, d’accord?")
    new = conversations.add(conversation, "assistant", "A red fox; İstanbul; 東京の夜に雨が降る。 Straße")
    other = conversations.add(conversations.create().id, "user", "nothing of the kind")

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
    conversations.add(conversation, "user", "plain words")
    assert conversations.search(text) == []


def test_search_shows_the_words_around(conversations: Conversations) -> None:
    conversation = conversations.create("Sea").id
    conversations.add(conversation, "user", "Once upon a time " * 20 + "a lánTERN\nburned " + "all night long " * 20)
    (hit,) = conversations.search("lantern")
    assert "a lánTERN burned" in hit.snippet
    assert len(hit.snippet) < 200
    assert (hit.snippet[0], hit.snippet[-1]) == ("…", "…")


def test_text_that_no_database_can_hold_is_kept_as_well_as_it_can_be(conversations: Conversations) -> None:
    conversation = conversations.create("a\0b").id
    assert conversations.add(conversation, "user", "half a pair: \ud83d, nothing: \0.").content == (
        "half a pair: \ufffd, nothing: \ufffd."
    )
    assert conversations.get(conversation).title == "a\ufffdb"
    call = {"args": {"text": "\0 \ud83d"}}
    assert conversations.add(conversation, "assistant", tool_calls=[call]).tool_calls == (call,)


def test_search_follows_a_message_as_it_streams(conversations: Conversations) -> None:
    conversation = conversations.create().id
    reply = conversations.add(conversation, "assistant", "first words", status="streaming")
    conversations.update(reply.id, content="other text")
    assert conversations.search("first") == []
    assert [hit.message for hit in conversations.search("other")] == [reply.id]


def test_a_whole_novel_is_a_message_too(conversations: Conversations) -> None:
    conversation = conversations.create().id
    novel = " ".join(f"word{number}" for number in range(200_000))
    conversations.add(conversation, "user", novel)
    assert said(conversations, conversation) == [novel]
    assert len(conversations.search("word123")) == 1


def test_replies_that_a_dead_process_left_streaming_are_stopped(conversations: Conversations) -> None:
    conversation = conversations.create().id
    left = conversations.add(conversation, "assistant", "Half", status="streaming")
    conversations.add(conversation, "assistant", "Whole")
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
    message = conversations.add(conversation, "user", "a")
    for wrong in ({"parent_id": message.id}, {"status": "thinking"}, {"role": "robot"}, {"parent_id": 999}):
        with pytest.raises(IntegrityError), conversations.database.write() as connection:
            connection.execute(update(MessageRow).values(**wrong))
