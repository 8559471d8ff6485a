"""Choose the visible moment of a panel, as a drawing instruction: "Mira carrying the fox into the kitchen"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

from agent.language import PRONOUNS, Clause, Document, NounPhrase, Token, participle
from agent.story.lexicon import BEINGS, find, singular
from agent.story.seen import told_sentences
from agent.wording import name_list
from db.board import Character

__all__ = ["visible_action"]

# How much there is to see in a verb; others count 0.5.
_SEEN = {
    lemma: weight
    for weight, lemmas in {
        1.0: """
    run carry climb jump ride fly swim dance fight fall chase hold lift pull push throw catch hug kiss kneel crawl leap
    dig paint read write play sleep sit point wave row sail drive cook eat drink open wrap tie light raise swing hide
    cry laugh walk step plant build cut pour feed embrace gallop float sweep knit gather pick hand race cross march hang
    bow stretch reach peer creep tiptoe roll slide skate sing blow knock shake rescue drag curl hurry rush wade stumble
    slip dive soar land watch stare gaze follow lead crouch lean rest lie sniff bark howl spin draw drum fish tug grab
    clutch hoist drop break give place shiver tremble wag wash hop skip scamper fling spring seize
    """,
        0.7: "stand look go come turn take enter leave smile wait see meet work stop arrive return pause nod bring",
        0.12: """
    be have seem think know wonder remember feel want hope decide like love believe understand forget promise learn need
    live begin become happen hear say tell ask reply answer mean own call keep let try wish agree belong miss notice
    realize realise pass spend shout whisper explain continue add exclaim wear stay resemble sound smell cost last
    exist owe expect plan intend suppose remark observe do get make find please retort cause use serve show prove
    """,
    }.items()
    for lemma in lemmas.split()
}
_SEEN_LEAST = 0.2
_DETAILS = ("dobj", "dative", "prep", "prt", "oprd", "agent")
_APART = ("relcl", "acl", "advcl", "ccomp", "appos", "parataxis")
_DIRECTIONS = frozenset(("home", "away", "back", "along", "up", "down", "in", "out", "inside", "outside", "off"))
_SUBORDINATE = frozenset(("when", "where", "while", "till", "until", "as", "who", "which", "that", "because", "so"))
MAX_WORDS = 12


def visible_action(
    text: str,
    tale: str,
    characters: Sequence[Character],
    language: str,
    meant: Mapping[int, tuple[str, ...]] | None = None,
) -> str:
    """Say what those present are seen doing; "" where the text does not say. `tale` is the text with speech blanked
    out; `meant` says whom the words at their offsets mean, where somebody has read that."""
    if language != "en":
        return _pose(tale, characters, language)
    best, action = 0.25, ""
    documents = told_sentences(text)
    before: list[Character] = []
    for number, (start, document) in enumerate(documents):
        for clause in document.clauses:
            clause = _upright(document, clause)
            doers = _doers(clause, characters, before) if meant is None else _read(clause, characters, start, meant)
            if clause.subjects and not clause.subjects[0].is_pronoun and clause.verb.relation in ("ROOT", "conj"):
                before = doers
            score = _SEEN.get(clause.verb.lemma, 0.5)
            if not doers or not clause.happens or score < _SEEN_LEAST or _is_unsure(document, clause):
                continue
            words = _details(document, clause)
            score += 0.12 * number / max(1, len(documents) - 1)  # a panel builds up to its moment
            score += 0.1 * min(2, len(clause.objects) + len(clause.places))
            score -= 0.3 if clause.verb.relation == "advcl" else 0.0  # what else went on
            score -= 0.4 if clause.object and clause.object.is_pronoun else 0.0
            if score > best:
                doing = clause.verb.text.lower() if clause.verb.tag == "VBG" else participle(_lemma(clause))
                best, action = score, " ".join([_and([_called(doer) for doer in doers]), doing, *words])
    return action


def _upright(document: Document, clause: Clause) -> Clause:
    """Turn "out rushed the dog" round: behind a direction and a verb stands who does it, for the verbs joined too."""
    first = clause.verb
    while first.relation == "conj" and not _has_subject(document, first) and not _is_led(document, first):
        first = document.tokens[first.head]
    behind = [child for child in document.children[first.index] if child.relation in ("dobj", "nsubj", "attr")]
    if not _is_led(document, first) or first.tag not in ("VBD", "VBZ", "VBP") or not behind:
        return clause
    own = () if first.index == clause.verb.index else clause.objects
    return dataclasses.replace(clause, subjects=(document.phrase(behind[0]),), objects=own)


def _is_led(document: Document, verb: Token) -> bool:
    """Whether a direction stands right before a verb without a subject before it: "out rushed"."""
    leading = document.tokens[verb.index - 1].text.lower() if verb.index else ""
    return leading in _DIRECTIONS and not _has_subject(document, verb)


def _has_subject(document: Document, verb: Token) -> bool:
    return any(c.relation in ("nsubj", "nsubjpass") and c.index < verb.index for c in document.children[verb.index])


def _is_unsure(document: Document, clause: Clause) -> bool:
    """Whether it is over already ("had let it fall"), or who does it is only guessed: a verb that takes its subject
    from one before it, across a clause that may have brought another ("..., when his axe flew and fell")."""
    verb, above = clause.verb, document.tokens[clause.verb.head]
    over = any(c.lemma == "have" and c.text.lower() == "had" for c in document.children[above.index])
    if clause.tense == "before" or (verb.relation == "xcomp" and over):
        return True
    while above.relation == "conj" and not _has_subject(document, above):
        above = document.tokens[above.head]
    between = document.tokens[above.index + 1 : verb.index]
    return verb.relation == "conj" and not _has_subject(document, verb) and any(
        token.text.lower() in _SUBORDINATE for token in between
    )  # fmt: skip


def _lemma(clause: Clause) -> str:
    """The verb's base form; who "fell a tree" fells it."""
    fells = clause.verb.lemma == "fall" and clause.verb.text.lower() in ("fell", "fells") and clause.objects
    return "fell" if fells else clause.verb.lemma


def _details(document: Document, clause: Clause) -> list[str]:
    """The words of a clause behind its verb: particle, object and places, without what hangs on them."""
    words: list[str] = []
    doers = {phrase.head.index for phrase in clause.subjects}
    for child in document.children[clause.verb.index]:
        wanted = child.relation in _DETAILS or child.lemma in _DIRECTIONS
        if not wanted or child.index < clause.verb.index or child.index in doers:
            continue
        inside = document.tokens[child.left : child.right]
        stop = next((token.left for token in inside if token.index != child.index and _is_apart(document, token)), None)
        piece = document.words(child.left, max(child.left, stop) if stop is not None else child.right)
        piece = " ".join(piece.split()).strip(" ,;:-—\"'").removesuffix(" and").strip(" ,")
        if not piece or (stop is not None and piece == child.text and child.relation == "prep"):
            continue
        if words and len(words) + len(piece.split()) > MAX_WORDS:
            break
        words += piece.split()
    return words[:MAX_WORDS]


def _is_apart(document: Document, token: Token) -> bool:
    """Whether a word begins what a picture of the deed does without: a clause, another deed, somebody beside a
    thing."""
    if token.relation == "conj":
        named = document.tokens[token.left].word_class == "PROPN"
        return token.word_class in ("VERB", "AUX") or (named and document.tokens[token.head].word_class == "NOUN")
    return token.relation in _APART


def _read(
    clause: Clause, characters: Sequence[Character], start: int, meant: Mapping[int, tuple[str, ...]]
) -> list[Character]:
    """Who of the characters does it, as the cast's reader understood the subject."""
    ids = [name for phrase in clause.subjects for name in meant.get(start + phrase.head.start, ())]
    if not all(meant.get(start + phrase.head.start) for phrase in clause.subjects):
        return []
    return [character for character in characters if character.id in ids]


def _doers(clause: Clause, characters: Sequence[Character], before: Sequence[Character]) -> list[Character]:
    """Who of the characters does it; nobody where the subject is somebody, or something, else."""
    doers: list[Character] = []
    for phrase in clause.subjects:
        doers += [one for one in _meant(phrase, characters, before) if one not in doers]
        if phrase.owner is not None and not phrase.is_pronoun and not _named(phrase, characters):
            return []  # "her hair shook"
    return doers


def _meant(phrase: NounPhrase, characters: Sequence[Character], before: Sequence[Character]) -> list[Character]:
    pronoun = PRONOUNS.get(phrase.head.text.lower())
    if pronoun is None:
        return _named(phrase, characters) or (_members(phrase.head.text.lower(), characters) if phrase.plural else [])
    if pronoun.person == 1:
        return [one for one in characters if one.name == "Narrator" or "I" in one.aliases][:1]
    if pronoun.number == 2:
        return list(before) if len(before) > 1 else list(characters[:2]) if len(characters) > 1 else []
    fits = [one for one in characters if _fits(one, pronoun.gender)]
    return [one for one in before if one in fits][:1] or (fits if len(fits) == 1 else [])


def _named(phrase: NounPhrase, characters: Sequence[Character]) -> list[Character]:
    """Whom a noun phrase names: by the whole name first, then by its last word."""
    words = " ".join([*(token.text.lower() for token in phrase.adjectives), *_compound(phrase)])
    forms = [(form.lower(), one) for one in characters for form in (one.name, *one.aliases) if form and form != "I"]
    whole = [(len(form), one) for form, one in forms if re.search(rf"\b{re.escape(form)}$", words)]
    if whole:
        return [max(whole, key=lambda item: item[0])[1]]
    head = phrase.head.text.lower()
    return [one for form, one in forms if head in (form.split()[-1], form)][:1]


_GROUPS = {
    "girls": ("she",), "sisters": ("she",), "boys": ("he",), "brothers": ("he",), "animals": ("animal",),
    "children": ("child", "boy", "girl", "son", "daughter"),
}  # fmt: skip


def _members(plural: str, characters: Sequence[Character]) -> list[Character]:
    """The characters whom "the girls" or "the children" means, at least two; else nobody."""
    kinds = set(_GROUPS.get(plural, ()))
    described = [(one, find(one.description, "en")) for one in characters]
    members = [one for one, hits in described if any({hit.group, hit.concept} & kinds for hit in hits)]
    return members if len(members) > 1 else []


def _compound(phrase: NounPhrase) -> list[str]:
    return [*(token.text.lower() for token in phrase.modifiers), phrase.head.text.lower()]


def _fits(character: Character, gender: str) -> bool:
    groups = {hit.group for hit in find(character.description, "en") if hit.group in BEINGS}
    if gender == "it":
        return bool(groups & {"creature", "animal"})
    return not groups & ({"he", "she"} - {gender}) and not _several(character)


def _several(character: Character) -> bool:
    """Whether a character is a group ("three bears")."""
    heads = [hit.text.lower() for hit in find(character.description, "en") if hit.group in BEINGS]
    return bool(heads) and heads[0] != singular(heads[0]) and not re.match(r"an? ", character.description)


def _called(character: Character) -> str:
    """A name, or "the fox" for whom the story knows by a common noun."""
    name = character.name
    return f"the {name.lower()}" if name.isascii() and f" {name.lower()}" in f" {character.description}" else name


def _and(names: list[str]) -> str:
    return name_list(names)


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
