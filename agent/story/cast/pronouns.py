"""Whom a pronoun means: the one spoken of last whom it fits, a sentence's subject before others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.language import Pronoun
from agent.story.cast.mentions import NAMING, Mention
from agent.story.cast.people import Person

if TYPE_CHECKING:
    from agent.story.cast.reader import Placed, SceneReader

__all__ = ["pronoun_means"]


def pronoun_means(reader: SceneReader, mention: Mention, placed: list[Placed]) -> list[Person]:
    """Find whom a pronoun means, of those whom its sentence has `placed` before it and those spoken of last."""
    pronoun = mention.pronoun
    assert pronoun is not None
    narrator = reader.people.narrator
    if pronoun.person == 2:
        return []
    if pronoun.person == 1:
        others = [p for p in reversed(reader.people.recent) if p is not narrator and p.is_person][:1]
        return [] if narrator is None else [narrator] if pronoun.number == 1 else [narrator, *others]
    if pronoun.number == 2:
        verb = mention.document.tokens[mention.head.head]
        return [] if verb.lemma == "say" and verb.tag == "VBP" else _they(reader, placed)
    return _singular(reader, mention, pronoun, placed)


def _they(reader: SceneReader, placed: list[Placed]) -> list[Person]:
    """Find whom "they" means: the sentence's subjects, a group, or those who were together last."""
    subjects = [p for one in placed if one.mention.role == "subject" for p in one.people]
    subjects = list(dict.fromkeys(subjects))
    if len(subjects) > 1:
        return subjects[:4]
    group = next((p for p in subjects if p.several), None)
    recent = list(reversed(reader.people.recent))
    if group is None and recent and recent[0].several:
        group = recent[0]
    if group is not None:
        return group.members if len(group.members) > 1 else [group]
    if reader.together and all(p in reader.people.everybody for p in reader.together):
        return list(reader.together)
    singles = [p for p in recent if p is not reader.people.narrator and not p.several][:2]
    return singles if len(singles) == 2 else []


def _singular(reader: SceneReader, mention: Mention, pronoun: Pronoun, placed: list[Placed]) -> list[Person]:
    """Find whom "he", "she" or "it" means, and note the gender where there is no doubt."""
    text = mention.head.text.lower()
    clause = mention.clause
    mine = [
        one for one in placed
        if one.mention.role == "subject" and clause is not None and one.mention.clause is not None
        and one.mention.clause.verb.index == clause.verb.index
    ]  # fmt: skip
    implied = _implied_subject(mention, placed)
    doers = [p for one in mine for p in one.people] or implied
    if text.endswith("self"):
        return doers[:1]
    barred = doers if mention.role in ("object", "oblique") else []
    subjects = [p for one in placed if one.mention.role == "subject" for p in one.people]
    others = [p for one in reversed(placed) for p in one.people]
    pool: list[Person] = []
    if mention.role == "owner":
        pool += doers
    pool += subjects if mention.role in ("subject", "owner") else list(reversed(subjects))
    pool += others
    if mention.role == "subject" and _contrasts(mention):
        pool = [p for one in placed if one.mention.role in ("object", "oblique") for p in one.people] + pool
    if reader.subject is not None and mention.role == "subject":
        pool.append(reader.subject)
    recent = list(reversed(reader.people.recent))
    # A beast is seldom "she", but one that has a name is.
    pool += sorted(recent, key=lambda p: not (p.is_person or p.named) and p.gender != pronoun.gender)
    pool = [p for p in dict.fromkeys(pool) if p.fits(pronoun.gender) and p not in barred]
    pool = [p for p in pool if p is not reader.people.narrator]
    if pronoun.gender == "it":
        near = {*others, reader.subject}
        pool = [p for p in pool if (p in near and p.gender != "it") or p in near]
    if _gives_name(mention):
        pool = [p for p in pool if not p.named] or pool
    if not pool:
        return []
    person = pool[0]
    sure = len(pool) == 1 or person is reader.subject or person in subjects[:1] or person in doers[:1]
    if not person.gender and pronoun.gender in ("he", "she") and sure:
        person.gender = pronoun.gender
    return [person]


def _implied_subject(mention: Mention, placed: list[Placed]) -> list[Person]:
    """The subject of a clause that has none of its own ("came and begged him")."""
    if mention.clause is None:
        return []
    heads = {phrase.head.index for phrase in mention.clause.subjects}
    return [p for one in placed if one.mention.head.index in heads for p in one.people]


def _gives_name(mention: Mention) -> bool:
    """Whether a pronoun is given a name: "called him Pip", "his name was Olli"."""
    above = mention.document.tokens[mention.head.head]
    if mention.role == "owner":
        return above.lemma == "name" and above.relation == "nsubj"
    names = (child.relation == "oprd" for child in mention.document.children[above.index])
    return mention.role == "object" and above.lemma in NAMING and any(names)


def _contrasts(mention: Mention) -> bool:
    """Whether a subject stands behind "but": "the bear sniffed at him, but he kept still"."""
    before = mention.document.tokens[mention.head.index - 1] if mention.head.index else None
    return before is not None and before.text.lower() == "but"
