"""How many tokens a language model is sent for one request, by the tokenizers of two published models beside the
estimate that the program goes by."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.briefing import DATA_LETTERS_PER_TOKEN, brief, tokens
from agent.context import Context, KnownVersion
from agent.graph import INSTRUCTIONS
from db.board import Board

__all__ = ["print_sent_tokens"]

REQUEST = "make scene 7 night and give Mira a red scarf"


def print_sent_tokens(board: Board, windows: tuple[int, ...] = (4096, 8192, 16_384)) -> None:
    """Print what is sent about a board, besides the conversation, for context windows of these sizes."""
    counters = {"the program's estimate": None, **_counters()}
    table = Table(title=f"Tokens sent to a language model ({len(board.scenes)} scenes), besides the conversation")
    for column in ("window", "counted by", "instructions", "board", "tools", "together", "left"):
        table.add_column(column, justify="left" if column == "counted by" else "right")
    versions = tuple(KnownVersion(number, number - 1, f"request {number}") for number in range(1, 30))
    for window in windows:
        briefing = brief(Context(board=board, version=30, versions=versions), REQUEST, INSTRUCTIONS, window=window)
        tools = json.dumps(briefing.tools, ensure_ascii=False, separators=(",", ":"))
        for name, count in counters.items():
            counts = (
                [count(text) for text in (INSTRUCTIONS, briefing.data, tools)]
                if count
                else [tokens(INSTRUCTIONS), tokens(briefing.data, DATA_LETTERS_PER_TOKEN), tokens(tools)]
            )
            cells = [window, name, *counts, sum(counts), window - sum(counts)]
            table.add_row(*map(str, cells))
        table.add_section()
    Console().print(table)


def _counters() -> Mapping[str, Callable[[str], int]]:
    """The tokenizers at hand, by the model that they are of: those that the package mistral-common carries."""
    found = find_spec("mistral_common")
    if found is None or found.origin is None:
        return {}
    from mistral_common.tokens.tokenizers.sentencepiece import SentencePieceTokenizer
    from mistral_common.tokens.tokenizers.tekken import Tekkenizer

    data = Path(found.origin).parent / "data"
    new = Tekkenizer.from_file(str(data / "tekken_240911.json"))
    old = SentencePieceTokenizer(str(data / "mistral_instruct_tokenizer_240323.model.v3"))
    return {
        "Mistral Nemo (131,072 pieces)": lambda text: len(new.encode(text, bos=False, eos=False)),
        "Mistral 7B v0.3 (32,768 pieces)": lambda text: len(old.encode(text, bos=False, eos=False)),
    }
