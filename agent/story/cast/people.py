"""The people of a story while it is read, and who of them a name or a noun means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from agent.story.cast.kinds import CHILDREN, ROLES, Kind, is_young, may_mean
from agent.story.looks import Look

__all__ = ["HE_TITLES", "POLITE", "SHE_TITLES", "TITLES", "People", "Person"]

HE_TITLES = frozenset(
    "mr king prince sir lord uncle grandpa grandfather father brother don monsieur emperor duke count".split()  # noqa: SIM905
)
SHE_TITLES = frozenset(
    """
    mrs ms miss queen princess lady aunt grandma grandmother mother sister madame empress duchess countess auntie dame
    granny nana
    """.split()  # noqa: SIM905
)
TITLES = (
    HE_TITLES
    | SHE_TITLES
    | frozenset(
        """
        dr doctor captain professor detective inspector sergeant officer general old little young big saint judge master
        mistress brer adult
        colonel major lieutenant private chief baby commander admiral corporal sheriff agent president senator
        """.split()  # noqa: SIM905
    )
)
POLITE = frozenset(("mr", "mrs", "miss", "ms", "master", "mistress", "brer", "sir"))
"""Titles that say nothing of what somebody is: "Master Fox" is a fox."""
_OPPOSITES = (
    {"old", "young"},
    {"big", "small"},
    {"tall", "short"},
    {"black", "white", "red", "grey", "brown", "golden", "blue", "green", "yellow"},
    {"good", "wicked"},
    {"first", "second", "third", "other"},
    {"elder", "younger", "older", "eldest", "youngest"},
    {"mother", "father", "baby", "papa", "mama"},
    {"fat", "thin"},
    {"rich", "poor"},
)
_SAME = {"little": "small", "tiny": "small", "large": "big", "huge": "big", "gray": "grey", "elderly": "old"}


@dataclass(eq=False)
class Person:
    """Somebody under construction. `forms` are the names and nouns that mean them, in small letters; `marks` the
    adjectives and `nouns` ("town" of a town mouse) that tell them from others of their kind; `owner` whose they are
    ("his son")."""

    name: str
    named: bool = False
    kind: Kind | None = None
    gender: str = ""
    forms: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    look: Look = field(default_factory=Look)
    changes: list[tuple[int, str]] = field(default_factory=list)
    scenes: dict[int, float] = field(default_factory=dict)  # scene -> how much it is theirs
    mentions: int = 0
    subject: int = 0
    owner: Person | None = None
    members: list[Person] = field(default_factory=list)
    several: bool = False
    place: set[str] = field(default_factory=set)  # where they were last, for "the man in the tree"
    speaks: bool = False  # under a name above a speech
    evidence: list[tuple[str, str]] = field(default_factory=list)  # (fact, sentence)

    @property
    def first(self) -> int:
        """The scene that they first are in."""
        return min(self.scenes, default=0)

    @property
    def is_person(self) -> bool:
        """Whether they are human, as far as is known."""
        return self.kind is None or self.kind.person

    def fits(self, gender: str) -> bool:
        """Whether "he", "she" or "it" may mean them."""
        if self.several:
            return False
        if gender == "it":
            return self.kind is not None and (not self.kind.person or self.kind.head in ("baby", "child", "infant"))
        return self.gender in ("", gender) or (self.gender == "it" and not self.is_person)

    def count(self, scene: int, weight: float) -> None:
        """Note that they are in a scene; weights of their mentions there add up."""
        if weight > 0:
            self.scenes[scene] = self.scenes.get(scene, 0.0) + weight


def marks_of(words: Iterable[str]) -> set[str]:
    """Adjectives that tell one from another, synonyms made one."""
    return {_SAME.get(word, word) for word in words}


def conflict(a: set[str], b: set[str]) -> bool:
    """Whether two sets of adjectives cannot be one person's: old and young, black and white."""
    return any(a & group and b & group and not a & b & group for group in _OPPOSITES)


class People:
    """Everybody of a story, and whom it spoke of last (`recent`, latest last)."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self.everybody: list[Person] = list(people)
        self.recent: list[Person] = []
        self.narrator: Person | None = None
        self.became: dict[int, Person] = {}  # id of who was merged -> who they are

    def add(self, person: Person) -> Person:
        self.everybody.append(person)
        return person

    def touch(self, person: Person) -> None:
        """Make somebody the one spoken of last."""
        if person in self.recent:
            self.recent.remove(person)
        self.recent.append(person)
        del self.recent[:-12]

    def recency(self, person: Person) -> int:
        """Higher for who was spoken of later; -1 for who was not of late."""
        return self.recent.index(person) if person in self.recent else -1

    def named(self, name: str) -> Person | None:
        """Whom a name means: by the whole name, else by a part of it that only one of them bears."""
        wanted = name.lower()
        same = [p for p in self.everybody if wanted in p.forms and (p.named or p.name.lower() == wanted)]
        return max(same, key=self.recency) if same else None

    def meant(
        self, kind: Kind, marks: set[str], nouns: set[str], owner: Person | None, heard: bool = True
    ) -> Person | None:
        """Whom a definite noun ("the old man", "his son") means of those who are known. `heard`: also somebody who is
        known by another word."""
        singles = [p for p in self.everybody if not p.several and not conflict(marks, p.marks)]
        singles = [p for p in singles if not nouns or not p.nouns or nouns & p.nouns]
        same = [p for p in singles if _known_as(p, kind)]
        if owner is not None:
            same = [p for p in same if p is not owner]
            same = [p for p in same if p.owner is owner] or [p for p in same if p.owner is None or not p.mentions]
        if same:
            marked = [p for p in same if (marks | nouns) & (p.marks | p.nouns)]
            unmarked = [p for p in same if not (p.named and p.marks - marks and marks)]
            return max(marked or unmarked or same, key=self.recency)
        if kind.head in ("father", "mother", "parent", "owner", "master"):
            for child in reversed(self.recent):
                parent = child.owner
                young = child.kind is not None and (child.kind.head in CHILDREN or kind.head in ("owner", "master"))
                if parent is not None and young and parent.gender in ("", kind.gender) and parent.is_person:
                    return parent
        if not heard:
            return None
        if kind.head in ("brother", "sister") and owner is not None:
            kin = [p for p in singles if p is not owner and self.recency(p) >= 0 and p.kind and is_young(p.kind)]
            if kin := [p for p in kin if p.gender == kind.gender]:
                return max(kin, key=self.recency)
        late = [p for p in singles if p is not self.narrator and self.recency(p) >= 0]
        others = [p for p in late if p.kind is not None and may_mean(_words(kind, marks), p.kind, p.gender)]
        latest = self.recent[-3:]
        others += [p for p in late if p.kind is None and p.named and p.gender == (kind.gender or "?") and p in latest]
        if others:  # who has a name is seldom called otherwise
            return max(others, key=lambda p: (not p.named, self.recency(p)))
        if kind.head in ROLES and not marks and not nouns:
            latest = [p for p in self.recent[-3:] if p is not owner and not p.several]
            latest = [p for p in latest if p is not self.narrator or owner is not None]
            return latest[-1] if latest else None
        return None

    def now(self, person: Person) -> Person:
        """Who somebody turned out to be."""
        while id(person) in self.became:
            person = self.became[id(person)]
        return person

    def merge(self, person: Person, other: Person) -> Person:
        """Make one of two who turn out to be the same: `person` stays and gets what was known of `other`."""
        if person is other:
            return person
        person.forms |= other.forms
        person.marks |= other.marks
        person.nouns |= other.nouns
        person.kind = person.kind or other.kind
        person.gender = person.gender or other.gender
        person.look = person.look.joined(other.look)
        person.owner = person.owner or other.owner
        person.changes = sorted(person.changes + other.changes)
        person.evidence += other.evidence
        person.speaks = person.speaks or other.speaks
        person.mentions += other.mentions
        person.subject += other.subject
        for scene, weight in other.scenes.items():
            person.count(scene, weight)
        self.became[id(other)] = person
        if other in self.everybody:
            self.everybody.remove(other)
        for someone in self.everybody:
            someone.owner = person if someone.owner is other else someone.owner
            someone.members = [person if one is other else one for one in someone.members]
        if other in self.recent:
            self.recent[self.recent.index(other)] = person
            while self.recent.count(person) > 1:
                self.recent.remove(person)
        if self.narrator is other:
            self.narrator = person
        return person


def _words(kind: Kind, marks: set[str]) -> str:
    return (
        f"old {kind.head}"
        if "old" in marks and f"old {kind.head}" in ("old man", "old woman", "old lady")
        else kind.head
    )


def _known_as(person: Person, kind: Kind) -> bool:
    """Whether somebody has been called by this word before."""
    if kind.word in person.forms or (kind.head in person.forms and kind.word == kind.head):
        return True
    if person.kind is None:
        return False
    if kind.head == person.kind.head:
        return kind.word == kind.head or person.kind.word == person.kind.head
    kin = kind.concept == person.kind.concept and kind.concept in _KIN_CONCEPTS
    return kin and kind.gender == person.kind.gender


_KIN_CONCEPTS = ("father", "mother", "old man", "old woman", "aunt", "woman", "man", "young woman")
