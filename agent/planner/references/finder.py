"""Scenes as a whole reference names them: lists, "all but", "the rest", "that one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.planner.references.counted import Counted
from agent.planner.references.reading import (
    DETERMINERS,
    EVERY,
    EVERYWHERE,
    NOUNS,
    ONES,
    PLURAL,
    SINGULAR,
    Found,
    Scenes,
    unique,
)
from agent.requests.board_index import BoardIndex
from agent.requests.lexicon import LEXICON
from agent.requests.tokens import Token

__all__ = ["SceneFinder"]

BEFORE_NUMBER = LEXICON.grammar["before_number"]
ALL_OF_WHAT = frozenset(["right", "day", "night", "along"])
"""What "all" before these says is no scene; nor is it in "at all"."""
WHERE = LEXICON.grammar["describing"]
OF_PICTURES = WHERE | {"of", "size", "shape", "format", "ratio", "aspect", "that", "which", "together"}
"""After "the pictures", these say which, or that another thing is meant."""


class SceneFinder(Counted):
    """Reads scene references at a place in a message; with `places`, also those that only name where a scene is."""

    def __init__(self, tokens: Sequence[Token], index: BoardIndex, places: bool = False) -> None:
        super().__init__(tokens, index)
        self.places = places

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
            both = unique(scenes.positions + more[0].positions)
            scenes = replace(scenes, positions=both, placed=scenes.placed or more[0].placed, step=None)
            end = more[1]
        scenes, end = self._except(scenes, end)
        if not scenes.every:
            self.mentioned += scenes.positions
        return scenes, end

    def _single(self, i: int, in_list: bool = False) -> Found | None:
        for read in (
            self._theirs,
            self._every,
            self._rest,
            self._end,
            self._part,
            self._numbered,
            self._ordinal,
            self._relative,
            self._described,
            self._plural,
            *((self._placed,) if self.places else ()),
        ):
            found = read(i)
            if found is not None:
                return found
        alone = self._word(i - 1) in BEFORE_NUMBER and (
            i + 1 >= len(self.tokens) or self.tokens[i + 1].kind == "mark" or self._word(i + 1) == "and"
        )
        return self._number_word(i, counted=not in_list) if in_list or alone else None

    def _every(self, i: int) -> Found | None:
        """ "all", "every scene with the wolf", "all of them", "the whole board", "everything after 6", "everywhere" """
        if (self._word(i), self._word(i + 1)) == ("the", "lot") and self._word(i + 2) != "of":
            return self._all(i + 2)
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
        if self._word(i) in EVERYWHERE:
            return self._all(i + 1)
        if self._word(i) == "all" and (self._word(i - 1) in {"at", "after"} or self._word(i + 1) in ALL_OF_WHAT):
            return None
        if self._word(i) not in EVERY or (self._word(i) == "both" and self._word(i + 1) not in NOUNS | {"of", "the"}):
            return None
        i += 1
        if self._word(i - 1) == "everything" and self._word(i) == "else":
            return self._others(i + 1)
        if self._word(i - 1) == "everything" and (being := self._being(i, True)) is not None:
            return being
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

    def _plural(self, i: int) -> Found | None:
        """ "the pictures", "our scenes": all, where nothing says which."""
        if self._word(i) not in {"the", "my", "our"} or self._word(i + 1) not in PLURAL:
            return None
        if self._word(i - 1) in {"of", "many", "which", "what"} or self._word(i + 2) in OF_PICTURES:
            return None
        told = LEXICON.phrases.get((self._word(i - 1),), ())
        if any(meaning.value in {"delete", "merge", "move", "swap"} for meaning in told):
            return None
        return self._all(i + 2)

    def _rest(self, i: int) -> Found | None:
        """ "the rest", "the others", "the other ones", "the other wolf scene" """
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
        if self._word(i + 1) == "other" and (found := self._described(i + 2, determined=True, plural=True)) is not None:
            left = tuple(p for p in found[0].positions if p not in (self.mentioned or self.index.focus))
            return (replace(found[0], positions=left), found[1]) if len(left) == 1 else None
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
        if left == scenes.positions and not out[0].unclear:  # "I like 1 and 2 but 3 …"
            return scenes, end
        unclear = scenes.unclear or out[0].unclear
        return replace(scenes, positions=left, every=False, step=None, unclear=unclear), out[1]

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
            return self._focused(tuple(p + step for p in focus[-1:]), end, f"the {second} one", step)
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
            return self._focused(tuple(p + step for p in focus[-1:]), end, f"the one {self._word(i + 2)}", step)
        if first == "the" and second == "same" and self._word(i + 2) in NOUNS | ONES:
            return self._focused(focus, i + 3, "the same one")
        return None

    def _focused(self, positions: tuple[int, ...], end: int, words: str, step: int = 0) -> Found:
        """Scenes reckoned from those that were named before, or else last talked of: in this message, if in any."""
        return Scenes(positions, step=None if self.mentioned else step, unclear="" if positions else words), end
