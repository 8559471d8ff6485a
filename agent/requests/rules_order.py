"""Rules about which panels there are, and in which order: delete, move, swap, join, cut, copy, insert, count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.scenes import NOUNS
from agent.requests.state import DoubtError, State
from agent.requests.words import Word, word_set
from agent.story import split_sentences

__all__ = ["COUNT_RULES", "END", "ORDER_RULES", "PANEL_NOUNS", "START", "sentence"]

PANEL_NOUNS = NOUNS | {"shot", "shots", "insert"}
END = frozenset(("end", "ending", "finish"))
START = frozenset(("start", "beginning", "front", "opening"))


def _all_scenes(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind == "scenes"]


def _others(words: Sequence[Word], *small: str) -> list[Word]:
    skipped = {
        "the",
        "a",
        "out",
        "away",
        "of",
        "all",
        "both",
        "and",
        "just",
        "entirely",
        "completely",
        "together",
        *small,
    }
    return [word for word in words if word.kind not in ("scenes", "mark") and word.low not in skipped]


def delete(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "delete 10", "I don't need 2 and 4", "the lake scene can go", "keep only 1, 5 and 8"."""
    gist, plain = Gist(clause), clause.low
    scenes = gist.scopes
    nouns = "panel scene picture frame drawing shot panels scenes"
    it = clause.words[-1].low in ("it", "that", "this", "them") or bool({"it", "them"} & set(plain[1:3]))
    gone = gist.names[:1] == ["delete"] or plain[0] in ("take", "throw", "get")
    if (
        it
        and gone
        and (not scenes or state.thing)
        and gist.only("delete take throw get rid away out off it that this them there from of make")
    ):
        if state.thing or (state.index.context.focus.things and not state.scope):
            places = state.places(scenes) if scenes else state.asked or state.scope
            thing = state.thing or state.index.context.focus.things[-1]
            return [f.Add(state.need(places), (), (thing,))]
        return [f.Delete(state.need(state.asked or state.scope))]
    if it and scenes:
        return None
    if gist.names[:1] == ["delete"] and not scenes and gist.only(f"delete {nouns}"):
        if "scenes" in state.given:
            return [f.Delete(state.given["scenes"])]
        raise DoubtError(f.Doubt("Which panels shall I delete?", wants="scenes"))
    if not scenes:
        return None
    everything = any(_is_all(state, word) for word in scenes)
    only = (gist.names[:1] in (["keep"], ["leave"], ["use"]) and "only" in plain) or plain[:2] == ["only", "keep"]
    if only and gist.only("keep leave use only") and not everything:
        kept = state.places(scenes) or ()
        return [f.Delete(tuple(place for place in range(1, state.index.count + 1) if place not in kept))]
    if everything:
        return None
    begins = gist.names[:1] == ["delete"] and plain[0] not in ("turn", "switch")
    takes = plain[0] in ("take", "throw", "do", "get") and bool(set(plain) & {"off", "out", "away", "without", "rid"})
    lost = clause.words[0].kind == "scenes" and (gist.has("delete") or plain[-1] in ("go", "out", "away", "goes"))
    needless = plain[0] in ("i", "we") and gist.has("delete", "need", "needs", "want", "not", "nobody")
    if not (begins or takes or lost or needless) or clause.words[0].low in ("move", "put"):
        return None
    if (begins or takes) and clause.words[1].is_word("in", "from", "at", "on", "into"):
        return None
    if any(word.is_word("in", "into", "to") for word in clause.words[2:]) and not (takes or lost):
        return None
    small = (
        f"delete {nouns} out away off go goes need needs want board story can should do without "
        f"get take nobody anymore longer"
    )
    if gist.only(f"{small} {'not' if needless else ''}"):
        places = state.places(scenes) or ()
        if any(word.scope and word.scope.words == "the rest" for word in scenes):
            listed = ", ".join(map(str, places))
            choices = ((f"delete {listed}", (f.Delete(places),)), ("leave them", ()))
            raise DoubtError(f.Doubt(f"Do you mean panels {listed}?", choices))
        return [f.Delete(places)]
    return None


def _is_all(state: State, word: Word) -> bool:
    return bool(word.scope and word.scope.kind == "all" and len(word.scope.positions) == state.index.count)


_MOVE_SMALL = word_set(
    """
    very right should must to at the go come goes comes directly straight just in be on up position place spot so it
    they as forward back number can has have would becomes become immediately move number slot belongs belong appear
    """
)


def move(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "move 5 after 7", "put panel 11 at the very end", "put panel five where panel two is", "push 2 back by two"."""
    words, plain = list(clause.words), clause.low
    if words[0].is_word("can", "could", "should", "may", "might", "would") and len(words) > 1:
        words, plain = words[1:], plain[1:]
    opening = _opening(state, clause)
    if opening is not None:
        return opening
    if plain[0] in word_set("move put shift push place bring play slide drag show pull have let want make get"):
        words = words[1:]
    elif not any(p in plain for p in ("go", "come", "goes", "comes", "belongs", "belong", "be")):
        return None
    if not words or words[0].kind != "scenes" or (clause.low[0] == "show" and len(words) == 2):
        return None
    what, rest = words[0], [word for word in words[1:] if word.low not in _MOVE_SMALL or word.kind != "word"]
    places = state.places([what]) or ()
    by = _moved_by(words[1:])
    if by is not None and len(places) == 1:
        to = places[0] + by
        if not 1 <= to <= state.index.count:
            raise DoubtError(f.Doubt(f"Scene {places[0]} cannot go there; the board has {state.index.count} scenes."))
        return [f.Move(places, to=to)]
    if not rest:
        return None
    if rest[0].low in ("before", "after", "behind", "following") and len(rest) == 2 and rest[1].kind == "scenes":
        other = state.places([rest[1]]) or ()
        if rest[0].low == "before":
            return [f.Move(places, before=other[0])]
        return [f.Move(places, after=other[-1])]
    if len(rest) == 1 and rest[0].low in END | {"last"}:
        return [f.Move(places, to=-1)]
    if len(rest) == 1 and rest[0].low in START | {"first"}:
        return [f.Move(places, to=1)]
    if len(rest) == 1 and rest[0].kind == "scenes" and plain[0] in ("make", "put", "let", "have", "move"):
        written = state.text.source[rest[0].start : rest[0].end].lower().removeprefix("the ")
        if written.split()[0] in ("first", "last", "final", "opening", "closing"):
            return [f.Move(places, to=1 if written.split()[0] in ("first", "opening") else -1)]
    moving = plain[0] in ("move", "put", "shift", "make", "place", "bring") or "position" in plain
    if len(rest) == 1 and moving and rest[0].kind in ("ordinal", "number"):
        if not 1 <= abs(rest[0].number) <= state.index.count:
            raise DoubtError(f.Doubt(f"There is no place {rest[0].number}; the board has {state.index.count} scenes."))
        return [f.Move(places, to=rest[0].number)]
    if rest[0].low == "where" and len(rest) == 3 and rest[1].kind == "scenes" and rest[2].low in ("is", "was"):
        return [f.Move(places, to=(state.places([rest[1]]) or (1,))[0])]
    if rest[0].low == "between" and len(rest) == 2 and rest[1].kind == "scenes":
        return [f.Move(places, after=(state.places([rest[1]]) or (1,))[0])]
    return None


def _opening(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "let the story open with scene 4", "start with 5"."""
    gist = Gist(clause)
    opens = gist.has("open", "opens", "start", "starts", "begin", "begins", "front")
    ends = gist.has("end", "ends", "finish", "finishes", "close", "closes")
    if len(gist.scopes) != 1 or not (opens or ends) or clause.words[-1].kind != "scenes":
        return None
    small = "make story board film open opens start starts begin begins front end ends finish finishes close closes"
    if not gist.has("with", "on") or not gist.only(f"{small} with on should"):
        return None
    return [f.Move(state.places(gist.scopes) or (), to=1 if opens else -1)]


def _moved_by(words: Sequence[Word]) -> int | None:
    """By how many places: "one earlier", "back by two places", "down one"."""
    plain = [word.low for word in words]
    later = {"later", "back", "down", "right", "further"} & set(plain)
    earlier = {"earlier", "forward", "up", "left"} & set(plain)
    numbers = [word.number for word in words if word.kind == "number"]
    small = word_set(
        "later back down right further earlier forward up left by place places spot spots one two "
        "three a to the position positions"
    )
    if not (later or earlier) or any(word.kind != "number" and word.low not in small for word in words):
        return None
    if not numbers and not {"earlier", "later", "place", "spot"} & set(plain) and plain not in (["down"], ["up"]):
        return None
    return (numbers[0] if numbers else 1) * (1 if later and not {"earlier"} & set(plain) else -1)


def reverse(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "reverse the order of all the scenes"."""
    gist = Gist(clause)
    if clause.low[0] not in ("reverse", "flip", "invert", "turn") or "order" not in clause.low:
        return None
    if not gist.only("reverse flip invert swap order make around of"):
        return None
    scenes = list(state.places(gist.scopes) or range(1, state.index.count + 1))
    half = len(scenes) // 2
    return [f.Swap(first, second) for first, second in zip(scenes[:half], reversed(scenes), strict=False)]


def play_before(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "play the vault before the dog growls": scenes that are named by what happens in them."""
    plain = clause.low
    mark = next((p for p in ("before", "after") if p in plain), None)
    if plain[0] not in ("play", "move", "show", "put", "have") or mark is None:
        return None
    i = plain.index(mark)
    from agent.requests.scenes import SceneReader

    reader = SceneReader(state.text, clause.words, state.index, state.people)
    first, second = reader.event(clause.words[1:i]), reader.event(clause.words[i + 1 :])
    if len(first) != 1 or len(second) != 1 or first == second:
        return None
    return [f.Move(first, before=second[0]) if mark == "before" else f.Move(first, after=second[0])]


def swap(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "swap panels three and four", "trade places between 4 and 7", "6 and 7 are in the wrong order, switch them"."""
    gist = Gist(clause)
    if gist.head not in ("swap", "reverse") and not (gist.has("swap") and clause.words[0].kind == "scenes"):
        return None
    if not gist.only("swap reverse with around round order place places for them they two both between those"):
        return None
    places = [place for word in gist.scopes for place in (state.places([word]) or ())]
    places = places or list(state.scope or state.index.focus)
    if len(places) != 2 or places[0] == places[1]:
        raise DoubtError(f.Doubt("Which two panels shall I swap?"))
    return [f.Swap(places[0], places[1])]


def join(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "5 and 6 are really one beat, fold them together", "merge 3 with 4"."""
    plain = clause.low
    if plain[0] not in word_set("merge join combine fold fuse unite glue make put roll blend collapse stitch"):
        return None
    scenes = _all_scenes(clause.words)
    rest = _others(
        clause.words[1:],
        "with",
        "into",
        "one",
        "single",
        "panel",
        "scene",
        "them",
        "those",
        "two",
        "as",
        "shot",
        "out",
        "ones",
        "to",
        "in",
    )
    together = any(p in plain for p in ("together", "into", "one")) or plain[0] in (
        "merge",
        "join",
        "combine",
        "fuse",
        "unite",
        "blend",
        "collapse",
    )
    if rest or not together or (plain[0] in ("make", "put", "roll") and "one" not in plain and "together" not in plain):
        return None
    places = state.places(scenes) if scenes else state.scope or state.index.focus
    if not places or len(places) < 2:
        return None
    whole = tuple(range(min(places), max(places) + 1))
    if len(whole) != len(places):
        between = ", ".join(str(place) for place in whole if place not in places)
        choices = ((f"all from {whole[0]} to {whole[-1]}", (f.Join(whole),)), ("none", ()))
        raise DoubtError(
            f.Doubt(f"Only neighbours can be merged, and {between} is between them. What shall I merge?", choices)
        )
    return [f.Join(tuple(places))]


def cut(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "split 6 in two: the basket, then the apron", "make two panels out of 9", "give it three panels"."""
    plain, scenes = clause.low, _all_scenes(clause.words)
    numbers = [word.number for word in clause.words if word.kind == "number"]
    parts = max(numbers[0], 2) if numbers else 2
    verb = next((i for i, word in enumerate(plain) if word in ("split", "divide", "break", "separate", "halve")), None)
    if (
        verb == 0
        or (verb is not None and clause.words[0].kind == "scenes" and verb < 4)
        or (plain[0] == "cut" and any(p in plain for p in ("in", "into")) and (numbers or "half" in plain))
    ):
        places = state.places(scenes) or (state.scope if "it" in plain else None)
        at = next((i for i, word in enumerate(clause.words) if word.kind == "quote"), None)
        if at is not None and places and len(places) == 1:
            return _parted_at(state, places[0], clause.words[at].quote, after="after" in plain[:at])
        head = clause.words[: plain.index(":")] if ":" in plain else clause.words
        rest = _others(
            head[1:], "in", "into", "up", "half", "panels", "parts", "two", "three", "scenes", "shots", "pieces", "it",
            "could", "can", "should", "be", "split", "divided",
        )  # fmt: skip
        rest = [word for word in rest if word.kind != "number"]
        if places and len(places) == 1 and not rest:
            return _parted(state, clause, places[0], parts)
        return None
    if plain[0] in ("make", "get") and numbers and numbers[0] > 1 and "out" in plain and "of" in plain and scenes:
        places = state.places(scenes)
        if places and len(places) == 1 and any(p in plain for p in PANEL_NOUNS):
            return _parted(state, clause, places[0], parts)
    return None


def _parted_at(state: State, place: int, words: str, *, after: bool) -> list[f.Frame]:
    """A scene cut where its text says these words, or after them. Raises DoubtError where it does not."""
    text = state.board.scenes[place - 1].text
    found = re.search(r"\W+".join(map(re.escape, re.findall(r"\w+", words))) or r"\Z", text, re.IGNORECASE)
    if found is None:
        raise DoubtError(
            f.Doubt(f"I cannot find “{words}” in the text of scene {place}. After which words shall I split it?")
        )
    start = found.start()
    if after:
        end = re.compile(r"[.!?…]+[”\"'’)]*\s+|\n+").search(text, found.end())
        start = end.end() if end else len(text)
    beginning = " ".join(text[start:].split()[:8])
    if not beginning:
        raise DoubtError(
            f.Doubt(f"Nothing of scene {place} comes after “{words}”. After which words shall I split it?")
        )
    return [f.Tell("split_scene", {"scene": place, "at": beginning})]


def _parted(state: State, clause: Clause, place: int, parts: int) -> list[f.Frame]:
    """A scene cut at the ends of its sentences; where it has too few, new panels show what is said of them."""
    if len(split_sentences(state.board.scenes[place - 1].text)) >= parts:
        return [f.Cut(place, parts)]
    plain = clause.low
    told = list(clause.words[plain.index(":") + 1 :]) if ":" in plain else []
    pieces: list[list[Word]] = [[]]
    for word in told:
        if word.low in (",", "then", "and", "second", "finally"):
            pieces.append([])
        elif word.low != "first":
            pieces[-1].append(word)
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == parts:
        return [f.Insert(sentence(state.phrase(piece)), after=place) for piece in reversed(pieces[1:])]
    return [f.Copy(place)] * (parts - 1)


def copy(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "copy panel 11 so that the client can choose"."""
    plain, scenes = clause.low, _all_scenes(clause.words)
    gist = Gist(clause)
    if gist.head != "duplicate" and not (plain[0] in ("make", "repeat", "double") and gist.has("duplicate")):
        return None
    lead = list(clause.words[: clause.words.index(scenes[0])]) if scenes else []
    if not scenes or not Gist(lead).only("duplicate make repeat double scene of ord second"):
        return None
    places = state.places(scenes[:1]) or ()
    if len(places) != 1 or len(scenes) != 1 or any(p in plain for p in ("as", "like", "to", "from")):
        return None
    return [f.Copy(places[0])]


def sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}"


def count(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "tell it in six panels", "squeeze it down to 4 panels", "6 panels please", "seven scenes would be better"."""
    words, plain = clause.words, clause.low
    numbers = [i for i, word in enumerate(words) if word.kind == "number"]
    if len(numbers) != 1 or _all_scenes(words):
        return None
    i = numbers[0]
    noun = plain[i + 1] if i + 1 < len(plain) else ""
    panels = noun in word_set("panels scenes frames pictures pages images shots boards drawings")
    small = word_set(
        """
        can this be told tell it in the whole story down to squeeze make into cut as use exactly board only just have
        with
        altogether total get do should fit spread over stretch shorten condense everything all of thing out we want boil
        trim a bring is them i need would better enough for my our book instead room there at most no more than please
        purpose let us keep limit reduce expand grow
        """
    )
    others = [
        word for k, word in enumerate(words) if k not in (i, i + 1) and word.low not in small and word.kind != "mark"
    ]
    if others:
        return None
    it = plain[:2] == ["make", "it"] and i == 2 and len(plain) == 3
    squeezed = plain[0] in word_set("squeeze shorten condense boil cut trim") and not noun
    told = bool(set(plain[:i]) & word_set("in into to with exactly only just use make have need want keep for"))
    better = "better" in plain or "enough" in plain or len(words) == 2 or clause.mood == "wish"
    if (panels and (told or better)) or (it and _speaks_of_panels(state)) or squeezed:
        return [f.Count(words[i].number)]
    return None


def _speaks_of_panels(state: State) -> bool:
    return any(word.low in ("frames", "panels", "pictures", "scenes") for word in state.text.words)


ORDER_RULES = (delete, reverse, move, play_before, swap, join, cut, copy)
COUNT_RULES = (count,)
