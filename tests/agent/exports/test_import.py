"""What was exported as JSON or ZIP comes back as the same board; a ViStoryBench story becomes a new one."""

from __future__ import annotations

import json
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from agent.errors import StoryError
from agent.exports.reading import import_board, read_export
from agent.exports.writing import export
from db.board import PictureEdit, canonical_json
from db.errors import InvalidBoardError
from tests.agent.exports.conftest import DRAWING, Shelf, picture


@pytest.mark.parametrize("format", ["json", "zip"])
def test_the_same_board_byte_for_byte(shelf: Shelf, tmp_path: Path, format: str) -> None:
    export(shelf.version, shelf.pictures, format, tmp_path / "board")
    again, _ = import_board(tmp_path / "board", DRAWING, shelf.history, shelf.pictures, [DRAWING.model])
    assert canonical_json(again.board.to_json()) == canonical_json(shelf.version.board.to_json())
    assert again.storyboard != shelf.version.storyboard


def test_a_zip_brings_its_pictures_to_another_machine(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    (tmp_path / "elsewhere").mkdir()
    elsewhere = Shelf(tmp_path / "elsewhere")
    elsewhere.history.delete(elsewhere.version.storyboard)
    again, _ = import_board(tmp_path / "board.zip", DRAWING, elsewhere.history, elsewhere.pictures, [DRAWING.model])
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
    again, _ = import_board(tmp_path / "board.zip", DRAWING, elsewhere.history, elsewhere.pictures, [DRAWING.model])
    assert again.board == board
    assert [elsewhere.pictures.read(name) for name in (source, mask)] == [picture(3), picture(8)]


def test_a_vistory_story_becomes_a_board(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf.version, shelf.pictures, "vistory", tmp_path / "story.json")
    again, _ = import_board(tmp_path / "story.json", DRAWING, shelf.history, shelf.pictures, [DRAWING.model])
    assert [scene.text for scene in again.board.scenes] == [scene.text for scene in shelf.version.board.scenes]
    assert again.board.characters[0].description == "a fox in a red scarf"
    assert all(scene.prompt for scene in again.board.scenes)


def test_a_board_drawn_with_a_model_that_is_not_listed_keeps_its_pictures_and_goes_on_with_one_that_is(
    shelf: Shelf, tmp_path: Path
) -> None:
    foreign = replace(DRAWING, model="~/somewhere")
    board = replace(shelf.version.board, drawing=foreign)
    export(shelf.history.create(board, requests=shelf.version.requests), shelf.pictures, "zip", tmp_path / "board.zip")
    again, notes = import_board(tmp_path / "board.zip", DRAWING, shelf.history, shelf.pictures, [DRAWING.model])
    assert again.board == replace(board, drawing=DRAWING)
    assert again.images == shelf.version.images
    assert "~/somewhere" in notes[0]
    assert "`taleboard models add`" in notes[0]
    listed, notes = import_board(tmp_path / "board.zip", DRAWING, shelf.history, shelf.pictures, ["~/somewhere"])
    assert (listed.board, notes) == (board, [])


@pytest.mark.parametrize("content", [b"", b"not json", b"[1, 2]", b'{"scenes": 3}', b'{"Shots": []}', b"\x00\xff" * 50])
def test_what_is_no_storyboard_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.json"
    file.write_bytes(content)
    with pytest.raises((StoryError, InvalidBoardError)) as caught:
        read_export(file, DRAWING)
    assert "\n" not in str(caught.value)


def test_a_story_in_another_language_is_read_where_its_english_is_empty(tmp_path: Path) -> None:
    shot = {
        "Plot Correspondence": {"en": "", "ch": "老温在河边钓鱼。"},
        "Static Shot Description": {"en": "   ", "ch": "老人坐在河边"},
        "Characters Appearing": {"en": [], "ch": ["老温"]},
    }
    people = {"老温": {"name_en": "", "name_ch": "老温", "prompt_en": "", "prompt_ch": "老人"}}
    story = {"Title": {"en": "", "ch": "河"}, "Characters": people, "Shots": [shot]}
    (tmp_path / "story.json").write_text(json.dumps(story), encoding="utf-8")
    board = read_export(tmp_path / "story.json", DRAWING).board
    (scene,) = board.scenes
    assert (board.title, scene.text, scene.action) == ("河", "老温在河边钓鱼。", "老人坐在河边")
    assert [board.character(name).description for name in scene.characters] == ["老人"]


@pytest.mark.parametrize("shots", [[3], [{"Plot Correspondence": 5}], [{"Characters Appearing": {"en": "Wen"}}]])
def test_a_story_of_other_types_is_refused(tmp_path: Path, shots: list[object]) -> None:
    (tmp_path / "story.json").write_text(json.dumps({"Shots": shots}))
    with pytest.raises(StoryError, match="Shots 1"):
        read_export(tmp_path / "story.json", DRAWING)


def test_what_a_board_does_not_say_of_its_drawing_is_this_machines_own(tmp_path: Path) -> None:
    (tmp_path / "board.json").write_text(json.dumps({"scenes": [{"id": "s1"}], "drawing": {"steps": 7}}))
    assert read_export(tmp_path / "board.json", DRAWING).board.drawing == replace(DRAWING, steps=7)


def test_json_that_is_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    (tmp_path / "board.json").write_text("[" * 200_000)
    with pytest.raises(StoryError, match="nested too deeply"):
        read_export(tmp_path / "board.json", DRAWING)


def test_a_zip_that_was_cut_off_is_told_as_one(tmp_path: Path, shelf: Shelf) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    data = (tmp_path / "board.zip").read_bytes()
    for size in (100, len(data) // 2, len(data) - 10):
        (tmp_path / "cut.zip").write_bytes(data[:size])
        with pytest.raises(StoryError, match=r"not a whole ZIP file"):
            read_export(tmp_path / "cut.zip", DRAWING)


def test_a_zip_with_a_password_is_told_as_one(tmp_path: Path, shelf: Shelf) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    data = bytearray((tmp_path / "board.zip").read_bytes())
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:  # each entry of the directory is marked as encrypted
        struct.pack_into("<H", data, place + 8, struct.unpack_from("<H", data, place + 8)[0] | 1)
    (tmp_path / "locked.zip").write_bytes(data)
    with pytest.raises(StoryError, match="locked with a password"):
        read_export(tmp_path / "locked.zip", DRAWING)


@pytest.mark.parametrize(
    "requests",
    [["s1"], {"s1": 5}, {"s1": "not a digest"}, {"s1": {"deep": []}}],
    ids=["list", "int", "words", "object"],
)
def test_request_digests_of_other_types_are_refused(tmp_path: Path, shelf: Shelf, requests: object) -> None:
    with zipfile.ZipFile(tmp_path / "board.zip", "w") as archive:
        archive.writestr("board.json", json.dumps({"scenes": [{"id": "s1"}]}))
        archive.writestr("requests.json", json.dumps(requests))
    with pytest.raises(StoryError, match=r"requests\.json is not of a storyboard"):
        read_export(tmp_path / "board.zip", DRAWING)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("board.json", b" " * (70 * 2**20))
    with pytest.raises(StoryError, match="unpacks to more than"):
        read_export(tmp_path / "bomb.zip", DRAWING)


def test_a_picture_that_is_no_picture_is_named(tmp_path: Path, shelf: Shelf) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "board.zip")
    with zipfile.ZipFile(tmp_path / "board.zip") as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["panel-01.png"] = b"<html>"
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    with pytest.raises(StoryError, match=r"panel-01\.png is not a whole PNG"):
        read_export(tmp_path / "bad.zip", DRAWING)


def test_paths_in_a_zip_are_never_followed(tmp_path: Path, shelf: Shelf) -> None:
    value = json.loads(canonical_json({"title": "x", "scenes": [{"id": "s1", "image_file": "../../x", "image": "a"}]}))
    with zipfile.ZipFile(tmp_path / "board.zip", "w") as archive:
        archive.writestr("board.json", json.dumps(value))
        archive.writestr("../../x", b"data")
    assert read_export(tmp_path / "board.zip", DRAWING).pictures == {}
