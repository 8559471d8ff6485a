"""Which capitalised words of an English text are names of persons, by how the parsed text uses them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from agent.language import PRONOUNS, Document, Token, is_common_word, parse
from agent.story.cast.kinds import Kind, is_place, kind_of
from agent.story.cast.mentions import NAMING, SPEAKING, name_of
from agent.story.cast.people import HE_TITLES, SHE_TITLES, TITLES, Person, marks_of
from agent.story.lexicon import STOPWORDS, find, is_body_part
from agent.story.readers import speaker_name

__all__ = ["NEVER", "cue_kind", "cue_parts", "find_persons", "vocatives"]

ENOUGH = 0.8  # evidence that makes a name a person's
NEVER = frozenset(
    """
    i god christmas easter internet english french spanish german chinese japanese american european earth mars chapter
    part act scene north south east west lord monday tuesday wednesday thursday friday saturday sunday oh ah well heaven
    heavens january february october november december
    ok int ext cut fade end title god's mr mrs dr cont'd contd continued later day night
    """.split()  # noqa: SIM905
)
# First names that are nearly always a man's or a woman's; what the text says comes first.
_MEN = frozenset(
    """
    adam albert alex alexander alfred andrew anthony arthur barnaby ben benjamin bernard bert bill billy bob bobby
    brian bruno carl carlos charles charlie chris christopher dan daniel dave david dennis dick donald douglas ed
    eddie edgar edmund edward eli eric ernest felix finn frank franklin fred freddy frederick gabriel gary
    geoffrey george gerald gilbert gordon greg gregory gus guy hank hans harold harry harvey hector henry herbert
    herman hugo hugh ian isaac ivan jack jacob jake james jason jasper jeff jeremy jerry jesse jim jimmy joe john
    johnny jonathan joseph josh joshua juan julian kevin larry lawrence leo leon leonard lewis liam louis lucas
    luke malcolm marcus mark martin matthew max michael mike miguel miles mohammed ned neil nicholas nick noah
    oliver omar oscar otto owen patrick paul percy pedro peter phil philip pierre ralph ramon raymond rex richard
    robert robin rodney roger roland ron ronald rudolph rufus rupert samuel saul scott sebastian seth sherlock
    silas simon stanley stephen steve steven ted terence theodore thomas tim timothy toby tobias todd tom tommy
    tony victor vincent walter warren watson wilfred will william winston zachary
    """.split()  # noqa: SIM905
)
_WOMEN = frozenset(
    """
    abigail ada adele agatha agnes alice alicia amanda amelia amy angela anita ann anna annabel anne annie audrey
    barbara beatrice becky bella bertha beth betty bridget carla carmen carol caroline catherine cecilia celia
    charlotte chloe christina christine clara clarissa claudia cora daisy daphne deborah delia diana dolores dora
    doris dorothy edith eleanor elena eliza elizabeth ella ellen elsa elsie emily emma esther ethel eva eve evelyn
    fatima fiona flora florence frances freda gemma georgia geraldine gertrude gina gloria grace greta gwen hannah
    harriet hattie hazel heather heidi helen helena hermione hilda ida imani ingrid irene iris isabel isabella ivy
    jane janet jasmine jean jennifer jenny jessica jill joan joanna josephine joy joyce judith judy julia juliet
    june karen kate katherine kathleen kitty laura lavinia leah lena lily linda lisa lola louise lucia lucille
    lucy lydia mabel maggie mara margaret maria marie marion marjorie martha mary matilda maud may melissa
    mercedes mina minnie mira miranda miriam molly monica nancy naomi natalie nell nellie nina nora olga olive
    olivia ophelia pamela patricia paula pauline pearl peggy penelope phoebe polly priscilla rachel rebecca rosa
    rosalind rose rosie ruby ruth sally sara sarah selma sheila sofia sophia sophie stella sue susan susanna
    sylvia teresa thelma theresa tina ursula valerie vera veronica victoria viola violet virginia wanda wendy
    wilma winifred yvonne zoe
    """.split()  # noqa: SIM905
)
_WHERE = frozenset(
    ("at", "in", "to", "from", "near", "into", "through", "towards", "toward", "beyond", "outside", "across", "off")
)
_MEETING = frozenset(
    """
    meet tell ask hug kiss follow thank greet help give show marry love call beg teach scold invite hand pat poke chase
    """.split()  # noqa: SIM905
)
_VOCATIVE = re.compile(
    r"(?:^|[,!?.;] )(?:my dear |dear |good |old |poor |young )?"
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr|Captain|Sir|Lady|Aunt|Uncle)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?=[,.!?;]|$)"
)


def find_persons(
    documents: Sequence[Document], cues: Iterable[str], lower: Counter[str], shouted: frozenset[str] = frozenset()
) -> list[Person]:
    """The persons that a text calls by a name, in order of appearance: names that belong together are one person's.
    `cues` are speakers' names, and a script's own word for who is who; `lower` counts the words that the text writes in
    small letters, and `shouted` are those that it writes in capitals only (small letters here)."""
    cues = list(cues)
    beasts = {
        kind.word
        for document in documents
        for phrase in document.noun_phrases
        if phrase.determiner and (kind := kind_of(document, phrase)) and not kind.person
    }
    evidence: dict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    kinds: dict[str, Kind | None] = {}
    genders: dict[str, str] = {}
    for cue in cues:
        evidence[cue] += 3.0
        counts[cue] += 1
    for document in documents:
        for phrase in document.noun_phrases:
            name = name_of(phrase)
            if not name or phrase.head.word_class not in ("PROPN", "NOUN", "ADJ"):
                continue
            kind = kind_of(document, phrase)
            if kind is not None and (phrase.determiner or phrase.owner or kind.several):
                continue
            if kind is not None and not kind.person and name.split()[0].lower() in TITLES and kind.word in beasts:
                continue  # "Master Fox" is the fox of whom it is told
            opens = document.tokens[phrase.start].start == 0 and " " not in name
            if phrase.head.word_class != "PROPN" and (opens or phrase.determiner not in ("", "the")):
                continue
            if not _may_be_name(name, phrase.head, opens, lower) or (name not in cues and _is_shout(name, shouted)):
                continue
            counts[name] += 1
            kinds.setdefault(name, kind)
            if gender := _gender_of_called(document, phrase.head):
                genders.setdefault(name.lower(), gender)
            evidence[name] += _evidence(document, phrase.head, name, opens, phrase.determiner)
            things = [t for t in phrase.modifiers if not t.text[:1].isupper()]
            if any(not kind_of(document, document.phrase(t)) for t in things):
                evidence[name] -= 1.5  # "the cargo ship Halcyon"
        for token in document.tokens:  # "Blue Parrot nightclub", "Southampton Street"
            if token.relation == "compound" and token.word_class == "PROPN":
                head = document.tokens[token.head]
                if head.word_class == "NOUN" and not head.text[:1].isupper():
                    evidence[token.text] -= 0.7
    accepted = [name for name in counts if evidence[name] >= ENOUGH and evidence[name] >= 0.2 * counts[name]]
    parts = {part for name in accepted for part in name.split() if part.lower() not in TITLES}
    accepted += [
        name for name in counts
        if name not in accepted and " " in name and evidence[name] > 0 and parts & set(name.split())
    ]  # fmt: skip
    people: list[Person] = []
    places = {name: at for at, name in enumerate(counts)}
    for name in sorted(accepted, key=lambda name: (name not in cues, -len(name.split()), places[name])):
        _add(people, name, accepted, cues)
    order = {name.lower(): at for at, name in enumerate(counts)}
    people.sort(key=lambda person: min(order.get(form, 9999) for form in person.forms))
    for person in people:
        kind = next((k for n, k in kinds.items() if k and n.lower() in person.forms), None)
        if kind is not None:
            person.kind, person.gender = kind, person.gender or kind.gender
            if " " not in person.name:
                person.forms.add(kind.word)
        called = next((genders[form] for form in sorted(person.forms) if form in genders), "")
        person.gender = person.gender or called or _usual(person.name) or _gender(documents, person)
    return people


def _gender_of_called(document: Document, name: Token) -> str:
    """The gender of the noun that is called by a name: "a thin boy called Nuri"."""
    verb = document.tokens[name.head]
    if name.relation != "oprd" or verb.relation != "acl" or verb.lemma not in NAMING:
        return ""
    kind = kind_of(document, document.phrase(document.tokens[verb.head]))
    return kind.gender if kind is not None else ""


def _is_shout(name: str, shouted: frozenset[str]) -> bool:
    """Whether a name is only ever written in capitals and has a common word in it: "MUSIC BUILDS", "PIANO"."""
    words = name.lower().split()
    return all(word in shouted for word in words) and any(map(is_common_word, words))


def _usual(name: str) -> str:
    """The gender that most people of a first name have."""
    first = next((word for word in name.lower().split() if word not in TITLES), "")
    return "he" if first in _MEN else "she" if first in _WOMEN else ""


def _may_be_name(name: str, head: Token, opens: bool, lower: Counter[str]) -> bool:
    words = [word.lower() for word in name.split()]
    if words[-1] in NEVER or len(name) < 2 or any(letter.isdigit() for letter in name):
        return False
    if words[-1] in TITLES and len(words) == 1 and (opens or words[-1] in lower):
        return False
    if is_place(words[-1]) and len(words) > 1:
        return False
    if opens and len(words) == 1:
        if words[0] in STOPWORDS or words[0].endswith(("ing", "ly")) or lower[words[0]]:
            return False
        return not any(hit.group in ("weather", "times", "settings", "moods") for hit in find(words[0], "en"))
    return not (len(words) == 1 and words[0] in STOPWORDS)


def _evidence(document: Document, head: Token, name: str, opens: bool, determiner: str) -> float:
    token = head
    joined = False
    while token.relation == "conj" and token.head != token.index:
        token, joined = document.tokens[token.head], True
    above = document.tokens[token.head]
    score = 0.1 if opens else 0.3
    if determiner == "the":
        score -= 0.5
    first = name.split()[0].lower()
    if first in _MEN or first in _WOMEN:
        score += 0.6
    if first in TITLES and " " in name:
        score += 1.5
    relation = token.relation
    if relation in ("nsubj", "nsubjpass"):
        if above.lemma in SPEAKING:
            score += 1.5
        elif above.lemma in ("be", "have", "seem", "lie", "stand", "become") or relation == "nsubjpass":
            score += 0.3
        else:
            score += 0.8 if above.tag != "NNS" else 0.0
    elif relation == "poss":
        possessed = document.tokens[head.head]
        if is_place(possessed.text) and possessed.text[:1].isupper():
            return score - 1.5
        score += 1.2 if is_body_part(possessed.text.lower()) or possessed.lemma in ("mother", "father") else 0.5
    elif relation in ("dobj", "dative", "iobj"):
        score += 1.0 if above.lemma in _MEETING else 0.3
    elif relation == "appos":
        related = kind_of(document, document.phrase(above)) if above.word_class in ("NOUN", "PROPN") else None
        beside = above.index == head.left - 1 and above.word_class == "NOUN"
        score += 1.5 if related else -1.5 if beside else 0.0  # "the brig Mary Jane"
    elif relation in ("oprd", "attr"):
        named = above.lemma in ("name", "call", "christen") or any(
            c.lemma == "name" for c in document.children[above.index]
        )
        score += 1.5 if named else 0.1
    elif relation == "pobj":
        governor = document.tokens[above.head]
        if above.lemma in _WHERE and governor.lemma not in (SPEAKING | {"listen", "look", "wave", "nod", "turn"}):
            score -= 1.0
        elif above.lemma == "of":
            score -= 0.2
        elif above.lemma in ("with", "beside", "behind", "by", "to"):
            score += 0.4
    for child in document.children[head.index]:
        if child.relation == "appos" and child.word_class in ("NOUN", "PROPN") and child.index > head.index:
            score += 1.5 if kind_of(document, document.phrase(child)) else 0.0
    before = document.tokens[head.left - 1] if head.left else None
    if before is not None and before.word_class == "NOUN" and kind_of(document, document.phrase(before)):
        score += 1.0
    return score + (0.1 if joined else 0.0)


def _add(people: list[Person], name: str, accepted: Sequence[str], cues: Sequence[str]) -> None:
    """Put a name to the person who bears it, longer names before shorter ones."""
    words = [word.lower() for word in name.split()]
    bare = [word for word in words if word not in TITLES] or words
    gender = (
        "he" if words[0] in HE_TITLES and len(words) > 1 else "she" if words[0] in SHE_TITLES and len(words) > 1 else ""
    )
    owners = []
    for person in people:
        theirs = person.name.lower().split()
        plain = [word for word in theirs if word not in TITLES] or theirs
        if gender and person.gender and gender != person.gender:
            continue
        fuller = name not in cues and person.name in cues and set(plain) < set(bare)  # "Poor Edward" of EDWARD
        if bare == plain or (len(bare) == 1 and bare[0] in (plain[0], plain[-1])) or set(bare) < set(plain) or fuller:
            owners.append(person)
    if len(owners) == 1 and not (len(bare) == 1 and len(words) > 1 and len(owners[0].name.split()) == 1 and not gender):
        owners[0].forms |= {name.lower(), " ".join(bare)}
        owners[0].gender = owners[0].gender or gender
        return
    if len(owners) > 1 and not gender and name not in cues:
        # "Sherlock Holmes" and "Mr Holmes" may both be Holmes; two families' members are not
        exact = [p for p in owners if name.lower() in p.forms]
        if exact or len(bare) == 1:
            return
    forms = {name.lower()} | ({bare[0]} if len(bare) == 1 else set())
    display = name
    aged = len(words) == 2 and words[0] in ("old", "little", "young", "big", "adult")
    if aged and name.split()[1] in accepted and all(other.name != name.split()[1] for other in people):
        display = name.split()[1]
    person = Person(display, named=True, gender=gender, forms=forms | {display.lower()})
    if words[0] in TITLES and len(words) > 1:
        person.marks |= {words[0]} & {"old", "young", "little", "big"}
    people.append(person)


def _gender(documents: Sequence[Document], person: Person) -> str:
    """The pronoun that follows a name most often before anybody else is named. An object in the sentence of a name is
    somebody else: "Nuri sold oranges beside her"."""
    votes: Counter[str] = Counter()
    waiting = 0
    for document in documents:
        waiting -= 1
        named = False
        for token in document.tokens:
            lower = token.text.lower()
            if named and token.relation in ("dobj", "pobj", "dative") and lower in PRONOUNS:
                continue
            if token.word_class == "PROPN" and lower in person.forms:
                named = True
                waiting = 2 if token.relation in ("nsubj", "poss", "nsubjpass", "ROOT", "appos", "conj") else 1
            elif waiting > 0 and (pronoun := PRONOUNS.get(lower)) and pronoun.gender in ("he", "she"):
                votes[pronoun.gender] += 1
                waiting = 0
            elif token.word_class == "PROPN" or (
                token.word_class == "NOUN" and token.relation in ("nsubj", "dobj") and _sexed(document, token)
            ):
                waiting = 0
    return max(votes, key=lambda gender: votes[gender]) if votes["he"] != votes["she"] else ""


def _sexed(document: Document, token: Token) -> bool:
    kind = kind_of(document, document.phrase(token))
    return kind is not None


def vocatives(words: str) -> list[str]:
    """The names by which somebody is called in what is said: "Very sorry, Watson"."""
    return [match["name"].replace(".", "") for match in _VOCATIVE.finditer(words)]


def cue_parts(cue: str) -> list[str]:
    """Part the names of those who speak together: "EDWARD AND WILL"."""
    return [part for part in re.split(r"\s+(?:and|AND|And|&|/)\s+|/", cue) if part.strip()] or [cue]


def cue_kind(cue: str) -> tuple[str, Kind | None, set[str], set[str]]:
    """What a speaker's name says of who speaks ("AN OLD WOMAN"): the name, and kind, adjectives and nouns of one that
    is a noun."""
    name = re.sub(r"^(?:the|an?) ", "", speaker_name(cue), flags=re.IGNORECASE).replace(".", "")
    phrase = next(iter(parse(f"the {name.lower()}").noun_phrases), None)
    document = parse(f"the {name.lower()}")
    kind = kind_of(document, phrase) if phrase is not None and phrase.end == len(document.tokens) else None
    if kind is None or phrase is None:
        return name, None, set(), set()
    marks = marks_of(t.text.lower() for t in phrase.adjectives)
    return name, kind, marks, {t.text.lower() for t in phrase.modifiers}
