"""Scenes by what is in them: "the night scenes", "the one where she finds the map"."""

from __future__ import annotations

from agent.planner.references.reading import EVERY, HER, NOUNS, ONES, PLURAL, Found, Reading, Scenes
from agent.requests.lexicon import LEXICON

__all__ = ["Described"]

PREPOSITIONS = LEXICON.grammar["prepositions"]
WHERE = LEXICON.grammar["describing"]

BESIDE = frozenset(["after", "before", "between", "following"])
INDEFINITE = frozenset(["a", "an", "another", "new", "extra", "more"])
BEING = frozenset(["is", "are", "'s", "happen", "happens", "play", "plays"])
PARTS = frozenset(["bit", "part", "moment", "sequence", "page"])
"""What people call a scene that they have named by what is in it: "the cave bit"."""


class Described(Reading):
    """Reads descriptions."""

    def _described(self, i: int, determined: bool = False, plural: bool = False) -> Found | None:
        """ "the night scenes", "wolf scenes", "the bridge one", "the scene where she finds the map" """
        start = i
        if self._word(i) in {"the", "that", "those", "these", "any"}:
            determined, i = True, i + 1
        elif self._word(i - 1) in INDEFINITE and not determined:
            return None
        counted = self._number(i) if determined else None
        if counted is not None and counted > 1:  # "the two forest scenes"
            found = self._described(i + 1, determined=True, plural=True)
            return found if found is not None and len(found[0].positions) == counted else None
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
            if token.word in PARTS and words and determined and len(self.index.about(words, best_only=True)) == 1:
                return self._look_up(words, False, start, j + 1)
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

    def _theirs(self, i: int) -> Found | None:
        """ "every scene he is in", "each scene with him", "all her scenes", "wherever Mira appears" """
        if self._word(i) in {"wherever", "whenever"}:
            who, end = self._who(i + 1)
            end = self._present(end, inside=False)
            return (self._of(who), end) if who and end else None
        if self._word(i) not in EVERY | {"the", "those"}:
            return None
        j = i + 1
        while self._word(j) in {"of", "the", "single"}:
            j += 1
        if self._word(i) in EVERY:
            who, end = self._who(j)
            end += self._word(end) == "'s"
            if who and self._word(end) in PLURAL:
                return self._of(who), end + 1
        if self._word(j) not in NOUNS:
            return None
        if self._word(j + 1) in {"with", "of", "showing", "featuring", "containing"} and self._word(j + 2) in HER:
            who, end = self._who(j + 2)
            return (self._of(who), end) if who and (end >= len(self.tokens) or self._may_follow(end)) else None
        inside = self._word(j + 1) not in {"where", "when"}
        j += 1 + (not inside or self._word(j + 1) in {"that", "which"}) + (self._word(j + 1) == "in") * 2
        who, end = self._who(j)
        end = self._present(end, inside and self._word(j - 2) != "in")
        return (self._of(who), end) if who and end else None

    def _who(self, i: int) -> tuple[tuple[str, ...], int]:
        """The ids of who is named here, with the index after the name; "she" is who was named last."""
        if self._word(i) not in HER:
            ids, count = self.index.character_at([token.word for token in self.tokens[i : i + 6]])
            return ids, i + count
        for j in range(i - 1, -1, -1):
            ids, _ = self.index.character_at([token.word for token in self.tokens[j : j + 6]])
            if ids:
                return ids, i + 1
        known = self.index.focus_character
        return ((known,) if known else ()), i + 1

    def _present(self, i: int, inside: bool) -> int:
        """The index after "is in", "appears"; 0 where nothing says that somebody is there. "Where he is" says it
        without the "in" that is needed `inside` "the scene that he is in"."""
        start = i
        if self._word(i) in {"is", "are", "'s", "be"}:
            i += 1 + (self._word(i + 1) in {"shown", "seen", "visible"})
            if self._word(i) == "in" or not (inside or (i < len(self.tokens) and not self._may_follow(i))):
                return i + (self._word(i) == "in")
            return 0
        i += self._word(i) in {"can", "does"}
        i += self._word(i) in {"appears", "appear", "features", "shows", "comes"}
        i += self._word(i) in {"up", "in"}
        return (i + (self._word(i) == "in")) if i > start else 0

    def _of(self, ids: tuple[str, ...]) -> Scenes:
        return Scenes(self.index.with_character(ids))

    def _placed(self, i: int) -> Found | None:
        """ "the bridge", "our old kitchen": where scenes are, or what they are called; "the dance", "the night on the
        rocks": what happens in one of them alone; "the painting", where only a scene can be meant."""
        since = self._word(i) in {"from", "since"}
        start = i + since
        if self._word(start) not in {"the", "our"}:
            return None
        for end in range(min(start + 7, len(self.tokens)), start + 1, -1):
            words = [token.word for token in self.tokens[start + 1 : end]]
            if end < len(self.tokens) and not self._may_follow(end):  # "the bridge keeper"
                continue
            positions = self.index.placed(words) or self.index.happening(words)
            if not positions and self._word(i - 1) in BESIDE and not LEXICON.grammar["small"] & set(words):
                positions = self._alone(self.index.with_thing(words))
            if positions and not since:
                return Scenes(positions, placed=True), end
            if positions and self._word(end) in {"on", "onwards"}:
                return Scenes(tuple(range(min(positions), self.index.count + 1)), since=True, placed=True), end + 1
        return None

    def _alone(self, positions: tuple[int, ...]) -> tuple[int, ...]:
        return positions if len(positions) == 1 else ()

    def _is_value(self, word: str) -> bool:
        return any(meaning.kind in {"time", "weather", "look"} for meaning in LEXICON.phrases.get((word,), ()))

    def _is_verb(self, word: str) -> bool:
        return any(meaning.kind == "says" for meaning in LEXICON.phrases.get((word,), ())) and not self.index.about(
            [word]
        )

    def _being(self, i: int, several: bool) -> Found | None:
        """ "… that are foggy", "… which happen at night", behind scenes or "everything" """
        if self._word(i) not in {"that", "which"} or self._word(i + 1) not in BEING:
            return None
        end = i + 2
        while self._word(end) in {"at", "in", "the", "still", "set", "all"}:
            end += 1
        return self._look_up([self._word(end)], several, i, end + 1) if self._is_value(self._word(end)) else None

    def _where(self, i: int, several: bool) -> Found | None:
        if (being := self._being(i, several)) is not None:
            return being
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

    def _look_up(self, words: list[str], several: bool, start: int, end: int) -> Found:
        positions = self.index.about(words, best_only=not several)
        if len(positions) == 1 or (several and positions):
            return Scenes(tuple(sorted(positions))), end
        phrase = " ".join(words)
        return Scenes(positions[:6], unclear=phrase), end
