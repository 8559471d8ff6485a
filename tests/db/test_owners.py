"""Nothing of one owner is reachable by another, whatever id they know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from db.blobs import Blobs
from db.conversations import Conversations
from db.database import Database
from db.errors import NotFoundError
from db.history import BoardChange, History
from db.jobs import Jobs, NewJob
from db.pictures import Pictures
from db.turns import Reply, Turns
from tests.db.examples import BOARD, requests_of
from tests.db.written import add, commit


class Anns:
    """What Ann has."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        self.conversations = Conversations(database, "ann")
        self.conversation = self.conversations.create("Ann’s secret lantern").id
        self.question = add(self.conversations, self.conversation, "user", "A secret story").id
        self.answer = add(self.conversations, self.conversation, "assistant", "A secret board", status="streaming").id
        self.history = History(database, "ann")
        version = self.history.create(BOARD, requests=requests_of(BOARD), conversation=self.conversation)
        self.storyboard = version.storyboard
        commit(self.history, self.storyboard, replace(BOARD, title="2"), parent=1, message_id=self.question)
        self.request = version.requests["s1"]
        self.picture = Pictures(database, blobs, "ann").add_drawn(self.request, b"Ann's picture")


@pytest.fixture
def ann(database: Database, blobs: Blobs) -> Anns:
    return Anns(database, blobs)


def turns_of(conversations: Conversations) -> Turns:
    """The turns of the same owner."""
    return Turns(conversations.database, conversations.owner)


ATTEMPTS: dict[str, Callable[[Anns, History, Conversations, Pictures], Any]] = {
    "head": lambda ann, history, *_: history.head(ann.storyboard),
    "version": lambda ann, history, *_: history.version(ann.storyboard, 1),
    "versions": lambda ann, history, *_: history.versions(ann.storyboard),
    "lines": lambda ann, history, *_: history.lines(ann.storyboard),
    "compare": lambda ann, history, *_: history.compare(ann.storyboard, 1, 2),
    "storyboard": lambda ann, history, *_: history.storyboard(ann.storyboard),
    "find": lambda ann, history, *_: history.find(ann.storyboard),
    "find latest": lambda ann, history, *_: history.find("latest"),
    "restore": lambda ann, history, *_: history.restore(ann.storyboard, 1),
    "branch": lambda ann, history, *_: history.branch(ann.storyboard, 1),
    "next_version": lambda ann, history, *_: history.next_version(ann.storyboard, 1),
    "attach": lambda ann, history, *_: history.attach(ann.storyboard, None),
    "delete storyboard": lambda ann, history, *_: history.delete(ann.storyboard),
    "create in her conversation": lambda ann, history, *_: history.create(BOARD, conversation=ann.conversation),
    "create for her message": lambda ann, history, *_: history.create(BOARD, message_id=ann.question),
    "attach to her conversation": lambda ann, history, *_: history.attach(
        history.create(BOARD).storyboard, ann.conversation
    ),
    "get": lambda ann, _, conversations, __: conversations.get(ann.conversation),
    "find conversation": lambda ann, _, conversations, __: conversations.find(ann.conversation),
    "rename": lambda ann, _, conversations, __: conversations.rename(ann.conversation, "mine"),
    "archive": lambda ann, _, conversations, __: conversations.archive(ann.conversation),
    "delete conversation": lambda ann, _, conversations, __: conversations.delete(ann.conversation),
    "select": lambda ann, _, conversations, __: conversations.select(ann.question),
    "message": lambda ann, _, conversations, __: conversations.message(ann.question),
    "messages": lambda ann, _, conversations, __: conversations.messages(ann.conversation),
    "tree": lambda ann, _, conversations, __: conversations.tree(ann.conversation),
    "begin": lambda ann, _, conversations, __: turns_of(conversations).begin(ann.conversation, content="mine"),
    "begin for her message": lambda ann, _, conversations, __: turns_of(conversations).begin(
        None, replacing=ann.question
    ),
    "commit a turn on her board": lambda ann, _, conversations, __: turns_of(conversations).commit(
        turns_of(conversations).begin(None), BoardChange(ann.storyboard, 2, move=1), Reply("mine", "complete")
    ),
    "picture": lambda ann, _, __, pictures: pictures.get(ann.picture),
    "read": lambda ann, _, __, pictures: pictures.read(ann.picture),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_another_owners_ids_lead_nowhere(ann: Anns, database: Database, blobs: Blobs, attempt: str) -> None:
    bobs = History(database, "bob"), Conversations(database, "bob"), Pictures(database, blobs, "bob")
    before = (ann.history.head(ann.storyboard), ann.conversations.tree(ann.conversation))
    with pytest.raises(NotFoundError):
        ATTEMPTS[attempt](ann, *bobs)
    assert (ann.history.head(ann.storyboard), ann.conversations.tree(ann.conversation)) == before


def test_every_method_that_takes_an_id_is_tried_above() -> None:
    free = {"create", "storyboards", "revisions", "list", "search", "stop_abandoned", "of_requests", "add_drawn"}
    methods = {
        name
        for part in (History, Conversations, Pictures)
        for name in vars(part)
        if not name.startswith("_") and not name.endswith("_in") and name not in free  # `_in`: inside a transaction
    }
    tried = {attempt.split()[0] for attempt in ATTEMPTS} | {"get", "add"}
    assert methods <= tried


def test_lists_searches_and_polls_show_only_what_is_ones_own(ann: Anns, database: Database, blobs: Blobs) -> None:
    history, conversations = History(database, "bob"), Conversations(database, "bob")
    assert history.storyboards() == []
    assert history.storyboards(conversation=ann.conversation) == []
    assert history.revisions([ann.storyboard]) == {}
    assert conversations.list(archived=None) == []
    assert conversations.search("secret") == []
    assert conversations.stop_abandoned() == 0
    assert Pictures(database, blobs, "bob").of_requests([ann.request]) == {}
    assert ann.conversations.search("secret")


def test_the_same_picture_of_two_owners_is_stored_once_and_each_has_their_own(
    ann: Anns, database: Database, blobs: Blobs
) -> None:
    bob = Pictures(database, blobs, "bob")
    assert bob.add(b"Ann's picture", metadata={"name": "upload.png"}) == ann.picture
    assert bob.get(ann.picture).metadata == {"name": "upload.png"}
    assert Pictures(database, blobs, "ann").get(ann.picture).metadata == {}
    assert len(list(blobs)) == 1


def test_jobs_are_told_of_and_cancelled_by_their_owner_only(ann: Anns, database: Database) -> None:
    jobs = Jobs(database)
    jobs.enqueue("ann", [NewJob("r1", {})], storyboard=ann.storyboard)
    assert jobs.status("bob", ["r1"]) == {}
    assert jobs.cancel("bob", requests=["r1"]) == jobs.cancel("bob", storyboard=ann.storyboard) == 0
    assert jobs.status("ann", ["r1"])["r1"].state == "queued"
