"""What an English text says of how somebody looks, and what they put on and take off on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from agent.language import Clause, Document, NounPhrase, Token, with_article
from agent.story.cast.kinds import KIN, Kind
from agent.story.cast.mentions import Mention
from agent.story.cast.people import POLITE, People, Person, marks_of
from agent.story.lexicon import COLOURS, is_body_part, is_garment, singular
from agent.story.looks import AGE_WORD, Look, add_piece, add_pieces, age_in, look_of, piece_of

if TYPE_CHECKING:
    from agent.story.cast.reader import Placed

__all__ = ["describe", "describe_person", "description", "read_looks"]

_GENERIC = frozenset(("man", "woman", "boy", "girl", "person", "child", "lady", "gentleman", "fellow"))
_PUTTING_ON = frozenset(("put", "pull", "slip", "don", "button", "throw", "draw"))
_GIVING = frozenset(("give", "hand", "offer", "knit", "sew", "make", "buy", "lend", "bring"))
_TYING = frozenset(("tie", "wrap", "place", "set", "drape", "hang", "fasten", "knot", "put", "pull", "lay", "throw"))
_TAKING_OFF = frozenset(("lose", "remove", "drop", "discard", "shed"))
_SEEN = COLOURS | frozenset(
    """
    small tall thin round fat old young big tiny huge short plump slim skinny bald striped spotted fluffy furry enormous
    little large lean stout slender bony shaggy wrinkled freckled bearded pale ragged barefoot muscular broad gaunt
    scrawny lanky chubby hairy veiled
    """.split()  # noqa: SIM905
)
_IS_AGED = re.compile(rf"(?P<age>{AGE_WORD})(?: years? old| years of age)?")
_BRACKETS = re.compile(r"\s*\((?P<inside>[^()]+)\)")
_GROWN_UP = 16
_UNITS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty
""".split()  # noqa: SIM905


def describe(look: Look, kind: Kind, marks: Iterable[str], nouns: Iterable[str], number: str = "") -> Look:
    """The look of somebody of whom only a noun and what stands before it is known."""
    traits = tuple(filter(None, [number, *sorted(marks)]))
    return look.joined(Look(kind=" ".join([*sorted(nouns), kind.word]), traits=traits))


def describe_person(number: int, person: Person, mention: Mention, kind: Kind) -> None:
    """Take from a noun and the words around it what somebody is and looks like, as of scene `number`."""
    document, phrase = mention.document, mention.phrase
    before = [word for t in phrase.modifiers if (word := t.text.lower()) not in kind.word and word not in POLITE]
    word = " ".join([*before, kind.word])
    look = look_of(document, phrase, word)
    changed = {singular(words.split()[-1]) for _, words in person.changes}
    look = replace(look, wears=tuple(piece for piece in look.wears if singular(piece.what) not in changed))
    if person.gender == "" and kind.gender:
        person.gender = kind.gender
    if kind.gender and kind.person:
        person.gender = kind.gender
    known = person.look.kind
    became = mention.role == "attribute" and phrase.determiner in ("a", "an") and bool(person.scenes)
    aged = {"old", "young"} & set(look.traits) - set(person.look.traits)
    another = kind.word not in known.split() or "old" in aged
    if became and known and number > person.first and person.kind is not None and another:
        person.changes.append((number, f"now {look.text()}"))  # years later the boy is an old man
        return
    if not known:
        person.kind, person.look = kind, look.joined(person.look)
        return
    head = known.split()[-1]
    if kind.word == head:
        person.look = replace(person.look.joined(look), traits=_traits(person.look.traits, look.traits))
        if len(word.split()) > len(known.split()):
            person.look = replace(person.look, kind=word)
    elif head in KIN and phrase.determiner in ("a", "an"):  # "her grandfather, an old clockmaker"
        person.look = look.joined(replace(person.look, kind="", traits=()))
    elif kind.word in _GENERIC and phrase.determiner in ("a", "an") and head not in _GENERIC:
        person.look = replace(
            person.look.joined(replace(look, kind="", traits=())),
            kind=known if kind.word in ("man", "person", "fellow") else f"{kind.word} {known}",
            traits=_traits(look.traits, person.look.traits),
        )  # fmt: skip
    else:
        person.look = person.look.joined(replace(look, traits=look.traits if kind.head == head else ()))
    person.kind = person.kind or kind


def _traits(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Adjectives without a second one of the same meaning."""
    seen: set[str] = set()
    kept = []
    for word in (*first, *second):
        if not marks_of([word]) & seen:
            kept.append(word)
            seen |= marks_of([word])
    return tuple(kept)


def read_looks(number: int, document: Document, placed: list[Placed], people: People) -> None:
    """Note what a sentence says of its people's looks."""
    by_token = {one.mention.head.index: one.people for one in placed}
    for one in placed:
        if one.mention.sort == "name" and len(one.people) == 1:
            _from_name(number, document, one)
        if len(one.people) == 1 and (brackets := _BRACKETS.match(document.text[one.mention.head.end :])):
            _from_brackets(one.person, brackets["inside"])
    for token in document.tokens:
        if token.lemma == "with" and token.relation == "prep":
            _from_with(document, token, placed, by_token)
    for clause in document.clauses:
        if clause.negated or clause.irrealis:
            continue
        subjects = [p for phrase in clause.subjects for p in by_token.get(phrase.head.index, [])]
        doer = subjects[0] if len(set(map(id, subjects))) == 1 else None
        _from_clause(number, document, clause, doer, by_token, people)


_OWNING = ("subject", "object", "attribute")


def _from_with(document: Document, preposition: Token, placed: list[Placed], by_token: dict[int, list[Person]]) -> None:
    """What somebody has who stands further before "with": "sat a fox, shivering, with one white ear"."""
    if preposition.head in by_token:
        return
    for child in document.children[preposition.index]:
        phrase = document.phrase(child)
        fresh = phrase.owner is None and phrase.determiner != "the" and bool(phrase.adjectives)
        if child.relation != "pobj" or not fresh or not is_body_part(child.text.lower()):
            continue
        before = (one for one in reversed(placed) if one.mention.head.index < preposition.index)
        owner = next((one.person for one in before if len(one.people) == 1 and one.mention.role in _OWNING), None)
        if owner is not None:
            owner.look = add_piece(owner.look, document, phrase)


def _from_name(number: int, document: Document, one: Placed) -> None:
    person = one.person
    look = look_of(document, one.mention.phrase, "")
    if number == person.first or not person.scenes:
        person.look = person.look.joined(replace(look, traits=()))
    elif look.wears and not person.look.wears:
        person.look = person.look.joined(Look(wears=look.wears))


def _from_brackets(person: Person, inside: str) -> None:
    """What a screenplay says in brackets: "MARA (20s, bald, red coat)"."""
    from agent.story.looks import parse_look

    for piece in re.split(r"\s*[,;]\s*", inside):
        look = parse_look(piece)
        if age := age_in(piece):
            person.look = replace(person.look, age=person.look.age or age)
            continue
        traits = tuple(word for word in piece.lower().split() if word in _SEEN) if len(piece.split()) == 1 else ()
        person.look = person.look.joined(replace(look, kind="", traits=()))
        person.look = replace(person.look, traits=tuple(dict.fromkeys((*person.look.traits, *traits))))


def _from_clause(
    number: int,
    document: Document,
    clause: Clause,
    doer: Person | None,
    by_token: dict[int, list[Person]],
    people: People,
) -> None:
    verb = clause.verb
    children = document.children[verb.index]
    if clause.copula:
        _from_copula(number, document, clause, doer, by_token)
    elif verb.lemma in ("wear", "have") and doer is not None:
        for phrase in clause.objects:
            if is_garment(phrase.head.text.lower()) and (verb.lemma == "wear" or phrase.determiner in ("a", "an")):
                _wear(number, doer, document, phrase, changing=False)
            elif _is_feature(phrase) and verb.lemma == "have":
                doer.look = add_piece(doer.look, document, phrase)
    elif verb.lemma == "dress" and doer is None and clause.objects:
        for person in by_token.get(clause.objects[0].head.index, [])[:1]:
            person.look = add_pieces(person.look, document, range(verb.left, verb.right))
    elif verb.lemma == "dress" and doer is not None:
        doer.look = add_pieces(doer.look, document, list(range(verb.index + 1, verb.right)))
    if doer is None:
        return
    for place in clause.places:
        what = place.phrase.head.text.lower()
        if place.preposition == "in" and is_garment(what):
            _wear(number, doer, document, place.phrase, changing=False)
    for phrase in clause.objects:
        what = phrase.head.text.lower()
        if not is_garment(what) and not (what in ("it", "them") and verb.lemma in _TYING):
            continue
        target = _target(document, clause, by_token)
        if (
            (clause.particle == "on" and verb.lemma in _PUTTING_ON)
            or (verb.lemma in ("try",) and clause.particle == "on")
        ) or verb.lemma in ("don",):
            _wear(number, doer, document, phrase, changing=True)
        elif verb.lemma in _GIVING and target is not None and is_garment(what):
            _wear(number, target, document, phrase, changing=True)
        elif verb.lemma in _TYING and (wearer := _around(document, clause, by_token, doer)):
            _wear(number, wearer, document, phrase, changing=True)
        elif (clause.particle == "off" and verb.lemma in ("take", "pull", "throw")) or (
            verb.lemma in _TAKING_OFF or (clause.particle == "away" and verb.lemma in ("give", "throw"))
        ):
            thing = singular(what)
            worn = [*(piece.what for piece in doer.look.wears), *(words.split()[-1] for _, words in doer.changes)]
            if any(singular(one) == thing for one in worn):
                doer.changes.append((number, f"without the {piece_of(document, phrase).words.split(' ', 1)[-1]}"))
    if verb.lemma == "cut" and any(phrase.head.text.lower() == "hair" for phrase in clause.objects):
        doer.changes.append((number, "with short hair"))
    if verb.lemma in ("dye", "paint") and clause.objects and is_body_part(clause.objects[0].head.text.lower()):
        colour = next((child.text.lower() for child in children if child.text.lower() in COLOURS), "")
        colour = colour or next(
            (t.text.lower() for t in document.tokens[verb.index :] if t.text.lower() in COLOURS), ""
        )
        if colour:
            doer.changes.append((number, f"with {colour} {clause.objects[0].head.text.lower()}"))


def _is_feature(phrase: NounPhrase) -> bool:
    """Whether a phrase tells of a part of the body that it describes ("red hair")."""
    described = phrase.adjectives or phrase.modifiers or phrase.attachments
    return phrase.owner is None and bool(described) and is_body_part(phrase.head.text.lower())


def _from_copula(
    number: int, document: Document, clause: Clause, doer: Person | None, by_token: dict[int, list[Person]]
) -> None:
    """ "Her hair was long and red", "She was tall", "She was ten"."""
    adjectives = [
        token
        for child in document.children[clause.verb.index]
        if child.relation in ("acomp", "attr") and child.index > clause.verb.index
        for token in (child, *_joined(document, child))
    ]
    subject = clause.subject
    if subject is None:
        return
    if doer is None:
        part = subject.head.text.lower()
        owner = by_token.get(subject.owner.index, []) if subject.owner is not None else []
        words = [
            t.text.lower() for t in adjectives if t.tag in ("JJ", "VBN", "NN") and t.text.lower() in _SEEN_OF_PARTS
        ]
        if len(owner) == 1 and is_body_part(part) and words:
            feature = " ".join(dict.fromkeys(words)) + f" {part}"
            feature = feature if part.endswith("s") or part in ("hair", "fur") else with_article(feature)
            look = Look(hair=feature) if part == "hair" else Look(features=(feature,))
            owner[0].look = owner[0].look.joined(look)
        return
    for child in document.children[clause.verb.index]:
        if child.index > clause.verb.index and child.relation in ("acomp", "attr", "npadvmod"):
            age = _IS_AGED.fullmatch(document.words(child.left, child.right).strip(" ."))
            if age and not doer.look.age:
                doer.look = replace(doer.look, age=age["age"].lower())
    if number == doer.first or not doer.scenes:
        seen = tuple(
            t.text.lower()
            for t in adjectives
            if t.tag == "JJ"
            and t.text.lower() in _SEEN
            and not any(child.relation == "npadvmod" for child in document.children[t.index])
        )
        doer.look = replace(doer.look, traits=tuple(dict.fromkeys((*doer.look.traits, *seen))))
        inside = [
            index
            for child in document.children[clause.verb.index]
            if child.relation in ("prep", "acomp", "advcl") and child.index > clause.verb.index
            for index in range(child.left, child.right)
        ]
        doer.look = add_pieces(doer.look, document, inside)


_SEEN_OF_PARTS = _SEEN | frozenset(
    """
    long short curly straight bushy thick scraggly crooked sharp pointed wild tangled tousled braided neat wavy
    """.split()  # noqa: SIM905
)


def _joined(document: Document, token: Token) -> list[Token]:
    return [child for child in document.children[token.index] if child.relation == "conj"]


def _wear(number: int, person: Person, document: Document, phrase: NounPhrase, *, changing: bool) -> None:
    """Somebody wears a garment: from the beginning where they are new, else from this scene on."""
    if phrase.is_pronoun:  # "tied it around the neck": the garment named before
        earlier = [
            p for p in document.noun_phrases if p.head.index < phrase.head.index and is_garment(p.head.text.lower())
        ]
        if not earlier:
            return
        phrase = earlier[-1]
    piece = piece_of(document, phrase)
    known = {singular(one.what) for one in person.look.wears} | {singular(w.split()[-1]) for _, w in person.changes}
    if not changing and (number == person.first or not person.scenes or not known):
        person.look = person.look.joined(Look(wears=(piece,)))
        return
    if not changing and singular(piece.what) in known:
        return
    change = f"wearing {piece.words}"
    if not any(words == change for _, words in person.changes[-1:]):
        person.changes.append((number, change))


def _target(document: Document, clause: Clause, by_token: dict[int, list[Person]]) -> Person | None:
    """Whom something is given to."""
    for child in document.children[clause.verb.index]:
        heads = [child] if child.relation in ("dative", "dobj", "iobj") else []
        if child.relation in ("dative", "prep") and child.lemma in ("to", "for"):
            heads = [inner for inner in document.children[child.index] if inner.relation == "pobj"]
        for head in heads:
            if people := by_token.get(head.index):
                return people[0]
    return None


def _around(document: Document, clause: Clause, by_token: dict[int, list[Person]], doer: Person) -> Person | None:
    """Around whose neck, or on whose head, something is put."""
    for place in clause.places:
        if place.preposition not in ("around", "round", "on", "over", "about", "onto"):
            continue
        phrase = place.phrase
        if is_body_part(phrase.head.text.lower()) or phrase.head.text.lower() in ("head", "shoulders", "body"):
            if phrase.owner is not None:
                return next(iter(by_token.get(phrase.owner.index, [])), None)
            return doer
    return None


def description(person: Person) -> str:
    """Describe somebody in words for a prompt and for people: "a girl of nine in a yellow dress"."""
    look = person.look
    young = _is_child(look.age)
    head = look.kind.split()[-1] if look.kind else ""
    if head in KIN:
        drawn = KIN[head]
        if young and drawn in ("man", "woman"):
            drawn = "boy" if drawn == "man" else "girl"
        look = replace(look, kind=drawn)
    if not look.kind:
        kind = {"he": "boy" if young else "man", "she": "girl" if young else "woman"}.get(person.gender, "")
        kind = kind or ("child" if young else "person")
        look = replace(look, kind=kind)
    if look.age and (not person.is_person or "old" in look.kind.split() or look.kind.startswith("old")):
        look = replace(look, age="")
    return look.text()


def _is_child(age: str) -> bool:
    years = int(age) if age.isdigit() else _UNITS.index(age) + 2 if age in _UNITS else _GROWN_UP
    return years < _GROWN_UP
