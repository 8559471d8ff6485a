"""Who is in a story, what they look like, and in which scenes they are.

Names come from `names`, the rest ("the old fisherman", "a fox") from the lexicon's beings. Mentions are followed in order
of the text; a pronoun means the last one mentioned whom it fits, a subject before others (after Hobbs 1978 and the
centering of Grosz, Joshi and Weinstein 1995, much simplified). Who is only talked about is not there.
"""

# ruff: noqa: E501 (patterns and tables are read whole)
from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.story.lexicon import BEINGS, find, singular
from agent.story.looks import Look, age_after, find_changes, noun_phrase, pieces_after, was_pieces
from agent.story.names import Name, find_names
from agent.story.sentences import detect_language, split_sentences
from agent.story.speech import find_speech, told
from db.board import Board, Change, Character

__all__ = ["Cast", "find_cast", "who_is_in"]

MAX_CAST = 40
_OPPOSITE = [{"old", "young"}, {"big", "small"}, {"tall", "short"}, {"black", "white", "red", "grey", "gray", "brown"},
             {"good", "bad", "wicked"}, {"first", "second", "third", "other"}, {"elder", "younger", "older", "eldest", "youngest"}]  # fmt: skip
_PRONOUNS = {
    "en": {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
           "they": "they", "them": "they", "their": "they", "it": "it", "its": "it", "itself": "it",
           "i": "i", "me": "i", "my": "i", "we": "we", "us": "we", "our": "we"},
    "es": {"él": "he", "ella": "she", "ellos": "they", "ellas": "they", "yo": "i", "me": "i", "mi": "i", "nosotros": "we"},
    "fr": {"il": "he", "elle": "she", "ils": "they", "elles": "they", "je": "i", "j": "i", "moi": "i", "mon": "i", "ma": "i", "nous": "we"},
    "de": {"er": "he", "ihm": "he", "ihn": "he", "sie": "she", "ihr": "she", "ich": "i", "mich": "i", "mir": "i", "wir": "we"},
}  # fmt: skip
_EAST_PRONOUNS = {"他们": "they", "她们": "they", "彼女": "she", "彼ら": "they", "他": "he", "她": "she", "彼": "he",
                  "我": "i", "我们": "we", "僕": "i", "私": "i", "ぼく": "i", "わたし": "i", "它": "it"}  # fmt: skip
_ABSENT_BEFORE = re.compile(
    r"\b(?:thought (?:of|about)|thinking (?:of|about)|dream(?:ed|t|ing) (?:of|about)|remember(?:ed|ing)|missed|letter (?:from|to)|"
    r"heard (?:of|about)|stor(?:y|ies) (?:of|about)|spoke (?:of|about)|talked about|told (?:\w+ )?(?:of|about)|like|looking for|searching for|"
    r"afraid of|because of|belonged to|portrait of|picture of|photograph of|without) (?:the |an? |his |her )?(?:\w+ )?$",
    re.IGNORECASE,
)
_BODY_PART = r"(?:face|eyes?|hands?|hair|head|arms?|neck|shoulders?|ears?|voice|heart|paws?|tail|back|cheeks?|feet|nose|mouth|side|lap)"
_LINKED = re.compile(
    r"^,? (?:(?:who|which) (?:was|is) )?(?:named|called|by the name of|whose name was|llamad[oa]|que se llamaba|nommée?|appelée?|"
    r"qui s'appelait|namens|mit (?:dem )?namen|der hieß|die hieß)[ ,]+$",
    re.IGNORECASE,
)
_IS_A = re.compile(
    r" (?:was|is) (?:still |now |only )?(?:an? |the |[A-Z]\w+(?: [A-Z]\w+)?['’]s )(?:(?!and\b)[a-z]+(?:-[a-z]+)*,? ){0,4}"
)
_IS_ADJECTIVE = re.compile(
    r"^ (?:was|is) (?:very |quite |rather )?(?P<one>[a-z]+)(?:(?: and|,) (?P<two>[a-z]+))?(?=[,.;]| with\b| and\b)"
)
_SEEN_ADJECTIVES = frozenset(
    """
    small tall thin round fat old young big tiny green blue red black white grey gray brown yellow huge short
    plump slim skinny bald golden silver orange purple pink striped spotted fluffy furry enormous little large
""".split()  # noqa: SIM905
)
_KIN = {
    "brother": "a boy",
    "son": "a boy",
    "grandson": "a boy",
    "nephew": "a boy",
    "sister": "a girl",
    "daughter": "a girl",
    "granddaughter": "a girl",
    "niece": "a girl",
    "father": "a man",
    "dad": "a man",
    "daddy": "a man",
    "papa": "a man",
    "uncle": "a man",
    "husband": "a man",
    "mother": "a woman",
    "mom": "a woman",
    "mum": "a woman",
    "mama": "a woman",
    "mummy": "a woman",
    "aunt": "a woman",
    "wife": "a woman",
    "grandfather": "an old man",
    "grandpa": "an old man",
    "granddad": "an old man",
    "grandad": "an old man",
    "grandmother": "an old woman",
    "grandma": "an old woman",
    "granny": "an old woman",
    "nana": "an old woman",
    "auntie": "a woman",
}
_APPOSED = re.compile(
    r"(?:,|, who (?:was|is)| was| is|, era|, war| war| était| era| est| es| the| der| die| das| le| la| el)"
    r"(?: (?:an?|the|his|her|their|my|un|una|une|le|la|el|der|die|das|ein|eine))? ?(?:[^\W\d_]+(?:-[a-z]+)?,? ){0,4}"
)
_SAME_SIZE = {"little": "small", "tiny": "small", "large": "big", "huge": "big", "gray": "grey", "elderly": "old"}
_TELLING = frozenset(
    ["old", "young", "little", "big", "black", "white", "wicked", "red", "grey", "gray", "brown", "tall"]
)
_AGED = re.compile(r"^(old|young|little) (?=\w)")


@dataclass(frozen=True)
class Cast:
    """`characters` by order of importance, ids "c1"...; `present[i]` are the ids of those in scene i, most important
    first. Changes in `Character.changes` name scenes by the ids given to `find_cast`."""

    characters: tuple[Character, ...]
    present: tuple[tuple[str, ...], ...]


@dataclass(eq=False)
class _Person:
    """Somebody under construction."""

    name: str
    named: bool
    sex: str = ""  # he, she, they (unknown), it (animals and creatures before a pronoun says more)
    concept: str = ""
    forms: set[str] = field(default_factory=set)
    adjectives: set[str] = field(default_factory=set)
    look: Look = field(default_factory=Look)
    changes: list[tuple[int, str]] = field(default_factory=list)
    scenes: dict[int, float] = field(default_factory=dict)  # scene -> how much it is theirs
    mentions: int = 0
    subject: int = 0
    kin: bool = False
    first: int = 0
    child: bool = False
    lexical: str = ""  # the lexicon's concept: grandpa and grandfather are one


@dataclass(frozen=True)
class _Mention:
    start: int
    end: int
    kind: str  # name, noun, pronoun
    value: str
    concept: str = ""
    group: str = ""


class _Reader:
    """Follows the mentions of a story from scene to scene."""

    def __init__(self, language: str, people: list[_Person]) -> None:
        self.language = language
        self.people = people
        self.recent: list[_Person] = []  # most recent last
        self.narrator: _Person | None = None
        self.by_form: dict[str, list[_Person]] = {}
        for person in people:
            for form in person.forms:
                self.by_form.setdefault(form, []).append(person)
        forms = sorted(self.by_form, key=len, reverse=True)
        self.names: re.Pattern[str] | None = None
        if forms:
            edge = "" if language in ("zh", "ja") else r"\b"
            self.names = re.compile(edge + "(?:" + "|".join(re.escape(form) for form in forms) + ")" + edge)

    def add(self, person: _Person) -> _Person:
        self.people.append(person)
        return person

    def mentions(self, text: str) -> list[_Mention]:
        """Names, beings and pronouns in what is told, in order, names before the nouns that they hold."""
        found: list[_Mention] = []
        taken: list[tuple[int, int]] = []
        if self.names:
            for match in self.names.finditer(text):
                found.append(_Mention(match.start(), match.end(), "name", match[0]))
                taken.append(match.span())
        hits = [hit for hit in find(text, self.language) if hit.group in BEINGS]
        for hit in hits:
            if all(hit.end <= a or hit.start >= b for a, b in taken):
                found.append(_Mention(hit.start, hit.end, "noun", hit.text, hit.concept, hit.group))
                taken.append((hit.start, hit.end))
        if self.language in ("zh", "ja"):
            pronouns = re.finditer("|".join(sorted(_EAST_PRONOUNS, key=len, reverse=True)), text)
            table = _EAST_PRONOUNS
        else:
            table = _PRONOUNS.get(self.language, _PRONOUNS["en"])
            pronouns = re.finditer(r"(?<![\w'’])(?:" + "|".join(table) + r")(?!\w)", text, re.IGNORECASE)
        for match in pronouns:
            kind = table.get(match[0].lower(), "")
            if self.language == "en" and match[0] == "i":
                continue
            if kind and all(match.end() <= a or match.start() >= b for a, b in taken):
                found.append(_Mention(match.start(), match.end(), "pronoun", kind))
        return sorted(found, key=lambda mention: mention.start)

    def touch(self, person: _Person) -> None:
        if person in self.recent:
            self.recent.remove(person)
        self.recent.append(person)
        del self.recent[:-12]

    def pronoun(self, kind: str, before: Sequence[_Person] = ()) -> list[_Person]:
        """Whom a pronoun means: the last mentioned that it fits, subjects of the sentence before others."""
        pool = list(dict.fromkeys([*before, *reversed(self.recent)]))
        if kind == "i":
            return [self.narrator] if self.narrator else []
        if kind == "we":
            return [self.narrator, *[p for p in pool if p is not self.narrator][:1]] if self.narrator else []
        if kind == "they":
            return [person for person in pool if person is not self.narrator][:2]
        if kind == "it":
            return [person for person in pool if person.sex == "it"][:1]
        exact = [person for person in pool if person.sex == kind]
        loose = [person for person in pool if person.sex in ("they", "it", "")]
        chosen = exact[:1] or loose[:1]
        if chosen and not exact:
            chosen[0].sex = kind
        return chosen

    def noun(self, mention: _Mention, text: str, known_only: bool = False) -> _Person | None:
        """The person that a common noun means, made anew where the story introduces one."""
        phrase = noun_phrase(text, mention.start, mention.end) if self.language == "en" else None
        word = mention.value.lower()
        concept = word if self.language == "en" else mention.concept
        kin = mention.concept if word in _KIN else ""
        adjectives = {_SAME_SIZE.get(adjective, adjective) for adjective in phrase[2]} if phrase else set()
        if self.language == "en" and (aged := _AGED.match(word)):  # "old man" is a man who is old
            adjectives.add(_SAME_SIZE.get(aged[1], aged[1]))
            concept = word[aged.end() :]
        determiner = phrase[0] if phrase else ""
        if self.language == "en":
            if singular(word.split()[-1]) != word.split()[-1] and word.split()[-1] not in ("sheep", "fish", "deer"):
                return None  # several, not somebody
            if not phrase and not text[mention.start].isupper():
                return None
            if re.match(r"['’]s? (?!" + _BODY_PART + r"\b)\w", text[mention.end : mention.end + 12]):
                known_only = True
            if re.match(
                r"(?:-| (?:food|house|skin|hole|king|bone|hair|fur|toy|costume|mask|suit)\b)",
                text[mention.end : mention.end + 12],
            ):
                return None
            if determiner in ("no", "every", "each", "two", "three", "four", "five", "six", "seven"):
                return None
        same = [
            person
            for person in self.people
            if (
                concept in person.forms
                or person.concept == concept
                or (kin and person.lexical == kin)
                or (person.named and mention.concept in (person.concept,))
            )
            and not _conflict(adjectives, person.adjectives)
        ]
        new = determiner in ("a", "an", "another") and not (same and not any(p.mentions for p in same))
        if new and determiner != "another" and same:
            # "three friends: an old man, a girl, and a fox" are those that we know
            known = len(same) == 1 and same[0].mentions >= 4 and len(adjectives & same[0].adjectives) >= 2
            new = ":" not in text[: mention.start] and not known
        if same and not new:
            same.sort(
                key=lambda person: (not adjectives & person.adjectives if adjectives else 0, -self._recency(person))
            )
            person = same[0]
            person.adjectives |= adjectives
            if kin:
                person.forms.add(word)
            return person
        if known_only:
            return None
        sex = mention.group if mention.group in ("he", "she", "they") else "it"
        telling = [adjective for adjective in (phrase[2] if phrase else []) if adjective in _TELLING]
        name = " ".join([*telling[:1], word])
        person = _Person(name, False, sex, concept, {concept, word}, set(adjectives))
        person.lexical = mention.concept
        person.kin = determiner in ("his", "her", "their", "my", "our") or determiner.endswith("s")
        if self.language == "en" and phrase:
            person.look.noun = _indefinite(phrase[1]) + age_after(text, mention.end)
        else:
            person.look.noun = _indefinite(mention.concept if self.language != "en" else word)
        return self.add(person)

    def _recency(self, person: _Person) -> int:
        return self.recent.index(person) if person in self.recent else -1


def _conflict(a: set[str], b: set[str]) -> bool:
    """Whether two sets of adjectives cannot be one person's: old and young, black and white."""
    return any(a & group and b & group and not a & b & group for group in _OPPOSITE)


def _indefinite(phrase: str) -> str:
    return ("an " if phrase[:1] in "aeiou" else "a ") + phrase if phrase else ""


def find_cast(scenes: Sequence[str], scene_ids: Sequence[str] | None = None) -> Cast:
    """The cast of a story given as the texts of its scenes in order; `scene_ids` are by default "s1", "s2"..."""
    ids = list(scene_ids) if scene_ids is not None else [f"s{number}" for number in range(1, len(scenes) + 1)]
    text = "\n\n".join(scenes)
    language = detect_language(text)
    prose = "\n\n".join(_without_headings(scene, language) for scene in scenes)
    people = [_named(name, language, text) for name in find_names(prose, language)]
    reader = _Reader(language, people)
    narration = [told(scene) for scene in scenes]
    _find_narrator(reader, narration, text)
    for number, (scene, tale) in enumerate(zip(scenes, narration, strict=True)):
        _read_scene(reader, number, scene, tale)
    return _cast(reader, ids, len(scenes))


def _without_headings(scene: str, language: str) -> str:
    """Titles capitalise words that are no names."""
    first = scene.partition("\n")[0]
    body = [s for s in split_sentences(scene[: len(first) + 2000], language) if not s.heading]
    return scene[body[0].start :] if body and body[0].start else scene


def _named(name: Name, language: str, text: str) -> _Person:
    forms = set(name.forms) | {name.full}
    forms |= {form.upper() for form in forms if form.upper() in text and language not in ("zh", "ja")}
    person = _Person(name.full, True, name.sex, "", forms)
    if hit := next((hit for hit in find(name.full.split()[0], language) if hit.group in BEINGS), None):
        person.concept = hit.text.lower() if language == "en" else hit.concept  # "Grandpa", "Fox"
        person.look.noun = _indefinite(person.concept)
        person.kin = person.concept in _KIN
        person.sex = hit.group if hit.group in ("he", "she") else person.sex or "it"
        person.lexical = hit.concept
        if " " not in name.full:
            person.forms.add(person.concept)
    return person


def _find_narrator(reader: _Reader, narration: list[str], text: str) -> None:
    first = {"en": r"\bI\b(?!\.)", "es": r"\b(?:yo|mí|mis?)\b", "fr": r"\b(?:je|j['’]|moi)", "de": r"\b(?:ich|mir|mich)\b",
             "zh": "我(?!们)", "ja": "僕|私|ぼく|わたし|俺"}[reader.language]  # fmt: skip
    tale = "\n".join(narration)
    count = len(re.findall(first, tale, 0 if reader.language == "en" else re.IGNORECASE))
    if count < 3 or count < len(tale.split()) * 0.01:
        return
    called = re.search(
        r"\b(?:[Mm]y name (?:is|was)|I am called|[Cc]all me|[Tt]hey call me|me llamo|je m['’]appelle|ich heiße) ([A-ZÀ-Þ]\w+)",
        text,
    )
    name = called[1] if called else ""
    person = next((person for person in reader.people if name and name in person.forms), None)
    if person is None:
        person = reader.add(_Person(name or "Narrator", bool(name), "they", "", {name} if name else set()))
    if reader.language == "en":
        person.forms.add("I")
    age = re.search(r"\bI (?:was|am) (?:only )?(\w+) years? old|\bwhen I was (\w+)\b", tale)
    young = age or re.search(
        r"\bmy (?:teacher|school|mum|mom|dad|grandmother|grandfather|grandma|grandpa|class)\b", tale
    )
    person.child = bool(young)
    reader.narrator = person


def _read_scene(reader: _Reader, number: int, scene: str, tale: str) -> None:
    sentences = split_sentences(scene, reader.language)
    for sentence in sentences:
        if sentence.heading:
            continue
        text = tale[sentence.start : sentence.end]
        mentions = reader.mentions(text)
        _read_sentence(reader, number, text, mentions)
    for speech in find_speech(scene):
        if speech.cue:
            person = _of_form(reader, speech.cue)
            if person:
                _count(person, number, 1.0)


def _of_form(reader: _Reader, words: str) -> _Person | None:
    wanted = words.lower()
    return next((p for p in reader.people if any(form.lower() == wanted for form in p.forms)), None)


def _count(person: _Person, number: int, weight: float) -> None:
    if not person.scenes:
        person.first = number
    person.scenes[number] = person.scenes.get(number, 0.0) + weight


def _read_sentence(reader: _Reader, number: int, text: str, mentions: list[_Mention]) -> None:
    here: list[_Person] = []
    placed: list[tuple[_Mention, _Person]] = []
    for mention in mentions:
        if mention.kind == "name":
            owners = reader.by_form[mention.value]
            people = [max(owners, key=reader._recency)]
        elif mention.kind == "noun":
            link = _linked_name(reader, mention, mentions, text)
            if link is None and placed and placed[-1][0].kind == "noun" and mention.group in ("he", "she", "they"):
                between = text[placed[-1][0].end : mention.start]
                if re.fullmatch(r", an? (?:[a-z-]+,? ){0,3}", between):
                    link = placed[-1][1] if placed[-1][1].sex in ("they", "", mention.group) else None
            if link is None and placed and mention.kind == "noun" and reader.language == "en":
                first = next((m for m, p in placed if p is placed[0][1]), placed[0][0])
                if _IS_A.fullmatch(text[first.end : mention.start]):  # "He was a thin boy"
                    link = placed[0][1]
            person = link or reader.noun(mention, text)
            if person is None:
                continue
            if link:
                _describe_by_noun(reader, number, link, mention, text)
            people = [person]
        else:
            people = reader.pronoun(mention.value, [p for _, p in placed[:1]])
        absent = bool(_ABSENT_BEFORE.search(text[max(0, mention.start - 40) : mention.start]))
        owned = mention.kind != "pronoun" and re.match(
            r"['’]s? (?!" + _BODY_PART + r"\b)\w", text[mention.end : mention.end + 12]
        )
        for person in people:
            if mention.kind != "pronoun":
                person.mentions += 1
            subject = not here and mention.value not in ("its",)
            person.subject += subject and mention.kind != "pronoun"
            if not absent:
                weight = 0.3 if owned else 1.0 + 0.5 * subject
                _count(person, number, weight)
            here.append(person)
            placed.append((mention, person))
    for person in reversed(list(dict.fromkeys(here))):  # the sentence's subject ends as the most recent
        reader.touch(person)
    _read_looks(reader, number, text, placed)


def _linked_name(reader: _Reader, mention: _Mention, mentions: list[_Mention], text: str) -> _Person | None:
    """The named person that a noun describes: "a fox named Pip", "Pip the fox", "Pip, a small fox", "his sister Mira"."""
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
            short = re.fullmatch(r"(?: of \w+)?, ", between) and text[other.end : other.end + 1] == ","
            if short and not person.concept:
                return person
        else:
            between = text[other.end : mention.start]
            if between == "という":
                return person
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


def _describe_by_noun(reader: _Reader, number: int, person: _Person, mention: _Mention, text: str) -> None:
    phrase = noun_phrase(text, mention.start, mention.end) if reader.language == "en" else None
    word = mention.value.lower() if reader.language == "en" else mention.concept
    head = _AGED.sub("", word)
    if mention.group in ("he", "she"):
        person.sex = mention.group
    elif not person.sex:
        person.sex = "they" if mention.group == "they" else "it"
    person.concept = person.concept or head
    person.forms |= {word, head}
    noun = _indefinite(phrase[1] if phrase else word) + (age_after(text, mention.end) if phrase else "")
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
        person.look.noun = _indefinite(f"{phrase[1]} {role}" if head not in role.split() else f"{phrase[1]}")
    if phrase:
        person.adjectives |= {_SAME_SIZE.get(adjective, adjective) for adjective in phrase[2]}
        if aged := _AGED.match(word):
            person.adjectives.add(aged[1])
    # Somebody was already known by this noun alone ("a fox ... they called him Pip"): they are one.
    for other in list(reader.people):
        if other is not person and not other.named and word in other.forms and other in reader.recent[-3:]:
            _merge(reader, person, other)


def _merge(reader: _Reader, person: _Person, other: _Person) -> None:
    person.forms |= other.forms | {other.name}
    person.adjectives |= other.adjectives
    person.concept = person.concept or other.concept
    person.sex = person.sex or other.sex
    if other.look.noun and (not person.look.noun or len(other.look.noun) > len(person.look.noun)):
        person.look.noun = other.look.noun
    for piece in [*other.look.body, *other.look.garments]:
        person.look.add(piece)
    for number, weight in other.scenes.items():
        _count(person, number, weight)
    person.first = min(person.scenes, default=0)
    person.changes = sorted(person.changes + other.changes)
    person.mentions += other.mentions
    person.subject += other.subject
    reader.people.remove(other)
    if other in reader.recent:
        reader.recent[reader.recent.index(other)] = person


_CALLED = re.compile(
    r"(?:名叫|名字叫|叫做|叫)$|\b(?:his|her|its) name (?:was|is) $|\b[Ii]t was $|"
    r"\b(?:called|named|christened) (?:him|her|it|them|the \w+|her \w+|his \w+) $"
)


def _read_looks(reader: _Reader, number: int, text: str, placed: list[tuple[_Mention, _Person]]) -> None:
    for mention, person in placed:
        if mention.kind == "name" and _CALLED.search(text[max(0, mention.start - 40) : mention.start]):
            others = [o for m, o in reversed(placed) if m.start < mention.start and o is not person and not o.named]
            others += [o for o in reversed(reader.recent) if o is not person and not o.named]
            others = [o for o in others if not person.sex or o.sex in ("it", "they", person.sex)]
            others = [o for o in others if not person.concept or o.lexical == person.lexical]
            if others and others[0] in reader.people:
                _merge(reader, person, others[0])
                placed = [(m, person if p is others[0] else p) for m, p in placed]
    if reader.language != "en":
        return
    for number_of, (mention, person) in enumerate(placed):
        until = next((m.start for m, p in placed[number_of + 1 :] if p is not person), len(text))
        if mention.kind != "pronoun" or mention.value in ("he", "she", "it", "they", "i"):
            grown = any(at == number and words.startswith("now ") for at, words in person.changes)
            for piece in [] if grown else pieces_after(text[:until], mention.end):
                early = (
                    number == person.first
                    or not (person.look.garments or person.changes)
                    or re.search(r"(?:hair|eyes|beard|fur|tail|ears?|freckles|nose)$", piece)
                )
                if early:
                    person.look.add(piece)
        if number == person.first and (match := _IS_ADJECTIVE.match(text[mention.end : mention.end + 60])):
            seen = [word for word in (match["one"], match["two"]) if word in _SEEN_ADJECTIVES]
            if seen and person.look.noun and not set(seen) & set(person.look.noun.split()):
                person.look.noun = _indefinite(" ".join([*seen, re.sub(r"^an? ", "", person.look.noun)]))
            person.adjectives |= {_SAME_SIZE.get(word, word) for word in seen}
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


def _wearer(text: str, start: int, placed: list[tuple[_Mention, _Person]]) -> _Person | None:
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


def _owner(reader: _Reader, words: str, placed: list[tuple[_Mention, _Person]]) -> _Person | None:
    words = re.sub(r"['’]s?$", "", words.strip())
    last = words.split()[-1]
    for _, person in reversed(placed):
        if last in person.forms or last.lower() in person.forms:
            return person
    kind = _PRONOUNS["en"].get(last.lower())
    if kind in ("he", "she"):
        fits = [person for _, person in placed if person.sex == kind]
        return fits[0] if fits else next(iter(reader.pronoun(kind)), None)
    if last.lower() in ("its", "it"):
        return next(iter(reader.pronoun("it")), None)
    return next((p for p in reader.people if last.lower() in p.forms), None)


def _cast(reader: _Reader, ids: list[str], size: int) -> Cast:
    kept = []
    for person in reader.people:
        if not person.scenes:
            continue
        strong = person.named or person.mentions >= 2 or person.subject or person is reader.narrator
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


def _description(person: _Person) -> str:
    look = dataclasses.replace(person.look)
    head = look.noun.split()[-1] if look.noun else ""
    if head in _KIN:
        look.noun = _KIN[head] if not person.child or "old" in _KIN[head] else _KIN[head].replace("man", "boy")
    if not look.noun:
        young = person.child
        look.noun = {"he": "a boy" if young else "a man", "she": "a girl" if young else "a woman", "it": ""}.get(
            person.sex, "a child" if young else "a person"
        )
    return look.text()


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
        people.append(_Person(character.name, character.name[:1].isupper(), sex, concept, forms - {""}))
    reader = _Reader(language, list(people))
    order = {character.id: person for character, person in zip(board.characters, people, strict=True)}
    for name in reversed(list(before)):
        if name in order:
            reader.touch(order[name])
    narrator = next((p for p in people if p.name == "Narrator"), None)
    reader.narrator = narrator
    _read_scene(reader, 0, text, told(text))
    here = [(person.scenes.get(0, 0.0), -number, board.characters[number].id) for number, person in enumerate(people)]
    return tuple(name for weight, _, name in sorted(here, reverse=True) if weight >= 0.9)
