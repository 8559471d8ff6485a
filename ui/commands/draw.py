"""`taleboard draw`: a story file in, a saved storyboard and its files out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ui.commands.common import note, opened_services, print_json, report_panels

if TYPE_CHECKING:
    from agent.services import Services
    from db.history import Version

__all__ = ["draw"]


@click.command()
@click.argument("story", type=click.Path(dir_okay=False, allow_dash=True))
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for the files.")
@click.option(
    "--scenes", type=click.IntRange(1, 200), help="How many panels (by default as many as the story asks for)."
)
@click.option("--style", default="", help="A style of the catalogue, or words of your own.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="The same seed gives the same pictures.")
@click.option("--engine", help="scratch, diffusers or draft.")
@click.option("--model", help="storybook, a diffusers folder, a single file, or a hub id.")
@click.option("--steps", type=click.IntRange(1, 150), help="Denoising steps a panel.")
@click.option("--no-draw", is_flag=True, help="Plan only: no pictures.")
@click.option("--json", "as_json", is_flag=True, help="Print the board as JSON.")
def draw(
    story: str,
    out: Path | None,
    scenes: int | None,
    style: str,
    seed: int | None,
    engine: str | None,
    model: str | None,
    steps: int | None,
    no_draw: bool,
    as_json: bool,
) -> None:
    """Turn a story file into a saved storyboard.

    STORY is a .txt, .md, .fountain, .fdx, .docx or .pdf file, or - for standard input. The folder gets board.json,
    panel-01.png …, storyboard.png (the contact sheet) and storyboard.pdf.
    """
    from db.board_json import board_json

    data, name = _read(story)
    with opened_services(engine=engine, model=model) as services:
        wishes = {"scenes": scenes, "style": style, "seed": seed, "steps": steps}
        version = _plan(services, {name: data}, wishes, draw=not no_draw)
        failed = 0
        if not no_draw:
            version, failed = _draw(services, version)
        folder = out or (None if no_draw else Path(_folder_name(version)))
        if folder is not None:
            _write(services, version, folder, pictures=not no_draw)
            note(f"{len(version.board.scenes)} panels in {folder}{'' if no_draw else ', see storyboard.png'}")
        note(f"storyboard {version.storyboard}: taleboard show {version.storyboard}")
        if as_json:
            print_json(board_json(version))
    if failed:
        raise click.ClickException(f"{failed} of {len(version.board.scenes)} panels could not be drawn (see above)")


def _read(story: str) -> tuple[bytes, str]:
    if story == "-":
        return sys.stdin.buffer.read(), "story"
    path = Path(story)
    try:
        return path.read_bytes(), path.name
    except FileNotFoundError:
        raise click.ClickException(f"there is no file {story}") from None


def _plan(services: Services, files: dict[str, bytes], wishes: dict[str, Any], *, draw: bool) -> Version:
    """The board that a turn makes of the story, as in the app; what is to be drawn is on the queue then."""
    from agent.events import TurnFinished, Words
    from agent.session import ChatSession

    session = ChatSession(services, draw=draw)
    said = ""
    for event in session.act("new_story", wishes, files):
        if isinstance(event, Words):
            said += event.text
        if isinstance(event, TurnFinished):
            receipt = event.receipt
    if receipt["version"] is None:
        if session.conversation is not None:
            services.conversations().delete(session.conversation)
        raise click.ClickException(receipt["error"] or said)
    note(said)
    return services.history().version(receipt["board"]["storyboard"], receipt["version"]["number"])


def _draw(services: Services, version: Version) -> tuple[Version, int]:
    pending = sum(image is None for image in version.images.values())
    failed = report_panels(services.studio().follow(version), pending)
    return services.history().version(version.storyboard, version.number), len(failed)


def _folder_name(version: Version) -> str:
    from agent.exports.writing import file_name

    return "storyboard-" + file_name(version.board.title, "json").removesuffix(".json").lower()


def _write(services: Services, version: Version, folder: Path, *, pictures: bool) -> None:
    from agent.exports.material import gather
    from agent.exports.writing import write_material, write_panels

    folder.mkdir(parents=True, exist_ok=True)
    material = gather(version, services.pictures())
    write_material(material, "json", folder / "board.json")
    if pictures:
        write_panels(material, folder)
        for format, name in (("png", "storyboard.png"), ("pdf", "storyboard.pdf")):
            warnings = write_material(material, format, folder / name)
        for line in warnings:
            note(f"note: {line}")
