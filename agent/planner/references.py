# ruff: noqa: E501, F841
"""Where a request names scenes: numbers, ordinals, lists and ranges, "all but", "the one where …", "that one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.planner.board_index import BoardIndex
from agent.planner.lexicon import LEXICON
from agent.planner.words import Token

__all__ = ["NOUNS", "SceneFinder", "Scenes"]

SINGULAR = frozenset(["scene", "panel", "picture", "frame", "image", "drawing", "illustration"])
PLURAL = frozenset(f"{noun}s" for noun in SINGULAR)
NOUNS = SINGULAR | PLURAL
ONES = frozenset(("one", "ones"))
DETERMINERS = frozenset(["the", "this", "that", "these", "those", "my", "our", "any"])
INDEFINITE = frozenset(["a", "an", "another", "new", "extra", "more"])
EVERY = frozenset(["all", "every", "each", "both", "everything"])
PREPOSITIONS = frozenset(
    [
        "from",
        "of",
        "in",
        "on",
        "at",
        "to",
        "with",
        "after",
        "before",
        "between",
        "behind",
        "under",
        "over",
        "for",
        "into",
        "without",
    ]
)
BEFORE_NUMBER = frozenset(
    [
        "in",
        "to",
        "for",
        "of",
        "on",
        "from",
        "with",
        "between",
        "after",
        "before",
        "delete",
        "redraw",
        "lock",
        "unlock",
        "remove",
        "split",
        "duplicate",
        "copy",
    ]
)
AND = frozenset((",", "and", "&", "plus", "or", "+", "/"))
TO = frozenset(("-", "—", "to", "through", "thru", "till", "until", "…", "..."))
WHERE = (
    "where",
    "with",
    "when",
    "featuring",
    "showing",
    "containing",
    "about",
    "having",
    "without",
    "of",
    "inside",
    "at",
    "in",
    "on",
)
UNITS = frozenset(
    [
        "step",
        "steps",
        "second",
        "seconds",
        "sec",
        "secs",
        "s",
        "minute",
        "minutes",
        "version",
        "versions",
        "option",
        "options",
        "variation",
        "variations",
        "variant",
        "variants",
        "candidate",
        "candidates",
        "alternative",
        "alternatives",
        "takes",
        "place",
        "places",
        "position",
        "positions",
        "spot",
        "spots",
        "time",
        "times",
        "percent",
        "%",
        "px",
        "pixels",
        "x",
        "part",
        "parts",
        "tails",
        "legs",
        "eyes",
        "fps",
        "choices",
        "tries",
    ]
)
MEASURES = frozenset(
    [
        "version",
        "versions",
        "v",
        "seed",
        "steps",
        "step",
        "guidance",
        "cfg",
        "scale",
        "position",
        "positions",
        "place",
        "spot",
        "option",
        "candidate",
        "strength",
        "sampler",
        "sharing",
        "sampling",
        "by",
        "amount",
        "karras",
    ]
)


@dataclass(frozen=True)
class Scenes:
    """Scenes that a request names, as positions in the order in which they were named; some may not exist.
    `every` says that all were meant ("everything"), `since` that it goes on from a scene ("from 5 on"), `counted` that
    they are mere numbers and may mean something else, `ordinal` that it is "the third" (-1: "the last"). Where words fit several scenes or none, `unclear` is those words
    and `positions` what they may mean."""

    positions: tuple[int, ...]
    every: bool = False
    since: bool = False
    counted: bool = False
    ordinal: int | None = None
    unclear: str = ""


Found = tuple[Scenes, int]


class SceneFinder:
    """Reads scene references at a place in a message; each method takes an index of `tokens` and returns what it found
    with the index after it, or None."""

    def __init__(self, tokens: Sequence[Token], index: BoardIndex) -> None:
        self.tokens = tokens
        self.index = index
        self.mentioned: tuple[int, ...] = ()

    def at(self, i: int) -> Found | None:
        """The longest reference that begins here: single references, their lists, and what is taken out of them."""
        found = self._single(i)
        if found is None:
            return None
        scenes, end = found
        while (after := self._separator(end)) is not None and not self._starts_clause(after):
            more = self._single(after, in_list=True)
            if more is None or more[0].every or more[0].unclear or scenes.unclear:
                break
            scenes = replace(scenes, positions=_unique(scenes.positions + more[0].positions), counted=scenes.counted)
            end = more[1]
        scenes, end = self._except(scenes, end)
        if not scenes.every:
            self.mentioned += scenes.positions
        return scenes, end

    def _word(self, i: int) -> str:
        return self.tokens[i].word if 0 <= i < len(self.tokens) else ""

    def _separator(self, i: int) -> int | None:
        end = i
        while self._word(end) in AND:
            end += 1
        return end if end > i else None

    def _starts_clause(self, i: int) -> bool:
        """Whether what follows a comma or "and" is a sentence of its own: "delete 5 and 6 should be darker"."""
        if self._word(i) in {"make", "delete"}:
            return True
        told = any(self._is_command(j) for j in range(max(0, i - 4), i))
        return told and self._word(i).isdigit() and self._word(i + 1) in {"should", "is", "needs", "could"}

    # one reference

    def _single(self, i: int, in_list: bool = False) -> Found | None:
        for read in (
            self._every,
            self._rest,
            self._part,
            self._numbered,
            self._ordinal,
            self._relative,
            self._described,
        ):
            found = read(i)
            if found is not None:
                return found
        alone = self._word(i - 1) in BEFORE_NUMBER and (
            i + 1 >= len(self.tokens) or self.tokens[i + 1].kind == "mark" or self._word(i + 1) == "and"
        )
        return self._number_word(i, counted=not in_list) if in_list or alone else None

    def _numbered(self, i: int) -> Found | None:
        """ "3", "#3", "scene 3", "panels two, 4 and 6", "2-4", "scenes 2 to 4", "5 onwards", "from 5 on" """
        start, came_from = i, self._word(i) in {"from", "starting", "beginning", "since"}
        if came_from:
            i += 1 + (self._word(i + 1) in {"with", "at", "from", "in"})
        if self._word(i) == "the" and self._word(i + 1) in NOUNS:
            i += 1
        noun = self._word(i) in NOUNS
        plural = self._word(i) in PLURAL
        if noun:
            i += 1
        hashed = False
        while self._word(i) in {"#", "number", "numbers", "no", "nr", "nos", "№"} and (
            noun or self._number(i + 1) is not None or self._word(i + 1) in {".", "#"}
        ):
            hashed = True
            i += 1 + (self._word(i + 1) == ".")
        first = self._number(i)
        if first is None or not (noun or hashed or self.tokens[i].word.lstrip("-").isdigit()):
            return None
        bare = not (noun or hashed)
        mere = bare or not noun
        if bare and self._word(i + 1) == "more" and self._word(i + 2) in NOUNS | UNITS:
            return None
        if bare and not came_from and (self._word(i + 1) in UNITS | NOUNS or self._word(start - 1) in MEASURES):
            return None
        moving = any(
            self._word(j) in {"move", "shift", "push", "bring", "put", "change", "swap", "set"}
            for j in range(max(0, start - 3), start)
        )
        positions, end = [first], i + 1
        ranged = self._word(end) in TO and (
            self._word(end) not in {"to", "until", "till"} or plural or came_from or not moving
        )
        skip = end + 1 + (self._word(end + 1) in NOUNS)
        if ranged and (last := self._number(skip)) is not None and self._word(skip + 1) not in UNITS:
            low, high = min(first, last), max(first, last)
            return Scenes(tuple(range(low, min(high, low + 999) + 1)), counted=mere), skip + 1
        if self._word(end) in {"on", "onwards", "onward"} and (came_from or self._word(end) != "on"):
            return self._since(first, end + 1)
        if self._word(end) == "and" and self._word(end + 1) in {"on", "onwards", "up", "later", "after", "following"}:
            return self._since(first, end + 2)
        if came_from:
            if self.tokens[start].word in {"starting", "beginning", "since"}:
                return self._since(first, end)
            return None
        while (after := self._separator(end)) is not None:
            number = self._number(after)
            if number is None or self._word(after + 1) in UNITS | NOUNS or self._starts_clause(after):
                break
            if not (self._word(after).isdigit() or noun):
                break
            positions.append(number)
            end = after + 1
            if self._word(end) in {"-", "—"} and (last := self._number(end + 1)) is not None:
                positions.extend(range(number + 1, min(last, number + 999) + 1))
                end += 2
        return Scenes(_unique(positions), counted=mere), end

    def _since(self, first: int, end: int) -> Found:
        return Scenes(tuple(range(first, max(first, self.index.count) + 1)), since=True), end

    def _number(self, i: int) -> int | None:
        if not 0 <= i < len(self.tokens):
            return None
        token = self.tokens[i]
        if token.kind == "number" and isinstance(token.value, float) and token.value == int(token.value):
            return int(token.value)
        return None

    def _number_word(self, i: int, counted: bool = False) -> Found | None:
        number = self._number(i)
        return (
            (Scenes((number,), counted=counted), i + 1)
            if number is not None and self._word(i + 1) not in UNITS | NOUNS
            else None
        )

    def _ordinal(self, i: int) -> Found | None:
        """ "the third", "the first two panels", "last and first scene", "the second to last", "the last forest scene" """
        start = i
        while self._word(i) in DETERMINERS | {"very"}:
            i += 1
        if i >= len(self.tokens) or self.tokens[i].kind != "ordinal":
            return None
        positions: list[int] = []
        end = i
        while True:
            place = int(float(str(self.tokens[end].value)))
            end += 1
            if (count := self._number(end)) is not None and count > 1 and self._word(end + 1) not in UNITS:
                positions += (
                    range(1, count + 1)
                    if place == 1
                    else range(self.index.count - count + 1, self.index.count + 1)
                    if place == -1
                    else [place]
                )
                end += 1
            else:
                positions.append(place if place > 0 else self.index.count + 1 + place)
            after = self._separator(end)
            if after is None:
                break
            after += self._word(after) in {"the", "very"}
            if after >= len(self.tokens) or self.tokens[after].kind != "ordinal" or self._word(after + 1) in UNITS:
                break
            end = after
        if self._word(end) in NOUNS | ONES:
            end += 1
            if (
                self._word(end) in {"in", "from"}
                and self._word(end + 1) == "the"
                and self._word(end + 2) in {"board", "story"}
            ):
                end += 3
            ordinal = place if len(positions) == 1 else None
            return Scenes(_unique(positions), ordinal=ordinal, counted=self._word(end - 1) in ONES), end
        described = self._described(end, determined=True) if len(positions) == 1 else None
        if described is not None and not described[0].unclear:
            among = described[0].positions
            place = int(float(str(self.tokens[end - 1].value)))
            chosen = place - 1 if place > 0 else place
            if -len(among) <= chosen < len(among):
                return Scenes((among[chosen],)), described[1]
        if self._word(end) in UNITS or (end < len(self.tokens) and not self._may_follow(end)):
            return None
        ordinal = place if len(positions) == 1 else None
        return Scenes(_unique(positions), counted=True, ordinal=ordinal), end

    def _part(self, i: int) -> Found | None:
        """ "the middle scene", "the middle two panels", "the first half of the board", "the last third" """
        if self._word(i) != "the" or i + 2 > len(self.tokens) - 1:
            return None
        count, word, place = self.index.count, self._word(i + 1), self.tokens[i + 1]
        if word in {"middle", "central"}:
            several = self._number(i + 2)
            end = i + 3 if several is not None else i + 2
            noun = self._word(end) in NOUNS | ONES
            if several is None and not noun:
                return None
            wanted = int(several) if several is not None else 1 + (count + 1) % 2
            before = (count - wanted) // 2
            positions = tuple(range(before + 1, before + wanted + 1))
            unclear = len(positions) > 1 and several is None and self._word(end) not in PLURAL | {"ones"}
            if 0 < wanted <= count and (count - wanted) % 2 == 0:
                return Scenes(positions, unclear="the middle one" if unclear else ""), end + noun
            return Scenes((), unclear=f"the middle {several}"), end + noun
        parts = {"half": 2, "third": 3, "quarter": 4}.get(self._word(i + 2))
        if parts is None or place.kind != "ordinal":
            return None
        end = i + 3
        if self._word(end) == "of":
            end += 1 + (self._word(end + 1) in DETERMINERS)
            if self._word(end) not in PLURAL | {"board", "storyboard", "story", "comic", "book"}:
                return None
            end += 1
        number = int(float(str(place.value)))
        number = number if number > 0 else parts + 1 + number
        if not 1 <= number <= parts:
            return None
        low, high = -(-count * (number - 1) // parts), -(-count * number // parts)
        return Scenes(tuple(range(low + 1, high + 1))), end

    def _may_follow(self, i: int) -> bool:
        """Whether a reference may end before this word: "the first darker" is a scene, "the first person" is not."""
        token = self.tokens[i]
        return (
            token.kind != "word"
            or token.word in LEXICON.filler
            or (token.word,) in LEXICON.phrases
            or token.word in {"and", "too", "with", "where", "from", "after", "before", "'s"}
        )

    def _every(self, i: int) -> Found | None:
        """ "all", "every scene with the wolf", "all of them", "the whole board", "everything after 6" """
        if self._word(i) in DETERMINERS and self._word(i + 1) in {"whole", "entire", "complete"}:
            if self._word(i + 2) in NOUNS | {
                "thing",
                "board",
                "storyboard",
                "story",
                "comic",
                "book",
                "lot",
                "series",
                "set",
            }:
                return self._all(i + 3)
            return None
        if self._word(i) not in EVERY or (self._word(i) == "both" and self._word(i + 1) not in NOUNS | {"of", "the"}):
            return None
        i += 1
        if self._word(i - 1) == "everything" and self._word(i) == "else":
            return self._others(i + 1)
        if self._word(i) == "of":
            i += 1
        if self._word(i) in {"the", "these", "those", "my", "our"}:
            i += 1
        if self._word(i) in {"other", "others", "remaining"}:
            return self._others(i + 1 + (self._word(i + 1) in NOUNS | ONES))
        if self._word(i) in {"them", "it"}:
            i += 1
            return self._all(i)
        if self._word(i) in {"single"}:
            i += 1
        described = self._described(i, determined=True, plural=True)
        if described is not None:
            return described
        if self._word(i) in NOUNS | ONES:
            i += 1
        return self._all(i)

    def _all(self, end: int) -> Found:
        everything = tuple(range(1, self.index.count + 1))
        if self._word(end) in {"after", "before", "following", "from", "since", "past", "up", "until"}:
            skip = end + 1 + (self._word(end + 1) == "to")
            bound = self._single(skip, in_list=True)
            if bound is not None and len(bound[0].positions) >= 1:
                side, edge = self._word(end), bound[0].positions
                if side in {"before"}:
                    return Scenes(tuple(range(1, edge[0]))), bound[1]
                if side in {"up", "until"}:
                    return Scenes(tuple(range(1, edge[0] + 1))), bound[1]
                first = edge[0] if side in {"from", "since"} else edge[-1] + 1
                after = bound[1] + (self._word(bound[1]) in {"on", "onwards"})
                return Scenes(tuple(range(first, self.index.count + 1))), after
        return Scenes(everything, every=True), end

    def _rest(self, i: int) -> Found | None:
        """ "the rest", "the others", "the other ones" """
        if self._word(i) != "the":
            return None
        if self._word(i + 1) == "rest":
            return self._others(
                i + 2 + (2 if self._word(i + 2) == "of" and self._word(i + 3) in {"them", "scenes", "panels"} else 0)
            )
        if self._word(i + 1) == "others":
            return self._others(i + 2)
        if self._word(i + 1) == "other" and self._word(i + 2) in PLURAL | {"ones"}:
            return self._others(i + 3)
        if self._word(i + 1) == "other" and self._number(i + 2) is not None and self._word(i + 3) in PLURAL | {"ones"}:
            return self._others(i + 4)
        return None

    def _others(self, end: int) -> Found:
        but = set(self.mentioned or self.index.focus)
        return Scenes(tuple(p for p in range(1, self.index.count + 1) if p not in but)), end

    def _except(self, scenes: Scenes, end: int) -> Found:
        """ "… but 3", "… except the first two", "… apart from the wolf scenes" """
        i = end + (self._word(end) == ",")
        if self._word(i) == "but" or self._word(i) in {"except", "besides", "excluding", "minus", "save", "without"}:
            i += 1
        elif (self._word(i), self._word(i + 1)) in {("apart", "from"), ("aside", "from"), ("other", "than")} or (
            self._word(i),
            self._word(i + 1),
        ) == ("not", "counting"):
            i += 2
        else:
            return scenes, end
        while self._word(i) in {"for", "not", "from"}:
            i += 1
        out = self.at(i)
        if out is None or self._starts_clause(i):
            return scenes, end
        left = tuple(position for position in scenes.positions if position not in out[0].positions)
        return replace(scenes, positions=left, every=False, unclear=scenes.unclear or out[0].unclear), out[1]

    def _relative(self, i: int) -> Found | None:
        """ "that one", "this scene", "those two", "the next one", "the one before", "the previous scene" """
        focus = self.mentioned or self.index.focus
        first, second = self._word(i), self._word(i + 1)
        if first in {"this", "that"} and second in SINGULAR | {"one"} and self._word(i + 2) not in WHERE:
            return self._focused(focus[-1:], i + 2, f"{first} {second}")
        if first in {"these", "those"} and (self._number(i + 1) is not None or second in PLURAL | {"ones"}):
            end = i + 2 + (self._word(i + 2) in PLURAL | {"ones"})
            return self._focused(focus, end, f"{first} {second}") if self._word(i + 2) not in WHERE else None
        if (
            first in {"the", "its"}
            and second in {"next", "following", "previous", "preceding"}
            and self._word(i + 2) in SINGULAR | {"one"}
        ):
            step = 1 if second in {"next", "following"} else -1
            end = i + 3
            return self._focused(tuple(p + step for p in focus[-1:]), end, f"the {second} one")
        if first == "the" and second in SINGULAR | {"one"} and self._word(i + 2) in {"before", "after"}:
            end = i + 3
            bound = self._single(end, in_list=True)
            step = 1 if self._word(i + 2) == "after" else -1
            if bound is not None:
                return Scenes((bound[0].positions[0] + step,)), bound[1]
            if self._word(end) in {"that", "it", "this"}:
                end += 1
            elif end < len(self.tokens) and self.tokens[end].kind == "word" and not self._may_follow(end):
                return None
            return self._focused(tuple(p + step for p in focus[-1:]), end, f"the one {self._word(i + 2)}")
        if first == "the" and second == "same" and self._word(i + 2) in NOUNS | ONES:
            return self._focused(focus, i + 3, "the same one")
        return None

    def _focused(self, positions: tuple[int, ...], end: int, words: str) -> Found:
        return Scenes(positions, unclear="" if positions else words), end

    def _described(self, i: int, determined: bool = False, plural: bool = False) -> Found | None:
        """ "the night scenes", "wolf scenes", "the bridge one", "the scene where she finds the map", "scenes with a cat" """
        start = i
        if self._word(i) in {"the", "that", "those", "these", "any"}:
            determined, i = True, i + 1
        elif self._word(i - 1) in INDEFINITE and not determined:
            return None
        if self._word(i) in NOUNS | ONES and (determined or self._word(i) in PLURAL):
            several = plural or self._word(i) in PLURAL | {"ones"}
            return self._where(i + 1, several)
        words: list[str] = []
        for j in range(i, min(i + 4, len(self.tokens))):
            token = self.tokens[j]
            if token.word in NOUNS | ONES and words:
                several = plural or token.word in PLURAL | {"ones"}
                if not determined and (
                    not several or ((words[0],) in LEXICON.phrases and not self._is_value(words[0]))
                ):
                    return None
                return self._look_up(words, several, start, j + 1)
            if (
                token.kind != "word"
                or (token.word in LEXICON.filler and not self._is_value(token.word))
                or self._is_verb(token.word)
            ):
                return None
            if token.word in INDEFINITE | PREPOSITIONS | {"same", "other", "next", "previous", "only"}:
                return None
            words.append(token.word)
        return None

    def _is_value(self, word: str) -> bool:
        return any(meaning.kind in {"time", "weather", "look"} for meaning in LEXICON.phrases.get((word,), ()))

    def _is_verb(self, word: str) -> bool:
        return any(meaning.kind == "says" for meaning in LEXICON.phrases.get((word,), ())) and not self.index.about(
            [word]
        )

    def _where(self, i: int, several: bool) -> Found | None:
        start = i
        if self._word(i) not in WHERE and not (
            self._word(i) == "that" and self._word(i + 1) in {"has", "have", "shows"}
        ):
            return None
        with_thing = self._word(i) not in {"where", "when"}
        if self._word(i) in {"in", "at", "on", "inside", "of"} and self._word(i + 1) not in {"the", "which", "a", "an"}:
            return None
        if self._word(i) == "in" and self._word(i + 1) == "which":
            with_thing = False
            i += 1
        without = self._word(i) == "without"
        end = i + 1
        words: list[str] = []
        while end < len(self.tokens) and not self._ends_description(end, words, with_thing):
            if self.tokens[end].kind == "quote":
                words += str(self.tokens[end].value).lower().split()
            else:
                words.append(self._word(end))
            end += 1
        if not words:
            return None
        found = self._look_up(words, several, start, end)
        if without and found[0].positions and not found[0].unclear:
            inside = found[0].positions
            return Scenes(tuple(p for p in range(1, self.index.count + 1) if p not in inside)), end
        return found

    def _ends_description(self, i: int, words: list[str], with_thing: bool) -> bool:
        token = self.tokens[i]
        if token.kind == "mark":
            return token.word not in {"'"}
        content = any(word not in LEXICON.filler for word in words)
        if not content:
            return False
        if token.word in {"then", "but", "should", "needs", "must", "ought"}:
            return True
        if token.word == "and":
            return i + 1 >= len(self.tokens) or self._is_command(i + 1)
        if with_thing and token.word in {
            "to",
            "from",
            "after",
            "before",
            "should",
            "is",
            "are",
            "needs",
            "by",
            "where",
            "in",
            "at",
            "into",
            "on",
        }:
            return True
        meanings = LEXICON.phrases.get((token.word,), ())
        return (
            any(meaning.kind in {"look", "time", "weather", "shot"} for meaning in meanings)
            and i == len(self.tokens) - 1
        )

    def _is_command(self, i: int) -> bool:
        return any(
            meaning.kind == "says" and meaning.value in _IMPERATIVES
            for meaning in LEXICON.phrases.get((self._word(i),), ())
        )

    def _look_up(self, words: list[str], several: bool, start: int, end: int) -> Found:
        positions = self.index.about(words, best_only=not several)
        if len(positions) == 1 or (several and positions):
            return Scenes(tuple(sorted(positions))), end
        phrase = " ".join(words)
        return Scenes(positions[:6], unclear=phrase), end


_IMPERATIVES = frozenset(
    [
        "make",
        "change",
        "delete",
        "move",
        "swap",
        "add",
        "put",
        "redraw",
        "vary",
        "lock",
        "unlock",
        "merge",
        "split",
        "duplicate",
        "rename",
        "call",
        "replace",
        "undo",
        "redo",
        "restore",
        "compare",
        "export",
        "brighten",
        "darken",
        "soften",
        "zoom_in",
        "zoom_out",
        "insert_scene",
        "pick",
        "try",
    ]
)


def _unique(positions: Sequence[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(positions))
