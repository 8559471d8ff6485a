"""Who is in a story, what they look like, and in which scenes they are.

Names come from `names`, the rest ("the old fisherman", "a fox") from the lexicon's beings. Mentions are followed in
order
of the text; a pronoun means the last one mentioned whom it fits, a subject before others (after Hobbs 1978 and the
centering of Grosz, Joshi and Weinstein 1995, much simplified). Who is only talked about is not there.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from agent.language import parse_all
from agent.story.cast.old_looks import find_changes, pieces_after, pieces_in_brackets, was_pieces
from agent.story.identity import count, describe_by_noun, known_by_deeds, linked_name, named_here, named_in_speech
from agent.story.lexicon import BEINGS, find
from agent.story.mentions import BODY_PART, KIN, PRONOUNS, SAME_SIZE, Mention, Person, Reader, indefinite
from agent.story.names import Name, find_names
from agent.story.sentences import body_start, detect_language, split_sentences
from agent.story.speech import find_speech, told
from db.board import Board, Change, Character

__all__ = ["Cast", "find_cast", "who_is_in"]

MAX_CAST = 40
_ABSENT_BEFORE = re.compile(
    r"\b(?:thought (?:of|about)|thinking (?:of|about)|dream(?:ed|t|ing) (?:of|about)|remember(?:ed|ing)|missed|"
    r"letter (?:from|to)|"
    r"heard (?:of|about)|stor(?:y|ies) (?:of|about)|spoke (?:of|about)|talked about|told (?:\w+ )?(?:of|about)|like|"
    r"looking for|searching for|"
    r"afraid of|because of|belonged to|portrait of|picture of|photograph of|without) (?:the |an? |his |"
    r"her )?(?:\w+ )?$",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r" (?:was|is) (?:still |now |only )?(?:an? |the |"
    r"[A-Z]\w+(?: [A-Z]\w+)?['’]s )(?:(?!and\b)[a-z]+(?:-[a-z]+)*,? ){0,4}"
)
_IS_ADJECTIVE = re.compile(
    r"^ (?:was|is) (?:very |quite |rather )?(?P<one>[a-z]+)(?:(?: and|,) (?P<two>[a-z]+))?(?=[,.;]| with\b| and\b)"
)
_NUMBERS = """
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety
""".split()  # noqa: SIM905
_GROWN_UP = 16
_IS_AGED = re.compile(
    r" (?:was|is|had (?:just )?turned|turned) (?:only |just |about |almost |nearly |barely |not yet )?"
    rf"(?P<age>\d{{1,2}}|(?:{'|'.join(_NUMBERS)})(?:-[a-z]+)?)(?: years? old| years of age)?(?=[,.;!?]|"
    r" and\b| when\b|$)"
)
_SEEN_ADJECTIVES = frozenset(
    """
    small tall thin round fat old young big tiny green blue red black white grey gray brown yellow huge short
    plump slim skinny bald golden silver orange purple pink striped spotted fluffy furry enormous little large
""".split()  # noqa: SIM905
)


_WORDS = re.compile(r"[^\W_]+")
_IN_APPOSITION = re.compile(r"[,)],? $")
_KIN_AFTER = re.compile(rf" (?:\w+ )?(?:{'|'.join(KIN)})\b")


@dataclass(frozen=True)
class Cast:
    """`characters` by order of importance, ids "c1"...; `present[i]` are the ids of those in scene i, most important
    first. Changes in `Character.changes` name scenes by the ids given to `find_cast`."""

    characters: tuple[Character, ...]
    present: tuple[tuple[str, ...], ...]


def find_cast(scenes: Sequence[str], scene_ids: Sequence[str] | None = None) -> Cast:
    """The cast of a story given as the texts of its scenes in order; `scene_ids` are by default "s1", "s2"..."""
    ids = list(scene_ids) if scene_ids is not None else [f"s{number}" for number in range(1, len(scenes) + 1)]
    text = "\n\n".join(scenes)
    language = detect_language(text)
    prose = "\n\n".join(_without_headings(scene) for scene in scenes)
    names = find_names(prose, language)
    places = _only_places(prose, [form for name in names for form in name.forms]) if language == "en" else set()
    people = [_named(name, language, text) for name in names if not set(name.forms) <= places]
    reader = Reader(language, people)
    narration = [told(scene) for scene in scenes]
    _find_narrator(reader, narration, text)
    for number, (scene, tale) in enumerate(zip(scenes, narration, strict=True)):
        _read_scene(reader, number, scene, tale)
    return _cast(reader, ids, len(scenes))


def _without_headings(scene: str) -> str:
    """Titles capitalise words that are no names."""
    first = scene.partition("\n")[0]
    return scene[body_start(scene[: len(first) + 2000]) :]


_WHERE = frozenset(
    ("at", "in", "to", "from", "near", "into", "through", "towards", "toward", "beyond", "outside", "as", "off")
)


_WHO = frozenset(("nsubj", "nsubjpass", "dobj", "dative", "poss", "conj", "appos", "pobj", "oprd", "attr"))


def _only_places(prose: str, forms: Sequence[str]) -> set[str]:
    """The names that are only ever arrived at, left or been in: "at Hugson's Siding", "as far as Charing Cross"."""
    last_words = {form: form.split()[-1] for form in forms}
    wanted = set(last_words.values())
    roles: dict[str, set[str]] = {word: set() for word in wanted}
    sentences = [
        sentence.text for sentence in split_sentences(prose, "en") if wanted & set(_WORDS.findall(sentence.text))
    ]
    for document in parse_all(sentences):
        for token in document.tokens:
            word = token.text.strip("'’")
            if word in wanted:
                there = token.relation == "pobj" and document.tokens[token.head].lemma in _WHERE
                roles[word].add("place" if there else token.relation)
    return {form for form, word in last_words.items() if "place" in roles[word] and not roles[word] & _WHO}


def _named(name: Name, language: str, text: str) -> Person:
    forms = set(name.forms) | {name.full}
    forms |= {form.upper() for form in forms if form.upper() in text and language not in ("zh", "ja")}
    person = Person(name.full, True, name.sex, "", forms)
    hits = [hit for hit in find(name.full.lower(), language) if hit.group in BEINGS]
    whole = next((hit for hit in hits if hit.text.lower() == name.full.lower()), None)
    # "Town Mouse" is the animal that its last word says, "Grandpa Joe" whom the first does
    last, first = name.full.split()[-1].lower(), name.full.split()[0].lower()
    ends = [hit for hit in find(last, language) if hit.group in ("animal", "creature")]
    ends += [hit for hit in find(first, language) if hit.group in BEINGS]
    if hit := whole or next(iter(ends), None):
        person.concept = hit.text.lower() if language == "en" else hit.concept  # "Grandpa", "Fox"
        person.look.noun = indefinite(person.concept)
        person.kin = person.concept in KIN
        person.sex = hit.group if hit.group in ("he", "she") else person.sex or "it"
        person.lexical = hit.concept
        if " " not in name.full:
            person.forms.add(person.concept)
    return person


def _find_narrator(reader: Reader, narration: list[str], text: str) -> None:
    first = {"en": r"\bI\b(?!\.)", "es": r"\b(?:yo|mí|mis?)\b", "fr": r"\b(?:je|j['’]|moi)", "de": r"\b(?:ich|mir|"
    r"mich)\b",
             "zh": "我(?!们)", "ja": "僕|私|ぼく|わたし|俺"}[reader.language]  # fmt: skip
    tale = "\n".join(narration)
    count = len(re.findall(first, tale, 0 if reader.language == "en" else re.IGNORECASE))
    if count < 3 or count < len(tale.split()) * 0.01:
        return
    called = re.search(
        r"\b(?:[Mm]y name (?:is|was)|I am called|[Cc]all me|[Tt]hey call me|me llamo|je m['’]appelle|"
        r"ich heiße) ([A-ZÀ-Þ]\w+)",
        text,
    )
    name = called[1] if called else ""
    person = next((person for person in reader.people if name and name in person.forms), None)
    if person is None:
        person = reader.add(Person(name or "Narrator", bool(name), "they", "", {name} if name else set()))
    if reader.language == "en":
        person.forms.add("I")
    age = re.search(r"\bI (?:was|am) (?:only )?(\w+) years? old|\bwhen I was (\w+)\b", tale)
    young = age or re.search(
        r"\bmy (?:teacher|school|mum|mom|dad|grandmother|grandfather|grandma|grandpa|class)\b", tale
    )
    person.child = bool(young)
    reader.narrator = person


def _read_scene(reader: Reader, number: int, scene: str, tale: str) -> None:
    spoken = find_speech(scene)
    paragraph, at = -1, 0
    for sentence in split_sentences(scene, reader.language):
        if sentence.heading:
            continue
        if sentence.paragraph != paragraph:
            reader.speaker, paragraph = None, sentence.paragraph
        text = tale[sentence.start : sentence.end]
        placed = _read_sentence(reader, number, text, reader.mentions(text))
        while at < len(spoken) and spoken[at].start < sentence.end:
            speech, at = spoken[at], at + 1
            if speech.start >= sentence.start and not speech.cue:
                named_in_speech(reader, speech, sentence.start, text, placed)
    for speech in spoken:
        if speech.cue:
            person = _of_form(reader, speech.cue)
            if person:
                count(person, number, 1.0)


def _of_form(reader: Reader, words: str) -> Person | None:
    wanted = words.lower()
    return next((p for p in reader.people if any(form.lower() == wanted for form in p.forms)), None)


def _read_sentence(reader: Reader, number: int, text: str, mentions: list[Mention]) -> list[tuple[Mention, Person]]:
    """Who the mentions of a sentence are; what it says of them is noted."""
    here: list[Person] = []
    placed: list[tuple[Mention, Person]] = []
    for mention in mentions:
        if mention.kind == "name":
            owners = reader.by_form[mention.value]
            people = [max(owners, key=reader.recency)]
        elif mention.kind == "noun":
            link = linked_name(reader, mention, mentions, text)
            if link is None and placed and placed[-1][0].kind == "noun" and mention.group in ("he", "she", "they"):
                between = text[placed[-1][0].end : mention.start]
                if re.fullmatch(r", an? (?:[a-z-]+,? ){0,3}", between):
                    link = (
                        placed[-1][1]
                        if mention.group == "they" or placed[-1][1].sex in ("they", "", mention.group)
                        else None
                    )
            if link is None and placed and mention.kind == "noun" and reader.language == "en":
                first = next((m for m, p in placed if p is placed[0][1]), placed[0][0])
                if _IS_A.fullmatch(text[first.end : mention.start]):  # "He was a thin boy"
                    link = placed[0][1]
            person = link or reader.noun(mention, text)
            if person is None:
                continue
            if link:
                describe_by_noun(reader, number, link, mention, text)
            people = [person]
        else:
            owner = _IN_APPOSITION.search(text[: mention.start]) and _KIN_AFTER.match(text[mention.end :])
            people = reader.pronoun(mention.value, [] if owner else [p for _, p in placed[:1]])
            people = [one for one in people if _may_be_there(one, number, mention, placed)]
        absent = bool(_ABSENT_BEFORE.search(text[max(0, mention.start - 40) : mention.start]))
        owned = mention.kind != "pronoun" and re.match(
            r"['’]s? (?!" + BODY_PART + r"\b)\w", text[mention.end : mention.end + 12]
        )
        for person in people:
            if mention.kind != "pronoun":
                person.mentions += 1
            subject = not here and mention.value not in ("its",)
            person.subject += subject and mention.kind != "pronoun"
            if not absent:
                weight = 0.3 if owned else 1.0 + 0.5 * subject
                count(person, number, weight)
            here.append(person)
            placed.append((mention, person))
    for person in reversed(list(dict.fromkeys(here))):  # the sentence's subject ends as the most recent
        reader.touch(person)
    known_by_deeds(reader, text, placed)
    _read_looks(reader, number, text, placed)
    return placed


def _may_be_there(person: Person, number: int, mention: Mention, placed: list[tuple[Mention, Person]]) -> bool:
    """Whether a pronoun can bring somebody into a scene: "until it was a dot" brings no parrot of the scene before."""
    told = person.scenes.get(number) or mention.start == 0 or any(one is person for _, one in placed)
    return mention.value != "it" or bool(told)


def _read_looks(reader: Reader, number: int, text: str, placed: list[tuple[Mention, Person]]) -> None:
    placed = named_here(reader, text, placed)
    if reader.language != "en":
        return
    for number_of, (mention, person) in enumerate(placed):
        until = next((m.start for m, p in placed[number_of + 1 :] if p is not person), len(text))
        if mention.kind != "pronoun" or mention.value in ("he", "she", "it", "they", "i"):
            grown = any(at == number and words.startswith("now ") for at, words in person.changes)
            pieces = [*pieces_in_brackets(text, mention.end), *pieces_after(text[:until], mention.end)]
            for piece in [] if grown else pieces:
                early = (
                    number == person.first
                    or not (person.look.garments or person.changes)
                    or re.search(r"(?:hair|eyes|beard|fur|tail|ears?|freckles|nose)$", piece)
                )
                if early:
                    person.look.add(piece)
        if mention.value not in ("it", "they") and (aged := _IS_AGED.match(text[mention.end : mention.end + 60])):
            person.age = person.age or aged["age"].lower()
        if number == person.first and (match := _IS_ADJECTIVE.match(text[mention.end : mention.end + 60])):
            seen = [word for word in (match["one"], match["two"]) if word in _SEEN_ADJECTIVES]
            if seen and person.look.noun and not set(seen) & set(person.look.noun.split()):
                person.look.noun = indefinite(" ".join([*seen, re.sub(r"^an? ", "", person.look.noun)]))
            person.adjectives |= {SAME_SIZE.get(word, word) for word in seen}
        if number == person.first:
            for piece in was_pieces(text, mention.value if mention.kind == "name" else "the " + mention.value):
                person.look.add(piece)
    subject = placed[0][1] if placed else (reader.recent[-1] if reader.recent else None)
    for change in find_changes(text):
        owner = _owner(reader, change.owner, placed) if change.owner else _wearer(text, change.start, placed) or subject
        if owner is None:
            continue
        thing = change.description.split()[-1]
        known = [*owner.look.garments, *(words for _, words in owner.changes)]
        if change.wearing and (number == owner.first or any(words.endswith(thing) for words in known)):
            continue
        if change.description.startswith("without") and not any(words.endswith(thing) for words in known):
            continue
        if not any(words == change.description for _, words in owner.changes[-1:]):
            owner.changes.append((number, change.description))


def _wearer(text: str, start: int, placed: list[tuple[Mention, Person]]) -> Person | None:
    """The subject of the clause that holds `start`; who stands next before a "who wore"."""
    before = [(m, p) for m, p in placed if m.start < start]
    if re.search(r"\b(?:who|which|that) (?:always |still )?$", text[:start]):
        return before[-1][1] if before else None
    clause = max((match.end() for match in re.finditer(r"[;:.]|, (?:and|but|while|when|as) ", text[:start])), default=0)
    for mention, person in [*((m, p) for m, p in before if m.start >= clause), *before]:
        if not (
            mention.kind == "pronoun" and re.match(r"(?:his|her|its|their|my)\b", text[mention.start :], re.IGNORECASE)
        ):
            return person
    return None


def _owner(reader: Reader, words: str, placed: list[tuple[Mention, Person]]) -> Person | None:
    words = re.sub(r"['’]s?$", "", words.strip())
    last = words.split()[-1]
    for _, person in reversed(placed):
        if last in person.forms or last.lower() in person.forms:
            return person
    kind = PRONOUNS["en"].get(last.lower())
    if kind in ("he", "she"):
        fits = [person for _, person in placed if person.sex == kind]
        return fits[0] if fits else next(iter(reader.pronoun(kind)), None)
    if last.lower() in ("its", "it"):
        return next(iter(reader.pronoun("it")), None)
    return next((p for p in reader.people if last.lower() in p.forms), None)


def _cast(reader: Reader, ids: list[str], size: int) -> Cast:
    kept = []
    for person in reader.people:
        if not person.scenes:
            continue
        strong = person.named or person.mentions >= 2 or person.subject or person is reader.narrator
        if person.group:  # gulls, guards and people who pass by are no characters
            strong = person.mentions >= 2 and person.subject >= 1
        strong = strong and (max(person.scenes.values()) >= 1.0)
        if strong:
            kept.append(person)
    kept.sort(
        key=lambda p: (-(2 * len([w for w in p.scenes.values() if w >= 1]) + 0.5 * sum(p.scenes.values())), p.first)
    )
    kept = kept[:MAX_CAST]
    characters = []
    for number, person in enumerate(kept, start=1):
        name = person.name if person.named else person.name[:1].upper() + person.name[1:]
        changes = tuple(Change(ids[at], words) for at, words in person.changes)
        aliases = tuple(sorted(form for form in person.forms if form.lower() != name.lower()))
        characters.append(Character(f"c{number}", name, _description(person), aliases, changes))
    present = []
    for at in range(size):
        here = [(n, p) for n, p in enumerate(kept) if p.scenes.get(at, 0.0) >= 0.9]
        here.sort(key=lambda item: (-item[1].scenes[at], item[0]))
        present.append(tuple(f"c{n + 1}" for n, _ in here[:6]))
    return Cast(tuple(characters), tuple(present))


def _description(person: Person) -> str:
    look = dataclasses.replace(person.look)
    head = look.noun.split()[-1] if look.noun else ""
    if head in KIN:
        look.noun = KIN[head] if not person.child or "old" in KIN[head] else KIN[head].replace("man", "boy")
    young = person.child or _is_child(person.age)
    aged = f" of {person.age}" if person.age else ""
    if aged and re.search(r"\b(?:girl|boy|child|man|woman)$", look.noun) and "old" not in look.noun:
        look.noun += aged
    if not look.noun:
        look.noun = {"he": "a boy" if young else "a man", "she": "a girl" if young else "a woman", "it": ""}.get(
            person.sex, "a child" if young else "a person"
        )
        look.noun += aged
    return look.text()


def _is_child(age: str) -> bool:
    years = int(age) if age.isdigit() else _NUMBERS.index(age) + 2 if age in _NUMBERS else _GROWN_UP
    return years < _GROWN_UP


def who_is_in(text: str, board: Board, before: Sequence[str] = ()) -> tuple[str, ...]:
    """Ids of the board's characters that a (new or rewritten) scene's text shows. `before` are the ids present in the
    scene before, which pronouns may mean."""
    language = detect_language(text)
    people = []
    for character in board.characters:
        forms = {character.name, *character.aliases, character.name.lower()}
        concept = next(
            (
                hit.concept if language != "en" else hit.text.lower()
                for hit in find(character.description, "en")
                if hit.group in BEINGS
            ),
            "",
        )
        group = next((hit.group for hit in find(character.description, "en") if hit.group in BEINGS), "")
        sex = group if group in ("he", "she", "they") else "it" if group else ""
        people.append(Person(character.name, character.name[:1].isupper(), sex, concept, forms - {""}))
    reader = Reader(language, list(people))
    order = {character.id: person for character, person in zip(board.characters, people, strict=True)}
    for name in reversed(list(before)):
        if name in order:
            reader.touch(order[name])
    narrator = next((p for p in people if p.name == "Narrator"), None)
    reader.narrator = narrator
    _read_scene(reader, 0, text, told(text))
    here = [(person.scenes.get(0, 0.0), -number, board.characters[number].id) for number, person in enumerate(people)]
    return tuple(name for weight, _, name in sorted(here, reverse=True) if weight >= 0.9)
