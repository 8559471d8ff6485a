"""Storyboards and their versions: a graph in which nothing is ever rewritten, and a head that moves over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from db.board import Board
from db.database import Database
from db.diff import Diff

__all__ = ["History", "Storyboard", "Version", "VersionInfo"]

LOCAL_OWNER = "local"


@dataclass(frozen=True)
class VersionInfo:
    """A line of the version list. `message` is what was asked for, `summary` what was done; `message_id` is the
    message of the conversation that made it. Versions of a storyboard are numbered from 1 in the order they were made."""

    storyboard: str
    number: int
    parent: int | None
    message: str
    summary: str
    message_id: int | None
    created_at: datetime


@dataclass(frozen=True)
class Version(VersionInfo):
    """One version, whole. `requests` maps a scene's id to its request digest (a scene may have none); `images` maps every
    scene's id to the SHA-256 of its picture, or None while that is pending."""

    board: Board = field(default_factory=Board)
    requests: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Storyboard:
    """A line of the list of storyboards. `head` is the version being looked at, `versions` how many there are.
    `revision` grows with every change to the storyboard, so that a poll can tell whether anything happened."""

    storyboard: str
    title: str
    conversation: str | None
    head: int
    versions: int
    revision: int
    updated_at: datetime


class History:
    """The storyboards of one owner. Every method raises NotFoundError for what another owner has."""

    def __init__(self, database: Database, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.owner = owner

    def create(
        self,
        board: Board,
        *,
        requests: Mapping[str, str] | None = None,
        conversation: str | None = None,
        message: str = "",
        summary: str = "",
        message_id: int | None = None,
    ) -> Version:
        """A new storyboard, with this board as version 1. `requests` maps scene ids to request digests."""
        raise NotImplementedError

    def commit(
        self,
        storyboard: str,
        board: Board,
        *,
        parent: int,
        requests: Mapping[str, str] | None = None,
        message: str = "",
        summary: str = "",
        message_id: int | None = None,
        require_head: bool = False,
    ) -> Version:
        """A new version, made from version `parent`; it becomes the head. Two commits from one parent are both kept,
        as siblings in the order in which they arrived; with `require_head` the later one raises HeadMovedError instead,
        so that the edit can be made again on the new head. Raises InvalidBoardError."""
        raise NotImplementedError

    def undo(self, storyboard: str) -> Version:
        """Moves the head to its parent. Raises NothingToUndoError at the first version."""
        raise NotImplementedError

    def redo(self, storyboard: str) -> Version:
        """Moves the head back one step towards where `undo` came from. Raises NothingToUndoError."""
        raise NotImplementedError

    def restore(
        self, storyboard: str, number: int, *, message: str = "", summary: str = "", message_id: int | None = None
    ) -> Version:
        """An old version's board, requests and pictures as a new version on top of the head. Nothing is rewritten."""
        raise NotImplementedError

    def branch(self, storyboard: str, number: int) -> Version:
        """Moves the head to any version: the next commit begins a new line there, and the old line stays as it is."""
        raise NotImplementedError

    def pick(
        self,
        storyboard: str,
        scene: str,
        number: int,
        *,
        message: str = "",
        summary: str = "",
        message_id: int | None = None,
    ) -> Version:
        """Commits the head with one scene as it was in another version: its words, its request and so its picture. A
        scene that the head no longer has comes back where it was; so do characters of it that have gone since."""
        raise NotImplementedError

    def head(self, storyboard: str) -> Version:
        """The version being looked at."""
        raise NotImplementedError

    def version(self, storyboard: str, number: int | None = None) -> Version:
        """One version, or the head."""
        raise NotImplementedError

    def versions(self, storyboard: str, *, limit: int = 50, before: int | None = None) -> list[VersionInfo]:
        """A page of the version list, newest first; the next page is `before` the last number of this one."""
        raise NotImplementedError

    def lines(self, storyboard: str) -> list[VersionInfo]:
        """The newest version of every line, that is, every version that no other was made from; newest first."""
        raise NotImplementedError

    def made_by(self, message_id: int) -> list[VersionInfo]:
        """The versions that a message of the conversation made, oldest first."""
        raise NotImplementedError

    def compare(self, storyboard: str, a: int, b: int) -> Diff:
        """What changed from version `a` to version `b`, pictures named."""
        raise NotImplementedError

    def storyboards(
        self, *, conversation: str | None = None, limit: int = 50, before: datetime | None = None
    ) -> list[Storyboard]:
        """A page of the storyboards (of one conversation, if given), most lately changed first; the next page is
        `before` the last `updated_at` of this one."""
        raise NotImplementedError

    def storyboard(self, storyboard: str) -> Storyboard:
        """One storyboard's line."""
        raise NotImplementedError

    def find(self, reference: str) -> str:
        """The id that `reference` means: an id, an unambiguous beginning of one, or "latest".
        Raises NotFoundError, AmbiguousReferenceError."""
        raise NotImplementedError

    def revisions(self, storyboards: Collection[str]) -> dict[str, tuple[int, int]]:
        """What a poll needs: storyboard -> (revision, head). Unknown ids are left out."""
        raise NotImplementedError

    def attach(self, storyboard: str, conversation: str | None) -> None:
        """Makes the storyboard belong to a conversation, or to none."""
        raise NotImplementedError

    def delete(self, storyboard: str) -> None:
        """Deletes the storyboard with all its versions. Pictures that nothing names any more go with the next gc."""
        raise NotImplementedError
