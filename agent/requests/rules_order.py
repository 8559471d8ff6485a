"""Rules about which panels there are, and in which order: delete, move, swap, join, cut, copy, insert, count."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.scenes import NOUNS
from agent.requests.state import DoubtError, State, UnreadError, trimmed
from agent.requests.values import camera
from agent.requests.words import Word, word_set
from agent.story import split_sentences

__all__ = ["ORDER_RULES"]

_DELETE = word_set(
    """
    delete remove drop cut scrap lose kill axe ditch erase discard omit skip toss trash
    """
)
_PANEL_NOUNS = NOUNS | {"shot", "shots", "insert"}
_END = frozenset(("end", "ending", "finish"))
_START = frozenset(("start", "beginning", "front", "opening"))


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
    """ "delete 10", "I don't need 2 and 4", "we can do without the one where Ivy slips"."""
    words, plain = clause.words, clause.low
    scenes = _all_scenes(words)
    if not scenes or any(
        word.scope and word.scope.kind == "all" and len(word.scope.positions) == state.index.count for word in scenes
    ):
        return None
    if plain[0] in _DELETE and not _others(words[1:], "panel", "scene") and words[-1].kind == "scenes":
        if any(word.is_word("in", "from", "of") for word in words[1:]):
            return None
        return [f.Delete(state.places(scenes) or ())]
    if plain[:3] == ["get", "rid", "of"] and not _others(words[3:]):
        return [f.Delete(state.places(scenes) or ())]
    if plain[:2] in (
        ["take", "out"],
        ["throw", "out"],
        ["throw", "away"],
        ["cut", "out"],
        ["do", "without"],
    ) and not _others(words[2:]):
        return [f.Delete(state.places(scenes) or ())]
    needless = (
        plain[0] in ("i", "we") and any(p in plain for p in ("not",)) and any(p in plain for p in ("need", "want"))
    )
    if needless and not _others(words, "i", "we", "do", "not", "need", "want", "really", "any", "more", "anymore"):
        return [f.Delete(state.places(scenes) or ())]
    return None


def move(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "move 5 after 7", "put panel 11 at the very end", "put panel five where panel two is"."""
    words, plain = list(clause.words), clause.low
    if plain[0] in word_set("move put shift push place bring play slide drag show pull have let want"):
        words = words[1:]
    elif not any(p in plain for p in ("go", "come", "goes", "comes", "belongs")):
        return None
    if not words or words[0].kind != "scenes":
        return None
    what = words[0]
    if clause.low[0] == "show" and len(words) == 2:
        return None
    rest = [w for w in words[1:] if w.low not in word_set(
        """
        very right should must to at the go come goes comes directly straight just in be on up position place
        spot
        """
    )]  # fmt: skip
    if not rest:
        return None
    places = state.places([what]) or ()
    if rest[0].low in ("before", "after", "behind") and len(rest) == 2 and rest[1].kind == "scenes":
        other = state.places([rest[1]]) or ()
        if rest[0].low == "before":
            return [f.Move(places, before=other[0])]
        return [f.Move(places, after=other[-1])]
    if len(rest) == 1 and rest[0].low in _END | {"last"}:
        return [f.Move(places, to=-1)]
    if len(rest) == 1 and rest[0].low in _START | {"first"}:
        return [f.Move(places, to=1)]
    if rest[0].kind == "ordinal" and len(rest) == 1:
        return [f.Move(places, to=rest[0].number)]
    if rest[0].low == "where" and len(rest) == 3 and rest[1].kind == "scenes" and rest[2].low in ("is", "was"):
        return [f.Move(places, to=(state.places([rest[1]]) or (1,))[0])]
    if rest[0].low == "between" and len(rest) == 2 and rest[1].kind == "scenes":
        return [f.Move(places, after=(state.places([rest[1]]) or (1,))[0])]
    return None


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
    """ "swap panels three and four", "put five where two is and two where five is"."""
    plain = clause.low
    if plain[0] not in ("swap", "exchange", "switch", "reverse", "flip"):
        return None
    scenes = _all_scenes(clause.words)
    places = [place for word in scenes for place in (state.places([word]) or ())]
    if len(places) != 2 or _others(clause.words[1:], "with", "around", "round", "order", "places", "for"):
        return None
    if places[0] == places[1]:
        raise UnreadError
    return [f.Swap(places[0], places[1])]


def join(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "5 and 6 are really one beat, fold them together", "merge 3 with 4"."""
    plain = clause.low
    if plain[0] not in word_set("merge join combine fold fuse unite glue make put roll"):
        return None
    scenes = _all_scenes(clause.words)
    rest = _others(
        clause.words[1:], "with", "into", "one", "single", "panel", "scene", "them", "those", "two", "as", "shot"
    )
    together = any(p in plain for p in ("together", "into", "one")) or plain[0] in ("merge", "join", "combine")
    if rest or not together or (plain[0] in ("make", "put", "roll") and "one" not in plain and "together" not in plain):
        return None
    places = state.places(scenes) if scenes else state.scope or state.index.focus
    if not places or len(places) < 2:
        return None
    return [f.Join(tuple(places))]


def cut(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "split 6 in two: the basket, then the apron", "make two panels out of 9", "give it three panels"."""
    plain, scenes = clause.low, _all_scenes(clause.words)
    numbers = [word.number for word in clause.words if word.kind == "number"]
    parts = max(numbers[0], 2) if numbers else 2
    if plain[0] in ("split", "divide", "break", "separate", "halve") or (
        plain[0] == "cut" and any(p in plain for p in ("in", "into")) and (numbers or "half" in plain)
    ):
        places = state.places(scenes)
        head = clause.words[: plain.index(":")] if ":" in plain else clause.words
        rest = _others(
            head[1:], "in", "into", "up", "half", "panels", "parts", "two", "three", "scenes", "shots", "pieces"
        )
        rest = [word for word in rest if word.kind != "number"]
        if places and len(places) == 1 and not rest:
            return _parted(state, clause, places[0], parts)
        return None
    if plain[0] in ("make", "get") and numbers and numbers[0] > 1 and "out" in plain and "of" in plain and scenes:
        places = state.places(scenes)
        if places and len(places) == 1 and any(p in plain for p in _PANEL_NOUNS):
            return _parted(state, clause, places[0], parts)
    cover = plain[0] in ("cover", "give", "tell", "play", "spread") and numbers and numbers[0] > 1
    if cover and any(p in plain for p in ("panels", "shots", "frames", "beats")):
        places = state.places(scenes)
        if not places:
            raise UnreadError
        label = f"split {places[0]} into {parts}"
        doubt = f.Doubt(
            f"Split panel {places[0]} into {parts}?", ((label, (f.Cut(places[0], parts),)), ("leave it", ()))
        )
        raise DoubtError(doubt)
    return None


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
        return [f.Insert(_sentence(state.phrase(piece)), after=place) for piece in reversed(pieces[1:])]
    return [f.Copy(place)] * (parts - 1)


def copy(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "copy panel 11 so that the client can choose"."""
    plain, scenes = clause.low, _all_scenes(clause.words)
    if (
        plain[0] not in ("copy", "duplicate", "clone", "repeat", "double")
        or not scenes
        or clause.words[1].kind != "scenes"
    ):
        return None
    places = state.places(scenes[:1]) or ()
    if len(places) != 1 or len(scenes) != 1 or any(p in plain for p in ("as", "like", "to", "from")):
        return None
    return [f.Copy(places[0])]


def insert(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "After 6 I want a new panel: Lulu freezes", "a close-up of the key right after 6", "open with a view of …"."""
    words, plain = list(clause.words), clause.low
    if plain[0] in ("open", "start", "begin", "end", "finish", "close") and plain[1:2] in (["with"], ["on"]):
        text = trimmed(words[2:])
        if not text or any(word.kind == "scenes" for word in text):
            return None
        if clause.mood == "wish" and text[0].low not in ("a", "an"):
            return [f.Meta()]  # a wish for an end that the next clause says how to reach
        after = 0 if plain[0] in ("open", "start", "begin") else None
        return [f.Insert(_sentence(state.phrase(text)), after=after, shot=_shot(text))]
    spot = _spot(state, words)
    if spot is None:
        return None
    where, rest = spot
    rest = trimmed(rest)
    if rest and rest[0].low == "insert":
        rest = rest[1:]
    while rest and (rest[0].low in word_set(
        """
        i we want need add put give me us have would like there should be include squeeze slip is comes come
        follow a an please another extra new one more right directly just in go to see show love cut
        """
    )
                    or rest[0].kind == "mark"):  # fmt: skip
        rest = rest[1:]
    made = _new_panel(rest, plain)
    if made is None:
        return None
    if not made:
        raise DoubtError(f.Doubt("What should the new panel show?"))
    return [f.Insert(_sentence(state.phrase(made)), shot=_shot(made), **where)]


def _spot(state: State, words: list[Word]) -> tuple[dict[str, int], list[Word]] | None:
    """Where a new panel goes, and the words without that: "after 6", "between eight and nine", "at the end"."""
    for i, word in enumerate(words):
        if (
            word.is_word("after", "before", "between", "behind", "follow", "follows", "following")
            and i + 1 < len(words)
            and words[i + 1].kind == "scenes"
        ):
            places = state.places([words[i + 1]])
            if not places:
                return None
            begin = i - (
                words[i - 1].is_word("right", "directly", "just", "immediately", "straight", "should") if i else 0
            )
            rest = words[:begin] + words[i + 2 :]
            if word.low == "between":
                return {"after": places[0]}, rest
            return ({"before": places[0]} if word.low == "before" else {"after": places[-1]}), rest
    return None


_PANELS = word_set("panel scene frame picture shot page image one")
_SHOT_NOUNS = word_set("close insert reaction view shot cutaway detail closeup cu ecu")


def _new_panel(rest: Sequence[Word], plain: Sequence[str]) -> list[Word] | None:
    """What a new panel shows; [] where nothing is said of it; None where no panel is asked for."""
    if not rest:
        return [] if any(p in plain for p in ("panel", "scene", "frame")) else None
    if (rest[0].low in _PANELS and rest[0].low != "one") or (rest[0].low == "shot" and len(rest) > 1):
        text = list(rest[1:])
        if rest[0].low == "shot" and text and text[0].low == "of":
            return text[1:]
        while text and (
            text[0].kind == "mark" or text[0].low in word_set("where in which with of that showing when shows")
        ):
            text = text[1:]
        return text
    if (
        rest[0].low in _SHOT_NOUNS
        or (len(rest) > 1 and rest[1].low in ("shot", "view", "angle"))
        or (len(rest) > 1 and rest[0].low in ("wide", "extreme", "outside"))
    ):
        return list(rest)
    return None


def _shot(words: Sequence[Word]) -> str:
    for end in range(min(4, len(words)), 0, -1):
        shot = camera([word for word in words[:end] if word.low != "of"])
        if shot:
            return shot
    return "close-up" if words and words[0].low in ("insert", "detail") else ""


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text[-1:] in '.!?' else '.'}"


def count(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "tell it in six panels", "squeeze it down to 4 panels", "make it eight"."""
    words, plain = clause.words, clause.low
    numbers = [i for i, word in enumerate(words) if word.kind == "number"]
    if len(numbers) != 1 or _all_scenes(words):
        return None
    i = numbers[0]
    noun = plain[i + 1] if i + 1 < len(plain) else ""
    panels = noun in word_set("panels scenes frames pictures pages images shots boards drawings")
    before = set(plain[:i])
    told = before & word_set("in into to with exactly only just use make have it")
    small = word_set(
        """
        can this be told tell it in the whole story down to squeeze make into cut as use exactly board only just
        have with altogether total get do should fit spread over stretch shorten condense everything all of
        thing out we want boil trim a bring is them
        """
    )  # fmt: skip
    others = [
        word for k, word in enumerate(words) if k not in (i, i + 1) and word.low not in small and word.kind != "mark"
    ]
    if others or not told:
        return None
    if panels or (plain[:2] == ["make", "it"] and i == 2 and len(plain) == 3 and _speaks_of_panels(state)):
        return [f.Count(words[i].number)]
    return None


def _speaks_of_panels(state: State) -> bool:
    return any(word.low in ("frames", "panels", "pictures", "scenes") for word in state.text.words)


ORDER_RULES = (delete, move, play_before, swap, join, cut, copy, insert, count)
