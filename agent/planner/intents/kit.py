"""What rows of the table of intents are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.edits import name_list
from agent.planner.items import Item, Message
from agent.planner.patterns import Match
from agent.planner.references import Scenes
from agent.requests.board_index import BoardIndex
from agent.requests.lexicon import LEXICON

__all__ = [
    "Asked",
    "Call",
    "Choice",
    "Doubt",
    "Instead",
    "Intent",
    "Remark",
    "Say",
    "Topic",
    "call",
    "can_be_seen",
    "elsewhere",
    "topic_of",
    "unread",
]

Call = dict[str, Any]
"""`{"name": tool, "args": {…}}`, as LangChain has tool calls."""


def call(tool: str, /, **args: Any) -> Call:
    """A tool call; arguments that are None are left out."""
    return {"name": tool, "args": {key: value for key, value in args.items() if value is not None}}


@dataclass(frozen=True)
class Choice:
    """One answer to a doubt: how it is offered, and what it settles."""

    label: str
    value: Any


class Doubt(Exception):  # noqa: N818 (it is no error: it is a question)
    """A request can be read in several ways, or in none. `key` names what is open; once it is settled
    (`Asked.given[key]`), the request can be read again."""

    def __init__(self, question: str, key: str = "", choices: Sequence[Choice] = ()) -> None:
        super().__init__(question)
        self.question = question
        self.key = key
        self.choices = tuple(choices)


@dataclass(frozen=True)
class Say:
    """A reply in words alone; no tool is needed. What the rest of the message does, it does not do to the scenes that
    this one `keeps`. Where what was asked about is not there (`lost`), nothing is done to "it" either."""

    text: str
    keeps: tuple[int, ...] = ()
    lost: bool = False


@dataclass(frozen=True)
class Topic:
    """What "it" or "she" means besides scenes: what was just asked about, complained of, or added. `thing` is in the
    person's words, `character` a name (or a name `among` several), `scenes` where it was spoken of; with a character,
    the thing is part of their looks. `kind` says what else was spoken of: for how long a scene is shown ("length"), its
    title ("title"), or whether somebody is there ("presence")."""

    scenes: tuple[int, ...] = ()
    thing: str = ""
    character: str = ""
    kind: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What is said of these scenes asks for nothing; the next clause may ("2 looks dull, make it brighter")."""

    scenes: tuple[int, ...]
    topic: Topic = Topic()


def topic_of(calls: Sequence[Call]) -> Topic:
    """What the last of these calls was about."""
    name, args = (calls[-1]["name"], calls[-1]["args"]) if calls else ("", {})
    scenes = tuple(place for place in args.get("scenes", ()) if isinstance(place, int))
    if name == "describe_board":
        return Topic(scenes, thing=args.get("about", ""))
    told = tuple(dict.fromkeys(each["args"].get("character", "") for each in calls if each["name"] == "who_is_where"))
    if len(told) > 1:
        return Topic(kind="presence", among=told)
    if name == "who_is_where":
        return Topic(scenes, character=args.get("character", ""), kind="presence")
    if name == "edit_scenes" and len(args.get("add_objects", ())) == 1:
        return Topic(scenes, thing=args["add_objects"][0])
    return Topic()


@dataclass(frozen=True)
class Instead:
    """Calls in place of the last ones: the person corrected themselves."""

    calls: tuple[Call, ...]


def unread(said: str) -> Doubt:
    """What to say of words that mean nothing here."""
    return Doubt(f"I did not understand “{said[:80]}”, so I changed nothing. Can you say it another way?")


def can_be_seen(said: str) -> bool:
    """Whether a picture may show what these words say: neither "a soundtrack" nor "printed twice"."""
    words = re.findall(r"\w+", re.sub(r"[“\"].*?[”\"]", "it", said.lower()))
    return bool(words) and words[0] not in LEXICON.doings and words[-1] not in LEXICON.unseen and "than" not in words


_LEADS = LEXICON.grammar["leading"]
_LOOSE = LEXICON.grammar["loose"]
_PLEASANTRIES = frozenset(("please", "thanks", "ok"))

Result = Call | Say | Remark | Instead | Sequence[Call]


def elsewhere(calls: Sequence[Call], scenes: Sequence[int], wrong: int | None = None) -> list[Call]:
    """The same calls for other scenes: for all that they name, or only in place of the scene `wrong`."""
    moved: list[Call] = []
    for each in calls:
        args = dict(each["args"])
        for name in ("scenes", "scene"):
            if name not in args:
                continue
            old = args[name] if isinstance(args[name], list) else [args[name]]
            new = list(scenes) if wrong is None else [p for o in old for p in (scenes if o == wrong else [o])]
            args[name] = list(dict.fromkeys(new)) if name == "scenes" else new[0]
            moved.append({"name": each["name"], "args": args})
            break
    return moved


@dataclass(frozen=True)
class Intent:
    """One thing that can be asked for. `patterns` say how, `result` what to do about it; `examples` are requests that
    mean it: tests hold the table to them, and help shows them. A `last_resort` is only taken where no other row fits as
    well, and a second one where no first one does; `asks` rows answer questions and change nothing, `remarks` rows ask
    for nothing. `tells` rows are given a text, with all that goes on telling of somebody. `destructive` rows pass over
    nothing but courtesies: "remove the lights in 2" must not delete scene 2, although "lights" is filler elsewhere."""

    name: str
    patterns: tuple[str, ...]
    result: Callable[[Asked], Result]
    examples: tuple[str, ...]
    last_resort: int = 0
    destructive: bool = False
    asks: bool = False
    remarks: bool = False
    tells: bool = False
    area: str = ""

    def within(self, area: str) -> Intent:
        return replace(self, area=area)


@dataclass
class Asked:
    """One clause as a row of the table sees it: the slots that its pattern filled, resolved against the board.

    `given` settles doubts by key. `spoken` are the scenes that the clause before it was about; `before` are the last
    calls: those of the clause before it (then a correction `corrects_itself`), or of the last turn. `alone` says that
    the message has no other clause. `topic` is what was spoken of besides scenes. Where the clause only `asks`, words
    that fit several scenes mean them all."""

    message: Message
    match: Match
    clause: Sequence[Item]
    given: Mapping[str, Any] = field(default_factory=dict)
    spoken: tuple[int, ...] = ()
    before: tuple[Call, ...] = ()
    corrects_itself: bool = False
    alone: bool = True
    topic: Topic = Topic()
    asks: bool = False

    @property
    def index(self) -> BoardIndex:
        return self.message.index

    def has(self, name: str) -> bool:
        return name in self.match.slots

    def item(self, name: str) -> Item:
        return self.match.slots[name][0]

    def value(self, kind: str, name: str | None = None) -> Any:
        """The value of a slot, as the lexicon or the person has it; None where the slot is empty."""
        items = self.match.slots.get(name or kind)
        return items[0].values.get(kind) if items else None

    def text(self, name: str) -> str:
        """The person's own words in a free slot: a quote without its quotes, trimmed of what only joins it."""
        items = self._with_beginning(self.match.slots.get(name, ()), whole=name == "text")
        while items and items[0].word in {":", ",", "—", "-", "that", "where", "with", "as", "to"} and len(items) > 1:
            items = items[1:]
        quotes = [item for item in items if "quote" in item.values]
        if len(quotes) == 1 and all(item.filler or item is quotes[0] for item in items):
            return str(quotes[0].values["quote"])
        items = self._with_end(items, whole=name == "text")
        return self.message.raw(items).strip(" ,;:—-").rstrip(".!?" if len(items) < 8 else "")

    def story(self) -> str:
        """The slot `text` as text of a story: a sentence that begins and ends as one."""
        said = self.text("text")
        behind = self.message.text.partition(said)[2][:1]
        end = "" if said[-1:] in '.!?…”"' else behind if behind and behind in "!?…" else "."
        return said[:1].upper() + said[1:] + end

    def seen(self, name: str) -> str:
        """As `text`, where it can only be something that a picture shows. Raises Doubt where it is none, or where it
        names a scene (then another was meant to be changed, or something else was asked for): nothing is guessed."""
        said = self.text(name)
        if not can_be_seen(said) or self.names_scenes(name):
            raise unread(said)
        return said

    def names_scenes(self, name: str) -> bool:
        named = [item.values["scenes"] for item in self.match.slots.get(name, ()) if "scenes" in item.values]
        return any(not (scenes.counted or scenes.every or scenes.placed) for scenes in named) or self._goes_on(name)

    def _goes_on(self, name: str) -> bool:
        """Whether a slot runs on into another scene: "a spooky feel and 6 a cosy one"."""
        items = self.match.slots.get(name, ())
        return any(
            before.word in {"and", ","}
            and "num" in item.values
            and self.message.raw([after]).lower() in {"a", "an", "the"}
            for before, item, after in zip(items, items[1:], items[2:], strict=False)
        )

    def _with_beginning(self, items: tuple[Item, ...], whole: bool) -> tuple[Item, ...]:
        """A free slot with the small words right before it that belong to it: "a little" red hat; or, where `whole`
        sentences are wanted, with all: "they" see the lights."""
        taken = {item.start for name, slot in self.match.slots.items() for item in slot}
        place = next((i for i, item in enumerate(self.clause) if items and item is items[0]), 0)
        while place > 0 and (before := self.clause[place - 1]).start not in taken:
            if before.word not in LEXICON.soft and (
                not whole or not before.filler or before.is_mark or before.word in _LEADS
            ):
                break
            items, place = (before, *items), place - 1
        return items

    def _with_end(self, items: tuple[Item, ...], whole: bool) -> tuple[Item, ...]:
        """A free slot with the small words right behind it that belong to it: "runs away", "follow them"; or, where
        `whole` sentences are wanted, with all but a "please": "hides in the well"."""
        ends = _PLEASANTRIES if whole else _LOOSE
        taken = {item.start for slot in self.match.slots.values() for item in slot}
        place = next((i for i, item in enumerate(self.clause) if items and item is items[-1]), len(self.clause))
        for after in self.clause[place + 1 :]:
            if not after.filler or after.is_mark or after.start in taken or after.word in ends:
                break
            items = (*items, after)
        return items

    def number(self, name: str = "num") -> int:
        return int(self.value("num", name))

    # scenes

    def scenes(
        self, name: str = "scenes", missing: str = "Which scene do you mean?", remembered: bool = True
    ) -> list[int]:
        """The positions that a slot names; where it is empty, the scenes just spoken of, or (`remembered`) in the last
        turn. Raises Doubt."""
        if self.has(name):
            return self.settled(self.item(name))
        positions = self.given.get("scenes") or self.spoken or (self.index.focus if remembered else ())
        if not positions:
            self.require_board()
            choices = [Choice(self.index.label(p), (p,)) for p in range(1, self.index.count + 1)]
            raise Doubt(missing, "scenes", choices if len(choices) <= 8 else ())
        return self._existing(tuple(positions), "scenes")

    def where(self, name: str = "scenes") -> list[int] | list[str]:
        """As `scenes`, for a tool's argument: `["all"]` where everything was meant, so that locked scenes stay out."""
        return ["all"] if self.every(name) and self.index.count else self.scenes(name)

    def settled(self, item: Item) -> list[int]:
        key = f"scenes@{item.start}"
        if key in self.given:
            return self._existing(tuple(self.given[key]), key)
        self.require_board()
        scenes: Scenes = item.values.get("scenes") or item.values["since"]
        reckoned = scenes.step is not None and self.spoken
        if scenes.unclear and not reckoned and not (self.asks and scenes.positions):
            choices = [Choice(self.index.label(p), (p,)) for p in scenes.positions]
            if choices:
                raise Doubt(f"Which scene do you mean by “{scenes.unclear}”?", key, choices)
            raise Doubt(f"I cannot find a scene for “{scenes.unclear}”. Which number is it?", key)
        if scenes.step is not None and self.spoken:  # "which scene has the map? make that one darker"
            step = scenes.step
            if len(self.spoken) > 1 and not re.match(
                r"(?:these|those|the same \w+s)\b", self.message.raw([item]).lower()
            ):
                choices = [Choice(self.index.label(p), (p + step,)) for p in self.spoken[:8]]
                raise Doubt("Which one of them?", key, choices)
            return self._existing(tuple(place + step for place in self.spoken), key)
        if not scenes.positions:
            raise Doubt("That leaves no scene. Which one do you mean?", key)
        return self._existing(scenes.positions, key)

    def every(self, name: str = "scenes") -> bool:
        return (
            self.has(name)
            and f"scenes@{self.item(name).start}" not in self.given
            and self.item(name).values["scenes"].every
        )

    def _existing(self, positions: tuple[int, ...], key: str) -> list[int]:
        lost = [position for position in positions if not 1 <= position <= self.index.count]
        if lost:
            scenes = "scene" if self.index.count == 1 else "scenes"
            raise Doubt(
                f"There is no scene {lost[0]}; the board has {self.index.count} {scenes}. Which one do you mean?", key
            )
        return list(positions)

    def scene(self, name: str = "scenes") -> int:
        """As `scenes`, where it can only be one."""
        positions = self.scenes(name)
        if len(positions) > 1:
            key = f"scenes@{self.item(name).start}" if self.has(name) else "scenes"
            raise Doubt("Which one of them?", key, [Choice(self.index.label(p), (p,)) for p in positions[:8]])
        return positions[0]

    def require_board(self) -> None:
        if self.index.count == 0:
            raise Doubt(
                "There is no storyboard yet. Paste a story, or attach a file, and I will make one. What is your story?"
            )

    # characters

    def character(self, name: str = "character") -> str:
        """The id of the character that a slot names. Raises Doubt."""
        item = self.item(name)
        ids = self._there(item) or tuple(item.values["character"])
        key = f"character@{item.start}"
        if key in self.given:
            return str(self.given[key])
        if not ids:
            self.require_board()
            everyone = [Choice(one.name, one.id) for one in self.index.board.characters]
            raise Doubt("Who do you mean?", key, everyone if len(everyone) <= 8 else ())
        if len(ids) > 1:
            choices = [Choice(self.index.board.character(each).name, each) for each in ids]
            raise Doubt(
                "Who do you mean?" if item.filler else f"Which {self.message.raw([item])} do you mean?", key, choices
            )
        return ids[0]

    def characters(self, name: str = "character") -> list[str]:
        """As `character`, where several may be named ("Mira and the dog")."""
        item = self.item(name)
        if item.word in {"they", "them"} and (there := self._there(item)):
            return list(there)
        return [self.character(name), *(str(ids[0]) for ids in item.values.get("with", ()))]

    def _there(self, item: Item) -> tuple[str, ...]:
        """Whom "him" may mean right after "who is in scene 2?": everyone there; after "who has a hat?", whoever has."""
        if not item.filler or self.topic.kind != "presence":
            return ()
        if told := self.topic.among or (self.topic.character,) * bool(self.topic.character):
            known = set(item.values["character"]) - {self.index.focus_character}
            return () if known else tuple(one.id for one in self.index.board.characters if one.name in told)
        scenes = [self.index.board.scenes[place - 1] for place in self.topic.scenes]
        return tuple(dict.fromkeys(one for scene in scenes for one in scene.characters))

    def names(self, name: str = "character") -> str:
        """The names of the characters that a slot names: "Mira and Biscuit"."""
        return name_list([self.name(who) for who in self.characters(name)])

    def name(self, character: str) -> str:
        return self.index.board.character(character).name
