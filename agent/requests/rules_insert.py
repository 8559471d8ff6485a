"""Rules for new panels: where they go, and what they show."""

from __future__ import annotations

from collections.abc import Sequence

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.rules_order import END, PANEL_NOUNS, START, sentence
from agent.requests.state import DoubtError, State, trimmed
from agent.requests.values import camera, is_clean
from agent.requests.words import Word, word_set

__all__ = ["INSERT_RULES"]


def insert(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "After 6 I want a new panel: Lulu freezes", "a close-up of the key right after 6", "open with a view of …"."""
    words, plain = list(clause.words), clause.low
    if plain[0] in ("open", "start", "begin", "end", "finish", "close") and plain[1:2] in (["with"], ["on"]):
        text = trimmed(words[2:])
        if len(text) > 3 and text[0].is_word("a", "another", "the") and text[1].low in _PANELS:
            text = _new_panel(text[1:], plain) or []
        if not text or any(word.kind == "scenes" for word in text):
            return None
        if clause.mood == "wish" and text[0].low not in ("a", "an"):
            return [f.Meta()]  # a wish for an end that the next clause says how to reach
        after = 0 if plain[0] in ("open", "start", "begin") else None
        return [f.Insert(sentence(state.phrase(text)), after=after, shot=_shot(text))]
    spot = _spot(state, words)
    if spot is None:
        return None
    where, rest = spot
    colon = next((i for i, word in enumerate(rest) if word.low == ":"), None)
    if colon is not None and Gist(rest[:colon]).only(
        "add insert put insert_scene new another one more scene panel in make give want"
    ):
        return [
            f.Insert(sentence(state.text.raw(rest[colon + 1 :])), after=where.get("after"), before=where.get("before"))
        ]
    between = plain[0] == "between" and rest and rest[0].low == ","
    if between and is_clean(trimmed(rest)):
        return [f.Insert(sentence(state.phrase(trimmed(rest))), after=where.get("after"), before=where.get("before"))]
    if not any(
        word.low in PANEL_NOUNS | {"one", "insert", "panel", "reaction", ":", *_SHOT_NOUNS}
        or word.low in ("add", "insert")
        for word in rest
    ):
        return None
    rest = trimmed(rest)
    if rest and rest[0].low == "insert":
        rest = rest[1:]
    while rest and (rest[0].low in word_set(
        """
        i we want need add put give stick pop me us have would like there should be include squeeze slip is comes come
        follow a an please another extra new one more right directly just in go to see show love cut
        """
    )
                    or rest[0].kind == "mark"):  # fmt: skip
        rest = rest[1:]
    made = _new_panel(rest, plain)
    if made is None:
        return None
    if not made and "text" in state.given:
        return [f.Insert(sentence(state.given["text"]), after=where.get("after"), before=where.get("before"))]
    if not made:
        raise DoubtError(f.Doubt("What should the new panel show?", wants="text"))
    if {"where", ":"} & set(plain):
        return [
            f.Insert(
                sentence(state.text.plain([word for word in clause.words if word.start >= made[0].start])),
                shot=_shot(made),
                after=where.get("after"),
                before=where.get("before"),
            )
        ]
    return [
        f.Insert(sentence(state.phrase(made)), shot=_shot(made), after=where.get("after"), before=where.get("before"))
    ]


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
    first = words[0]
    if first.scope is not None and first.scope.positions:
        written = state.text.source[first.start : first.end].lower()
        if first.scope.kind == "since" and written.startswith("after"):
            return {"after": first.scope.positions[0] - 1}, words[1:]
        if written.startswith("before") and first.scope.kind == "described":
            return {"before": first.scope.positions[-1] + 1}, words[1:]
    low = [word.low for word in words]
    for i, spelled in enumerate(low):
        edge = (
            spelled in END | START
            and words[i].kind == "word"
            and low[max(i - 2, 0) : i + 1][-2:-1] in (["the"], ["very"])
        )
        if (
            edge
            and i
            and low[i - 2] in ("at", "to", "for", "the")
            and not (i + 1 < len(low) and low[i + 1] in PANEL_NOUNS)
        ):
            begin = i - 2 - (low[i - 2] == "the")
            return ({"after": 0} if spelled in START else {}), words[:begin] + words[i + 1 :]
        if spelled in ("last", "final", "closing", "first", "opening") and i + 1 < len(low) and low[i + 1] in _PANELS:
            return ({"after": 0} if spelled in ("first", "opening") else {}), words[:i] + words[i + 1 :]
    lead = [
        word
        for word in words
        if word.low not in word_set("i we want need would like give me us have add put in insert let")
    ]
    fresh = (
        len(lead) > 2
        and lead[0].is_word("a", "another", "new", "one")
        and not any(word.kind == "scenes" for word in words)
    )
    noun = next(
        (
            i
            for i, word in enumerate(lead[:5])
            if word.low in ("scene", "panel", "shot", "frame") and word.kind == "word"
        ),
        None,
    )
    if (
        fresh
        and noun
        and lead[noun + 1 : noun + 2]
        and lead[noun + 1].low in (":", "where", "in", "with", "that", "which", "of")
    ):
        return {}, words
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


INSERT_RULES = (insert,)
