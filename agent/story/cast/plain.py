"""Who is in a story in a language that is not parsed: names by their capitals and their company, beings by the
lexicon, pronouns by whom they fit last. It reads no looks; who is only talked about counts as there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from agent.language import with_article
from agent.story.lexicon import BEINGS, STOPWORDS, Hit, find
from agent.story.sentences import body_start, detect_language, split_sentences
from agent.story.speech import SPEECH_VERBS, told
from db.board import Board, Character

__all__ = ["find_cast", "who_is_in"]

MAX_CAST = 40
ENOUGH = 0.8  # evidence that makes a capitalised word a name; German writes every noun so
ENOUGH_GERMAN = 1.2
_PRONOUNS = {
    "es": {"él": "he", "ella": "she"},
    "fr": {"il": "he", "elle": "she"},
    "de": {"er": "he", "ihm": "he", "ihn": "he", "sie": "she", "ihr": "she"},
    "zh": {"他": "he", "她": "she"},
    "ja": {"彼女": "she", "彼": "he"},
}
_FIRST_PERSON = {
    "es": r"\b(?:yo|mí|mis?)\b",
    "fr": r"\b(?:je|j['’]|moi)",
    "de": r"\b(?:ich|mir|mich)\b",
    "zh": "我(?!们)",
    "ja": "僕|私|ぼく|わたし|俺",
}
_NAMED = (
    r"llamad[oa]|que se llamaba|se llamaba|nommée?|appelée?|qui s['’]appelait|namens|mit (?:dem )?namen|"
    r"der hieß|die hieß|hieß"
)
_NEVER = frozenset(
    """
    dios dieu gott señor señora monsieur madame herr frau lunes martes miércoles jueves viernes sábado domingo sí no
    luego después entonces cuando mientras oui non alors puis enfin ja nein dann plötzlich
    """.split()  # noqa: SIM905
)
_NAME = re.compile(r"(?<![^\W\d_])[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:-[A-Z][^\W\d_]+)?(?: [A-ZÀ-ÖØ-Þ][^\W\d_]+)?")
_SPOKEN = re.compile(rf"^,? {SPEECH_VERBS}\b")
_INTRODUCED = re.compile(rf"\b(?:{SPEECH_VERBS}|{_NAMED}) $", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"\b(?:en|desde|hacia|à|dans|vers|nach|aus|bei) (?:el |la |le )?$", re.IGNORECASE)
_GERMAN_NOUN = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|kein\w*|mein\w*|dein\w*|sein\w*|ihr\w*|unser\w*|"
    r"zum|zur|im|am|vom|beim|ins|ans|aufs|dies\w+|jed\w+|all\w*|viel\w*|manch\w+|\w+(?:en|er|es|em|e)) $",
    re.IGNORECASE,
)
_EAST_NAMES = {
    "ja": [
        r"([ァ-ヴー]{2,8})(?=は|が|を|に|と|の|も|さん|ちゃん|くん|、|「)",
        r"([一-龯ぁ-ん]{1,3})(?:さん|ちゃん|くん|君)(?=は|が|を|に|と|の|も)",
        r"([一-龯ァ-ヴー]{1,6})という(?:名の|名前の)?",
    ],
    "zh": [
        r"(?:名叫|叫做|名字叫|叫作)([一-龯]{2,3}?)(?=[的，。、和是]|$)",
        r"((?:小|阿|老)[一-龯])(?=说|问|走|跑|看|和|的|在|把|笑|想|也|拿|点)",
        r"(?:^|[，。！？“”\n])([一-龯]{2,3}?)(?=说|问道|问|笑着|喊|回答|叹)",
    ],
}
_GIVEN = re.compile(rf"(?:名字叫|名叫|叫做|叫|\b(?:{_NAMED}|se llama|s['’]appelle|heißt)) ?$", re.IGNORECASE)
_LINK_BEFORE = re.compile(  # between a noun and the name that it is given
    rf"(?: [a-zà-ÿ]+){{0,2}},? ?(?:{_NAMED}|名叫|名字叫|叫做|叫)[ ,]*| ", re.IGNORECASE
)
_LINK_BEHIND = re.compile(  # between a name and a noun that says what its bearer is
    r"(?:,| era| war| était| est| es|という|的)(?: (?:un|una|une|le|la|el|der|die|das|ein|eine))? ?"
    r"(?:[^\W\d_]+ ){0,3}小?"
)


@dataclass(eq=False)
class _Person:
    name: str
    named: bool
    gender: str = ""
    concept: str = ""
    forms: set[str] = field(default_factory=set)
    scenes: Counter[int] = field(default_factory=Counter)
    mentions: int = 0

    def describe(self) -> str:
        people = {"he": "man", "she": "woman", "": "person"}
        return with_article(self.concept or people.get(self.gender, "person"))


def find_cast(scenes: Sequence[str]) -> tuple[tuple[Character, ...], tuple[tuple[str, ...], ...]]:
    """The characters of a story given as the texts of its scenes, ids "c1"..., and the ids of those in each scene."""
    language = detect_language("\n\n".join(scenes))
    prose = "\n\n".join(scene[body_start(scene) :] for scene in scenes)
    people = [_Person(name, named=True, forms={name}) for name in _find_names(prose, language)]
    narration = "\n".join(told(scene) for scene in scenes)
    if len(re.findall(_FIRST_PERSON[language], narration, re.IGNORECASE)) >= max(3, len(narration.split()) * 0.01):
        people.append(_Person("Narrator", named=True, forms={"Narrator"}, scenes=Counter(range(len(scenes)))))
    _read(people, scenes, language)
    kept = [p for p in people if p.scenes and (p.named or p.mentions > 1)]
    kept.sort(key=lambda p: (-len(p.scenes), -p.mentions))
    kept = kept[:MAX_CAST]
    characters = tuple(
        Character(
            f"c{number}",
            person.name[:1].upper() + person.name[1:],
            person.describe(),
            tuple(sorted(person.forms - {person.name, person.name[:1].upper() + person.name[1:]})),
        )
        for number, person in enumerate(kept, start=1)
    )
    return characters, tuple(_present(kept, [c.id for c in characters], at) for at in range(len(scenes)))


def who_is_in(text: str, board: Board) -> tuple[str, ...]:
    """Ids of the board's characters whom a scene's text shows."""
    people = []
    for character in board.characters:
        beings = [hit for hit in find(character.description, "en") if hit.group in BEINGS]
        concept, group = (beings[0].concept, beings[0].group) if beings else ("", "")
        forms = {character.name, *character.aliases}
        gender = group if group in ("he", "she") else ""
        people.append(_Person(character.name, named=True, gender=gender, concept=concept, forms=forms))
    known = list(people)
    _read(people, [text], detect_language(text))
    return _present(known, [character.id for character in board.characters], 0)


def _present(people: Sequence[_Person], ids: Sequence[str], scene: int) -> tuple[str, ...]:
    here = [(-person.scenes[scene], at) for at, person in enumerate(people) if person.scenes[scene]]
    return tuple(ids[at] for _, at in sorted(here)[:6])


def _read(people: list[_Person], scenes: Sequence[str], language: str) -> None:
    """Note who is in each scene; beings that no name belongs to are added."""
    recent: list[_Person] = []
    edge = "" if language in ("zh", "ja") else r"\b"
    for number, scene in enumerate(scenes):
        tale = told(scene)
        for sentence in split_sentences(scene, language):
            if not sentence.heading:
                _read_sentence(people, recent, number, tale[sentence.start : sentence.end], language, edge)


def _read_sentence(
    people: list[_Person], recent: list[_Person], number: int, text: str, language: str, edge: str
) -> None:
    forms = sorted(((form, p) for p in people for form in p.forms), key=lambda item: -len(item[0]))
    found: list[tuple[int, int, _Person | Hit | str]] = []
    for form, bearer in forms:
        for match in re.finditer(edge + re.escape(form) + edge, text):
            if all(match.end() <= a or match.start() >= b for a, b, _ in found):
                found.append((*match.span(), bearer))
    for hit in find(text, language):
        if hit.group in BEINGS and all(hit.end <= a or hit.start >= b for a, b, _ in found):
            found.append((hit.start, hit.end, hit))
    for word, gender in _PRONOUNS[language].items():
        for match in re.finditer(edge + word + edge, text, re.IGNORECASE):
            if all(match.end() <= a or match.start() >= b for a, b, _ in found):
                found.append((*match.span(), gender))
    found.sort(key=lambda item: item[:2])
    subjects: list[_Person] = []
    for at, (start, _, what) in enumerate(found):
        person: _Person | None
        if isinstance(what, _Person):
            person = what
            unnamed = [p for p in [*recent, *subjects] if not p.named]
            if not person.concept and unnamed and _GIVEN.search(text[:start]):
                _name(person, unnamed[-1])
                people.remove(unnamed[-1])
                for known in (recent, subjects):
                    known[:] = [person if p is unnamed[-1] else p for p in known]
        elif isinstance(what, Hit):
            person = _linked(text, found, at) or _known(people, what)
            if person is None:
                person = _Person(what.text, named=False, concept=what.concept, forms={what.text})
                people.append(person)
            person.concept = person.concept or what.concept
            person.gender = what.group if what.group in ("he", "she") else person.gender
        else:
            person = next((p for p in [*subjects[:1], *reversed(recent)] if p.gender in ("", what)), None)
        if person is None:
            continue
        person.mentions += not isinstance(what, str)
        person.scenes[number] += 1
        subjects.append(person)
    for person in reversed(list(dict.fromkeys(subjects))):
        if person in recent:
            recent.remove(person)
        recent.append(person)


def _name(person: _Person, other: _Person) -> None:
    """Make whoever was seen without a name the one who bears it."""
    person.concept, person.gender = other.concept, other.gender
    person.forms |= other.forms
    person.scenes += other.scenes
    person.mentions += other.mentions


def _linked(text: str, found: Sequence[tuple[int, int, _Person | Hit | str]], at: int) -> _Person | None:
    """The named person that a noun beside the name describes: "un zorro llamado Bruno", "Mira, una niña"."""
    start, end, _ = found[at]
    after = found[at + 1] if at + 1 < len(found) else None
    before = found[at - 1] if at else None
    if after and isinstance(after[2], _Person) and after[2].named and _LINK_BEFORE.fullmatch(text[end : after[0]]):
        return after[2]
    if before and isinstance(before[2], _Person) and not before[2].concept:
        return before[2] if _LINK_BEHIND.fullmatch(text[before[1] : start]) else None
    return None


def _known(people: Sequence[_Person], hit: Hit) -> _Person | None:
    """Who was called by this noun before, or is of its kind."""
    same = [p for p in people if hit.text in p.forms or p.concept == hit.concept]
    return same[-1] if same else None


def _find_names(text: str, language: str) -> list[str]:
    if language in ("zh", "ja"):
        return _find_east_names(text, language)
    evidence: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    lower = set(re.findall(r"(?<![^\W\d_])[a-zà-öø-ÿß][^\W\d_]+", text))
    for match in _NAME.finditer(text):
        name, start = match[0], match.start()
        before, after = text[max(0, start - 24) : start], text[match.end() : match.end() + 30]
        opens = not before.strip() or before.rstrip()[-1:] in ".!?:…\"“«»”„—–-\n*’‘'¡¿("
        if (first := name.split()[0]).lower() in STOPWORDS | _NEVER or (opens and first.lower() in lower):
            name = name.partition(" ")[2]
        if not name or name.lower() in STOPWORDS | _NEVER:
            continue
        introduced = bool(_INTRODUCED.search(before))
        if language == "de" and not introduced and (_GERMAN_NOUN.search(before) or find(name.lower(), "de")):
            evidence[name] -= 1.0
            continue
        counts[name] += 1
        evidence[name] += 0.25 if opens else 0.6
        word = re.match(r"^,? ([a-zà-ÿ]+)", after)
        if introduced or _SPOKEN.match(after):
            evidence[name] += 1.5
        elif _PLACE_BEFORE.search(before):
            evidence[name] -= 0.9
        elif (word and not find(word[1], language)) or re.search(r"\b(?:y|et|und|con|avec|mit) $", before):
            evidence[name] += 0.4
    enough = ENOUGH_GERMAN if language == "de" else ENOUGH
    return [name for name in counts if evidence[name] >= max(enough, 0.2 * counts[name])]


def _find_east_names(text: str, language: str) -> list[str]:
    first: dict[str, int] = {}
    for pattern in _EAST_NAMES[language]:
        for match in re.finditer(pattern, text, re.MULTILINE):
            name = match[1]
            if not find(name, language) and not set(name) & set("他她它我你们这那的了就又也都很"):
                first[name] = min(match.start(), first.get(name, match.start()))
    return sorted((name for name in first if text.count(name) >= 2), key=lambda name: first[name])
