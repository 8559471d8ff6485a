"""Which time of day and which weather a text says it is now: not "last night", and not "as quick as lightning"."""

from __future__ import annotations

import re
from collections import Counter

from agent.story.lexicon import find

__all__ = ["OVER", "SLUG_TIMES", "times_of", "weather_of"]

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
OVER = re.compile(r" (?:had |has |was |is )?(?:stopped|ended|over|gone|cleared|passed|ceased)\b")
_WEATHER_THINGS = re.compile(r"[ -](?:barrel|boots|coat|gear|forest|hat|cloak|water|white|ball|man)\b")
SLUG_TIMES = {"day": "day", "night": "night", "morning": "morning", "evening": "evening", "dawn": "dawn",
"dusk": "sunset", "sunset": "sunset",
               "sunrise": "dawn", "afternoon": "afternoon", "noon": "day", "midnight": "night"}  # fmt: skip


def times_of(tale: str, language: str) -> list[str]:
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


def weather_of(tale: str, language: str) -> str:
    counts = Counter(
        hit.concept
        for hit in find(tale, language)
        if hit.group == "weather"
        and not _DENIED.search(tale[max(0, hit.start - 30) : hit.start])
        and not OVER.match(tale[hit.end : hit.end + 24])
        and not _WEATHER_THINGS.match(tale[hit.end : hit.end + 8])
    )
    if re.search(r"\bstormy\b", tale, re.IGNORECASE):
        counts["storm"] += 2
    counts["wind"] = min(counts["wind"], 1)
    if not +counts:
        return ""
    order = ["storm", "snow", "rain", "fog", "sunny", "cloudy", "wind"]
    return max(order, key=lambda name: (counts[name], -order.index(name)))
