"""Rules for things and people that come and go: given, added, removed, put somewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.language import PRONOUNS, parse
from agent.requests import frames as f
from agent.requests.clauses import MODALS, REQUEST_VERBS, Clause, take_scope
from agent.requests.gist import Gist
from agent.requests.lexicon import LEXICON
from agent.requests.making_frames import change, joining_in, listed, staging, with_things, worn
from agent.requests.rules_sentences import FINITE, MAKE, subject_end
from agent.requests.said_of import IT, more_of
from agent.requests.said_of_people import LOOKS, SIDES, stands_somewhere
from agent.requests.said_of_things import NO_THINGS, exchanged
from agent.requests.state import DoubtError, State, UnreadError, trimmed
from agent.requests.values import bare, camera, is_clean, typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["add", "described", "give", "remove", "staged"]


_GIVE = frozenset(("give", "hand", "lend"))


_ADD = word_set(
    """
    introduce add put place insert include stick hang throw pop slip scatter plant show have give paint draw want need
    """
)


_REMOVE = word_set("remove delete drop lose erase ditch scrap hide omit cut kill toss axe skip")


def give(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "give Mira a blue hat", "give 12 more light"."""
    if clause.low[0] not in _GIVE:
        return None
    rest, places = state.split(clause)
    body = rest[1:]
    if body and body[0].low in ("me", "us", "it", "them"):
        if body[0].low in ("me", "us"):
            body = body[1:]
            value = typed(body)
            if value and places:
                return change(state, places, value)
            return None
        body = body[1:]
    elif len(body) > 3 and body[0].kind == "person" and body[1].low in ("and", "&") and body[2].kind == "person":
        people = [state.whom([body[0]], places), state.whom([body[2]], places)]
        frames = [frame for who in people if who for frame in (worn(state, who, body[3:], places) or [])]
        return frames if all(people) and frames else None
    elif body and (body[0].kind == "person" or body[0].low in ("him", "her")):
        who = state.whom(body[:1], places)
        if who is None or len(body) < 2 or body[1].low == "'s":
            return None
        return worn(state, who, body[1:], places)
    if not body or not places:
        return None
    value = typed(body)
    if value:
        return change(state, places, value)
    if body[-1].low in LEXICON.look_nouns | {"tint", "tinge", "hue"} and is_clean(body):
        return change(state, places, {"mood": state.phrase(bare(body))})
    return more_of(state, body, places) if body[0].low in ("more", "less") else None


def add(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "add an owl on the bedpost in 1", "put a bell on her", "put Pepper on the window sill"."""
    plain = clause.low
    if plain[0] not in _ADD or (plain[0] in ("give", "draw", "paint") and plain[0] != "add"):
        return None
    rest, scopes = take_scope(clause.words)
    places = state.places(scopes)
    body = trimmed(rest[1:])
    if not body:
        return None
    value = typed(body)
    if value and not {"shot"} & value.keys() and plain[0] in ("add", "have", "show", "put"):
        if places is None:
            raise UnreadError
        return change(state, places, value)
    if body[0].low in ("more", "some", "lots"):
        more = more_of(state, body, places) if body[0].low != "some" else None
        if more is not None:
            return more
    on = next((i for i, word in enumerate(body) if word.low in ("on", "around", "onto", "over") and i), None)
    if on is not None and on == len(body) - 2:
        who = state.whom(body[on + 1 :], places)
        if who is not None and is_clean(body[:on]):
            return worn(state, who, body[:on], places)
    if body[0].kind == "person" or body[0].low in ("him", "her", "them"):
        if plain[0] in ("have", "show", "want", "need") and len(body) > 1:
            return None
        return _add_people(state, body, places)
    if body[0].low in ("the", "his", "her") and plain[0] in ("show", "have") and len(body) > 1 and places is None:
        return None
    if not is_clean(body):
        return None
    if (
        not places
        and plain[0] in ("add", "put", "insert", "include", "introduce")
        and (clause.low[-1] in IT | {"there"} or len(body) < 5)
    ):
        places = _there(state, body) or state.need(None)
    if not places:
        return None
    if plain[0] in ("have", "want", "need") and body[0].low not in word_set("a an some two three more several many"):
        return None
    finite = any(word.kind == "word" and word.low in FINITE for word in body)
    if finite and not {"that", "says"} & {word.low for word in body}:
        return None
    return with_things(state, places, [_thing(state, part) for part in _things_of(body)])


def wished(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "I want flowers in 3 and 8", "could we see a boat in 1?", "5 would be nicer with a waterfall", "4 without the
    oak"."""
    rest, scopes = take_scope(clause.words)
    low = [word.low for word in rest]
    suits = next((i for i, word in enumerate(low) if word in ("suit", "fit", "suits")), None)
    if suits and scopes:
        rest = [word for word in rest[:suits] if not word.is_word("would", "could", "might", "will", "bit", "of")]
    elif (
        clause.mood not in ("wish", "order")
        and low[:1] not in (["see"], ["have"], ["more"])
        and not (clause.words[0].kind == "scenes" and low[:1] in (["would"], ["could"], ["without"], ["with"]))
    ):
        return None
    rest = trimmed(words_before_instead([word for word in rest if not word.is_word("rather")])[0])
    while rest and rest[0].low in word_set(
        "see have seen to there be would like love could can nicer better look of be do with and some"
    ):
        if rest[0].low == "with" and clause.words[0].kind != "scenes" and not scopes:
            return None
        rest = rest[1:]
    if not rest:
        return None
    places = state.places(scopes)
    if rest[0].low in ("without", "no") and len(rest) > 1 and is_clean(rest[1:]):
        who = state.whom(rest[1:], places)
        if who is not None and places:
            return [f.Person(state.board.character(who).name, places, gone=True)]
        return with_things(state, places, [], [state.phrase(_bare_noun(rest[1:]))]) if places else None
    value = typed(_bare_noun(rest[1:] if rest[0].is_word("more") and len(rest) > 2 else rest))
    if value and places:
        return change(state, places, value)
    seen = next((i for i, word in enumerate(rest) if word.is_word("seen", "shown", "filmed") and i), None)
    if seen is not None and camera(rest[seen + 1 :]):
        subject = [word for word in rest[:seen] if not word.is_word("to", "be")]
        return change(state, places, {"shot": f"{camera(rest[seen + 1 :])} of {state.phrase(_bare_noun(subject))}"})
    if not is_clean(rest) or any(word.kind == "person" for word in rest[:1]) or _verbal(rest):
        return None
    if places is None:
        places = _there(state, rest)
    if places is None and not (
        (clause.mood == "wish" or clause.low[0] in ("have", "see")) and rest[0].is_word("a", "an", "some", "more")
    ):
        return None
    return with_things(state, places, [_thing(state, part) for part in _things_of(rest)])


def _bare_noun(words: Sequence[Word]) -> list[Word]:
    words = list(words)
    while len(words) > 1 and words[0].is_word("the", "a", "an", "any", "some"):
        words = words[1:]
    return words


def _verbal(words: Sequence[Word]) -> bool:
    """Whether words are no noun phrase: they begin with a verb, or have a finite one."""
    first = words[0].low
    if first in REQUEST_VERBS or first in ("it", "that", "this", "them", "they", "he", "she", "do", "be"):
        return True
    document = parse(f"There is {' '.join(word.low if word.kind != 'person' else 'Sam' for word in words)}.")
    return not any(token.word_class in ("NOUN", "PROPN") for token in document.tokens[2:]) or any(
        token.tag in ("VBZ", "VBD", "VBP", "MD") for token in document.tokens[2:]
    )


def _there(state: State, words: Sequence[Word]) -> tuple[int, ...] | None:
    """Where the board has what words stand at: "palm trees at the well"."""
    at = next(
        (i for i, word in enumerate(words) if word.is_word("at", "on", "over", "by", "near", "above", "in") and i), None
    )
    if at is None:
        return None
    noun = [word.low for word in _bare_noun(words[at + 1 :])]
    there = state.index.with_thing(noun) if noun else ()
    if len(there) > 1 and "scenes" in state.given:
        return tuple(state.given["scenes"])
    if len(there) > 1:
        settles = tuple((state.index.label(place), (place,)) for place in there[:8])
        raise DoubtError(f.Doubt(f"Which panel's {' '.join(noun)} do you mean?", wants="scenes", settles=settles))
    return there or None


def exchange(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "replace the lantern in 8 with a torch", "use a candle instead of the lantern", "turn the rope into a chain"."""
    gist = Gist(clause)
    rest = list(gist.rest)
    low = [word.low for word in rest]
    old: list[Word] = []
    new: list[Word] = []
    if gist.head in ("replace", "swap", "change") and low[0] not in ("switch", "turn"):
        mark = next((i for i, word in enumerate(low) if word in ("with", "by", "for", "into", "to") and i > 1), None)
        if mark is None or (gist.head == "swap" and low[mark] == "with" and not gist.scopes):
            return None
        old, new = rest[1:mark], rest[mark + 1 :]
    elif low[:2] == ["instead", "of"]:
        end = next(
            (i for i, word in enumerate(rest) if i > 2 and (word.kind in ("mark", "person") or word.low in PRONOUNS)),
            None,
        )
        if end is None:
            return None
        old, new = rest[2:end], trimmed(rest[end:])
        while new and (new[0].kind == "person" or new[0].low in PRONOUNS or new[0].low in REQUEST_VERBS | _HAVING):
            new = new[1:]
    elif "instead" in low and "of" in low[low.index("instead") :]:
        mark = low.index("instead")
        old, new = rest[mark + 2 :], rest[:mark]
        if not new or low[0] not in word_set("use show draw add put have want see give take"):
            return None
        new = new[1:]
    old, new = _bare_noun(trimmed(old)), trimmed(new)
    if not old or not new or not is_clean(new) or any(word.kind != "word" for word in old) or typed(old):
        return None
    if new[0].kind == "person" or any(word.low in NO_THINGS for word in old):
        return None
    places = state.places(gist.scopes)
    thing = [word.low for word in old]
    there = state.index.with_thing(thing)
    if places is None:
        nearer = tuple(place for place in there if place in (state.scope or state.index.focus))
        there = nearer or there
        if len(there) > 1 and "scenes" not in state.given:
            settles = (*((state.index.label(place), (place,)) for place in there[:7]), ("all of them", there))
            question = f"Which panel's {' '.join(thing)} do you mean?"
            raise DoubtError(f.Doubt(question, wants="scenes", settles=settles))
        if not there:
            raise DoubtError(
                f.Doubt(f"I cannot find “{' '.join(thing)}” on the board. What shall I replace, and where?")
            )
        places = tuple(state.given.get("scenes", there))
    return exchanged(state, places, " ".join(thing), state.phrase(new))


_HAVING = word_set("has have finds find sees see gets get takes take uses discovers holds carries")


def too_much(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "there is too much clutter in 4"."""
    rest, scopes = take_scope(clause.words)
    at = next(
        (
            i
            for i, word in enumerate(rest)
            if word.is_word("too") and rest[i + 1 : i + 2] and rest[i + 1].is_word("much", "many")
        ),
        None,
    )
    if at is None or not scopes or len(rest) <= at + 2 or not is_clean(rest[at + 2 :]):
        return None
    return change(state, state.places(scopes), {"mood": f"less {state.phrase(rest[at + 2 :])}"})


def _things_of(words: Sequence[Word]) -> list[list[Word]]:
    """ "a hat and a scarf" as two things; "a second ghost, a little boy, behind her" stays one."""
    plain = [word.low for word in words]
    for i, word in enumerate(plain):
        if (
            word in ("and", "&")
            and i + 1 < len(plain)
            and plain[i + 1] in ("a", "an", "some", "two", "three")
            and "," not in plain
        ):
            return [list(words[:i]), *_things_of(words[i + 1 :])]
    return [list(words)]


def _thing(state: State, words: Sequence[Word]) -> str:
    phrase = state.phrase(words)
    for word in words:
        if word.kind == "word" and word.low in ("her", "him") and word.people:
            phrase = re.sub(rf"\b{word.low}\b(?!\s+\w)", state.name(word.people[0]), phrase)
    return phrase


def _add_people(state: State, body: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    who = state.whom(body[:1], places)
    if who is None:
        return None
    rest = trimmed(list(body[1:]))
    if places is None:
        return None
    if rest and rest[0].low in ("in",) and len(rest) == 1:
        rest = []
    while rest and rest[0].low in ("in", ",", "there") and len(rest) > 1 and rest[1].low in (",",):
        rest = rest[2:]
    if not rest:
        return joining_in(state, who, [], places)
    if not is_clean(rest):
        return None
    return staging(state, [who], f"{state.name(who)} {state.phrase(rest)}", places)


def everywhere_gone(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "remove the torch from wherever it is", "the map should not be visible in scene 1"."""
    gist = Gist(clause)
    low = [word.low for word in gist.rest]
    unseen = (
        "not" in low and low[-1] in ("visible", "seen", "shown", "there") and gist.scopes and low[0] not in ("i", "we")
    )
    wherever = gist.head == "delete" and ({"wherever", "everywhere"} & set(clause.low) or clause.low[-1] == "is")
    if unseen:
        end = next(
            i for i, word in enumerate(low) if word in ("should", "must", "is", "need", "not", "does", "can", "ought")
        )
        noun = _bare_noun(gist.rest[:end])
        if not noun or any(word.kind != "word" for word in noun):
            return None
        return with_things(state, state.places(gist.scopes), [], [state.phrase(noun)])
    if wherever:
        noun = [
            word
            for word in gist.rest[1:]
            if word.low not in word_set("from in out wherever everywhere it they is are of the a")
        ]
        there = state.index.with_thing([word.low for word in noun]) if noun else ()
        if not noun or any(word.kind != "word" for word in noun):
            return None
        if not there:
            raise DoubtError(f.Doubt(f"I cannot find “{state.phrase(noun)}” on the board. What shall I remove?"))
        return with_things(state, there, [], [state.phrase(noun)])
    return None


def remove(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "lose the lemon in 9", "take away the portrait", "get rid of the van in 3", "no cushion"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    words = [word.low for word in rest]
    if words[:1] and words[0] in _REMOVE:
        body = rest[1:]
    elif words[:3] == ["get", "rid", "of"]:
        body = rest[3:]
    elif words[:2] in (
        ["take", "away"],
        ["take", "out"],
        ["throw", "out"],
        ["throw", "away"],
        ["do", "without"],
        ["cut", "out"],
        ["take", "off"],
    ):
        body = rest[2:]
    elif words[:1] in (["take"], ["throw"], ["cut"], ["leave"]) and words[-1] in ("away", "out", "off"):
        body = rest[1:-1]
    elif plain[0] in ("i", "we") and "not" in words[:3] and "want" in words[:4]:
        return _unwanted(state, rest, state.places(scopes))
    elif words[:1] == ["no"] and len(words) <= 3 and scopes:
        body = rest[1:]
    else:
        return None
    body = [word for word in trimmed(body) if word.low not in ("out", "away")]
    if not body or body[0].is_word("in", "into", "on", "to", "off", "by"):
        raise UnreadError
    if words[0] in ("drop", "throw", "toss") and body[0].low in ("a", "an", "some"):
        return with_things(state, state.places(scopes), [state.phrase(body)]) if is_clean(body) else None
    places = state.places(scopes)
    who = state.whom(body, places)
    if who is not None:
        if places is None:
            return None
        there = tuple(place for place in places if who in state.board.scenes[place - 1].characters)
        state.hold(places)
        thing = state.board.character(who).name.lower().removeprefix("the ")
        return (
            [f.Person(state.board.character(who).name, there, gone=True)]
            if there
            else with_things(state, places, [], [thing])
        )
    if len(body) > 2 and body[1].low == "'s" and body[0].kind == "person":
        owner = state.whom(body[:1], places)
        if owner is not None and places is None:
            return [f.Wear(owner, "", without=state.phrase(body[2:]))]
    if not is_clean(body):
        return None
    if body[0].low in word_set("the his her all any a an that those these their"):
        body = body[1:]
    if not body or body[0].low in ("the",):
        body = body[1:]
    if not body:
        return None
    if len(body) == 1 and body[0].low in IT and (state.thing or state.index.context.focus.things):
        body = [replace(body[0], low=state.thing or state.index.context.focus.things[-1], kind="thing")]
        return with_things(state, state.places(scopes) or state.scope or state.index.focus, [], [body[0].low])
    if any(word.low in NO_THINGS | IT for word in body):
        raise UnreadError
    if words[0] == "no" and body[0].low == "more":
        body = body[1:]
    value = typed(body)
    if value and places and set(value) == {"weather"}:
        return change(state, places, {"weather": ""})
    if places is None:
        there = state.index.with_thing([word.low for word in body])
        near = set(there) & set(state.scope or state.index.focus)
        if len(there) > 1 and not near and "scenes" not in state.given:
            settles = tuple((state.index.label(place), (place,)) for place in there[:8])
            raise DoubtError(
                f.Doubt(f"Which panel's {state.phrase(body)} do you mean?", wants="scenes", settles=settles)
            )
        places = state.given.get("scenes") or tuple(sorted(near)) or there or None
    if places is None:
        return None
    return with_things(state, places, [], [state.phrase(body)])


def _unwanted(state: State, words: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    """ "I don't want that the dog is there", "I don't want the dog in 10"."""
    at = next(i for i, word in enumerate(words) if word.low == "want")
    body = [
        word for word in words[at + 1 :] if word.low not in word_set("that is to be there see any more anymore in it")
    ]
    if not body or not places:
        return None
    who = state.whom(body, places)
    if who is not None:
        there = tuple(place for place in places if who in state.board.scenes[place - 1].characters)
        return [f.Person(state.board.character(who).name, there, gone=True)] if there else None
    if not is_clean(body):
        return None
    return with_things(state, places, [], [state.phrase([word for word in body if word.low not in ("the", "a", "an")])])


def staged(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "2: Dodge frame left, Vera frame right, facing each other", "bring the ref closer to camera"."""
    plain = clause.low
    rest, scopes = take_scope(clause.words)
    places = state.places(scopes)
    words = [word.low for word in rest]
    if words[:1] and words[0] in word_set("put place stand sit bring move push have") and len(rest) > 2:
        body = rest[1:]
        end = subject_end(body)
        subject, where = body[:end], trimmed(body[end:])
        if not where or not places or not is_clean(where) or not stands_somewhere(where):
            return None
        who = state.whom(subject, places)
        name = state.name(who) if who else state.phrase(subject) if subject and is_clean(subject) else ""
        return staging(state, [who] if who else [], f"{name} {state.phrase(where)}", places) if name else None
    if words[:1] == ["camera"]:
        return None
    if (
        not places
        or not any(word.kind == "person" for word in rest)
        or not (set(words) & SIDES or "facing" in words or "behind" in words)
    ):
        return None
    if any(word.low in MODALS for word in rest) or plain[0] in MAKE | _ADD or not is_clean(rest):
        return None
    people = list(dict.fromkeys(one for word in rest for one in word.people if len(word.people) == 1))
    return staging(state, people, state.phrase(rest), places)


def described(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "Grandma Rose: white hair in a bun, green shawl"."""
    words = clause.words
    if len(words) < 3 or words[0].kind != "person" or words[1].low != ":":
        return None
    who = state.whom(words[:1], None)
    if who is None or not is_clean(words[2:]) or not any(LOOKS.search(word.low) for word in words):
        return None
    return [f.Wear(who, state.phrase(part)) for part in listed(words[2:])]
