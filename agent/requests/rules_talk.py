"""Rules about names and titles, what is to stay, what was done before, and what is no request."""

from __future__ import annotations

from collections.abc import Sequence

from agent.language import parse
from agent.requests import frames as f
from agent.requests.clauses import REQUEST_VERBS, Clause, take_scope
from agent.requests.lexicon import LEXICON
from agent.requests.state import State, UnreadError, trimmed
from agent.requests.values import typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["TALK_RULES", "is_judged", "is_remark", "mended", "remark"]

_FILM = word_set(
    """
    film story storyboard board movie comic book piece whole thing it project short the this that
    """
)


def _said_name(state: State, words: Sequence[Word]) -> str | None:
    """A name or title as it was written; a quote without its marks."""
    words = trimmed(list(words))
    while words and words[0].low in (":", "now", "to", "as", "be", "called"):
        words = words[1:]
    if not words:
        return None
    if words[0].kind == "quote":
        return words[0].quote
    return state.text.source[words[0].start : words[-1].end].strip(" .,;:!?")


def title(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "Call the film The Lemon Job", "title: Match Day", "6 needs a title, call it The Apron"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    if not set(words) & {"call", "name", "title", "titled", "heading", "rename", "retitle", "caption"}:
        return None
    places = state.places(scopes) if scopes else None
    if words[:1] in (["call"], ["name"], ["title"], ["rename"], ["retitle"]) and len(rest) > 2 and words[1:2] != [":"]:
        i = 1
        while (
            i < len(rest)
            and words[i] in _FILM
            and not (words[i] == "the" and state.text.source[rest[i].start].isupper())
        ):
            i += 1
        if i > 1 and i < len(rest):
            name = _said_name(state, rest[i:])
            scene = places[0] if places else _title_scene(state)
            return [f.Title(name, scene)] if name else None
        if places and len(places) == 1:
            name = _said_name(state, rest[1:])
            return [f.Title(name, places[0])] if name else None
    at = next((i for i, word in enumerate(words) if word in ("title", "titled", "heading", "caption")), None)
    if at is None or at > 6 or plain[0] in ("what", "which", "is", "who", "show", "tell"):
        return None
    mark = next(
        (
            i
            for i in range(at + 1, min(at + 5, len(rest)))
            if words[i] in (":", "to", "be", "is", "as", "—", "-", "read", "say") or rest[i].kind == "quote"
        ),
        None,
    )
    if mark is None:
        if (
            words[-1] == "title"
            and places
            and len(places) == 1
            and any(w in words for w in ("needs", "need", "wants", "give"))
        ):
            state.hold(places)
            state.last = [f.Title("", places[0])]
            return [f.Keep(())]
        return None
    if any(word not in word_set(
        """
        new title caption the a make set change give it should must be is needs for of film story board to called its
        please board's let with
        """
    ) | _FILM for word in words[:mark]):  # fmt: skip
        return None
    begin = mark if rest[mark].kind == "quote" else mark + 1
    name = _said_name(state, rest[begin:])
    if not name:
        return None
    return [f.Title(name, places[0] if places and len(places) == 1 else None)]


def _title_scene(state: State) -> int | None:
    return state.last[0].scene if state.last and isinstance(state.last[0], f.Title) else None


def rename(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the cat is called Salt now", "rename Dana to Danika", "the striker isn't called Dana, she's called Danika"."""
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    if scopes:
        return None
    if words[:1] == ["rename"]:
        at = next((i for i, word in enumerate(words) if word in ("to", "as", "into")), None)
        who = state.whom(rest[1:at], None) if at else None
        name = _said_name(state, rest[at + 1 :]) if at else None
        return [f.Rename(who, name)] if who and name else None
    if words[:1] in (["call"], ["name"]) and len(rest) > 2 and (rest[1].kind == "person" or words[1] in ("him", "her")):
        who, name = state.whom(rest[1:2], None), _said_name(state, rest[2:])
        return [f.Rename(who, name)] if who and name else None
    owned = next((i for i in range(1, len(words)) if words[i] == "name" and words[i - 1] == "'s"), None)
    if owned is not None and words[:1] in (["change"], ["make"], ["set"], ["switch"]) and len(rest) > owned + 2:
        who, name = state.whom(rest[1 : owned - 1], None), _said_name(state, rest[owned + 1 :])
        return [f.Rename(who, name)] if who and name else None
    at = next((i for i, word in enumerate(words) if word in ("called", "named")), None)
    if at is None or at < 2:
        return None
    who = state.whom(
        [word for word in rest[:at] if word.low not in word_set("is should be not must now to gets")], None
    )
    if who is None and "not" in words[:at]:
        who = state.whom(rest[at + 1 :], None)
    if who is None:
        return None
    if "not" in words[:at] or "no" in words[:at]:
        named = state.whom(rest[at + 1 :], None)
        who = named or who
        state.last = [f.Rename(who, "")]
        return [f.Keep(())]
    wanted, _ = words_before_instead(rest[at + 1 :])
    name = _said_name(state, [word for word in wanted if not word.is_word("now", "ok", "from", "instead", "not")])
    if name and _known(state, name) not in (None, who):
        return None
    return [f.Rename(who, name)] if name else None


def _known(state: State, name: str) -> str | None:
    return next((one.id for one in state.board.characters if one.name.lower() == name.lower()), None)


def new_name(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "Dodge needs a new name. Let's go with Felix."."""
    words = clause.low
    if (
        words[-1] == "name" and any(word in words for word in ("needs", "need", "wants", "gets")) and "new" in words
    ) or words[-2:] == ["another", "name"]:
        person = next((word for word in clause.words if word.kind == "person"), None)
        who = state.whom([person], None) if person else None
        if who is None:
            return None
        state.last = [f.Rename(who, "")]
        return [f.Keep(())]
    if state.last and isinstance(state.last[0], f.Rename) and not state.last[0].name:
        begin = 0
        while begin < len(words) and words[begin] in word_set(
            """
            let us go with it is call him her use try make she he should be called named take to 's
            """
        ):  # fmt: skip
            begin += 1
        name = _said_name(state, clause.words[begin:])
        return [f.Rename(state.last[0].who, name)] if name and len(name.split()) <= 3 else None
    return None


def keep(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "leave 8 alone", "don't touch the first panel", "change nothing in 12", "the rest stays"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    small = word_set(
        """
        alone as is it they are them the same stays stay keep leave unchanged untouched way of like that rest do
        not touch change edit alter anything nothing never modify should panel be fine remain remains must
        colour in at all exactly delete you whatever my files file pictures else other him her add people to redraw
        draw move copy swap again it
        """
    )  # fmt: skip
    negated = words[:2] == ["do", "not"] or words[:1] == ["never"]
    begins = (
        words[:1] in (["leave"], ["keep"])
        or negated
        or words[:2] in (["change", "nothing"], ["touch", "nothing"], ["alter", "nothing"])
    )
    stays = (
        clause.words[0].kind == "scenes"
        and bool(words)
        and words[-1] in word_set("stays stay same is unchanged alone are remain remains")
        and set(words) <= small
    )
    denied = words[:2] == ["do", "not"] and len(words) > 2 and words[2] in REQUEST_VERBS and not set(words) <= small
    if denied and scopes and "but" not in words:
        state.hold(state.places(scopes))
        return [f.Say("All right, I leave that as it is.")] if state.alone else [f.Meta()]
    if not (begins or stays) or not set(words) <= small:
        return None
    if "only" in clause.low:
        return None
    if any(word.scope and word.scope.words == "the rest" for word in scopes) or {"my", "files"} & set(words):
        return [f.Meta()]
    if not scopes and {"it", "that", "them"} & set(words) and (state.scope or state.index.focus):
        return [f.Keep(state.scope or state.index.focus)]
    if not scopes:
        return [f.Keep(tuple(range(1, state.index.count + 1)))] if negated or plain[-1] == "nothing" else None
    places = state.places(scopes)
    if "add" in words or {"him", "her"} & set(words):
        state.hold(places)
        return [f.Meta()]
    return [f.Keep(places or (), lock="delete" not in words)]


def follow(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the next two as well", "same for 7", "again", "no, I meant 4", "not that one, the one after it"."""
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest if word.kind == "word"]
    small = word_set(
        """
        the same for too also as well do it and that again likewise thing with to goes apply there please not no nope
        ditto
        wait sorry meant i mean one panel but in just make actually oops rather other give about what instead them
        all here
        """
    )
    if not set(words) <= small or any(word.kind in ("number", "quote") for word in rest):
        return None
    person = [word for word in rest if word.kind == "person"]
    repeats = bool(set(words) & word_set("same too also well again likewise ditto"))
    corrects = bool(set(words) & word_set("meant mean instead")) or clause.low[0] in (
        "not",
        "no",
        "nope",
        "oops",
        "sorry",
        "wait",
    )
    if person:
        return _somebody_else(state, person) if corrects and not scopes and len(person) == 1 else None
    if not scopes:
        told = (
            words
            and set(words) & {"again", "same", "that"}
            and set(words) <= word_set("again do that it the same thing and there")
        )
        if not told or not (state.frames or state.index.context.last_calls):
            return None
        return [f.Again(state.scope if "there" in words or (state.scope and not state.frames) else None)]
    if not state.frames and not state.index.context.last_calls:
        return None
    backwards = any(word.scope and word.scope.kind == "back" for word in scopes)
    if not (repeats or corrects or state.frames or backwards):
        return None
    last = scopes[-1].scope
    if corrects and "not" in words and len(scopes) == 1 and last and len(last.positions) == 2:
        return [f.Again(last.positions[1:], instead=True)]
    if corrects and "not" in words and len(scopes) > 1:
        scopes = scopes[1:]
    elif corrects and "not" in words:
        return None
    places = state.places(scopes)
    if not places:
        raise UnreadError
    return [f.Again(places, instead=corrects)]


def _somebody_else(state: State, person: Sequence[Word]) -> list[f.Frame] | None:
    """ "I meant the fox": what was done last, for somebody else."""
    who = state.whom(person, None)
    before = list(state.index.context.last_calls)
    if who is None or not before:
        return None
    name = state.board.character(who).name
    keys = ("character", "name")
    changed = [
        f.Tell(one["name"], {**one["args"], key: name})
        for one in before
        for key in keys
        if key in one["args"] and (key == "character" or one["name"] == "add_character")
    ]
    return [f.Travel("undo"), *changed] if changed else None


def short_wish(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "even darker", "that's too much now": more or less of what was just asked for."""
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    last = next((one["args"]["mood"] for one in state.index.context.last_calls if one["args"].get("mood")), "")
    much = ["too", "much"] in [words[i : i + 2] for i in range(len(words))]
    if much and not scopes and set(words) <= word_set("that it is this was a bit way far too much now little") and last:
        opposite = LEXICON.opposites.get(str(last).split()[-1])
        return [f.Change(state.need(None), {"mood": f"a little {opposite}"})] if opposite else None
    if scopes or not words or words[0] not in ("even", "more", "less", "much", "still", "darker", "brighter", "and"):
        return None
    value = typed(rest)
    if not value or state.frames:
        return None
    if value.get("mood") and value["mood"] == last:
        value = {"mood": f"even {last}"}
    return [f.Change(state.need(None), value)]


def mended(state: State, clause: Clause) -> list[f.Frame]:
    """What would mend what a remark finds fault with: "5 looks too dark" is to be brighter."""
    low = clause.low
    at = next((i for i, word in enumerate(low) if word == "too"), None)
    opposite = LEXICON.opposites.get(low[at + 1]) if at is not None and at + 1 < len(low) else None
    places = state.scope or state.index.focus
    return [f.Change(tuple(places), {"mood": opposite})] if opposite and places else []


def back(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "undo both of those", "take me back to before the veil", "actually no, put it back"."""
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    if words[:1] == ["undo"] and not scopes:
        small = word_set(
            """
            undo the last both of those that it changes two edits steps this change one edit these them
            """
        )
        if not {word for word in words if not word.isdigit()} - small - {w.low for w in rest if w.kind == "number"}:
            number = next((word.number for word in rest if word.kind == "number"), 2 if "both" in words else 1)
            return [f.Travel("undo", steps=number)]
    if "version" in [word.low for word in state.text.words]:
        return None
    if words[:1] in (["put"], ["bring"], ["get"]) and "back" in words:
        lost = word_set(
            """
            put bring get back it that this them panel scene i just deleted removed again one what you we the no
            actually had
            """
        )  # fmt: skip
        if set(words) <= lost and (not scopes or all(word.scope and not word.scope.positions for word in scopes)):
            return [f.Travel("redo" if _undone(state) else "undo")]
    at = next((i for i, word in enumerate(words) if word in ("before", "back")), None)
    if (
        at is not None
        and words[:1] in (["go"], ["take"], ["bring"], ["return"], ["revert"], ["get"], ["back"])
        and "back" in words
    ):
        before = words.index("before") if "before" in words else None
        if before is not None and not scopes and before < len(words) - 1:
            told = [
                word
                for word in rest[before + 1 :]
                if not word.is_word("look", "thing", "part", "change", "edit", "the", "that", "i", "was", "were")
            ]
            return [f.Travel("restore", description=f"before {state.text.plain(told)}")]
    return None


def _undone(state: State) -> bool:
    context = state.index.context
    return any(one["name"] == "undo" for one in context.last_calls) or "undo" in context.last_request.lower().split()


def remark(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "whatever you do, don't delete anything", "he's tiny": nothing to do by itself."""
    lost = state.last and isinstance(state.last[0], f.Wear) and state.last[0].without and not state.last[0].look
    return [f.Meta()] if state.frames and not lost and is_reason(state, clause) else None


_JUDGING = word_set(
    """
    too silly wrong flat boring odd ugly strange weird tiny small hard gray grey bad dull empty bland lost
    unclear busy off enough
    """
)


def is_reason(state: State, clause: Clause) -> bool:
    """Whether a clause only says why: it states something as it is, and asks for nothing."""
    if any(word.kind == "scenes" for word in clause.words) or clause.mood in ("order", "wish"):
        return False
    words = clause.low
    if clause.lead in ("because", "since", "as") or (clause.lead == "so" and words[0] == "that"):
        return True
    if any(
        word in words for word in ("should", "must", "needs", "ought", "make", "add", "remove", "not") if word != "not"
    ):
        return False
    if (
        words[0] in ("he", "she", "it", "they", "that", "this")
        and len(words) > 1
        and words[1] in ("is", "are", "looks", "look", "was", "reads", "feels", "came", "turned")
    ):
        return (
            bool(set(words) & _JUDGING)
            or words[1] in ("came", "turned")
            or (len(words) == 3 and words[2] not in ("called", "loose", "there"))
        )
    if words[0] in ("nobody", "nothing", "someone", "everyone") or words[0] in ("i", "we"):
        return True
    judged = set(words) & _JUDGING and any(word in words for word in ("looks", "look", "is", "feels", "reads", "are"))
    return bool(judged) or words[0] in ("because", "since")


def is_judged(clause: Clause) -> bool:
    """Whether a clause finds fault with a scene as it is: "scene 3 is boring", "5 looks too dark"."""
    words = clause.low
    finite = {"is", "are", "looks", "look", "feels", "seems", "reads"}
    return (
        not clause.mood
        and clause.words[0].kind == "scenes"
        and len(words) > 2
        and words[1] in finite
        and bool(set(words) & _JUDGING)
    )


def is_remark(clause: Clause) -> bool:
    """Whether a clause states how things are, and wishes for nothing: "8 looks flat", "12 goes by too fast"."""
    words = clause.low
    if clause.mood or words[0] in REQUEST_VERBS or set(words) & word_set("should must needs need ought not no nobody"):
        return False
    if any(word.kind == "person" for word in clause.words[:1]):
        return False
    document = parse(
        " ".join(
            "this" if word.kind == "scenes" else word.low if word.kind != "person" else "Sam" for word in clause.words
        )
        + "."
    )
    root = next((token for token in document.tokens if token.relation == "ROOT"), None)
    finite = root is not None and root.tag in ("VBZ", "VBP", "VBD")
    return finite and any(token.relation in ("nsubj", "nsubjpass", "expl") for token in document.tokens)


TALK_RULES = (keep, rename, new_name, title, back, follow, short_wish)
