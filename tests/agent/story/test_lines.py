"""Every kind of file gives the same typed lines, each found by its position in the text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from fpdf import FPDF

from agent.errors import StoryError
from agent.story import load_story, parse_story
from agent.story.readers import Heading, StoryText, is_cue, read_heading, speaker_name

FILES = Path(__file__).parent / "files"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SCRIPT = [
    "INT. BAKERY - NIGHT",
    "Flour hangs in the lamplight. VERA, 60, kneads dough.",
    "VERA",
    "We are closed.",
    "PAVEL",
    "(out of breath)",
    "They took the horses.",
    "EXT. SALT ROAD - DAWN",
    "An empty road. Vera and Pavel follow the tracks.",
]
SALT_ROAD = [("Vera", "We are closed."), ("Pavel", "They took the horses.")]


def load(name: str) -> StoryText:
    return load_story((FILES / name).read_bytes(), name)


def of(story: StoryText, *kinds: str) -> list[str]:
    return [line.text for line in story.lines if line.kind in kinds]


def speeches(story: StoryText) -> list[tuple[str, str]]:
    found, name = [], ""
    for line in story.lines:
        if line.kind == "cue":
            name = line.text
        elif line.kind == "dialogue":
            found.append((name, line.text))
    return found


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for xml in paragraphs:
        document.element.body.insert(
            -1, parse_xml(xml if xml.startswith("<w:") else f"<w:p {W}><w:r><w:t>{xml}</w:t></w:r></w:p>")
        )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def fdx(*paragraphs: tuple[str, str]) -> bytes:
    body = "".join(f'<Paragraph Type="{kind}">{words}</Paragraph>' for kind, words in paragraphs)
    return f'<?xml version="1.0"?><FinalDraft DocumentType="Script"><Content>{body}</Content></FinalDraft>'.encode()


@pytest.mark.parametrize("name", [path.name for path in sorted(FILES.iterdir())])
def test_told_lines_are_found_at_their_position(name: str) -> None:
    story = load(name)
    told = [line for line in story.lines if line.start >= 0]
    assert told
    for line in told:
        words = f"({line.text}" if line.kind == "parenthetical" else line.text
        assert story.text[line.start :].lower().startswith(words.lower())
    assert [line.start for line in told] == sorted(line.start for line in told)


def test_a_typewritten_script_has_headings_speakers_and_a_title_page() -> None:
    story = load("typewriter_layout.txt")
    headings = [(line.number, line.heading) for line in story.lines if line.kind == "heading"]
    assert headings == [
        ("1", Heading(True, "bakery", "night")),
        ("2", Heading(False, "salt road", "dawn")),
        ("3", Heading(False, "marsh", "day")),
    ]
    assert of(story, "cue") == ["Vera", "Pavel", "Pavel", "Boy"]
    assert story.title == "THE SALT ROAD"
    assert "Nobody" not in story.text
    assert of(story, "transition") == ["FADE IN:", "CUT TO:"]
    assert "kneads dough with tired hands." in story.text


def test_what_fountain_forces_is_what_the_author_says() -> None:
    story = load("forced_elements.fountain")
    assert speeches(story) == [("McAllister", "Hold the lamp still."), ("Dee", "It is still.")]
    assert of(story, "parenthetical") == ["whispering"]
    assert of(story, "heading") == ["INT. PUMP HOUSE - NIGHT", "EXT. YARD - CONTINUOUS"]
    assert "BANG" in of(story, "action")
    assert "INT. is what the sign on the door says, in red paint." in of(story, "action")


def test_a_stage_play_has_scenes_speakers_and_directions() -> None:
    story = load("stage_play.txt")
    assert [line.heading for line in story.lines if line.kind == "heading"] == [
        Heading(None, "A kitchen", "Night"),
        Heading(None, "", "Morning", "The same"),
    ]
    assert of(story, "cue") == ["Nora", "Ben", "Nora", "Ben", "Nora"]
    assert of(story, "parenthetical") == ["through the door"]
    assert of(story, "action") == ["Nora opens the door. Ben is wet."]


def test_a_markdown_script_is_a_script() -> None:
    story = load("llm.md")
    assert story.title == "The Salt Road"
    assert len(of(story, "heading")) == 3
    assert speeches(story)[:2] == SALT_ROAD
    assert of(story, "transition") == ["CUT TO:"]


def test_a_word_script_without_blank_lines_is_a_script() -> None:
    story = load_story(word(*SCRIPT), "script.docx")
    assert speeches(story) == SALT_ROAD
    assert len(of(story, "heading")) == 2
    assert of(story, "action")[-1] == SCRIPT[-1]


def test_a_final_draft_script_keeps_all_runs_of_a_line() -> None:
    story = load_story(
        fdx(
            ("Scene Heading", "<Text>INT. BAKERY - NIGHT</Text>"),
            ("Action", '<Text>Flour </Text><Text Style="Italic">hangs</Text><Text> in the light.</Text>'),
            ("Character", "<Text>VERA (CONT'D)</Text>"),
            ("Dialogue", "<Text>We are closed.</Text>"),
            ("Transition", "<Text>CUT TO:</Text>"),
        ),
        "salt.fdx",
    )
    assert of(story, "action") == ["Flour hangs in the light."]
    assert speeches(story) == SALT_ROAD[:1]
    assert story.format == "fdx"


def test_a_pdf_script_is_read_by_where_its_lines_stand() -> None:
    pdf = FPDF(unit="pt", format="letter")
    pdf.set_font("Courier", size=12)
    for page in range(2):
        pdf.add_page()
        pdf.text(540, 40, f"{page + 1}.")
        lines = [(108, "INT. BAKERY - NIGHT"), (0, ""), (108, "Flour hangs in the lamplight. Vera kneads"),
                 (108, "dough."), (0, ""), (252, "VERA"), (180, "We are closed."), (0, ""),
                 (108, "She sits.")]  # fmt: skip
        for number, (left, words) in enumerate(lines):
            pdf.text(left, 90 + 12 * number, words)
    story = load_story(bytes(pdf.output()), "salt.pdf")
    assert story.format == "pdf"
    assert len(of(story, "heading")) == 2
    assert speeches(story) == SALT_ROAD[:1] * 2
    assert of(story, "action")[:2] == ["Flour hangs in the lamplight. Vera kneads dough.", "She sits."]


def test_chapters_in_capitals_are_chapters() -> None:
    assert of(load("caps_headings.txt"), "chapter") == [
        *("THE FROG AND THE WELL", "THE CROW AND THE PITCHER", "THE ANT AND THE DOVE"),
    ]


def test_chapters_that_ask_or_call_are_chapters() -> None:
    story = parse_story(
        "Who Took the Kite?\n\nAna ran. The wind blew.\n\nStop That Dog!\n\nA dog had the kite. Ana fell."
    )
    assert of(story, "chapter") == ["Who Took the Kite?", "Stop That Dog!"]


def test_numbered_scenes_are_panels_of_their_own() -> None:
    story = load("numbered_scenes.txt")
    assert [(line.number, line.text) for line in story.lines] == [
        ("1", "Ana lights a lamp in the kitchen."),
        ("2", "Ana runs to the door."),
        ("3", "A wet cat comes in."),
    ]
    assert len(story.breaks) == 3


@pytest.mark.parametrize("text", ["Panel 1\nAna runs.\n\nPanel 2\nAna falls.", "1. Ana runs.\n2. Ana falls."])
def test_panels_and_lists_are_numbered_shots(text: str) -> None:
    assert of(parse_story(text), "shot") == ["Ana runs.", "Ana falls."]


def test_an_instruction_before_a_story_is_no_part_of_it() -> None:
    story = load("instruction_then_title.txt")
    assert story.title == "The Lost Kite"
    assert "storyboard" not in story.text


def test_obsidian_markdown_is_read_as_it_is_shown() -> None:
    story = load("obsidian.md")
    assert story.title == "The Salt Road"
    assert of(story, "prose") == [
        "Mira walked to the old harbour with a lantern.",
        "Mira — cold and wet — sat on a crate.",
        "The boat was gone.",
    ]
    assert of(story, "shot") == ["Mira opens the chest.", "The chest is empty."]
    assert story.notes == ("1 footnote was left out",)


def test_a_very_long_title_is_shortened_and_no_word_of_it_lost() -> None:
    story = load("long_title.md")
    assert len(story.title) <= 120
    assert "what the mayor said of it afterwards" in story.text


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def test_word_is_read_with_its_changes_accepted() -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('A sign hung there.')}</w:p></w:txbxContent></w:pict></w:r>"
    cell = f"<w:tc><w:p>{run('Rain.')}</w:p></w:tc>"
    changed = f"{run('Nora found a ')}<w:del>{run('coin', 'delText')}</w:del><w:ins>{run('key')}</w:ins>{run('.')}"
    text = load_story(
        word(
            f"<w:p {W}>{changed}</w:p>",
            f"<w:sdt {W}><w:sdtContent><w:p>{run('A cat sat on the well.')}</w:p></w:sdtContent></w:sdt>",
            f"<w:p {W}>{run('Nora ran.')}<w:r><w:br/></w:r>{run('The cat slept.')}</w:p>",
            f"<w:p {W}>{box}</w:p>",
            f"<w:tbl {W}><w:tr>{cell}{cell}</w:tr></w:tbl>",
        ),
        "changes.docx",
    ).text
    assert text.split("\n\n") == [
        "Nora found a key.",
        *("A cat sat on the well.", "Nora ran.", "The cat slept.", "A sign hung there.", "Rain.", "Rain."),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("INT. HOTEL LOBBY - NIGHT", Heading(True, "hotel lobby", "night")),
        ("EXT. ROAD - DAY (FLASHBACK)", Heading(False, "road", "day", "flashback")),
        ("INT./EXT. CAR - EARLY MORNING", Heading(None, "car", "early morning")),
        ("INT. HOUSE - KITCHEN - CONTINUOUS", Heading(True, "house, kitchen", "", "continuous")),
        ("EXT. LONDON - NIGHT - 1952", Heading(False, "london", "night", "1952")),
        ("INT. THE DAY CLUB", Heading(True, "the day club")),
        ("She went inside.", None),
    ],
)
def test_a_heading_has_four_parts(line: str, heading: Heading | None) -> None:
    assert read_heading(line) == heading


def test_a_cue_is_a_name_in_capitals_whatever_the_word() -> None:
    assert all(map(is_cue, ["WAITER #2", "ÉLISE", "McALLISTER", "BAKER'S WIFE", "DR. X (V.O.)", "RAIN"]))
    assert not any(map(is_cue, ["Mira", "CUT TO:", "INT. HALL - DAY", "BANG!"]))
    assert [speaker_name(cue) for cue in ("McALLISTER", "BAKER'S WIFE", "MIRA (CONT'D)")] == [
        *("McAllister", "Baker's Wife", "Mira"),
    ]


def test_a_final_draft_file_with_an_entity_is_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + fdx(("Action", "<Text>&a;</Text>")).split(b"?>", 1)[1]
    with pytest.raises(StoryError, match="damaged"):
        load_story(bomb, "bomb.fdx")


def test_a_zip_that_is_no_word_file_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("other.xml", b"<a/>")
    with pytest.raises(StoryError, match="not a Word document"):
        load_story(file.getvalue(), "a.docx")
