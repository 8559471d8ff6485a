"""How somebody looks, as a value: what they are, their hair and features, what they wear and hold.

    parse_look("a tall pilot in a yellow jumpsuit").wears  # (Piece("jumpsuit", "yellow", "", "a yellow jumpsuit"),)

A description that a person writes is text and stays so; this is what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from agent.language import Document, NounPhrase, Token, parse, with_article
from agent.story.lexicon import (
    BEINGS,
    BODY_PARTS,
    COLOURS,
    GARMENTS,
    PATTERNS,
    find,
    is_body_part,
    is_garment,
    singular,
)

__all__ = ["BODY", "GARMENT", "Look", "Piece", "add_pieces", "look_of", "parse_look", "traits_of"]

# Adjectives that a picture cannot show.
_UNSEEN = frozenset(
    """
    oldest youngest tallest smallest biggest eldest same only own other another first last next poor dear very good
    clever kind certain whole new famous former real late second third brave wise beloved favourite favorite best
    more most two three mere lucky many much several such few unfortunate honest dishonest selfish nice great bad
    """.split()  # noqa: SIM905
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
AGE_WORD = (
    r"\d{1,3}s?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|"
    rf"(?:{_TENS})(?:-\w+)?|"
    r"(?:early|mid|late)?[ -]?(?:\d0s|twenties|thirties|forties|fifties|sixties|seventies|eighties)"
)
AGE = re.compile(
    rf"\b(?:of|aged|age:?|is|was|turned) (?:about |only |just |around |almost |nearly |barely )?(?P<a>{AGE_WORD})"
    rf"(?: years)?(?: old| of age)?(?=$|[\s,.;:)])(?! (?:feet|foot|inch|metre|meter|of\b|\w+s\b(?<!years)))"
    rf"|\b(?P<b>{AGE_WORD})[ -]years?[ -]old\b|^(?P<c>{AGE_WORD})$"
    rf"|\bin (?:his|her|their) (?P<d>{AGE_WORD})(?=$|[\s,.;)])"
)
_HAIR = frozenset(("hair", "braid", "plait", "pigtail", "curl", "ponytail", "mane"))
_WEARING = frozenset(("wear", "dress", "clothe", "clad", "wrap", "sport"))
_COUNTED = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"))
_HOLDING = frozenset(("hold", "carry", "clutch", "grip"))


def _any_of(words: frozenset[str]) -> str:
    forms = sorted({form for word in words for form in (word, f"{word}s")}, key=lambda form: (-len(form), form))
    return f"(?:{'|'.join(forms)})"


GARMENT = _any_of(GARMENTS)
"""A pattern of everything worn, for those who look for it in requests."""
BODY = _any_of(BODY_PARTS)


@dataclass(frozen=True)
class Piece:
    """Something worn: `what` it is, its `colour` and `pattern` ("" where not said), and all its `words`."""

    what: str
    colour: str = ""
    pattern: str = ""
    words: str = ""


@dataclass(frozen=True)
class Look:
    """What is known of how somebody looks. `traits` are the adjectives of `kind` ("little"); `hair` and `features`
    have their article ("a white beard"); `age` is in the text's own words ("nine")."""

    kind: str = ""
    traits: tuple[str, ...] = ()
    age: str = ""
    hair: str = ""
    wears: tuple[Piece, ...] = ()
    holds: tuple[str, ...] = ()
    features: tuple[str, ...] = ()

    def text(self) -> str:
        """Describe it: "a girl of nine with red hair in a yellow dress"."""
        words = " ".join([*self.traits, self.kind]) if self.kind else " and ".join(self.traits)
        if self.kind and singular(self.kind) == self.kind:
            words = with_article(words)
        if self.age:
            words += f" of {self.age}" if self.age[-1:] != "s" else f" in the {self.age}"
        for before, alone, pieces in (
            ("with", "with", [self.hair, *self.features]),
            ("in", "wearing", [piece.words for piece in self.wears]),
            ("holding", "holding", list(self.holds)),
        ):
            pieces = [piece for piece in pieces if piece]
            if pieces:
                words += f" {before if words else alone} {' and '.join(pieces)}"
        return words.strip()

    def wearing(self, piece: Piece) -> Look:
        """Put something on, instead of what is of the same sort."""
        kept = tuple(worn for worn in self.wears if worn.what != piece.what)
        return replace(self, wears=(*kept, piece))

    def without(self, what: str) -> Look:
        """Take off whatever is called so, or have no such feature."""
        wanted = singular(what.split()[-1].lower())
        return replace(
            self,
            hair="" if singular(self.hair.split(" ")[-1]) == wanted else self.hair,
            wears=tuple(piece for piece in self.wears if singular(piece.what) != wanted),
            holds=tuple(thing for thing in self.holds if singular(thing.split()[-1]) != wanted),
            features=tuple(feature for feature in self.features if singular(feature.split()[-1]) != wanted),
        )

    def joined(self, other: Look) -> Look:
        """Add what another look knows; what is known here stays."""
        mine = {singular(piece.what) for piece in self.wears}
        have = {singular(feature.split()[-1]) for feature in self.features}
        return replace(
            self,
            kind=self.kind or other.kind,
            traits=self.traits or (other.traits if not self.kind or self.kind == other.kind else ()),
            age=self.age or other.age,
            hair=self.hair or other.hair,
            wears=(*self.wears, *(piece for piece in other.wears if singular(piece.what) not in mine)),
            holds=self.holds or other.holds,
            features=(*self.features, *(one for one in other.features if singular(one.split()[-1]) not in have)),
        )


@lru_cache(maxsize=4096)
def parse_look(description: str) -> Look:
    """Read an English description: the first being that it names, and every feature, garment and thing held."""
    text = " ".join(description.split())
    if not text:
        return Look()
    document = parse(text)
    phrases = document.noun_phrases
    being = next((p for p in phrases if p.owner is None and _is_being(p) and not _owns(document, p.head)), None)
    look = Look()
    if being is not None:
        look = Look(kind=_called(being), traits=traits_of(document, being))
    elif (root := next((t for t in document.tokens if t.relation == "ROOT"), None)) and root.tag == "JJ":
        look = Look(traits=(root.text.lower(),))
    look = add_pieces(look, document, range(len(document.tokens)))
    return replace(look, age=age_in(text))


def age_in(text: str) -> str:
    """The age that a description names, in its own word; "" where it names none."""
    for part in (text, *text.split(",")):
        if match := AGE.search(part.strip()):
            return next(group for group in match.groups() if group)
    return ""


def look_of(document: Document, phrase: NounPhrase, kind: str) -> Look:
    """What a noun phrase and what hangs on it say of somebody: "a tall pilot in a yellow jumpsuit"."""
    look = Look(kind=kind, traits=traits_of(document, phrase))
    head = phrase.head
    inside = [
        index
        for child in document.children[head.index]
        if child.index > head.index and child.relation in ("prep", "acl", "relcl")
        and (child.relation != "relcl" or child.lemma in ("have", *_WEARING))
        for index in range(child.left, child.right)
    ]  # fmt: skip
    look = add_pieces(look, document, inside)
    after = document.text[head.end : head.end + 24]
    if age := re.match(rf" of (?:about )?({AGE_WORD})(?: years)?(?=$|[\s,.;:)])", after):
        look = replace(look, age=age[1])
    return look


def traits_of(document: Document, phrase: NounPhrase) -> tuple[str, ...]:
    """The visible adjectives of a phrase, and how many it counts."""
    words = [t.text.lower() for t in sorted(phrase.adjectives, key=lambda t: t.index)]
    counted = (phrase.determiner,) if phrase.plural and phrase.determiner in _COUNTED else ()
    return (*counted, *(word for word in dict.fromkeys(words) if word not in _UNSEEN and word.isascii()))


def add_pieces(look: Look, document: Document, inside: range | list[int]) -> Look:
    """Add the features, clothes and things held that the tokens `inside` name."""
    within = sorted(set(inside))
    for index in within:
        phrase = document.phrases_by_head.get(index)
        if phrase is not None and not phrase.is_pronoun:
            look = add_piece(look, document, phrase)
    for token in map(document.tokens.__getitem__, within):  # "dressed in black", "in white"
        if token.relation == "pobj" and token.text.lower() in COLOURS:
            above = document.tokens[document.tokens[token.head].head]
            if document.tokens[token.head].lemma == "in" and (above.lemma in _WEARING or above.word_class == "NOUN"):
                colour = token.text.lower()
                look = look.joined(Look(wears=(Piece("clothes", colour, "", f"{colour} clothes"),)))
    return look


def add_piece(look: Look, document: Document, phrase: NounPhrase) -> Look:
    """Add what one noun phrase names, if it is a feature, a garment, or a thing that is held."""
    what = _what(phrase.head)
    if is_garment(what):
        return look.joined(Look(wears=(piece_of(document, phrase),)))
    words = _indefinite(document, phrase)
    if is_body_part(what):
        if len(words.split()) < 2 and not phrase.head.tag.endswith("S"):
            return look
        return look.joined(Look(hair=words) if singular(what) in _HAIR else Look(features=(words,)))
    above = document.tokens[phrase.head.head]
    if phrase.head.relation == "dobj" and above.lemma in _HOLDING:
        return look.joined(Look(holds=(words,)))
    return look


def piece_of(document: Document, phrase: NounPhrase) -> Piece:
    """The garment that a noun phrase names."""
    words = _indefinite(document, phrase)
    parts = re.split(r"[\s-]+", words)
    return Piece(
        _what(phrase.head),
        next((word for word in parts if word in COLOURS), ""),
        next((word for word in parts if word in PATTERNS), ""),
        words,
    )


def _what(head: Token) -> str:
    return head.text.lower()


def _indefinite(document: Document, phrase: NounPhrase) -> str:
    """A phrase with "a" for "the" or "her", or nothing before a plural."""
    start = phrase.start
    while start < phrase.head.index and (
        document.tokens[start].tag in ("DT", "PRP$") or document.tokens[start].text in (",", "(")
    ):
        start += 1
    while start > 0 and document.tokens[start - 1].tag == "JJ":  # an adjective that was parsed as another noun's
        start -= 1
    if phrase.owner is not None and phrase.owner.index >= start:
        start = phrase.owner.right
    words = " ".join(document.words(start, phrase.head.index + 1).replace(",", " ").lower().split())
    last = words.split()[-1]
    several = (last.endswith("s") and not last.endswith("ss")) or last in ("hair", "fur", "armour", "armor", "teeth")
    counted = re.match(r"(?:one|two|three|four|six|eight)\b", words)
    return words if several or counted else with_article(words)


def _is_being(phrase: NounPhrase) -> bool:
    word = phrase.head.text.lower()
    return any(hit.group in BEINGS for hit in find(word, "en")) and not is_garment(word)


def _owns(document: Document, head: Token) -> bool:
    return head.relation == "poss"


def _called(phrase: NounPhrase) -> str:
    return " ".join([*(t.text.lower() for t in phrase.modifiers), phrase.head.text.lower()])
