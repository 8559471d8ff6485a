"""What the text says somebody looks like: noun phrases, "with red hair", "in a blue coat", and what changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["GARMENT", "Look", "find_changes", "noun_phrase", "pieces_after", "pieces_in_brackets"]

_ADJECTIVE = (
    r"(?!and\b|or\b|with\b|in\b|of\b|at\b|his\b|her\b|the\b|a\b|an\b|was\b|were\b|to\b|from\b|as\b|"
    r"that\b)[a-z]+(?:-[a-z]+)*"
)
BODY = (
    r"(?:hair|beard|moustache|mustache|eyes?|braids?|plaits?|pigtails|curls|freckles|ears?|tail|fur|nose|scar|wings|"
    r"feathers|whiskers|horns?|teeth|paws?|face|cheeks|mane|spots|stripes|shell|beak|ponytail|legs?|arms?|hands?|"
    r"neck|claws|scales|glasses|spectacles|coat of \w+)"
)
GARMENT = (
    r"(?:coat|overcoat|raincoat|dress|hat|cap|scarf|cloak|cape|boots?|shoes|gloves|mittens|shirt|sweater|jumper|"
    r"jacket|trousers|pants|jeans|gown|robes?|apron|crown|tiara|mask|uniform|armou?r|suit|helmet|hood|shawl|skirt|"
    r"pyjamas|pajamas|vest|waistcoat|ribbon|bonnet|overalls|tunic|necklace|belt|eyepatch|tie|kimono|sandals|"
    r"slippers|nightgown|t-shirt|veil|turban|spacesuit|backpack|socks|collar|glasses|spectacles|bandage|costume|"
    r"hoodie|beret|goggles|medal|bandana|stockings)"
)
_DETERMINER = r"(?:an?|the|his|her|its|their|one|two|some)"
_BODY_PIECE = rf"(?:{_DETERMINER} )?(?:{_ADJECTIVE},? (?:and )?){{0,4}}{BODY}\b"
_GARMENT_PIECE = rf"(?:{_DETERMINER} )?(?:{_ADJECTIVE},? ){{0,4}}{GARMENT}\b"
_PIECE = rf"(?:{_GARMENT_PIECE}|{_BODY_PIECE})"
_PIECES = rf"{_PIECE}(?:(?:, and |, | and ){_PIECE})*"
_LOOK = re.compile(
    rf"\b(?P<how>with|in|wearing|dressed in|clad in|wore|wears|had|has|having) (?P<pieces>{_PIECES})", re.IGNORECASE
)
_WHOLE_PIECE = re.compile(_PIECE, re.IGNORECASE)
_BRACKETS = re.compile(r" \((?P<inside>[^()\n]+)\)")
_AGE = re.compile(
    r"^ of (?:about )?((?:\d+|\w+teen|six|seven|eight|nine|ten|eleven|twelve|five|four|three|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety)(?: years)?)\b"
)
_WAS = re.compile(
    rf"\b(?:his|her|its|{{owner}}) ({BODY}) (?:was|were) ((?:{_ADJECTIVE})(?:,? (?:and )?{_ADJECTIVE}){{0,2}})"
)
# "That evening they ate fish": the determiner is another noun's.
_NO_PHRASE = re.compile(r"\b(?:he|she|they|it|we|i|you|time|day|night|morning|evening|afternoon|year)\b", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    rf"(?P<determiner>\b(?:an?|the|his|her|their|my|our|your|its|this|that|another|no|every|each|some|one|two|three|"
    rf"four|five|six|seven|\w+['’]s)) "
    rf"(?P<adjectives>(?:{_ADJECTIVE},? (?:and )?){{0,4}})$",
    re.IGNORECASE,
)
# Adjectives that a picture cannot show.
_UNSEEN = frozenset(
    """
    oldest youngest tallest smallest biggest eldest same only own other another first last next poor dear very good
    clever kind certain whole new famous former real late second third brave wise beloved favourite favorite best
    more most two three mere lucky
""".split()  # noqa: SIM905
)

_PUT_ON = re.compile(
    rf"\b(?:put(?:s|ting)? on|pull(?:s|ed|ing)? on|slip(?:s|ped)? (?:on|into)|chang(?:es|ed) into|don(?:s|ned)|wore|"
    rf"wears|was wearing|is wearing|"
    rf"dress(?:es|ed) in|button(?:s|ed) up|tried on|found|finds|picked up|picks up|bought|buys|received|"
    rf"wrapped (?:herself|himself|itself|themselves) in)"
    rf" (?P<piece>{_GARMENT_PIECE})",
    re.IGNORECASE,
)
_PUT_AROUND = re.compile(
    r"\b(?:tie[sd]|tied|wrap(?:s|ped)|place[sd]?|placed|set|drape[sd]|hung|hangs|fasten(?:s|ed)|knot(?:s|ted)|put|"
    r"puts|pulled|laid)"
    rf" (?P<piece>it|them|{_GARMENT_PIECE})"
    r" (?:[a-z]+ly )?(?:around|round|on|over|about|onto) (?P<owner>(?:the |his |her |its |their |"
    r"my )?[\w ]{2,25}?)(?:['’]s)? ?(?:neck|head|shoulders|body|ears)\b",
    re.IGNORECASE,
)
_GAVE = re.compile(
    rf"\b(?:gave|gives|handed|hands|offered|knitted|sewed|made|bought) "
    r"(?P<owner>(?:the |a |his |her |their )?[\w]+(?: (?!(?:an?|the|his|her|its|their) )[\w]+)?) "
    rf"(?P<piece>{_GARMENT_PIECE})",
    re.IGNORECASE,
)
_TOOK_OFF = re.compile(
    rf"\b(?:took off|takes off|lost|loses|gave away|gives away|threw away|removed|removes|dropped|"
    rf"drops) (?P<piece>{_GARMENT_PIECE})",
    re.IGNORECASE,
)
_HAIR = re.compile(
    r"\bcut (?:off )?(?:his|her|their) (?:long )?hair(?: short)?\b|\b(?:dyed|painted) (?:his|her|its) (?P<part>hair|"
    r"fur|feathers) (?P<colour>\w+)"
)


@dataclass
class Look:
    """What is known of how somebody looks: a noun phrase and its pieces."""

    noun: str = ""
    body: list[str] = field(default_factory=list)
    garments: list[str] = field(default_factory=list)

    def add(self, piece: str) -> None:
        """A piece ("long grey beard"), unless one of the same thing is already known."""
        piece = _plain(piece)
        thing = piece.split()[-1]
        where = self.garments if re.fullmatch(rf"(?:.* )?{GARMENT}", piece) else self.body
        if len(piece.split()) > 1 and all(known.split()[-1] != thing for known in [*self.garments, *self.body]):
            where.append(piece)

    def text(self) -> str:
        """ "a girl of nine with red hair in a yellow dress"."""
        words = self.noun
        if self.body:
            words += f" with {' and '.join(self.body)}"
        if self.garments:
            words += f" {'in' if words else 'wearing'} {' and '.join(self.garments)}"
        return words.strip()


def _plain(piece: str) -> str:
    """A piece with "a" for "the" or "her"."""
    words = " ".join(piece.replace(",", " ").split()).lower()
    words = re.sub(r"^(?:the|his|her|its|their|some|my|our) ", "", words)
    last = words.split()[-1]
    plural = (last.endswith("s") and not last.endswith("ss")) or last in ("hair", "fur", "armour", "armor", "teeth")
    if re.match(r"(?:an?|one|two|three) ", words) or plural:
        return words
    return ("an " if words[0] in "aeiou" else "a ") + words


def noun_phrase(told: str, start: int, end: int) -> tuple[str, str, list[str]] | None:
    """The phrase around a noun at `[start:end]`: (determiner, "small red fox", its adjectives); None without
    determiner."""
    match = _BEFORE_NOUN.search(told[max(0, start - 60) : start])
    if not match or _NO_PHRASE.search(match["adjectives"]):
        return None
    adjectives = [
        word for word in re.split(r",? and |,? |, ", match["adjectives"].strip()) if word and word not in _UNSEEN
    ]
    return match["determiner"].lower(), " ".join([*adjectives, told[start:end].lower()]), adjectives


def age_after(told: str, end: int) -> str:
    match = _AGE.match(told[end : end + 30])
    return f" of {match[1]}" if match else ""


def pieces_after(told: str, end: int) -> list[str]:
    """What is worn or had by the one mentioned just before `end`: "with red hair and a blue coat", "wore a hat"."""
    clause = re.split(r"[.;!?\n]|, (?:and|but|who|while|when) (?=he|she|they|the)", told[end : end + 200], maxsplit=1)[
        0
    ]
    pieces: list[str] = []
    for match in _LOOK.finditer(clause):
        gap = clause[: match.start()]
        if len(gap) > 45 or re.search(r"\b(?:and|but|when|as|while|to|into) (?:the|a|an|he|she|his|her) ", gap):
            break
        found = re.split(r",? and |, (?=an? |the |his |her )|, ", match["pieces"])
        worn = match["how"].lower() in ("wearing", "dressed in", "clad in", "wore", "wears")
        for piece in found:
            if match["how"].lower() == "in" and not re.search(rf"{GARMENT}$", piece):
                continue
            if not worn and re.fullmatch(r"(?:his|her|its|the) \w+", piece):
                continue  # "in her hands", "with his eyes"
            if match["how"].lower() == "with" and re.match(r"(?:his|her|its|their) ", piece):
                continue  # "with her teeth": doing, not looking
            pieces.append(piece)
    return pieces


def pieces_in_brackets(told: str, end: int) -> list[str]:
    """What a screenplay says in brackets of the one mentioned just before `end`: "MARA (20s, bald, red coat)"."""
    brackets = _BRACKETS.match(told[end : end + 160])
    pieces = re.split(r"\s*(?:[,;]|\band\b)\s*", brackets["inside"]) if brackets else []
    bare = [re.sub(r"^(?:with|in|wearing|dressed in)\s+", "", piece, flags=re.IGNORECASE) for piece in pieces]
    return [piece for piece in bare if _WHOLE_PIECE.fullmatch(piece)]


def was_pieces(told: str, owner: str) -> list[str]:
    """ "her hair was long and red" -> "long red hair"."""
    pattern = _WAS.pattern.replace("{owner}", re.escape(owner) + "['’]s")
    return [
        f"{re.sub(r',? and |, ', ' and ', match[2])} {match[1]}"
        for match in re.finditer(pattern, told, re.IGNORECASE)
        if not re.search(r"\b(?:full|wet|closed|open|cold|heavy|gone|wide|tired|ready|very|so)\b", match[2])
    ]


@dataclass(frozen=True)
class WardrobeChange:
    """At `start` of a text somebody's look changes; `owner` are the words that name them ("" is the subject)."""

    description: str
    start: int
    owner: str = ""
    wearing: bool = False


def find_changes(told: str) -> list[WardrobeChange]:
    """Changes of clothes and hair in a text, in order. `wearing` marks a plain "wore", which may be no change at
    all."""
    changes: list[WardrobeChange] = []
    for match in _PUT_ON.finditer(told):
        wearing = bool(re.match(r"(?:wore|wears|was wearing|is wearing)\b", match[0], re.IGNORECASE))
        changes.append(WardrobeChange(f"wearing {_plain(match['piece'])}", match.start(), "", wearing))
    for match in _PUT_AROUND.finditer(told):
        piece = match["piece"]
        if piece.lower() in ("it", "them"):
            before = list(re.finditer(_GARMENT_PIECE, told[max(0, match.start() - 200) : match.start()], re.IGNORECASE))
            if not before:
                continue
            piece = before[-1][0]
        changes.append(WardrobeChange(f"wearing {_plain(piece)}", match.start(), match["owner"].strip()))
    for match in _GAVE.finditer(told):
        if match["owner"].lower().split()[-1] not in ("away", "up", "off", "on"):
            changes.append(WardrobeChange(f"wearing {_plain(match['piece'])}", match.start(), match["owner"].strip()))
    for match in _TOOK_OFF.finditer(told):
        changes.append(WardrobeChange(f"without the {re.sub(r'^an? ', '', _plain(match['piece']))}", match.start()))
    for match in _HAIR.finditer(told):
        look = f"with {match['colour']} {match['part']}" if match["part"] else "with short hair"
        changes.append(WardrobeChange(look, match.start()))
    return sorted(changes, key=lambda change: change.start)
