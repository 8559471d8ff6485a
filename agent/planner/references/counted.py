"""Scenes by their place: "3", "2-4", "from 5 on", "the third", "the first half"."""

from __future__ import annotations

from agent.planner.references.described import Described
from agent.planner.references.reading import DETERMINERS, NOUNS, ONES, PLURAL, SINGULAR, Found, Scenes, unique
from agent.requests.lexicon import LEXICON

__all__ = ["Counted"]

TO = LEXICON.grammar["ranging"]
UNITS = LEXICON.grammar["units"]
MEASURES = LEXICON.grammar["measures"]
ROUGHLY = LEXICON.grammar["roughly"]
ENDS = {"opening": 1, "closing": -1, "ending": -1}
"""What else the first and the last scene are called: "the opening scene"."""
PARTS_OF_ALL = {"half": 2, "third": 3, "quarter": 4}


class Counted(Described):
    """Reads numbers, ordinals and parts of the board."""

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
        if bare and first > self.index.count and start > 1 and self._word(start - 1) in ROUGHLY:
            return None  # "Otto is younger, maybe 30"
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
        return Scenes(unique(positions), counted=mere), end

    def _since(self, first: int, end: int) -> Found:
        return Scenes(tuple(range(first, max(first, self.index.count) + 1)), since=True), end

    def _number_word(self, i: int, counted: bool = False) -> Found | None:
        number = self._number(i)
        return (
            (Scenes((number,), counted=counted), i + 1)
            if number is not None and self._word(i + 1) not in UNITS | NOUNS
            else None
        )

    def _starts_clause(self, i: int) -> bool:
        """Whether what follows a comma or "and" is a sentence of its own: "delete 5 and 6 should be darker"."""
        if self._word(i) in {"make", "delete"}:
            return True
        told = any(self._is_command(j) for j in range(max(0, i - 4), i))
        return told and self._word(i).isdigit() and self._word(i + 1) in {"should", "is", "needs", "could"}

    def _ordinal(self, i: int) -> Found | None:
        """ "the third", "the first two panels", "last and first scene", "the last forest scene" """
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
            return Scenes(unique(positions), ordinal=ordinal, counted=self._word(end - 1) in ONES), end
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
        return Scenes(unique(positions), counted=True, ordinal=ordinal), end

    def _end(self, i: int) -> Found | None:
        """ "the opening scene", "the closing shot" """
        start = i + (self._word(i) in DETERMINERS)
        place = ENDS.get(self._word(start))
        if place is None or self._word(start + 1) not in SINGULAR | {"shot"} or not self.index.count:
            return None
        return Scenes((place if place > 0 else self.index.count,)), start + 2

    def _part(self, i: int) -> Found | None:
        """ "the middle scene", "the middle two panels", "the first half of the board", "the last third" """
        if self._word(i) != "the" or i + 2 > len(self.tokens) - 1:
            return None
        i += self._word(i + 1) in {"whole", "entire"} and self._word(i + 3) in PARTS_OF_ALL
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
        parts = PARTS_OF_ALL.get(self._word(i + 2))
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
