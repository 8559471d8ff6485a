"""CLIP's tokenizer: text to token ids by byte-pair encoding.

Sennrich et al. 2016, "Neural Machine Translation of Rare Words with Subword Units", algorithm 1, on the bytes of UTF-8:
a word starts as its bytes, the last of them marked `</w>`, and the pair of neighbours that was learnt first is merged
until no pair is known. File formats: `vocab.json` (token to id) and `merges.txt` (one pair a line, first learnt first),
or both in one `tokenizer.json`.
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from sd_models.errors import CheckpointError

__all__ = ["Tokenizer", "clean"]

START: Final = "<|startoftext|>"
END: Final = "<|endoftext|>"
_MAX_FILE: Final = 64 * 2**20  # bytes; CLIP's own vocabulary is one megabyte

# A word is an English ending, a run of letters, one digit, or a run of anything else but space.
_ENDINGS: Final = r"'s|'t|'re|'ve|'m|'ll|'d"


def clean(text: str) -> str:
    """The clean-up of OpenAI's CLIP: broken Unicode mended (curly quotes become straight), HTML entities resolved,
    white space collapsed, lower case."""
    if importlib.util.find_spec("ftfy"):
        import ftfy

        text = ftfy.fix_text(text)
    text = html.unescape(html.unescape(text))
    return re.sub(r"\s+", " ", text).strip().lower()


@lru_cache(maxsize=1)
def _bytes_as_letters() -> dict[int, str]:
    """Each byte as one visible character, as the vocabulary writes it: those that are visible in Latin-1 stand for
    themselves, the others follow from U+0100."""
    visible = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {byte: chr(256 + n) for n, byte in enumerate(hidden)}


class Tokenizer:
    """Text to ids. Immutable; `with_token` makes another that knows one word more."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        merges: Iterable[tuple[str, str]],
        *,
        pad: str = END,
        length: int = 77,
        added: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        """`length` is the number of tokens of a row, start and end included. `added` are words that stand for ids of
        their own, whatever their letters (textual inversion).

        Raises CheckpointError where the vocabulary is not one of CLIP's."""
        if missing := {START, END, pad} - vocabulary.keys():
            raise CheckpointError(f"this is not a CLIP vocabulary: {', '.join(sorted(missing))} is not in it")
        self.vocabulary = dict(vocabulary)
        self.merges = tuple(merges)
        self.pad = pad
        self.length = length
        self.added = {word.lower(): tuple(ids) for word, ids in (added or {}).items()}
        self.start_id, self.end_id, self.pad_id = (vocabulary[token] for token in (START, END, pad))
        self._rank = {pair: rank for rank, pair in enumerate(self.merges)}
        self._special = {START: (self.start_id,), END: (self.end_id,), **self.added}
        self._words = _word_pattern(sorted(self._special, key=len, reverse=True))
        self._word_ids: Callable[[str], tuple[int, ...]] = lru_cache(maxsize=65536)(self._encode_word)

    def __call__(self, texts: str | Sequence[str]) -> Tensor:
        """One text or B texts to (B, length) int64: start, the ids of the text, end, padding. What does not fit is cut;
        the end stays (`cut` tells what was lost)."""
        rows = [self.row(self.encode(text)) for text in ([texts] if isinstance(texts, str) else texts)]
        return torch.tensor(rows, dtype=torch.int64).reshape(len(rows), self.length)

    def encode(self, text: str) -> list[int]:
        """All ids of a text, without start, end and padding."""
        return [token for _, ids in self.words(text) for token in ids]

    def row(self, ids: Sequence[int]) -> list[int]:
        """Ids as a row of `length`: start, as many ids as fit, end, padding."""
        row = [self.start_id, *ids[: self.length - 2], self.end_id]
        return row + [self.pad_id] * (self.length - len(row))

    def words(self, text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Each word of the cleaned text with its ids, in order."""
        for word in self._words.finditer(clean(text)):
            yield word[0], self._special.get(word[0]) or self._word_ids(word[0])

    def cut(self, text: str) -> str:
        """The part of the text (cleaned) that does not fit into a row, from the first word that is not whole."""
        count = 0
        for word in self._words.finditer(cleaned := clean(text)):
            count += len(self._special.get(word[0]) or self._word_ids(word[0]))
            if count > self.length - 2:
                return cleaned[word.start() :]
        return ""

    def decode(self, ids: Sequence[int]) -> str:
        """Ids back to text, without start, end and padding."""
        tokens = {id: token for token, id in self.vocabulary.items()}
        added = {ids[0]: word for word, ids in self.added.items()}
        unseen = (self.start_id, self.end_id, self.pad_id)
        text = "".join(tokens.get(id) or added.get(id, "") + "</w>" for id in ids if id not in unseen)
        letters = {letter: bytes([byte]) for byte, letter in _bytes_as_letters().items()}
        raw = b"".join(letters.get(letter) or letter.encode() for letter in text.replace("</w>", " "))
        return raw.decode("utf-8", errors="replace").strip()

    def with_token(self, word: str, ids: Sequence[int]) -> Tokenizer:
        """A tokenizer for which `word` stands for `ids`. Raises CheckpointError where the word is taken."""
        if word.lower() in self._special:
            raise CheckpointError(f"the tokenizer already has a token {word!r}")
        added = {**self.added, word: tuple(ids)}
        return Tokenizer(self.vocabulary, self.merges, pad=self.pad, length=self.length, added=added)

    def _encode_word(self, word: str) -> tuple[int, ...]:
        letters = _bytes_as_letters()
        parts = [letters[byte] for byte in word.encode("utf-8", errors="replace")]
        parts[-1] += "</w>"
        while len(parts) > 1:
            first = min(pairwise(parts), key=lambda pair: self._rank.get(pair, len(self._rank)))
            if first not in self._rank:
                break
            parts = list(_merged(parts, first))
        return tuple(self.vocabulary.get(part, self.end_id) for part in parts)

    @classmethod
    def from_folder(cls, folder: Path | str) -> Tokenizer:
        """Reads `vocab.json` and `merges.txt`, or `tokenizer.json`, and the padding token from `tokenizer_config.json`
        or `special_tokens_map.json`. Raises CheckpointError."""
        folder = Path(folder)
        if (folder / "vocab.json").is_file() and (folder / "merges.txt").is_file():
            vocabulary = _read_json(folder / "vocab.json")
            lines = _read_text(folder / "merges.txt").splitlines()
            pairs = [line.split() for line in lines if not line.startswith("#version")]
            added = _read_json(folder / "added_tokens.json") if (folder / "added_tokens.json").is_file() else {}
        elif (folder / "tokenizer.json").is_file():
            model = _read_json(folder / "tokenizer.json")
            vocabulary = _expect(model.get("model"), dict, folder).get("vocab")
            merges = _expect(model["model"].get("merges"), list, folder)
            pairs = [merge.split(" ") if isinstance(merge, str) else merge for merge in merges]
            added = {token["content"]: token["id"] for token in model.get("added_tokens", ())}
        else:
            raise CheckpointError(f"{folder} holds no tokenizer (vocab.json and merges.txt, or tokenizer.json)")
        vocabulary = _expect(vocabulary, dict, folder)
        settings: dict[str, Any] = {}
        for name in ("special_tokens_map.json", "tokenizer_config.json"):
            if (folder / name).is_file():
                settings |= _read_json(folder / name)
        pad = settings.get("pad_token") or END
        length = settings.get("model_max_length", 77)
        return cls(
            vocabulary,
            ((pair[0], pair[1]) for pair in pairs if len(pair) == 2),
            pad=pad["content"] if isinstance(pad, dict) else pad,
            length=length if isinstance(length, int) and 2 < length <= 1024 else 77,
            added=_several({word: id for word, id in added.items() if word not in vocabulary}),
        )

    def save(self, folder: Path | str) -> None:
        """Writes the files that `from_folder` and transformers read."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        # A word of several tokens is written as diffusers does: word, word_1, word_2 …
        added = {word + (f"_{n}" if n else ""): id for word, ids in self.added.items() for n, id in enumerate(ids)}
        special = {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": self.pad}
        settings = {
            "tokenizer_class": "CLIPTokenizer",
            "model_max_length": self.length,
            **special,
        }
        files = {"vocab.json": self.vocabulary, "tokenizer_config.json": settings, "special_tokens_map.json": special}
        if added:
            files["added_tokens.json"] = added
        for name, content in files.items():
            (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=None), encoding="utf-8")
        lines = ["#version: 0.2", *(" ".join(pair) for pair in self.merges)]
        (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _merged(parts: list[str], pair: tuple[str, str]) -> Iterator[str]:
    """`parts` with every occurrence of `pair` made one, from left to right."""
    index = 0
    while index < len(parts):
        if tuple(parts[index : index + 2]) == pair:
            yield pair[0] + pair[1]
            index += 2
        else:
            yield parts[index]
            index += 1


def _several(added: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """Words with all their ids: those of word_1, word_2 … belong to word."""
    more = {word: list(_further(word, added)) for word in added}
    parts = {f"{word}_{n}" for word, ids in more.items() for n in range(1, len(ids) + 1)}
    return {word: (id, *more[word]) for word, id in added.items() if word not in parts}


def _further(word: str, added: dict[str, int]) -> Iterator[int]:
    number = 1
    while (id := added.get(f"{word}_{number}")) is not None:
        yield id
        number += 1


def _word_pattern(special: Iterable[str]) -> re.Pattern[str]:
    fixed = "|".join(re.escape(word) for word in special)
    if importlib.util.find_spec("regex"):
        import regex

        return regex.compile(rf"{fixed}|{_ENDINGS}|\p{{L}}+|\p{{N}}|[^\s\p{{L}}\p{{N}}]+", regex.IGNORECASE)
    # The same for ASCII, where only torch and numpy are installed (a training machine).
    return re.compile(rf"{fixed}|{_ENDINGS}|[^\W\d_]+|\d|(?:[^\s\w]|_)+", re.IGNORECASE)


def _read_text(path: Path) -> str:
    if path.stat().st_size > _MAX_FILE:
        raise CheckpointError(f"{path} is too large for a file of a tokenizer")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CheckpointError(f"{path} is not a text file; download the tokenizer again") from None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        return _expect(json.loads(_read_text(path)), dict, path)
    except json.JSONDecodeError:
        raise CheckpointError(f"{path} is not JSON; download the tokenizer again") from None


def _expect(value: Any, kind: type, path: Path) -> Any:
    if not isinstance(value, kind):
        raise CheckpointError(f"{path} does not hold a tokenizer in CLIP's format")
    return value
