"""What holds for every storyboard, whatever was done to it (Hypothesis looks for one for which it does not)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from db.blobs import Blobs
from db.board import Board, canonical_json
from db.board_json import board_json
from db.database import Database, open_database
from db.history import History, Version
from db.maintenance import check
from tests.db.examples import BOARD, board_edits, boards, requests_of
from tests.db.written import commit, redo, undo

EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@given(boards())
def test_a_board_comes_back_from_its_json(board: Board) -> None:
    assert Board.from_json(board.to_json()) == board
    assert Board.from_json(board.to_json()).digest == board.digest


@EXAMPLES
@given(board=boards())
def test_a_board_comes_back_from_the_database_byte_for_byte(database: Database, board: Board) -> None:
    history = History(database)
    requests = requests_of(board)
    saved = history.create(board, requests=requests)
    loaded = history.head(saved.storyboard)
    assert loaded == saved
    assert canonical_json(loaded.board.to_json()) == canonical_json(board.to_json())
    assert loaded.requests == requests


@EXAMPLES
@given(data=st.data())
def test_undo_after_do_is_identity(database: Database, data: st.DataObject) -> None:
    history = History(database)
    board = data.draw(boards())
    before = history.create(board, requests=requests_of(board))
    storyboard, done = before.storyboard, [before]
    for _ in range(data.draw(st.integers(1, 3))):
        board = data.draw(board_edits(board))
        done.append(commit(history, storyboard, board, parent=done[-1].number, requests=requests_of(board)))
    for version in done[-2::-1]:
        assert undo(history, storyboard) == version
    for version in done[1:]:
        assert redo(history, storyboard) == version


@EXAMPLES
@given(data=st.data())
def test_restore_is_equal_byte_for_byte(database: Database, data: st.DataObject) -> None:
    history = History(database)
    board = data.draw(boards())
    first = history.create(board, requests=requests_of(board))
    second = commit(history, first.storyboard, data.draw(board_edits(board)), parent=1)
    restored = history.restore(first.storyboard, 1)
    assert (restored.number, restored.parent) == (3, 2)
    told, was = board_json(history.head(first.storyboard)), board_json(first)
    for value in (told, was):
        del value["version"], value["parent"]
    assert canonical_json(told) == canonical_json(was)
    assert restored.board.digest == first.board.digest
    assert history.version(first.storyboard, 2) == second


@contextmanager
def _one_database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{Path(folder) / 't.db'}")
        yield database
        database.close()


class Storyboard(RuleBasedStateMachine):
    """Anything that can be done to a storyboard, in any order, beside a model of it that is a plain list."""

    versions = Bundle("versions")

    def __init__(self) -> None:
        super().__init__()
        self._place = _one_database()
        self.database = self._place.__enter__()
        self.history = History(self.database)
        first = self.history.create(BOARD, requests=requests_of(BOARD))
        self.storyboard = first.storyboard
        self.made: list[Version] = [first]
        self.head = first

    def teardown(self) -> None:
        assert check(self.database, Blobs("memory://nothing")) == []
        self._place.__exit__(None, None, None)

    def _add(self, version: Version, parent: int) -> None:
        assert (version.number, version.parent) == (len(self.made) + 1, parent)
        self.made.append(version)
        self.head = version

    def _any(self, data: st.DataObject) -> Version:
        return data.draw(st.sampled_from(self.made))

    @rule(data=st.data())
    def commit(self, data: st.DataObject) -> None:
        board = data.draw(board_edits(self.head.board))
        parent = self.head.number
        self._add(commit(self.history, self.storyboard, board, parent=parent, requests=requests_of(board)), parent)

    @rule(data=st.data())
    def commit_from_an_older_version(self, data: st.DataObject) -> None:
        parent = self._any(data)
        board = replace(parent.board, title=data.draw(st.text("ab")))
        self._add(commit(self.history, self.storyboard, board, parent=parent.number), parent.number)

    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        old = self._any(data)
        new = self.history.restore(self.storyboard, old.number)
        assert (new.board, new.requests) == (old.board, old.requests)
        self._add(new, self.head.number)

    @rule(data=st.data())
    def branch(self, data: st.DataObject) -> None:
        self.head = self._any(data)
        assert self.history.branch(self.storyboard, self.head.number) == self.head

    @rule()
    def undo_and_redo(self) -> None:
        if self.head.parent is not None:
            assert undo(self.history, self.storyboard) == self.made[self.head.parent - 1]
            assert redo(self.history, self.storyboard) == self.head

    @rule()
    def undo(self) -> None:
        if self.head.parent is not None:
            self.head = self.made[self.head.parent - 1]
            assert undo(self.history, self.storyboard) == self.head

    @invariant()
    def the_head_is_where_it_was_left(self) -> None:
        assert self.history.head(self.storyboard) == self.head

    @invariant()
    def no_version_ever_changes(self) -> None:
        for version in self.made:
            assert self.history.version(self.storyboard, version.number) == version

    @invariant()
    def every_chain_of_parents_ends_at_version_1(self) -> None:
        parents = {info.number: info.parent for info in self.history.versions(self.storyboard, limit=1000)}
        assert sorted(parents) == list(range(1, len(self.made) + 1))
        for number in parents:
            steps, at = 0, number
            while (parent := parents[at]) is not None:
                at, steps = parent, steps + 1
                assert steps <= len(parents)
            assert at == 1

    @invariant()
    def every_line_ends_in_a_version_that_nothing_came_of(self) -> None:
        parents = {version.parent for version in self.made}
        ends = [version.number for version in reversed(self.made) if version.number not in parents]
        assert [info.number for info in self.history.lines(self.storyboard)] == ends


TestStoryboard = pytest.mark.slow(Storyboard.TestCase)
TestStoryboard.settings = settings(
    max_examples=int(os.environ.get("TALEBOARD_TEST_EXAMPLES", "25")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
