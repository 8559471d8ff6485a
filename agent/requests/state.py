"""What the clauses of a message have said so far, and what every rule asks of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from agent.language import PRONOUNS, knows_word, parse, participle
from agent.requests.board_index import BoardIndex
from agent.requests.clauses import Clause, take_scope
from agent.requests.frames import Doubt, Frame
from agent.requests.people import People
from agent.requests.values import is_clean
from agent.requests.words import Text, Word
from db.board import Board

__all__ = ["DoubtError", "State", "UnreadError"]


class DoubtError(Exception):
    """Raised by a rule that knows what is asked for, but not of which scenes or of whom."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.question)
        self.doubt = doubt


class UnreadError(Exception):
    """Raised by a rule that fits the verb, and not the words behind it."""


@dataclass
class State:
    """`scope` are the scenes that what follows is said of, once some were named; `since` is whether they are "from
    there on"; `spoken` are the people that were named, latest last. `given` settles what an earlier reading asked
    about.
    A question leaves what it was about: the scenes `asked` of, the people `answered` with, who was asked to be
    `present`
    where, the `thing`, whether the `answer` is yes, and whether nothing was found
    (`lost`). `recalls` is whether the present clause may be about what was talked of last; `judged` mend what was found
    fault with; `alone` is whether the message has but one clause."""

    text: Text
    index: BoardIndex
    people: People
    scope: tuple[int, ...] | None = None
    since: bool = False
    spoken: list[str] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    last: list[Frame] = field(default_factory=list)
    given: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[int, ...] = ()
    answered: list[str] = field(default_factory=list)
    present: tuple[str, tuple[int, ...]] | None = None
    answer: bool | None = None
    thing: str = ""
    lost: bool = False
    recalls: bool = False
    alone: bool = True
    judged: list[Frame] = field(default_factory=list)

    @property
    def board(self) -> Board:
        """The board that is talked of."""
        return self.index.board

    def places(self, scopes: Sequence[Word]) -> tuple[int, ...] | None:
        """The scenes of these words, or those that still hold; None where none were named. Raises DoubtError."""
        if not scopes:
            return self.scope
        places: set[int] = set()
        for word in scopes:
            scope = word.scope
            assert scope is not None
            if scope.kind == "back" and self.asked:
                places |= set(self._one_of(self.asked, word))
                continue
            if (scope.missing or not scope.positions) and "scenes" in self.given:
                places |= set(self.given["scenes"])
                continue
            if scope.missing:
                raise DoubtError(
                    Doubt(
                        (
                            f"There is no scene {scope.missing[0]}; the board has {self.index.count}. "
                            f"Which one do you mean?"
                        ),
                        wants="scenes",
                    )
                )
            if not scope.positions:
                fitting = tuple((self.index.label(place), (place,)) for place in scope.fitting[:6])
                raise DoubtError(
                    Doubt(f"Which panels do you mean by “{scope.words}”?", wants="scenes", settles=fitting)
                )
            places |= set(scope.positions)
        self.since = any(word.scope is not None and word.scope.kind == "since" for word in scopes)
        return tuple(sorted(places))

    def _one_of(self, places: tuple[int, ...], word: Word) -> tuple[int, ...]:
        written = self.text.source[word.start : word.end].lower()
        if len(places) > 1 and not written.startswith(("these", "those", "there", "them")):
            if "scenes" in self.given:
                return tuple(self.given["scenes"])
            settles = tuple((self.index.label(place), (place,)) for place in places[:8])
            raise DoubtError(Doubt("Which one of them?", wants="scenes", settles=settles))
        return places

    def the_one(self, low: Sequence[str]) -> tuple[int, ...]:
        """The scene that "it" means right after a question; () where none was asked. Raises DoubtError for several."""
        if not self.asked or not {"it", "that", "this"} & set(low) or "scenes" in self.given:
            return tuple(self.given.get("scenes", self.asked))
        if len(self.asked) > 1:
            settles = tuple((self.index.label(place), (place,)) for place in self.asked[:8])
            raise DoubtError(Doubt("Which one of them?", wants="scenes", settles=settles))
        return self.asked

    def need(self, places: Sequence[int] | None) -> tuple[int, ...]:
        """These scenes, or those that were talked of last. Raises DoubtError where there are none."""
        places = places or self.given.get("scenes") or self.scope or (self.index.focus if self.recalls else ())
        if not places and not self.recalls:
            raise UnreadError
        if not places:
            raise DoubtError(Doubt("Which panels do you mean?", wants="scenes"))
        return tuple(places)

    def hold(self, places: tuple[int, ...] | None) -> None:
        """Let a scope hold for what follows."""
        if places:
            self.scope = places

    def whom(self, words: Sequence[Word], places: Sequence[int] | None) -> str | None:
        """Whom a phrase means as a whole: a name, a role or a pronoun. Raises DoubtError where several fit."""
        words = [word for word in words if word.low not in ("the", "a", "an", "and", "just", "only")]
        if len(words) != 1:
            return None
        word = words[0]
        if word.kind == "person":
            ids = self._there(word.people, places)
        elif (
            word.kind == "word"
            and word.low in PRONOUNS
            and PRONOUNS[word.low].person == 3
            and word.low not in ("it", "its")
        ):
            if PRONOUNS[word.low].number == 2:
                return None
            ids = word.people or self.people.meant(word.low, self.spoken, places or self.scope or self.index.focus)
        else:
            return None
        if len(ids) > 1 and self.given.get("who") in ids:
            ids = (self.given["who"],)
        if len(ids) > 1:
            names = [self.board.character(one).name for one in ids]
            raise DoubtError(
                Doubt(
                    f"Whom do you mean: {', '.join(names[:-1])} or {names[-1]}?",
                    wants="who",
                    settles=tuple(zip(names, ids, strict=True)),
                )
            )
        if ids:
            self.spoken.append(ids[0])
        return ids[0] if ids else None

    def _there(self, ids: Sequence[str], places: Sequence[int] | None) -> tuple[str, ...]:
        if len(ids) > 1 and places:
            there = tuple(one for one in ids if set(self.index.with_character([one])) & set(places))
            return there or tuple(ids)
        return tuple(ids)

    def name(self, character_id: str) -> str:
        """How somebody is called inside a sentence: "Mira", "the ghost"."""
        one = self.board.character(character_id)
        kind = one.description.split(" in ")[0].split(" with ")[0].split()
        common = one.name.lower() in [word.lower() for word in kind] or one.name[:1].islower()
        bare = one.name.removeprefix("the ").removeprefix("The ")
        return f"the {bare.lower()}" if common else one.name

    def of(self, character_id: str) -> tuple[int, ...]:
        """The scenes that somebody is in."""
        return self.index.with_character([character_id])

    def phrase(self, words: Sequence[Word]) -> str:
        """Words as a value: names as the board spells them, pronouns as they are. Raises UnreadError where words of
        asking are among them."""
        words = trimmed(words)
        if not is_clean(words):
            raise UnreadError
        parts = []
        for word in words:
            if word.kind == "person" and len(word.people) == 1:
                written = self.text.source[word.start : word.end]
                name = self.board.character(word.people[0]).name
                parts.append(name if written.lower() == name.lower() else written)
            elif word.kind == "quote":
                parts.append(f"“{word.quote}”")
            else:
                parts.append(self.text.source[word.start : word.end])
        joined = ""
        for word, part in zip(words, parts, strict=True):
            before = self.text.source[word.start - 1 : word.start] if word.start else ""
            glue = (
                ""
                if not joined or (word.kind == "mark" and word.low != "—") or word.low == "'s" or before == "-"
                else " "
            )
            joined += (
                glue
                + ("-" if before == "-" and joined and not joined.endswith("-") and word.kind != "mark" else "")
                + part
            )
        return joined.replace(" - ", "-").strip(" ,;:.!?—-")

    def doing(self, who: str, words: Sequence[Word]) -> str | None:
        """What somebody does, as a picture shows it: "Dana" and "do a bicycle kick" as "Dana doing a bicycle kick"."""
        rest = self.phrase(words)
        first = words[0].low
        if first.endswith("ing") and len(first) > 4:
            return f"{who} {rest}"
        document = parse(f"Sam will {rest}.")
        verb = next((token for token in document.tokens[2:] if token.word_class in ("VERB", "AUX")), None)
        leads = verb is not None and all(token.word_class == "ADV" for token in document.tokens[2 : verb.index])
        if (
            verb is not None
            and leads
            and verb.tag == "VB"
            and verb.lemma not in ("be", "have")
            and knows_word(verb.lemma)
        ):
            joined = {
                token.index
                for token in document.tokens
                if token.tag == "VB"
                and (token.index == verb.index or (token.relation == "conj" and token.head == verb.index))
            }
            parts = []
            for token in document.tokens[2:-1]:
                gap = document.text[document.tokens[token.index - 1].end : token.start]
                parts.append(gap + (participle(token.lemma) if token.index in joined else token.text))
            return f"{who}{''.join(parts)}"
        document = parse(f"Sam {rest}.")
        verb = next((token for token in document.tokens[1:3] if token.tag == "VBZ"), None)
        if verb is not None and verb.lemma not in ("be", "have") and participle(verb.lemma) != verb.text:
            before = document.text[document.tokens[1].start : verb.start]
            return f"{who} {before}{participle(verb.lemma)}{document.text[verb.end :].rstrip('.')}"
        return None

    def split(self, clause: Clause) -> tuple[list[Word], tuple[int, ...] | None]:
        """The words of a clause without its scenes, and these. Raises DoubtError."""
        rest, scopes = take_scope(clause.words)
        return rest, self.places(scopes)


def trimmed(words: Sequence[Word]) -> list[Word]:
    """Without what stands before and behind a value: marks, "please", "too", "there"."""
    words = list(words)
    loose = (
        "too",
        "also",
        "in",
        "on",
        "at",
        "of",
        "there",
        "please",
        "then",
        "now",
        "here",
        "again",
        "instead",
        "just",
        "as",
        "well",
    )
    while words and (words[0].kind == "mark" or words[0].is_word("then", "also", "just", "now")):
        words = words[1:]
    while words and (words[-1].kind == "mark" or words[-1].is_word(*loose)):
        words = words[:-1]
    return words
