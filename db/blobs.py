"""Bytes by their SHA-256, on any fsspec file system: written beside and renamed, never half there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

__all__ = ["Blob", "Blobs"]


@dataclass(frozen=True)
class Blob:
    sha256: str
    size: int
    modified_at: datetime


class Blobs:
    """A store under an fsspec URL (`file:///…`, `s3://…`, `memory://…`). Bytes are kept as `ab/abcdef…`, after the first
    two digits of their SHA-256. Raises StorageError where the place cannot be read or written."""

    def __init__(self, url: str) -> None:
        self.url = url

    def put(self, data: bytes) -> str:
        """Stores the bytes (once, however often they are put) and returns their SHA-256."""
        raise NotImplementedError

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises DamagedPictureError where they are missing, or are not what their name says."""
        raise NotImplementedError

    def exists(self, sha256: str) -> bool:
        """Whether the bytes are there (they are not read)."""
        raise NotImplementedError

    def delete(self, sha256: str) -> None:
        """Removes the bytes, if they are there."""
        raise NotImplementedError

    def path(self, sha256: str) -> Path | None:
        """The file on this machine that holds the bytes, or None where the store is elsewhere."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Blob]:
        """Everything in the store, in the order of SHA-256."""
        raise NotImplementedError
