"""When two mentions are one person: "a fox named Pip", "Mira, a girl of nine", "he was an old clockmaker"."""

from __future__ import annotations

import re

from agent.story.cast.old_looks import Look, age_after, noun_phrase, pieces_after
from agent.story.mentions import AGED, SAME_SIZE, Mention, Person, Reader, indefinite
from agent.story.names import SPEECH_VERBS
from agent.story.speech import Speech

__all__ = ["count", "describe_by_noun", "known_by_deeds", "linked_name", "merge", "named_here", "named_in_speech"]

_LINKED = re.compile(
    r"^,? (?:(?:who|which) (?:was|is) )?(?:named|called|by the name of|whose name was|llamad[oa]|que se llamaba|"
    r"nommée?|appelée?|"
    r"qui s'appelait|namens|mit (?:dem )?namen|der hieß|die hieß)[ ,]+$",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    r"(?:,|, who (?:was|is)| was| is|, era|, war| war| était| era| est| es| the| der| die| das| le| la| el)"
    r"(?: (?:an?|the|his|her|their|my|un|una|une|le|la|el|der|die|das|ein|eine))? ?"
    r"(?:[^\W\d_]+(?:-[a-z]+|['’]s)?,? ){0,4}"
)
_CALLED = re.compile(
    r"(?:名叫|名字叫|叫做|叫)$|\b(?:[Hh]is|[Hh]er|[Ii]ts) name (?:was|is) $|\b[Ii]t was (?:really |only )?(?:the )?$|"
    r"\b(?:called|named|christened) (?:him|her|it|them|the \w+|her \w+|his \w+) $"
)

_DEEDS_OF = {
    kind: re.compile(rf" (?:\w+ly )?(?:{deeds})\b")
    for kind, deeds in {
        "dog": "(?:barks|barked|yelps|yelped) (?:at|and|happily|loudly)|wag(?:s|ged) (?:his|her|its) tail",
        "cat": "purrs|purred|meows|meowed|miaows|miaowed",
        "horse": "neighs|neighed|whinnies|whinnied",
    }.items()
}
_HAS_A = re.compile(
    r"\b(?:had|has|got|owned|kept|bought|there (?:was|is|lived)|lived with) an? (?:[a-z-]+,? ){0,3}$", re.IGNORECASE
)
_IS_TOLD_OF = re.compile(r" (?:was|is|had|has|loved|loves|liked|likes)\b")

_MY_NAME = re.compile(
    r"(?:\b[Mm]y name(?: is|['’]s)|\bI am|\bI['’]m|\b[Cc]all me|\bcalls? me|\b[Mm]e llamo|\b[Mm]i nombre es|"
    r"\b[Jj]e m['’]appelle|\b[Ii]ch heiße|\b[Mm]ein Name ist) (?:the |just |only )?$|我叫$|我是$"
)
_THIS_IS = re.compile(r"\b(?:[Tt]his is|[Mm]eet|[Hh]ere is|(?:[Hh]is|[Hh]er|[Ii]ts) name is) (?:my friend )?$")


def count(person: Person, number: int, weight: float) -> None:
    """Notes that the person is in scene `number`; weights of the mentions there add up."""
    if not person.scenes:
        person.first = number
    person.scenes[number] = person.scenes.get(number, 0.0) + weight


def linked_name(reader: Reader, mention: Mention, mentions: list[Mention], text: str) -> Person | None:
    """The named person that a noun describes: "a fox named Pip", "Pip the fox", "Pip, a small fox", "his sister
    Mira"."""
    if re.match(r"['’]s\b", text[mention.end :]):
        return None  # "Captain, the fisherman's dog" is no fisherman
    for other in mentions:
        if other.kind != "name":
            continue
        person = reader.by_form[other.value][0]
        if other.start >= mention.end:
            between = text[mention.end : other.start]
            if reader.language in ("es", "fr"):
                between = re.sub(r"^(?: [a-zà-ÿ]+){1,2}(?= (?:llamad|nommé|appelé|que se|qui s))", "", between)
            after_age = re.sub(r"^ of (?:about )?\w+", "", between)
            if _LINKED.match(after_age) or (between == " " and reader.language in ("en", "es", "fr", "de")):
                return person
            short = (
                re.fullmatch(r"(?: of \w+)?(?: (?:in|with|wearing) [^,.;]{1,40})?, ", between)
                and text[other.end : other.end + 1] == ","
            )
            if short and not person.concept:
                return person
        else:
            between = text[other.end : mention.start]
            if between == "という":
                return person
            between = re.sub(r" \([^()]*\)", "", between)  # a screenplay's "BEN (40, bald), her father"
            if " and " in between or not _APPOSED.fullmatch(between):
                continue
            if person.concept and person.concept != mention.value.lower():
                # "Mira, a girl of nine" says more of her; "Mira, the fox, ..." is a list.
                fits = mention.group == "they" or person.sex in ("", "they", mention.group)
                if (
                    not fits
                    or not re.match(r",? (?:was |is )?an? ", between)
                    or mention.group in ("animal", "creature")
                ):
                    continue
            return person
    return None


def describe_by_noun(reader: Reader, number: int, person: Person, mention: Mention, text: str) -> None:
    """Takes from a noun and the words around it what the person is and looks like, as of scene `number`."""
    phrase = noun_phrase(text, mention.start, mention.end) if reader.language == "en" else None
    word = mention.value.lower() if reader.language == "en" else mention.concept
    head = AGED.sub("", word)
    if mention.group in ("he", "she"):
        person.sex = mention.group
    elif not person.sex:
        person.sex = "they" if mention.group == "they" else "it"
    person.concept = person.concept or head
    person.forms |= {word, head}
    noun = indefinite(phrase[1] if phrase else word) + (age_after(text, mention.end) if phrase else "")
    kin = phrase is not None and phrase[0] in ("his", "her", "their", "my", "our")
    became = re.search(r"\b(?:was|is|became) (?:now |still )?an? (?:[\w-]+,? ){0,4}$", text[: mention.start])
    if became and phrase and person.look.noun and person.scenes and number > person.first:
        before = set(person.look.noun.split()) | person.forms
        if head not in before or (phrase[1] not in person.look.noun and "old" in phrase[1] and "old" not in before):
            grown = Look(noun)  # years later the boy is an old man
            for piece in pieces_after(text, mention.end):
                grown.add(piece)
            person.changes.append((number, f"now {grown.text()}"))
            return
    if not person.look.noun or (person.kin and not kin):
        person.look.noun, person.kin = noun, kin
    elif phrase and not person.named and phrase[0] in ("a", "an"):
        # "The captain, a stout woman": a stout woman captain
        role = re.sub(r"^an? ", "", person.look.noun)
        person.look.noun = indefinite(f"{phrase[1]} {role}" if head not in role.split() else f"{phrase[1]}")
    if phrase:
        person.adjectives |= {SAME_SIZE.get(adjective, adjective) for adjective in phrase[2]}
        if aged := AGED.match(word):
            person.adjectives.add(aged[1])
    # Somebody was already known by this noun alone ("a fox ... they called him Pip"): they are one.
    for other in list(reader.people):
        if other is not person and not other.named and word in other.forms and other in reader.recent[-3:]:
            merge(reader, person, other)


def merge(reader: Reader, person: Person, other: Person) -> None:
    """Makes one of two who turn out to be the same: `person` stays and gets what was known of `other`."""
    person.forms |= other.forms | {other.name}
    person.adjectives |= other.adjectives
    person.concept = person.concept or other.concept
    person.sex = person.sex or other.sex
    person.lexical = person.lexical or other.lexical
    person.age = person.age or other.age
    if other.look.noun and (not person.look.noun or len(other.look.noun) > len(person.look.noun)):
        person.look.noun = other.look.noun
    for piece in [*other.look.body, *other.look.garments]:
        person.look.add(piece)
    for number, weight in other.scenes.items():
        count(person, number, weight)
    person.first = min(person.scenes, default=0)
    person.changes = sorted(person.changes + other.changes)
    person.mentions += other.mentions
    person.subject += other.subject
    reader.people.remove(other)
    if other in reader.recent:
        reader.recent[reader.recent.index(other)] = person


def known_by_deeds(reader: Reader, text: str, placed: list[tuple[Mention, Person]]) -> None:
    """Who has a name and no kind: "Tom had a dog. Rufus was brown", and Bello, who wags his tail, are dogs."""
    pet, reader.pet = reader.pet, None
    if reader.language != "en":
        return
    for place, (mention, person) in enumerate(placed):
        if mention.kind != "name" or not person.named or person.concept:
            continue
        after = text[mention.end :]
        kind = next((kind for kind, deed in _DEEDS_OF.items() if deed.match(after)), "")
        if place == 0 and pet in reader.people and person.mentions == 1 and (kind or _IS_TOLD_OF.match(after)):
            merge(reader, person, pet)
        elif kind:
            person.concept = person.lexical = kind
            person.forms.add(kind)
            person.look.noun = person.look.noun or indefinite(kind)
    for mention, person in placed[-1:]:
        seen = mention.kind == "noun" and mention.group == "animal" and not person.named
        reader.pet = person if seen and _HAS_A.search(text[: mention.start]) else None


def named_here(reader: Reader, text: str, placed: list[tuple[Mention, Person]]) -> list[tuple[Mention, Person]]:
    """Whom a sentence gives a name ("They called him Pip") is merged into the named person; `placed` with that done."""
    for mention, person in placed:
        if mention.kind != "name" or not _CALLED.search(text[max(0, mention.start - 40) : mention.start]):
            continue
        if person.mentions > 1 and re.search(r"\b[Ii]t was ", text[max(0, mention.start - 20) : mention.start]):
            continue  # who is well known is recognised, not named
        others = [o for m, o in reversed(placed) if m.start < mention.start and o is not person and not o.named]
        others += [o for o in reversed(reader.recent) if o is not person and not o.named]
        others = [o for o in others if not person.sex or o.sex in ("it", "they", person.sex)]
        others = [o for o in others if not person.concept or o.lexical == person.lexical]
        if others and others[0] in reader.people:
            merge(reader, person, others[0])
            placed = [(m, person if p is others[0] else p) for m, p in placed]
    return placed


def named_in_speech(reader: Reader, said: Speech, at: int, text: str, placed: list[tuple[Mention, Person]]) -> None:
    """Who says "My name is Pendulum" is Pendulum; of whom somebody says "This is Rosa" is Rosa. `text` is the sentence
    around what is `said`, speech blanked, and starts at `at`."""
    speaker = _speaker(reader, said.start - at, said.end - at, text, placed)
    for match in reader.names.finditer(said.words) if reader.names else ():
        before, after = said.words[: match.start()], said.words[match.end() :]
        person = reader.by_form[match[0]][0]
        if person not in reader.people or re.match(r"['’]s\b| and\b", after):
            continue
        who: Person | None = None
        if _MY_NAME.search(before):
            who = speaker
        elif _THIS_IS.search(before):
            there = [p for m, p in placed if m.start >= said.end - at] + list(reversed(reader.recent))
            who = next((p for p in there if p is not speaker and not p.kin and _may_be_named(p, person)), None)
        if who and _may_be_named(who, person):
            merge(reader, person, who)
            reader.touch(person)
            speaker = person if speaker is who else speaker
    reader.speaker = speaker


def _may_be_named(who: Person, person: Person) -> bool:
    """Whether somebody without a name can turn out to be this named person."""
    if who.named or who is person or who.group or who.name == "Narrator":
        return False
    if {who.sex, person.sex} == {"he", "she"}:
        return False
    return not person.concept or not who.concept or person.lexical == who.lexical


def _speaker(reader: Reader, start: int, end: int, text: str, placed: list[tuple[Mention, Person]]) -> Person | None:
    """Who says what stands at `[start:end]` of a sentence: named by its "said the mouse", else the sentence's subject,
    else whoever spoke last in the paragraph."""
    tag = re.match(rf"[,;]? ?(?:{SPEECH_VERBS}\b[^.!?]{{0,40}}|[^.!?]{{1,40}}? {SPEECH_VERBS}\b)", text[end:])
    if tag:
        told = [person for mention, person in placed if end <= mention.start < end + tag.end()]
        if told:
            return told[0]
    before = [person for mention, person in placed if mention.start < start]
    return before[0] if before else reader.speaker
