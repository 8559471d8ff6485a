"""Story files of every kind become text, and what is no story is refused in one line."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from agent.errors import StoryError
from agent.story import load_story, parse_story, read_story
from agent.story.readers import MAX_BYTES, MAX_CHARACTERS

STORIES = Path(__file__).parent / "stories"


def squeezed(text: str) -> str:
    return "".join(text.split())


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_markdown_headings_are_chapters_and_mark_up_is_gone() -> None:
    story = load_story((STORIES / "chapters.md").read_bytes(), "chapters.md")
    assert story.title == "The Clockmaker's Dragon"
    assert [heading for _, heading in story.chapters] == ["Chapter One: The Egg", "Chapter Two: The Tower"]
    assert all(story.text[offset:].startswith(heading) for offset, heading in story.chapters)
    assert len(story.breaks) == 1
    assert story.text[story.breaks[0] :].startswith('"You are no bigger')
    assert not set("#*>") & set(story.text)


def test_fountain_scene_headings_dialogue_and_title_page() -> None:
    story = load_story((STORIES / "kitchen.fountain").read_bytes(), "kitchen.fountain")
    assert (story.format, story.title) == ("fountain", "The Last Pancake")
    board = read_story(story)
    slugs = [scene for scene in board.scenes if scene.text.startswith(("INT.", "EXT."))]
    assert [(scene.setting, scene.time) for scene in slugs] == [
        ("kitchen", "morning"),
        ("garden", "day"),
        ("kitchen", "night"),
    ]
    lines = [line for scene in board.scenes for line in scene.dialogue]
    assert lines == [
        "Tim: Is it mine?",
        "Lena: It is everyone's. Sit down.",
        "Lena: There!",
        "Tim: Tomorrow we make two.",
    ]
    assert "FADE" not in story.text
    assert "CUT TO" not in story.text


def test_docx_titles_headings_and_paragraphs() -> None:
    data = word_file(
        ("Title", "The Kite"),
        ("Heading 1", "Morning"),
        ("Normal", "Lia flew a kite on the beach."),
        ("Normal", "It was red."),
    )
    story = load_story(data, "kite.docx")
    assert (story.title, story.format) == ("The Kite", "docx")
    assert story.text == "The Kite\n\nMorning\n\nLia flew a kite on the beach.\n\nIt was red."
    assert [heading for _, heading in story.chapters] == ["Morning"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Käthe lief über die Brücke. Dann schlief sie."),
        ("utf-8-sig", "Käthe lief über die Brücke. Dann schlief sie."),
        ("utf-16", "Käthe lief über die Brücke. Dann schlief sie."),
        ("utf-16-le", "Kathe ran over the bridge. Then she slept for a long time."),
        ("cp1252", "Käthe lief über die Brücke. Dann schlief sie — „endlich“."),
        ("shift_jis", "昔、山の村にミラという少女がいました。ミラは森で狐を見つけました。"),
        ("gb18030", "从前，森林里住着一只小狐狸。它的名字叫阿红。阿红最喜欢看月亮。"),
    ],
)
def test_encodings(encoding: str, text: str) -> None:
    assert squeezed(load_story(text.encode(encoding), "story.txt").text) == squeezed(text)


def test_a_few_wide_lines_that_end_in_mid_sentence_are_one_paragraph_and_verses_are_not() -> None:
    line = "The old fox walked along the river until the evening came, and the wind that had blown all day lay down and"
    assert "\n" not in parse_story(f"{line}\nslept. Then he crossed it.\n\n{line}\nslept.").text.split("\n\n")[0]
    verse = "The fox went out on a winter's night,\nHe prayed for the moon to give him light,\nFor many a mile to go."
    assert len(parse_story(verse).text.split("\n")) > 2


def test_wrapped_lines_are_one_paragraph_and_single_lines_are_each_one() -> None:
    wrapped = "\n".join(["The old fox walked along the river until the evening came and the"] * 5)
    assert "\n" not in parse_story(f"{wrapped}\n\n{wrapped}").text.split("\n\n")[0]
    assert parse_story("Mira ran.\nThe fox slept.").text == "Mira ran.\n\nThe fox slept."


@pytest.mark.parametrize("text", ["", "   \n", "🙂🙂 🎉", "...!?", "# \n\n***"])
def test_no_words_is_refused(text: str) -> None:
    with pytest.raises(StoryError, match=r"no words|empty"):
        load_story(text.encode(), "story.txt")


def test_right_to_left_text_is_read() -> None:
    text = "הילד הלך ליער. שם הוא ראה שועל."
    board = read_story(text, scenes=2)
    assert squeezed("".join(scene.text for scene in board.scenes)) == squeezed(text)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "story.txt", "a picture"),
        (b"%PDF-1.7 ...", "story.pdf", "PDF is damaged"),
        (bytes(range(256)) * 20, "story.txt", "not a text file"),
        (b"words", "story.exe", ".exe file cannot be read"),
        (b"a" * (MAX_CHARACTERS + 1), "story.txt", "too long"),
        (b"PK\x03\x04 broken", "story.docx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "story.docx", "password-protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "story.doc", "old Word file"),
    ],
)
def test_what_is_no_story_is_refused_in_one_line(data: bytes, name: str, says: str) -> None:
    with pytest.raises(StoryError, match=says) as refused:
        load_story(data, name)
    assert "\n" not in str(refused.value)


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(StoryError, match="too large"):
        load_story(bytes(MAX_BYTES + 1), "story.txt")


def test_a_zip_bomb_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:t>" + b" " * 120_000_000)
    assert len(file.getvalue()) < 1_000_000
    with pytest.raises(StoryError, match="unpacks to 120 MB"):
        load_story(file.getvalue(), "story.docx")


def test_a_docx_with_an_entity_is_refused() -> None:
    whole = word_file(("Normal", "Lia flew a kite."))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + data
            new.writestr(name, data)
    with pytest.raises(StoryError, match="was not opened"):
        load_story(file.getvalue(), "story.docx")
