"""Every garment by its name: what kind of piece it is, how it is cut, and its other names.

The storybook model was trained on the garments of `vocabulary.py`, one of them and one accessory a figure; the world
draws these and more, as many as are worn, each in its colour, with patterns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sd_models.world import vocabulary as v
from sd_models.world.figures.roles import Look
from sd_models.world.figures.wear import PAINT, PATTERNS
from sd_models.world.pen import Colour
from sd_models.world.values import Worn


@dataclass(frozen=True)
class Piece:
    """One kind of garment. `slot`: what it covers (body, legs, head, or over: worn over the rest); `cut`: how the pen
    draws it there; `colour`: its own colour where none is said."""

    slot: str
    cut: str
    colour: str
    also: tuple[str, ...]


def _pieces(table: str) -> dict[str, Piece]:
    """Read `name = slot cut colour: other name, …` a line."""
    pieces = {}
    for line in table.strip().splitlines():
        head, _, rest = line.partition(":")
        name, _, kind = head.partition("=")
        slot, cut, colour = kind.split()
        also = tuple(word.strip() for word in rest.split(",") if word.strip())
        pieces[name.strip()] = Piece(slot, cut.replace("_", " "), colour, also)
    return pieces


PIECES = _pieces("""
    shirt = body shirt white: blouse, polo shirt, dress shirt
    t-shirt = body sweater blue: tee, tee shirt, top, tank top
    sweater = body sweater red: jumper, pullover, jersey, cardigan, sweatshirt
    hoodie = body hoodie grey: hooded sweatshirt, anorak, parka
    tunic = body tunic green: smock, kaftan, jerkin
    jumpsuit = body jumpsuit yellow: boilersuit, boiler suit, flight suit, overall, onesie, coverall, spacesuit
    dungarees = body dungarees blue: overalls, bib overalls
    pyjamas = body jumpsuit blue: pajamas, nightclothes, sleepsuit
    swimsuit = body swimsuit red: bathing suit, swimming costume, leotard
    coat = body coat brown: overcoat, greatcoat, winter coat, lab coat, fur coat
    jacket = body jacket brown: blazer, leather jacket, denim jacket, windbreaker
    raincoat = body coat yellow: mackintosh, mac, slicker, oilskin
    trench coat = body coat brown: trenchcoat, duster, long coat
    dress = body dress red: frock, sundress, pinafore
    gown = body dress purple: ball gown, ballgown, evening gown, wedding dress, nightgown
    robe = body robe brown: habit, cassock, toga, vestments, gown of a judge
    kimono = body robe red: bathrobe, dressing gown, sari
    suit = body suit black: tuxedo, business suit, three-piece suit, dinner jacket
    uniform = body suit blue: livery
    armour = body armour grey: armor, chainmail, mail, breastplate, plate armour
    trousers = legs plain grey: pants, slacks, jeans, breeches, leggings, chinos
    shorts = legs shorts brown: short trousers
    skirt = legs skirt blue: kilt, miniskirt, petticoat
    hat = head brim brown: sun hat, sunhat, bonnet, homburg
    fedora = head fedora brown: trilby, panama hat
    top hat = head top_hat black: topper, stovepipe hat
    bowler hat = head bowler black: bowler, derby
    straw hat = head straw yellow: boater
    cap = head cap blue: baseball cap, flat cap, newsboy cap
    porter's cap = head pillbox red: bellhop cap, pillbox hat, fez, kepi
    peaked cap = head peaked blue: officer's cap, captain's hat, driver's cap, captain's cap
    beret = head beret red: tam
    woolly hat = head beanie red: beanie, wool hat, bobble hat, knitted hat, stocking cap, nightcap
    turban = head turban yellow: headwrap
    headscarf = head headscarf red: kerchief, bandana, hijab, babushka
    veil = head veil black: mourning veil
    helmet = head helmet grey: hard hat, bike helmet
    crown = head crown yellow: diadem
    tiara = head tiara yellow: circlet
    hood = over hood red: riding hood, hooded cloak
    scarf = over scarf red: muffler, neckerchief
    shawl = over shawl purple: stole, poncho
    cape = over cape red: cloak, mantle
    tie = over tie red: necktie, cravat
    bow tie = over bow_tie black: bowtie
    necklace = over necklace yellow: pearls, locket, medallion, pendant, amulet
    waistcoat = over waistcoat grey: vest, gilet
    apron = over apron white: pinny
    belt = over belt black: sash, girdle
    glasses = over glasses black: spectacles, goggles, eyeglasses, reading glasses
    sunglasses = over sunglasses black: dark glasses, shades
    gloves = over gloves white: mittens, gauntlets
    boots = over boots brown: wellingtons, rubber boots, wellies
    backpack = over backpack green: rucksack, knapsack, satchel
    badge = over badge yellow: medal, star badge
    """)


def known_garment(said: str) -> str:
    """Return the garment that the word is, or is another name of; "" when there is none."""
    said = said.lower().strip()
    if said in PIECES:
        return said
    return next((name for name, piece in PIECES.items() if said in piece.also), "")


def dressed(look: Look, wears: tuple[Worn, ...]) -> Look:
    """Put on everything in `wears` over the clothes of a role; what is not known is left out."""
    over: dict[str, Colour] = dict(look.over)
    for worn in wears:
        name = known_garment(worn.what)
        if not name:
            continue
        piece = PIECES[name]
        colour = _colour(worn.colour) or piece.colour
        if piece.slot == "body":
            look = replace(look, garment=piece.cut, colour=colour, pattern=PATTERNS.get(worn.pattern, ""))
            if look.extra in ("dungarees", "neckerchief", "shawl"):
                look = replace(look, extra="")
            if piece.cut == "jumpsuit":
                look = replace(look, legs=PAINT[colour])
        elif piece.slot == "legs":
            look = replace(look, legs=PAINT[colour], legwear=piece.cut.replace("plain", ""))
            if look.garment in ("dress", "robe"):
                look = replace(look, garment="shirt", colour="white")
        elif piece.slot == "head":
            look = replace(look, hat=piece.cut, hat_colour=PAINT[colour])
        else:
            over[piece.cut] = PAINT[colour]
    return replace(look, over=tuple(over.items()))


def _colour(said: str) -> str:
    said = said.lower().strip()
    if said in v.COLOURS:
        return said
    return next((name for name, others in v.COLOURS.items() if said in others), "")
