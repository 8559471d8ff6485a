"""`taleboard chat`: the same conversation as in the app, a turn per line of standard input."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ui.commands.common import note, opened_services

if TYPE_CHECKING:
    from agent.events import Event
    from agent.session import ChatSession

__all__ = ["chat"]


@click.command()
@click.option("--conversation", metavar="ID", help="Go on with this conversation (an id, its beginning, or latest).")
@click.option("--no-draw", is_flag=True, help="Leave pictures pending.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a turn.")
def chat(conversation: str | None, no_draw: bool, as_json: bool) -> None:
    """Talk about a story, a turn per line of standard input.

    Paste a story on one line, or name a file with @: "@tale.txt in watercolour". A picture is what a panel is to be
    drawn from: "draw scene 2 like @sketch.png". The conversation is saved; its id is told at the end. Ctrl-C stops a
    turn, Ctrl-D leaves.
    """
    from agent.session import ChatSession

    logging.getLogger("agent").addHandler(logging.NullHandler())  # what fails is said in the reply
    with opened_services() as services:
        found = services.conversations().find(conversation) if conversation else None
        session = ChatSession(services, found, draw=not no_draw)
        for line in _lines():
            text, files = _attachments(line)
            _turn(session, text, files, as_json)
        if session.conversation and not as_json:
            note(f"conversation {session.conversation}: taleboard chat --conversation {session.conversation}")


def _lines() -> Iterator[str]:
    """The turns: lines of standard input that say something, with a prompt on a terminal."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    while True:
        if sys.stdin.isatty():
            click.echo("> ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            return
        if line.strip():
            yield line.rstrip("\r\n")


def _attachments(line: str) -> tuple[str, dict[str, bytes]]:
    """A line's words, and the files that it names as @path. A word that names no file stays a word, and the name of a
    picture does, which is spoken of in the middle of a sentence."""
    from pathlib import Path

    from agent.drawing.uploads import is_picture

    words, files = [], {}
    for word in line.split(" "):
        path = Path(word[1:]).expanduser() if word.startswith("@") and len(word) > 1 else None
        if path is not None and path.is_file():
            files[path.name] = path.read_bytes()
            words += [path.name] if is_picture(path.name, files[path.name]) else []
        else:
            words.append(word)
    return (" ".join(words), files) if files else (line, files)


def _turn(session: ChatSession, text: str, files: dict[str, bytes], as_json: bool) -> None:
    import json
    from uuid import uuid4

    from agent.events import TurnFinished
    from agent.following import with_pictures

    try:
        for event in with_pictures(session.services, session.turn(text, files, send_id=uuid4().hex)):
            if isinstance(event, TurnFinished):
                if as_json:
                    click.echo(json.dumps(event.receipt, ensure_ascii=False))
                else:
                    click.echo("")
            elif not as_json:
                _tell(event)
            sys.stdout.flush()
    except KeyboardInterrupt:
        session.stop()
        note("\nstopped")


def _tell(event: Event) -> Any:
    from agent.events import Failure, Instead, PanelFailed, PanelReady, Words

    match event:
        case Words(text):
            click.echo(text, nl=False)
        case Instead(text):
            click.echo(f"\n{text}", nl=False)
        case Failure(message):
            note(message)
        case PanelReady(position=position):
            note(f"panel {position} drawn")
        case PanelFailed(position=position, reason=reason):
            note(f"panel {position} failed: {reason}")
        case _:
            return
