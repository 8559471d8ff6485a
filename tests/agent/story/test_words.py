"""Styles, dialects, token budgets and summaries."""

from __future__ import annotations

import dataclasses
import json
from importlib.resources import files
from pathlib import Path

import pytest

from agent.errors import SettingsError, StoryError
from agent.story import (
    Vocabulary,
    find_style,
    load_summarizer,
    load_vocabulary,
    phrase,
    read_story,
    styles,
    summarise,
    token_budget,
)
from db.board import Board, Scene

STORYBOOK = Path(str(files("sd_models"))) / "storybook" / "vocabulary.json"
SAMPLE = Path(str(files("agent.story"))) / "samples" / "the-lighthouse-fox.txt"


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary(STORYBOOK)


@pytest.fixture(scope="module")
def board() -> Board:
    return read_story(SAMPLE.read_text("utf-8"), style="watercolour", scenes=6)


def test_the_catalogue_of_styles_is_complete_and_without_doubles() -> None:
    catalogue = styles()
    assert len(catalogue) >= 40
    assert all(style.keywords and style.negative and style.description for style in catalogue)
    assert {"watercolour", "ink noir", "manga", "storyboard pencil", "claymation"} <= {
        style.name for style in catalogue
    }
    spoken = [name.casefold() for style in catalogue for name in {style.name, *style.aliases}]
    assert len(spoken) == len(set(spoken))
    assert all(find_style(name) == style for style in catalogue for name in (style.name, *style.aliases))


@pytest.mark.parametrize("words", ["Watercolour", "in a watercolor style", "water-colour", "watercolr"])
def test_styles_are_found_by_what_people_say(words: str) -> None:
    style = find_style(words)
    assert style is not None
    assert style.name == "watercolour"


def test_no_style_is_made_up_and_people_can_add_their_own(tmp_path: Path) -> None:
    assert find_style("as my aunt paints") is None
    mine = tmp_path / "mine.toml"
    mine.write_text('[potato print]\nkeywords = "potato print"\n'.replace("potato print]", '"potato print"]', 1))
    assert "potato print" in {style.name for style in styles(mine)}
    mine.write_text("[x]\n")
    with pytest.raises(SettingsError, match="not a catalogue"):
        styles(mine)


def test_tags_for_stable_diffusion_hold_every_part_of_the_prompt_once(board: Board) -> None:
    scene = board.scenes[2]
    said = phrase(board, scene)
    tags = said.prompt.split(", ")
    assert len(tags) == len(set(tags))
    assert "watercolour painting" in tags
    assert (said.mapped, said.dropped) == ((), ())


def test_captions_for_the_shipped_model_use_only_words_that_it_knows(board: Board, vocabulary: Vocabulary) -> None:
    words = set(json.loads(STORYBOOK.read_text("utf-8"))["words"])
    for scene in board.scenes:
        said = phrase(board, scene, vocabulary)
        assert set(said.prompt.replace(",", " ").split()) <= words, said.prompt
        assert said.prompt == phrase(board, scene, vocabulary).prompt
    beach = phrase(board, board.scenes[2], vocabulary)
    assert "a girl with red hair in a yellow dress and a fox in a red scarf, " in beach.prompt
    assert beach.prompt.endswith("beach, day, clear, watercolour")
    assert ("morning", "day") in beach.mapped


def test_people_without_a_look_get_the_same_one_in_every_panel(vocabulary: Vocabulary) -> None:
    board = read_story(
        "Ana ran to the forest. She was happy.\n\nThe next day Ana slept in a castle. She dreamt.", scenes=2
    )
    one, two = (phrase(board, scene, vocabulary) for scene in board.scenes)
    dressed = next(words for name, words in one.mapped if name == "Ana")
    assert ("Ana", dressed) in two.mapped
    assert "hair" in dressed


def test_words_unknown_to_the_model_are_mapped_or_reported(board: Board, vocabulary: Vocabulary) -> None:
    scene = dataclasses.replace(
        board.scenes[0], prompt="a hound near an old cottage, sousaphone", handwritten=("prompt",)
    )
    said = phrase(board, scene, vocabulary)
    assert {("hound", "dog"), ("cottage", "house")} <= set(said.mapped)
    assert "sousaphone" in said.dropped
    assert "dog" in said.prompt
    assert "sousaphone" not in said.prompt


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("a fox in a red scarf in a snowy forest at night", "a fox in a red scarf, snow, forest, night"),
        ("a girl at night with a lantern", "a girl with a lantern, night"),
        ("a ship at sea during a storm", "a ship, sea, storm"),
        ("the girl is happy in the forest", "the girl is happy, forest"),
        ("close-up of an owl, forest, night", "close-up of an owl, forest, night"),
        ("quux", ""),
    ],
)
def test_where_and_when_are_set_apart_as_the_model_was_told_of_them(written: str, told: str) -> None:
    shipped = load_vocabulary(STORYBOOK)
    scene = Scene("s1", prompt=written, handwritten=("prompt",))
    assert phrase(Board(scenes=(scene,)), scene, shipped).prompt == told


def test_a_broken_vocabulary_is_named(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.json").write_text("[]")
    with pytest.raises(StoryError, match="not a model's vocabulary"):
        load_vocabulary(tmp_path / "vocabulary.json")


def test_the_budget_cuts_at_a_comma_and_loses_nothing() -> None:
    prompt = ", ".join(f"tag number {n}" for n in range(60))
    budget = token_budget(prompt, count=lambda text: len(text.split()), limit=30)
    assert budget.kept + budget.cut == prompt
    assert budget.kept.endswith(",")
    assert len(budget.kept.split()) == 30
    assert token_budget("a short prompt").cut == ""


def test_the_summary_is_a_sentence_of_the_scene_that_tells_what_happens() -> None:
    text = 'It was late. "Oh!" Mira found a wooden chest on the beach. "Look at that," said Pip.'
    assert summarise(text) == "Mira found a wooden chest on the beach."


def test_a_language_model_summarises_when_there_is_one() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return '"A fox\nfinds a lamp."'

    assert load_summarizer("llm", ask)(["A fox found a lamp in the sea."]) == ["A fox finds a lamp."]
    assert "-----\nA fox found a lamp in the sea.\n-----" in asked[0]
    with pytest.raises(SettingsError, match="needs a language model"):
        load_summarizer("llm")


def test_a_folder_that_is_no_summariser_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="seq2seq"):
        load_summarizer(str(tmp_path))


def test_a_seq2seq_model_summarises_every_scene(tmp_path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

    words = ["<pad>", "</s>", "<unk>", *["a", "fox", "found", "the", "lamp", "in", "sea", "mira", "ran"]]
    tokenizer = Tokenizer(models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=64
    ).save_pretrained(tmp_path)
    config = T5Config(
        vocab_size=len(words), d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, decoder_start_token_id=0
    )
    T5ForConditionalGeneration(config).save_pretrained(tmp_path)
    summarize = load_summarizer(str(tmp_path))
    texts = ["A fox found the lamp.", "Mira ran in the sea."]
    summaries = summarize(texts)
    assert len(summaries) == 2
    assert all(summaries)
    assert summaries == summarize(texts)
