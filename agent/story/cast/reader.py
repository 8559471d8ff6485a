"""Follow everybody of an English text from sentence to sentence: who each name, noun and pronoun means.

A pronoun means the one spoken of last whom it fits, a sentence's subject before others (after Hobbs 1978 and the
centering of Grosz, Joshi and Weinstein 1995, much simplified). Who is only talked about is not there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.language import Document, Token
from agent.story.cast.description import describe, read_looks
from agent.story.cast.evidence import note_evidence
from agent.story.cast.groups import group_means, join_children, member_means
from agent.story.cast.kinds import KIN, ROLES, Kind
from agent.story.cast.mentions import NAMING, Mention, find_mentions, is_who
from agent.story.cast.names import cue_kind, cue_parts
from agent.story.cast.people import POLITE, People, Person, marks_of
from agent.story.cast.pronouns import pronoun_means
from agent.story.cast.said import named_in_speech
from agent.story.looks import Look
from agent.story.seen import told_documents
from agent.story.speech import Speech, find_speech

__all__ = ["THERE", "Placed", "SceneReader"]

THERE = 0.9  # weight of mentions from which on somebody is in a scene

_DEEDS = {
    "bark": "dog",
    "yelp": "dog",
    "purr": "cat",
    "meow": "cat",
    "miaow": "cat",
    "neigh": "horse",
    "whinny": "horse",
}
_ADDRESSES = re.compile(r"\b(?:you|your|yours|thee|thou|thy|sir|madam|me|us)\b|\?|^(?:No|Yes)\b", re.IGNORECASE)


@dataclass
class Placed:
    """A mention and the persons it means (several for "they" and "the girls")."""

    mention: Mention
    people: list[Person]

    @property
    def person(self) -> Person:
        """The first of them."""
        return self.people[0]


class SceneReader:
    """Reads scenes in order. `names` are persons' names, `beings` further nouns that this text uses of somebody, both
    in small letters."""

    def __init__(self, people: People, names: frozenset[str], beings: frozenset[str]) -> None:
        self.people = people
        self.names = names
        self.beings = beings
        self.together: list[Person] = []  # who "they" are, where nobody else is several
        self.speaker: Person | None = None  # who spoke last in this paragraph
        self.paragraph = -2  # where the paragraph begins that is read
        self.pet: Person | None = None  # an animal that the sentence before said somebody has
        self.talk: list[Person] = []  # the last two who spoke
        self.subject: Person | None = None  # whom the last sentence was about
        self.before: list[Person] = []  # who was there in the scene before
        self.sentences = 0  # read so far
        self.children: Person | None = None  # "the three children", whose names the next sentences give
        self.children_until = 0  # the last sentence that may

    def read(self, number: int, text: str) -> dict[int, list[Person]]:
        """Read one scene; whom each word means that means somebody, by the word's offset in the scene."""
        meant: dict[int, list[Person]] = {}
        speech = find_speech(text)
        at = 0
        self.paragraph = -2
        for start, document, first, last in told_documents(text):
            at = self._untold(number, text, speech, at, first)
            here = text.rfind("\n\n", 0, first)
            if here != self.paragraph:
                self.paragraph, self.speaker = here, None
            placed = self._sentence(number, start, document, text[first:last])
            for one in placed:
                meant[one.mention.start] = one.people
            while at < len(speech) and speech[at].start < last and not speech[at].cue:
                self._says(named_in_speech(self, speech[at], placed))
                at += 1
        self._untold(number, text, speech, at, len(text) + 1)
        there = [p for p in self.people.everybody if p.scenes.get(number, 0.0) >= THERE and not p.several]
        if len(there) == 1 and any(_ADDRESSES.search(said.words) for said in speech):
            there += self._listening(number, there[0])
        self.before = there
        return meant

    def _listening(self, number: int, speaker: Person) -> list[Person]:
        """Note who listens to somebody who is alone in a scene and yet talks to "you": one who was there before."""
        others = [p for p in self.before if p is not speaker and p in self.people.everybody]
        talked = [p for p in self.talk if p in others]
        listener = (talked or sorted(others, key=self.people.recency))[-1:]
        for person in listener:
            person.count(number, THERE)
        return listener

    def _says(self, speaker: Person | None) -> None:
        self.speaker = speaker
        if speaker is not None and self.talk[-1:] != [speaker]:
            self.talk = [*self.talk, speaker][-2:]

    def _untold(self, number: int, text: str, speech: Sequence[Speech], at: int, before: int) -> int:
        """Note who speaks before an offset of the scene where nothing is told: whom a script names, else the two who
        talk, by turns."""
        while at < len(speech) and speech[at].start < before:
            said = speech[at]
            at += 1
            here = text.rfind("\n\n", 0, said.start)
            turns, self.paragraph = here != self.paragraph, here
            for person in filter(None, map(self.by_cue, cue_parts(said.cue) if said.cue else ())):
                person.count(number, 1.5)
                person.mentions += 1
                person.subject += 1
                person.speaks = True
                self.people.touch(person)
                self._says(person)
            if not said.cue:
                if turns or self.speaker is None:
                    self._says(self._answering())
                if self.speaker is not None:
                    self.speaker.count(number, 1.0)
                    self._says(named_in_speech(self, said, []))
        return at

    def _answering(self) -> Person | None:
        """Who speaks next where the text does not say: of two who talk, the other."""
        if len(self.talk) > 1:
            return self.talk[0]
        there = [self.people.narrator, *reversed(self.people.recent)]
        fits = [p for p in there if p is not None and p not in self.talk and not p.several]
        return fits[0] if fits and self.talk else None

    def by_cue(self, cue: str) -> Person | None:
        """Who speaks under a name above a speech."""
        name, kind, marks, nouns = cue_kind(cue)
        person = self.people.named(name)
        if person is None and kind is not None:
            person = self.people.meant(kind, marks, nouns, None, heard=False)
            if person is None:
                person = self.people.add(Person(name, kind=kind, gender=kind.gender, marks=marks, nouns=nouns))
                person.look = describe(person.look, kind, marks, nouns)
            person.forms |= {name.lower(), kind.word}
        return person

    def _sentence(self, number: int, start: int, document: Document, sentence: str) -> list[Placed]:
        self.sentences += 1
        before = {id(person): (person.look, len(person.changes)) for person in self.people.everybody}
        placed: list[Placed] = []
        by_token: dict[int, list[Person]] = {}
        counted: set[tuple[int, int]] = set()
        for mention in find_mentions(start, document, self.names, self.beings):
            people = self._who(number, mention, placed, by_token)
            if not people:
                continue
            by_token[mention.head.index] = people
            placed.append(Placed(mention, people))
            for person in people if mention.sort != "pronoun" and mention.weight > 0 else ():
                self.people.touch(person)
            for person in people:
                weight = mention.weight
                deed = (id(person), mention.clause.verb.index if mention.clause else -1)
                if deed in counted and mention.role != "owner":
                    weight = 0.0  # "her cat Pumpkin sleeps" is one
                counted.add(deed)
                if mention.pronoun is not None and mention.pronoun.gender == "it":
                    weight *= 0.3
                person.count(number, weight)
                if mention.sort != "pronoun" or (person.several and mention.weight > 0):
                    person.mentions += 1
                acts = mention.role == "subject" and mention.weight >= 1
                if (acts and mention.sort != "pronoun") or (mention.weight >= 1 and is_who(document, mention.head)):
                    person.subject += 1
        self._remember(placed)
        self._known_by_deeds(document, placed)
        read_looks(number, document, placed, self.people)
        for person in dict.fromkeys(person for one in placed for person in one.people):
            note_evidence(person, *before.get(id(person), (Look(), 0)), sentence)
        return placed

    def _remember(self, placed: list[Placed]) -> None:
        """Make the people of a sentence the last spoken of, its subject the very last."""
        order = [p for one in placed if one.mention.weight > 0 or one.mention.sort != "noun" for p in one.people]
        mains = [one for one in placed if one.mention.role == "subject" and one.mention.weight > 0]
        subjects = [p for one in mains for p in one.people]
        main = [one for one in mains if one.mention.clause and one.mention.clause.verb.relation in ("ROOT", "conj")]
        for person in [*dict.fromkeys(reversed(order)), *reversed(list(dict.fromkeys(subjects)))]:
            self.people.touch(person)
        self.subject = main[-1].person if main else subjects[0] if subjects else self.subject
        if self.subject in self.people.everybody:
            self.people.touch(self.subject)
        here = list(dict.fromkeys(p for one in placed if one.mention.weight >= 1 for p in one.people))
        joined = [one for one in placed if len(one.people) > 1]
        if joined:
            self.together = joined[-1].people
        elif main and main[-1].person.several:
            self.together = main[-1].people
        elif len(here) > 1:
            self.together = here[:3]
        for one in placed:
            if one.mention.role == "subject" and one.mention.clause is not None and len(one.people) == 1:
                one.person.place |= {place.phrase.head.text.lower() for place in one.mention.clause.places}

    def _known_by_deeds(self, document: Document, placed: list[Placed]) -> None:
        """Whose kind is known by what they do: Bello, who wags his tail, is a dog; so is Rufus, of whom the next
        sentence tells when somebody has a dog."""
        pet, self.pet = self.pet, None
        for place, one in enumerate(placed):
            person = one.person
            if one.mention.sort != "name" or person.kind is not None or one.mention.role != "subject":
                continue
            verb = document.tokens[one.mention.head.head]
            objects = {child.lemma for child in document.children[verb.index] if child.relation == "dobj"}
            kind = _DEEDS.get(verb.lemma) or ("dog" if verb.lemma == "wag" and "tail" in objects else "")
            told_of = verb.lemma in ("be", "have", "love", "like")
            if pet is not None and place == 0 and person.mentions == 1 and (kind or told_of):
                merged = self.people.merge(person, pet)
                self._replace(placed, {}, pet, merged)
            elif kind:
                person.kind = Kind(kind, kind, person=False)
                person.look = describe(person.look, person.kind, set(), set())
                person.forms.add(kind)
        last = placed[-1] if placed else None
        if last is not None and last.mention.sort == "noun" and not last.person.is_person and not last.person.named:
            verb = document.tokens[last.mention.head.head]
            if last.mention.role in ("object", "attribute") and verb.lemma in (
                "have",
                "own",
                "keep",
                "buy",
                "get",
                "be",
            ):
                self.pet = last.person

    # --- who a mention means -----------------------------------------------------------------------------------------

    def _who(
        self, number: int, mention: Mention, placed: list[Placed], by_token: dict[int, list[Person]]
    ) -> list[Person]:
        if mention.sort == "pronoun":
            return pronoun_means(self, mention, placed)
        if mention.sort == "one" and ((members := member_means(self, mention, placed)) or mention.kind is None):
            return members
        described = self._described(mention, placed, by_token)
        if mention.sort == "name":
            person = self.people.named(mention.name) or self.people.named(mention.head.text)
            if person is None:
                return []
            if described and described is not person and _may_be_one(person, described):
                person = self.people.merge(person, described)
                self._replace(placed, by_token, described, person)
            if person.mentions == 0 and person.kind is None and mention.kind is None:
                join_children(self, person)
            if mention.kind is not None and person.kind is None and not mention.kind.several:
                person.kind, person.gender = mention.kind, person.gender or mention.kind.gender
            return [person]
        kind = mention.kind
        assert kind is not None
        if kind.several:
            return group_means(self, mention, kind)
        if described is not None and self._may_describe(described, kind, mention):
            self._describe(number, described, mention, kind)
            return [described]
        return self._noun(number, mention, kind, placed, by_token)

    def _described(self, mention: Mention, placed: list[Placed], by_token: dict[int, list[Person]]) -> Person | None:
        """Whom an apposition, a complement of "be", or a name that is given says more of."""
        document, head = mention.document, mention.head
        if head.relation == "conj":
            return None
        above = document.tokens[head.head]
        if mention.role == "apposition":
            people = by_token.get(above.index)
            if people is None and placed and not above.text[:1].isupper():
                last = [one for one in placed if one.mention.head.left <= above.index < one.mention.head.right]
                people = last[-1].people if last else None
            return people[0] if people and len(people) == 1 else None
        if mention.role == "attribute" and mention.clause is not None:
            verb = document.tokens[head.head]
            if verb.lemma in NAMING:
                objects = [c for c in document.children[verb.index] if c.relation in ("dobj", "nsubjpass")]
                target = objects[0] if objects else document.tokens[verb.head] if verb.relation == "acl" else None
                people = by_token.get(target.index) if target is not None else None
                return people[0] if people and len(people) == 1 else None
            if mention.clause.irrealis or mention.clause.negated:
                return None
            subject = next((c for c in document.children[verb.index] if c.relation == "nsubj"), None)
            if subject is None:
                return None
            if subject.lemma == "name":  # "His name was Tobias Finch"
                owner = next((c for c in document.children[subject.index] if c.relation == "poss"), None)
                people = by_token.get(owner.index) if owner is not None else None
                return people[0] if people else None
            if subject.text.lower() == "it" and mention.sort == "noun" and mention.kind and not mention.kind.several:
                known = self.people.meant(mention.kind, set(), set(), None, heard=False)
                if known is None and mention.phrase.determiner == "the" and self.subject and not self.subject.named:
                    if mention.name:
                        self.subject.name = mention.name  # a stranger who is recognised
                    return self.subject
                return known if known in self.people.recent[-3:] else None
            if subject.text.lower() in ("it", "this", "that") and mention.sort == "name":
                known = self.people.named(mention.name)
                if known is None or known.mentions > 0:
                    return None
                recent = [p for p in reversed(self.people.recent) if not p.named]
                return recent[0] if recent else None
            people = by_token.get(subject.index)
            return people[0] if people and len(people) == 1 else None
        before = placed[-1] if placed else None
        adjacent = before is not None and before.mention.head.index == head.left - 1 and len(before.people) == 1
        if adjacent and before is not None and {before.mention.sort, mention.sort} == {"noun", "name"}:
            return before.person if before.mention.head.text.islower() else None  # "her grey cat Pumpkin"
        return None

    def _may_describe(self, person: Person, kind: Kind, mention: Mention) -> bool:
        if person.several or ({person.gender, kind.gender} == {"he", "she"} and person.kind is not None):
            return False
        if (
            mention.role == "attribute"
            and mention.phrase.determiner not in ("a", "an", "the")
            and not mention.phrase.owner
        ):
            return False
        return person.kind is None or person.kind.person == kind.person

    def _describe(self, number: int, person: Person, mention: Mention, kind: Kind) -> None:
        from agent.story.cast.description import describe_person

        describe_person(number, person, mention, kind)
        if mention.phrase.owner is None:
            person.forms.add(kind.word)
        for other in list(self.people.everybody):  # "a fox ... they called him Pip, a fox"
            if other is not person and not other.named and not other.mentions and kind.word in other.forms:
                self.people.merge(person, other)

    def _noun(
        self, number: int, mention: Mention, kind: Kind, placed: list[Placed], by_token: dict[int, list[Person]]
    ) -> list[Person]:
        phrase = mention.phrase
        marks = marks_of(t.text.lower() for t in phrase.adjectives)
        nouns = {t.text.lower() for t in phrase.modifiers} - POLITE
        owner = self._owner(phrase.owner, placed, by_token)
        determiner = phrase.determiner
        fresh = determiner in ("a", "an", "another") or (determiner in ("one", "some") and mention.role != "attribute")
        bare = not fresh and not determiner and phrase.owner is None and not mention.head.text[:1].isupper()
        if bare and (mention.role in ("oblique", "owner") or not (marks or nouns or mention.role == "alone")):
            return []  # "as king", "in man"
        if fresh and ":" in mention.document.text[: mention.head.start]:
            fresh = False  # "three friends climbed up: an old man, a girl, and a fox"
        person = None
        if not fresh:
            earlier = kind.head in KIN and owner is not None and mention.weight < 1  # who is only told of
            person = self._by_place(mention, kind) or self.people.meant(kind, marks, nouns, owner, heard=not earlier)
            if person is not None and owner is person:
                person = None
        elif determiner != "another":
            # a story that is read on from where it was: "a fox" of whom nothing was told yet
            unseen = [p for p in self.people.everybody if not p.mentions and not p.several and kind.word in p.forms]
            person = next((p for p in unseen if not p.named), None) or self._seen_again(kind, marks)
        if person is not None:
            person.forms.add(kind.word) if _is_own(person, kind) else None
            person.marks |= marks
            person.nouns |= nouns if _is_own(person, kind) else set()
            person.owner = person.owner or owner
            self._describe_again(number, person, mention, kind)
            return [person]
        if mention.weight <= 0 or (
            mention.role == "attribute" and mention.clause is not None and mention.clause.irrealis
        ):
            return []
        telling = [t.text.lower() for t in phrase.modifiers if t.text.lower() in nouns]
        told_apart = [t.text.lower() for t in phrase.adjectives if t.text.lower() in _TELLING]
        name = " ".join([*told_apart[:1], *telling, kind.word.split()[-1] if telling else kind.word])
        if mention.name.count(" ") == len(telling) > 0:
            name = mention.name
        person = Person(name, kind=kind, gender=kind.gender, forms={kind.word, name.lower()}, marks=marks, nouns=nouns)
        person.owner = owner
        self.people.add(person)
        self._describe_again(number, person, mention, kind)
        return [person]

    def _seen_again(self, kind: Kind, marks: set[str]) -> Person | None:
        """Who is well known and now described once more: "a small round robot was teaching"."""
        same = [p for p in self.people.everybody if p.kind is not None and p.kind.head == kind.head and not p.several]
        if len(same) == 1 and same[0].mentions >= 4 and len(marks & (same[0].marks | set(same[0].look.traits))) >= 2:
            return same[0]
        return None

    def _describe_again(self, number: int, person: Person, mention: Mention, kind: Kind) -> None:
        from agent.story.cast.description import describe_person

        if _is_own(person, kind):
            describe_person(number, person, mention, kind)

    def _by_place(self, mention: Mention, kind: Kind) -> Person | None:
        """Whom "the traveller in the tree" means: who of the kind was last told to be there."""
        where = {inner.head.text.lower() for _, inner in mention.phrase.attachments}
        fits = [p for p in self.people.everybody if not p.several and kind.word in p.forms and p.place & where]
        return fits[-1] if fits and where else None

    def _owner(self, owner: Token | None, placed: list[Placed], by_token: dict[int, list[Person]]) -> Person | None:
        if owner is None:
            return None
        people = by_token.get(owner.index)
        return people[0] if people and len(people) == 1 else None

    def _replace(self, placed: list[Placed], by_token: dict[int, list[Person]], old: Person, new: Person) -> None:
        """Put somebody in the place of one who turned out to be the same."""
        for one in placed:
            one.people = list(dict.fromkeys(new if p is old else p for p in one.people))
        for index, people in by_token.items():
            by_token[index] = list(dict.fromkeys(new if p is old else p for p in people))
        self.together = list(dict.fromkeys(new if p is old else p for p in self.together))
        self.subject = new if self.subject is old else self.subject
        self.speaker = new if self.speaker is old else self.speaker
        self.talk = [new if p is old else p for p in self.talk]

    def same(self, speaker: Person, kind: str) -> Person:
        """Who somebody with a name is who says "I am a fox": the fox of whom it was told lately, if there is one."""
        if not speaker.named or speaker.kind is not None:
            return speaker
        told = [p for p in self.people.recent if not p.named and p.kind is not None and p.kind.head == kind]
        if not told:
            return speaker
        merged = self.people.merge(speaker, told[-1])
        self._replace([], {}, told[-1], merged)
        return merged

    def rename(self, person: Person, name: str) -> Person:
        """Give somebody the name that is said to be theirs; one with that name already is the same."""
        parts = {name.lower(), *name.lower().split()}
        known = self.people.named(name) or next((p for p in self.people.everybody if p.named and p.forms & parts), None)
        if known is not None and known is not person:
            if not _may_be_one(known, person):
                return person
            merged = self.people.merge(known, person)
            self._replace([], {}, person, merged)
            merged.name = name if len(name) > len(merged.name) else merged.name
            merged.forms.add(name.lower())
            return merged
        if not person.named:
            person.name, person.named = name, True
        words = name.split()
        person.forms |= {name.lower(), words[0].lower(), words[-1].lower()}
        self.names = self.names | person.forms
        return person


_TELLING = frozenset(
    "old young little big black white wicked red grey gray brown tall mother father baby papa mama".split()  # noqa: SIM905
)


def _may_be_one(named: Person, other: Person) -> bool:
    """Whether somebody without a name can turn out to be this named person."""
    if other.named or other.several or named.several or {named.gender, other.gender} == {"he", "she"}:
        return False
    if named.kind is None or other.kind is None:
        return True
    return named.kind.person == other.kind.person and (named.kind.person or named.kind.concept == other.kind.concept)


def _is_own(person: Person, kind: Kind) -> bool:
    """Whether a noun says what somebody is, and is no passing word for them ("the guest")."""
    if person.kind is None:
        return kind.head not in ROLES and kind.head not in ("fellow", "guy", "chap", "person", "figure")
    return person.kind.head == kind.head or person.kind.concept == kind.concept
