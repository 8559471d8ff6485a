"""Names of persons in a text, told from other capitalised words by how they are used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from agent.story.lexicon import BEINGS, STOPWORDS, find, singular
from agent.story.speech import told
from agent.story.verbs import base_of_present, is_verb

__all__ = ["HE_TITLES", "SHE_TITLES", "SPEECH_VERBS", "Name", "find_names"]

HE_TITLES = frozenset(
    """
    mr king prince sir lord uncle grandpa grandfather father brother señor don monsieur herr emperor duke count
    granddad onkel oncle tío prinz könig rey roi príncipe
""".split()  # noqa: SIM905
)
SHE_TITLES = frozenset(
    """
    mrs ms miss queen princess lady aunt grandma grandmother mother sister señora doña madame frau granny nana
    mme mlle madam empress duchess countess auntie tante tía prinzessin königin reina reine princesa princesse
""".split()  # noqa: SIM905
)
_TITLES = HE_TITLES | SHE_TITLES | frozenset(
    """
    dr doctor captain professor detective inspector sergeant officer general old little young big saint judge
    master colonel major lieutenant private chief baby capitán capitaine kapitän doktor
""".split()  # noqa: SIM905

)  # fmt: skip
SPEECH_VERBS = (
    r"(?:said|says|asked|asks|cried|shouted|whispered|replied|answered|called|murmured|exclaimed|laughed|sighed|"
    r"muttered|"
    r"yelled|begged|growled|added|told|whimpered|sobbed|announced|agreed|explained|screamed|smiled|nodded|gasped|"
    r"grinned|"
    r"continued|warned|promised|admitted|snapped|repeated|wondered|hissed|squeaked|barked|roared|chirped|croaked|"
    r"dijo|preguntó|respondió|gritó|exclamó|contestó|susurró|murmuró|dit|demanda|répondit|cria|murmura|s'écria|"
    r"sagte|fragte|antwortete|rief|flüsterte|sprach|meinte|schrie)"
)
_NEVER = frozenset(
    """
    i god cont contd christmas easter internet tv ok january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday english french spanish german
    chinese japanese american earth mars chapter part act scene north south east west oh ah yes no well please
    thank thanks hello hi hey far high deep low above below beyond behind goodbye inside outside everyone
    everything nothing nobody somebody someone something anyone anything perhaps maybe once meanwhile later
    today tomorrow yesterday tonight dear sir madam mum mom dad mama papa mister int ext day night morning
    evening continuous later end cut fade title author credit good look listen come wait stop help welcome sí no
    luego después entonces cuando mientras oui non alors puis enfin ja nein dann plötzlich lunes martes
    miércoles jueves viernes sábado domingo dios dieu gott señor señora monsieur madame herr frau mr mrs ms miss
    dr two three four five six seven eight nine ten eleven twelve hundred many few several
""".split()  # noqa: SIM905
)
_PERSON_AFTER = re.compile(
    rf"^(?:,? (?:and \w+ )?{SPEECH_VERBS}|['’]s (?:face|eyes|hand|heart|hair|head|voice|mother|father))\b"
)
_PERSON_BEFORE = re.compile(
    rf"(?:\b{SPEECH_VERBS}|\b(?:named|called|name was|name is|"
    rf"llamad[oa]|se llamaba|nommée?|appelée?|namens|hieß|I am|I['’]m|call me|this is|meet)|"
    rf"\bdear) $", re.IGNORECASE
)  # fmt: skip
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|across|through|of|into|towards?|around|en|desde|hacia|à|dans|vers|nach|aus|bei) (?:the |"
    r"el |la |le )?$",
    re.IGNORECASE,
)
_GERMAN_DETERMINER = re.compile(
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
        r"(?:^|[。，！？“”\n])([一-龯]{2,3}?)(?=说|问道|问|笑着|喊|回答|叹)",
    ],
}
_TOKEN = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:['’][A-Z][^\W\d_]+)?(?:-[A-Z][^\W\d_]+)?")
_LOWER = re.compile(r"(?<![^\W\d_])[a-zà-öø-ÿß][^\W\d_]+")
_SEQUENCE = re.compile(
    rf"{_TOKEN.pattern}(?:(?:(?<=Mr)\.|(?<=Mrs)\.|(?<=Ms)\.|(?<=Dr)\.|(?<=Sr)\.|(?<=Capt)\.|"
    rf"(?<=Prof)\.)? {_TOKEN.pattern}){{0,3}}"
)
_AFTER_VERB = re.compile(r" (?:an?|the|his|her|him|them|it|its|their|up|down|out|into|to|on to)\b")
_WORD_AFTER = re.compile(r"^,? (?:never |always |also |still |only |just |quickly |slowly )?([a-zà-ÿ]+)")


@dataclass
class Name:
    """A person's name: as most fully written, its other forms, and what the text shows of "he" or "she"."""

    full: str
    forms: set[str] = field(default_factory=set)
    sex: str = ""
    count: int = 0


def find_names(text: str, language: str) -> list[Name]:
    """Names in order of first appearance. A short form ("Anna") joins a longer one ("Anna Lee") unless two could claim
    it; then it stays a name of its own."""
    if language in ("zh", "ja"):
        return _east_names(text, language)
    lower = Counter(match[0] for match in _LOWER.finditer(text))
    evidence: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for match in _SEQUENCE.finditer(text):
        start, end, words = match.start(), match.end(), match[0].split()
        before = text[max(0, start - 24) : start]
        opens = not before.strip() or before.rstrip()[-1:] in ".!?:…\"“«»”„—–-\n*’‘'¡¿("
        if opens and before.endswith(", "):
            opens = False
        speaks = match[0].isupper() and _is_cue_line(text, start, end)
        if text[max(0, start - 1) : start].isalpha() or (
            match[0].isupper() and len(match[0]) > 1 and match[0] not in counts
        ):
            if not speaks:
                continue
            words = [word.capitalize() for word in words]
        while words and _ordinary(words[0].strip("."), lower, opens, len(words)):
            start += len(words[0]) + 1
            words = words[1:]
            opens = False
        while words and words[-1].lower() in _NEVER:
            words = words[:-1]
        if not words or len(" ".join(words)) < 2:
            continue
        name = " ".join(words).replace(".", "")
        single = len(words) == 1
        if single and name.lower() in _TITLES and (opens or name.lower() in lower):
            continue
        before, after = text[max(0, start - 24) : start], text[end : end + 30]
        spoken = bool(_PERSON_BEFORE.search(before))
        if (
            language == "de"
            and single
            and not spoken
            and (_GERMAN_DETERMINER.search(before) or find(name.lower(), "de"))
        ):
            evidence[name] -= 1.0
            continue
        counts[name] += 1
        first.setdefault(name, start)
        score = 0.25 if opens else 0.6
        if speaks and text[end : end + 60].partition("\n")[2][:1].strip():  # a screenplay's speaker, words right below
            score += 0.7
        if not single and words[0].lower().strip(".") in _TITLES:
            score += 1.5
        if _PERSON_AFTER.match(after) or _PERSON_BEFORE.search(before):
            score += 1.5
        elif _PLACE_BEFORE.search(before):
            score -= 0.9
        elif (word := _WORD_AFTER.match(after)) and (
            is_verb(word[1]) or (language != "en" and not find(word[1], language))
        ):
            score += 0.7 if language == "en" else 0.4
        elif word and language == "en" and base_of_present(word[1]):
            score += 0.7 if _AFTER_VERB.match(after[word.end() :]) else 0.4
        elif re.match(r"['’]s\b", after) or re.search(r"\b(?:and|with|to|y|et|und|con|avec|mit) $", before):
            score += 0.4
        if re.search(r"\bthe $", before) and single:
            score -= 0.7
        evidence[name] += score
    accepted = [name for name in first if evidence[name] >= 0.8 and evidence[name] >= 0.2 * counts[name]]
    alone = set(accepted)
    accepted += [
        name for name in first if name not in alone and " " in name and evidence[name] > 0 and alone & set(name.split())
    ]
    if language == "de":
        accepted = [name for name in accepted if " " in name or evidence[name] >= 1.2]
    return _joined(sorted(accepted, key=lambda name: first[name]), counts, text)


def _is_cue_line(text: str, start: int, end: int) -> bool:
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return line.isupper() and len(line) < 40 and text[start:end] == text[start:end].upper()


@lru_cache(maxsize=20_000)
def _openers(word: str) -> bool:
    return word in STOPWORDS or word in _NEVER or word.endswith("ly")


def _ordinary(word: str, lower: Counter[str], opens: bool, size: int) -> bool:
    """Whether a capitalised word is no part of a name: capitalised only because it opens a sentence."""
    small = word.lower()
    if small in _TITLES and size > 1:
        return False
    if len(word) == 1:
        return True
    if _openers(small):
        return opens or small in _NEVER or small in STOPWORDS
    if opens and size == 1 and any(hit.group in ("weather", "times") for hit in find(small, "en")):
        return True  # "Snow had begun to fall"
    if opens and size == 1 and singular(small) != small and any(hit.group in BEINGS for hit in find(small, "en")):
        return True  # "Wolves howled"
    return opens and (small in lower or small.endswith(("ing", "ed")) or (size == 1 and small in _TITLES))


def _joined(names: list[str], counts: Counter[str], text: str) -> list[Name]:
    full = [name for name in names if " " in name]
    people: dict[str, Name] = {name: Name(name, {name}, _title_sex(name), counts[name]) for name in full}
    for name in (name for name in names if " " not in name):
        owners = [
            person
            for person in full
            if name in (person.split()[0], person.split()[-1]) and not _shared_surname(person, name, full)
        ]
        if len(owners) == 1:
            people[owners[0]].forms.add(name)
            people[owners[0]].count += counts[name]
        else:
            people[name] = Name(name, {name}, "", counts[name])
    order = {name: number for number, name in enumerate(names)}
    persons = sorted(people.values(), key=lambda person: min(order[form] for form in person.forms))
    # "Old Tobias" and "Tobias", "Mira" and "Mira Lee" are one; the plain name is what people call them.
    for person in persons:
        head = person.full.split()
        if len(head) == 2 and head[0].lower() in ("old", "little", "young", "big", "baby") and head[1] in person.forms:
            person.full = head[1]
    narration = told(text)
    for person in persons:
        person.sex = person.sex or _sex(person, narration)
    return persons


def _shared_surname(person: str, name: str, full: list[str]) -> bool:
    """A surname that two titled persons share ("Mr Fox", "Mrs Fox") is neither's short form."""
    return sum(other.split()[-1] == name or other.split()[0] == name for other in full) > 1


def _title_sex(name: str) -> str:
    title = name.split()[0].lower().strip(".")
    return "he" if title in HE_TITLES else "she" if title in SHE_TITLES else ""


def _sex(person: Name, text: str) -> str:
    """The pronoun of "His name was …", else the one that follows the name most often before another name comes.
    `text` is what is told: who speaks of "my gran" is not she."""
    forms = "|".join(sorted(map(re.escape, person.forms), key=len, reverse=True))
    if own := re.search(rf"\b(his|her) name (?:was|is) (?:{forms})\b", text, re.IGNORECASE):
        return "he" if own[1].lower() == "his" else "she"
    he = she = 0
    for number, match in enumerate(re.finditer(rf"\b(?:{forms})\b", text)):
        if number > 80:
            break
        after = text[match.end() : match.end() + 160]
        after = re.split(
            r"(?<=[a-z,.;!?\n][ \n])[A-Z][a-z]{2,}(?<!She)(?<!He)(?<!His)(?<!Her)(?<!The)(?<!Then)(?<!But)", after
        )[0]
        after = re.sub(r"^[^.!?]*?\bhim\b", "", after)  # whom the named one sees is somebody else
        pronoun = re.search(r"\b(he|she|his|her|him|él|ella|il|elle|er|sie|ihr|ihre|seine?)\b", after, re.IGNORECASE)
        if pronoun:
            if pronoun[1].lower() in ("he", "his", "him", "él", "il", "er", "sein", "seine"):
                he += 1
            else:
                she += 1
    return "he" if he > she else "she" if she > he else ""


def _east_names(text: str, language: str) -> list[Name]:
    found: Counter[str] = Counter()
    first: dict[str, int] = {}
    for pattern in _EAST_NAMES[language]:
        for match in re.finditer(pattern, text, re.MULTILINE):
            name = match[1]
            if not find(name, language) and not set(name) & set("他她它我你们这那的了就又也都很"):
                found[name] += 1
                first.setdefault(name, match.start())
    names = [name for name in first if text.count(name) >= 2]
    return [Name(name, {name}, "", text.count(name)) for name in sorted(names, key=lambda name: first[name])]
