"""Where, when and in what weather each panel is: from headings, and from English clauses by the parser.

A place holds until somebody moves. What is only wished, denied, remembered or spoken of is no place of the panel.
Other languages, for which there is no parser, go by the tables of `lexicon.toml`.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.language import Clause, Document, NounPhrase, singular
from agent.story.lexicon import BEINGS, INDOORS, find
from agent.story.readers import Heading, read_heading
from agent.story.seen import shown, told_sentences
from agent.story.sentences import detect_language, split_sentences
from agent.story.speech import told
from db.board import Character, Scene

if TYPE_CHECKING:
    from agent.story.details import Details

__all__ = ["Surroundings", "around_scene", "read_surroundings"]


@dataclass(frozen=True)
class Surroundings:
    """`place` in the text's words ("dark forest"), `inside` None where nothing says it; "" where the text is silent.
    `headed` is what a heading says, which prose below it does not change. `ahead` is a place that somebody means to
    go to: whoever then "enters" is there."""

    place: str = ""
    inside: bool | None = None
    time: str = ""
    weather: str = ""
    headed: bool = False
    ahead: str = ""

    @property
    def setting(self) -> str:
        """The place as a picture is told of it: what is outside a building says so."""
        outside = self.inside is False and _is_inside(self.place) and not self.place.startswith("outside")
        return f"outside {self.place}" if outside else self.place


NOWHERE = Surroundings()

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

_ABROAD = re.compile(
    r"\b(?:en|dans|à|im|am|in|auf|durch|por|hacia|sur|vers|an|zum?|zur|al|au|par)"
    r"(?: (?:el|la|los|las|une?|le|les|der|die|das|dem|den|eine[mnr]?|una?))? (?:[^\W\d]+ ){0,2}$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[.:](?P<minutes>\d\d))?\s*(?P<half>a\.?\s?m|p\.?\s?m)\b"
    r"|\b(?:(?:half|quarter)[ -]past |(?:a )?quarter[ -]to )?(?P<word>one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve) o['’]clock (?:in the (?P<part>morning|afternoon|evening)|at (?P<late>night))",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"(?:(?<=\w )by (?:the )?|"
    r"\b(?:last|every|all|good|each|since|until|till|other|tomorrow|yesterday|any|no|for|before) (?:the )?|"
    r"\ball (?:through|during|along) the |\b(?:day and|night and) )$",
    re.IGNORECASE,
)
_TIME_NOUNS = re.compile(r"[ -](?:dress|gown|watch|cap|shirt|table|light|train|class|paper|star|clothes|suit|meal|air)")
_DAY_PASSED = re.compile(
    r"\b(?:next|following) (?:morning|day|week|evening)|\b(?:days?|weeks?|months?|years?) (?:later|after|passed)|"
    r"\bone (?:\w+ ){0,2}(?:day|morning|evening|night|afternoon)\b|\bthe (?:day|morning) after|"
    r"\b(?:when|then) (?:spring|summer|autumn|winter) came|\bonce upon a time|"
    r"día siguiente|lendemain|nächsten (?:tag|morgen)|第二天|次の日|翌日|翌朝",
    re.IGNORECASE,
)
_ANOTHER_DAY = re.compile(
    r"\b(?:next|following) (?:morning|day|week|evening|month|year)|\b(?:days?|weeks?|months?|years?) (?:later|passed)|"
    r"\bthe (?:day|morning) after\b|día siguiente|lendemain|nächsten (?:tag|morgen)|第二天|次の日|翌日|翌朝",
    re.IGNORECASE,
)
_WAKES = re.compile(r"\b(?:woke|awoke|wakes|got up)\b")
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|hardly|cannot|stopped|no longer|instead of)|n['’]t)"
    r" (?:(?:a|an|any|even|at all|be|been|being|feel|felt|look|looking|more|much|to|very|so|really) ){0,2}$"
    r"|\b(?:like|as \w+ as) (?:(?:a|an|the) )?$",
    re.IGNORECASE,
)
_SUN = re.compile(
    r"\bsun (?:was |had |is )?(?:just |already |slowly |now )?(?:"
    r"(?P<down>(?:going|went|gone|goes) down|sinking|sank|sunk|sets?|setting)|"
    r"(?P<up>rose|risen|rises|rising|came up|coming up|comes up))\b",
    re.IGNORECASE,
)
_DARK = re.compile(
    r"\bit (?:had |was |is )?(?:already |now |quite |soon )*(?:become|became|grew|growing|grown|got|getting|was|is)?"
    r" ?(?:already |quite |now |nearly |almost )*dark\b(?! (?:in|inside|under|there|and))|\bdarkness (?:fell|came)\b",
    re.IGNORECASE,
)
_OVER = re.compile(r" (?:had |has |was |is )?(?:stopped|ended|over|gone|cleared|passed|ceased)\b")
_WEATHER_THINGS = re.compile(r"[ -](?:barrel|boots|coat|gear|forest|hat|cloak|water|white|ball|man)\b")
_SLUG_TIMES = {"day": "day", "night": "night", "morning": "morning", "evening": "evening", "dawn": "dawn",
"dusk": "sunset", "sunset": "sunset",
               "sunrise": "dawn", "afternoon": "afternoon", "noon": "day", "midnight": "night"}  # fmt: skip


def around_scene(
    text: str,
    characters: Sequence[Character] = (),
    before: Scene | Details | None = None,
    heading: Heading | None = None,
    known: Surroundings | None = None,
) -> tuple[Surroundings, Surroundings]:
    """Read where a scene is whose `characters` are there, and where it ends; it comes after the scene `before`, of
    whose end `known` may tell more."""
    if known is None:
        known = Surroundings(before.setting, None, before.time, before.weather) if before is not None else NOWHERE
    there = {character.id for character in characters}
    others = isinstance(before, Scene) and bool(there - set(before.characters))
    names = frozenset(form.lower() for one in characters for form in (one.name, *one.aliases))
    return read_surroundings(text, known, names=names, others=others, heading=heading)


def read_surroundings(
    text: str,
    before: Surroundings = NOWHERE,
    *,
    names: frozenset[str] = frozenset(),
    others: bool = False,
    heading: Heading | None = None,
) -> tuple[Surroundings, Surroundings]:
    """Read where, when and in what weather a panel's text is, carried on from the end of the panel `before` until
    somebody moves; and where and when it ends, for the next.
    `names` are those of characters, which are no places; `others`: somebody is there who was not there before;
    `heading` is the one that the text begins with, where it is known."""
    language = detect_language(text)
    tale = told(text)
    heading = heading or next(
        (read for s in split_sentences(text, language) if s.heading and (read := read_heading(s.text)) and read.place),
        None,
    )
    if heading:
        headed = _headed(heading, tale, language)
        return headed, headed
    gone = _moved_on(tale, others) or (before.place in _SPOT_ROOMS.values() and _DAY_PASSED.search(tale) is not None)
    start = dataclasses.replace(before, place="" if gone and not before.headed else before.place)
    most, here, ahead = start.place, start.place, before.ahead
    if language != "en":
        most = here = _by_table(tale, language) or start.place
    elif not before.headed:
        most, here, ahead = _walk(told_sentences(text), start, names)
    seen = shown(text, tale) if language == "en" else tale
    times, weather = _times(seen, language), _weather(seen, language)
    passed = bool(_DAY_PASSED.search(tale))
    if not times and not passed and before.time:
        times = [before.time]
    cleared = bool(_OVER.search(tale)) and bool(before.weather) and before.weather in tale.lower()
    if not weather and not cleared and not passed and (not before.time or before.time in times):
        weather = before.weather
    concept = next((hit.concept for hit in find(most, "en") if hit.group == "settings"), "")
    if concept in INDOORS and weather in ("wind", "fog", "cloudy", "sunny"):
        weather = ""
    first, last = (times[0], times[-1]) if times else ("", "")
    here_inside = before.inside if here == before.place else _is_inside(here)
    inside = before.inside if most == before.place else _is_inside(most)
    after = Surroundings(here, here_inside, last, weather, before.headed, ahead)
    return dataclasses.replace(after, place=most, inside=inside, time=first), after


def _headed(heading: Heading, tale: str, language: str) -> Surroundings:
    times = _times(tale, language)
    words = heading.time.lower()
    time = next((value for word, value in _SLUG_TIMES.items() if word in words), "")
    place = heading.place.strip()
    inside = _is_inside(place) if heading.inside is None else heading.inside
    return Surroundings(place.lower() if place.isupper() else place, inside, time or next(iter(times), ""),
                        _weather(tale, language), headed=True)  # fmt: skip


def _is_inside(place: str) -> bool | None:
    concept = next((hit.concept for hit in find(place, "en") if hit.group == "settings"), "")
    if concept:
        return concept in INDOORS
    head = place.rsplit(" ", 1)[-1].lower()
    return _PLACES.get(head, _PLACES.get(singular(head)))


def _moved_on(tale: str, others: bool) -> bool:
    """Whether a panel that names no place is likely elsewhere: it opens on another day, with somebody who was not there
    or who wakes up."""
    jump = _ANOTHER_DAY.search(tale[:120])
    return jump is not None and (others or bool(_WAKES.search(tale[jump.end() : jump.end() + 80])))


# Places by the parser.


@dataclass(frozen=True)
class _Step:
    """A place that a sentence names: `weight` 2 where somebody is or comes, 1 where it only stands there; `spot` is
    a thing or a part of a place; `ahead` where it is only meant to be gone to."""

    place: str
    weight: float
    spot: bool = False
    ahead: bool = False


def _walk(
    sentences: Sequence[tuple[int, Document]], before: Surroundings, names: frozenset[str]
) -> tuple[str, str, str]:
    """Follow the places through the sentences: where most of it happens (of two alike the later), where it ends, and
    where somebody means to go."""
    here, ahead = before.place, before.ahead
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


# Places of other languages, times and weathers by the tables.


def _by_table(tale: str, language: str) -> str:
    """The place named most, first and after a word for "in" or "at", as the lexicon calls it."""
    scores: dict[str, float] = {}
    for number, hit in enumerate(hit for hit in find(tale, language) if hit.group == "settings"):
        before = tale[max(0, hit.start - 50) : hit.start]
        if language in ("zh", "ja"):
            here = before[-1:] in "在到进" or bool(re.match(r"[里上中边で-にへをの]", tale[hit.end : hit.end + 1]))
            score = 2.0 if here else 1.0
        else:
            here = bool(_ABROAD.search(before))
            score = 2.0 if here else 0.7
        if hit.concept in ("sky", "sea", "tower", "mountain", "meadow") and (language in ("zh", "ja") or not here):
            score *= 0.5
        scores[hit.concept] = scores.get(hit.concept, 0.0) + score * (1 + 0.6 / (1 + number))
    return max(scores, key=lambda concept: scores[concept]) if scores else ""


def _times(tale: str, language: str) -> list[str]:
    """The times of day that are the panel's own (not "last night", "every morning", "evening dress"), in order."""
    found = [(clock.start(), _clock_time(clock)) for clock in _CLOCK.finditer(tale)]
    found += [(sun.start(), "sunset" if sun["down"] else "dawn") for sun in _SUN.finditer(tale)]
    found += [(dark.start(), "night") for dark in _DARK.finditer(tale)]
    for hit in find(tale, language):
        before, after = tale[max(0, hit.start - 30) : hit.start], tale[hit.end : hit.end + 12]
        if hit.group == "times" and not _NOT_NOW.search(before) and not _TIME_NOUNS.match(after):
            found.append((hit.start, hit.concept))
    return [time for _, time in sorted(found)]


def _clock_time(clock: re.Match[str]) -> str:
    if clock["part"] or clock["late"]:
        return (clock["part"] or "night").lower()
    hour = int(clock["hour"]) % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    spans = ((5, "night"), (7, "dawn"), (12, "morning"), (14, "day"), (18, "afternoon"), (21, "evening"), (24, "night"))
    return next(name for end, name in spans if hour < end)


def _weather(tale: str, language: str) -> str:
    counts = Counter(
        hit.concept
        for hit in find(tale, language)
        if hit.group == "weather"
        and not _DENIED.search(tale[max(0, hit.start - 30) : hit.start])
        and not _OVER.match(tale[hit.end : hit.end + 24])
        and not _WEATHER_THINGS.match(tale[hit.end : hit.end + 8])
    )
    if re.search(r"\bstormy\b", tale, re.IGNORECASE):
        counts["storm"] += 2
    counts["wind"] = min(counts["wind"], 1)
    if not +counts:
        return ""
    order = ["storm", "snow", "rain", "fog", "sunny", "cloudy", "wind"]
    return max(order, key=lambda name: (counts[name], -order.index(name)))
