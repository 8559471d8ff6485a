"""Who a text mentions: names, common nouns ("the old fisherman") and pronouns, and the person that each one means."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from agent.story.cast.old_looks import Look, age_after, noun_phrase
from agent.story.lexicon import BEINGS, find, singular

__all__ = ["AGED", "BODY_PART", "KIN", "PRONOUNS", "SAME_SIZE", "Mention", "Person", "Reader", "indefinite"]

_OPPOSITE = [
    {"old", "young"},
    {"big", "small"},
    {"tall", "short"},
    {"black", "white", "red", "grey", "gray", "brown"},
    {"good", "bad", "wicked"},
    {"first", "second", "third", "other"},
    {"elder", "younger", "older", "eldest", "youngest"},
    {"mother", "father", "baby", "papa", "mama"},
]
PRONOUNS = {
    "en": {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she",
    "herself": "she",
           "they": "they", "them": "they", "their": "they", "it": "it", "its": "it", "itself": "it",
           "i": "i", "me": "i", "my": "i", "we": "we", "us": "we", "our": "we"},
    "es": {"él": "he", "ella": "she", "ellos": "they", "ellas": "they", "yo": "i", "me": "i", "mi": "i",
    "nosotros": "we"},
    "fr": {"il": "he", "elle": "she", "ils": "they", "elles": "they", "je": "i", "j": "i", "moi": "i", "mon": "i",
    "ma": "i", "nous": "we"},
    "de": {"er": "he", "ihm": "he", "ihn": "he", "sie": "she", "ihr": "she", "ich": "i", "mich": "i", "mir": "i",
    "wir": "we"},
}  # fmt: skip
_EAST_PRONOUNS = {"他们": "they", "她们": "they", "彼女": "she", "彼ら": "they", "他": "he", "她": "she", "彼": "he",
                  "我": "i", "我们": "we", "僕": "i", "私": "i", "ぼく": "i", "わたし": "i", "它": "it"}  # fmt: skip
BODY_PART = (
    r"(?:face|eyes?|hands?|hair|head|arms?|neck|shoulders?|ears?|voice|heart|paws?|tail|back|cheeks?|feet|nose|"
    r"mouth|side|lap)"
)
SAME_SIZE = {"little": "small", "tiny": "small", "large": "big", "huge": "big", "gray": "grey", "elderly": "old"}
_TELLING = frozenset(
    "old young little big black white wicked red grey gray brown tall mother father baby papa mama".split()  # noqa: SIM905
)
AGED = re.compile(r"^(old|young|little) (?=\w)")
KIN = {
    word: picture
    for picture, words in {
        "a boy": "brother son grandson nephew",
        "a girl": "sister daughter granddaughter niece",
        "a man": "father dad daddy papa uncle husband",
        "a woman": "mother mom mum mama mummy aunt auntie wife",
        "an old man": "grandfather grandpa granddad grandad",
        "an old woman": "grandmother grandma granny nana",
    }.items()
    for word in words.split()
}
"""What a relation is drawn as where the text says no more."""


@dataclass(eq=False)
class Person:
    """Somebody under construction."""

    name: str
    named: bool
    sex: str = ""  # he, she, they (unknown), it (animals and creatures before a pronoun says more)
    concept: str = ""
    forms: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    look: Look = field(default_factory=Look)
    changes: list[tuple[int, str]] = field(default_factory=list)
    scenes: dict[int, float] = field(default_factory=dict)  # scene -> how much it is theirs
    mentions: int = 0
    subject: int = 0
    kin: bool = False
    first: int = 0
    child: bool = False
    age: str = ""  # in the story's word: "ten"
    group: bool = False  # several at once: "the three bears"
    lexical: str = ""  # the lexicon's concept: grandpa and grandfather are one


@dataclass(frozen=True)
class Mention:
    """Where a story speaks of somebody: characters `start` to `end`, by a name, a noun or a pronoun."""

    start: int
    end: int
    kind: str  # name, noun, pronoun
    value: str
    concept: str = ""
    group: str = ""


@cache
def _pronoun_pattern(pronouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’])(?:" + "|".join(pronouns) + r")(?!\w)", re.IGNORECASE)


class Reader:
    """Follows the mentions of a story from scene to scene."""

    def __init__(self, language: str, people: list[Person]) -> None:
        self.language = language
        self.people = people
        self.recent: list[Person] = []  # most recent last
        self.narrator: Person | None = None
        self.speaker: Person | None = None  # who spoke last in this paragraph
        self.pet: Person | None = None  # an animal that the sentence before said somebody has
        self.by_form: dict[str, list[Person]] = {}
        for person in people:
            for form in person.forms:
                self.by_form.setdefault(form, []).append(person)
        forms = sorted(self.by_form, key=len, reverse=True)
        self.names: re.Pattern[str] | None = None
        if forms:
            edge = "" if language in ("zh", "ja") else r"\b"
            self.names = re.compile(edge + "(?:" + "|".join(re.escape(form) for form in forms) + ")" + edge)

    def add(self, person: Person) -> Person:
        self.people.append(person)
        return person

    def mentions(self, text: str) -> list[Mention]:
        """Names, beings and pronouns in what is told, in order, names before the nouns that they hold."""
        found: list[Mention] = []
        taken: list[tuple[int, int]] = []
        if self.names:
            for match in self.names.finditer(text):
                found.append(Mention(match.start(), match.end(), "name", match[0]))
                taken.append(match.span())
        hits = [hit for hit in find(text, self.language) if hit.group in BEINGS]
        for hit, after in itertools.zip_longest(hits, hits[1:]):
            if self.language == "en" and after and text[hit.end : after.start] == " " and after.group in BEINGS:
                continue  # "the mother bear" is a bear, "the shepherd girl" a girl
            if all(hit.end <= a or hit.start >= b for a, b in taken):
                found.append(Mention(hit.start, hit.end, "noun", hit.text, hit.concept, hit.group))
                taken.append((hit.start, hit.end))
        if self.language in ("zh", "ja"):
            pronouns = re.finditer("|".join(sorted(_EAST_PRONOUNS, key=len, reverse=True)), text)
            table = _EAST_PRONOUNS
        else:
            table = PRONOUNS.get(self.language, PRONOUNS["en"])
            pronouns = _pronoun_pattern(tuple(table)).finditer(text)
        for match in pronouns:
            kind = table.get(match[0].lower(), "")
            if self.language == "en" and match[0] == "i":
                continue
            if kind and all(match.end() <= a or match.start() >= b for a, b in taken):
                found.append(Mention(match.start(), match.end(), "pronoun", kind))
        return sorted(found, key=lambda mention: mention.start)

    def touch(self, person: Person) -> None:
        if person in self.recent:
            self.recent.remove(person)
        self.recent.append(person)
        del self.recent[:-12]

    def pronoun(self, kind: str, before: Sequence[Person] = ()) -> list[Person]:
        """Whom a pronoun means: the last mentioned that it fits, subjects of the sentence before others."""
        pool = list(dict.fromkeys([*before, *reversed(self.recent)]))
        if kind == "i":
            return [self.narrator] if self.narrator else []
        if kind == "we":
            return [self.narrator, *[p for p in pool if p is not self.narrator][:1]] if self.narrator else []
        if kind == "they" and pool and pool[0].group:
            return pool[:1]
        if kind == "they":
            told = [person for person in pool if person is not self.narrator]
            # "They went on" are those that the story is about, before a dog that was seen on the way
            return sorted(told, key=lambda person: not person.named and person.mentions < 2)[:2]
        if kind == "it":
            return [person for person in pool if person.sex == "it"][:1]
        exact = [person for person in pool if person.sex == kind]
        loose = [person for person in pool if person.sex in ("they", "it", "")]
        chosen = exact[:1] or loose[:1]
        if chosen and not exact:
            chosen[0].sex = kind
        return chosen

    def noun(self, mention: Mention, text: str, known_only: bool = False) -> Person | None:
        """The person that a common noun means, made anew where the story introduces one."""
        phrase = noun_phrase(text, mention.start, mention.end) if self.language == "en" else None
        word = mention.value.lower()
        concept = word if self.language == "en" else mention.concept
        kin = mention.concept if word in KIN else ""
        adjectives = {SAME_SIZE.get(adjective, adjective) for adjective in phrase[2]} if phrase else set()
        if self.language == "en" and (aged := AGED.match(word)):  # "old man" is a man who is old
            adjectives.add(SAME_SIZE.get(aged[1], aged[1]))
            concept = word[aged.end() :]
        determiner = phrase[0] if phrase else ""
        if self.language == "en":
            if singular(word.split()[-1]) != word.split()[-1] and word.split()[-1] not in ("sheep", "fish", "deer"):
                return self.several(mention, text, phrase)
            if not phrase and not text[mention.start].isupper():
                return None
            if re.match(r"['’]s? (?!" + BODY_PART + r"\b)\w", text[mention.end : mention.end + 12]):
                known_only = True
            if re.match(
                r"(?:-| (?:food|house|skin|hole|king|bone|hair|fur|toy|costume|mask|suit)\b)",
                text[mention.end : mention.end + 12],
            ):
                return None
            if determiner in ("no", "every", "each", "two", "three", "four", "five", "six", "seven"):
                return None
        same = [
            person
            for person in self.people
            if (
                concept in person.forms
                or person.concept == concept
                or (kin and person.lexical == kin)
                or (person.named and mention.concept in (person.concept,))
            )
            and not _conflict(adjectives, person.adjectives)
        ]
        new = determiner in ("a", "an", "another") and not (same and not any(p.mentions for p in same))
        if new and determiner != "another" and same:
            # "three friends: an old man, a girl, and a fox" are those that we know
            known = len(same) == 1 and same[0].mentions >= 4 and len(adjectives & same[0].adjectives) >= 2
            new = ":" not in text[: mention.start] and not known
        if same and not new:
            same.sort(
                key=lambda person: (not adjectives & person.adjectives if adjectives else 0, -self.recency(person))
            )
            person = same[0]
            person.adjectives |= adjectives
            if kin:
                person.forms.add(word)
            return person
        if known_only:
            return None
        sex = mention.group if mention.group in ("he", "she", "they") else "it"
        telling = [adjective for adjective in (phrase[2] if phrase else []) if adjective in _TELLING]
        name = " ".join([*telling[:1], word])
        person = Person(name, False, sex, concept, {concept, word}, set(adjectives))
        person.lexical = mention.concept
        person.kin = determiner in ("his", "her", "their", "my", "our") or determiner.endswith("s")
        if self.language == "en" and phrase:
            person.look.noun = indefinite(phrase[1]) + age_after(text, mention.end)
        else:
            person.look.noun = indefinite(mention.concept if self.language != "en" else word)
        return self.add(person)

    def several(self, mention: Mention, text: str, phrase: tuple[str, str, list[str]] | None) -> Person | None:
        """The group that a plural means ("the three bears", "wolves"), one character of the cast; None for "the girls"
        where the story knows which girls."""
        word = mention.value.lower()
        determiner = phrase[0] if phrase else ""
        if determiner in ("no", "every", "each") or re.match(r"['’]", text[mention.end : mention.end + 1]):
            return None
        same = next((person for person in self.people if person.group and word in person.forms), None)
        if same:
            return same
        members = {"children": ("child", "boy", "girl"), "kids": ("child", "boy", "girl")}.get(word, (singular(word),))
        known = [person for person in self.people if person.scenes and not person.group]
        if sum(bool(person.forms & set(members)) or person.sex == mention.group for person in known) >= 2 and (
            mention.group in ("he", "she", "they") or determiner in ("the", "both", "these")
        ):
            return None
        number = determiner if determiner in ("two", "three", "four", "five", "six", "seven") else ""
        counted = [adjective for adjective in (phrase[2] if phrase else []) if adjective != number]
        if counts := re.search(r"\b(two|three|four|five|six|seven) (?:[a-z]+ )?$", text[: mention.start].lower()):
            number = counts[1]
            counted = text[counts.end(1) : mention.start].lower().split()
        person = Person(" ".join(filter(None, [number, word])), False, "they", word, {word}, set(counted))
        person.look.noun = " ".join(filter(None, [number, *counted, word]))
        person.lexical, person.group = mention.concept, True
        return self.add(person)

    def recency(self, person: Person) -> int:
        return self.recent.index(person) if person in self.recent else -1


def _conflict(a: set[str], b: set[str]) -> bool:
    """Whether two sets of adjectives cannot be one person's: old and young, black and white."""
    return bool(a and b) and any(a & group and b & group and not a & b & group for group in _OPPOSITE)


def indefinite(phrase: str) -> str:
    """ "fox" as "a fox", "owl" as "an owl"; nothing stays nothing."""
    return ("an " if phrase[:1] in "aeiou" else "a ") + phrase if phrase else ""
