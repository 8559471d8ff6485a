"""The pictures of one owner: which picture a request drew, and what is known of it. The bytes are in `Blobs`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from db.blobs import Blobs
from db.database import Database
from db.history import LOCAL_OWNER

__all__ = ["Picture", "Pictures"]


@dataclass(frozen=True)
class Picture:
    """A stored picture. `request` is the digest of the request that drew it (None: it was given, not drawn), `metadata`
    the caller's own JSON value (the request, the time it took, what was cut)."""

    sha256: str
    media_type: str
    size: int
    created_at: datetime
    request: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


class Pictures:
    """Pictures by SHA-256 and by request. Nothing is found that belongs to another owner."""

    def __init__(self, database: Database, blobs: Blobs, owner: str = LOCAL_OWNER) -> None:
        self.database = database
        self.blobs = blobs
        self.owner = owner

    def add(self, data: bytes, *, media_type: str = "image/png", metadata: Mapping[str, Any] | None = None) -> str:
        """Stores a picture that was given (an upload, a mask); returns its SHA-256."""
        raise NotImplementedError

    def add_drawn(
        self, request: str, data: bytes, *, media_type: str = "image/png", metadata: Mapping[str, Any] | None = None
    ) -> str:
        """Stores the picture that a request drew and returns its SHA-256. The first picture of a request stays: a later
        one is dropped, and the first one's SHA-256 returned."""
        raise NotImplementedError

    def of_requests(self, requests: Collection[str]) -> dict[str, Picture]:
        """Request digest -> its picture; requests without one are left out."""
        raise NotImplementedError

    def get(self, sha256: str) -> Picture:
        """What is known of a picture. Raises NotFoundError."""
        raise NotImplementedError

    def read(self, sha256: str) -> bytes:
        """The picture file's bytes, checked against its name. Raises NotFoundError, DamagedPictureError."""
        raise NotImplementedError
