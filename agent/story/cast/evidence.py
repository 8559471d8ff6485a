"""Which sentence of the story says what of somebody's looks."""

from __future__ import annotations

from agent.story.cast.kinds import KIN
from agent.story.cast.people import Person
from agent.story.looks import Look
from db.board import Character, Evidence
from db.words import fold

__all__ = ["evidence_of", "facts_of", "holding_evidence", "note_evidence"]

MOST = 20  # facts of one character
LONGEST = 400  # letters of a sentence


def facts_of(look: Look) -> tuple[str, ...]:
    """List what a look says, each fact in its words."""
    worn = (piece.words for piece in look.wears)
    return tuple(filter(None, (look.kind, *look.traits, look.age, look.hair, *look.features, *worn, *look.holds)))


def note_evidence(person: Person, before: Look, changes: int, sentence: str) -> None:
    """Note which of somebody's facts a sentence has added to the look `before` it, when there were so many `changes`
    of it."""
    known = {*facts_of(before), *(fact for fact, _ in person.evidence)}
    fresh = [fact for fact in facts_of(person.look) if fact not in known]
    fresh += [words for _, words in person.changes[changes:]]
    person.evidence += [(fact, sentence) for fact in fresh]


def evidence_of(person: Person) -> tuple[Evidence, ...]:
    """The evidence of what is still said of somebody when everything was read."""
    facts = {*facts_of(person.look), *(words for _, words in person.changes)}
    kept = {fact: _short(sentence) for fact, sentence in reversed(person.evidence) if fact in facts}
    return tuple(Evidence(fact, sentence) for fact, sentence in list(reversed(kept.items()))[:MOST])


def holding_evidence(character: Character) -> tuple[Evidence, ...]:
    """A character's evidence without that of facts which nobody claims any more, since the description was edited."""
    claimed = fold(" ".join([character.description, *(change.description for change in character.changes)]))
    words = set(claimed.split())
    return tuple(
        one for one in character.evidence if fold(one.fact).split()[-1:] and (
            fold(one.fact).split()[-1] in words or KIN.get(one.fact, "?").split()[-1] in words
        )
    )  # fmt: skip


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
