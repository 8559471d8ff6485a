"""`taleboard boards`, `versions`, `show`, `diff` and `restore`: browse what is saved, and go back to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.commands.common import console, note, print_json

if TYPE_CHECKING:
    from rich.text import Text

    from db.blobs import Blobs
    from db.diff import Diff
    from db.history import History, Version

__all__ = ["boards", "diff", "restore", "show", "versions"]

KIND_STYLES = {
    "added": "green",
    "removed": "red",
    "moved": "blue",
    "reworded": "yellow",
    "restyled": "magenta",
    "redrawn": "cyan",
}
LABELS = {"negative_prompt": "negative", "picked": "picked picture", "edit": "picture edit", "image": "picture"}
PICTURES = {"image", "picked"}
Line = TypeVar("Line")

SHOWN = 50
LIMIT = click.option("--limit", type=click.IntRange(1), help=f"At most so many.  [default: {SHOWN}; with --json, all]")
JSON = click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")


@click.command()
@LIMIT
@JSON
def boards(limit: int | None, as_json: bool) -> None:
    """List storyboards, most lately changed first."""
    from db.board_json import storyboard_json

    with _opened() as (history, _):
        if as_json:
            print_json([storyboard_json(storyboard) for storyboard in history.storyboards(limit=limit)])
            return
        found = _first(limit, lambda count: history.storyboards(limit=count))
    table = _table("storyboard", "title", ">versions", "changed")
    for board in found:
        table.add_row(
            board.storyboard, _plain(board.title) or "(untitled)", str(board.versions), _ago(board.updated_at)
        )
    _print(table if found else "No storyboards yet: make one with `taleboard draw STORY`, or in the chat app.")


@click.command()
@click.argument("board")
@LIMIT
@JSON
def versions(board: str, limit: int | None, as_json: bool) -> None:
    """List the versions of a storyboard, newest first."""
    from db.board_json import version_json

    with _opened() as (history, _):
        storyboard = history.storyboard(history.find(board))
        if as_json:
            print_json([version_json(version) for version in history.versions(storyboard.storyboard, limit=limit)])
            return
        found = _first(limit, lambda count: history.versions(storyboard.storyboard, limit=count))
    table = _table(">version", "from", "what was asked", "what was done", "when")
    for version in found:
        here = " ←" if version.number == storyboard.head else ""
        table.add_row(
            f"{version.number}{here}",
            "" if version.parent is None else str(version.parent),
            _plain(version.message),
            _plain(version.summary),
            _ago(version.created_at),
        )
    _print(table)


@click.command()
@click.argument("board", metavar="BOARD[@N]")
@JSON
def show(board: str, as_json: bool) -> None:
    """Show one version of a storyboard: the one being worked on, or N."""
    from db.board_json import board_json

    reference, number = split_reference(board)
    with _opened() as (history, blobs):
        version = history.version(history.find(reference), number)
    if as_json:
        print_json(board_json(version))
    else:
        _show(version, blobs)


@click.command()
@click.argument("board")
@click.argument("a", type=click.IntRange(1))
@click.argument("b", type=click.IntRange(1))
@JSON
def diff(board: str, a: int, b: int, as_json: bool) -> None:
    """Compare version A of a storyboard with version B."""
    with _opened() as (history, blobs):
        storyboard = history.find(board)
        found = history.compare(storyboard, a, b)
        if as_json:
            print_json(found.to_json())
            return
        before, after = history.version(storyboard, a), history.version(storyboard, b)
    _show_diff(found, before, after, blobs)


@click.command()
@click.argument("board")
@click.argument("number", metavar="N", type=click.IntRange(1))
@JSON
def restore(board: str, number: int, as_json: bool) -> None:
    """Make version N the newest again. Nothing is lost: the versions since stay."""
    from db.board_json import board_json

    with _opened() as (history, _):
        version = history.restore(history.find(board), number, message=f"taleboard restore {number}")
    if as_json:
        print_json(board_json(version))
    else:
        click.echo(f"Version {version.number} is version {number} again; {version.parent} is kept.")


# Opening


@contextmanager
def _opened() -> Iterator[tuple[History, Blobs]]:
    """The storyboards of this machine's user. Only what is needed is imported, so that this starts fast."""
    from agent.settings import load_settings
    from db.blobs import Blobs
    from db.database import open_database
    from db.history import History

    settings = load_settings()
    database = open_database(settings.resolved_database_url, backups=settings.home / "backups")
    try:
        yield History(database), Blobs(settings.resolved_blobs)
    finally:
        database.close()


def _first(limit: int | None, read: Callable[[int], Sequence[Line]]) -> Sequence[Line]:
    """As many lines as a person wants to see, and a word about it where there are more."""
    limit = limit or SHOWN
    found = read(limit + 1)
    if len(found) > limit:
        note(f"These are the newest {limit}; --limit {2 * limit} shows more.")
    return found[:limit]


def split_reference(board: str) -> tuple[str, int | None]:
    """BOARD or BOARD@N."""
    reference, at, number = board.partition("@")
    if at and not (number.isdecimal() and int(number)):
        raise click.BadParameter(f"{number!r} is not the number of a version", param_hint="BOARD[@N]")
    return reference, int(number) if at else None


# Printing. What comes from stories and people is data: control characters are shown as spaces, markup is not read.


def _plain(text: object) -> str:
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", " ", str(text))


def _print(*what: Any) -> None:
    page = console()
    for renderable in what:
        page.print(renderable)


def _table(*columns: str) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for index, column in enumerate(columns):
        right = column.startswith(">")
        short = right or index == 0 or column in ("from", "changed", "when")
        table.add_column(column.removeprefix(">"), justify="right" if right else "left", no_wrap=short)
    return table


def _ago(moment: datetime) -> str:
    seconds = (datetime.now(UTC) - moment).total_seconds()
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'s' * (count > 1)} ago" if count < 30 else f"{moment.astimezone():%Y-%m-%d}"
    return "just now"


def _picture(sha256: str | None, blobs: Blobs) -> Text:
    """A picture's short name; on a terminal that can, a link to its file."""
    from rich.text import Text

    if sha256 is None:
        return Text("pending", "dim italic")
    path: Path | None = blobs.path(sha256)
    return Text(sha256[:12], f"cyan link {path.absolute().as_uri()}" if path else "cyan")


def _show(version: Version, blobs: Blobs) -> None:
    from rich.text import Text

    from agent.staging import check_board, remarks

    board, drawing = version.board, version.board.drawing
    heading = Text.assemble(
        (_plain(board.title) or "(untitled)", "bold"),
        (f"  {version.storyboard}, version {version.number}", "dim"),
        f"\n{_plain(board.style) or 'no style'}; {_plain(drawing.model)}, {_plain(drawing.sampler)}, "
        f"{drawing.steps} steps, {drawing.size[0]}×{drawing.size[1]}",
    )
    for character in board.characters:
        heading.append(f"\n  {_plain(character.name)}", "bold")
        heading.append(f"  {_plain(character.description)}")
    table = _table(">panel", "number", "scene", "shot", "summary", "prompt", "picture")
    for position, scene in enumerate(board.scenes, start=1):
        table.add_row(
            f"{position}{' locked' if scene.locked else ''}",
            _plain(scene.number),
            _plain(scene.title) or scene.id,
            _plain(scene.shot),
            _plain(scene.summary or scene.text),
            _plain(scene.prompt),
            _picture(version.images.get(scene.id), blobs),
        )
    faults = [Text(f"{fault.rule}: {_plain(fault.text)}", "yellow") for fault in check_board(board)]
    told = [
        Text(f"panel {position}: {_plain(remark)}", "dim")
        for position, scene in enumerate(board.scenes, start=1)
        for remark in remarks(board, scene)
    ]
    _print(heading, table, *faults, *told)


def _show_diff(found: Diff, before: Version, after: Version, blobs: Blobs) -> None:
    from rich.text import Text

    title = _plain(after.board.title) or "(untitled)"
    heading = Text.assemble((title, "bold"), (f"  version {before.number} → {after.number}", "dim"))
    if not found:
        _print(heading, "Nothing changed.")
        return
    kinds = found.kinds()
    counted = {kind: sum(kind in happened for happened in kinds.values()) for kind in KIND_STYLES}
    tally = Text(", ").join(Text(f"{count} {kind}", KIND_STYLES[kind]) for kind, count in counted.items() if count)
    untouched = sum(scene.id not in kinds for scene in after.board.scenes)
    tally.append(f"{', ' if tally else ''}{untouched} untouched", "dim")
    _print(heading, tally)
    if found.board:
        _print(Text("\nThe board", "bold"), *(_indented(line) for line in _fields(found.board, blobs)))
    names = {character.id: character.name for character in (*before.board.characters, *after.board.characters)}
    for change in found.characters:
        name = Text(f"\n{_plain(names[change.character])}", "bold")
        _print(name, *(_indented(line) for line in _fields(change.fields, blobs)))
    moves = {move.scene: move for move in found.moved}
    changes = {change.scene: change.fields for change in found.changed}
    places = [(position, scene.id, after) for position, scene in enumerate(after.board.scenes, start=1)]
    gone = [(before.board.position(scene), scene, before) for scene in found.removed]
    for position, scene_id, version in sorted([*places, *gone], key=lambda place: place[0]):
        if scene_id not in kinds and scene_id not in changes:
            continue
        scene = version.board.scene(scene_id)
        place = "–" if version is before else position
        happened = {kind: Text(kind, KIND_STYLES[kind]) for kind in kinds.get(scene_id, ())}
        if scene_id in moves:
            happened["moved"].append(f" from {moves[scene_id].origin} to {moves[scene_id].target}")
        if version is before:
            happened["removed"].append(f", was {position}")
        named = (_plain(scene.title) or scene_id, "bold")
        _print(Text.assemble((f"\n{place:>3}  ", "bold"), named, "  ", Text(", ").join(happened.values())))
        if version is before or scene_id in found.added:
            words = _plain(scene.summary or scene.text or scene.prompt)
            _print(_indented(Text.assemble(words, "  ", _picture(version.images.get(scene_id), blobs)), 5))
        _print(*(_indented(shown, 5) for shown in _fields(changes.get(scene_id, {}), blobs)))


def _indented(text: Text, columns: int = 2) -> Any:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, columns), expand=False)


def _fields(fields: Mapping[str, tuple[Any, Any]], blobs: Blobs) -> Iterator[Text]:
    """A line a field: its name, and what became of it."""
    from rich.text import Text

    for name, (old, new) in fields.items():
        if isinstance(old, dict) and isinstance(new, dict):  # such as the drawing settings: only what differs
            yield from _fields({key: (old.get(key), new[key]) for key in new if old.get(key) != new[key]}, blobs)
            continue
        label = (f"{LABELS.get(name, name.replace('_', ' '))}: ", "dim")
        if name in PICTURES:
            yield Text.assemble(label, _picture(old, blobs), " → ", _picture(new, blobs))
        elif isinstance(old, str) and isinstance(new, str) and " " in old.strip() and " " in new.strip():
            yield Text.assemble(label, _reworded(old, new))
        else:
            yield Text.assemble(label, (_spelled(old), "red"), " → ", (_spelled(new), "green"))


def _spelled(value: Any) -> str:
    match value:
        case None | "" | [] | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case list() if all(isinstance(item, int) for item in value):
            return "×".join(map(str, value))
        case list():
            return ", ".join(_spelled(item) for item in value)
        case dict():
            return ", ".join(f"{key} {_spelled(item)}" for key, item in value.items() if item is not None)
    return _plain(value)


def _reworded(old: str, new: str) -> Text:
    """Both texts in one: words that went are red and struck out, words that came are green. Without colours, as when
    the output is a file, they stand in [-…-] and {+…+}."""
    from rich.text import Text

    plain = not console().is_terminal
    before, after = re.findall(r"\s+|[^\s\w]|\w+", _plain(old)), re.findall(r"\s+|[^\s\w]|\w+", _plain(new))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:  # another text altogether
        return Text.assemble((_plain(old), "red"), "\n→ ", (_plain(new), "green"))
    text = Text()
    for operation, i, j, k, m in matcher.get_opcodes():
        if operation == "equal":
            text.append(_shortened("".join(before[i:j])))
            continue
        for words, style, left, right in (
            (before[i:j], "red strike", "[-", "-]"),
            (after[k:m], "green", "{+", "+}"),
        ):
            if words:
                text.append(f"{left}{''.join(words)}{right}" if plain else "".join(words), style)
    return text


def _shortened(words: str, keep: int = 60) -> str:
    """A long unchanged stretch without its middle."""
    return words if len(words) <= 2 * keep + 10 else f"{words[:keep].rstrip()} … {words[-keep:].lstrip()}"
