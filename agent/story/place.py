"""Where, when and in what weather each panel is: from headings, and from English clauses by the parser.

A place holds until somebody moves. What is only wished, denied, remembered or spoken of is no place of the panel.
Other languages, for which there is no parser, go by the tables of `lexicon.toml`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.story.lexicon import INDOORS, find
from agent.story.light import OVER, SLUG_TIMES, times_of, weather_of
from agent.story.readers import Heading, read_heading
from agent.story.seen import shown, told_sentences
from agent.story.sentences import detect_language, split_sentences
from agent.story.speech import told
from agent.story.walk import INFERRED, is_inside, walk
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
        outside = self.inside is False and is_inside(self.place) and not self.place.startswith("outside")
        return f"outside {self.place}" if outside else self.place


NOWHERE = Surroundings()

_ABROAD = re.compile(
    r"\b(?:en|dans|à|im|am|in|auf|durch|por|hacia|sur|vers|an|zum?|zur|al|au|par)"
    r"(?: (?:el|la|los|las|une?|le|les|der|die|das|dem|den|eine[mnr]?|una?))? (?:[^\W\d]+ ){0,2}$",
    re.IGNORECASE,
)
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
    gone = _moved_on(tale, others) or (before.place in INFERRED and _DAY_PASSED.search(tale) is not None)
    start = dataclasses.replace(before, place="" if gone and not before.headed else before.place)
    most, here, ahead = start.place, start.place, before.ahead
    if language != "en":
        most = here = _by_table(tale, language) or start.place
    elif not before.headed:
        most, here, ahead = walk(told_sentences(text), start.place, start.ahead, names)
    seen = shown(text, tale) if language == "en" else tale
    times, weather = times_of(seen, language), weather_of(seen, language)
    passed = bool(_DAY_PASSED.search(tale))
    if not times and not passed and before.time:
        times = [before.time]
    cleared = bool(OVER.search(tale)) and bool(before.weather) and before.weather in tale.lower()
    if not weather and not cleared and not passed and (not before.time or before.time in times):
        weather = before.weather
    concept = next((hit.concept for hit in find(most, "en") if hit.group == "settings"), "")
    if concept in INDOORS and weather in ("wind", "fog", "cloudy", "sunny"):
        weather = ""
    first, last = (times[0], times[-1]) if times else ("", "")
    here_inside = before.inside if here == before.place else is_inside(here)
    inside = before.inside if most == before.place else is_inside(most)
    after = Surroundings(here, here_inside, last, weather, before.headed, ahead)
    return dataclasses.replace(after, place=most, inside=inside, time=first), after


def _headed(heading: Heading, tale: str, language: str) -> Surroundings:
    times = times_of(tale, language)
    words = heading.time.lower()
    time = next((value for word, value in SLUG_TIMES.items() if word in words), "")
    place = heading.place.strip()
    inside = is_inside(place) if heading.inside is None else heading.inside
    return Surroundings(place.lower() if place.isupper() else place, inside, time or next(iter(times), ""),
                        weather_of(tale, language), headed=True)  # fmt: skip


def _moved_on(tale: str, others: bool) -> bool:
    """Whether a panel that names no place is likely elsewhere: it opens on another day, with somebody who was not there
    or who wakes up."""
    jump = _ANOTHER_DAY.search(tale[:120])
    return jump is not None and (others or bool(_WAKES.search(tale[jump.end() : jump.end() + 80])))


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
