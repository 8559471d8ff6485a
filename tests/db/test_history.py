"""Storyboards and their versions."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from db.blobs import Blobs
from db.board import Board, Character, Scene
from db.board_json import board_json
from db.conversations import Conversations
from db.database import Database, open_database
from db.errors import (
    AmbiguousReferenceError,
    HeadMovedError,
    InvalidBoardError,
    NotFoundError,
)
from db.history import BoardChange, History, Version
from db.pictures import Pictures
from db.tables import PartRow, StoryboardRow, VersionRow
from tests.db import written
from tests.db.examples import BOARD, requests_of
from tests.db.written import add, redo, undo


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


@pytest.fixture
def first(history: History) -> Version:
    return history.create(BOARD, requests=requests_of(BOARD), message="Here is a story", summary="4 scenes")


def retitled(title: str, board: Board = BOARD) -> Board:
    return replace(board, title=title)


def reworded(scene_id: str, prompt: str, board: Board = BOARD) -> Board:
    return replace(
        board,
        scenes=tuple(replace(scene, prompt=prompt) if scene.id == scene_id else scene for scene in board.scenes),
    )


def commit(history: History, parent: Version, board: Board) -> Version:
    return written.commit(history, parent.storyboard, board, parent=parent.number, requests=requests_of(board))


def test_a_new_storyboard_is_version_1_of_itself(history: History, first: Version) -> None:
    assert (first.number, first.parent, first.message, first.summary) == (1, None, "Here is a story", "4 scenes")
    assert first.board == BOARD
    assert first.requests == requests_of(BOARD)
    assert first.images == {"s1": None, "s2": None, "s3": None, "s4": None}
    assert history.head(first.storyboard) == first
    assert [found.storyboard for found in history.storyboards()] == [first.storyboard]


def test_a_commit_becomes_the_head_and_leaves_its_parent_as_it_was(history: History, first: Version) -> None:
    second = commit(history, first, retitled("The Keeper"))
    assert (second.number, second.parent) == (2, 1)
    assert history.head(first.storyboard) == second
    assert history.version(first.storyboard, 1) == first
    assert history.storyboard(first.storyboard).title == "The Keeper"


def test_versions_share_the_scenes_that_they_have_in_common(
    history: History, first: Version, database: Database
) -> None:
    def parts() -> int:
        with database.read() as connection:
            return connection.scalar(select(func.count()).select_from(PartRow)) or 0

    assert parts() == 1 + 4  # the board without its scenes, and four scenes
    second = commit(history, first, reworded("s2", "at night"))
    assert parts() == 1 + 5
    history.restore(first.storyboard, 1)
    commit(history, second, replace(second.board, scenes=second.board.scenes[::-1]))
    assert parts() == 1 + 5


def test_undo_and_redo_move_the_head_along_the_line(history: History, first: Version) -> None:
    second = commit(history, first, retitled("2"))
    third = commit(history, second, retitled("3"))
    assert undo(history, first.storyboard) == second
    assert undo(history, first.storyboard) == first
    assert history.storyboard(first.storyboard).title == BOARD.title
    assert redo(history, first.storyboard) == second
    assert redo(history, first.storyboard) == third
    assert history.next_version(first.storyboard, 3) is None


def test_a_commit_after_undo_leaves_nothing_to_redo_and_loses_nothing(history: History, first: Version) -> None:
    second = commit(history, first, retitled("2"))
    undo(history, first.storyboard)
    third = commit(history, first, retitled("3"))
    assert (third.number, third.parent) == (3, 1)
    assert history.next_version(first.storyboard, 3) is None
    assert history.version(first.storyboard, 2) == second
    assert [version.number for version in history.lines(first.storyboard)] == [3, 2]


def test_redo_follows_the_line_that_was_undone_not_the_newest(history: History, first: Version) -> None:
    second = commit(history, first, retitled("2"))
    history.branch(first.storyboard, 1)
    third = commit(history, first, retitled("3"))
    history.branch(first.storyboard, 2)
    fourth = commit(history, second, retitled("4"))
    undo(history, first.storyboard)
    undo(history, first.storyboard)
    assert [redo(history, first.storyboard), redo(history, first.storyboard)] == [second, fourth]
    assert history.version(first.storyboard, 3) == third


def test_restore_makes_an_old_version_the_newest_with_its_pictures(
    history: History, first: Version, blobs: Blobs
) -> None:
    pictures = Pictures(history.database, blobs)
    sha256 = pictures.add_drawn(first.requests["s2"], b"a picture")
    commit(history, first, reworded("s2", "at night"))
    third = history.restore(first.storyboard, 1, message="go back")
    assert (third.number, third.parent, third.summary) == (3, 2, "Restored version 1")
    assert third.board == BOARD
    assert third.requests == first.requests
    assert third.images["s2"] == sha256
    assert undo(history, first.storyboard).number == 2


def test_a_branch_leaves_its_origin_alone(history: History, first: Version) -> None:
    second = commit(history, first, retitled("2"))
    assert history.branch(first.storyboard, 1) == first
    third = commit(history, first, retitled("3"))
    assert third.parent == 1
    assert history.version(first.storyboard, 2) == second
    assert [version.number for version in history.versions(first.storyboard)] == [3, 2, 1]


def test_a_picked_picture_is_the_scenes_picture_whatever_was_drawn(history: History, first: Version) -> None:
    picked = "ab" * 32
    board = replace(BOARD, scenes=(replace(BOARD.scenes[0], picked=picked), *BOARD.scenes[1:]))
    assert commit(history, first, board).images["s1"] == picked


def test_comparing_names_what_changed_and_the_pictures(history: History, first: Version, blobs: Blobs) -> None:
    before = Pictures(history.database, blobs).add_drawn(first.requests["s2"], b"by day")
    commit(history, first, reworded("s2", "at night"))
    found = history.compare(first.storyboard, 1, 2).to_json()
    assert found == {
        "from": 1,
        "to": 2,
        "added": [],
        "removed": [],
        "moved": [],
        "changed": [
            {"scene": "s2", "fields": {"prompt": [BOARD.scenes[1].prompt, "at night"], "image": [before, None]}}
        ],
        "characters": [],
        "board": {},
    }


def test_the_message_that_made_a_version_is_linked(history: History, database: Database) -> None:
    conversations = Conversations(database)
    conversation = conversations.create("Lantern")
    message = add(conversations, conversation.id, "user", "A long story. " * 100)
    first = history.create(BOARD, conversation=conversation.id, message=message.content, message_id=message.id)
    assert first.message_id == message.id
    assert len(first.message) <= 300
    assert [found.storyboard for found in history.storyboards(conversation=conversation.id)] == [first.storyboard]
    conversations.delete(conversation.id)
    assert history.version(first.storyboard).message_id is None
    assert history.storyboard(first.storyboard).conversation is None


def test_pages_of_versions_and_storyboards_follow_each_other(history: History, first: Version) -> None:
    for title in "23456":
        commit(history, history.head(first.storyboard), retitled(title))
    newest = history.versions(first.storyboard, limit=4)
    assert [version.number for version in newest] == [6, 5, 4, 3]
    assert [version.number for version in history.versions(first.storyboard, limit=4, before=3)] == [2, 1]
    others = [history.create(retitled(f"Other {number}")).storyboard for number in range(3)]
    page = history.storyboards(limit=2)
    assert [found.storyboard for found in page] == others[:0:-1]
    rest = history.storyboards(limit=9, before=page[-1].updated_at)
    assert [found.storyboard for found in rest] == [others[0], first.storyboard]


def test_a_storyboard_is_found_by_the_beginning_of_its_id_or_as_the_latest(history: History, first: Version) -> None:
    assert history.find(first.storyboard[:5]) == first.storyboard
    second = history.create(BOARD)
    assert history.find("latest") == second.storyboard
    commit(history, first, retitled("newer"))
    assert history.find("latest") == first.storyboard
    with pytest.raises(NotFoundError):
        history.find("%")
    with pytest.raises(NotFoundError):
        history.find("")
    twins = [history.create(BOARD).storyboard for _ in range(17)]
    shared = next(a[0] for a in twins for b in twins if a != b and a[0] == b[0])
    with pytest.raises(AmbiguousReferenceError, match="give more of its id"):
        history.find(shared)


def test_a_poll_sees_that_something_changed(history: History, first: Version) -> None:
    (revision, head) = history.revisions([first.storyboard, "unknown"])[first.storyboard]
    assert head == 1
    commit(history, first, retitled("2"))
    undo(history, first.storyboard)
    assert history.revisions([first.storyboard]) == {first.storyboard: (revision + 2, 1)}


def test_a_turn_that_saw_another_head_commits_nothing(history: History, first: Version) -> None:
    commit(history, first, retitled("2"))
    with pytest.raises(HeadMovedError, match="version 1 became 2"):
        written.applied(history, BoardChange(first.storyboard, 1, board=retitled("3")))
    assert [version.number for version in history.versions(first.storyboard)] == [2, 1]


@pytest.mark.parametrize(
    ("board", "why"),
    [
        (replace(BOARD, scenes=(Scene("s1"), Scene("s1"))), "scenes of a board must each have an id"),
        (replace(BOARD, scenes=(Scene(""),)), "scenes of a board must each have an id"),
        (replace(BOARD, characters=(Character("c1", "a"), Character("c1", "b"))), "characters of a board"),
        (replace(BOARD, scenes=(Scene("s1", characters=("c9",)),)), "c9"),
        (replace(BOARD, scenes=(Scene("s1", text="half a pair: \ud83d"),)), "cannot be written down"),
        (replace(BOARD, scenes=(Scene("s1", duration=float("nan")),)), "cannot be written down"),
    ],
)
def test_a_board_that_contradicts_itself_is_refused_and_nothing_written(
    history: History, first: Version, board: Board, why: str
) -> None:
    with pytest.raises(InvalidBoardError, match=why):
        commit(history, first, board)
    with pytest.raises(InvalidBoardError):
        history.create(BOARD, requests={"s99": "ab"})
    assert [version.number for version in history.versions(first.storyboard)] == [1]
    assert len(history.storyboards()) == 1


def test_the_database_itself_refuses_to_rewrite_history(history: History, first: Version, database: Database) -> None:
    rewritings = (
        update(VersionRow).values(summary="rewritten"),
        update(PartRow).values(body="{}"),
        text("update version_scenes set position = position + 10"),
        insert(VersionRow).values(
            storyboard_id=first.storyboard, number=2, parent=2, frame_id=1, digest="", message="", summary="",
            created_at=first.created_at,
        ),
        update(StoryboardRow).values(head=99),
    )  # fmt: skip
    for rewriting in rewritings:
        with pytest.raises(IntegrityError), database.write() as connection:
            connection.execute(rewriting)
    assert history.head(first.storyboard) == first


def test_a_deleted_storyboard_is_gone_with_all_its_versions(history: History, first: Version) -> None:
    other = history.create(BOARD)
    commit(history, first, retitled("2"))
    history.delete(first.storyboard)
    with pytest.raises(NotFoundError):
        history.head(first.storyboard)
    assert history.head(other.storyboard).board == BOARD
    with history.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(VersionRow)) == 1


def test_board_json_reads_back_as_the_same_board(history: History, first: Version) -> None:
    value = board_json(first)
    assert list(value)[:4] == ["storyboard", "title", "version", "parent"]
    assert [scene["position"] for scene in value["scenes"]] == [1, 2, 3, 4]
    assert [scene["image_file"] for scene in value["scenes"]][:2] == ["panel-01.png", "panel-02.png"]
    assert Board.from_json(value) == BOARD


def _commit_many(url: str, storyboard: str, name: str, barrier: object) -> None:
    database = open_database(url)
    history = History(database)
    barrier.wait()  # type: ignore[attr-defined]
    for number in range(15):
        head = history.head(storyboard)
        written.commit(
            history, storyboard, retitled(f"{name}{number}"), parent=head.number, requests=requests_of(BOARD)
        )
    database.close()


def test_two_processes_committing_lose_nothing_and_keep_an_order(
    history: History, first: Version, database_url: str
) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(2)
    writers = [
        context.Process(target=_commit_many, args=(database_url, first.storyboard, name, barrier)) for name in "ab"
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    found = history.versions(first.storyboard, limit=100)[::-1]
    assert [version.number for version in found] == list(range(1, 32))
    titles = [history.version(first.storyboard, version.number).board.title for version in found[1:]]
    assert [title for title in titles if title[0] == "a"] == [f"a{number}" for number in range(15)]
    assert [title for title in titles if title[0] == "b"] == [f"b{number}" for number in range(15)]
    assert all(version.parent is not None and version.parent < version.number for version in found[1:])
    assert history.head(first.storyboard).number == 31
