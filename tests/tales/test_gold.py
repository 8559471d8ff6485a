"""The gold of the tales that are kept apart fits their texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TALES = sorted(Path(__file__).parent.glob("*.gold.json"))


@pytest.mark.parametrize("path", TALES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_the_gold_tells_of_every_sentence_of_its_tale_and_of_nobody_else(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = " ".join(path.with_name(gold["tale"]).read_text("utf-8").split())
    cast = {person["id"] for person in gold["cast"]}
    at = 0
    for number, sentence in enumerate(gold["sentences"]):
        at = text.index(sentence["text"], at) + len(sentence["text"])
        deeds = [deed for deed in (sentence["does"], *sentence.get("also", ())) if deed]
        people = {*sentence["present"], *sentence["maybe"], *(deed["who"] for deed in deeds)} - {"nobody", "thing"}
        assert people <= cast, f"sentence {number}"
    starts = [start for choice in gold["boundaries"]["primary"] for start in choice]
    assert all(0 < start < len(gold["sentences"]) for start in starts)
    low, high = gold["panels"]
    assert low <= len(gold["boundaries"]["primary"]) + 1 <= high
