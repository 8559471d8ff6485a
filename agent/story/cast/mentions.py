"""Where an English text speaks of somebody: names, nouns and pronouns with what the grammar says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agent.language import PRONOUNS, Clause, Document, NounPhrase, Pronoun, Token
from agent.story.cast.kinds import Kind, kind_of
from agent.story.lexicon import is_body_part

__all__ = ["COMPARED", "NAMING", "SPEAKING", "Mention", "find_mentions", "is_who", "name_of"]

SPEAKING = frozenset(
    """
    say ask cry shout whisper reply answer call murmur exclaim mutter yell beg growl add tell whimper sob announce agree
    explain scream gasp continue warn promise admit snap repeat wonder hiss squeak bark roar chirp croak declare remark
    retort respond inquire enquire observe demand insist protest beseech plead order command
    """.split()  # noqa: SIM905
)
_THINKING = frozenset(
    """
    think dream remember hear speak talk tell read know miss dread fear write sing complain boast learn long wish
    hope mention remind warn forget
    """.split()  # noqa: SIM905
)
_TOLD_OF = frozenset(
    """
    story tale letter picture portrait photograph thought memory news dream word name voice sound song book noise idea
    love fear hope statue
    """.split()  # noqa: SIM905
)
_AWAY = frozenset(("missing", "absent", "gone", "away", "lost", "dead", "late"))
_MEMBERS = frozenset(("one", "other", "former", "latter", "first", "second"))
NAMING = frozenset(("name", "call", "christen", "nickname"))
COMPARED = frozenset(
    "elder younger older eldest youngest bigger smaller taller shorter stronger weaker richer poorer".split()  # noqa: SIM905
)
"""What tells one of two from the other: "said the elder"."""
_NOMINAL = frozenset(("nsubj", "nsubjpass", "dobj", "dative", "pobj"))
_NOBODY = frozenset(("no", "any", "every", "each", "neither", "either", "what", "such", "whatever"))


@dataclass(frozen=True)
class Mention:
    """Somebody is spoken of by `head`. `role` is subject, object, owner, oblique, apposition, attribute or alone;
    `start` the head's offset in the scene; `weight` how much this says that they are there (0: not at all)."""

    sort: str  # name, noun, pronoun, one
    document: Document
    phrase: NounPhrase
    start: int
    role: str
    weight: float
    kind: Kind | None = None
    name: str = ""
    clause: Clause | None = None
    preposition: str = ""

    @property
    def head(self) -> Token:
        """The word that the others hang on."""
        return self.phrase.head

    @property
    def pronoun(self) -> Pronoun | None:
        """What the pronoun says, for a mention that is one."""
        return PRONOUNS.get(self.head.text.lower()) if self.sort == "pronoun" else None


def name_of(phrase: NounPhrase) -> str:
    """The capitalised words of a phrase, "Captain Imani Okafor"; "" where its head is no name."""
    if not phrase.head.text[:1].isupper():
        return ""
    words = [token.text for token in phrase.modifiers if token.text[:1].isupper()]
    return " ".join([*words, phrase.head.text]).replace(".", "")


def find_mentions(start: int, document: Document, names: frozenset[str], beings: frozenset[str]) -> Iterator[Mention]:
    """Everybody whom a parsed sentence mentions, in order. `names` are the names of persons in small letters."""
    clauses = {clause.verb.index: clause for clause in document.clauses}
    members = [
        t for t in document.tokens
        if (t.lemma in _MEMBERS or t.text.lower() in COMPARED) and t.word_class in ("ADJ", "NUM")
    ]  # fmt: skip
    phrases = [*document.noun_phrases, *(document.phrase(t) for t in members if t.relation in _NOMINAL)]
    for phrase in sorted(phrases, key=lambda phrase: phrase.head.index):
        head = phrase.head
        if head.tag in ("WP", "WDT", "EX", "WP$"):
            continue
        role, preposition = _role(document, head)
        clause = _clause(document, head, clauses)
        weight = _weight(document, phrase, role, preposition, clause)
        at = start + head.start
        lower = head.text.lower()
        if lower in PRONOUNS:
            yield Mention("pronoun", document, phrase, at, role, weight, clause=clause, preposition=preposition)
            continue
        if lower in COMPARED and phrase.determiner == "the" and head.relation != "appos":
            kind = kind_of(document, phrase, beings)
            yield Mention("one", document, phrase, at, role, weight, kind, "", clause, preposition)
            continue
        if head.lemma in _MEMBERS and head.word_class != "PROPN":
            yield Mention("one", document, phrase, at, role, weight, clause=clause, preposition=preposition)
            continue
        name = name_of(phrase)
        bare = phrase.determiner in ("", "the") and phrase.owner is None
        kind = kind_of(document, phrase, beings)
        if name and name.lower() in names and (bare or kind is None):
            yield Mention("name", document, phrase, at, role, weight, kind, name, clause, preposition)
        elif name and head.word_class == "PROPN" and head.text.lower() in names and bare and kind is None:
            yield Mention("name", document, phrase, at, role, weight, kind, head.text, clause, preposition)
        elif name.count(" ") and kind is None and bare and name.split()[0].lower() in names:  # "Ping HUFFS."
            yield Mention("name", document, phrase, at, role, weight, kind, name.split()[0], clause, preposition)
        elif kind is not None and phrase.determiner not in _NOBODY:
            yield Mention("noun", document, phrase, at, role, weight, kind, name, clause, preposition)


def is_who(document: Document, head: Token) -> bool:
    """Whether a clause with "who" or "whom" behind a noun says that it is somebody."""
    clauses = (child for child in document.children[head.index] if child.relation == "relcl")
    return any(child.tag == "WP" for clause in clauses for child in document.children[clause.index])


def _role(document: Document, head: Token) -> tuple[str, str]:
    """The role of a noun in its sentence, and the preposition that it stands behind."""
    token = head
    while token.relation == "conj" and token.head != token.index:
        token = document.tokens[token.head]
    relation = token.relation
    if document.inverted_subject(document.tokens[token.head]) == token or document.shown_by_there(token):
        return "subject", ""
    if relation in ("nsubj", "nsubjpass", "csubj", "expl"):
        return "subject", ""
    if relation in ("dobj", "dative", "iobj"):
        return "object", ""
    if relation == "poss":
        return "owner", ""
    if relation == "appos":
        return "apposition", ""
    if relation in ("attr", "oprd", "acomp"):
        return "attribute", ""
    if relation == "pobj":
        preposition = document.tokens[token.head]
        return ("subject" if preposition.relation == "agent" else "oblique"), preposition.lemma
    return "alone", ""


def _clause(document: Document, head: Token, clauses: dict[int, Clause]) -> Clause | None:
    """The clause that a noun is in; a verb without a subject gives way to the one above it."""
    token, nearest = head, None
    for _ in range(len(document.tokens)):
        clause = clauses.get(token.index) if token.index != head.index or token.head == token.index else None
        if clause is not None:
            nearest = nearest or clause
            if clause.subjects or clause.passive:
                return clause
        if token.head == token.index:
            break
        token = document.tokens[token.head]
    return nearest


def _weight(document: Document, phrase: NounPhrase, role: str, preposition: str, clause: Clause | None) -> float:
    """How much a mention says that somebody is there to be seen."""
    above = document.tokens[phrase.head.head]
    governor = document.tokens[above.head]
    definite = phrase.is_pronoun or phrase.determiner in ("the", "this", "that", "") or phrase.owner is not None
    if phrase.determiner in _NOBODY:
        return 0.0
    if preposition in ("like", "than", "as", "without", "about", "except", "concerning", "regarding"):
        return 0.0
    if preposition in ("of", "from", "for") and (governor.lemma in _THINKING or governor.lemma in _TOLD_OF):
        return 0.0
    if clause is not None and not clause.happens:
        asked = clause.verb.relation in ("xcomp", "ccomp") and document.tokens[clause.verb.head].lemma in (
            SPEAKING | {"make", "let", "help", "see", "hear", "watch"}
        )
        if clause.negated and not clause.irrealis:
            return (1.0 if definite else 0.0) if role == "subject" else 0.4 if definite else 0.0
        if asked and role == "subject" and definite:
            return 1.0
        return 0.3 if definite and role != "owner" else 0.0
    if (
        clause is not None
        and clause.copula
        and role == "subject"
        and any(
            (child.lemma in _AWAY and child.relation == "acomp") or child.lemma in ("away", "go")
            for child in document.children[clause.verb.index]
        )
    ):
        return 0.0
    if role == "owner":
        return 0.5 if is_body_part(above.text.lower()) else 0.3
    if preposition == "of":
        return 0.3
    if clause is not None and clause.tense == "before":
        return 0.5 if role == "subject" else 0.3
    if role == "attribute":
        return 0.3
    return 1.5 if role == "subject" else 1.0
