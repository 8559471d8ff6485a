"""What was exported as JSON or ZIP comes back as the same board; a ViStoryBench story becomes a new one."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import StoryError
from agent.exports.reading import import_board, read_export
from agent.exports.writing import export
from db.board import Drawing, PictureEdit, canonical_json
from db.errors import InvalidBoardError
from tests.agent.exports.conftest import Shelf, picture


@pytest.mark.parametrize("format", ["json", "zip"])
def test_the_same_board_byte_for_byte(shelf: Shelf, tmp_path: Path, format: str) -> None:
    export(shelf.version, shelf.pictures, format, tmp_path / "board")
    again = import_board(tmp_path / "board", Drawing(), shelf.history, shelf.pictures)
    assert canonical_json(again.board.to_json()) == canonical_json(shelf.version.board.to_json())
    assert again.storyboard != shelf.version.storyboard


def test_a_zip_brings_its_pictures_to_another_machine(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    (tmp_path / "elsewhere").mkdir()
    elsewhere = Shelf(tmp_path / "elsewhere")
    elsewhere.history.delete(elsewhere.version.storyboard)
    again = import_board(tmp_path / "board.zip", Drawing(), elsewhere.history, elsewhere.pictures)
    images = elsewhere.history.version(again.storyboard).images
    assert images == shelf.version.images
    assert images["s3"] is None


def test_a_zip_brings_what_a_panel_was_drawn_from(shelf: Shelf, tmp_path: Path) -> None:
    source, mask = shelf.pictures.add(picture(3)), shelf.pictures.add(picture(8))
    first, *others = shelf.version.board.scenes
    board = replace(shelf.version.board, scenes=(replace(first, edit=PictureEdit(source, 0.6, "a hat", mask)), *others))
    version = shelf.history.create(board, requests=shelf.version.requests)
    export(version, shelf.pictures, "zip", tmp_path / "board.zip")
    (tmp_path / "elsewhere").mkdir()
    elsewhere = Shelf(tmp_path / "elsewhere")
    again = import_board(tmp_path / "board.zip", Drawing(), elsewhere.history, elsewhere.pictures)
    assert again.board == board
    assert [elsewhere.pictures.read(name) for name in (source, mask)] == [picture(3), picture(8)]


def test_a_vistory_story_becomes_a_board(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf.version, shelf.pictures, "vistory", tmp_path / "story.json")
    again = import_board(tmp_path / "story.json", Drawing(), shelf.history, shelf.pictures)
    assert [scene.text for scene in again.board.scenes] == [scene.text for scene in shelf.version.board.scenes]
    assert again.board.characters[0].description == "a fox in a red scarf"
    assert all(scene.prompt for scene in again.board.scenes)


@pytest.mark.parametrize("content", [b"", b"not json", b"[1, 2]", b'{"scenes": 3}', b'{"Shots": []}', b"\x00\xff" * 50])
def test_what_is_no_storyboard_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(content)
    with pytest.raises((StoryError, InvalidBoardError)) as caught:
        read_export(file, Drawing())
    assert "\n" not in str(caught.value)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("board.json", b" " * (70 * 2**20))
    with pytest.raises(StoryError, match="unpacks to more than"):
        read_export(tmp_path / "bomb.zip", Drawing())


def test_a_picture_that_is_no_picture_is_named(tmp_path: Path, shelf: Shelf) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    with zipfile.ZipFile(tmp_path / "board.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["panel-01.png"] = b"<html>"
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with pytest.raises(StoryError, match=r"panel-01\.png is not a whole PNG"):
        read_export(tmp_path / "bad.zip", Drawing())


def test_paths_in_a_zip_are_never_followed(tmp_path: Path, shelf: Shelf) -> None:
    value = json.loads(canonical_json({"title": "x", "scenes": [{"id": "s1", "image_file": "../../x", "image": "a"}]}))
    with zipfile.ZipFile(tmp_path / "board.zip", "w") as archive:
        archive.writestr("board.json", json.dumps(value))
        archive.writestr("../../x", b"data")
    assert read_export(tmp_path / "board.zip", Drawing()).pictures == {}
