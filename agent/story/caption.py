"""A scene in the caption grammar of a model with a small vocabulary of its own, as the shipped model has.

    wide shot of a happy girl with red hair in a yellow dress with a lantern and a red fox in a red scarf, walking,
    next to a tower, beach, night, storm, watercolour

What the text says of hair and clothes is kept; where it says nothing, a person is given hair and clothes by their
name, the same in every panel, since such a model would otherwise dress them anew each time. That is reported too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from agent.language.words import with_article
from agent.story.lexicon import STOPWORDS, find, singular
from agent.story.prompts import look
from agent.story.styles import find_style
from db.board import Board, Character, Scene

__all__ = ["Notes", "caption", "translate"]

# Where a model knows no word for a place, the nearest that most models know.
_NEAR_SETTINGS = {
    "house": "living room", "lighthouse": "harbour", "tower": "castle", "church": "ruins", "station": "city",
    "rooftop": "city",
    "train carriage": "living room", "moon surface": "space", "hill": "hills", "meadow": "hills",
    "mountain": "mountains",
    "valley": "mountains", "island": "beach", "river": "river", "museum": "library", "workshop": "laboratory",
    "square": "market",
}  # fmt: skip
_NEAR_ACTIONS = {
    "carrying": "walking", "climbing": "walking", "pulling": "standing", "pushing": "standing", "crying": "standing",
    "hugging": "standing",
    "kneeling": "sitting", "lying": "sleeping", "stepping": "walking", "sailing": "sitting", "rowing": "sitting",
    "galloping": "running",
    "crawling": "walking", "creeping": "walking", "crossing": "walking", "marching": "walking",
    "skipping": "jumping", "pointing": "pointing",
    "tugging": "standing", "opening": "standing", "lighting": "standing", "lifting": "standing",
    "raising": "standing", "turning": "standing",
    "landing": "flying", "wading": "swimming", "curling": "sleeping", "hurrying": "running", "driving": "sitting",
    "cooking": "standing",
    "painting": "standing", "digging": "standing", "planting": "standing", "giving": "standing",
    "finding": "standing", "picking": "standing",
}  # fmt: skip
_NEAR_MOODS = {"joyful": "happy", "triumphant": "happy", "tender": "happy", "frightening": "scared", "tense": "scared"}
_NEAR_SUBJECTS = {"he": "man", "she": "woman", "they": "man"}
_STUFF = {"straw": "yellow", "wooden": "brown", "leather": "brown", "honey": "yellow", "steel": "grey", "iron": "grey"}
_HAIR = ("brown", "black", "blonde", "red")
_COLOURS = ("blue", "green", "red", "yellow", "purple", "orange")
_FIRSTS = {"girl": "dress", "woman": "dress", "old woman": "dress", "princess": "dress", "queen": "dress",
"witch": "robe", "wizard": "robe",
           "monk": "robe", "king": "robe", "knight": "armour", "boy": "shirt"}  # fmt: skip


NO_WORD = "there is no word for it; say it otherwise, or use another model"
TOO_MANY_HELD = "a figure holds one thing; take the other away first"
TOO_MANY_BESIDE = "one thing stands beside the figures; take the other away first"
NO_CLOTHES = "such a figure is drawn without clothes"
NO_MOOD = "such a figure has no such mood; it may be another's, or the light's"
NO_WEATHER = "no weather is seen indoors; move the scene outdoors first"
NO_TIME = "the light that was asked for tells the time"
"""Why a word is left out of a caption, and what would help."""


class Words(Protocol):
    """What this module needs of a vocabulary (see `dialect.Vocabulary`)."""

    @property
    def facts(self) -> Mapping[str, Any]: ...

    def word(self, group: str, said: str) -> str | None: ...


class Notes:
    """What was mapped to another word, and what was dropped and why, each once and in order."""

    def __init__(self) -> None:
        self.mapped: dict[tuple[str, str], None] = {}
        self.dropped: dict[str, str] = {}

    def map(self, said: str, word: str) -> str:
        if said.lower() != word.lower():
            self.mapped[(said, word)] = None
        return word

    def drop(self, said: str, why: str = NO_WORD) -> None:
        if said:
            self.dropped.setdefault(said, why)


def caption(board: Board, scene: Scene, vocabulary: Words, notes: Notes) -> str:
    """The scene as a caption that the model knows every word of."""
    known = {character.id: character for character in board.characters}
    limit = int(vocabulary.facts.get("limits", {}).get("subjects", 3))
    present = [known[name] for name in scene.characters if name in known]
    for character in present[limit:]:
        notes.drop(character.name, f"{_count(limit)} figures at most fit into a picture; take one out first")
    light = _light(scene)
    mood = "" if light else _word(vocabulary, "moods", scene.mood, _NEAR_MOODS, notes)
    held, beside = _things(scene, vocabulary, notes)
    figures = []
    for number, character in enumerate(present[:limit]):
        feeling = mood if number == 0 else ""
        figures.append(
            _figure(character, look(board, character, scene.id), vocabulary, notes, feeling, "" if number else held)
        )
    figures = [figure for figure in figures if figure]
    if figures:
        body = [" and ".join(figures), _action(scene.action, vocabulary, notes)]
        body.append(f"next to {_article(beside)}" if beside else "")
    else:
        body = [_article(beside or held) if beside or held else ""]
    setting, indoors = _setting(scene.setting, vocabulary, notes)
    shot = _word(vocabulary, "shots", scene.shot, {}, notes) or _word(vocabulary, "shots", "medium shot", {}, notes)
    subject = ", ".join(filter(None, body)) or (_article(setting) if setting else "")
    if not any(body):
        setting = ""
    if light and scene.time != light:
        notes.drop(scene.time, NO_TIME)
    time = notes.map(scene.mood, light) if light else _word(vocabulary, "times", scene.time, {}, notes)
    if indoors:
        notes.drop(scene.weather, NO_WEATHER)
    weather = "" if indoors else _word(vocabulary, "weather", scene.weather, {}, notes)
    parts = [f"{shot} of {subject}" if shot and subject else subject or shot, setting, time, weather]
    parts.append(_style(board.style if scene.style is None else scene.style, vocabulary, notes))
    return ", ".join(part for part in parts if part)


_DARK = {"dark", "darker", "darkness", "dim", "dimmer", "murky", "shadowy", "sombre", "somber"}
_BRIGHT = {"bright", "brighter", "light", "lighter", "sunny", "sunnier", "sunlit"}


def _light(scene: Scene) -> str:
    """The time of day that stands for a mood which a person asked for in words of light ("darker"), which such a model
    has no other word for; "" for any other mood."""
    words = set(scene.mood.lower().split()) if "mood" in scene.handwritten else set()
    return "night" if words & _DARK else "day" if words & _BRIGHT else ""


def _word(vocabulary: Words, group: str, said: str, near: Mapping[str, str], notes: Notes) -> str:
    """The model's word for `said`, looked up whole, then by its words from the end; "" and reported where there is
    none."""
    if not said:
        return ""
    words = said.lower().split()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size, -1, -1):
            run = " ".join(words[start : start + size])
            for form in (near.get(run, ""), run, singular(run)):
                if form and (word := vocabulary.word(group, form)):
                    return notes.map(said, word)
    notes.drop(said)
    return ""


def _count(number: int) -> str:
    return ("no", "one", "two", "three", "four", "five")[number] if number < 6 else str(number)


def _article(noun: str) -> str:
    uncounted = noun.split()[-1] in ("armour", "armor", "glasses", "bread")
    return noun if uncounted else with_article(noun)


def _pick(options: Sequence[str], key: str) -> str:
    return options[hashlib.sha256(key.encode()).digest()[0] % len(options)]


def _figure(character: Character, description: str, vocabulary: Words, notes: Notes, mood: str, held: str) -> str:
    """ "a happy girl with red hair in a yellow dress and a red scarf with a lantern", or "" for whom no word is
    known."""
    facts = vocabulary.facts
    subject, said = _subject(character, description, vocabulary)
    if not subject:
        notes.drop(f"{character.name} ({description})" if description else character.name)
        return ""
    notes.map(said, subject)
    before = description.lower().partition(said)[0] if said in description.lower() else ""
    coats = facts.get("coats", {}).get(subject, ())
    colours = [vocabulary.word("colours", word) for word in re.findall(r"[a-z]+", f"{before} {said}")]
    coat = next((colour for colour in colours if colour in coats), "")
    person = facts.get("kinds", {}).get(subject) == "person"
    hair = ""
    if match := re.search(r"([a-z ,-]+?) (?:hair|braids?|curls|plaits|ponytail|pigtails)\b", description.lower()):
        hair = next(
            (word for w in reversed(re.findall(r"[a-z]+", match[1])) if (word := vocabulary.word("hair", w))), ""
        )
    worn = _clothes(description, subject, vocabulary, notes)
    invented = []
    if person:
        if not hair and not re.search(r"\b(?:bald|hood|helmet)\b", description):
            hair = "grey" if subject.startswith("old ") else _pick(_HAIR, character.id + character.name)
            hair = vocabulary.word("hair", hair) or ""
            invented.append(f"{hair} hair" if hair else "")
        if not any(garment for garment, _ in worn if garment in facts.get("garments", ())):
            garment = vocabulary.word("clothes", _FIRSTS.get(subject, "coat")) or ""
            colour = (
                _pick(_COLOURS, character.name + character.id) if garment not in facts.get("colourless", ()) else ""
            )
            if garment and subject in facts.get("wears", ()):
                worn.insert(0, (garment, colour))
                invented.append(f"{colour} {garment}".strip())
    if invented := [words for words in invented if words]:
        notes.mapped[(character.name, f"{subject} with {' and '.join(invented)}")] = None
    if subject not in facts.get("moods_for", (subject,)):
        notes.drop(mood, NO_MOOD)
        mood = ""
    phrase = _article(" ".join(filter(None, [mood, coat, subject])))
    if hair and person:
        phrase += f" with {hair} hair"
    if worn:
        phrase += " in " + " and ".join(_article(f"{colour} {garment}".strip()) for garment, colour in worn)
    return phrase + (f" with {_article(held)}" if held else "")


def _subject(character: Character, description: str, vocabulary: Words) -> tuple[str, str]:
    """The model's subject for a character and the words that it stands for; old people by "old" wherever it stands."""
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", description.lower().split(" with ")[0])
    old = bool({"old", "elderly", "ancient", "aged"} & set(words))
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            word = vocabulary.word("subjects", run) or vocabulary.word("subjects", singular(run))
            if start + size < len(words) and words[start + size] in ("girl", "boy", "man", "woman"):
                continue  # "a shepherd girl" is a girl
            if word and (size > 1 or run not in STOPWORDS):
                aged = vocabulary.word("subjects", f"old {word}") if old and word in ("man", "woman") else None
                return aged or word, run
    beings = list(find(f"{description} {' '.join(character.aliases)} {character.name.lower()}", "en"))
    for hit in beings:
        if hit.group in ("he", "she", "they", "animal", "creature"):
            word = vocabulary.word("subjects", hit.concept) or _NEAR_SUBJECTS.get(hit.group, "")
            if word and old and (aged := vocabulary.word("subjects", f"old {word}")):
                word = aged
            if word and (word := vocabulary.word("subjects", word) or ""):
                return word, hit.text.lower()
    if not description or "person" in words:
        return vocabulary.word("subjects", "person") or "", "person" if "person" in words else character.name
    return "", ""


def _clothes(description: str, subject: str, vocabulary: Words, notes: Notes) -> list[tuple[str, str]]:
    """(garment, colour) of at most one garment and one accessory; what came on last counts."""
    facts = vocabulary.facts
    found: dict[bool, tuple[str, str]] = {}
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", description.lower())
    for number, said in enumerate(words):
        pair = " ".join(words[number : number + 2])
        word = (
            vocabulary.word("clothes", pair)
            or vocabulary.word("clothes", said)
            or vocabulary.word("clothes", singular(said))
        )
        if not word:
            continue
        if subject not in facts.get("wears", ()):
            notes.drop(said, NO_CLOTHES)
            continue
        colour = ""
        for before in reversed(words[max(0, number - 4) : number]):
            if before in ("a", "an", "the", "and", "in", "with", "wearing", "his", "her"):
                break
            if colour := vocabulary.word("colours", _STUFF.get(before, before)) or "":
                notes.map(before, colour)
                break
        if word in facts.get("colourless", ()):
            colour = ""
        elif not colour:
            colour = _pick(_COLOURS, subject + said)
        notes.map(said, word)
        found[word in facts.get("accessories", ())] = (word, colour)
    return [found[accessory] for accessory in (False, True) if accessory in found]


def _things(scene: Scene, vocabulary: Words, notes: Notes) -> tuple[str, str]:
    """(an object that fits a hand, one that stands on the ground) of those that the scene names."""
    held = beside = ""
    setting = vocabulary.word("settings", scene.setting.split()[-1]) if scene.setting else None
    said_things = [*scene.props, *(hit.text.lower() for hit in find(scene.action, "en") if hit.group == "props")]
    for said in dict.fromkeys(said_things):
        words = said.lower().split()
        word = next(
            (
                w
                for n in range(len(words))
                if (
                    w := vocabulary.word("objects", " ".join(words[n:]))
                    or vocabulary.word("objects", singular(" ".join(words[n:])))
                )
            ),
            None,
        )
        if word is None:
            notes.drop(said)
        elif word in vocabulary.facts.get("held", ()):
            if held and held != word:
                notes.drop(said, TOO_MANY_HELD)
            else:
                held = notes.map(said, word)
        elif word != setting:
            if beside and beside != word:
                notes.drop(said, TOO_MANY_BESIDE)
            else:
                beside = notes.map(said, word)
    return held, beside


def _action(action: str, vocabulary: Words, notes: Notes) -> str:
    doing = re.findall(r"\b[a-z]+ing\b", re.sub(r"\w+ing asleep", "sleeping", action.lower()))
    for verb in doing:
        word = vocabulary.word("actions", _NEAR_ACTIONS.get(verb, "")) or vocabulary.word("actions", verb)
        if word:
            return notes.map(verb, word)
    for verb in doing[:1]:
        notes.drop(verb)
    return vocabulary.word("actions", "standing") or ""


def _setting(said: str, vocabulary: Words, notes: Notes) -> tuple[str, bool]:
    if not said:
        return "", False
    near = dict(_NEAR_SETTINGS)
    for hit in find(said, "en"):
        if hit.group == "settings":
            near.setdefault(hit.text.lower(), _NEAR_SETTINGS.get(hit.concept, hit.concept))
    word = _word(vocabulary, "settings", said, near, notes)
    return word, word in vocabulary.facts.get("indoors", ())


def _style(said: str, vocabulary: Words, notes: Notes) -> str:
    default = vocabulary.word("styles", "storybook") or ""
    if not said:
        return default
    style = find_style(said)
    tries: Iterable[str] = [said, *((style.name, *style.aliases) if style else ())]
    for words in tries:
        if word := vocabulary.word("styles", words):
            return notes.map(said, word)
    keywords = re.findall(r"[a-z-]+", f"{said} {style.keywords if style else ''}".lower())
    for words in keywords:
        if words not in STOPWORDS and (word := vocabulary.word("styles", words)):
            return notes.map(said, word)
    notes.drop(said)
    return default


@dataclass(frozen=True)
class _Known:
    """A person's words, the model's word for them and its group; small words of the grammar have none."""

    said: str
    word: str
    group: str = ""


_APART = frozenset(("settings", "times", "weather"))  # are clauses of their own in the model's grammar
_NAMED = frozenset(("subjects", "objects", "clothes", "colours", "hair"))
_HOLDING = frozenset(("with", "holding"))  # the grammar's own, whatever else they are synonyms of
_LEADS = frozenset(("a", "an", "the", "in", "inside", "at", "of", "with", "is", "there"))


def translate(prompt: str, vocabulary: Words, grammar: Iterable[str], groups: Sequence[str], notes: Notes) -> str:
    """A prompt that a person wrote, clause by clause in its own order: known words stay, others become the word that
    they mean, the rest is dropped. Where, when and in what weather is set apart, as the model was told of it: "a fox in
    a snowy forest at night" is "a fox, snow, forest, night"."""
    small = set(grammar)
    parts = []
    for clause in re.split(r"[,;.\n]+", prompt):
        inline, apart = _set_apart(list(_known_words(clause, vocabulary, small, groups, notes)), notes)
        for known in [*inline, *apart]:
            notes.map(known.said, known.word)
        out = [known.word for known in inline]
        text = " ".join(word for number, word in enumerate(out) if out[number - 1 : number] != [word])
        text = re.sub(
            r"\b(?:a|an|the|of|with|in|and|wearing|has|holding|at|is)(?: (?:a|an|the|of|with|in|and|wearing|at))*$",
            "",
            text,
        )
        text = re.sub(r"\ban? (?=([a-z]))", lambda m: "an " if m[1] in "aeiou" else "a ", text).strip()
        text = re.sub(r"^(?:and|of|with|in|at) (?=(?:and|of|with|in|at)\b)", "", text)
        if text and any(word not in small for word in text.split()):
            parts.append(text)
        parts += [known.word for known in apart]
    return ", ".join(dict.fromkeys(parts))


def _known_words(
    clause: str, vocabulary: Words, small: set[str], groups: Sequence[str], notes: Notes
) -> Iterator[_Known]:
    words = re.findall(r"[\w'’-]+", clause.lower())
    at = 0
    while at < len(words):
        for size in range(min(3, len(words) - at), 1 if words[at] in _HOLDING else 0, -1):
            run = " ".join(words[at : at + size])
            known = _any(run, vocabulary, groups) or (_any(singular(run), vocabulary, groups) if size == 1 else None)
            if known:
                yield _Known(run, *known)
                at += size
                break
        else:
            if words[at] in small:
                yield _Known(words[at], words[at])
            elif words[at] not in STOPWORDS:
                notes.drop(words[at])
            at += 1


def _set_apart(words: Sequence[_Known], notes: Notes) -> tuple[list[_Known], list[_Known]]:
    """The words of a clause without those of where, when and in what weather and what leads up to them; and those.
    Before a thing such a word is part of its name ("snowy owl")."""
    inline: list[_Known] = []
    apart: list[_Known] = []
    for place, known in enumerate(words):
        leads = any(after.group in _NAMED for after in words[place + 1 : place + 2])
        if known.group not in _APART or leads:
            inline.append(known)
            continue
        while inline and inline[-1].group in {"colours", "moods"}:
            notes.drop(inline.pop().said)
        while inline and (inline[-1].word in _LEADS or inline[-1].group == "relations"):
            inline.pop()
        apart.append(known)
    return inline, apart


def _any(run: str, vocabulary: Words, groups: Sequence[str]) -> tuple[str, str] | None:
    """The model's word for `run`, and its group."""
    return next(((word, group) for group in groups if (word := vocabulary.word(group, run))), None)
