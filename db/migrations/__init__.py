"""The tables' own history: each file of `versions/` is one revision, and a database says in `alembic_version` which it
has."""

from __future__ import annotations

from pathlib import Path

__all__ = ["FOLDER", "revisions"]

FOLDER = Path(__file__).parent


def revisions() -> list[str]:
    """Every revision that this program knows, oldest first: what the names of the files in `versions/` begin with."""
    return sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))
