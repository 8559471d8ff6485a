"""Whom "the two mice", "the girls", "the other" and "the elder" mean, and whose names the children of a group have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.story.cast.description import describe
from agent.story.cast.kinds import CHILDREN, Kind, may_mean
from agent.story.cast.mentions import COMPARED, Mention
from agent.story.cast.people import Person, marks_of

if TYPE_CHECKING:
    from agent.story.cast.reader import Placed, SceneReader

__all__ = ["group_means", "join_children", "member_means"]

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve")


def group_means(reader: SceneReader, mention: Mention, kind: Kind) -> list[Person]:
    """Whom "the two mice" or "the girls" means: those that are known, else a group."""
    phrase = mention.phrase
    counted = [c.text.lower() for c in mention.document.children[mention.head.index] if c.relation == "nummod"]
    number = next((word for word in counted if word in _NUMBERS), "")
    definite = phrase.determiner in ("the", "both", "these", "those", "all") or phrase.owner is not None
    marks = marks_of(t.text.lower() for t in phrase.adjectives)
    word = mention.head.text.lower() if mention.kind and mention.head.text.lower() != kind.word else f"{kind.word}s"
    if definite or number or phrase.determiner == "":
        same = [p for p in reader.people.everybody if p.several and word in p.forms and not p.marks - marks - {""}]
        if same and (definite or not number):
            group = max(same, key=reader.people.recency)
            return group.members if len(group.members) > 1 else [group]
    if definite or number == "two":
        known = [
            p for p in reader.people.everybody
            if not p.several and p.scenes and p.kind and (p.kind.head == kind.head or _is_member(kind, p))
        ]  # fmt: skip
        known.sort(key=lambda p: -reader.people.recency(p))
        wanted = _NUMBERS.index(number) + 2 if number else max(2, len(known))
        if len(known) >= 2 and (not number or len(known) == wanted or (definite and len(known) >= wanted)):
            return known[:wanted]
    if mention.weight <= 0 or (not definite and mention.role in ("oblique", "owner", "attribute")):
        return []
    name = " ".join(filter(None, [number, word]))
    group = Person(name, kind=kind, forms={word, name}, marks=marks, several=True)
    group.look = describe(group.look, Kind(word, kind.concept), marks, set(), number)
    if kind.head in ("child", "kid", "boy", "girl", "brother", "sister", "sibling"):
        reader.children, reader.children_until = group, reader.sentences + 4
    return [reader.people.add(group)]


def member_means(reader: SceneReader, mention: Mention, placed: list[Placed]) -> list[Person]:
    """Whom "one", "the other", "the former" means of those spoken of together."""
    word = mention.head.text.lower() if mention.head.text.lower() in COMPARED else mention.head.lemma
    if mention.role not in ("subject", "object", "oblique"):
        return []
    if word in ("former", "latter"):
        here = list(dict.fromkeys(p for one in placed for p in one.people))
        here = here or list(reversed(reader.people.recent[-2:]))
        return [here[0] if word == "former" else here[-1]] if len(here) > 1 else []
    of = next((inner for preposition, inner in mention.phrase.attachments if preposition == "of"), None)
    if mention.phrase.determiner not in ("", "the", "one") or (word == "one" and mention.phrase.determiner == "the"):
        return []
    if mention.phrase.adjectives or (word != "one" and mention.phrase.determiner != "the"):
        return []
    groups = [one.person for one in placed if one.person.several]
    groups += [p for p in reversed(reader.people.recent) if p.several]
    groups += [p for p in reversed(reader.people.everybody) if p.members and word in COMPARED]
    if not groups or (of is None and groups[0].look.traits[:1] != ("two",) and not groups[0].members):
        return []
    group = groups[0]
    if word in COMPARED:
        known = next((member for member in group.members if word in member.marks), None)
        return [known or _new_member(reader, group, word)] if known or len(group.members) < 2 else []
    place = 0 if word in ("one", "first") else 1
    if place == 1 and not group.members:
        return []
    while len(group.members) <= place:
        _new_member(reader, group, "one" if not group.members else "other")
    return [group.members[place]]


def _new_member(reader: SceneReader, group: Person, word: str) -> Person:
    """Tell somebody of a group from the others by a word: "the other traveller", "the elder brother"."""
    assert group.kind is not None
    kind = Kind(group.kind.word, group.kind.concept, group.kind.gender, group.kind.person)
    name = f"{word} {kind.word}"
    marks = {word} & COMPARED
    member = Person(name, kind=kind, gender=kind.gender, forms={kind.word, name}, marks=marks)
    member.look = describe(member.look, kind, marks, set())
    group.members.append(reader.people.add(member))
    return member


def join_children(reader: SceneReader, person: Person) -> None:
    """Make somebody who is named for the first time one of the children of whom it was just told."""
    group = reader.children
    if group is None or group.kind is None or reader.sentences > reader.children_until:
        return
    if len(group.members) >= _count(group):
        return
    word = {"he": "boy", "she": "girl"}.get(person.gender or group.kind.gender, "child")
    person.kind = Kind(word, word, person.gender or group.kind.gender)
    person.look = describe(person.look, person.kind, set(), set())
    group.members.append(person)


def _count(group: Person) -> int:
    """How many a group is, where it says so."""
    number = next((word for word in group.look.traits if word in _NUMBERS), "")
    return _NUMBERS.index(number) + 2 if number in _NUMBERS[:9] else 12 if number else 6


def _is_member(kind: Kind, person: Person) -> bool:
    if kind.head in ("girl", "boy", "child", "man", "woman", "kid"):
        assert person.kind is not None
        return may_mean(kind.head, person.kind, person.gender) or (
            kind.head in ("child", "kid") and person.kind.head in CHILDREN
        )
    return False
