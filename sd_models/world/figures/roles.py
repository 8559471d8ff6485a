"""Who somebody is by age, trade or rank: what each wears when nothing else is said, and the role's other names."""

from __future__ import annotations

from dataclasses import dataclass

from sd_models.world.pen import Colour


@dataclass(frozen=True)
class Look:
    """What somebody of a role wears when nothing else is said."""

    garment: str = "shirt"
    colour: str = "blue"
    legs: Colour = (72, 76, 112)
    hair: str = "short"
    """Its style: short, long, bob, bun, bald, curls or none."""
    shade: str = ""
    """Its colour; "" is any."""
    beard: str = ""
    """full, long, grey or moustache."""
    hat: str = ""
    hat_colour: Colour = (90, 60, 40)
    skin: Colour | None = None
    tall: float = 1.0
    """Height relative to a grown-up."""
    wide: float = 1.0
    wings: str = ""
    cape: Colour | None = None
    extra: str = ""
    pattern: str = ""
    """striped, checked, spotted or flowered; "" is plain."""
    legwear: str = ""
    """shorts or skirt; "" is trousers."""
    over: tuple[tuple[str, Colour], ...] = ()
    """What is worn over the rest, each with its colour: scarf, cape, apron, tie …"""


LOOKS: dict[str, Look] = {
    "girl": Look("dress", "pink", hair="bunches", tall=0.8),
    "boy": Look("shirt", "green", hair="spiky", tall=0.8),
    "woman": Look("dress", "purple", hair="long"),
    "man": Look("shirt", "blue", hair="short", beard="moustache"),
    "old woman": Look("dress", "grey", hair="bun", shade="white", tall=0.9, extra="shawl"),
    "old man": Look("coat", "brown", hair="bald", shade="white", beard="full", tall=0.92),
    "king": Look("robe", "red", hair="short", shade="brown", beard="full", hat="crown", cape=(150, 24, 44), wide=1.12),
    "queen": Look("dress", "red", hair="long", shade="brown", hat="crown", cape=(120, 40, 130)),
    "prince": Look("coat", "blue", hair="short", shade="blonde", hat="coronet", cape=(190, 30, 50), tall=0.92),
    "princess": Look("dress", "pink", hair="long", shade="blonde", hat="tiara", tall=0.9),
    "knight": Look("armour", "grey", hair="none", hat="helm", hat_colour=(190, 40, 50)),
    "wizard": Look("robe", "blue", hair="long", shade="white", beard="long", hat="wizard", hat_colour=(58, 64, 170)),
    "witch": Look(
        "dress", "black", hair="long", shade="black", hat="witch", hat_colour=(46, 40, 62), skin=(166, 204, 120)
    ),
    "pirate": Look(
        "coat",
        "red",
        hair="short",
        shade="black",
        beard="full",
        hat="tricorn",
        hat_colour=(46, 40, 50),
        extra="eyepatch",
    ),
    "sailor": Look("shirt", "white", legs=(40, 60, 120), hat="sailor", hat_colour=(250, 250, 250), extra="neckerchief"),
    "soldier": Look("shirt", "green", legs=(84, 98, 58), hat="helmet", hat_colour=(92, 108, 62)),
    "farmer": Look("shirt", "red", legs=(64, 98, 160), hat="straw", hat_colour=(238, 202, 110), extra="dungarees"),
    "cook": Look("coat", "white", legs=(90, 90, 100), hat="toque", hat_colour=(252, 252, 252)),
    "doctor": Look("coat", "white", legs=(80, 120, 140), extra="stethoscope"),
    "teacher": Look("shirt", "green", legs=(110, 80, 60), hair="bun", shade="brown", extra="spectacles"),
    "detective": Look("coat", "brown", hat="fedora", hat_colour=(116, 84, 58)),
    "astronaut": Look("armour", "white", hair="short", hat="bubble", extra="pack"),
    "police officer": Look("suit", "blue", hat="peaked", hat_colour=(34, 58, 120), extra="badge"),
    "firefighter": Look("coat", "yellow", legs=(70, 60, 50), hat="helmet", hat_colour=(216, 40, 36)),
    "artist": Look("shirt", "white", legs=(60, 60, 70), hair="bob", hat="beret", hat_colour=(190, 40, 60)),
    "merchant": Look("robe", "green", beard="full", hat="turban", hat_colour=(240, 180, 60), wide=1.12),
    "thief": Look("shirt", "black", legs=(50, 50, 60), hat="beanie", hat_colour=(44, 44, 54), extra="mask"),
    "clown": Look("suit", "yellow", hair="curls", shade="red", skin=(255, 240, 230), extra="nose"),
    "monk": Look("robe", "brown", hair="bald", shade="brown"),
    "fairy": Look("dress", "green", hair="long", wings="butterfly", tall=0.72),
    "angel": Look("robe", "white", hair="bob", shade="blonde", wings="feather", hat="halo", tall=0.85),
    "elf": Look("shirt", "green", legs=(60, 120, 60), hat="cone", hat_colour=(60, 150, 70), tall=0.72, extra="ears"),
    "dwarf": Look(
        "shirt", "red", legs=(90, 70, 60), beard="long", hat="cone", hat_colour=(206, 50, 44), tall=0.66, wide=1.3
    ),
    "giant": Look("shirt", "brown", legs=(100, 80, 60), hair="spiky", beard="full", tall=1.28, wide=1.3),
    "vampire": Look(
        "suit", "black", hair="short", shade="black", skin=(222, 222, 236), cape=(136, 18, 34), extra="fangs"
    ),
}
"""The people that the storybook model has met."""

_BLACK, _WHITE, _BROWN, _GREY = (46, 44, 56), (250, 250, 250), (110, 78, 54), (150, 154, 164)
_RED, _BLUE, _GREEN, _GOLD = (196, 44, 48), (48, 84, 160), (70, 120, 76), (232, 190, 80)

ROLES: dict[str, tuple[Look, str]] = {
    "nurse": (Look("dress", "white", hair="bun", hat="sailor", hat_colour=_WHITE, over=(("badge", _RED),)), "midwife"),
    "judge": (Look("robe", "black", hair="curls", shade="white"), "magistrate, justice"),
    "lawyer": (Look("suit", "grey", hair="short", over=(("tie", _BLUE),)), "barrister, attorney, solicitor, notary"),
    "businessman": (Look("suit", "black", over=(("tie", _RED),)), "banker, clerk, manager, director, boss, salesman"),
    "priest": (
        Look("robe", "black", hair="short", over=(("necklace", _GOLD),)),
        "vicar, pastor, chaplain, rabbi, imam",
    ),
    "nun": (Look("robe", "black", hair="none", hat="headscarf", hat_colour=_BLACK), "abbess, sister superior"),
    "bishop": (Look("robe", "purple", shade="white", hat="cone", hat_colour=_GOLD), "pope, cardinal, archbishop"),
    "porter": (Look("jacket", "red", legs=_BLACK, hat="pillbox", hat_colour=_RED), "bellboy, bellhop, usher, lift boy"),
    "waiter": (
        Look("shirt", "white", legs=_BLACK, over=(("bow tie", _BLACK), ("apron", _WHITE))),
        "bartender, barman, steward",
    ),
    "waitress": (Look("dress", "black", hair="bun", over=(("apron", _WHITE),)), "maid, housemaid, barmaid, stewardess"),
    "butler": (
        Look("suit", "black", hair="bald", shade="grey", over=(("gloves", _WHITE),)),
        "valet, footman, manservant",
    ),
    "housekeeper": (Look("dress", "grey", hair="bun", shade="grey", over=(("apron", _WHITE),)), "servant, charwoman"),
    "baker": (
        Look("shirt", "white", legs=_GREY, beard="moustache", hat="toque", hat_colour=_WHITE, wide=1.15),
        "confectioner",
    ),
    "butcher": (Look("shirt", "red", legs=_BLACK, hair="bald", over=(("apron", _WHITE),), wide=1.2), "slaughterer"),
    "blacksmith": (
        Look("sweater", "grey", legs=_BROWN, beard="full", over=(("apron", _BROWN),), wide=1.2),
        "smith, farrier",
    ),
    "carpenter": (
        Look("dungarees", "brown", beard="moustache", hat="cap", hat_colour=_BROWN),
        "joiner, woodworker, builder",
    ),
    "mechanic": (Look("jumpsuit", "blue", legs=_BLUE, hat="cap", hat_colour=_BLUE), "engineer, plumber, electrician"),
    "miner": (Look("jumpsuit", "brown", legs=_BROWN, hat="helmet", hat_colour=_GOLD), "construction worker, digger"),
    "tailor": (
        Look("shirt", "white", legs=_BROWN, over=(("waistcoat", _GREEN),)),
        "shoemaker, cobbler, dressmaker, weaver",
    ),
    "gardener": (Look("dungarees", "green", hat="straw", hat_colour=_GOLD), "groundskeeper, forester"),
    "woodcutter": (
        Look("shirt", "red", legs=_BROWN, beard="full", pattern="checked", hat="beanie", hat_colour=_RED),
        "lumberjack, woodsman",
    ),
    "hunter": (
        Look("jacket", "green", legs=_BROWN, hat="fedora", hat_colour=_GREEN, over=(("boots", _BROWN),)),
        "huntsman, gamekeeper, ranger",
    ),
    "shepherd": (Look("tunic", "brown", hat="straw", hat_colour=_GOLD), "shepherdess, goatherd, herdsman, drover"),
    "fisherman": (
        Look("coat", "yellow", beard="full", shade="grey", hat="brim", hat_colour=_GOLD, over=(("boots", _BLUE),)),
        "angler",
    ),
    "captain": (
        Look("coat", "blue", beard="full", shade="white", hat="peaked", hat_colour=(34, 58, 120)),
        "skipper, admiral, commander",
    ),
    "pilot": (
        Look("jacket", "brown", legs=_BROWN, hat="helmet", hat_colour=_BROWN, over=(("scarf", _WHITE),)),
        "aviator, airman",
    ),
    "diver": (Look("jumpsuit", "black", legs=_BLACK, hair="none", hat="bubble", extra="pack"), "scuba diver, frogman"),
    "postman": (
        Look("jacket", "blue", legs=_BLUE, hat="peaked", hat_colour=_BLUE, over=(("backpack", _BROWN),)),
        "mailman, messenger, courier, postwoman",
    ),
    "driver": (
        Look("jacket", "grey", legs=_BLACK, hat="peaked", hat_colour=_BLACK),
        "chauffeur, coachman, conductor, cabbie",
    ),
    "reporter": (Look("coat", "brown", hat="fedora", hat_colour=_BROWN), "journalist, newspaperman, photographer"),
    "spy": (
        Look("coat", "black", hat="fedora", hat_colour=_BLACK, over=(("sunglasses", _BLACK),)),
        "secret agent, agent, assassin, gangster",
    ),
    "scientist": (
        Look("coat", "white", hair="curls", shade="white", extra="spectacles"),
        "professor, inventor, chemist, physicist",
    ),
    "librarian": (Look("sweater", "green", hair="bun", extra="spectacles"), "archivist, bookseller, secretary"),
    "student": (
        Look("hoodie", "blue", hair="short", tall=0.94, over=(("backpack", _RED),)),
        "pupil, apprentice, undergraduate",
    ),
    "musician": (
        Look("shirt", "black", legs=_BLACK, hair="curls", over=(("waistcoat", _RED),)),
        "fiddler, guitarist, drummer, piper, bard",
    ),
    "singer": (Look("dress", "red", hair="long", over=(("necklace", _GOLD),)), "actress, diva, star, opera singer"),
    "dancer": (Look("dress", "pink", hair="bun"), "ballerina"),
    "acrobat": (Look("swimsuit", "red", hair="short"), "gymnast, wrestler, tightrope walker"),
    "athlete": (Look("sweater", "white", legs=_RED, legwear="shorts"), "footballer, runner, player, champion, boxer"),
    "cowboy": (
        Look("shirt", "brown", legs=_BLUE, hat="brim", hat_colour=_BROWN, over=(("scarf", _RED), ("boots", _BROWN))),
        "cowgirl, rancher, gunslinger, outlaw",
    ),
    "sheriff": (
        Look(
            "shirt",
            "brown",
            legs=_BROWN,
            beard="moustache",
            hat="brim",
            hat_colour=_BROWN,
            over=(("badge", _GOLD), ("boots", _BROWN)),
        ),
        "marshal, deputy",
    ),
    "viking": (
        Look("tunic", "brown", hair="long", shade="blonde", beard="long", hat="helmet", hat_colour=_GREY, wide=1.15),
        "norseman, barbarian",
    ),
    "samurai": (Look("armour", "red", shade="black", hat="helmet", hat_colour=_RED), "ronin, shogun"),
    "ninja": (
        Look("jumpsuit", "black", legs=_BLACK, hair="none", hat="beanie", hat_colour=_BLACK, extra="mask"),
        "shinobi",
    ),
    "archer": (Look("tunic", "green", legs=_BROWN, hat="cone", hat_colour=_GREEN), "bowman, robin hood"),
    "guard": (Look("armour", "grey", hat="helmet", hat_colour=_GREY), "sentry, warder, jailer, watchman, guardsman"),
    "duke": (
        Look("coat", "purple", shade="grey", beard="moustache", hat="coronet"),
        "count, baron, earl, nobleman, lord, squire",
    ),
    "duchess": (Look("dress", "purple", hair="bun", shade="grey", hat="tiara"), "countess, baroness, noblewoman, dame"),
    "bride": (Look("dress", "white", hair="long", hat="veil", hat_colour=_WHITE), "fiancee"),
    "groom": (Look("suit", "black", over=(("bow tie", _WHITE),)), "bridegroom, best man"),
    "widow": (Look("dress", "black", hair="bun", hat="veil", hat_colour=_BLACK), "mourner"),
    "beggar": (Look("robe", "brown", hair="spiky", shade="grey", beard="full"), "tramp, vagrant, pauper, hobo"),
    "traveller": (
        Look("coat", "brown", hat="brim", hat_colour=_BROWN, over=(("backpack", _GREEN),)),
        "traveler, wanderer, pilgrim, hiker, explorer, tourist",
    ),
    "mayor": (
        Look("suit", "black", shade="grey", hat="top hat", hat_colour=_BLACK, over=(("necklace", _GOLD),), wide=1.15),
        "president, minister, governor",
    ),
    "magician": (
        Look("suit", "black", beard="moustache", hat="top hat", hat_colour=_BLACK, cape=(136, 18, 34)),
        "conjurer, illusionist",
    ),
    "fortune teller": (
        Look("dress", "purple", hair="long", shade="black", hat="headscarf", hat_colour=_RED),
        "oracle, gypsy, seer, soothsayer",
    ),
    "baby": (
        Look("jumpsuit", "yellow", legs=(250, 208, 60), hair="bald", shade="blonde", tall=0.5),
        "infant, newborn, toddler",
    ),
}
"""Further roles of stories, each with its other names."""

LOOKS |= {name: look for name, (look, _) in ROLES.items()}
ALSO: dict[str, tuple[str, ...]] = {name: tuple(also.split(", ")) for name, (_, also) in ROLES.items()}
