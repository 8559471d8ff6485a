"""`taleboard db`: look after the data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.commands.common import note, report_steps

if TYPE_CHECKING:
    from db.blobs import Blobs
    from db.database import Database

__all__ = ["db"]


@click.group()
def db() -> None:
    """Look after the data: the database, and the pictures beside it."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to date, after a backup. The app does this itself when it starts."""
    with _opened(upgrade=False) as (database, _):
        before, after = database.upgrade()
    if before == after:
        click.echo(f"{database} is up to date ({after}).")
    else:
        click.echo(f"{database} was brought from {before or 'nothing'} to {after}.")


@db.command()
def check() -> None:
    """Look at every row and every picture, and name what is wrong."""
    from db.maintenance import check as check_everything

    with _opened() as (database, blobs), report_steps("checking") as progress:
        problems = check_everything(database, blobs, progress=progress)
    for problem in problems:
        click.echo(problem)
    if problems:
        things = "1 thing is" if len(problems) == 1 else f"{len(problems)} things are"
        raise click.ClickException(f"{things} wrong; `taleboard db restore FILE` goes back to a backup")
    click.echo("Everything is whole.")


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything to one new FILE (ZIP): the tables and the pictures."""
    from db.backup import write_backup

    with _opened() as (database, blobs), report_steps("writing") as progress:
        summary = write_backup(database, blobs, file, progress=progress)
    click.echo(f"{file}: {summary.rows} rows and {summary.pictures} pictures.")
    _warn(summary.missing)


@db.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Make everything what it was in the backup FILE. What is there now is backed up first."""
    from db.backup import restore_backup

    with _opened(upgrade=False) as (database, blobs), report_steps("restoring") as progress:
        summary = restore_backup(database, blobs, file, progress=progress)
    click.echo(f"Restored {summary.rows} rows and {summary.pictures} pictures from {file}.")
    _warn(summary.missing)


@db.command()
@click.option(
    "--days",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Keep pictures that nothing names (candidates that may yet be picked) this long.",
)
def gc(days: float) -> None:
    """Remove pictures that no version, message or waiting job names."""
    from db.maintenance import collect_garbage

    with _opened() as (database, blobs), report_steps("looking at") as progress:
        collected = collect_garbage(database, blobs, older_than=timedelta(days=days), progress=progress)
    click.echo(
        f"Removed {collected.pictures} pictures ({collected.bytes / 1e6:.1f} MB), {collected.requests} requests "
        f"and {collected.jobs} ended jobs that nothing names."
    )


@contextmanager
def _opened(upgrade: bool = True) -> Iterator[tuple[Database, Blobs]]:
    from agent.settings import load_settings
    from db.blobs import Blobs
    from db.database import open_database

    settings = load_settings()
    database = open_database(settings.resolved_database_url, upgrade=upgrade, backups=settings.home / "backups")
    try:
        yield database, Blobs(settings.resolved_blobs)
    finally:
        database.close()


def _warn(missing: tuple[str, ...]) -> None:
    for sha256 in missing:
        note(f"warning: the picture {sha256} is missing or damaged")
