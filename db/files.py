"""Files that are whole or not there: written beside, brought to the disk, and renamed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["whole_file"]

KEPT_NAME, KEPT_ENDING = 40, 12
"""Characters of a file's name that the name beside it keeps: file systems allow 255 bytes, and one may take four."""


@contextmanager
def whole_file(file: Path) -> Iterator[Path]:
    """Give a path beside `file` (in a folder that is there, with the same ending) to write to. At the end of the block
    the file written there takes the place of `file`, for good even if the power fails; an exception leaves `file` as it
    was and nothing beside it. Raises OSError."""
    ending = file.suffix[:KEPT_ENDING]
    beside = file.with_name(f"{file.stem[:KEPT_NAME]}.{secrets.token_hex(4)}.part{ending}")
    try:
        yield beside
        with open(beside, "r+b") as part:
            os.fsync(part.fileno())
        os.replace(beside, file)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    if hasattr(os, "O_DIRECTORY"):  # the new name is on the disk, too
        descriptor = os.open(file.parent, os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
