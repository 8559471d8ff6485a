"""Rules about who is in a panel and who is in the story: alone, nobody, one instead of another, somebody new."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.language import with_article
from agent.requests import frames as f
from agent.requests.clauses import Clause, take_scope
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State, UnreadError, trimmed
from agent.requests.values import is_clean
from agent.requests.words import Word

__all__ = ["PEOPLE_RULES"]

_OUT = "delete take get leave away out from of be go clear empty should must make disappear kick lose keep send"


def _people(state: State, words: Sequence[Word], places: Sequence[int] | None) -> list[str]:
    """Whom words name, one after the other. Raises DoubtError where one of them may be several."""
    people = []
    for word in words:
        if word.kind == "person" or word.is_word("him", "her", "them", "he", "she", "they"):
            who = state.whom([word], places)
            people += [who] if who else []
    return list(dict.fromkeys(people))


def crowd(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "nobody in 3", "take everybody out of 5", "Mira should be alone in 3", "everyone except Otto should leave 8"."""
    gist = Gist(clause)
    low = [word.low for word in gist.rest]
    people = any(word.is_word("people", "person") for word in gist.rest)
    nobody = gist.has("nobody") or (people and bool({"no", "without"} & set(low)))
    everyone = gist.has("everyone") or people or gist.has("character")
    leaving = everyone and gist.has("delete", "out", "leave", "away", "clear", "kick")
    alone = gist.has("alone") or (clause.low[0] in ("only", "just") and gist.only("only just person and"))
    alone = alone or (gist.has("only", "just") and clause.low[-1] == "there")
    empty = gist.has("empty") and gist.scopes
    if gist.has("need", "needs", "want", "touch", "like"):
        return None
    if not (nobody or leaving or (alone and not gist.has("leave", "keep")) or empty):
        return None
    beach = " ".join(word.low for word in gist.content("empty")) if empty else ""
    emptied = beach and all(beach in state.board.scenes[p - 1].setting.lower() for p in state.places(gist.scopes) or ())
    if not gist.only(
        f"{beach if emptied else ''} {_OUT} nobody no without everyone people person character alone "
        f"except but only just else there empty"
    ):
        return None
    places = state.places(gist.scopes)
    if places is None:
        raise DoubtError(f.Doubt("From which scene shall everybody go?", wants="scenes"))
    kept = _people(state, gist.rest, places)
    if gist.has("empty", "nobody") and kept and not gist.has("except", "but", "else"):
        return None
    if alone and not kept:
        return None
    state.hold(places)
    frames: list[f.Frame] = [
        f.Person(state.board.character(one).name, (place,), gone=True)
        for place in places
        for one in state.board.scenes[place - 1].characters
        if one not in kept
    ]
    if alone:
        for one in kept:
            absent = tuple(place for place in places if one not in state.board.scenes[place - 1].characters)
            frames += [f.Person(state.board.character(one).name, absent)] if absent else []
    return frames or [
        f.Say("Nobody is there as it is." if not kept else "Nobody else is there, so nothing was changed.")
    ]


def everyone_in(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "everyone should be in 8"."""
    gist = Gist(clause)
    if not gist.has("everyone") or not gist.scopes or not gist.only("everyone add put make be should in there"):
        return None
    places = state.places(gist.scopes) or ()
    return [f.Person(one.name, places) for one in state.board.characters]


def everyone_wears(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "everyone wears winter clothes from 4 on"."""
    rest, scopes = take_scope(clause.words)
    low = [word.low for word in rest]
    if (
        low[:1] not in (["everyone"], ["everybody"])
        or low[1:2] not in (["wears"], ["has"], ["wear"])
        or not is_clean(rest[2:])
    ):
        return None
    places = state.places(scopes)
    if places and not state.since:
        return None
    look, since = state.phrase(rest[2:]), min(places) if places else None
    return [f.Wear(one.id, look, since=since) for one in state.board.characters]


def added(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "bring Otto and the dog into scene 2", "put Sam in scene 1", "add her", "Nadia's missing from the goodbye"."""
    gist = Gist(clause)
    low = [word.low for word in gist.rest]
    missing = "missing" in low or "absent" in low
    if missing and not state.frames and any(word.kind == "person" for word in gist.rest):
        places = state.places(gist.scopes)
        who = _people(state, gist.rest, None)
        if places and who:
            state.hold(places)
            return [f.Person(state.board.character(one).name, places) for one in who]
        return None
    if state.present and low in (
        ["he", "should"],
        ["she", "should"],
        ["it", "should"],
        ["he", "should", "be"],
        ["she", "must"],
    ):
        who_asked, places_asked = state.present
        return [f.Person(state.board.character(who_asked).name, places_asked)] if places_asked else None
    joins = (
        gist.head == "person"
        and gist.scopes
        and gist.only("person should must be both also in too join there appear go come with")
    )
    if joins and gist.has("be", "join", "appear", "go", "come") and not gist.has("not"):
        places = state.places(gist.scopes) or ()
        state.hold(places)
        who = _people(state, gist.rest, places)
        frames: list[f.Frame] = []
        for one in who:
            absent = tuple(p for p in places if one not in state.board.scenes[p - 1].characters)
            frames += [f.Person(state.board.character(one).name, absent)] if absent else []
        return frames or None
    if gist.head not in ("add", "put", "bring", "include", "move", "insert") or not gist.only(
        "add put bring include move person back too there in into to"
    ):
        return None
    places = state.places(gist.scopes) if gist.scopes else state.scope
    people = _people(state, gist.rest, None)
    if not people:
        return None
    if not places:
        raise DoubtError(f.Doubt(f"Into which panel shall {state.name(people[0])} go?", wants="scenes"))
    missing_from = {one: tuple(p for p in places if one not in state.board.scenes[p - 1].characters) for one in people}
    state.hold(places)
    return [f.Person(state.board.character(one).name, missing_from[one] or places) for one in people]


def removed(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "delete the wolf and the fox from the story", "kick the wolf out of scene five", "the fox shouldn't be in 6"."""
    gist = Gist(clause)
    gone = gist.head in ("delete", "kick", "send") or (
        clause.low[0] in ("take", "get", "leave", "throw") and gist.has("out", "away", "delete")
    )
    absent = gist.has("not") and gist.head == "person"
    pronoun = ("him", "her", "them", "it") if state.answered and not state.thing else ("him", "her", "them")
    if not (gone or absent) or not any(word.kind == "person" or word.is_word(*pronoun) for word in gist.rest):
        return None
    allowed = (
        "person delete kick send take get make leave out away be in from of there story board "
        "everywhere completely altogether see want any more anymore should must"
    )
    if not gist.only(f"{allowed} {'not' * absent}"):
        return None
    if any(word.low == "'s" for word in gist.rest):
        return None
    places = state.places(gist.scopes)
    if not gist.scopes and places is None and "there" in clause.low:
        places = state.index.focus or None
    here = state.asked if state.asked and not gist.scopes else places
    them = any(word.is_word("them") for word in gist.rest)
    pronouns = [word for word in gist.rest if word.is_word(*pronoun)]
    if pronouns and state.answered and not any(word.kind == "person" for word in gist.rest):
        people = (
            list(state.answered)
            if them
            else [one for one in state.answered if pronouns[0].low == "it" or state.people.fits(one, pronouns[0].low)]
        )
        if len(people) > 1 and not them:
            who = tuple(
                (
                    state.board.character(one).name,
                    (f.Person(state.board.character(one).name, tuple(here or ()), gone=True),),
                )
                for one in people
            )
            raise DoubtError(f.Doubt("Who do you mean?", who))
    else:
        people = _people(state, gist.rest, here)
    names = [state.board.character(one).name for one in people]
    if not names:
        return None
    if here:
        there = [tuple(p for p in here if one in state.board.scenes[p - 1].characters) for one in people]
        state.hold(tuple(here))
        if not any(there):
            return None
        return [f.Person(name, at, gone=True) for name, at in zip(names, there, strict=True) if at]
    whole = tuple(f.Person(name, None, gone=True) for name in names)
    if gist.has("story", "board", "everywhere", "completely", "altogether"):
        return list(whole)
    if absent:
        return None
    shared = [p for p, scene in enumerate(state.board.scenes, start=1) if set(people) <= set(scene.characters)]
    places_offered: tuple[tuple[str, tuple[f.Person, ...]], ...] = (
        ("from the whole story", whole),
        *tuple((f"from scene {p}", tuple(f.Person(name, (p,), gone=True) for name in names)) for p in shared[:6]),
    )
    raise DoubtError(f.Doubt(f"From where shall I remove {' and '.join(names)}?", places_offered))


def replaced(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "replace the fox with the wolf in 6", "swap Otto for a tall woman"."""
    gist = Gist(clause)
    if gist.head not in ("replace", "swap", "use"):
        return None
    low = [word.low for word in gist.rest]
    mark = next((i for i, word in enumerate(low) if word in ("with", "by", "for", "of") and i), None)
    if mark is None or (low[0] in ("swap", "trade", "switch") and low[mark] == "with"):
        return None
    old, new = gist.rest[1:mark], gist.rest[mark + 1 :]
    if low[mark] == "of":
        if "instead" not in low[:mark]:
            return None
        old, new = new, [word for word in old if not word.is_word("instead")]
    if len(old) != 1 or old[0].kind != "person" or not new:
        return None
    places = state.places(gist.scopes)
    who = state.whom(old, places)
    by = state.whom(new, None)
    if who is None or (by is None and not is_clean(new)):
        return None
    name = state.board.character(by).name if by else re.sub(r"^(?:an?|the)\s+", "", state.phrase(new))
    args = {"character": state.board.character(who).name, "by": name, **({"scenes": list(places)} if places else {})}
    return [f.Tell("swap_character", args)]


def newcomer(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "add a new character: Nell, a lighthouse keeper with a silver braid", "a new person: Ada, a postwoman"."""
    gist = Gist(clause)
    at = next((i for i, word in enumerate(gist.rest) if word.is_word("character", "person", "persona", "figure")), None)
    if (
        at is None
        or at > 4
        or not Gist(gist.rest[:at]).only("add make new invent another insert create introduce call character")
    ):
        return None
    if not gist.has("new", "another") and gist.head not in ("add", "make", "create", "invent", "new"):
        return None
    rest = list(gist.rest[at + 1 :])
    while rest and rest[0].low in (":", ",", "—", "called", "named", "is", "be"):
        rest = rest[1:]
    if not rest:
        raise DoubtError(f.Doubt("What is the new character called, and what do they look like?", wants="text"))
    end = next(
        (
            i
            for i, word in enumerate(rest)
            if word.low in (",", ":", "(", "who", "with", "is", "—") or word.low in ("a", "an")
        ),
        len(rest),
    )
    name = rest[0].quote if rest[0].kind == "quote" else state.text.raw(rest[:end]).strip(" ,:“”\"'")
    told = trimmed(rest[end:])
    while told and told[0].low in ("is", "who", ",", ":", "with") and told[0].low != "a":
        told = told[1:]
    description = state.text.raw(told).strip(" ,.)") if told else ""
    places = state.places(gist.scopes) if gist.scopes else None
    if not name or len(name.split()) > 4:
        raise UnreadError
    return [
        f.Person(
            name,
            places or (),
            description=with_article(description)
            if description[:1].islower() and description.split()[0] not in ("a", "an", "the")
            else description,
        )
    ]


def redescribed(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "describe Mira as a tall girl with freckles"."""
    low = clause.low
    if low[0] != "describe" or "as" not in low[:4]:
        return None
    at = low.index("as")
    who = state.whom(clause.words[1:at], None)
    told = list(clause.words[at + 1 :])
    return [f.Wear(who, state.phrase(told), replace=True)] if who and told else None


PEOPLE_RULES = (redescribed, newcomer, replaced, crowd, everyone_in, everyone_wears, removed, added)
