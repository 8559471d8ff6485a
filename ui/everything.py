"""Everything that one person has, in one ZIP: every storyboard to import again, every version of it and its pictures,
and every conversation."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from agent.errors import AgentError
from agent.exports.writing import export, file_name
from agent.services import Services
from db.board_json import board_json, version_json
from db.errors import DatabaseError
from db.files import whole_file
from db.library import Entry, Library

__all__ = ["write_everything"]

Progress = Callable[[int, int], None]

ABOUT = """\
storyboards/*.zip     the storyboards as they are now: `taleboard import FILE` makes each anew
versions/*.json       every version of each storyboard, as board.json, with the words that made it
pictures/*.png        the pictures that versions show, by the SHA-256 under which they are named there
conversations/*.json  every message of each conversation
"""


def write_everything(services: Services, owner: str, file: Path, progress: Progress = lambda done, total: None) -> int:
    """Writes the ZIP to `file`, which is whole or is not there; returns how many storyboards it holds. `progress` is
    told how many of all entries are done. Raises OSError, DatabaseError."""
    library = Library(services.database, owner)
    entries = [
        entry
        for archived in (False, True)
        for entry in library.page(archived=archived, limit=library.count(archived=archived))
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", ABOUT)
        kept: set[str] = set()
        with tempfile.TemporaryDirectory() as folder:
            for done, entry in enumerate(entries):
                progress(done, len(entries))
                if entry.storyboard is not None:
                    _put_storyboard(services, owner, entry, archive, Path(folder), kept)
        for conversation in sorted({entry.conversation for entry in entries if entry.conversation}):
            _put_conversation(services, owner, conversation, archive)
    progress(len(entries), len(entries))
    return sum(entry.storyboard is not None for entry in entries)


def _put_storyboard(
    services: Services, owner: str, entry: Entry, archive: zipfile.ZipFile, folder: Path, kept: set[str]
) -> None:
    history, pictures = services.history(owner), services.pictures(owner)
    assert entry.storyboard is not None
    name = f"{file_name(entry.title, 'json').removesuffix('.json')}-{entry.storyboard}"
    numbers = range(1, history.storyboard(entry.storyboard).versions + 1)
    versions = [history.version(entry.storyboard, number) for number in numbers]
    told = [{**version_json(version), "board": board_json(version)} for version in versions]
    archive.writestr(f"versions/{name}.json", json.dumps(told, ensure_ascii=False, indent=1))
    for sha256 in sorted({image for version in versions for image in version.images.values() if image} - kept):
        try:
            archive.writestr(f"pictures/{sha256}.png", pictures.read(sha256), zipfile.ZIP_STORED)
        except DatabaseError:
            continue  # a damaged picture is no reason to keep the rest back; `taleboard db check` names it
        kept.add(sha256)
    try:
        export(history.head(entry.storyboard), pictures, "zip", folder / "board.zip")
    except AgentError:
        return  # without panels there is nothing to import
    archive.write(folder / "board.zip", f"storyboards/{name}.zip", zipfile.ZIP_STORED)


def _put_conversation(services: Services, owner: str, conversation: str, archive: zipfile.ZipFile) -> None:
    conversations = services.conversations(owner)
    told = {
        "conversation": asdict(conversations.get(conversation)),
        "messages": [asdict(message) for message in conversations.tree(conversation)],
    }
    archive.writestr(f"conversations/{conversation}.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
