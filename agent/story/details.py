"""What one scene shows: where, when, in what weather and mood, with which props, doing what, in which shot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.story.action import visible_action
from agent.story.dialogue import speaking
from agent.story.lexicon import INDOORS, Hit, find
from agent.story.place import Surroundings, around_scene
from agent.story.readers import is_slug
from agent.story.seen import shown, told_sentences
from agent.story.sentences import detect_language, split_sentences
from agent.story.speech import told
from agent.story.summary import summarise
from db.board import Character, Scene

__all__ = ["Details", "scene_details"]

SECONDS_PER_WORD = 0.4  # read aloud at 150 words a minute
_NOT = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|hardly|cannot|nobody|stopped|no longer|instead of)|n['’]t)"
    r" (?:(?:a|an|any|even|at all|be|been|being|feel|felt|look|looking|more|much|to|very|so|really) ){0,2}$",
    re.IGNORECASE,
)
_OVER = re.compile(r" (?:had |has |was |is )?(?:stopped|ended|over|gone|cleared|passed)\b")
_TITLE_PLACES = {
    concept: word
    for word, concepts in {
        "in": ["forest", "jungle", "meadow", "valley", "desert", "village", "city", "garden", "park", "cave", "swamp"],
        "on": ["mountain", "hill", "island", "street", "path", "rooftop", "bridge", "ship deck", "moon surface"],
    }.items()
    for concept in concepts
} | dict.fromkeys(INDOORS, "in")
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


def scene_details(
    text: str,
    characters: Sequence[Character] = (),
    before: Scene | Details | None = None,
    around: Surroundings | None = None,
    meant: Mapping[int, tuple[str, ...]] | None = None,
) -> Details:
    """The details of a scene's text, of which `characters` are present (most important first). `around` is where and
    when it is; None: read from the text, carried over from the scene `before`. `meant` says whom its words mean."""
    language = detect_language(text)
    tale = told(text)
    sentences = split_sentences(text, language)
    body_start = next((sentence.start for sentence in sentences if not sentence.heading), len(text))
    seen = shown(text, tale) if language == "en" else tale
    hits = [hit for hit in find(seen, language) if hit.start >= body_start]
    around = around or around_scene(text, characters, before)[0]
    setting, time, weather = around.setting, around.time, around.weather
    concept = next((hit.concept for hit in find(setting, "en") if hit.group == "settings"), "")
    mood = _mood(tale, hits)
    action = visible_action(text, tale, characters, language, meant)
    dialogue = speaking(text, characters)
    props = _props(text, tale, hits, concept, action, characters)
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


def _mood(tale: str, hits: Sequence[Hit]) -> str:
    counts = Counter(hit.concept for hit in hits if hit.group == "moods" and not _denied(tale, hit))
    return counts.most_common(1)[0][0] if counts and counts.most_common(1)[0][1] >= 1 else ""


def _denied(tale: str, hit: Hit) -> bool:
    """Whether the text says that it is not so: "did not laugh", "the rain had stopped"."""
    return bool(_NOT.search(tale[max(0, hit.start - 30) : hit.start]) or _OVER.match(tale[hit.end : hit.end + 24]))


def _props(
    text: str, tale: str, hits: Sequence[Hit], setting: str, action: str, characters: Sequence[Character]
) -> tuple[str, ...]:
    """Things to see, those of the action first, then by how often they are named."""
    looks = " ".join(
        [character.description for character in characters] + [c.description for ch in characters for c in ch.changes]
    ).lower()
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    english = detect_language(tale) == "en"
    deeds = {
        start + token.start
        for start, document in (told_sentences(text) if english else ())
        for token in document.tokens
        if token.word_class in ("VERB", "AUX")
    }
    for hit in hits:
        if hit.group != "props" or setting in _SAME_AS_SETTING.get(hit.concept, ()):
            continue
        if english and hit.start in deeds:
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
