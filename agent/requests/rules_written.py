"""Rules about what is written of a panel: its text, notes, what is said in it, and titles by other verbs."""

from __future__ import annotations

import re

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State, trimmed
from agent.requests.words import Word, word_set

__all__ = ["WRITTEN_RULES"]

_MARKS = (":", "to", "with", "as", "by", "be", "read", "say", "so", "that", "—", "“”")


def _told(state: State, words: list[Word]) -> str:
    """A text as it was written; a quote without its marks."""
    words = trimmed(words) if words and words[-1].kind != "mark" else words
    while words and words[0].low in (":", ",", "—", "-", "to", "that", "as", "be"):
        words = words[1:]
    if not words:
        return ""
    if len(words) == 1 and words[0].kind == "quote":
        return words[0].quote
    return " ".join(state.text.source[words[0].start : words[-1].end].split()).strip(" ,;:")


def _sentence(text: str) -> str:
    text = f"{text[:1].upper()}{text[1:]}"
    return text if text[-1:] in '.!?…”"' else f"{text}."


def rewrite(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "rewrite 2: “Sam gave her a warm roll.”", "replace the text of scene 8 with …"."""
    gist = Gist(clause)
    scenes = [i for i, word in enumerate(clause.words) if word.kind == "scenes"]
    if not scenes or not (
        gist.has("rewrite") or (gist.has("text") and gist.head in ("replace", "change", "text", "set"))
    ):
        return None
    rest = list(clause.words[scenes[0] + 1 :])
    if rest and rest[0].low == "'s":
        rest = [word for word in rest[1:] if not word.is_word("text")]
    marked = bool(rest) and (rest[0].low in _MARKS or rest[0].kind == "quote")
    places = state.places([clause.words[scenes[0]]]) or ()
    text = _told(state, rest[rest[0].low in _MARKS and rest[0].kind != "quote" :]) if marked else ""
    text = text or state.given.get("text", "")
    if not text:
        raise DoubtError(f.Doubt(f"What shall the text of scene {places[0]} be instead?", wants="text"))
    return [f.Tell("rewrite_text", {"scene": places[0], "text": _sentence(text)})]


def note(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "add a note to 5: ask the sound team for wind", "jot down for 7: check the tide table"."""
    gist = Gist(clause)
    if not gist.has("note") or not gist.scopes or gist.has("delete"):
        return None
    low = [word.low for word in clause.words]
    mark = next((i for i, word in enumerate(low) if word in (":", "that", "—", "“”")), None)
    if mark is None or not Gist(clause.words[:mark]).only("note add put make leave write jot"):
        return None
    places = state.places(gist.scopes[:1]) or ()
    text = _told(state, list(clause.words[mark + (clause.words[mark].kind != "quote") :]))
    return [f.Change(places, {"notes": text})] if text else None


def dialogue(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "in 6 Mira says “Who lit these?”", "add a line to 3: …"."""
    gist = Gist(clause)
    line = gist.has("dialogue", "line", "speech") and gist.head in ("add", "put", "dialogue", "line", "give")
    at = next((i for i, key in enumerate(gist.keys) if key.name == "says"), None)
    if (at is None and not line) or not gist.scopes:
        return None
    if at is not None and not any(word.kind == "person" for word in gist.rest[: len(gist.rest)]):
        return None
    mark = next((i for i, word in enumerate(gist.rest) if word.kind == "quote" or word.low == ":"), None)
    rest = gist.behind("says") if at is not None and not line else gist.rest[mark:] if mark is not None else []
    if at is not None and mark is None and not clause.low[-1:]:
        return None
    who = next((state.whom([word], None) for word in gist.rest if word.kind == "person"), None)
    text = _told(state, list(rest))
    if not text or (mark is None and not line):
        return None
    places = state.places(gist.scopes) or ()
    state.hold(places)
    spoken = list(state.board.scenes[places[0] - 1].dialogue)
    name = state.board.character(who).name if who else ""
    return [f.Change(places[:1], {"dialogue": [*spoken, f"{name}: {text}" if name else text]})]


def scene_title(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "rename panel 4 “Wolf weather”", "give the third panel the name Whispering Trees", "2 should be titled
    Breakfast"."""
    gist = Gist(clause)
    at = next((i for i, word in enumerate(clause.words) if word.kind == "scenes"), None)
    names = gist.has("rename", "call", "title", "name")
    if at is None or not names or any(word.kind == "person" for word in clause.words[: at + 3]):
        return None
    low = [word.low for word in clause.words]
    verbs = word_set("rename call name title retitle")
    begins = low[0] in verbs and at <= 2
    given = low[0] == "give" and any(word in low[at:] for word in ("name", "title"))
    named = next(
        (i for i, word in enumerate(low) if i > at and word in ("titled", "called", "named", "entitled")), None
    )
    if begins:
        begin = at + 1
    elif given:
        begin = next(i for i in range(at, len(low)) if low[i] in ("name", "title")) + 1
    elif named is not None and named <= at + 4:
        begin = named + 1
    else:
        return None
    title = _told(state, list(clause.words[begin:]))
    places = state.places([clause.words[at]]) or ()
    return [f.Title(title, places[0])] if title and len(places) == 1 else None


def unclear_text(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "I can't read the caption of 2, make it shorter": asks for the title."""
    gist = Gist(clause)
    if gist.has("text") and gist.scopes and "too" in clause.low:
        places = state.places(gist.scopes) or ()
        raise DoubtError(f.Doubt(f"What shall the text of scene {places[0]} be instead?", wants="text"))
    if (
        gist.has("title")
        and gist.scopes
        and gist.has("not")
        and re.search(r"\b(?:read|see|like)\b", " ".join(clause.low))
    ):
        places = state.places(gist.scopes) or ()
        raise DoubtError(f.Doubt(f"What should the title of scene {places[0]} be?", wants="text"))
    return None


WRITTEN_RULES = (rewrite, note, dialogue, scene_title, unclear_text)
