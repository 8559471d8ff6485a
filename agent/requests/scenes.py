"""Which scenes words point at: numbers, ordinals, ranges, descriptions, and what was talked of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.requests.board_index import BoardIndex, stem
from agent.requests.clauses import REQUEST_VERBS
from agent.requests.lexicon import LEXICON
from agent.requests.people import People
from agent.requests.words import BREAKS, Scope, Text, Word, word_set

__all__ = ["NOUNS", "SceneReader", "mark_scenes"]

NOUNS = word_set(
    """
    scene scenes panel panels frame frames picture pictures page pages image images drawing drawings
    illustration illustrations number numbers no # nr pic pics slide slides tile tiles box boxes beat beats
    """
)
_ONES = frozenset(("one", "ones"))
_SHOTS = frozenset(("shot", "shots"))
_BEFORE = word_set(
    """
    in on to of for from at after before between by until till through with into inside about except excluding
    besides like match matches as than
    without
    """
)
_VERBS = word_set(
    """
    rewrite rename relocate retitle set brighten vary make do redraw delete cut drop move swap merge split copy
    duplicate lock unlock show hold darken brighten
    leave keep shoot put need want touch repeat remove join combine lose scrap lengthen shorten draw redo change
    switch exchange clone freeze divide take push play bring let have give set turn vary and or then also but
    plus only just meant mean scene not can could should would might may must will
    """
)
_LIKING = word_set("prefer liked like love touches touch fancy mine of")
_UNITS = word_set(
    """
    s sec secs second seconds minute minutes times percent % pixels px steps step fps panels scenes frames
    pictures shots images pages parts beats versions version changes edits options takes years year metres feet
    people of more other different new extra
    """
)
_TO = word_set("to - — until till through thru … ...")
_AND = frozenset((",", "and", "&", "/", "+", "plus", "or"))
_ON = word_set("on onward onwards forward forwards")
_ALL = frozenset(("all", "every", "each", "both", "any"))
_DETERMINERS = word_set("a an the his her their its top")
_RELATIVE = word_set("with where which that who when whose in featuring containing showing without")
_STOPS = frozenset((",", ":", "—", "-"))
_WHOLE = word_set("board storyboard story thing film movie comic book lot")
_ELSE = frozenset(("rest", "others", "remainder"))
_PREDICATES = word_set(
    """
    should must needs need is are was can could has gets looks feels makes wants ought
    """
)


class SceneReader:
    """Reads scenes at a place of a message. `before` are the scenes of what was said before in it."""

    def __init__(
        self, text: Text, words: Sequence[Word], index: BoardIndex, people: People, placed: bool = False
    ) -> None:
        self.text, self.words, self.index, self.people, self.placed = text, list(words), index, people, placed
        self.count = index.count
        self.before: tuple[int, ...] = index.focus

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def kind(self, i: int) -> str:
        return self.words[i].kind if 0 <= i < len(self.words) else ""

    def at(self, i: int) -> tuple[Scope, int] | None:
        """The scenes that are named from `i` on, and the place behind them."""
        if self._is_name(i):
            return None
        found = self._since(i) or self._range(i) or self._quantified(i) or self._back(i) or self._one_where(i)
        found = found or self._plain(i) or (self._placed(i) if self.placed else None)
        if found is None:
            return None
        amount = (
            found[0].missing and not found[0].positions and not found[0].noun and self.low(i - 1) in ("to", "by", "at")
        )
        return None if amount else self._less(self._more(found))

    def _is_name(self, i: int) -> bool:
        """Whether a word is part of the name that "call the storyboard …" gives."""
        for start in range(i - 1, max(i - 12, -1), -1):
            if self.kind(start) == "mark" and self.low(start) in (*BREAKS, ","):
                return False
            if self.low(start) in ("call", "name", "rename", "retitle"):
                begin = start + 1
                while self.low(begin) in _WHOLE | {"the", "it", "this", "whole", "to", "as", ":"}:
                    begin += 1
                return start + 1 < begin <= i
        return False

    # --- numbers and ordinals
    def _number(self, i: int) -> int | None:
        word = self.words[i] if i < len(self.words) else None
        return word.number if word is not None and word.kind == "number" else None

    def _scope(self, numbers: Sequence[int], noun: bool = False, kind: str = "named") -> Scope:
        real = [n + self.count + 1 if n < 0 else n for n in numbers]
        there = tuple(sorted({n for n in real if 1 <= n <= self.count}))
        return Scope(there, kind, tuple(n for n in real if not 1 <= n <= self.count), noun=noun)

    def _plain(self, i: int) -> tuple[Scope, int] | None:
        """ "panel 3", "panels two, five and eight", "3-5", "the first two", "the last shot"."""
        start = i
        own = self._own_number(i + (self.low(i) in NOUNS and self.kind(i) == "word"))
        if own is not None:
            return own
        if self.low(i) in ("the", "just", "only"):
            i += 1
        if [self.low(k) for k in range(i - 3, i)] == ["next", "to", "the"]:
            return None
        if self.kind(i) == "ordinal" and self.low(i + 1) == "one" and self.low(i + 2) not in ("more", "of", "in", "on"):
            return self._scope([self.words[i].number], noun=True), i + 2
        if self.kind(i) == "ordinal":
            return self._ordinal(i)
        half = self.low(i + 1) == "half" and self.kind(i) == "ordinal"
        if half:
            return None
        noun = i
        while (
            self.low(noun) in NOUNS
            and (self.kind(noun + 1) in ("number", "word") or self.low(noun + 1) == "#")
            and noun < i + 2
        ):
            noun += 1
        if noun > i:
            found = self._numbers(noun)
            if found is not None:
                return self._scope(found[0], noun=True), found[1]
        if noun == i and (start != i or self.kind(i) == "person"):
            return self._named_scene(i)
        if self.kind(i) == "number" and self._bare(i):
            found = self._numbers(i)
            if found is not None:
                return self._scope(found[0]), found[1]
        return None

    def _own_number(self, i: int) -> tuple[Scope, int] | None:
        """ "4A": a panel by the number that it keeps wherever it stands."""
        spelled = self.low(i).upper()
        if not (spelled[:1].isdigit() and spelled[-1:].isalpha()):
            return None
        scenes = enumerate(self.index.board.scenes, start=1)
        places = tuple(place for place, scene in scenes if scene.number.upper() == spelled)
        return (Scope(places, noun=True), i + 1) if places else None

    def _numbers(self, i: int) -> tuple[list[int], int] | None:
        first = self._number(i)
        if first is None:
            return None
        numbers, i = self._run(first, i + 1)
        while True:
            gap = 0
            while gap < 2 and self.low(i + gap) in _AND:
                gap += 1
            step = i + gap
            if self.low(step) in NOUNS:
                step += 1
            value = self._number(step)
            spoken = gap == 0 and value is not None and not self.low(i).isdigit()
            counted = self.low(step) == "one" and self.low(step + 1) in ("earlier", "later", "place", "back")
            if (
                value is None
                or counted
                or (gap == 0 and not spoken)
                or not self._may_follow(step, comma=self.low(i) == ",")
            ):
                return numbers, i
            more, i = self._run(value, step + 1)
            numbers += more

    def _may_follow(self, i: int, comma: bool) -> bool:
        """Whether a number behind a comma or "and" goes on with the list: "4, 5 and 6", not "3 sunny, 4 dim"."""
        after = self.low(i + 1)
        own = self.low(i - 1) in NOUNS and not self.low(i - 1).endswith("s")
        if (
            own
            and after in _PREDICATES
            and any(self.low(k) in _VERBS - {"and", "then", "also", "scene"} for k in range(max(0, i - 6), i))
        ):
            return False
        if self._counts(i):
            return False
        if not comma:
            return after not in (":",) or self.low(i - 1) in ("and", "&")
        j = i + 1
        while self.low(j) in _AND or self.kind(j) == "number" or self.low(j) in NOUNS:
            j += 1
        listed = any(self.low(k) in ("and", "&") for k in range(i, j))
        return listed or after in (*_AND, "", *BREAKS)

    def _run(self, first: int, i: int) -> tuple[list[int], int]:
        step = i + 1 if self.low(i) in _TO else i
        if step > i and self.low(step) in NOUNS:
            step += 1
        last = self._number(step) if step > i else None
        if last is not None and last > first and not (self.low(i) in ("-", "—") and self._counts(step)):
            return list(range(first, last + 1)), step + 1
        return [first], i

    def _counts(self, i: int) -> bool:
        """Whether a number says how many of something: "six seconds", "two defenders"."""
        after, word = self.low(i + 1), self.words[i]
        if word.number == 1 and after in NOUNS and word.low != "1":
            return True
        if after in _UNITS or after in LEXICON.grammar["units"]:
            return not (after in ("more", "of", "s") and word.low.isdigit() and after != "s") or after == "s"
        if word.low.isdigit():
            return False
        plural = self.kind(i + 1) == "word" and after.endswith("s") and not after.endswith(("ss", "'s", "is", "us"))
        return plural and after not in _PREDICATES and after not in ("goes", "lasts", "happens", "needs", "takes")

    def _bare(self, i: int) -> bool:
        """Whether a number alone names a scene, by what stands around it."""
        score = self.low(i + 1) == "-" and (self._number(i + 2) or 10**6) <= self.words[i].number
        if self._counts(i) or score:
            return False
        before, after = self.low(i - 1), self.low(i + 1)
        if before == "the" and (
            self.low(i - 2) in _BEFORE | _VERBS or after in _PREDICATES | {"lasts", "goes", "stays", "looks"}
        ):
            return True
        spelled_out = not self.words[i].low.isdigit()
        parting = (
            "squeeze",
            "condense",
            "shorten",
            "boil",
            "trim",
            "split",
            "cut",
            "divide",
            "break",
            "chop",
            "separate",
            "merge",
            "combine",
            "join",
            "halve",
        )
        if spelled_out and before in ("into", "in") and any(self.low(k) in parting for k in range(max(0, i - 8), i)):
            return False
        if before in LEXICON.grammar["measures"] and before not in ("by", "strength"):
            return False
        digits = self.words[i].low.isdigit()
        if i == 0 or before in (
            *BREAKS,
            ",",
            ":",
            "—",
            "(",
            "please",
            "that",
            "anyway",
            "think",
            "guess",
            "believe",
            "again",
        ):
            return digits or after in ("", "-", "—", ":", ",", "and", "at", "from") or after in _PREDICATES
        if before in _BEFORE or before in _VERBS or (digits and before in REQUEST_VERBS | _LIKING):
            ends = after == "" or self.kind(i + 1) in ("mark", "number") or after in _AND | _TO | _BEFORE | _PREDICATES
            return digits or ends or after in word_set("too again please as also instead um then it")
        return self.kind(i - 1) == "person" and digits

    def _ordinal(self, i: int) -> tuple[Scope, int] | None:
        numbers = [self.words[i].number]
        j = i + 1
        while self.low(j) in ("and", ",", "&", "or") and self.kind(j + (self.low(j + 1) == "the") + 1) == "ordinal":
            j += 1 + (self.low(j + 1) == "the")
            numbers.append(self.words[j].number)
            j += 1
        if self.low(j) == "half" and len(numbers) == 1:
            middle = self.count // 2
            places = range(1, middle + 1) if numbers[0] == 1 else range(middle + 1, self.count + 1)
            return Scope(tuple(places), "described"), j + 1
        many = self._number(j)
        if many is not None and numbers[0] in (1, -1) and len(numbers) == 1 and self.low(j) not in ("1",):
            if self.low(j) in _ONES and any(word.kind == "person" for word in self.words[max(0, i - 6) : i]):
                return None
            listed = list(range(1, many + 1)) if numbers[0] == 1 else list(range(-many, 0))
            if self.low(j) in _ONES:
                listed = numbers
            j += 1
            noun = self.low(j) in NOUNS | _SHOTS
            return self._scope(listed, noun=True), j + noun
        person = self.kind(i - 2) == "person" or any(word.kind == "person" for word in self.words[max(0, i - 6) : i])
        if self.kind(j) == "number" and self.low(j) in _ONES and person:
            return None
        if self.low(j) in NOUNS | _SHOTS or (self.kind(j) == "number" and self.low(j) in _ONES):
            return self._scope(numbers, noun=True), j + 1
        pointed = self.low(i - 1) == "the" or self.low(i - 1) in _BEFORE
        free = self.kind(j) in ("mark", "") or self.low(j) in _PREDICATES | {"and", "as", "to", "with", "in", "at"}
        if (pointed and free and (self.words[i].low not in ("second", "last") or self._ends(j, self.words[i].low))) or (
            pointed and free and self.words[i].low in ("second", "last") and self.low(i - 2) in _BEFORE | _VERBS
        ):
            return self._scope(numbers), j
        return None

    def _ends(self, i: int, ordinal: str) -> bool:
        """Whether "the last" stands alone: behind it nothing, or a mark."""
        return ordinal == "last" and self.kind(i) in ("mark", "")

    # --- ranges
    def _range(self, i: int) -> tuple[Scope, int] | None:
        """ "from 3 to 5", "between 8 and 9" stay apart from "from half-time on"."""
        if self.low(i) != "from":
            return None
        for j in (i + 1, i + 2):
            found = self._plain(j) if self.low(i + 1) in (*NOUNS, "the") or j == i + 1 else None
            if found is None:
                continue
            scope, end = found
            if len(scope.positions) > 1 and self.low(end) not in _ON:
                return scope, end
            if self.low(end) in _TO and scope.positions:
                last = self._plain(end + 1)
                if last is not None and last[0].positions:
                    places = range(scope.positions[0], last[0].positions[-1] + 1)
                    return Scope(tuple(places), noun=scope.noun, missing=last[0].missing), last[1]
        return None

    def _since(self, i: int) -> tuple[Scope, int] | None:
        """ "from half-time on", "from 6 onwards", "until half-time", "after the rain starts", "by 11"."""
        first = self.low(i)
        if first in ("from", "starting") and not (i and self.low(i - 1) in ("shot", "seen")):
            j = i + 1 + (self.low(i + 1) in ("with", "from", "at"))
            for end in range(j + 1, min(j + 8, len(self.words)) + 1):
                if self.low(end) in _ON and self.low(end - 1) not in ("based",):
                    scope = self._place(j, end)
                    stop = end + 1
                    if scope is not None:
                        start = scope.positions[0]
                        return Scope(tuple(range(start, self.count + 1)), "since", noun=scope.noun), stop
                    return None
                if self.kind(end) == "mark":
                    return None
        if first == "starting" and self.low(i + 1) in ("from", "with", "at", "in"):
            plain = self._plain(i + 2)
            if plain is not None and len(plain[0].positions) == 1:
                return Scope(tuple(range(plain[0].positions[0], self.count + 1)), "since", noun=True), plain[1]
        if first in ("until", "till", "after", "before", "since", "once") and self._leads(i):
            mark = next((k for k in range(i + 1, len(self.words)) if self.kind(k) == "mark"), None)
            plain = self._plain(i + 1)
            ends: list[int] = [mark] if mark is not None else []
            if plain is None:
                ends += [i + 8, i + 7, i + 6, i + 5, i + 4, i + 3, i + 2]
            for stop in ends:
                if stop > len(self.words):
                    continue
                scope = self._place(i + 1, stop)
                if scope is None or not scope.positions or (plain is not None and stop != plain[1]):
                    continue
                edge = scope.positions[0]
                if first in ("until", "till", "before"):
                    return Scope(tuple(range(1, edge)), "described"), stop
                begin = edge if self._begins(i + 1, stop) else edge + 1
                return Scope(tuple(range(begin, self.count + 1)), "since"), stop
        return None

    def _leads(self, i: int) -> bool:
        return i == 0 or self.kind(i - 1) == "mark" or self.low(i - 1) in ("and", "but", "then")

    def _begins(self, i: int, end: int) -> bool:
        return any(self.low(k).startswith(("start", "begin", "begun", "gone", "has", "set")) for k in range(i, end))

    def _place(self, i: int, end: int) -> Scope | None:
        """One place of the story that words name: a number, an ordinal, or what happens there."""
        plain = self._plain(i)
        if plain is not None and plain[1] == end and plain[0].positions:
            return plain[0]
        if self.low(i) in ("that", "this", "there", "then", "here") and end == i + 1 and self.before:
            return Scope(self.before[:1])
        fitting = self.event([word for word in self.words[i:end] if word.kind != "mark"])
        return Scope(fitting[:1], "described") if fitting else None

    def event(self, words: Sequence[Word]) -> tuple[int, ...]:
        """The scenes that have all these words (but for small ones), those that tell of them first."""
        people = self.people.named(words)
        if people and len(words) > 1:
            there = set(self.index.with_character(people))
            happens = self.event([word for word in words if word.kind != "person"])
            return tuple(place for place in happens if place in there) or happens
        wanted = {stem(word.low) for word in words if word.low not in LEXICON.grammar["small"]}
        wanted -= {stem(word) for word in ("starts", "begins", "happens", "part", "scene", "moment", "bit", "gone")}
        if not wanted:
            return ()
        for told in (lambda s: f"{s.text} {s.title}", lambda s: f"{s.text} {s.title} {s.action} {s.setting}"):
            bags = [_bag(told(scene)) for scene in self.index.board.scenes]
            whole = tuple(place for place, bag in enumerate(bags, start=1) if wanted <= bag)
            if whole:
                return whole
        return ()

    # --- all, and all that fit a description
    def _quantified(self, i: int) -> tuple[Scope, int] | None:
        word, start = self.low(i), i
        everything = Scope(tuple(range(1, self.count + 1)), "all", noun=True)
        if word in ("everywhere", "throughout"):
            return self._described(everything, i + 1, free=word == "everywhere")
        if word in ("wherever", "whenever") and self.low(i + 1) == "it":
            return None
        if word in ("wherever", "whenever"):
            return self._filtered(everything, i + 1)
        if word in ("everything",) and self.low(i - 1) not in ("do", "not", "change"):
            if self.low(i + 1) == "else":
                return self._else(i + 2)
            if self.low(i + 1) in ("after", "before"):
                return self._beyond(i + 1)
            return self._described(everything, i + 1)
        ends = self.kind(i + 1) in ("", "mark") or self.low(i + 1) in ("please", "of", "too")
        if word == "all" and ends and self.low(i + 1) != "of" and self.low(i - 1) in _VERBS | {"for", "them", "in"}:
            return everything, i + 1
        if word in ("all", "everything") and self.low(i + 1) in ("but", "except"):
            return everything, i + 1
        if word == "all" and self.low(i + 1) in ("the", "of"):
            i += 1 + (self.low(i + 1) == "of")
            if self.low(i) in ("the", "these", "those", "them"):
                i += 1
            if self.low(i - 1) == "them":
                return everything, i
            if self.low(i) in _ELSE or self.low(i) == "other":
                return self._else(i + 1 + (self.low(i) == "other"))
        elif word in ("the", "this", "my", "our"):
            i += 1
            if self.low(i) in ("whole", "entire", "full") and self.low(i + 1) in _WHOLE:
                return everything, i + 2
            if (
                self.low(i) == "rest"
                and self.kind(i + 1) == "word"
                and self.low(i + 1) not in _PREDICATES | {"of", "stays", "stay", "as", "in", "and", "to"}
                and self.low(start - 1) not in _VERBS
            ):
                return None
            if self.low(i) in _ELSE or (self.low(i) == "other" and self.low(i + 1) in NOUNS | _ONES):
                return self._else(i + 1 + (self.low(i) == "other"))
            if self.low(i) not in NOUNS or not self.low(i).endswith("s"):
                return None
            if self.low(start - 1) in ("merge", "join", "combine", "delete", "remove", "swap", "move", "of", "many"):
                return None
            if self.low(i + 1) not in _RELATIVE:
                return (everything, i + 1) if start and self.low(i + 1) not in _RELATIVE else None
        elif word == "all" and self.low(i + 1) in ("his", "her", "their", "its") and self.low(i + 2) in NOUNS:
            people = [one for before in self.words[:i] for one in before.people]
            return (Scope(self.index.with_character(people[-1:]), "described", noun=True), i + 3) if people else None
        elif word in _ALL:
            i += 1
        else:
            return None
        if self.low(i) in _ONES and word in ("every", "each"):
            return self._described(everything, i + 1)
        if self.low(i) in NOUNS | _SHOTS:
            return self._described(everything, i + 1)
        if word == "all" and i == start + 1 and self.low(i) in _RELATIVE:
            return None
        two = self.low(i - 1 + (word in _ALL) - (word == "both")) if word == "both" else ""
        if word == "both" and self.low(i) in NOUNS and len(self.before) == 2 and two:
            return Scope(self.before, "back"), i + 1
        return None

    def _described(self, everything: Scope, i: int, free: bool = False) -> tuple[Scope, int]:
        """All scenes, or, where a description follows, those that it fits."""
        word = self.low(i)
        if word in ("before", "after") and (beyond := self._beyond(i)) is not None:
            return beyond
        subject = self.kind(i) == "person" or word in ("he", "she", "they", "it", "we")
        if word in _RELATIVE or ((subject or word == "the") and self._has_verb(i, free)):
            found = self._filtered(everything, i + (word in _RELATIVE and word not in ("with", "without", "in")))
            if found is not None and (found[0].positions or word != "in"):
                return found
        return everything, i

    def _has_verb(self, i: int, free: bool) -> bool:
        end = self._end_of_description(i)
        appears = any(
            self.low(k).startswith(("appear", "show", "turn", "come", "happen", "is", "are", "in"))
            for k in range(i, end)
        )
        return appears and (free or self.kind(i) == "person" or self.low(i) in ("he", "she", "they", "it", "we", "the"))

    def _end_of_description(self, i: int) -> int:
        k = i
        while k < len(self.words):
            word = self.words[k]
            if word.kind == "mark" and word.low not in ("'",):
                break
            if k > i + 1 and word.low in word_set("should must needs gets looks but except and as"):
                break
            k += 1
        return k

    def _filtered(self, everything: Scope, i: int) -> tuple[Scope, int] | None:
        while self.low(i) in ("is", "are", "'s", "happen", "happens", "was"):
            i += 1
        end = whole = self._end_of_description(i)
        places = self.fitting(self.words[i:end]) if end > i else ()
        while not places and end > i + 1 and whole - end < 3:
            end -= 1
            places = self.fitting(self.words[i:end])
        words = list(self.words[i : end if places else whole])
        if not words:
            return None
        end = end if places else whole
        if not places:
            return Scope((), "described", words=self.text.raw(words), noun=True), end
        return Scope(places, "described", noun=True), end

    def fitting(self, words: Sequence[Word]) -> tuple[int, ...]:
        """The scenes that a description fits: who is there, weather and time, else all its words."""
        without = words[0].low == "without" or any(word.low in ("not", "no") for word in words)
        people = self.people.named(words)
        scenes = self.index.board.scenes
        if people:
            rest = [word for word in words if word.kind != "person" and word.low not in LEXICON.grammar["small"]]
            rest = [word for word in rest if not word.low.startswith(("appear", "show", "turn", "see", "come"))]
            places = self.index.with_character(people)
            if rest:
                places = tuple(place for place in places if place in self.event(rest)) or places
        else:
            places = self._circumstances(words) or self.event([w for w in words if w.low not in ("happens", "with")])
        if without:
            return tuple(place for place in range(1, len(scenes) + 1) if place not in places)
        return places

    def _circumstances(self, words: Sequence[Word]) -> tuple[int, ...]:
        said = word_set("happen happens take takes place set play plays")
        content = [word for word in words if word.low not in LEXICON.grammar["small"] | said]
        if not content:
            return ()
        wanted = {stem(word.low) for word in content}
        return tuple(
            place
            for place, scene in enumerate(self.index.board.scenes, start=1)
            if wanted <= _bag(f"{scene.weather} {scene.time} {scene.setting} {scene.mood}")
        )

    def _else(self, i: int) -> tuple[Scope, int]:
        """All but those that were spoken of."""
        spoken = {place for word in self.words[:i] if word.scope for place in word.scope.positions} or set(self.before)
        if not spoken:
            return Scope((), "described", words="the rest", noun=True), i
        rest = Scope(tuple(p for p in range(1, self.count + 1) if p not in spoken), "all", words="the rest", noun=True)
        if self.low(i) in ("that", "which", "with", "where", "in"):
            found = self._filtered(rest, i + (self.low(i) not in ("with", "in")))
            if found is not None:
                return replace(found[0], positions=tuple(p for p in found[0].positions if p not in spoken)), found[1]
        return rest, i

    def _beyond(self, i: int) -> tuple[Scope, int] | None:
        found = self._back(i + 1) or self._plain(i + 1)
        last = [word.scope.positions for word in self.words[:i] if word.scope and word.scope.positions]
        if self.low(i + 1) in ("it", "that", "them") and last:
            found = Scope(last[-1]), i + 2
        if found is None or not found[0].positions:
            return None
        edge = found[0].positions
        after = range(edge[-1] + 1, self.count + 1) if self.low(i) == "after" else range(1, edge[0])
        return Scope(tuple(after), "since"), found[1]

    # --- what was talked of
    def _back(self, i: int) -> tuple[Scope, int] | None:
        last = [word.scope.positions for word in self.words[:i] if word.scope and word.scope.positions]
        before = last[-1] if last else self.before
        if not before:
            asked = any(word.low in ("?", "who", "where", "which") for word in self.words[:i])
            points = self.low(i) in ("that", "these", "those") and self.low(i + 1) in NOUNS | _ONES
            return (Scope((), "back", noun=True), i + 2) if asked and points else None
        ends = self.low(i + 1) in ("", ",", ".", "too", "as", "please", "!")
        if self.low(i) == "there" and i > 1 and ends and self.low(i - 1) not in ("is", "be", "are", "was", "it"):
            return Scope(before, "back"), i + 1
        if self.low(i) in ("that", "this") and (self.low(i + 1) in NOUNS | _ONES):
            return Scope(before, "back", noun=True), i + 2
        if self.low(i) in ("these", "those") and (self.low(i + 1) in NOUNS | _ONES or self.kind(i + 1) == "number"):
            return Scope(before, "back", noun=True), i + 2
        if self.low(i) == "the" and self.low(i + 1) in ("next", "following", "previous", "preceding"):
            forward = self.low(i + 1) in ("next", "following")
            many = self._number(i + 2)
            j = i + 3 if many is not None else i + 2
            many = 1 if many is None or self.low(i + 2) in _ONES else many
            if many == 1 and j == i + 2 and self.low(j) not in NOUNS | _ONES | _SHOTS and self.kind(j) == "word":
                return None
            j += self.low(j) in NOUNS | _SHOTS
            numbers = range(before[-1] + 1, before[-1] + many + 1) if forward else range(before[0] - many, before[0])
            return self._scope([n if n > 0 else 10**6 for n in numbers], noun=True, kind="back"), j
        if self.low(i) == "the" and self.low(i + 1) in _ONES | NOUNS and self.low(i + 2) in ("after", "before"):
            near = self._back(i + 3) if self.low(i + 3) in ("this", "that") else None
            plain = self._plain(i + 3)
            origin = plain[0].positions if plain else near[0].positions if near else before
            j = plain[1] if plain else near[1] if near else i + 3 + (self.low(i + 3) in ("it", "that", "this", "them"))
            if not origin:
                return None
            number = origin[-1] + 1 if self.low(i + 2) == "after" else origin[0] - 1
            return self._scope([number or 10**6], noun=True, kind="back"), j
        return None

    # --- one that a description fits
    def _one_where(self, i: int) -> tuple[Scope, int] | None:
        """ "the one with the geese", "the scene where Ivy slips"."""
        if self.low(i) != "the" or self.low(i + 1) not in _ONES | NOUNS | _SHOTS:
            return None
        if self.low(i + 2) not in _RELATIVE and not (self.low(i + 1) in _ONES and self.low(i + 2) == "at"):
            return None
        begin = i + 2 + (self.low(i + 2) in ("where", "that", "which", "when"))
        end = self._end_of_description(begin)
        words = self.words[begin:end]
        while end > begin + 2 and not self.fitting(words) and self.fitting(words[:-1]):
            end, words = end - 1, words[:-1]
        plain = [word.low for word in words]
        places = tuple(self.fitting(words)) or self.index.about(plain, best_only=True)
        plural = self.low(i + 1).endswith("s")
        if len(places) > 1 and not plural:
            best = self.index.about(plain, best_only=True)
            places = best if len(best) == 1 else places
        if len(places) == 1 or (places and plural):
            return Scope(places, "described", noun=True), end
        words_said = self.text.raw(self.words[i:end])
        return Scope((), "described", words=words_said, noun=True, fitting=places), end

    def _named_scene(self, i: int) -> tuple[Scope, int] | None:
        """ "the kitchen scene", "the opening shot", "the ending"."""
        if (
            self.kind(i) == "person"
            and self.low(i + 1) in NOUNS | _ONES
            and not self.low(i + 1).startswith(("no", "#"))
        ):
            places = self.fitting(self.words[i : i + 1])
            if len(places) == 1 or self.low(i + 1).endswith("s"):
                return Scope(places, "described", noun=True), i + 2
        ends = {"ending": -1, "finale": -1, "opening": 1, "beginning": 1, "opener": 1}
        if self.low(i) in ends and not {"to", "at"} & {self.low(i - 1), self.low(i - 2)}:
            noun = self.low(i + 1) in NOUNS | _SHOTS
            return self._scope([ends[self.low(i)]], noun=True), i + 1 + noun
        if self.low(i) == "middle" and self.low(i + 1) in NOUNS | _ONES:
            half = self.count // 2
            if self.count % 2:
                return self._scope([half + 1], noun=True), i + 2
            both = (half, half + 1) if half else ()
            if self.low(i + 1).endswith("s"):
                return self._scope(both, noun=True), i + 2
            return Scope((), "described", words=self.text.raw(self.words[i : i + 2]), noun=True, fitting=both), i + 2
        for end in range(i + 1, min(i + 4, len(self.words))):
            if self.kind(end) != "word" or self.kind(end - 1) == "mark":
                return None
            if self.low(end) in NOUNS and not self.low(end).startswith(("no", "number", "#")):
                words = self.words[i:end]
                if any(word.kind not in ("word", "person") or word.low in LEXICON.grammar["small"] for word in words):
                    return None
                places = self.fitting(words)
                if len(places) == 1 or (places and self.low(end).endswith("s")):
                    return Scope(places, "described", noun=True), end + 1
                return None
        return None

    def _placed(self, i: int) -> tuple[Scope, int] | None:
        """ "the bridge", "the forest ones", "the storm": the scenes there, or where that happens."""
        if self.low(i) in ("while", "when", "where", "as") and i > 1 and self.kind(i - 1) == "word":
            happens = self.event([word for word in self.words[i + 1 :] if word.kind != "mark"])
            return (Scope(happens, "described", noun=True), len(self.words)) if len(happens) == 1 else None
        if self.low(i) not in ("the", "our", "his", "her", "their"):
            return None
        for end in range(min(i + 5, len(self.words)), i + 1, -1):
            words = self.words[i + 1 : end]
            while len(words) > 2 and words[0].kind == "number":
                words = words[1:]
            if any(word.kind != "word" for word in words[:-1]) or not (
                words[-1].kind == "word" or words[-1].low in _ONES
            ):
                continue
            plain = [word.low for word in words]
            noun = plain[-1] in _ONES | NOUNS | {"bit", "part"} and len(plain) > 1
            plain = plain[:-1] if noun else plain
            places = self.index.placed(plain) or (self.index.about(plain, best_only=True) if noun else ())
            places = places or self.index.happening(plain)
            if places:
                return Scope(tuple(sorted(places)), "described", noun=True), end
        return None

    # --- more, and less
    def _more(self, found: tuple[Scope, int]) -> tuple[Scope, int]:
        scope, end = found
        goes_on = (
            self.low(end) in _ON
            and self.low(end + 1) != "to"
            and not (self.low(end) == "on" and self.low(end + 1) in _DETERMINERS)
        )
        if goes_on and scope.kind == "named" and len(scope.positions) == 1:
            return replace(scope, positions=tuple(range(scope.positions[0], self.count + 1)), kind="since"), end + 1
        if self.low(end) == "and" and self.low(end + 1) in ("after", *_ON) and scope.kind == "named":
            return replace(scope, positions=tuple(range(scope.positions[0], self.count + 1)), kind="since"), end + 2
        if self.low(end) in ("and", "&") and scope.kind in ("named", "back"):
            following = self._ahead(end + 1)
            if following is not None and following[0].noun and scope.noun:
                both = tuple(sorted({*scope.positions, *following[0].positions}))
                return replace(scope, positions=both, missing=scope.missing + following[0].missing), following[1]
        return found

    def _ahead(self, i: int) -> tuple[Scope, int] | None:
        found = self._plain(i)
        if found is None or self.low(found[1]) in (*_PREDICATES, ":"):
            return None
        return found

    def _less(self, found: tuple[Scope, int]) -> tuple[Scope, int]:
        scope, end = found
        skip = end + (self.low(end) in (",", "("))
        word = self.low(skip)
        two = (word, self.low(skip + 1))
        if word in ("except", "excluding", "besides", "bar"):
            skip += 1 + (self.low(skip + 1) in ("for", "in"))
        elif two in (("apart", "from"), ("but", "not"), ("other", "than"), ("aside", "from"), ("not", "in")):
            skip += 2 + (self.low(skip + 2) == "in")
        elif word == "but" and scope.kind == "all":
            skip += 1
        else:
            return found
        less: Sequence[int] = ()
        if self.low(skip) == "where":
            stop = self._end_of_description(skip + 1)
            less = self.fitting(self.words[skip + 1 : stop])
        else:
            out = self._back(skip) or self._one_where(skip) or self._plain(skip)
            if out is None and self.low(skip) == "the" and self.kind(skip + 1) == "ordinal":
                out = self._scope([self.words[skip + 1].number]), skip + 2
            if out is None and self.kind(skip) == "number":
                numbers = self._numbers(skip)
                out = (self._scope(numbers[0]), numbers[1]) if numbers else None
            if out is None:
                return found
            less, stop = out[0].positions, out[1]
        if not less:
            return replace(scope, positions=(), words=self.text.raw(self.words[end:stop])), stop
        left = tuple(place for place in scope.positions if place not in less)
        return replace(scope, positions=left, kind="described"), stop


def _bag(text: str) -> set[str]:
    import re

    return {stem(word) for word in re.findall(r"\w+", text.lower().replace("'s", ""))}


def mark_scenes(reader: SceneReader) -> tuple[Word, ...]:
    """The words, with those that name scenes made one."""
    marked: list[Word] = []
    i = 0
    while i < len(reader.words):
        found = reader.at(i)
        if found is None:
            marked.append(reader.words[i])
            i += 1
            continue
        scope, end = found
        words = reader.words[i:end]
        marked.append(Word("#", words[0].start, words[-1].end, "scenes", scope=scope))
        reader.words[i:end] = [marked[-1]]
        i += 1
    return tuple(_excepted(marked))


def _excepted(words: list[Word]) -> list[Word]:
    """ "make all of them foggy except the last": the scenes, less those that are named further on."""
    for i, word in enumerate(words[:-1]):
        out, before = words[i + 1].scope, next((k for k in range(i - 1, -1, -1) if words[k].scope), None)
        far = word.is_word("not") and i and words[i - 1].is_word("but")
        if not (word.is_word("except", "excluding", "besides") or far) or out is None or before is None:
            continue
        if far:
            return _excepted([*words[: i - 1], replace(word, low="except"), *words[i + 1 :]])
        scope = words[before].scope
        assert scope is not None
        left = tuple(place for place in scope.positions if place not in out.positions)
        words[before] = replace(words[before], scope=replace(scope, positions=left, kind="described"))
        return _excepted(words[:i] + words[i + 2 :])
    return words
