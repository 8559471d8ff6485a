"""Who is in a story, what they look like, and in which scenes they are.

English is read by the parser (`reader`, on `names`, `mentions`, `kinds`); other languages by their tables (`plain`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.language import Document
from agent.story.cast import plain
from agent.story.cast.description import description
from agent.story.cast.evidence import evidence_of, holding_evidence
from agent.story.cast.kinds import Kind, kind_of
from agent.story.cast.mentions import SPEAKING, is_who
from agent.story.cast.names import cue_kind, cue_parts, find_persons, vocatives
from agent.story.cast.people import People, Person
from agent.story.cast.reader import THERE, SceneReader
from agent.story.lexicon import find, is_garment
from agent.story.looks import parse_look
from agent.story.seen import told_documents
from agent.story.sentences import detect_language
from agent.story.speech import find_speech, told
from db.board import Board, Change, Character

__all__ = ["Cast", "Meant", "find_cast", "holding_evidence", "read_scene"]

MAX_CAST = 40
MUCH = 3.0  # weight from which on nobody is more important in a scene than others
_MINDED = frozenset(("smile", "nod", "laugh", "grin", "think", "want"))
_WORD = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿß][^\W\d_]+")

Meant = Mapping[int, tuple[str, ...]]
"""Offset of a word in a scene's text -> ids of the characters whom it means."""


@dataclass(frozen=True)
class Cast:
    """`characters` by order of importance, ids "c1"...; `present[i]` are the ids of those in scene i, most important
    first, and `meant[i]` says whom its words mean (None in languages that are not parsed). Changes in
    `Character.changes` name scenes by the ids given to `find_cast`."""

    characters: tuple[Character, ...]
    present: tuple[tuple[str, ...], ...]
    meant: tuple[Meant | None, ...]


def find_cast(scenes: Sequence[str], scene_ids: Sequence[str] | None = None) -> Cast:
    """The cast of a story given as the texts of its scenes in order; `scene_ids` are by default "s1", "s2"..."""
    ids = list(scene_ids) if scene_ids is not None else [f"s{number}" for number in range(1, len(scenes) + 1)]
    if detect_language("\n\n".join(scenes)) != "en":
        return Cast(*plain.find_cast(scenes), tuple(None for _ in scenes))
    documents = [document for scene in scenes for _, document, _, _ in told_documents(scene)]
    speech = [said for scene in scenes for said in find_speech(scene)]
    narration = [told(scene) for scene in scenes]
    lower = Counter(match[0] for tale in narration for match in _WORD.finditer(tale))
    spoken = [cue_kind(cue) for said in speech if said.cue for cue in cue_parts(said.cue)]
    cues = [name for name, kind, _, _ in spoken if kind is None]
    people = People(find_persons(documents, cues, lower, _only_in_capitals(narration)))
    names = frozenset(form for person in people.everybody for form in person.forms)
    reader = SceneReader(people, names, _beings(documents))
    _find_narrator(reader, narration, [said.words for said in speech if not said.cue])
    meant = [reader.read(number, scene) for number, scene in enumerate(scenes)]
    return _cast(people, ids, meant)


def _only_in_capitals(narration: Sequence[str]) -> frozenset[str]:
    """The words that a text writes in capitals and never as a name is written: sounds, camera words, new characters."""
    words = {word for tale in narration for word in re.findall(r"[^\W\d_]{2,}", tale)}
    return frozenset(word.lower() for word in words if word.isupper() and word.capitalize() not in words)


def _beings(documents: Sequence[Document]) -> frozenset[str]:
    """Nouns that the lexicon does not know and that this text uses of somebody: who answers is somebody."""
    spoken: Counter[str] = Counter()
    for document in documents:
        for token in document.tokens:
            if token.word_class != "NOUN" or token.tag != "NN":
                continue
            if not document.phrase(token).determiner or find(token.lemma, "en") or is_garment(token.lemma):
                continue
            above = document.tokens[token.head]
            if is_who(document, token):
                spoken[token.lemma] += 2
            elif token.relation == "nsubj" or document.inverted_subject(above) == token:
                spoken[token.lemma] += above.lemma in (SPEAKING - {"call", "tell"}) | _MINDED
    made = re.compile(r"\w{3,}(?:er|or|ist|ian|ant|ee|eer|ard|ess|eur)")
    return frozenset(word for word, times in spoken.items() if times > 1 or made.fullmatch(word))


def _find_narrator(reader: SceneReader, narration: Sequence[str], speech: Sequence[str]) -> None:
    """Somebody who tells the story as "I"; their name is one that others call them by and that they never tell of."""
    tale = "\n".join(narration)
    count = len(re.findall(r"\bI\b(?!\.)", tale))
    if count < 3 or count < len(tale.split()) * 0.01:
        return
    called = re.search(r"\b(?:[Mm]y name (?:is|was)|I am called|[Cc]all me|[Tt]hey call me) ([A-ZÀ-Þ]\w+)", tale)
    name = called[1] if called else ""
    if not name:
        said = Counter(name for words in speech for name in vocatives(words) if not find(name.lower(), "en"))
        fits = [word for word in said if not re.search(rf"\b{re.escape(word.split()[-1])}\b", tale)]
        name = next((word for word in fits if word.split()[-1] not in ("Madam", "Sir", "Good")), "")
    person = reader.people.named(name) if name else None
    if person is None:
        forms = {name.lower(), name.lower().split()[-1]} if name else {"narrator"}
        person = reader.people.add(Person(name or "Narrator", named=True, forms=forms))
        reader.names = reader.names | forms
    person.forms.add("i")
    reader.people.narrator = person


def _cast(people: People, ids: Sequence[str], meant: Sequence[Mapping[int, list[Person]]]) -> Cast:
    for group in [p for p in people.everybody if len(p.members) > 1]:
        for member in group.members:
            for scene, weight in group.scenes.items():
                member.count(scene, weight)
            member.mentions += group.mentions
            member.subject += group.subject
        people.everybody.remove(group)
    kept = [person for person in people.everybody if _is_cast(person, people)]
    kept.sort(
        key=lambda p: (-(2 * len([w for w in p.scenes.values() if w >= 1]) + 0.5 * sum(p.scenes.values())), p.first)
    )
    kept = [person for at, person in enumerate(kept) if at < MAX_CAST or person.speaks]
    known = {id(person): f"c{number}" for number, person in enumerate(kept, start=1)}
    characters = []
    for person in kept:
        name = person.name[:1].upper() + person.name[1:]
        changes = tuple(Change(ids[at], words) for at, words in sorted(person.changes))
        aliases = sorted(form if form != "i" else "I" for form in person.forms if form.lower() != name.lower())
        if person.named:
            aliases = [alias.title() if alias != "I" and alias in name.lower() else alias for alias in aliases]
        evidence = evidence_of(person)
        characters.append(Character(known[id(person)], name, description(person), tuple(aliases), changes, evidence))
    present = []
    for at in range(len(meant)):
        here = [(n, p) for n, p in enumerate(kept) if p.scenes.get(at, 0.0) >= THERE]
        here.sort(key=lambda item: (-min(item[1].scenes[at], MUCH), item[0]))
        present.append(tuple(f"c{n + 1}" for n, _ in here[:6]))
    return Cast(tuple(characters), tuple(present), tuple(_ids(scene, known, people) for scene in meant))


def _ids(meant: Mapping[int, list[Person]], known: Mapping[int, str], people: People) -> Meant:
    ids: dict[int, tuple[str, ...]] = {}
    for at, somebody in meant.items():
        now = [people.now(person) for person in somebody]
        everybody = [member for person in now for member in (person.members if len(person.members) > 1 else [person])]
        ids[at] = tuple(dict.fromkeys(known[id(person)] for person in everybody if id(person) in known))
    return ids


def _is_cast(person: Person, people: People) -> bool:
    if not any(weight >= THERE for weight in person.scenes.values()):
        return False
    if person.several:  # gulls, guards and people who pass by are no characters
        return person.mentions >= 2 and person.subject >= 1
    if person.kind is not None and person.kind.concept == "fish" and not person.named and not person.subject:
        return False  # what is caught and eaten is a thing
    return person.named or person.mentions >= 2 or person.subject > 0 or person is people.narrator


def read_scene(text: str, board: Board, before: Sequence[str] = ()) -> tuple[tuple[str, ...], Meant | None]:
    """Ids of the board's characters whom a (new or rewritten) scene's text shows, and whom its words mean (None in
    languages that are not parsed). `before` are the ids present in the scene before, which pronouns may mean."""
    if detect_language(text) != "en":
        return plain.who_is_in(text, board), None
    everybody = [_known(character) for character in board.characters]
    people = People(everybody)
    known = {id(person): character.id for person, character in zip(everybody, board.characters, strict=True)}
    for character, person in reversed(list(zip(board.characters, everybody, strict=True))):
        if character.id in before:
            people.touch(person)
    people.narrator = next((p for p in everybody if p.name == "Narrator" or "i" in p.forms), None)
    names = frozenset(form for person in everybody if person.named for form in person.forms)
    beings = frozenset(p.kind.head for p in everybody if p.kind is not None)
    meant = SceneReader(people, names, beings).read(0, text)
    here = [(min(person.scenes.get(0, 0.0), MUCH), -number, person) for number, person in enumerate(everybody)]
    there = sorted(
        (item for item in here if item[0] >= THERE and id(item[2]) in known), key=lambda i: i[:2], reverse=True
    )
    return tuple(known[id(person)] for _, _, person in there), _ids(meant, known, people)


def _known(character: Character) -> Person:
    """Somebody as a board has them."""
    look = parse_look(character.description)
    forms = {form.lower() for form in (character.name, *character.aliases) if form}
    kind = _kind(look.kind) or next((k for form in sorted(forms) if (k := _kind(form))), None)
    named = kind is None or kind.head not in character.name.lower().split() or " " in character.name
    marks = {*look.traits}
    person = Person(
        character.name, named=named, kind=kind, gender=kind.gender if kind else "", forms=forms, marks=marks
    )
    person.look = look
    return person


def _kind(words: str) -> Kind | None:
    if not words:
        return None
    from agent.language import parse

    document = parse(f"the {words}")
    phrase = next((p for p in document.noun_phrases if p.end == len(document.tokens)), None)
    return kind_of(document, phrase) if phrase is not None else None
