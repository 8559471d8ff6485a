"""Prompts: weights in the text, and prompts that are longer than one row of tokens."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from sd_models.clip import CLIP
from sd_models.prompt import encode_prompts, parse_weights, token_rows
from sd_models.tokenizer import Tokenizer
from tests.sd_models.reference import CONFIGS, relative_error, write_clip_vocabulary


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    folder: Path = tmp_path_factory.mktemp("tokenizer")
    write_clip_vocabulary(folder)
    return Tokenizer.from_folder(folder)


@pytest.fixture(scope="module")
def clip() -> CLIP:
    torch.manual_seed(0)
    return CLIP(CONFIGS["sd1"].text_encoder).eval().requires_grad_(False)


@pytest.mark.parametrize(
    ("prompt", "parts"),
    [
        ("a fox", [("a fox", 1.0)]),
        ("a (red coat:1.3), rain", [("a ", 1.0), ("red coat", 1.3), (", rain", 1.0)]),
        ("(a:0) (b:.5)", [("a", 0.0), (" ", 1.0), ("b", 0.5)]),
        ("a (plain) note: 3 (of: many)", [("a (plain) note: 3 (of: many)", 1.0)]),
        (r"\(no:2) \(weight\)", [("(no:2) (weight)", 1.0)]),
        (r"(a \(b\) c:1.2)", [("a (b) c", 1.2)]),
        ("(huge:1000)", [("huge", 10.0)]),
        ("a man (age: 34), at noon (at: 12)", [("a man (age: 34), at noon (at: 12)", 1.0)]),
        ("", []),
    ],
)
def test_weights_are_read(prompt: str, parts: list[tuple[str, float]]) -> None:
    assert parse_weights(prompt) == parts


def test_a_short_prompt_is_the_tokenizer_s_row(tokenizer: Tokenizer, clip: CLIP) -> None:
    prompts = ["The Fox’s (old) house, 3 storeys", ""]
    encoded = encode_prompts(prompts, tokenizer, clip, max_rows=3)
    assert torch.equal(encoded.hidden, clip(tokenizer(prompts)))
    assert encoded.truncated == ("", "")


def test_a_long_prompt_is_split_after_punctuation(tokenizer: Tokenizer) -> None:
    sentence = "the ship of mira, "
    rows = token_rows(tokenizer, sentence * 30, max_rows=9)
    ids = [[token for token in row if token not in (tokenizer.start_id, tokenizer.end_id)] for row in rows.ids]
    assert [token for row in ids for token in row] == tokenizer.encode(sentence * 30)
    comma = tokenizer.encode(",")[0]
    assert all(row[-1] == comma for row in ids)
    assert rows.truncated == ""


def test_without_punctuation_a_row_is_filled_with_whole_words(tokenizer: Tokenizer) -> None:
    rows = token_rows(tokenizer, "qxzj wkvp " * 40, max_rows=9)
    per_word = len(tokenizer.encode("qxzj"))
    assert per_word > 1
    for row in rows.ids[:-1]:
        text = tokenizer.decode(row)
        assert set(text.split()) == {"qxzj", "wkvp"}


def test_one_row_is_what_the_tokenizer_keeps(tokenizer: Tokenizer) -> None:
    prompt = "the vinzo ship " * 40
    rows = token_rows(tokenizer, prompt, max_rows=1)
    assert torch.tensor(rows.ids).equal(tokenizer(prompt))
    assert rows.truncated.endswith("ship the vinzo ship")


def test_5000_words_are_cut_and_told(tokenizer: Tokenizer, clip: CLIP) -> None:
    encoded = encode_prompts(["the ship, " * 2500, "a fox"], tokenizer, clip, max_rows=3)
    assert encoded.hidden.shape == (2, 3 * 77, 32)
    assert encoded.truncated[0].count("ship") > 2300
    assert encoded.truncated[1] == ""
    empty = clip(tokenizer([""]))
    assert relative_error(encoded.hidden[1, 77:154], empty[0]) < 1e-5  # a short one is filled with empty rows


def test_a_weight_moves_its_words_and_no_others(tokenizer: Tokenizer, clip: CLIP) -> None:
    plain = encode_prompts(["a red fox"], tokenizer, clip).hidden
    weighted = encode_prompts(["a (red:1.5) fox"], tokenizer, clip).hidden
    empty = encode_prompts([""], tokenizer, clip).hidden
    before, red = len(tokenizer.encode("a")), len(tokenizer.encode("red"))
    moved = slice(1 + before, 1 + before + red)
    assert relative_error(weighted[:, moved], empty[:, moved] + 1.5 * (plain - empty)[:, moved]) < 1e-6
    weighted[:, moved] = plain[:, moved]
    assert torch.equal(weighted, plain)
    assert torch.equal(encode_prompts(["a (red:1.0) fox"], tokenizer, clip).hidden, plain)


@settings(max_examples=60, deadline=None)
@given(prompt=st.text(max_size=400), rows=st.integers(1, 3))
def test_any_text_makes_whole_rows(tokenizer: Tokenizer, prompt: str, rows: int) -> None:
    tokens = token_rows(tokenizer, prompt, max_rows=rows)
    assert 1 <= len(tokens.ids) <= rows
    for ids, weights in zip(tokens.ids, tokens.weights, strict=True):
        assert len(ids) == len(weights) == 77
        assert ids[0] == tokenizer.start_id
        assert tokenizer.end_id in ids
