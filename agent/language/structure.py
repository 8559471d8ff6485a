"""The values that a parsed English text is made of: tokens, noun phrases, places and clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

__all__ = ["PRONOUNS", "Clause", "Document", "NounPhrase", "Place", "Pronoun", "Token"]


@dataclass(frozen=True)
class Pronoun:
    """`gender` is "he", "she", "it" or "" (any); `number` 1 or 2 (several); `person` 1, 2 or 3."""

    gender: str
    number: int
    person: int = 3


PRONOUNS: dict[str, Pronoun] = {
    **dict.fromkeys(("he", "him", "his", "himself"), Pronoun("he", 1)),
    **dict.fromkeys(("she", "her", "hers", "herself"), Pronoun("she", 1)),
    **dict.fromkeys(("it", "its", "itself"), Pronoun("it", 1)),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), Pronoun("", 2)),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), Pronoun("", 1, 1)),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), Pronoun("", 2, 1)),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), Pronoun("", 1, 2)),
}

_NEGATIONS = frozenset(("not", "n't", "never", "no", "hardly", "scarcely", "nor", "neither"))
_MODALS = frozenset(("would", "should", "might", "may", "must", "will", "shall", "'ll", "'d", "ought", "could", "can"))
_SENSES = frozenset(("see", "hear", "feel", "smell", "bear", "help", "make"))
# Verbs that take no object, and so may stand before their subject: "up came a grasshopper".
_INVERTED = frozenset(
    """
    come go sit stand lie run rush fly jump leap live walk hang appear fall crawl creep step march ride sail swim dart
    scuttle scamper emerge hop rise spring stroll wander sleep crouch kneel burst limp trot gallop roll swing slide
    """.split()  # noqa: SIM905
)
_COMING = frozenset(("come", "go", "walk", "step", "rush", "run", "march", "ride", "creep", "fly", "hop"))
_DIRECTIONS = frozenset(("in", "out", "up", "down", "by", "along", "past"))
_CONDITIONS = frozenset(("if", "unless", "lest", "whether"))
# Verbs whose infinitive or clause really happens: "began to run", "saw him fall".
_FACTUAL = frozenset(
    """
    begin start continue proceed cease stop keep happen manage see hear watch observe find notice feel let make
    help show perceive hasten come run go discover detect turn remain sit stand lie stay be catch spy
    """.split()  # noqa: SIM905
)
# Verbs of the mind and of speech: what depends on them is only thought or talked about.
_MENTAL = frozenset(
    """
    want wish hope fear think believe suppose expect intend mean plan promise swear say tell ask beg order
    command invite advise suggest propose dream imagine remember recall wonder guess know try offer refuse
    decide resolve agree threaten warn urge persuade entreat forbid pretend long desire like love hate need seem
    appear declare reply answer remark complain boast consent prefer dare doubt dread learn claim report
    """.split()  # noqa: SIM905
)
_SIMILE = frozenset(("like", "as", "than"))


@dataclass(frozen=True)
class Token:
    """A word of a document: `tag` by Penn Treebank, `word_class` by Universal POS, `relation` to the token at `head`
    (its own index at a root), `[left:right]` everything that depends on it, `start` its offset in the text."""

    index: int
    text: str
    lemma: str
    tag: str
    word_class: str
    relation: str
    head: int
    start: int
    left: int
    right: int

    @property
    def end(self) -> int:
        """Offset behind its last letter."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class NounPhrase:
    """A noun, name or pronoun with what belongs to it. `attachments` are (preposition, noun phrase) pairs as in "with a
    white beard"; `owner` is whose it is ("the farmer's daughter", "his"); `modifiers` are nouns before the head."""

    head: Token
    determiner: str = ""
    adjectives: tuple[Token, ...] = ()
    modifiers: tuple[Token, ...] = ()
    attachments: tuple[tuple[str, NounPhrase], ...] = ()
    owner: Token | None = None
    start: int = 0
    end: int = 0

    @property
    def plural(self) -> bool:
        """Whether it means several."""
        pronoun = PRONOUNS.get(self.head.text.lower())
        return self.head.tag in ("NNS", "NNPS") if pronoun is None else pronoun.number == 2

    @property
    def is_pronoun(self) -> bool:
        """Whether its head is a personal pronoun."""
        return self.head.text.lower() in PRONOUNS


@dataclass(frozen=True)
class Place:
    """A preposition and what it stands before, within a clause ("in", "the larder")."""

    preposition: str
    phrase: NounPhrase


@dataclass(frozen=True)
class Clause:
    """Who does what, where. `subjects` are those before the verb, each member of "A and B" apart; a passive clause has
    whom it is done to as `objects`, and its agent as subject. `tense` is "past", "present" or "before" (it was over
    already: "had gone"). What is `irrealis` (wished, feared, asked, only talked about, conditional) does not happen."""

    verb: Token
    subjects: tuple[NounPhrase, ...] = ()
    objects: tuple[NounPhrase, ...] = ()
    places: tuple[Place, ...] = ()
    particle: str = ""
    negated: bool = False
    irrealis: bool = False
    tense: str = "past"
    passive: bool = False
    copula: bool = False

    @property
    def subject(self) -> NounPhrase | None:
        """The first of the subjects."""
        return self.subjects[0] if self.subjects else None

    @property
    def object(self) -> NounPhrase | None:
        """The first of the objects."""
        return self.objects[0] if self.objects else None

    @property
    def happens(self) -> bool:
        """Whether it can be seen to happen now."""
        return not self.negated and not self.irrealis


@dataclass(frozen=True)
class Document:
    """A parsed text. `sentences` are (first, behind last) indices of tokens."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]

    @cached_property
    def children(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens that depend on each token, in order of the text."""
        children: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                children[token.head].append(token)
        return tuple(tuple(tokens) for tokens in children)

    @cached_property
    def noun_phrases(self) -> tuple[NounPhrase, ...]:
        """Every noun phrase, in order of the heads."""
        return tuple(self.phrase(token) for token in self.tokens if self._heads_phrase(token))

    @cached_property
    def phrases_by_head(self) -> dict[int, NounPhrase]:
        """Every noun phrase, by the index of its head."""
        return {phrase.head.index: phrase for phrase in self.noun_phrases}

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause with a verb, in order of the verbs."""
        return tuple(self._clause(token) for token in self.tokens if _is_main_verb(token))

    def words(self, start: int, end: int) -> str:
        """The text of the tokens `[start:end]`."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def phrase(self, head: Token) -> NounPhrase:
        """The noun phrase around a head."""
        determiner, owner = "", None
        adjectives: list[Token] = []
        modifiers: list[Token] = []
        attachments: list[tuple[str, NounPhrase]] = []
        start, end = head.index, head.index + 1
        for child in self.children[head.index]:
            if child.relation in ("det", "nummod", "predet") and child.index < head.index:
                determiner = determiner or child.text.lower()
                start = min(start, child.left)
            elif child.relation == "poss":
                owner = child
                start = min(start, child.left)
            elif child.relation == "amod" and child.index < head.index:
                adjectives += [child, *self._joined(child)]
                start = min(start, child.left)
            elif child.relation in ("compound", "nmod") and child.index < head.index:
                modifiers.append(child)
                start = min(start, child.left)
            elif child.relation == "prep" and child.index > head.index:
                for grandchild in self.children[child.index]:
                    if grandchild.relation == "pobj":
                        attachments += [
                            (child.lemma, self.phrase(one)) for one in (grandchild, *self._joined(grandchild))
                        ]
        return NounPhrase(head, determiner, tuple(adjectives), tuple(modifiers), tuple(attachments), owner, start, end)

    def inverted_subject(self, verb: Token) -> Token | None:
        """The subject that stands behind its verb and was parsed as an object: "out rushed the dog"."""
        if verb.tag not in ("VBD", "VBZ", "VBP") or verb.relation not in ("ROOT", "conj", "advcl"):
            return None
        opens = verb.tag != "VBP" and all(t.word_class in ("SPACE", "PUNCT") for t in self.tokens[: verb.index])
        if verb.lemma not in _INVERTED and not opens:  # "asked Mara" behind what she asked
            return None
        children = self.children[verb.index]
        if any(child.relation in ("nsubj", "nsubjpass", "expl", "aux") for child in children):
            return None
        before = [child for child in children if child.index < verb.index and child.relation not in ("punct", "cc")]
        behind = [
            child for child in children if child.relation in ("dobj", "attr", "npadvmod") and child.index > verb.index
        ]
        behind = [child for child in behind if child.word_class in ("NOUN", "PROPN")]
        return behind[0] if (before or opens) and behind else None

    def shown_by_there(self, token: Token) -> bool:
        """Whether a noun is what "there" stands for before its verb: "there came in two dwarfs"."""
        above = self.tokens[token.head]
        direction = above.relation == "prep" and above.index == above.left and token.relation == "pobj"
        verb = self.tokens[above.head] if direction else above
        if verb.lemma not in _INVERTED or (not direction and token.relation not in ("dobj", "attr", "npadvmod")):
            return False
        if direction and (verb.lemma not in _COMING or above.text.lower() not in _DIRECTIONS):
            return False
        if direction and any(c.relation in ("dobj", "attr", "npadvmod", "nsubj") for c in self.children[verb.index]):
            return False  # "there came in the evening a man"
        return any(child.relation == "expl" and child.index < verb.index for child in self.children[verb.index])

    def _heads_phrase(self, token: Token) -> bool:
        return token.word_class in ("NOUN", "PROPN", "PRON") and token.relation not in ("compound", "det", "nmod")

    def _joined(self, token: Token) -> list[Token]:
        """The tokens that "and" joins to this one."""
        joined: list[Token] = []
        current = token
        while following := next((c for c in self.children[current.index] if c.relation == "conj"), None):
            joined.append(following)
            current = following
        return joined

    def _clause(self, verb: Token) -> Clause:
        children = self.children[verb.index]
        passive = any(child.relation in ("auxpass", "nsubjpass") for child in children)
        heads = self._subject_heads(verb)
        objects = [child for child in children if child.relation in ("dobj", "dative", "oprd") and _is_nominal(child)]
        objects = [child for child in objects if child not in heads]
        subjects = [self.phrase(one) for head in heads for one in (head, *self._joined(head))]
        if passive:
            agents = [child for child in children if child.relation == "agent"]
            objects = [phrase.head for phrase in subjects]
            subjects = [
                self.phrase(one)
                for agent in agents
                for head in self.children[agent.index]
                if head.relation == "pobj"
                for one in (head, *self._joined(head))
            ]
        places = [
            Place(child.lemma if child.relation == "prep" else child.text.lower(), self.phrase(head))
            for child in self._prepositions(verb)
            for head in self.children[child.index]
            if head.relation == "pobj"
        ]
        helpers = {child.text.lower() for child in children if child.relation in ("aux", "auxpass")}
        return Clause(
            verb=verb,
            subjects=tuple(subjects),
            objects=tuple(self.phrase(one) for head in objects for one in (head, *self._joined(head))),
            places=tuple(places),
            particle=next((child.text.lower() for child in children if child.relation == "prt"), ""),
            negated=any(child.relation == "neg" or child.lemma in _NEGATIONS for child in children),
            irrealis=self._is_irrealis(verb),
            tense="before" if "had" in helpers else "present" if verb.tag in ("VBZ", "VBP") else "past",
            passive=passive,
            copula=verb.lemma in ("be", "become", "seem", "remain"),
        )

    def _prepositions(self, verb: Token) -> list[Token]:
        """The prepositions of a verb, and those that stand on another ("down by the river", "out of the house")."""
        found = [child for child in self.children[verb.index] if child.relation in ("prep", "agent")]
        for child in self.children[verb.index]:
            if child.relation in ("advmod", "prt"):
                found += [one for one in self.children[child.index] if one.relation == "prep"]
        for preposition in list(found):
            found += [one for one in self.children[preposition.index] if one.relation == "prep"]
        return sorted(found, key=lambda token: token.index)

    def _subject_heads(self, verb: Token) -> list[Token]:
        """The heads of a verb's subject; those of the verb that it is joined to, or hangs on, where it has none."""
        seen: set[int] = set()
        current = verb
        while current.index not in seen:
            seen.add(current.index)
            children = self.children[current.index]
            own = [child for child in children if child.relation in ("nsubj", "nsubjpass", "csubj", "expl")]
            own = [child for child in own if _is_nominal(child)]
            if own and own[0].relation == "expl" and (shown := self._shown(current)):
                return [shown]
            if own:
                return [self._antecedent(current, own[0])]
            if (inverted := self.inverted_subject(current)) is not None:
                return [inverted]
            if current.relation in ("relcl", "acl"):
                return [self.tokens[current.head]]
            above = self.tokens[current.head]
            reported = current.relation == "ccomp" and current.tag not in ("VBG", "VB", "VBN")
            if current.relation == "xcomp":
                objects = [child for child in self.children[above.index] if child.relation == "dobj"]
                if objects and above.lemma not in ("promise",):
                    return objects[:1]
            if current.relation == "pcomp":
                above = self.tokens[above.head]
            elif current.relation not in ("conj", "advcl", "xcomp", "ccomp", "dep") or reported:
                return []
            current = above
        return []

    def _shown(self, verb: Token) -> Token | None:
        """Whom "there" before a verb stands for."""
        around = [*self.children[verb.index], *(c for p in self.children[verb.index] for c in self.children[p.index])]
        return next((token for token in around if self.shown_by_there(token)), None)

    def _antecedent(self, verb: Token, subject: Token) -> Token:
        """Whom "who", "which" or "that" means, where the clause stands behind a noun."""
        if verb.relation == "relcl" and subject.tag in ("WP", "WDT") and _is_nominal(self.tokens[verb.head]):
            return self.tokens[verb.head]
        return subject

    def _is_irrealis(self, verb: Token) -> bool:
        seen: set[int] = set()
        current = verb
        while current.index not in seen and len(seen) < 12:
            seen.add(current.index)
            children = self.children[current.index]
            helpers = {child.text.lower() for child in children if child.relation == "aux"}
            modal = helpers & _MODALS and not ("'d" in helpers and current.tag == "VBN")
            if modal and not (helpers <= {"could", "can"} and current.lemma in _SENSES):
                return True
            marks = {child.text.lower() for child in children if child.relation in ("mark", "advmod")}
            if marks & _CONDITIONS:
                return True
            above = self.tokens[current.head]
            if current.relation == "relcl" and current.index != verb.index:
                return False
            if current.relation in ("xcomp", "ccomp", "advcl", "acl"):
                to = any(child.relation == "aux" and child.text.lower() == "to" for child in children)
                if current.relation == "advcl" and (to or (marks & _SIMILE and "though" in marks)):
                    return True
                if current.relation == "acl" and to:
                    return True
                if (
                    current.relation in ("xcomp", "ccomp")
                    and (above.lemma in _MENTAL or (to and above.lemma not in _FACTUAL))
                    and not _is_quoted(self, current, above)
                ):
                    return True
            if current.relation == "pcomp" and above.lemma in (
                "without",
                "of",
                "for",
                "from",
                "like",
                "about",
                "instead",
            ):
                return True
            if current.relation not in ("conj", "xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp", "dep"):
                return False
            if current.relation == "conj" and any(child.relation in ("nsubj", "nsubjpass") for child in children):
                return False
            if current.relation == "advcl":
                return False
            current = self.tokens[above.head] if current.relation == "pcomp" else above
        return False


def _is_quoted(document: Document, clause: Token, above: Token) -> bool:
    """Whether a clause stands beside "said he" and not in "said that ...": its parts are told, not reported."""
    return clause.index < above.index and above.lemma in ("say", "think", "know") and clause.relation == "ccomp"


def _is_main_verb(token: Token) -> bool:
    return token.word_class in ("VERB", "AUX") and token.relation not in ("aux", "auxpass", "amod", "compound")


def _is_nominal(token: Token) -> bool:
    return token.word_class in ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ")
