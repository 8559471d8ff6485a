"""What one scene shows: where, when, in what weather and mood, with which props, doing what, in which shot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from agent.story.action import shown, visible_action
from agent.story.dialogue import speaking
from agent.story.lexicon import INDOORS, Hit, find
from agent.story.readers import is_slug
from agent.story.sentences import detect_language, split_sentences
from agent.story.speech import told
from agent.story.summary import summarise
from agent.story.verbs import is_verb
from db.board import Character, Scene

__all__ = ["Details", "scene_details"]

SECONDS_PER_WORD = 0.4  # read aloud at 150 words a minute
_IN = re.compile(
    r"\b(?:in|into|inside|through|at|to|on|onto|near|across|by|beside|under|along|reached|entered|outside|around|"
    r"within|over|down|up|"
    r"behind|from|toward|towards|en|dans|à|im|am|in dem|in der|auf dem|auf der|durch|por|hacia|sur|vers)"
    r" (?:(?P<determiner>an?|the|his|her|their|my|our|its|el|la|los|las|un|una|le|les|une|der|die|das|dem|den|einem|"
    r"einer) )?"
    r"(?P<adjectives>(?:(?!(?:and|the|an?|from|to|of|in|on|at|his|her|their|with)\b)[a-z]+(?:-[a-z]+)*,? ){0,3})$",
    re.IGNORECASE,
)
_ADJECTIVES_BEFORE = re.compile(
    r"\b(?:an?|the) (?P<adjectives>(?:(?!(?:and|the|an?|from|to|of|in|on|at|his|her|their|"
    r"with)\b)[a-z]+(?:-[a-z]+)*,? ){0,3})$",
    re.IGNORECASE,
)
_DULL = frozenset(
    """
    tallest biggest smallest highest oldest the same only own other another next last first whole very his her their
    its of edge middle top bottom end foot back front side nearby nearest local that this into be been was were
""".split()  # noqa: SIM905
)
_LEAVING = re.compile(
    r"\b(?:from|left|leaving|leave|out of|away from|far from|outside|above|over|beyond|toward|towards) (?:the |a |"
    r"an |his |her |their )?(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\b(?:(?:at|in|inside|into|to|of|from|near) (?:(?:the|an?|his|her|its|their|my|our) )?(?:\w+ )?|"
    r"(?:came|got|arrived|reached|were|was|returned|stayed|safely|an?|the|his|her|its|their|my|our) (?:back )?)$",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:at|on|in|by|near|to) (?:the )?(?:very )?(?:edge|middle|heart|centre|center|outskirts|end|foot|side|corner|"
    r"bottom|top|back) of (?=(?:\w+ ){0,4}$)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|hardly|cannot|nobody|stopped|no longer|instead of)|n['’]t)"
    r" (?:(?:a|an|any|even|at all|be|been|being|feel|felt|look|looking|more|much|to|very|so|really) ){0,2}$",
    re.IGNORECASE,
)
_OVER = re.compile(r" (?:had |has |was |is )?(?:stopped|ended|over|gone|cleared|passed)\b")
_NOT_NOW = re.compile(
    r"(?:\b(?:last|every|all|good|each|since|until|till|other|tomorrow|yesterday|any) |"
    r"\ball (?:through|during|along) the |\bhad \w+ (?:in|at|by) the )$",
    re.IGNORECASE,
)
_DAY_PASSED = re.compile(
    r"\b(?:next|following) (?:morning|day|week|evening)|\b(?:days?|weeks?|months?|years?) (?:later|after|passed)|"
    r"\bone (?:\w+ )?(?:day|morning|evening|night)\b|"
    r"\bthe (?:day|morning) after|día siguiente|lendemain|\b(?:when|"
    r"then) (?:spring|summer|autumn|winter) came|nächsten (?:tag|morgen)|第二天|次の日|翌日|翌朝",
    re.IGNORECASE,
)
_ANOTHER_DAY = re.compile(
    r"\b(?:next|following) (?:morning|day|week|evening|month|year)|\b(?:days?|weeks?|months?|years?) (?:later|passed)|"
    r"\bthe (?:day|morning) after\b|día siguiente|lendemain|nächsten (?:tag|morgen)|第二天|次の日|翌日|翌朝",
    re.IGNORECASE,
)
_TITLE_PLACES = {
    concept: word
    for word, concepts in {
        "in": ["forest", "jungle", "meadow", "valley", "desert", "village", "city", "garden", "park", "cave", "swamp"],
        "on": ["mountain", "hill", "island", "street", "path", "rooftop", "bridge", "ship deck", "moon surface"],
    }.items()
    for concept in concepts
} | dict.fromkeys(INDOORS, "in")
_SLUG = re.compile(
    r"^(?P<inside>INT|EXT|EST|I/E|INT\.?/EXT|EXT\.?/INT)\.? +(?P<place>.+?)(?: [-–—]+ (?P<time>[^-–—]+))?$",
    re.IGNORECASE,
)
_SLUG_TIMES = {"day": "day", "night": "night", "morning": "morning", "evening": "evening", "dawn": "dawn",
"dusk": "sunset", "sunset": "sunset",
               "sunrise": "dawn", "afternoon": "afternoon", "noon": "day", "midnight": "night"}  # fmt: skip
# What is drawn as the setting is not listed again among the props.
_SAME_AS_SETTING = {"tree": {"forest", "jungle", "garden", "park"}, "boat": {"ship deck"}, "ship": {"ship deck"},
"train": {"train carriage"},
                    "fire": {"living room"}, "door": set(), "window": set(), "stairs": set()}  # fmt: skip


@dataclass(frozen=True)
class Details:
    """In English whatever the story's language, since that is what drawing models read; empty where the text is silent.
    `duration` is in seconds. Fields are named as those of `Scene`."""

    title: str = ""
    summary: str = ""
    shot: str = ""
    setting: str = ""
    time: str = ""
    weather: str = ""
    mood: str = ""
    action: str = ""
    props: tuple[str, ...] = ()
    dialogue: tuple[str, ...] = ()
    duration: float = 4.0


def scene_details(text: str, characters: Sequence[Character] = (), before: Scene | Details | None = None) -> Details:
    """The details of a scene's text, of which `characters` are present (most important first). Setting, time and
    weather that the text does not name are carried over from the scene `before`."""
    language = detect_language(text)
    tale = told(text)
    sentences = split_sentences(text, language)
    slug = next(
        (_SLUG.match(sentence.text) for sentence in sentences if sentence.heading and is_slug(sentence.text)), None
    )
    body_start = next((sentence.start for sentence in sentences if not sentence.heading), len(text))
    seen = shown(text, tale) if language == "en" else tale
    hits = [hit for hit in find(seen, language) if hit.start >= body_start]
    setting, concept = _setting(tale, hits, language, characters)
    time = _time(tale, hits)
    weather = _weather(tale, hits)
    new_day = bool(_DAY_PASSED.search(tale))
    if slug:
        setting, concept = slug["place"].strip().lower(), ""
        words = (slug["time"] or "").strip().lower()
        time = next((value for word, value in _SLUG_TIMES.items() if word in words), time)
    elif before is not None:
        same_place = not setting or setting == before.setting
        setting = setting or ("" if _moved_on(tale[body_start:], characters, before) else before.setting)
        same_time = not time or time == before.time
        if not time and not new_day:
            time = before.time
        if (
            not weather
            and not new_day
            and same_time
            and (same_place or before.weather in ("rain", "snow", "storm", "fog"))
        ):
            weather = before.weather
    if concept in INDOORS and weather in ("wind", "fog", "cloudy", "sunny"):
        weather = ""
    mood = _mood(tale, hits)
    action = visible_action(text, tale, characters, language)
    dialogue = speaking(text, characters)
    props = _props(tale, hits, concept, action, characters)
    shot = _shot(text, tale, characters, dialogue, mood, action, setting, before)
    words = max(len(text.split()), sum("\u3040" <= letter <= "\u9fff" for letter in text) / 1.7)
    return Details(
        title=_title(text, sentences, setting, characters, action),
        summary=summarise(text),
        shot=shot,
        setting=setting,
        time=time,
        weather=weather,
        mood=mood,
        action=action,
        props=props,
        dialogue=dialogue,
        duration=round(min(15.0, max(2.5, words * SECONDS_PER_WORD * 0.4 + 1.5)), 1),
    )


def _moved_on(tale: str, characters: Sequence[Character], before: Scene | Details) -> bool:
    """Whether a scene that names no place is likely elsewhere: it opens on another day, with somebody who was not there
    or who wakes up."""
    if not (jump := _ANOTHER_DAY.search(tale[:120])) or not isinstance(before, Scene):
        return False
    newcomers = {character.id for character in characters} - set(before.characters)
    return bool(newcomers) or bool(re.search(r"\b(?:woke|awoke|wakes|got up)\b", tale[jump.end() : jump.end() + 80]))


_HINTS = re.compile(r"\b(?:stove|oven|(?:in|into|through) the air)$", re.IGNORECASE)
"""What tells of a place without being one: who bakes is in a kitchen."""


def _setting(tale: str, hits: Sequence[Hit], language: str, characters: Sequence[Character]) -> tuple[str, str]:
    """The place where most of the scene happens, with its adjectives ("dark forest"), and its concept."""
    scores: dict[tuple[str, str], float] = {}
    best_words: dict[tuple[str, str], str] = {}
    names = {form.lower() for character in characters for form in (character.name, *character.aliases)}
    for number, hit in enumerate(hits):
        if hit.group != "settings" or hit.text.lower() in names:
            continue
        before = tale[max(0, hit.start - 50) : hit.start]
        if hit.text.lower() == "home" and not _AT_HOME.search(before):
            continue  # "ran home" is on the way
        before = _PART_OF.sub("in ", before)
        inside = _IN.search(before)
        near = inside or _ADJECTIVES_BEFORE.search(before)
        score = 2.0 if inside else 0.7
        if language in ("zh", "ja"):
            score = (
                2.0
                if re.match(r"[里上中边で-にへをの]", tale[hit.end : hit.end + 1]) or before[-1:] in "在到进"
                else 1.0
            )
        if hit.concept in ("ship deck", "train carriage", "sky", "bedroom") and not inside and language == "en":
            score *= 0.3
        if re.search(r"\b(?:after|before|for|about|than|of) (?:the |an? |his |her )?$", before, re.IGNORECASE):
            score *= 0.3
        if (
            re.match(
                r"(?:-| (?:stop|bell|light|keeper|door|window|story|tale|wall|cat|dog|mouse)\b)",
                tale[hit.end : hit.end + 10],
            )
            and hit.concept != "harbour"
        ):
            score *= 0.3
        if _LEAVING.search(before):
            score *= 0.35
        hint = _HINTS.search(f"{before}{hit.text}")
        if hint:
            score *= 0.3
        if hit.text[:1].isupper() and before.rstrip()[-1:].isalpha() and language == "en":
            score *= 0.6
        score *= 1.0 + 0.6 / (1 + number)  # where a scene opens, the camera is
        if hit.concept in ("sky", "sea", "tower", "mountain", "meadow") and not inside:
            score *= 0.5
        word = hit.text.lower() if language == "en" and not hint else hit.concept
        adjectives = []
        if near and not hint and language == "en" and word != "home":
            adjectives = [w for w in re.split(r",? ", near["adjectives"].lower().strip()) if w and w not in _DULL]
        key = (hit.concept, word)
        scores[key] = scores.get(key, 0.0) + score
        phrase = " ".join([*adjectives[-2:], word])
        if len(phrase) > len(best_words.get(key, "")):
            best_words[key] = phrase
    if not scores:
        return "", ""
    concepts: Counter[str] = Counter()
    for (concept, _), score in scores.items():
        concepts[concept] += score  # type: ignore[assignment]
    concept = max(concepts, key=lambda name: concepts[name])
    if concepts[concept] < 0.7:
        return "", ""
    key = max((key for key in scores if key[0] == concept), key=lambda key: scores[key])
    return best_words[key], concept


def _time(tale: str, hits: Sequence[Hit]) -> str:
    """The first time of day that is the scene's own (not "last night", "every morning"); later ones only if alone."""
    for hit in hits:
        if hit.group == "times" and not _NOT_NOW.search(tale[max(0, hit.start - 30) : hit.start]):
            return hit.concept
    return next(
        (
            hit.concept
            for hit in hits
            if hit.group == "times" and "every" in tale[max(0, hit.start - 8) : hit.start].lower()
        ),
        "",
    )


def _weather(tale: str, hits: Sequence[Hit]) -> str:
    counts = Counter(
        hit.concept
        for hit in hits
        if hit.group == "weather"
        and not _denied(tale, hit)
        and not re.match(r" (?:barrel|boots|coat|gear|forest|hat)", tale[hit.end : hit.end + 8])
    )
    if re.search(r"\bstormy\b", tale, re.IGNORECASE):
        counts["storm"] += 2
    counts["wind"] = min(counts["wind"], 1)
    if not +counts:
        return ""
    order = ["storm", "snow", "rain", "fog", "sunny", "cloudy", "wind"]
    return max(order, key=lambda name: (counts[name], -order.index(name)))


def _mood(tale: str, hits: Sequence[Hit]) -> str:
    counts = Counter(hit.concept for hit in hits if hit.group == "moods" and not _denied(tale, hit))
    return counts.most_common(1)[0][0] if counts and counts.most_common(1)[0][1] >= 1 else ""


def _denied(tale: str, hit: Hit) -> bool:
    """Whether the text says that it is not so: "did not laugh", "the rain had stopped"."""
    return bool(_NOT.search(tale[max(0, hit.start - 30) : hit.start]) or _OVER.match(tale[hit.end : hit.end + 24]))


_IS_DEED = re.compile(r"\b(?:it|he|she|they|we|i|who|which|and) $", re.IGNORECASE)


def _props(
    tale: str, hits: Sequence[Hit], setting: str, action: str, characters: Sequence[Character]
) -> tuple[str, ...]:
    """Things to see, those of the action first, then by how often they are named."""
    looks = " ".join(
        [character.description for character in characters] + [c.description for ch in characters for c in ch.changes]
    ).lower()
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    english = detect_language(tale) == "en"
    for hit in hits:
        if hit.group != "props" or setting in _SAME_AS_SETTING.get(hit.concept, ()):
            continue
        if english and _IS_DEED.search(tale[max(0, hit.start - 12) : hit.start]) and is_verb(hit.text):
            continue  # "it rose to the roof" is no rose
        word = hit.text.lower() if tale.isascii() or hit.text.isascii() else hit.concept
        worn = hit.concept in looks or word in looks
        if worn and re.search(rf"\b(?:{re.escape(hit.concept)}|{re.escape(word)})s?\b", looks):
            continue
        counts[hit.concept] += 3 if word in action.lower() else 1
        words.setdefault(hit.concept, word if english else hit.concept)
    return tuple(words[concept] for concept, _ in counts.most_common(4))


def _shot(
    text: str, tale: str, characters: Sequence[Character], dialogue: Sequence[str], mood: str, action: str,
    setting: str,
    before: Scene | Details | None,
) -> str:  # fmt: skip
    """A shot by the usual rules: a new place is established wide, talk is a two shot, feeling is close, speed is
    wide."""
    last = before.shot if before is not None else ""
    spoken = sum(len(line.split()) for line in dialogue)
    share = spoken / max(1, len(text.split()))
    moving = re.search(
        r"\b(?:running|flying|riding|chasing|racing|swimming|climbing|dancing|jumping|sailing|galloping|fleeing|"
        r"leaping|marching)\b",
        action,
    )
    if before is None:
        choice = "establishing shot"
    elif re.search(r"\b(?:looked up|towered|above (?:him|her|them)|giant|enormous|huge|towering)\b", tale):
        choice = "low angle shot"
    elif re.search(r"\b(?:looked down|far below|from above|tiny)\b", tale) and len(characters) < 3:
        choice = "high angle shot"
    elif len(characters) == 2 and share > 0.35:
        choice = "over-the-shoulder shot" if last == "two shot" else "two shot"
    elif moving or len(characters) > 3 or (setting and setting != (before.setting if before else "")):
        choice = "wide shot"
    elif len(characters) <= 1 and mood in ("sad", "tender", "frightening", "angry", "mysterious"):
        choice = "close-up"
    elif len(characters) == 2:
        choice = "two shot"
    else:
        choice = "medium shot"
    if choice == last:
        choice = {"wide shot": "medium shot", "medium shot": "medium close-up", "close-up": "medium shot",
        "two shot": "medium shot",
                  "low angle shot": "medium shot", "high angle shot": "wide shot"}.get(choice,
                  "medium shot")  # fmt: skip
    return choice


def _title(text: str, sentences: Sequence, setting: str, characters: Sequence[Character], action: str) -> str:
    heading = next((s.text for s in sentences if s.heading and not is_slug(s.text)), "")
    if heading:
        return heading
    if action:
        words = re.split(r"[,;]", action)[0].split()
        if len(words) > 7:
            cut = next(
                (
                    n
                    for n in range(7, 3, -1)
                    if words[n].lower()
                    in ("in", "on", "at", "to", "into", "with", "and", "from", "through", "under", "by")
                ),
                6,
            )
            words = words[:cut]
        title = " ".join(words)
        return title[:1].upper() + title[1:]
    if characters:
        title = " and ".join(character.name for character in characters[:2])
        where = find(setting, "en")
        concept = where[0].concept if where else ""
        return f"{title} {_TITLE_PLACES.get(concept, 'at')} the {setting}" if setting else title
    return setting[:1].upper() + setting[1:]
