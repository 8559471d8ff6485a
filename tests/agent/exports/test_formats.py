"""Every exported file, opened by a reader that is not ours: the panels are there, in order, with their text."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import bs4
import imageio.v3 as imageio
import imageio_ffmpeg
import numpy as np
import opentimelineio as otio
import pypdf
import pytest
from PIL import Image
from pptx import Presentation

from agent.errors import ExportError
from agent.exports.formats import FORMATS
from agent.exports.material import Material, Panel
from agent.exports.pages import PER_PAGE, Layout
from agent.exports.writing import export, file_name, write_material
from agent.staging.numbers import numbered
from agent.story.reading import read_story
from db.board import Board, Camera, Scene
from db.board_json import board_json
from tests.agent.exports.conftest import DRAWING, HOSTILE, Shelf, board, picture

Write = Callable[..., Path]


@pytest.fixture
def write(shelf: Shelf, tmp_path: Path) -> Write:
    def write(format: str, layout: Layout | None = None) -> Path:
        file = tmp_path / f"out{FORMATS[format]}"
        warnings = export(shelf.version, shelf.pictures, format, file, layout=layout)
        assert warnings[0] == "panel 3 is not drawn yet; a placeholder stands in for it"
        return file

    return write


@pytest.mark.parametrize(
    ("paper", "per_page", "pages"), [("a4", 1, 7), ("letter", 2, 4), ("a4", 3, 3), ("a4", 6, 2), ("letter", 9, 1)]
)
def test_pdf_has_the_panels_in_order_on_the_paper_asked_for(
    write: Write, paper: str, per_page: int, pages: int
) -> None:
    pdf = pypdf.PdfReader(write("pdf", Layout(paper, per_page, plans=False)))
    assert len(pdf.pages) == pages
    short_side, _ = sorted(float(side) for side in (pdf.pages[0].mediabox.width, pdf.pages[0].mediabox.height))
    assert short_side == pytest.approx({"a4": 595.28, "letter": 612}[paper], abs=1)
    assert sum(len(page.images) for page in pdf.pages) == 7
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert text.index("found a red scarf") < text.index("asked the owl")
    assert "<script>" in text
    for words in ("wide shot", "Owl: Where are you going?", "0.5 s", "slowly"):
        assert text.count(words) == 7, words


@pytest.mark.parametrize("per_page", PER_PAGE)
def test_under_a_long_text_dialogue_and_notes_keep_a_place_and_what_is_cut_short_is_said(
    shelf: Shelf, tmp_path: Path, per_page: int
) -> None:
    first, second, *_ = board().scenes
    long = replace(second, text="The fox ran on. " * 400, dialogue=("Owl: Wait!",), notes="slowly, " * 400)
    version = shelf.history.create(replace(board(), scenes=(first, long)))
    *_, warning = export(version, shelf.pictures, "pdf", tmp_path / "out.pdf", layout=Layout("a4", per_page))
    assert warning.startswith("panel 2: the words are cut short")
    pdf = pypdf.PdfReader(tmp_path / "out.pdf")
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert text.index("found a red scarf") < text.index("ran on.") < text.index("Wait!") < text.index("slowly, slowly")
    assert text.count("…") == 2
    assert json.loads(pdf.attachments["board.json"][0])["scenes"][1]["notes"] == long.notes


def test_pdf_carries_the_board_and_names_its_version(write: Write, shelf: Shelf) -> None:
    pdf = pypdf.PdfReader(write("pdf"))
    assert json.loads(pdf.attachments["board.json"][0]) == board_json(shelf.version)
    assert pdf.metadata is not None
    assert pdf.metadata.subject == f"Taleboard storyboard {shelf.version.storyboard}, version 1"


def test_contact_sheet_shows_every_panel_and_carries_the_board(write: Write, shelf: Shelf) -> None:
    with Image.open(write("png")) as sheet:
        assert json.loads(sheet.text["taleboard"]) == board_json(shelf.version)  # type: ignore[attr-defined]
        colours = {colour for _, colour in sheet.convert("RGB").getcolors(10**7) or []}
    for number in (1, 2, 4, 5, 6, 7):
        assert any(abs(red - 20 * number) + abs(green - 90) + abs(blue - 160) < 9 for red, green, blue in colours)


def test_slides_have_a_picture_its_words_and_how_it_was_drawn(write: Write, shelf: Shelf) -> None:
    deck = Presentation(str(write("pptx")))
    assert deck.core_properties.subject == f"Taleboard storyboard {shelf.version.storyboard}, version 1"
    slides = list(deck.slides)
    assert len(slides) == 8
    for number, slide in enumerate(slides[1:], start=1):
        words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert f"{number}: " in words
        assert sum(shape.shape_type == 13 for shape in slide.shapes) == 1
        notes = slide.notes_slide.notes_text_frame.text
        assert f"Prompt: a fox in a red scarf, forest, panel {number}" in notes
        assert f"Seed: {100 + number}" in notes


def test_a_story_stays_text_on_slides(shelf: Shelf, tmp_path: Path) -> None:
    """Markup, and what XML may not hold: as text in title, slide, notes and the picture's description."""
    hostile = f'</a:t></a:r>{HOSTILE} &amp; <a:hlinkClick r:id="rId1"/>\x00\x0b\ufffe'
    scene = replace(board(1).scenes[0], text=hostile, summary=hostile, notes=hostile, shot=hostile)
    version = replace(shelf.version, board=replace(board(1), title=hostile, scenes=(scene,)))
    export(version, shelf.pictures, "pptx", tmp_path / "out.pptx")
    deck = Presentation(str(tmp_path / "out.pptx"))
    shown = '</a:t></a:r><script>alert(\'fox\')</script> & "quotes" =1+1 [[note]] &amp; <a:hlinkClick r:id="rId1"/>'
    title, slide = deck.slides
    assert deck.core_properties.title.startswith(shown)
    assert title.shapes[0].text_frame.text.startswith(shown)
    boxes = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert [shown in text for text in boxes] == [True, True]
    assert slide.notes_slide.notes_text_frame.text.count(shown) == 2
    assert shown in slide.shapes[0]._element.nvPicPr.cNvPr.get("descr")
    with zipfile.ZipFile(tmp_path / "out.pptx") as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    assert not [part for part in parts if b"<script" in part or b"<a:hlinkClick" in part]


@pytest.mark.parametrize("format", ["pdf", "png", "pptx"])
def test_what_is_printed_larger_than_it_was_drawn_is_enlarged_by_a_good_filter(
    shelf: Shelf, tmp_path: Path, format: str
) -> None:
    """A step from dark to light: Lanczos overshoots beside it, which no poorer filter does."""
    step = Image.new("RGB", (128, 72), (64, 64, 64))
    step.paste((192, 192, 192), (64, 0, 128, 72))
    data = io.BytesIO()
    step.save(data, "PNG")
    scene = Scene("s1")
    version = replace(shelf.version, board=replace(board(1), scenes=(scene,)), images={})
    material = Material(version, (Panel(1, scene, (), data.getvalue()),), ())
    file = tmp_path / f"out{FORMATS[format]}"
    write_material(material, format, file, layout=Layout("a4", 1))
    picture = {
        "pdf": lambda: pypdf.PdfReader(file).pages[0].images[0].image,
        "png": lambda: Image.open(file).crop((60, 120, 780, 500)),  # within the first panel
        "pptx": lambda: Image.open(io.BytesIO(Presentation(str(file)).slides[1].shapes[0].image.blob)),
    }[format]()
    assert picture.width >= {"pdf": 1400, "png": 700, "pptx": 1900}[format]
    row = np.asarray(picture.convert("L"), dtype=int)[picture.height // 2]
    edge = int(np.abs(np.diff(row)).argmax())
    beside = row[max(0, edge - picture.width // 20) : edge + picture.width // 20]
    assert beside.max() > 198
    assert beside.min() < 58


def test_html_is_one_file_in_which_a_story_stays_text(write: Write, shelf: Shelf) -> None:
    page = bs4.BeautifulSoup(write("html").read_text(encoding="utf-8"), "html5lib")
    assert [tag["id"] for tag in page.find_all("li")] == [f"panel-{number:02d}" for number in range(1, 8)]
    (script,) = page.find_all("script")
    assert json.loads(script.string) == board_json(shelf.version)
    assert HOSTILE in page.find_all("li")[2].get_text()
    assert all(tag["src"].startswith("data:image/png;base64,") for tag in page.find_all("img"))
    assert not page.find_all(["iframe", "object", "link"])


@pytest.mark.slow
def test_animatic_lasts_as_long_as_its_panels(write: Write, shelf: Shelf) -> None:
    file = write("mp4")
    frames = imageio.imread(file)
    assert len(frames) == 7 * 12
    for number in (1, 4, 7):
        middle = frames[(number - 1) * 12 + 6]
        assert abs(int(middle[300, 600, 0]) - 20 * number) < 12
    reader = imageio_ffmpeg.read_frames(str(file))
    assert next(reader)["duration"] == pytest.approx(3.5, abs=0.1)
    reader.close()
    assert b"seed 104" in file.read_bytes()


@pytest.mark.slow
def test_the_animatics_camera_comes_closer_and_drifts_one_way_and_then_the_other(shelf: Shelf, tmp_path: Path) -> None:
    """Two stripes mark places in the picture, of which the first and last frame of each panel are looked at."""
    striped = Image.new("RGB", (256, 144), "black")
    for x in (64, 184):
        striped.paste("white", (x, 0, x + 8, 144))
    data = io.BytesIO()
    striped.save(data, "PNG")
    scenes = tuple(replace(scene, duration=1.0) for scene in board(3).scenes)
    scenes = (*scenes[:2], replace(scenes[2], camera=Camera("wide", move="slow push in")))
    panels = tuple(Panel(number, scene, (), data.getvalue()) for number, scene in enumerate(scenes, start=1))
    material = Material(replace(shelf.version, board=replace(board(3), scenes=scenes)), panels, ())
    write_material(material, "mp4", tmp_path / "out.mp4")
    frames = imageio.imread(tmp_path / "out.mp4")

    def stripes(frame: np.ndarray) -> tuple[float, float]:
        bright = np.flatnonzero(frame[300, :, 0] > 128)
        return float(bright[bright < 640].mean()), float(bright[bright > 640].mean())

    for first, drift in ((0, 1), (24, -1)):
        (left, right), (left_after, right_after) = stripes(frames[first]), stripes(frames[first + 23])
        assert (right_after - left_after) / (right - left) == pytest.approx(1.06, abs=0.01)
        assert 10 < drift * (left_after + right_after - left - right) / 2 < 40
    (left, right), (left_after, right_after) = stripes(frames[48]), stripes(frames[71])
    assert (right_after - left_after) / (right - left) == pytest.approx(1 / 0.7, abs=0.03), "a push in is one"
    assert (frames[0][720:] > 200).any(), "the caption's letters"
    assert np.abs(frames[0][720:].astype(int) - frames[23][720:]).mean() < 1, "the caption stays"
    assert np.abs(frames[0][720:].astype(int) - frames[24][720:]).mean() > 1, "and is each panel's own"


@pytest.mark.slow
def test_the_animatic_shows_a_longer_text_for_longer(shelf: Shelf, tmp_path: Path) -> None:
    short, long = "The fox slept.", "The fox ran through the wood and over the hill to the house by the sea, and sang."
    told = read_story(f"{short}\n\n{long}", scenes=2, drawing=DRAWING)
    assert [scene.text for scene in told.scenes] == [short, long]
    durations = [scene.duration for scene in told.scenes]
    assert durations[0] + 1.5 < durations[1]
    export(shelf.history.create(told), shelf.pictures, "mp4", tmp_path / "out.mp4")
    assert len(imageio.imread(tmp_path / "out.mp4")) == sum(round(24 * seconds) for seconds in durations)


def test_gif_shows_each_panel_for_its_duration(write: Write) -> None:
    with Image.open(write("gif")) as gif:
        assert gif.n_frames == 7  # type: ignore[attr-defined]
        assert gif.info["duration"] == 500
        assert b"seed 101" in gif.info["comment"]


def test_shot_list_is_a_table_without_formulas(shelf: Shelf, write: Write) -> None:
    rows = list(csv.DictReader(io.StringIO(write("csv").read_text(encoding="utf-8-sig"))))
    assert [row["image_file"] for row in rows] == [f"panel-{number:02d}.png" for number in range(1, 8)]
    assert rows[0]["characters"] == "Mira the fox"
    assert rows[2]["text"] == f"A sign said {HOSTILE}."


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_begins_like_a_formula_is_text(shelf: Shelf, tmp_path: Path, start: str) -> None:
    import dataclasses

    value = board(1)
    scene = dataclasses.replace(value.scenes[0], text=f"{start}1+1")
    version = shelf.history.create(dataclasses.replace(value, scenes=(scene,)))
    export(version, shelf.pictures, "csv", tmp_path / "shots.csv")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "shots.csv").read_text(encoding="utf-8-sig")))
    assert row["text"] == f"'{start}1+1"


def test_zip_holds_the_board_and_the_pictures_byte_for_byte(write: Write, shelf: Shelf) -> None:
    with zipfile.ZipFile(write("zip")) as archive:
        assert json.loads(archive.read("board.json")) == board_json(shelf.version)
        assert archive.read("panel-02.png") == picture(2)
        assert "panel-03.png" not in archive.namelist()


def test_zip_holds_every_panel_as_vectors_in_which_words_are_words(shelf: Shelf, tmp_path: Path) -> None:
    board = shelf.version.board
    bad = replace(board.scenes[0], setting='<script>x</script> & "a"', characters=(), props=("zorb<b>",), staging=None)
    version = shelf.history.create(replace(board, scenes=(bad, *board.scenes[1:])))
    for name in ("one.zip", "two.zip"):
        export(version, shelf.pictures, "zip", tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive, zipfile.ZipFile(tmp_path / "two.zip") as again:
        names = [name for name in archive.namelist() if name.endswith(".svg")]
        assert len(names) == len(board.scenes)
        assert all(archive.read(name) == again.read(name) for name in names)
        parsed = [ElementTree.fromstring(archive.read(name)) for name in names]
    shapes = {"svg", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "g", "use", "rect", "path"}
    shapes |= {"circle", "ellipse", "text"}
    assert {element.tag.rpartition("}")[2] for svg in parsed for element in svg.iter()} <= shapes
    written = [element.text for element in parsed[0].iter() if element.tag.endswith("text")]
    assert '<script>x</script> & "a"' in written


def test_fountain_reads_back_as_a_screenplay(write: Write) -> None:
    from agent.story.readers import load_story

    file = write("fountain")
    text = file.read_text(encoding="utf-8")
    assert text.startswith("Title: The fox / and ../ the scarf\n")
    assert text.count(".FOREST - NIGHT #") == 7
    assert text.index("#1#") < text.index("#7#")
    assert "@Owl\nWhere are you going?" in text
    assert "found a red scarf" in load_story(file.read_bytes(), file.name).text


def test_a_script_exported_as_fountain_is_read_back_with_its_headings_and_speakers(
    shelf: Shelf, tmp_path: Path
) -> None:
    import dataclasses

    from agent.story.readers import load_story

    texts = (
        "INT. BAKERY - NIGHT\n\nA sign says closed_for_winter.\n\nVERA\n(tired)\nWe are closed.",
        "EXT. SALT ROAD - DAWN\n\nPAVEL\nIt will rain.",
    )
    value = board(2)
    scenes = tuple(dataclasses.replace(scene, text=text) for scene, text in zip(value.scenes, texts, strict=True))
    version = shelf.history.create(dataclasses.replace(value, scenes=scenes))
    file = tmp_path / "salt.fountain"
    export(version, shelf.pictures, "fountain", file)
    assert load_story(file.read_bytes(), file.name).text == "\n\n".join(texts)


def test_timeline_has_a_clip_a_panel(write: Write) -> None:
    timeline = otio.adapters.read_from_file(str(write("otio")))
    clips = list(timeline.find_clips())
    assert [clip.metadata["taleboard"]["scene"] for clip in clips] == [f"s{number}" for number in range(1, 8)]
    assert timeline.duration().to_seconds() == pytest.approx(3.5)


def test_a_timeline_comes_with_its_pictures(write: Write, shelf: Shelf, tmp_path: Path) -> None:
    with zipfile.ZipFile(write("otio")) as bundle:
        names = bundle.namelist()
        bundle.extractall(tmp_path / "bundle")
    timeline = otio.adapters.read_from_file(str(tmp_path / "bundle" / "content.otio"))
    media = [clip.media_reference.target_url for clip in timeline.find_clips()]
    assert len(media) == 7
    assert set(media) <= set(names)
    assert (tmp_path / "bundle" / media[0]).read_bytes() == picture(1)

    export(shelf.version, shelf.pictures, "otio", tmp_path / "alone.otio")
    alone = otio.adapters.read_from_file(str(tmp_path / "alone.otio"))
    for clip in alone.find_clips():
        Image.open(tmp_path / clip.media_reference.target_url).verify()

    with zipfile.ZipFile(write("zip")) as everything:
        everything.extractall(tmp_path / "zip")
    inside = otio.adapters.read_from_file(str(tmp_path / "zip" / "timeline.otio"))
    drawn = [clip.media_reference for clip in inside.find_clips()]
    assert isinstance(drawn[2], otio.schema.MissingReference), "the third panel is not drawn"
    for reference in (*drawn[:2], *drawn[3:]):
        assert (tmp_path / "zip" / reference.target_url).is_file()


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "mp4"])
def test_no_length_of_a_text_stops_a_format(shelf: Shelf, tmp_path: Path, format: str) -> None:
    long = "A fox and the long way home through the winter woods " * 40
    scene = replace(board(1).scenes[0], title=long, text=long, summary=long, prompt=long, shot=long, duration=2000.0)
    other = replace(scene, id="s2", title="a" * 3000, summary="b" * 3000)
    version = shelf.history.create(replace(board(1), title=long, style="s" * 900, scenes=(scene, other)))
    export(version, shelf.pictures, format, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 0


def test_slides_of_a_story_with_a_long_title_are_named_by_its_beginning(shelf: Shelf, tmp_path: Path) -> None:
    version = shelf.history.create(replace(board(1), title="The horses in the fog " * 30))
    export(version, shelf.pictures, "pptx", tmp_path / "out.pptx")
    title = Presentation(str(tmp_path / "out.pptx")).core_properties.title
    assert title.startswith("The horses in the fog The horses")
    assert 200 < len(title) <= 255


def test_the_animatic_carries_the_words_of_every_panel_of_a_long_board(shelf: Shelf, tmp_path: Path) -> None:
    """Together they are longer than one argument of a command may be (128 KiB on Linux)."""
    first = board(1).scenes[0]
    prompts = [f"panel {number}; a=fox #{number}, {'in the snow ' * 1000}end {number}" for number in range(12)]
    scenes = tuple(replace(first, id=f"p{n}", prompt=prompt, duration=0.05) for n, prompt in enumerate(prompts))
    version = shelf.history.create(replace(board(1), scenes=scenes))
    export(version, shelf.pictures, "mp4", tmp_path / "out.mp4")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", str(tmp_path / "out.mp4")]
    told = subprocess.run([*command, "-f", "ffmetadata", "-"], capture_output=True, text=True, check=True).stdout
    plain = re.sub(r"\\(.)", r"\1", told)
    assert all(prompt in plain for prompt in prompts)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "may be written"),
        (errno.ENAMETOOLONG, "shorter name"),
        (errno.ENOENT, "make the folder"),
        (errno.EIO, r"\(Input/output error\)$"),
    ],
)
def test_what_stopped_an_export_is_told_truly(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(ExportError, match=says) as caught:
        export(shelf.version, shelf.pictures, "json", tmp_path / "board.json")
    assert ("make room" in str(caught.value)) == (number == errno.ENOSPC)


def test_vistory_has_the_five_fields_of_every_shot(write: Write) -> None:
    value = json.loads(write("vistory").read_text(encoding="utf-8"))
    assert [shot["index"] for shot in value["Shots"]] == list(range(1, 8))
    for field in (
        *("Setting Description", "Plot Correspondence", "Characters Appearing"),
        *("Static Shot Description", "Shot Perspective Design"),
    ):
        assert "en" in value["Shots"][0][field]
    assert value["Characters"]["Mira the fox"]["num_of_appearances"] == 7


@pytest.mark.parametrize("title", ["../../etc/passwd", "C:\\fox\\..", "a/b\0c", "  ", "..", "=cmd|'/c'!A1", "x" * 500])
def test_a_title_never_becomes_a_path(title: str) -> None:
    name = file_name(title, "pdf")
    assert Path(name).name == name
    assert name.endswith(".pdf")
    assert not name.startswith((".", "-", "="))
    assert len(name) < 80


def test_a_folder_that_cannot_be_written_is_one_line_and_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written") as caught:
        export(shelf.version, shelf.pictures, "json", tmp_path / "missing" / "board.json")
    assert "\n" not in str(caught.value)


def test_a_failed_export_leaves_the_file_that_was_there(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "board.pdf"
    file.write_bytes(b"the one from yesterday")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(ExportError, match="No space left on device"):
        export(shelf.version, shelf.pictures, "pdf", file)
    assert file.read_bytes() == b"the one from yesterday"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".export")] == []


def test_a_picture_missing_from_the_store_is_named_and_the_rest_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    sha256 = shelf.version.images["s5"]
    assert sha256 is not None
    shelf.pictures.blobs.delete(sha256)
    warnings = export(shelf.version, shelf.pictures, "pdf", tmp_path / "board.pdf", layout=Layout(plans=False))
    assert [line[:8] for line in warnings if line.startswith("panel")] == ["panel 3 ", "panel 5:"]
    assert len(pypdf.PdfReader(tmp_path / "board.pdf").pages) == 2


@pytest.mark.parametrize(
    "format", [pytest.param(name, marks=pytest.mark.slow) if name == "mp4" else name for name in FORMATS]
)
def test_every_format_tells_how_many_panels_are_done(shelf: Shelf, tmp_path: Path, format: str) -> None:
    told: list[tuple[int, int]] = []
    export(shelf.version, shelf.pictures, format, tmp_path / "out", progress=lambda *panels: told.append(panels))
    assert told == ([] if format in ("csv", "json") else [(done, 7) for done in range(1, 8)])


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_in_a_story_stop_no_format(shelf: Shelf, tmp_path: Path, format: str) -> None:
    bad = "a\x00b\x0bc\x1b[31md\ufffee"
    scene = replace(board(1).scenes[0], text=bad, summary=bad, notes=bad, prompt=bad, shot=bad, dialogue=(bad,))
    version = shelf.history.create(replace(board(1), title=bad, style=bad, scenes=(scene,)))
    export(version, shelf.pictures, format, tmp_path / "out")
    assert (tmp_path / "out").stat().st_size > 0


def test_the_plans_of_sequences_follow_the_panels(write: Write) -> None:
    panels = len(pypdf.PdfReader(write("pdf", Layout(plans=False))).pages)
    pages = pypdf.PdfReader(write("pdf", Layout())).pages
    assert len(pages) > panels
    assert "Plan 1" in pages[panels].extract_text()
    assert pages[panels].images


def test_drafts_can_be_exported_instead_of_paintings(shelf: Shelf, tmp_path: Path) -> None:
    export(shelf.version, shelf.pictures, "zip", tmp_path / "drafts.zip", drafts=True)
    with zipfile.ZipFile(tmp_path / "drafts.zip") as archive:
        data = archive.read("panel-01.png")
    assert Image.open(io.BytesIO(data)).width == 1280


def test_numbers_and_sequences_are_in_the_shot_list_the_screenplay_and_the_timeline(
    shelf: Shelf, tmp_path: Path
) -> None:
    scenes = (
        Scene("a", text="The fox waits.", setting="forest", time="night"),
        Scene("b", text="An owl comes.", setting="forest", time="night"),
        Scene("c", text="They dance.", setting="beach", time="day"),
    )
    version = shelf.history.create(numbered(Board("A tale", drawing=DRAWING, scenes=scenes), None))
    for format in ("csv", "fountain", "otio"):
        export(version, shelf.pictures, format, tmp_path / f"out.{format}")
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["number"], row["sequence"]) for row in rows] == [
        ("1A", "1 EXT. FOREST - NIGHT"), ("1B", "1 EXT. FOREST - NIGHT"), ("2A", "2 EXT. BEACH - DAY")
    ]  # fmt: skip
    assert re.findall(r"#(\w+)#", (tmp_path / "out.fountain").read_text()) == ["1A", "1B", "2A"]
    timeline = otio.adapters.read_from_file(str(tmp_path / "out.otio"))
    assert [clip.name.split()[0] for clip in timeline.find_clips()] == ["1A", "1B", "2A"]
    assert [(one.name, one.marked_range.duration.to_seconds()) for one in timeline.tracks[0].markers] == [
        ("1 EXT. FOREST - NIGHT", 8.0), ("2 EXT. BEACH - DAY", 4.0)
    ]  # fmt: skip
