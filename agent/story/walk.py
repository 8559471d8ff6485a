"""Follow the places of a parsed text: where somebody is, comes, leaves, or only means to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.language import Clause, Document, NounPhrase, singular
from agent.story.lexicon import BEINGS, INDOORS, find

__all__ = ["INFERRED", "is_inside", "walk"]

# Nouns for places that no drawing concept of the lexicon has. True: inside.
_PLACES = {
    noun: inside
    for inside, nouns in {
        True: """
    room chamber apartment nursery flat lobby corridor passage staircase landing foyer vestibule closet larder
    scullery dairy washroom bathroom dormitory barracks court courtroom embassy hotel motel saloon ballroom
    auditorium gym mill factory warehouse storeroom vault tent hangar cabin elevator lift cellar monastery convent
    nunnery manor mansion villa bower booth ticket-office surgery pharmacy casino nightclub club lab waiting-room
    sitting-room dining-room drawing-room dining drawing bed-room bath palace hovel lodge dwelling lodging chalet
    bungalow boathouse summerhouse outhouse shed stockroom salon spa tearoom morgue subway bunker shelter hole nest
    hollow hive den lair burrow interior igloo
    """,
        False: """
    portico porch veranda verandah terrace patio lawn courtyard quadrangle gate gateway churchyard hedge ditch wayside
    roadside siding embankment quay wharf reef shoal lagoon bay cove creek estuary delta gulf strait fjord glacier
    iceberg tundra steppe savannah plateau slope crag ravine gully canyon chasm crater volcano waterfall rapids spring
    fountain vineyard plantation paddock corral pasture heath common green glade copse bush outback wilderness oasis
    shallows shallow outskirts suburb district quarter neighbourhood neighborhood marketplace plaza colonnade arcade
    bank riverbank seashore cliff brig schooner sloop frigate galleon barge ferry canoe tree tollgate crossroad
    rocks steps jetty haystack ledge
    playground stadium arena racecourse airport airfield runway parking lot driveway doorstep threshold quarry
    """,
    }.items()
    for noun in nouns.split()
}
# What is a spot in a place, or a thing, although the lexicon takes it for a place: it never replaces a known place.
_SPOTS = frozenset(
    """
    corner bed bedside hearth fireplace stove oven throne stall fire pavement sidewalk roof sand waves sky air
    clouds space track threshold doorstep gate gateway tree hedge hole bush green common bank court pot water
    lot quarter coast bar counter rocks steps ledge haystack
    """.split()  # noqa: SIM905
)
# A spot that says which room it stands in.
_SPOT_ROOMS = {
    "bed": "bedroom",
    "bedside": "bedroom",
    "stove": "kitchen",
    "oven": "kitchen",
    "throne": "throne room",
    "deck": "ship deck",
    "hearth": "",
    "fireplace": "",
}
INFERRED = frozenset(filter(None, _SPOT_ROOMS.values()))
"""Places that nobody named, but a thing in them."""
_NOWHERE = frozenset(("sky", "air", "clouds", "space", "waves", "corner", "stall", "pot", "court", "lot", "sand"))
_PARTS = frozenset(
    """
    edge middle heart centre center outskirts end foot side corner bottom top back front door window gate entrance
    entry threshold floor wall walls roof depths midst rear part inside outside mouth brink border doors windows doorway
    doorstep
    """.split()  # noqa: SIM905
)
_AT = frozenset(
    """
    in into inside within at on onto upon through under beneath by beside near along across among amongst between behind
    around round below aboard amid underneath before opposite throughout down up
    """.split()  # noqa: SIM905
)
_TO = frozenset(("to", "unto"))
_ARRIVE = frozenset(
    """
    go come get return bring carry take lead fetch run walk hurry rush climb ride drive sail row fly march creep crawl
    follow accompany escort drag swim repair betake descend ascend send ramble travel move adjourn retire back turn
    """.split()  # noqa: SIM905
)
_ENTER = frozenset(("enter", "reach", "approach", "cross", "visit", "climb", "ascend", "explore", "near", "gain"))
_GO_IN = frozenset(("enter", "arrive", "alight"))
_DULL = frozenset(
    """
    tall biggest smallest highest old same only own other another next last first whole very nearest local nearby such
    certain many several few more most good own sole
    """.split()  # noqa: SIM905
)
_CALENDAR = frozenset(
    """
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn winter christmas easter
    """.split()  # noqa: SIM905
)
_TOWNS = ("in", "at", "near", "outside")
_TRUSTING = frozenset("trust believe hope confide delight rejoice glory faith".split())  # noqa: SIM905 - "trust in God"


def is_inside(place: str) -> bool | None:
    concept = next((hit.concept for hit in find(place, "en") if hit.group == "settings"), "")
    if concept:
        return concept in INDOORS
    head = place.rsplit(" ", 1)[-1].lower()
    return _PLACES.get(head, _PLACES.get(singular(head)))


@dataclass(frozen=True)
class _Step:
    """A place that a sentence names: `weight` 2 where somebody is or comes, 1 where it only stands there; `spot` is
    a thing or a part of a place; `ahead` where it is only meant to be gone to."""

    place: str
    weight: float
    spot: bool = False
    ahead: bool = False


def walk(
    sentences: Sequence[tuple[int, Document]], here: str, ahead: str, names: frozenset[str]
) -> tuple[str, str, str]:
    """Follow the places through the sentences, from `here` on, where somebody meant to go `ahead`: where most of it
    happens (of two alike the later), where it ends, and where somebody means to go. `names` are no places."""
    weights: dict[str, float] = {}
    for _, document in sentences:
        steps = list(_steps(document, names))
        firm = [step for step in steps if not step.spot and not step.ahead]
        entered = any(
            clause.happens and clause.verb.lemma in _GO_IN and not clause.places and not clause.objects
            for clause in document.clauses
        )
        best = max(firm, key=lambda step: step.weight, default=None)
        if best:
            here = best.place
        elif ahead and entered:
            here, ahead = ahead, ""
        elif not here and (spot := next((step for step in steps if step.spot and not step.ahead), None)):
            here = _SPOT_ROOMS.get(spot.place.rsplit(" ", 1)[-1], spot.place)
        ahead = next((step.place for step in reversed(steps) if step.ahead), ahead)
        if here:
            weights[here] = weights.get(here, 0.0) + (best.weight if best else 1.0)
    most = max(reversed(weights), key=lambda place: weights[place]) if weights else here
    return most, here, ahead


def _steps(document: Document, names: frozenset[str]) -> Iterator[_Step]:
    """Every place that a sentence names, in order."""
    for clause in document.clauses:
        yield from _clause_steps(document, clause, names)
    for token in document.tokens:  # "The parlour of the inn, towards midnight.": a sentence without a verb
        if token.relation == "ROOT" and token.word_class in ("NOUN", "PROPN"):
            phrase = document.phrase(token)
            if place := _place(document, phrase, names):
                yield _Step(place, 2.0, _is_spot(phrase))
            for preposition, attached in phrase.attachments:
                if preposition in _AT and (place := _place(document, attached, names, preposition)):
                    yield _Step(place, 1.5, _is_spot(attached))


def _clause_steps(document: Document, clause: Clause, names: frozenset[str]) -> Iterator[_Step]:
    verb = clause.verb.lemma
    over = clause.tense == "before" and clause.verb.relation not in ("ROOT", "conj")
    peopled = 1.0 if not clause.subjects or any(_is_somebody(phrase, names) for phrase in clause.subjects) else 0.6
    for at in clause.places:
        trusted = verb in _TRUSTING and at.preposition == "in"
        place = "" if trusted else _place(document, at.phrase, names, at.preposition)
        if not place:
            continue
        spot = _is_spot(at.phrase)
        to = at.preposition in _TO
        if not clause.happens:
            if to and verb in _ARRIVE and not clause.negated:
                yield _Step(place, 0.0, spot, ahead=True)
        elif over:
            continue
        elif to and verb in _ARRIVE:  # who "was driving" there is still on the way
            yield _Step(place, 1.6 * peopled, spot, ahead=clause.verb.tag == "VBG")
        elif at.preposition in _AT:
            near = 2.0 if at.preposition in ("in", "into", "inside", "at", "aboard") else 1.5
            yield _Step(place, near * peopled, spot)
    if clause.happens and not over and verb in _ENTER:
        for thing in clause.objects:
            if place := _place(document, thing, names):
                yield _Step(place, 2.0, _is_spot(thing))
    homing = verb in ("go", "come", "get", "return", "arrive", "reach", "be", "stay", "bring")
    if clause.happens and not over and homing:
        for child in document.children[clause.verb.index]:
            if child.lemma == "home" and child.relation in ("advmod", "npadvmod", "dobj"):
                yield _Step("home", 1.6)
    for phrase in clause.subjects:  # "the door of the larder opened", "the attic was dark"
        if clause.happens and not over and (place := _place(document, phrase, names)):
            part = phrase.head.lemma in _PARTS
            if clause.copula or part:
                yield _Step(place, 1.2, _is_spot(phrase) and not part)


def _is_somebody(phrase: NounPhrase, names: frozenset[str]) -> bool:
    """Whether a noun phrase means a person or an animal, rather than a thing."""
    head = phrase.head.text.lower()
    if phrase.head.word_class in ("PRON", "PROPN") or head in names:
        return head != "it"
    return any(hit.group in BEINGS for hit in find(head, "en"))


def _place(document: Document, phrase: NounPhrase, names: frozenset[str], preposition: str = "") -> str:
    """The place that a noun phrase is, in its own words; "" where it is none. A part of a place is that place."""
    head = phrase.head
    if phrase.is_pronoun or head.word_class == "PRON" or phrase.determiner == "no" or head.text.lower() in _CALENDAR:
        return ""
    if any(child.relation == "neg" or child.text.lower() == "not" for child in document.children[head.index]):
        return ""  # "not a house was visible"
    if head.lemma.lower() in _PARTS and phrase.attachments and phrase.attachments[0][0] == "of":
        whole = _place(document, phrase.attachments[0][1], names)
        if whole or head.lemma.lower() not in _PLACES:
            return whole
    words = [*(token.text for token in phrase.modifiers), head.text]
    name = " ".join(words)
    if name.lower() in names or head.text.lower() in names:
        return ""
    if head.word_class == "PROPN" and head.text[:1].isupper():
        known = _is_place_noun(head.text.lower()) or (phrase.determiner and _concept(name))
        bare = not phrase.determiner and not phrase.owner and head.index > 0
        return name if known or (preposition in _TOWNS and bare) else ""
    if not (_is_place_noun(head.lemma.lower()) or head.text.lower() in _PLACES) and not _concept(name.lower()):
        return ""
    adjectives = [
        token.text.lower()
        for token in phrase.adjectives
        if token.lemma.lower() not in _DULL and token.word_class == "ADJ" and token.index < head.index
    ]
    return " ".join([*adjectives[-2:], *(word.lower() for word in words)])


def _is_place_noun(noun: str) -> bool:
    if noun in _NOWHERE:
        return False
    return noun in _PLACES or bool(_concept(noun))


def _concept(words: str) -> str:
    """The drawing concept of a place that the words end with; "" where they end with none."""
    return next(
        (hit.concept for hit in find(words, "en") if hit.group == "settings" and hit.end == len(words)
         and words[hit.start :].lower() not in _NOWHERE), "")  # fmt: skip


def _is_spot(phrase: NounPhrase) -> bool:
    return phrase.head.lemma.lower() in _SPOTS or phrase.head.text.lower() in _SPOTS
