"""The pictures of one owner: which picture a request drew, and what is known of it. The bytes are in `Blobs`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.blobs import Blobs
from db.database import Database
from db.errors import NotFoundError
from db.history import LOCAL_OWNER
from db.tables import PictureRow, RequestRow
from db.versions import request_rows

__all__ = ["Picture", "Pictures"]


@dataclass(frozen=True)
class Picture:
    """A stored picture. `size` is in bytes. `metadata` is the caller's own JSON value: of the picture, or, where it was
    found by a request, of that drawing of it (the request, the time it took, what was cut)."""

    sha256: str
    media_type: str
    size: int
    created_at: datetime
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Pictures:
    """Pictures by SHA-256 and by request. Nothing is found that belongs to another owner."""

    def __init__(self, database: Database, blobs: Blobs, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.blobs = blobs
        self.owner = owner

    def add(self, data: bytes, *, media_type: str = "image/png", metadata: Mapping[str, Any] | None = None) -> str:
        """Stores a picture that was given (an upload, a mask); returns its SHA-256."""
        sha256 = self.blobs.put(data)
        with self.database.write() as connection:
            self._record(connection, sha256, data, media_type, metadata or {})
        return sha256

    def add_drawn(
        self, request: str, data: bytes, *, media_type: str = "image/png", metadata: Mapping[str, Any] | None = None
    ) -> str:
        """Stores the picture that a request drew and returns its SHA-256. The first picture of a request stays: a later
        one is dropped, and the first one's SHA-256 returned."""
        first = self.of_requests([request]).get(request)
        if first is not None:
            if hashlib.sha256(data).hexdigest() == first.sha256:
                self.blobs.put(data)  # drawn again to the byte: mends a picture whose file was lost
            return first.sha256
        sha256 = self.blobs.put(data)
        with self.database.write() as connection:
            self._record(connection, sha256, data, media_type, {})
            row_id = request_rows(connection, self.owner, [request])[request].id
            drawn = connection.scalar(
                update(RequestRow)
                .where(RequestRow.id == row_id, RequestRow.sha256.is_(None))
                .values(sha256=sha256, details=dict(metadata or {}))
                .returning(RequestRow.sha256)
            )
            return drawn or connection.scalars(select(RequestRow.sha256).where(RequestRow.id == row_id)).one() or sha256

    def of_requests(self, requests: Collection[str]) -> dict[str, Picture]:
        """Request digest -> its picture; requests without one are left out."""
        query = (
            select(
                RequestRow.digest,
                PictureRow.sha256,
                PictureRow.media_type,
                PictureRow.size,
                PictureRow.created_at,
                RequestRow.details,
            )
            .join(PictureRow, (PictureRow.owner == RequestRow.owner) & (PictureRow.sha256 == RequestRow.sha256))
            .where(RequestRow.owner == self.owner, RequestRow.digest.in_(set(requests)))
        )
        with self.database.read() as connection:
            return {row.digest: Picture(*row[1:]) for row in connection.execute(query)}

    def get(self, sha256: str) -> Picture:
        """What is known of a picture. Raises NotFoundError."""
        query = select(
            PictureRow.sha256, PictureRow.media_type, PictureRow.size, PictureRow.created_at, PictureRow.details
        ).where(PictureRow.owner == self.owner, PictureRow.sha256 == sha256)
        with self.database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(f"there is no picture {sha256[:64]}")
        return Picture(*row)

    def read(self, sha256: str) -> bytes:
        """The picture file's bytes, checked against its name. Raises NotFoundError, DamagedPictureError."""
        return self.blobs.get(self.get(sha256).sha256)

    def _record(
        self, connection: Connection, sha256: str, data: bytes, media_type: str, metadata: Mapping[str, Any]
    ) -> None:
        """Writes the picture's row, unless there is one. The garbage collector, which works while nobody else writes,
        may have taken the bytes since they were put: they are put again then."""
        if self.blobs.size(sha256) is None:
            self.blobs.put(data)
        have = select(PictureRow.sha256).where(PictureRow.owner == self.owner, PictureRow.sha256 == sha256)
        if connection.scalar(have) is None:
            connection.execute(
                insert(PictureRow).values(
                    owner=self.owner,
                    sha256=sha256,
                    media_type=media_type,
                    size=len(data),
                    details=dict(metadata),
                    created_at=datetime.now(UTC),
                )
            )
