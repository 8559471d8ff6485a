"""`taleboard export` and `taleboard import`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from agent.exports.formats import FORMATS
from ui.commands.common import note, opened_services, report_steps

__all__ = ["export", "import_"]


@click.command()
@click.argument("board")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Pages of a PDF.")
@click.option(
    "--per-page",
    type=click.Choice(["1", "2", "3", "4", "6", "9"]),
    default="6",
    show_default=True,
    help="Panels on a page of a PDF.",
)
@click.option("--plans/--no-plans", default=True, show_default=True, help="Overhead plans at the end of a PDF.")
@click.option("--drafts", is_flag=True, help="The drafts and not the paintings.")
def export(board: str, format_: str, output: Path, paper: str, per_page: str, plans: bool, drafts: bool) -> None:
    """Write a storyboard as one file.

    BOARD is an id, an unambiguous beginning of one, or latest; BOARD@N is its version N.
    """
    from agent.exports.pages import Layout
    from agent.exports.writing import export as write
    from ui.commands.boards import split_reference

    reference, number = split_reference(board)
    with opened_services() as services, report_steps("writing") as report:
        history = services.history()
        version = history.version(history.find(reference), number)
        layout = Layout(paper, int(per_page), plans)
        warnings = write(
            version,
            services.pictures(),
            format_,
            output,
            layout=layout,
            progress=partial(report, "panels"),
            drafts=drafts,
        )
    for line in warnings:
        note(f"note: {line}")
    note(f"wrote {output}")


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the new board as JSON.")
def import_(file: Path, as_json: bool) -> None:
    """Make a storyboard from an exported JSON or ZIP, or a ViStoryBench story.json."""
    from agent.drawing.known_models import known_models
    from agent.drawing.models import drawing_defaults
    from agent.exports.reading import import_board
    from db.board_json import board_json
    from ui.commands.common import print_json

    with opened_services() as services:
        settings = services.settings
        drawing, models = drawing_defaults(settings.engine, settings.model), known_models(settings)
        version, notes = import_board(file, drawing, services.history(), services.pictures(), models)
    if as_json:
        print_json(board_json(version))
    for line in notes:
        note(f"note: {line}")
    note(f"storyboard {version.storyboard}: {version.board.title} ({len(version.board.scenes)} panels)")
