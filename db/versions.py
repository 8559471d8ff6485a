"""How one version is written and read, inside a transaction that `db.history` began."""

from __future__ import annotations

import hashlib
import importlib
import json
import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from pydantic import ValidationError
from sqlalchemy import Connection, insert, select

from db.board import Board, board_adapter, canonical_json, digest
from db.errors import InvalidBoardError, NotFoundError
from db.tables import PartRow, RequestRow, VersionRow, VersionSceneRow
from db.validation import first_mistake

__all__ = ["Version", "VersionInfo", "Written", "infos", "load_version", "request_rows", "write_version"]

MESSAGE_LENGTH = 300
"""A version keeps the beginning of what was asked for; the whole of it is in the message that is linked."""


@dataclass(frozen=True)
class VersionInfo:
    """A line of the version list. `message` is what was asked for, `summary` what was done; `message_id` is the
    message of the conversation that made it. Versions of a storyboard are numbered from 1 in the order in which they
    were made."""

    storyboard: str
    number: int
    parent: int | None
    message: str
    summary: str
    message_id: int | None
    created_at: datetime


@dataclass(frozen=True)
class Version(VersionInfo):
    """One version, whole. `requests` maps a scene's id to its request digest (a scene may have none); `images` maps
    every scene's id to the SHA-256 of its picture, or None while that is pending."""

    board: Board = field(default_factory=Board)
    requests: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str | None] = field(default_factory=dict)


def infos() -> Any:
    """A query for the columns of VersionInfo."""
    return select(
        VersionRow.storyboard_id,
        VersionRow.number,
        VersionRow.parent,
        VersionRow.message,
        VersionRow.summary,
        VersionRow.message_id,
        VersionRow.created_at,
    )


def load_version(connection: Connection, storyboard: str, number: int) -> Version:
    """One version, whole. Raises NotFoundError."""
    query = infos().add_columns(VersionRow.id, PartRow.body).join(PartRow, PartRow.id == VersionRow.frame_id)
    row = _find(connection, query, storyboard, number)
    rows = connection.execute(
        select(PartRow.body, RequestRow.digest, RequestRow.sha256)
        .select_from(VersionSceneRow)
        .join(PartRow, PartRow.id == VersionSceneRow.part_id)
        .outerjoin(RequestRow, RequestRow.id == VersionSceneRow.request_id)
        .where(VersionSceneRow.version_id == row.id)
        .order_by(VersionSceneRow.position)
    ).all()
    board = Board.from_json({**json.loads(row.body), "scenes": [json.loads(scene.body) for scene in rows]})
    drawn = dict(zip((scene.id for scene in board.scenes), rows, strict=True))
    return Version(
        **vars(VersionInfo(*row[:7])),
        board=board,
        requests={scene: drawing.digest for scene, drawing in drawn.items() if drawing.digest is not None},
        images={scene.id: scene.picked or drawn[scene.id].sha256 for scene in board.scenes},
    )


def _find(connection: Connection, query: Any, storyboard: str, number: int) -> Any:
    row = connection.execute(query.where(VersionRow.storyboard_id == storyboard, VersionRow.number == number)).first()
    if row is None:
        raise NotFoundError(f"storyboard {storyboard} has no version {number}")
    return row


@dataclass(frozen=True)
class Written:
    """A board as it is written down: its digest, and its parts as canonical JSON. Made before the transaction begins,
    so that others wait less long."""

    board: Board
    digest: str
    frame: str
    scenes: tuple[str, ...]

    @classmethod
    def of(cls, board: Board, requests: Mapping[str, str]) -> Self:
        """Raises InvalidBoardError."""
        _check(board, requests)
        try:
            value = board.to_json()
            board_adapter().validate_python(value)  # what is written down can be read again
            board_digest = digest(value)
        except ValueError as error:
            why = first_mistake(error) if isinstance(error, ValidationError) else error
            raise InvalidBoardError(f"the board holds what cannot be written down: {why}") from error
        scenes = tuple(canonical_json(scene).decode() for scene in value.pop("scenes"))
        return cls(board, board_digest, canonical_json(value).decode(), scenes)


def write_version(
    connection: Connection,
    owner: str,
    storyboard: str,
    written: Written,
    *,
    number: int,
    parent: int | None,
    requests: Mapping[str, str],
    message: str,
    summary: str,
    message_id: int | None,
) -> Version:
    """Writes a version; only those of its scenes that the storyboard has never had cost space."""
    parts = _parts(connection, storyboard, [written.frame, *written.scenes])
    drawn = request_rows(connection, owner, requests.values())
    row = connection.execute(
        insert(VersionRow)
        .values(
            storyboard_id=storyboard,
            number=number,
            parent=parent,
            frame_id=parts[written.frame],
            digest=written.digest,
            message=_one_line(message),
            summary=_one_line(summary),
            message_id=message_id,
            created_at=datetime.now(UTC),
        )
        .returning(*infos().selected_columns, VersionRow.id)
    ).one()
    scenes = [
        {
            "version_id": row.id,
            "position": position,
            "part_id": parts[body],
            "request_id": drawn[requests[scene.id]].id if scene.id in requests else None,
        }
        for position, (scene, body) in enumerate(zip(written.board.scenes, written.scenes, strict=True), start=1)
    ]
    if scenes:
        connection.execute(insert(VersionSceneRow), scenes)
    return Version(
        **vars(VersionInfo(*row[:7])),
        board=written.board,
        requests=dict(requests),
        images={
            scene.id: scene.picked or (drawn[requests[scene.id]].sha256 if scene.id in requests else None)
            for scene in written.board.scenes
        },
    )


def _one_line(text: str) -> str:
    return textwrap.shorten(text[: 4 * MESSAGE_LENGTH], MESSAGE_LENGTH, placeholder=" …")


def _parts(connection: Connection, storyboard: str, bodies: list[str]) -> dict[str, int]:
    """Row ids of these parts, of which those that the storyboard does not have yet are written."""
    digests = {hashlib.sha256(body.encode()).hexdigest(): body for body in bodies}
    columns = (PartRow.digest, PartRow.id)
    have = select(*columns).where(PartRow.storyboard_id == storyboard, PartRow.digest.in_(digests))
    known = dict(connection.execute(have).tuples().all())
    new = [
        {"storyboard_id": storyboard, "digest": name, "body": body}
        for name, body in digests.items()
        if name not in known
    ]
    if new:
        known |= dict(connection.execute(insert(PartRow).returning(*columns), new).tuples().all())
    return {digests[name]: row_id for name, row_id in known.items()}


def request_rows(connection: Connection, owner: str, digests: Collection[str]) -> dict[str, Any]:
    """The rows (`id`, `sha256`) of these requests of an owner, by digest. Those that are new are written, yet without a
    picture."""
    wanted = set(digests)
    if not wanted:
        return {}
    columns = (RequestRow.digest, RequestRow.id, RequestRow.sha256)
    have = select(*columns).where(RequestRow.owner == owner, RequestRow.digest.in_(wanted))
    known = {row.digest: row for row in connection.execute(have)}
    new = [
        {"owner": owner, "digest": name, "details": {}, "created_at": datetime.now(UTC)}
        for name in sorted(wanted - set(known))
    ]
    if new:
        # On PostgreSQL another transaction may write the same request at the same time.
        dialect = importlib.import_module(f"sqlalchemy.dialects.{connection.dialect.name}")  # slow; only the one in use
        connection.execute(dialect.insert(RequestRow).on_conflict_do_nothing(), new)
        known = {row.digest: row for row in connection.execute(have)}
    return known


def _check(board: Board, requests: Mapping[str, str]) -> None:
    """Raises InvalidBoardError for a board whose parts cannot be told apart, or which names what it does not have."""
    scenes = [scene.id for scene in board.scenes]
    characters = [character.id for character in board.characters]
    for name, ids in (("scenes", scenes), ("characters", characters)):
        if len(set(ids)) < len(ids) or "" in ids:
            raise InvalidBoardError(f"the {name} of a board must each have an id of their own: {', '.join(ids)}")
    for scene in board.scenes:
        if unknown := sorted(set(scene.characters) - set(characters)):
            raise InvalidBoardError(f"scene {scene.id} shows characters that the board does not have: {unknown}")
    if unknown := sorted(set(requests) - set(scenes)):
        raise InvalidBoardError(f"requests were given for scenes that the board does not have: {unknown}")
