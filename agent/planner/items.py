"""A message as items: words and what they point at, which is what patterns of intents are matched on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.context import Context
from agent.planner.references import EVERYWHERE, HER, NOUNS, SceneFinder, Scenes
from agent.requests.board_index import BoardIndex
from agent.requests.lexicon import LEXICON, correct
from agent.requests.tokens import Token, read_words

__all__ = ["CONDITIONS", "Item", "Message", "read_message"]

IT = frozenset(["it", "this", "that", "them", "those", "these", "there", "here"])
CONDITIONS = frozenset(["if_so", "if_not"])
DEGREES = LEXICON.grammar["degrees"]
_CARRIERS = LEXICON.look_nouns | {"one", "ones"}
"""What an adjective of a picture may stand before: "a cosy feel", "a cosy one"."""
CLAUSE_MARKS = frozenset([",", ";", ".", "!", "?", ":", "—", "\n"]) | {"…", "...", "->"}


@dataclass(frozen=True)
class Item:
    """`word` is what patterns spell; `values` maps each kind of thing that the item may be ("scenes", "num", "time",
    "character", "quote", …) to its value. The source is `text[start:end]`."""

    word: str
    start: int
    end: int
    values: Mapping[str, Any] = field(default_factory=dict)
    filler: bool = False

    @property
    def is_mark(self) -> bool:
        return self.word in CLAUSE_MARKS


@dataclass(frozen=True)
class Message:
    """A message, its items, and the board that they were read against."""

    text: str
    items: tuple[Item, ...]
    index: BoardIndex

    def raw(self, items: Sequence[Item]) -> str:
        """The person's own words for these items."""
        return self.text[items[0].start : items[-1].end] if items else ""


def read_message(text: str, context: Context, places: bool = False) -> Message:
    """Reads a message against a board. Slips are mended in the planner's own words and in the board's names; quoted
    text and words that begin with a capital inside a sentence are left as they are. With `places`, "the bridge" may
    mean the scenes there."""
    index = BoardIndex(context)
    tokens = [_mended(token, text, index) for token in read_words(text)]
    items = _with_details(_Reader(tokens, index, places).items(), text)
    return Message(text, tuple(_without_exceptions(_joined_to_conditions(items))), index)


def _joined_to_conditions(items: Iterable[Item]) -> list[Item]:
    """ "If so, add her": no comma parts a condition from what it is for."""
    joined: list[Item] = []
    for item in items:
        if not (item.word == "," and joined and joined[-1].word in CONDITIONS):
            joined.append(item)
    return joined


def _without_exceptions(items: list[Item]) -> list[Item]:
    """ "make all of them foggy except the last": the scenes, less those that are named further on."""
    for place, item in enumerate(items[:-1]):
        out = items[place + 1].values.get("scenes")
        if item.word != "except" or out is None or out.unclear:
            continue
        for earlier in range(place - 1, -1, -1):
            scenes = items[earlier].values.get("scenes")
            if scenes is not None:
                left = tuple(position for position in scenes.positions if position not in out.positions)
                less = replace(scenes, positions=left, every=False, counted=False, step=None)
                items[earlier] = replace(items[earlier], values={"scenes": less})
                return items[:place] + items[place + 2 :]
    return items


def _with_details(items: list[Item], text: str) -> Iterator[Item]:
    """Says which items are details of a picture, and joins what makes one: "a much warmer light", "less dark"."""
    i = 0
    while i < len(items):
        start = i
        while (
            items[i].word in DEGREES
            and i + 1 < len(items)
            and (items[i + 1].word in DEGREES or "look" in items[i + 1].values)
        ):
            i += 1
        item = items[i]
        if "look" in item.values and "scenes" not in item.values:
            words, end = [str(item.values["look"])], i + 1
            while end < len(items) and (noun := text[items[end].start : items[end].end].lower()) in _CARRIERS:
                words += [noun] if noun in LEXICON.look_nouns else []
                end += 1
            degree = {each.word for each in items[start:i]}
            look = " ".join(words)
            if degree & {"less", "too", "too_much", "not"}:
                look = LEXICON.opposites.get(words[0], "") or f"less {look}"
            elif "more" in degree:
                look = f"more {look}"
            values = (
                {"look": look, "detail": True}
                if not degree & {"too", "too_much"}
                else {"look": words[0], "toolook": True}
            )
            first = start if not degree & {"too", "too_much"} else i
            yield from items[start:first]
            yield Item(item.word, items[first].start, items[end - 1].end, {**item.values, **values})
            i = end
            continue
        yield from items[start:i]
        if {"time", "weather", "shot"} & item.values.keys():
            item = replace(item, values={**item.values, "detail": True}, filler=False)
        elif text[item.start : item.end].lower() in LEXICON.look_nouns:
            item = replace(item, filler=True)
        yield item
        i += 1


def _mended(token: Token, text: str, index: BoardIndex) -> Token:
    if token.kind != "word":
        return token
    before = text[: token.start].rstrip()
    named = text[token.start].isupper() and bool(before) and before[-1] not in ".!?\n"
    if named:
        return token
    word = correct(token.word, index.names)
    return token if word == token.word else replace(read_words(word)[0], start=token.start, end=token.end)


class _Reader:
    def __init__(self, tokens: list[Token], index: BoardIndex, places: bool) -> None:
        self.tokens = tokens
        self.index = index
        self.finder = SceneFinder(tokens, index, places)
        self.person: str | None = None

    def items(self) -> list[Item]:
        items: list[Item] = []
        i = 0
        while i < len(self.tokens):
            item, i = self._item(i)
            items.append(item)
        return items

    def _item(self, i: int) -> tuple[Item, int]:
        token = self.tokens[i]
        if token.kind == "quote":
            return self._make("“”", i, i + 1, quote=token.value), i + 1
        if token.kind == "size":
            return self._make("size", i, i + 1, size=token.value), i + 1
        phrase, phrase_end = self._phrase(i)
        version = self._version(i)
        if version is not None:
            return version
        character, character_end = self._character(i)
        scenes = self.finder.at(i)
        thing = self._thing(i) if scenes is None and not character else None
        if thing is not None and thing[1] > phrase_end:
            return thing
        ends = [end for end in (phrase_end, character_end, scenes[1] if scenes else i) if end > i]
        longest = max(ends, default=i)
        if scenes is not None and scenes[0].placed and scenes[1] in {phrase_end, character_end}:
            scenes = None
        if scenes is not None and scenes[1] == longest:
            return self._scenes(i, *scenes), scenes[1]
        if character and character_end == longest:
            self.person = character[0] if len(character) == 1 else self.person
            others: list[tuple[str, ...]] = []
            while self._word(character_end) in {"and", "&", ","} and len(self._character(character_end + 1)[0]) == 1:
                more, character_end = self._character(character_end + 1)
                others.append(more)
            people: dict[str, Any] = {"character": character, **({"with": tuple(others)} if others else {})}
            return self._make("person", i, character_end, filler=False, **people), character_end
        if phrase is not None and phrase_end == longest:
            return phrase, phrase_end
        if token.kind in {"number", "ordinal"}:
            return self._make("#", i, i + 1, num=token.value), i + 1
        if token.word in HER:
            known = self.person or self.index.focus_character
            values: dict[str, Any] = {"it": True} if token.word == "them" else {}
            values["character"] = (known,) if known else ()
            return self._make(token.word, i, i + 1, filler=True, **values), i + 1
        if token.word in IT:
            return self._make(token.word, i, i + 1, filler=True, it=True), i + 1
        filler = token.word in LEXICON.filler or token.word in NOUNS or token.kind == "mark"
        return self._make(token.word, i, i + 1, filler=filler), i + 1

    def _word(self, i: int) -> str:
        return self.tokens[i].word if i < len(self.tokens) else ""

    def _make(self, word: str, i: int, end: int, filler: bool = False, **values: Any) -> Item:
        return Item(word, self.tokens[i].start, self.tokens[end - 1].end, values, filler)

    def _scenes(self, i: int, scenes: Scenes, end: int) -> Item:
        values: dict[str, Any] = {"scenes": scenes}
        if scenes.since:
            values["since"] = scenes
        if scenes.ordinal is not None:
            values["ord"] = scenes.ordinal
        if scenes.counted:
            values["nums"] = scenes.positions
            if len(scenes.positions) == 1:
                values["num"] = float(scenes.ordinal or scenes.positions[0])
        word = self._word(i)
        return self._make(word if word in EVERYWHERE else "#", i, end, **values)

    def _phrase(self, i: int) -> tuple[Item | None, int]:
        """The longest phrase of the lexicon, or name of a style, that begins here."""
        words: list[str] = []
        best: tuple[Item | None, int] = (None, i)
        for end in range(i, min(i + LEXICON.longest, len(self.tokens))):
            words.append(self.tokens[end].word)
            meanings = LEXICON.phrases.get(tuple(words))
            if meanings:
                said = next((meaning.value for meaning in meanings if meaning.kind == "says"), None)
                values = {meaning.kind: meaning.value for meaning in meanings if meaning.kind != "says"}
                if "format" in values:
                    values.pop("style", None)
                word = said or (words[0] if len(words) == 1 else next(iter(values.values())).replace(" ", "_"))
                filler = len(words) == 1 and (word in LEXICON.filler or words[0] in LEXICON.filler) and not values
                best = (
                    self._make(
                        word,
                        i,
                        end + 1,
                        filler=filler or word in {"make", "happen", "purpose", "if_so", "if_not"},
                        **values,
                    ),
                    end + 1,
                )
        return best

    def _character(self, i: int) -> tuple[tuple[str, ...], int]:
        """The longest name, alias or role that begins here, with the ids it may mean."""
        if i >= len(self.tokens):
            return (), i
        ids, count = self.index.character_at([token.word for token in self.tokens[i : i + 6]])
        return (ids, i + count) if ids and self.tokens[i + count - 1].kind == "word" else ((), i)

    def _thing(self, i: int) -> tuple[Item, int] | None:
        """ "the balloon", "her old lantern": a thing that is on the board, where places are read."""
        if not self.finder.places or self._word(i) not in {"the", "his", "her", "its", "their"}:
            return None
        for end in range(min(i + 4, len(self.tokens)), i + 1, -1):
            words = [token.word for token in self.tokens[i + 1 : end]]
            if all(token.kind == "word" for token in self.tokens[i + 1 : end]) and self._is_name(words):
                places = self.index.with_thing(words)
                if places:
                    return self._make("thing", i, end, thing=places), end
        return None

    def _is_name(self, words: list[str]) -> bool:
        """Whether words may name a thing: nouns of the story, and no words of requests ("the well" is one)."""
        known = [word for word in words if word in LEXICON.filler or (word,) in LEXICON.phrases]
        return self.index.has_noun(words[-1]) and (not known or words == ["well"])

    def _version(self, i: int) -> tuple[Item, int] | None:
        """ "version 2", "v2", "versions 2 and 5", "the second version", "the previous version" """
        token = self.tokens[i]
        words = [after.word for after in self.tokens[i : i + 6]]
        if token.kind == "word" and token.word[:1] == "v" and token.word[1:].isdecimal():
            return self._make("version", i, i + 1, version=int(token.word[1:])), i + 1
        if token.word in {"version", "versions", "v", "revision"}:
            j = i + 1
            while j < len(self.tokens) and self.tokens[j].word in {"number", "no", "#", ".", "nr"}:
                j += 1
            if j < len(self.tokens) and self.tokens[j].kind == "number":
                return self._make("version", i, j + 1, version=int(float(str(self.tokens[j].value)))), j + 1
        start = i + (words[0] in {"the", "my"})
        if start + 1 < len(self.tokens) and self.tokens[start + 1].word in {"version", "revision", "save"}:
            token = self.tokens[start]
            if token.kind == "ordinal":
                place = int(float(str(token.value)))
                numbers = [version.number for version in self.index.context.versions] or [1]
                number = place if place > 0 else (numbers[place] if -place <= len(numbers) else numbers[0])
                return self._make("version", i, start + 2, version=number), start + 2
            if token.word in {"original", "initial", "oldest"}:
                return self._make("version", i, start + 2, version=1), start + 2
            if token.word in {"previous", "prior", "preceding"}:
                return self._make("version", i, start + 2, version=-1), start + 2
        return None
