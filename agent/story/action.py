"""The visible moment of a scene, as a drawing instruction: "Mira carrying the fox into the kitchen"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agent.story.lexicon import BEINGS, find, singular
from agent.story.names import SPEECH_VERBS
from agent.story.sentences import split_sentences
from agent.story.verbs import base_of_present, is_verb, participle
from db.board import Character

__all__ = ["visible_action"]

# How much there is to see in a verb; others count 0.5.
_VISUAL = {
    word: weight
    for weight, words in {
        1.0: """
    running carrying climbing jumping riding flying swimming dancing fighting falling chasing holding lifting
    pulling pushing throwing catching hugging kissing kneeling crawling leaping digging painting reading writing
    playing sleeping sitting pointing waving rowing sailing driving cooking eating drinking opening wrapping tying
    lighting raising swinging hiding crying laughing walking stepping planting building cutting pouring
    feeding embracing galloping floating sweeping knitting gathering picking handing racing crossing marching
    hanging bowing stretching reaching peering creeping tiptoeing rolling sliding skating singing blowing knocking
    shaking rescuing dragging curling hurrying rushing wading stumbling slipping diving soaring landing watching
    staring gazing following leading crouching leaning resting lying sniffing barking howling spinning drawing
    drumming fishing tugging grabbing clutching hoisting dropping breaking giving placing showing shivering
    trembling wagging washing hopping skipping
""",
        0.7: """
    standing looking going coming finding turning taking entering leaving smiling waiting seeing meeting working
    stopping arriving returning pausing nodding appearing bringing listening helping setting putting
""",
        0.12: """
    thinking knowing wondering remembering feeling being having seeming wanting hoping deciding liking loving
    believing understanding forgetting promising learning needing living beginning becoming happening hearing saying
    telling asking replying answering meaning owning calling keeping letting trying wishing agreeing belonging
    missing noticing realizing realising passing spending shouting whispering explaining continuing adding
    exclaiming wearing staying resembling sounding smelling costing lasting existing owing expecting planning
""",
    }.items()
    for word in words.split()
}
_SUBJECT_PRONOUN = re.compile(r"^(?:he|she|they|it|I|we)$", re.IGNORECASE)
_ADVERB = (
    r"(?:(?:\w+ly|then|soon|at once|never|still|just|also|always|suddenly|again|now|all|both|together|finally|"
    r"once more) )*"
)
_STOP = re.compile(
    r"[.;!?:—]|,? (?:but|because|although|though|while|until|so that|where|when|which|who|whom|as if|as though|"
    r"unless|since|if|as (?:he|she|they|it|the)\b)"
    r"|, (?:and )?(?:then )?(?:he|she|they|it|the \w+|\w+)(?= (?:was|were|had|\w+ed)\b)|,? so \w+ that\b|"
    r",? that (?:he|she|it|they|the)\b|, the\b|\"|“|«|\n"
)
_GROUP = r"(?:friends|children|sisters|brothers|animals|girls|boys|companions|travellers|family|pair)"
_PLAIN = ("run", "sit", "stand", "walk", "climb")  # "I run", "they sit"
_BESIDE = re.compile(
    r"(?:(?<!a )\bwhile|\b(?:when|whenever|as|after|before|because|since|if|that|until|though|although|who))[ ,]*$"
)
_PREPOSITIONS = frozenset(
    """
    in into inside on onto through over under across along down up out past toward towards from to at with by behind
    beside around near and
""".split()  # noqa: SIM905
)
_DETERMINERS = ("the", "a", "an", "his", "her", "its", "their", "my", "our")
_SEEN_LEAST = 0.2  # of a verb that a picture can show at all
MAX_ACTION_WORDS = 12
_TAG = 80  # letters within which a sentence says who spoke


def visible_action(text: str, tale: str, characters: Sequence[Character], language: str) -> str:
    """What those present are seen doing; "" where the text does not say. `tale` is the text with speech blanked."""
    if language != "en":
        return _pose(tale, characters, language)
    best, action = 0.25, ""
    sentences = [s for s in split_sentences(text, "en") if not s.heading]
    subject_before = _called(characters[0]) if characters else ""
    for number, sentence in enumerate(sentences):
        told = tale[sentence.start : sentence.end]
        for who, words, verb, named, beside in _clauses(told, characters, subject_before):
            subject_before = who or subject_before
            score = _VISUAL.get(verb, 0.5)
            if score < _SEEN_LEAST:
                continue
            score -= 0.3 if beside else 0.0  # what else went on
            score += 0.15 if named else 0.0
            score += 0.1 * min(
                3, len([hit for hit in find(words, "en") if hit.group in ("props", "settings", "animal")])
            )
            score += 0.12 * number / max(1, len(sentences) - 1)  # a scene builds up to its moment
            score -= 0.2 if len(words.split()) < 2 else 0.0
            score -= 0.15 if re.search(r"\b(?:it|them|him)\b|\bher$", words) else 0.0
            score -= 0.3 if re.search(r"\b(?:not|never|no longer|n't)\b", words) else 0.0
            if characters and who == _called(characters[0]):
                score += 0.1
            if score > best:
                best, action = score, f"{who} {words}".strip()
        if spoke := _last_speaker(told, characters):  # "said Mr Quill. He tapped the clock"
            subject_before = spoke
    return action or _pose(tale, characters, language)


def _last_speaker(told: str, characters: Sequence[Character]) -> str:
    """Whom a sentence ends by naming as the one who spoke; "" where it does not."""
    named = {name.lower(): one for one in characters for name in (one.name, *one.aliases)}
    spoke = _speaker_pattern(tuple(named)).search(told[-_TAG:]) if named else None
    return _called(named[spoke[1].lower()]) if spoke else ""


@lru_cache(maxsize=64)
def _speaker_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    someone = "|".join(map(re.escape, names))
    return re.compile(rf"\b{SPEECH_VERBS} (?:the |his |her )?({someone})\W*$", re.IGNORECASE)


@lru_cache(maxsize=64)
def _clause_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """A clause with one of these, or somebody already spoken of, for its subject."""
    names = "|".join(re.escape(form) for form in forms)
    others = rf"he|she|they|it|I|we|(?:(?:the|all|both|these) )?(?:(?:two|three|four|five|other) )?{_GROUP}"
    subject = rf"(?:(?:(?:the|her|his|their|my|an?) )?(?:[a-z]+ )?(?:{names})|{others})" if names else rf"(?:{others})"
    return re.compile(
        rf"(?<![\w'’])(?P<subject>{subject}(?: and {subject})?)(?P<gap>,[^,.;]{{3,60}},)? "
        rf"(?P<adverb>{_ADVERB})(?P<verb>[a-z]+)\b(?P<rest>[^\n]*)",
        re.IGNORECASE,
    )


def _clauses(told: str, characters: Sequence[Character], subject_before: str) -> list[tuple[str, str, str, bool, bool]]:
    """(subject, words with the verb as participle, participle, whether the subject is named, whether it is a "while he
    slept") of each clause with one of the characters for its subject."""
    found = []
    forms = {
        form.lower(): character for character in characters for form in (character.name, *character.aliases) if form
    }
    pattern = _clause_pattern(tuple(sorted(forms, key=len, reverse=True)))
    at = 0
    while match := pattern.search(told, at):
        at = match.start("rest")
        verb = match["verb"].lower()
        rest = match["rest"]
        beside = bool(_BESIDE.search(told[: match.start()].lower()))
        if "never" in match["adverb"].lower():
            continue
        if verb in ("named", "called", "dressed", "born"):
            continue
        if verb in ("was", "were", "is", "are"):
            doing = re.match(rf" {_ADVERB}(\w+ing|asleep)\b(.*)", rest)
            if not doing:
                continue
            verb, rest = doing[1].replace("asleep", "sleeping"), doing[2]
        elif verb in ("had", "has", "have", "could", "would", "did", "began", "started", "tried"):
            begun = re.match(r" (?:to (\w+)|(\w+ing))\b(.*)", rest)
            if verb not in ("began", "started", "tried") or not begun:
                continue
            verb, rest = begun[1] or begun[2], begun[3]
        elif not is_verb(verb) and not base_of_present(verb) and verb not in _PLAIN:
            continue
        present = not is_verb(match["verb"])
        if present:
            verb = base_of_present(verb) or verb
        doing_word = participle(verb)
        if not doing_word:
            continue
        who, named = _who(match["subject"], forms, subject_before)
        if not who:
            continue
        subject_before = who
        for words, each in _coordinated(doing_word, rest, present):
            found.append((who, words, each, named, beside))
    return found


def _who(words: str, forms: dict[str, Character], before: str) -> tuple[str, bool]:
    """The subject as names: pronouns become the character they can mean."""
    parts = []
    named = False
    characters = list({character.id: character for character in forms.values()}.values())
    for part in re.split(r" and ", words):
        low = re.sub(r"^(?:the|her|his|their|my|an?) ", "", part.lower())
        known = next((c for form, c in forms.items() if low == form or low.endswith(" " + form)), None)
        if known:
            parts.append(_called(known))
            named = True
        elif low in ("they", "we") or re.search(rf"{_GROUP}$", low):
            several = _members(low, characters)[: 3 if "three" in low else 2]
            parts.append(_and([_called(character) for character in several]) or (low if low in ("they", "we") else ""))
        elif low == "i":
            parts.append(
                next(
                    (c.name for c in characters if c.name == "Narrator"),
                    characters[0].name if characters else "someone",
                )
            )
        elif low in ("he", "she", "it"):
            fits = [c for c in characters if c.name != "Narrator" and _fits(c, low) and not _several(c)]
            same = next((c for c in fits if _called(c) == before), None)
            chosen = same or (fits[0] if fits else None)
            parts.append(_called(chosen) if chosen else before or low)
    who = " and ".join(dict.fromkeys(filter(None, parts)))
    return who, named


def _called(character: Character) -> str:
    """A name, or "the fox" for whom the story knows by a common noun."""
    name = character.name
    return f"the {name.lower()}" if name.isascii() and f" {name.lower()}" in f" {character.description}" else name


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def _members(words: str, characters: Sequence[Character]) -> list[Character]:
    """Those of the characters whom "they", "the girls" or "the children" can mean, at least two; else nobody."""
    fits = {
        "girls": ("she",),
        "sisters": ("she",),
        "boys": ("he",),
        "brothers": ("he",),
        "children": ("child", "boy", "girl", "son", "daughter"),
        "animals": ("animal",),
    }.get(words.split()[-1])
    if fits is None:
        return list(characters)
    known = [
        character
        for character in characters
        if any(hit.group in fits or hit.concept in fits for hit in find(character.description, "en"))
    ]
    return known if len(known) > 1 else []


def _several(character: Character) -> bool:
    """Whether a character is a group ("three bears")."""
    heads = [hit.text.lower() for hit in find(character.description, "en") if hit.group in BEINGS]
    return bool(heads) and heads[0] != singular(heads[0]) and not re.match(r"an? ", character.description)


def _fits(character: Character, pronoun: str) -> bool:
    groups = {
        hit.group
        for hit in find(character.description, "en")
        if hit.group in ("he", "she", "they", "creature", "animal")
    }
    if pronoun == "it":
        return bool(groups & {"creature", "animal"})
    return not groups & ({"he", "she"} - {pronoun})


def _coordinated(verb: str, rest: str, present: bool = False) -> list[tuple[str, str]]:
    """The verb phrases of one subject: "carried the fox in, wrapped him up and gave him soup" are three."""
    phrases = []
    clause = rest[: m.start()] if (m := _STOP.search(rest)) else rest
    pieces = re.split(r",? and (?=[a-z]+ed\b|[a-z]+\b)|, (?=[a-z]+ed\b)|, then ", clause)
    current, words = verb, pieces[0]
    for piece in [*pieces[1:], None]:
        first = piece.split()[0] if piece and piece.split() else ""
        second = piece.split()[1] if piece and len(piece.split()) > 1 else ""
        if piece is not None and first in ("was", "were", "is", "are") and second.endswith("ing"):
            piece, first = piece.split(None, 1)[1], second
        elif (
            piece is not None
            and present
            and first
            and first not in ("a", "an", "the")
            and (base := base_of_present(first) or (first if participle(first) else ""))
        ):
            piece, first = piece.replace(first, base, 1), base
        elif piece is not None and not (is_verb(first) and participle(first)):
            words += " and " + piece  # two things, not two deeds
            continue
        tail = " ".join(words.replace(",", ", ").split()).strip(" ,'\"")
        said = f"{current} {_short(tail)}".strip().replace(" ,", ",")
        said = re.sub(r"\b(?:my|our)\b", "the", re.sub(r" (?:and|or|with|in|to|of|the|a|an|then|so)$", "", said))
        phrases.append((said, current))
        if piece is None:
            break
        current, words = participle(first), piece[len(first) :]
    return phrases


def _is_deed(word: str) -> bool:
    """A verb, in the past or the present: "gave", "laughs"."""
    return is_verb(word) or bool(base_of_present(word))


def _short(words: str) -> str:
    """What belongs to one deed: not an apposition, not the next clause, and no more than MAX_ACTION_WORDS."""
    parts = words.split(", ")
    kept = parts[:1]
    for part in parts[1:]:
        inside = part.removeprefix("and ").split()
        doing = re.match(r"(?:and )?(?:\w+ly )?\w+ing\b", part)
        several = len(parts) > 2 or ("and" in inside and inside[0] not in ("a", "an"))
        listed = several and len(inside) <= 4 and not any(map(is_verb, inside))
        if not (doing or listed or (inside and inside[0] in _PREPOSITIONS and inside[0] != "with")):
            break
        kept.append(part)
    words = f" {', '.join(kept)}"  # what begins with "and" is another's deed too
    for joint in re.finditer(r",? and ", words):
        after = words[joint.end() :].split()[:4]
        noun = 2 if after and after[0].lower() in _DETERMINERS else 1
        if any(map(_is_deed, after[noun:])) and (
            noun == 2 or after[0][:1].isupper() or _SUBJECT_PRONOUN.match(after[0])
        ):
            words = words[: joint.start()]  # "and the minutes flew"
            break
    every = words.split()
    if len(every) > MAX_ACTION_WORDS:
        cuts = [n for n in range(3, MAX_ACTION_WORDS + 1) if every[n] in _PREPOSITIONS or every[n - 1][-1:] == ","]
        every = every[: cuts[-1] if cuts else MAX_ACTION_WORDS]
    return " ".join(every).strip(" ,")


def _pose(tale: str, characters: Sequence[Character], language: str) -> str:
    """Names and the last pose that the lexicon finds, for languages without a grammar here."""
    hits = find(tale, language)
    poses = [hit.concept for hit in hits if hit.group == "poses"]
    shown = [pose for pose in poses if pose not in ("talking", "looking")] or poses
    who = _and([_called(character) for character in characters[:2]])
    if not shown or not who:
        return ""
    pose = shown[-1]
    if pose == "holding":
        after = max(hit.end for hit in hits if hit.concept == "holding")
        things = [hit.concept for hit in hits if hit.group == "props"]
        thing = next(
            (hit.concept for hit in hits if hit.group == "props" and hit.start >= after), next(iter(things), "")
        )
        others = [other for other in shown if other != "holding"]
        pose = f"holding a {thing}" if thing else others[-1] if others else ""
    return f"{who} {pose}" if pose else ""
