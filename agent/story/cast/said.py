"""What speech says of who somebody is: "My name is Pendulum", "This is Rosa", "Are you Dorothy Gale?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.story.cast.mentions import SPEAKING
from agent.story.cast.names import NEVER
from agent.story.cast.people import Person
from agent.story.speech import Speech

if TYPE_CHECKING:
    from agent.story.cast.reader import Placed, SceneReader

__all__ = ["named_in_speech"]

_NAME = r"(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2})"
_MY_NAME = re.compile(rf"\b(?:[Mm]y name(?: is|['’]s)|[Cc]all me|[Pp]eople call me|[Tt]hey call me) {_NAME}")
_I_AM = re.compile(rf"\b(?:I am|I['’]m) {_NAME}(?=[,.!?;]|$)")
_THIS_IS = re.compile(
    rf"\b(?:[Tt]his is|[Mm]eet|[Hh]ere is|(?:[Hh]is|[Hh]er|[Ii]ts) name is) (?:my friend )?{_NAME}(?=[,.!?;]|$)"
)
_I_AM_A = re.compile(r"\bI(?: am|['’]m) an? (?P<kind>[A-Za-z]+)(?=[,.!?;]|$)")
_ARE_YOU = re.compile(rf"\b[Aa]re you (?:really )?{_NAME}(?=\?)")


def named_in_speech(reader: SceneReader, said: Speech, placed: list[Placed]) -> Person | None:
    """Give those their names whom a speech names; who speaks. `placed` are the mentions of its sentence."""
    speaker = _speaker(reader, said, placed)
    if speaker is not None:
        if match := _MY_NAME.search(said.words) or _I_AM.search(said.words):
            if not speaker.named or speaker.name == "Narrator":
                speaker = reader.rename(speaker, match["name"])
        elif match := _I_AM_A.search(said.words):
            speaker = reader.same(speaker, match["kind"].lower())
        elif match := _ARE_YOU.search(said.words):
            there = [p for one in placed for p in one.people if p is not speaker]
            there += [p for p in reversed(reader.people.recent) if p is not speaker]
            asked = next((p for p in there if not p.several), None)
            if asked is not None and not asked.named and asked.is_person:
                reader.rename(asked, match["name"])
    match = _THIS_IS.search(said.words)
    if match and match["name"].lower() not in NEVER:
        there = [p for one in placed if one.mention.start >= said.end for p in one.people]
        there += list(reversed(reader.people.recent))
        who = next((p for p in there if p is not speaker and not p.named and not p.several and p.owner is None), None)
        if who is not None:
            reader.rename(who, match["name"])
    return speaker


def _speaker(reader: SceneReader, said: Speech, placed: list[Placed]) -> Person | None:
    """Who says something: the subject of a verb of speech, else the sentence's subject, else whoever spoke last in the
    paragraph."""
    subjects = [one for one in placed if one.mention.role in ("subject", "alone", "object") and len(one.people) == 1]
    for one in subjects:
        verb = one.mention.document.tokens[one.mention.head.head]
        if (verb.lemma in SPEAKING and one.mention.role != "object") or (
            verb.lemma in SPEAKING and one.mention.head.index > verb.index and len(subjects) == 1
        ):
            return one.person
    own = [one for one in subjects if one.mention.role == "subject"]
    return own[0].person if own else reader.speaker
