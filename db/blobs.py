"""Bytes by their SHA-256, on any fsspec file system: written beside and renamed, never half there."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

from db.errors import DamagedPictureError, StorageError
from db.files import whole_file

__all__ = ["Blob", "Blobs", "without_password"]

HEX = frozenset("0123456789abcdef")


def without_password(url: str) -> str:
    """A URL with `***` for the password that it may hold, for people to read; also one that lacks its scheme."""
    return re.sub(r"(://|^(?!.*://))([^/@:]*):.*@", r"\1\2:***@", url)


@dataclass(frozen=True)
class Blob:
    """A stored file. One whose writer died before renaming it is `unfinished`; nothing names it."""

    name: str
    size: int
    modified_at: datetime

    @property
    def unfinished(self) -> bool:
        return not _is_sha256(self.name)


class Blobs:
    """A store under an fsspec URL (`file:///…`, `s3://…`, `memory://…`). Bytes are kept as `ab/abcdef…`, after the
    first two digits of their SHA-256. Raises StorageError where the place cannot be read or written."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        return without_password(self.url)

    @cached_property
    def _place(self) -> tuple[Any, str]:
        import fsspec

        with self._storage_errors():
            try:
                if self.url.startswith("file://"):  # fsspec takes such a URL's %20 for three letters of the name
                    fs, root = fsspec.filesystem("file"), url2pathname(self.url.removeprefix("file://"))
                else:
                    fs, root = fsspec.core.url_to_fs(self.url)
            except (ValueError, ImportError) as error:
                raise StorageError(f"TALEBOARD_BLOBS={self} cannot be used: {error}") from None
        return fs, root.rstrip("/")

    @property
    def _local(self) -> bool:
        return "file" in (protocols if isinstance(protocols := self._place[0].protocol, tuple) else (protocols,))

    def _file(self, sha256: str) -> str:
        if not _is_sha256(sha256):
            raise DamagedPictureError(f"{sha256[:80]!r} is not the SHA-256 of a picture")
        return f"{self._place[1]}/{sha256[:2]}/{sha256}"

    def look(self) -> None:
        """Raises StorageError where the place cannot be read. One where nothing was ever kept is as good as any."""
        self.size("0" * 64)

    def put(self, data: bytes) -> str:
        """Store the bytes (once, however often they are put) and return their SHA-256. A file of that name whose bytes
        have changed since is replaced."""
        sha256 = hashlib.sha256(data).hexdigest()
        file = self._file(sha256)
        with self._storage_errors():
            if not self._is_whole(sha256, len(data)):
                (self._put_local if self._local else self._put_elsewhere)(file, data)
        return sha256

    def _is_whole(self, sha256: str, size: int) -> bool:
        """Whether the bytes are there as they should be. Their number tells most of what can go wrong, unread."""
        if self.size(sha256) != size:
            return False
        try:
            self.get(sha256)
        except (DamagedPictureError, StorageError):  # a bad block of a disk is mended by writing the file anew
            return False
        return True

    def _put_local(self, file: str, data: bytes) -> None:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with whole_file(Path(file)) as beside:
            beside.write_bytes(data)

    def _put_elsewhere(self, file: str, data: bytes) -> None:
        fs, _ = self._place
        beside = f"{file}.{secrets.token_hex(4)}.part"
        fs.makedirs(os.path.dirname(file), exist_ok=True)
        fs.pipe_file(beside, data)
        fs.mv(beside, file)

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises DamagedPictureError where they are missing, or are not what their name says."""
        file = self._file(sha256)
        with self._storage_errors():
            try:
                data: bytes = self._place[0].cat_file(file)
            except FileNotFoundError:
                raise DamagedPictureError(f"the picture {sha256} is missing from {self}") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedPictureError(f"the picture {sha256} in {self} is damaged: its bytes have changed")
        return data

    def size(self, sha256: str) -> int | None:
        """How many bytes there are, or None where there is nothing of this name; they are not read."""
        file = self._file(sha256)
        with self._storage_errors():
            try:
                size: int = self._place[0].size(file)
            except FileNotFoundError:
                return None
        return size

    def delete(self, name: str) -> None:
        """Removes a file of the store by its name, if it is there."""
        fs, root = self._place
        with self._storage_errors(), suppress(FileNotFoundError):
            fs.rm_file(f"{root}/{name[:2]}/{name}")

    def path(self, sha256: str) -> Path | None:
        """The file on this machine that holds the bytes, or None where the store is elsewhere."""
        file = self._file(sha256)
        return Path(file) if self._local else None

    def __iter__(self) -> Iterator[Blob]:
        """Every file in the store, unfinished ones too."""
        fs, root = self._place
        with self._storage_errors():
            try:
                folders = sorted(fs.ls(root, detail=False))
            except FileNotFoundError:
                return
        for folder in folders:
            if len(os.path.basename(folder)) != 2:
                continue
            with self._storage_errors():
                found = fs.ls(folder, detail=True, refresh=True)
            for info in sorted(found, key=lambda info: info["name"]):
                yield Blob(os.path.basename(info["name"]), info["size"], _modified(info))

    @contextmanager
    def _storage_errors(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            what = os.strerror(error.errno) if error.errno else str(error)
            raise StorageError(f"pictures cannot be kept in {self}: {what}; nothing was lost") from error


def _is_sha256(name: str) -> bool:
    return len(name) == 64 and HEX.issuperset(name)


def _modified(info: dict[str, Any]) -> datetime:
    """When a file was written, of the several ways in which file systems say it; now, where one does not."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        match info.get(key):
            case int() | float() as seconds:
                return datetime.fromtimestamp(seconds, UTC)
            case datetime() as moment:
                return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            case str() as spelled:
                return datetime.fromisoformat(spelled)
    return datetime.now(UTC)
