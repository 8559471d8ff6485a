"""Sentences and scenes: nothing lost, nothing twice, cut where a storyboard artist would cut."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.errors import StoryError
from agent.story import merge_texts, parse_story, read_story, segment_story, split_sentences, split_text
from agent.story.segmentation import default_count

STORIES = [*sorted((Path(__file__).parent / "stories").iterdir())]
SAMPLES = sorted(Path(str(files("agent.story"))).joinpath("samples").iterdir())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", [*STORIES, *SAMPLES], ids=lambda path: path.name)
@pytest.mark.parametrize("count", [None, 1, 3, 7, 100])
def test_every_sentence_is_in_exactly_one_scene_in_order(path: Path, count: int | None) -> None:
    story = parse_story(path.read_text("utf-8"))
    scenes = segment_story(story, count)
    assert squeezed("".join(scene.text for scene in scenes)) == squeezed(story.text)
    sentences = split_sentences(story.text, whole_quotes=False)
    assert squeezed("".join(sentence.text for sentence in sentences)) == squeezed(story.text)
    if count is not None:
        assert len(scenes) == count or (len(scenes) < count and len(scenes) >= len(split_sentences(story.text)) - 3)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("abcdE .!?\n\"“”'«»。「」—#*…Äß猫")), max_size=300), st.integers(1, 9))
def test_any_text_is_kept_whole(text: str, count: int) -> None:
    try:
        story = parse_story(text)
    except StoryError:
        assert not any(letter.isalnum() for letter in text) or "#" in text
        return
    scenes = segment_story(story, count)
    assert squeezed("".join(scene.text for scene in scenes)) == squeezed(story.text)
    assert len(scenes) <= count


def test_abbreviations_initials_and_ellipses_end_no_sentence() -> None:
    text = "Mr. and Mrs. J. Fox came at 5 p.m. to Dr. Hale. They waited... and waited. Nobody came!"
    assert [s.text for s in split_sentences(text, "en")] == [
        "Mr. and Mrs. J. Fox came at 5 p.m. to Dr. Hale.",
        "They waited... and waited.",
        "Nobody came!",
    ]


def test_quotations_stay_whole_with_who_says_them() -> None:
    text = "“Where are you going? It is late!” asked Mira. He shrugged."
    assert [s.text for s in split_sentences(text)] == ["“Where are you going? It is late!” asked Mira.", "He shrugged."]


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("es", "¿Por qué lloras? preguntó la Sra. Gómez. El zorro no dijo nada. ¡Vamos!", 3),
        ("fr", "M. Dupont entra. « Que cherchez-vous ? » demanda-t-il. Elle rit.", 3),
        ("de", "Dr. Weiß kam z.B. nie. „Komm! Wir gehen.“, rief sie. Er schlief.", 3),
        ("zh", "他说：“走吧。快点！”她笑了。天黑了……他们回家。", 4),
        ("ja", "「行こう。早く！」と彼は言った。雪が降っていた。", 2),
    ],
)
def test_sentences_of_other_languages(language: str, text: str, count: int) -> None:
    assert len(split_sentences(text, language)) == count


def test_cuts_fall_at_jumps_of_time_and_place_and_not_inside_an_exchange() -> None:
    text = (
        "Mira baked bread in the kitchen. She sang a song. The dog slept by the stove.\n\n"
        '"Are you hungry?" asked Mira.\n\n"Always," said Tom.\n\n"Then sit down," said Mira.\n\n'
        "The next morning they reached the sea. Gulls cried over the waves. Tom ran along the beach.\n\n"
        "That night a storm came. Rain beat against the tent. Tom held the lantern."
    )
    assert [scene.text.split()[0] for scene in segment_story(text, 3)] == ["Mira", "The", "That"]


def test_a_short_story_has_a_panel_for_one_or_two_sentences_and_a_chapter_for_many() -> None:
    assert [default_count(10 * sentences, sentences) for sentences in (1, 2, 6, 20)] == [1, 1, 3, 10]
    assert [default_count(25 * sentences, sentences) for sentences in (2, 6, 12)] == [1, 4, 8]
    assert all(30 <= default_count(5000, sentences) <= 60 for sentences in (150, 300, 600))


def test_chapters_breaks_and_scene_headings_are_borders() -> None:
    text = "# One\n\nA fox ran. A fox slept.\n\n***\n\nA bear came. It sat down.\n\n# Two\n\nAn owl sang. It flew away."
    assert [scene.text.split()[-1] for scene in segment_story(text)] == ["slept.", "down.", "away."]


@pytest.mark.parametrize("count", [0, -1, 501])
def test_an_impossible_number_of_scenes_is_refused(count: int) -> None:
    with pytest.raises(StoryError, match="1 to 500 scenes"):
        segment_story("A fox ran.", count)


def test_a_scene_can_be_split_and_merged_again() -> None:
    text = "Mira woke up. She ran to the beach. That night she slept in the tower."
    parts = split_text(text)
    assert len(parts) == 2
    assert squeezed(merge_texts(*parts)) == squeezed(text)
    with pytest.raises(StoryError, match="only one sentence"):
        split_text("Mira woke up.")


@pytest.mark.slow
def test_two_hundred_scenes() -> None:
    text = "\n\n".join(path.read_text("utf-8") for path in SAMPLES) + "\n\n"
    board = read_story((text * 60)[:300_000], scenes=200)
    assert len(board.scenes) == 200
    assert {scene.id for scene in board.scenes} == {f"s{number}" for number in range(1, 201)}
