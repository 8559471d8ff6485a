"""Child processes: what happens to somebody with fewer rights, or less room, than the tests have."""

from __future__ import annotations

import os
from collections.abc import Callable

from db.errors import DatabaseError

__all__ = ["in_a_child", "nobody"]


def in_a_child(work: Callable[[], object], prepare: Callable[[], None] = lambda: None) -> str:
    """What a child process, prepared so, was told when it did this; "done" where it succeeded."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            prepare()
            work()
            line = "done"
        except DatabaseError as error:
            line = f"{type(error).__name__}: {error}"
        except BaseException as error:
            line = repr(error)
        os.write(writer, line.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return told


def nobody() -> None:
    """Makes this process one that may not write everywhere, as root may."""
    if os.getuid() == 0:
        os.setuid(65534)
