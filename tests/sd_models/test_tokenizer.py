"""The tokenizer: the ids of transformers' CLIPTokenizer, OpenAI's clean-up, truncation, and its files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from transformers import CLIPTokenizer

from sd_models.errors import CheckpointError
from sd_models.tokenizer import Tokenizer, clean
from tests.sd_models.reference import clip_tokenizer, varied_strings, write_clip_vocabulary


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    write_clip_vocabulary(folder)
    return folder


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return Tokenizer.from_folder(folder)


@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_the_ids_of_transformers_on_varied_strings(tokenizer: Tokenizer, count: int) -> None:
    texts = list(varied_strings(count))
    expected = clip_tokenizer()(texts, padding="max_length", truncation=True, return_tensors="pt").input_ids
    differing = (tokenizer(texts) != expected).any(dim=1).nonzero()[:, 0].tolist()
    assert [texts[i] for i in differing] == []
    long = [len(tokenizer.encode(text)) > 75 for text in texts]
    assert count / 50 < sum(long) < count / 2  # both those that are cut and those that are padded are among them


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  A  Fox\n\tJumps ", "a fox jumps"),
        ("“It’s late,” said Mira…", '"it\'s late," said mira…'),
        ("salt &amp; pepper &amp;amp; more", "salt & pepper & more"),
        ("ﬁne ﬂowers", "fine flowers"),
        ("schÃ¶n", "schön"),
        ("ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("", ""),
    ],
)
def test_text_is_cleaned_as_openai_did(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_what_is_too_long_is_cut_and_told_and_the_end_stays(tokenizer: Tokenizer) -> None:
    text = "the ship, " * 30 + "and Then the Moon"
    row = tokenizer(text)[0].tolist()
    assert len(row) == 77
    assert row[-1] == tokenizer.end_id
    assert tokenizer.cut(text).endswith("and then the moon")
    kept = text.lower()[: -len(tokenizer.cut(text))]
    assert tokenizer.encode(kept) == row[1 : 1 + len(tokenizer.encode(kept))]
    assert tokenizer.cut("the ship") == ""


def test_rows_are_padded_with_the_end_or_as_the_model_says(tokenizer: Tokenizer, folder: Path, tmp_path: Path) -> None:
    assert tokenizer([""]).tolist() == [[tokenizer.start_id] + [tokenizer.end_id] * 76]
    for name in ("vocab.json", "merges.txt"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "special_tokens_map.json").write_text('{"pad_token": "!"}')  # as SD 2 does
    other = Tokenizer.from_folder(tmp_path)
    zero = other.vocabulary["!"]
    assert other([""]).tolist() == [[other.start_id, other.end_id] + [zero] * 75]


def test_batches_are_rows_of_their_texts(tokenizer: Tokenizer) -> None:
    texts = ["the ship", "", "a vinzo " * 99]
    assert tokenizer(texts).tolist() == [tokenizer(text)[0].tolist() for text in texts]
    assert tokenizer([]).shape == (0, 77)


def test_ids_go_back_to_text(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer("The fox's 2 żółć!")[0].tolist()) == "the fox 's 2 żółć !"


def test_tokenizer_json_is_read_too(tokenizer: Tokenizer, tmp_path: Path) -> None:
    clip_tokenizer().save_pretrained(tmp_path)
    assert (tmp_path / "tokenizer.json").is_file()
    assert not (tmp_path / "vocab.json").is_file()
    texts = list(varied_strings(50, seed=3))
    assert Tokenizer.from_folder(tmp_path)(texts).equal(tokenizer(texts))


def test_what_is_saved_is_read_by_us_and_by_transformers(tokenizer: Tokenizer, tmp_path: Path) -> None:
    tokenizer.save(tmp_path)
    texts = list(varied_strings(50, seed=4))
    assert Tokenizer.from_folder(tmp_path)(texts).equal(tokenizer(texts))
    theirs = CLIPTokenizer.from_pretrained(tmp_path)
    assert theirs(texts, padding="max_length", truncation=True, return_tensors="pt").input_ids.equal(tokenizer(texts))


def test_an_added_word_stands_for_its_ids(tokenizer: Tokenizer, tmp_path: Path) -> None:
    more = tokenizer.with_token("<Mira-Coat>", [2000, 2001])
    assert more.encode("the <mira-coat>!") == [*tokenizer.encode("the"), 2000, 2001, *tokenizer.encode("!")]
    assert 2000 not in tokenizer.encode("the <mira-coat>!")
    with pytest.raises(CheckpointError, match="already"):
        more.with_token("<mira-coat>", [5])
    more.save(tmp_path)
    assert Tokenizer.from_folder(tmp_path).encode("the <mira-coat>!") == more.encode("the <mira-coat>!")


def test_without_ftfy_and_regex_ascii_text_has_the_same_ids(
    tokenizer: Tokenizer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text for text in varied_strings(2000, seed=5) if text.isascii()] + ["a_b c__d _e 3rd don't"]
    expected = tokenizer(texts)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert Tokenizer.from_folder(folder)(texts).equal(expected)


def test_files_that_are_no_tokenizer_are_refused_in_one_line(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(CheckpointError, match="holds no tokenizer"):
        Tokenizer.from_folder(tmp_path)
    (tmp_path / "merges.txt").write_text("a b\n")
    for content, why in (
        ("<html>", "not JSON"),
        ("[1]", "format"),
        (json.dumps({"a": 0}), "not a CLIP vocabulary"),
    ):
        (tmp_path / "vocab.json").write_text(content)
        with pytest.raises(CheckpointError, match=why) as error:
            Tokenizer.from_folder(tmp_path)
        assert "\n" not in str(error.value)
    (tmp_path / "vocab.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CheckpointError, match="not a text file"):
        Tokenizer.from_folder(tmp_path)
