"""Rules for whole sentences: "make 3 darker", "the sky in 3 should be purple", "Brandt is holding a clipboard"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.language import PRONOUNS, parse
from agent.requests import frames as f
from agent.requests.clauses import REQUEST_VERBS, Clause, take_scope
from agent.requests.lexicon import LEXICON
from agent.requests.making_frames import change, everywhere, is_adjective, is_colour, joining_in, with_things, worn
from agent.requests.said_of import IT, more_of, place_of, said_of, style_in
from agent.requests.said_of_people import WEARS, said_not, said_of_person
from agent.requests.said_of_things import PASSIVE, becomes, said_of_thing
from agent.requests.state import State, UnreadError
from agent.requests.values import bare, is_clean, typed, words_before_instead
from agent.requests.words import Word, word_set

__all__ = ["FINITE", "MAKE", "make", "statement", "subject_end"]


MAKE = word_set(
    """
    make turn change colour color let have get render set do draw show shoot film paint frame take light keep try see
    go give put
    bring dress
    """
)


def make(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "make 3 darker", "turn the alley into a staircase", "have Vera light a cigar", "let it happen at dusk"."""
    if clause.low[0] not in MAKE:
        return None
    rest, places = state.split(clause)
    plain = [word.low for word in rest]
    head, body = plain[0], rest[1:]
    if not body or (head in word_set("show give put see bring keep go try set take") and head not in ("set",)):
        return None
    if head == "set":
        place_of(
            state,
            [word for word in body if word.low not in ("the", "it", "story", "whole")]
            if body[0].low in ("it", "the")
            else body,
        )
        wanted, _ = words_before_instead(body)
        start = next((i for i, word in enumerate(wanted) if word.low in ("in", "on", "at", "inside")), None)
        if start is not None and (True):
            where = place_of(state, wanted[start:])
            value = typed(wanted[start:])
            if value:
                return change(state, places or everywhere(state), value)
            if where:
                return change(state, places or (everywhere(state) if "story" in plain else None), {"setting": where})
        return None
    if body[0].low in ("sure", "that"):
        return None
    value = typed([word for word in body if not word.is_word("the", "a", "an", "it")])
    if value and {"time", "weather"} & value.keys() and body[0].low in ("the", "a", "it"):
        return change(state, places, value)
    cutoff = subject_end(body)
    subject, said = body[:cutoff], body[cutoff:]
    if said and said[0].low in word_set("into to be look feel being as like seem appear"):
        if said[0].low == "into" and subject and subject[0].kind != "person" and len(said) > 1:
            return becomes(state, subject, said[1:], places)
        said = said[1:]
    if not said:
        subject, said = [], subject
    return said_of(state, subject, said, places)


def subject_end(words: Sequence[Word]) -> int:
    """How many words of "the ghost scarier" or "Dana do a kick" are whom it is about."""
    first = words[0]
    if (
        first.low in IT
        or first.kind == "person"
        or (first.low in PRONOUNS and first.kind == "word" and first.low not in ("his", "her", "its", "their"))
    ):
        end = 1
        if len(words) > 2 and words[1].low == "'s":
            end = 3
            while end < len(words) - 1 and not _ends_subject(words, end):
                end += 1
            return end
        while end + 1 < len(words) and words[end].low in ("and", "&") and words[end + 1].kind == "person":
            end += 2
        return end
    if first.low in ("her",) and len(words) > 1 and words[1].kind == "word" and not _is_noun_word(words[1].low):
        return 1
    if first.low in ("the", "his", "her", "its", "their", "that", "this"):
        end = 2
        while end < len(words) and not _ends_subject(words, end):
            end += 1
        if end == len(words) > 2 and (is_colour(words[-1].low) or is_adjective(words[-1].low)):
            return end - 1
        return end
    if first.kind == "word" and len(words) > 1 and first.low not in word_set("a an more less much in at on"):
        if typed(words) or style_in(words):
            return 0
        if first.low.endswith("s") and is_adjective(words[-1].low):
            return 1
    return 0


def _is_noun_word(word: str) -> bool:
    tokens = parse(f"This is her {word}.").tokens
    return any(token.text == word and token.word_class in ("NOUN", "PROPN") for token in tokens)


def _ends_subject(words: Sequence[Word], i: int) -> bool:
    word = words[i]
    if word.kind == "person":
        return False
    if word.low in word_set(
        """
        a an much more less bit little into to be look feel too really very in on at even way far from slightly
        as like with of all behind happen and not bigger smaller
        """
    ):  # fmt: skip
        return word.low != "of"
    if (word.low,) in LEXICON.phrases and any(
        m.kind in ("look", "time", "weather", "shot") for m in LEXICON.phrases[(word.low,)]
    ):
        return True
    before = " ".join(w.low for w in words[:i])
    after = " ".join(w.low for w in words[i:])
    document = parse(f"Make {before} {after}.")
    token = next((t for t in document.tokens if t.text == word.low and t.index >= i), None)
    return (
        token is not None
        and token.word_class in ("ADJ", "VERB", "ADV", "AUX")
        and token.relation not in ("amod", "compound")
    )


def statement(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the sky in 3 should be purple", "from half-time on it's a night game", "Brandt is holding a clipboard"."""
    rest, scopes = take_scope(clause.words)
    plain = [word.low for word in rest]
    if clause.mood == "shown":
        places = state.places(scopes)
        rest = [word for word in rest if word.low != "?"]
        return with_things(state, places, [state.phrase(rest)]) if places and is_clean(rest) else None
    if plain and plain[0] in _MODAL and len(rest) > 1:
        end = subject_end(rest[1:]) if rest[1].low not in ("be", "have", "look", "feel") else 0
        rest = [*rest[1 : 1 + end], rest[0], *rest[1 + end :]]
        plain = [word.low for word in rest]
    to = next((i for i, word in enumerate(plain[1:4], start=1) if word == "to"), None)
    if clause.mood == "wish" and to is not None and rest[0].kind == "person" and len(rest) > to + 1:
        rest = [*rest[:to], replace(rest[to], low="should"), *rest[to + 1 :]]
        plain = [word.low for word in rest]
    verb = next(
        (i for i, word in enumerate(rest) if word.kind == "word" and word.low in FINITE and (i or scopes)), None
    )
    if verb is None:
        return _simple_statement(state, clause, rest, scopes)
    places = state.places(scopes)
    subject, said = rest[:verb], rest[verb:]
    modal = said[0].low in _MODAL
    if (
        rest[0].low in REQUEST_VERBS | {"tell", "send", "print", "ask", "mail", "email", "say"}
        and rest[0].low not in _NOUN_VERBS
        and verb
    ):
        return None
    if said[0].low in ("looks", "feels", "look", "feel") and not (subject and subject[0].kind == "person"):
        return None
    while said and said[0].low in _MODAL | word_set(
        """
        to be is are was were look looks feel feels being get gets really perhaps maybe possibly just now rather
        also always become becomes seem go stay reads seems
        """
    ):  # fmt: skip
        if said[0].low in ("has", "have", "needs", "need", "wants", "want") or (said[0].low == "go" and len(said) < 2):
            break
        said = said[1:]
    if not said and subject and scopes and plain[verb] in word_set("should must could needs is can might may"):
        who = state.whom(subject, places)
        return joining_in(state, who, [], places) if who else None
    if not said:
        return None
    if said[0].low == "too" and len(said) > 1 and said[1].kind == "word" and not modal:
        words = bare(said[1:])
        opposite = LEXICON.opposites.get(words[-1].low) if words else None
        of_scene = not subject or all(word.low in IT | {"the", "picture"} for word in subject)
        if opposite and of_scene and places:
            return change(state, places, {"mood": opposite})
        return None
    if said[0].low in PASSIVE and not (subject and subject[0].kind == "person"):
        raise UnreadError
    if subject and subject[0].low in ("there",) and len(subject) == 1 and said[0].low == "no":
        who = state.whom([word for word in said[1:] if word.low not in ("any", "more")], places)
        if who is None or not places:
            raise UnreadError
        return [f.Person(state.board.character(who).name, places, gone=True)]
    if subject and subject[0].low in ("there",) and len(subject) == 1:
        value = typed([word for word in said if word.low not in ("a", "an", "some", "outside")])
        if value and places:
            return change(state, places, value)
        return with_things(state, places, [state.phrase(said)]) if places and is_clean(said) else None
    if said[0].low in ("needs", "need", "wants", "want", "has", "have") or (
        plain[verb] == "gets" and said[0].low in ("a", "an", "more")
    ):
        if plain[verb] == "gets":
            said = [rest[verb], *said]
        return _has(state, subject, said, places)
    if said[0].low == "not" or said[0].low == "no":
        return said_not(state, subject, said[1:], places)
    if subject and subject[0].low in ("nobody", "nothing"):
        return None
    if plain[verb] in ("happens", "happen", "takes", "take", "plays") and not subject:
        subject = []
    if not subject or (len(subject) == 1 and subject[0].low in ("it", "this", "that", "everything", "story")):
        frames = _statement_of_scene(state, said, places)
        if frames is not None:
            return frames
    if not subject:
        return said_of(state, [], said, places)
    return said_of(state, subject, said, places)


_MODAL = word_set("should must ought can could may might will would shall")


FINITE = _MODAL | word_set(
    """
    is are was were has have needs need wants want gets looks feels happens happen takes wears holds carries
    plays
    """
)


_NOUN_VERBS = word_set("light cover cut frame title dress place drop shot name fade fog rain")


def _statement_of_scene(state: State, said: Sequence[Word], places: tuple[int, ...] | None) -> list[f.Frame] | None:
    words = [word for word in said if word.low not in ("game", "scene", "time", "nearly", "almost", "already", "still")]
    value = typed(words)
    if value and places:
        return change(state, places, value)
    return None


def _simple_statement(state: State, clause: Clause, rest: list[Word], scopes: Sequence[Word]) -> list[f.Frame] | None:
    """ "the ghost holds a dead flower", "13: they walk home through a street": a subject and a verb in the present."""
    if len(rest) < 2:
        return None
    first = rest[0]
    end = 1 if first.kind == "person" or first.low in ("he", "she", "they", "we", "it", "everybody") else 0
    if first.low == "the" and len(rest) > 2:
        end = next((i for i in range(2, min(len(rest), 5)) if rest[i].kind == "word" and rest[i].low.endswith("s")), 0)
        if not any(word.kind == "person" for word in rest[:end]) and not scopes:
            end = 0
    while end and end < len(rest) and rest[end].low in ("just", "then", "now", "also"):
        rest = rest[:end] + rest[end + 1 :]
    if (not end or end >= len(rest)) and scopes and first.low not in ("it",):
        end = _verb_place(rest)
        if end:
            return said_of_thing(state, rest[:end], rest[end:], state.places(scopes)) if is_clean(rest) else None
    if not end or end >= len(rest) or first.low in ("it",):
        return None
    verb = rest[end].low
    places = state.places(scopes)
    if verb in WEARS or (verb == "loses" and not places) or verb == "uses":
        who = state.whom(rest[:end], places)
        if who is None:
            return None
        if verb == "loses":
            return [f.Wear(who, "", without=state.phrase(rest[end + 1 :]))] if not places else None
        if verb == "uses":
            return worn(state, who, rest[end + 1 :], places, holds=True)
        return said_of_person(state, who, rest[end:], rest[end:], places)
    if not places:
        return None
    if first.low in ("he", "she", "they") or first.kind == "person" or first.low == "the":
        return said_of(state, rest[:end], rest[end:], places)
    return None


def _verb_place(words: Sequence[Word]) -> int:
    """Where the finite verb of a plain sentence stands; 0 where it is none."""
    document = parse(" ".join(word.low if word.kind != "person" else "Sam" for word in words) + ".")
    if len(document.tokens) != len(words) + 1:
        return 0
    return next(
        (
            token.index
            for token in document.tokens
            if token.relation == "ROOT" and token.tag in ("VBZ", "VBP") and token.lemma != "be"
        ),
        0,
    )


def _has(
    state: State, subject: Sequence[Word], said: Sequence[Word], places: tuple[int, ...] | None
) -> list[f.Frame] | None:
    """ "the policeman needs a moustache", "panel 4 needs more fog", "Theo has dinosaur pyjamas"."""
    rest = list(said[1:])
    while rest and rest[0].low in ("to", "be", "have", "has"):
        rest = rest[1:]
    if not rest:
        return None
    verbal = said[1:] and said[1].low == "to"
    if not subject:
        if verbal:
            return said_of(state, [], rest, places)
        value = typed(rest)
        if value and places:
            return change(state, places, value)
        if rest[-1].low in LEXICON.look_nouns | {"tint", "tinge", "hue"} and is_clean(rest) and places:
            return change(state, places, {"mood": state.phrase(bare(rest))})
        more = more_of(state, rest, places) if rest[0].low in ("more", "less") else None
        return more or (with_things(state, places, [state.phrase(rest)]) if places and is_clean(rest) else None)
    if verbal:
        return said_of(state, subject, rest, places)
    who = state.whom(subject, places)
    if who is not None:
        words = rest
        if words and words[0].low in ("his", "her", "their") and len(words) > 2:
            words = words[1:]
        return worn(state, who, words, places)
    return None
