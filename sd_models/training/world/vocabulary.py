"""The words of the picture world: everything it can draw, each with the other words that mean the same.

`CLASSES` maps class -> word -> synonyms. The word itself is what captions say; a caption says one of the first
`SPOKEN` synonyms instead now and then, so the model knows these too; the rest is for mapping a story's words to
what the model knows. `write(path)` puts all of it into `sd_models/storybook/vocabulary.json`:

    {"format": 1, "template": "...", "examples": [...], "words": [every word that a caption can have],
     "subjects": {"dog": ["hound", ...]}, "objects": ..., "settings": ..., "times": ..., "weather": ...,
     "actions": ..., "moods": ..., "shots": ..., "styles": ..., "colours": ..., "hair": ..., "clothes": ...,
     "relations": ...,
     "facts": {"kinds": {"dog": "animal", ...}, "wears": [subjects that can be dressed], "garments": [...],
               "accessories": [...], "colourless": [clothes that take no colour], "coats": {subject: [fur colours]},
               "held": [objects that fit a hand], "big": [objects that stand on the ground], "indoors": [settings],
               "moods_for": [subjects with a face], "limits": {"subjects": 3, "objects": 2}}}
"""

from __future__ import annotations

import json
from pathlib import Path

Words = dict[str, list[str]]


def _table(text: str) -> Words:
    """`word: synonym, synonym` a line; a line that ends in a comma goes on."""
    table: Words = {}
    for line in text.strip().replace(",\n", ",").splitlines():
        word, _, rest = line.strip().partition(":")
        table[word.strip()] = [s.strip() for s in rest.split(",") if s.strip()]
    return table


PEOPLE = _table("""
girl: maiden, daughter, sister, schoolgirl, lass, granddaughter, niece, young girl, little girl, heroine,
    goldilocks, orphan girl
boy: lad, child, son, brother, kid, schoolboy, grandson, nephew, young boy, little boy, orphan, toddler, youth,
    student, pupil, apprentice
woman: lady, mother, wife, mom, mum, mama, aunt, widow, bride, neighbour, neighbor, heiress, stepmother,
    mistress, female
man: gentleman, father, husband, dad, papa, uncle, stranger, guy, traveller, traveler, fellow, male, person,
    villager, wanderer, hero, groom, neighbour man, miller, tailor, shoemaker
old woman: grandmother, grandma, granny, crone, elderly woman, old lady, nana, hag
old man: grandfather, grandpa, elder, elderly man, grandad, hermit, beggar, sage
king: ruler, emperor, monarch, sultan, lord, duke, tsar
queen: empress, duchess, countess
prince: nobleman, young king, crown prince
princess: noblewoman, young queen
knight: paladin, guard, warrior, crusader, champion, squire, gladiator
wizard: sorcerer, magician, mage, warlock, enchanter, merlin
witch: sorceress, enchantress
pirate: buccaneer, captain, corsair
sailor: seaman, fisherman, mariner, ferryman, crewman
soldier: trooper, officer, general, sergeant, private
farmer: peasant, shepherd, gardener, rancher, woodcutter, lumberjack, huntsman, hunter, scarecrow
cook: chef, baker, innkeeper, butcher
doctor: nurse, scientist, physician, surgeon, professor, inventor, chemist, engineer
teacher: librarian, schoolteacher, governess, tutor
detective: spy, inspector, investigator, sleuth, agent, sherlock
astronaut: spaceman, cosmonaut, pilot
police officer: policeman, policewoman, constable, sheriff, cop
firefighter: fireman, rescuer
artist: painter, musician, poet, writer
merchant: shopkeeper, trader, seller, tradesman, vendor
thief: burglar, robber, bandit, ninja, outlaw, villain
clown: jester, juggler, fool
monk: priest, friar, nun, bishop
""")
CREATURES = _table("""
fairy: pixie, sprite, nymph
angel: cherub, guardian angel
elf: imp, leprechaun
dwarf: gnome, hobbit
giant: ogre, troll, cyclops
vampire: dracula, count
ghost: spirit, phantom, spectre, spook
robot: android, machine, cyborg
alien: martian, extraterrestrial
snowman: snow man, ice man
monster: beast, creature, goblin, demon
dragon: wyvern, drake
dinosaur: t-rex, tyrannosaurus
mermaid: siren, merman
unicorn: magic horse
""")
ANIMALS = _table("""
fox: vixen, fennec
wolf: werewolf, coyote, jackal
bear: grizzly, cub
dog: hound, puppy, pup, terrier, retriever
cat: kitten, kitty, tomcat, feline
rabbit: hare, bunny
mouse: rat, hamster, dormouse, shrew
lion: lioness, king of beasts
tiger: tigress, leopard, panther, cheetah, jaguar
pig: piglet, boar, hog
cow: bull, ox, calf, buffalo
sheep: lamb, ram, ewe
goat: kid goat, billy goat
deer: stag, doe, fawn, reindeer, moose, elk
horse: pony, stallion, mare, foal, steed
donkey: mule, ass
monkey: ape, gorilla, chimpanzee
raccoon: racoon, badger, skunk
squirrel: chipmunk, beaver, otter
hedgehog: porcupine, mole
panda: panda bear, pandas
elephant: elephants, mammoth, rhino, hippo
frog: toad
owl: barn owl
bird: sparrow, robin, finch, songbird, nightingale
crow: raven, blackbird, magpie
duck: duckling, goose
swan: cygnet, heron
chicken: hen, rooster, cock, chick
eagle: hawk, falcon, vulture
penguin: penguins, puffin
parrot: macaw, cockatoo
turtle: tortoise
snake: serpent, python, cobra
crocodile: alligator, lizard
fish: goldfish, salmon, trout
whale: orca
dolphin: porpoise
shark: sharks, great white
octopus: squid, kraken
crab: lobster
butterfly: moth
bee: wasp, hornet
spider: tarantula
snail: slug
bat: bats, flying fox
giraffe: giraffes, camel, llama
""")
OBJECTS = _table("""
lantern: lamp, torch, light, flashlight
book: diary, notebook, novel
sword: dagger, knife, blade, rapier
shield: buckler
bow: arrow, crossbow
axe: hatchet
hammer: mallet, tool
wand: magic wand, magic
staff: walking stick, stick, cane
broom: broomstick
key: keys, golden key
letter: envelope, message, note
map: chart
scroll: parchment
apple: fruit, pear, peach
bread: loaf, food, bun
cake: birthday cake, pie
cup: tea, mug, coffee, goblet, chalice
bottle: potion, vial, medicine
candle: candlestick
flower: rose, tulip, daisy, blossom
bouquet: flowers
mushroom: toadstool
basket: hamper
bag: backpack, sack, satchel, purse, suitcase
umbrella: parasol
balloon: balloons, red balloon
ball: football, toy
kite: paper kite
teddy bear: doll, stuffed bear
drum: drums
guitar: violin, lute, fiddle, harp
trumpet: horn, flute, bugle
bell: handbell
crystal ball: orb, magic ball
gem: diamond, jewel, ruby, crystal, treasure
ring: rings, golden ring
coin: money, gold, coins
egg: eggs, golden egg
camera: photo camera
telescope: spyglass
magnifying glass: lens
phone: telephone, mobile phone
clock: alarm clock, watch
mirror: looking glass
heart: hearts, love
star: stars, shooting star
pumpkin: jack-o-lantern
fishing rod: fishing pole
flag: banner
anchor: ship anchor
skull: bones, skeleton
gift: present, parcel, box
chair: stool, throne, seat
table: desk, workbench
bed: cradle, cot
sofa: couch, armchair
door: gate, doorway
chest: treasure chest, trunk, coffin
barrel: cask, bucket
cauldron: pot, kettle
computer: laptop
television: tv, screen
piano: organ
campfire: fire, bonfire, fireplace
tent: camp
house: cottage, hut, cabin, home, building
tower: turret, lighthouse, windmill
tree: oak, willow, apple tree
pine: fir tree, christmas tree, spruce
bush: shrub, hedge
rock: stone, boulder
gravestone: tombstone, grave
statue: monument, sculpture
well: wishing well
sign: signpost
boat: rowboat, canoe, raft
ship: sailboat, galleon, sailing ship
car: taxi, automobile
truck: lorry, van
bus: coach
carriage: cart, wagon
train: locomotive, tram
bicycle: bike, cycle
plane: airplane, jet
helicopter: chopper
hot air balloon: airship
rocket: spaceship, shuttle
ufo: flying saucer
""")
SETTINGS = _table("""
forest: woods, wood, woodland, grove, trees, thicket
jungle: rainforest, tropics
mountains: mountain, peak, cliff, summit, valley, canyon
hills: meadow, field, countryside, plain, grassland, pasture, prairie, clearing
beach: shore, seaside, coast, sand, island
sea: ocean, open water, waves, high seas
lake: pond, lakeside
river: stream, brook, creek, waterfall, riverbank
desert: dunes, wasteland, sahara
village: town, hamlet, settlement
city: downtown, skyline, metropolis, new york, london
street: road, alley, sidewalk, crossroads
path: trail, track, lane, country road
castle: palace, fortress, kingdom, courtyard
garden: park, backyard, yard, orchard, playground
farm: barnyard, farmyard, barn, stable, ranch
cave: cavern, tunnel, den, lair, mine
swamp: marsh, bog
graveyard: cemetery, churchyard
harbour: harbor, port, dock, pier, wharf
ruins: temple, ancient ruins
market: fair, marketplace, town square, festival, bazaar
bridge: stone bridge, wooden bridge
camp: campsite, battlefield
sky: clouds, air, heaven
space: outer space, galaxy, planet, moon
underwater: seabed, undersea, coral reef, deep sea, under the sea
bedroom: room, chamber, nursery, bedchamber
kitchen: pantry, bakery
living room: parlour, parlor, lounge, sitting room, inside, indoors, hall
library: study, bookshop, archive
classroom: school, schoolroom
throne room: great hall, ballroom, castle hall
tavern: inn, pub, restaurant, cafe
shop: store, bank, museum
laboratory: workshop, lab, forge, studio
dungeon: prison, jail, cell, cellar, basement
attic: loft, garret
office: police station, newsroom
hospital: clinic, ward
theatre: theater, stage, circus, concert
ship deck: deck, on board, aboard
spaceship: space station, cockpit, starship
""")
TIMES = _table("""
dawn: sunrise, early morning, daybreak, first light
day: daytime, morning, noon, afternoon, midday, daylight
sunset: dusk, evening, twilight, sundown, nightfall
night: nighttime, midnight, moonlight, dark
""")
WEATHER = _table("""
clear: sunny, fair, bright, cloudless, sunshine, warm, fine
rain: rainy, raining, drizzle, shower, wet, downpour
snow: snowy, snowing, snowfall, blizzard, winter, frost, ice, cold
fog: foggy, mist, misty, haze
storm: stormy, thunderstorm, lightning, thunder, tempest, hurricane, wind
""")
ACTIONS = _table("""
standing: waiting, looking, talking, speaking, holding, listening, thinking, watching, staring, whispering,
    smiling, stopping
walking: strolling, wandering, travelling, traveling, marching, going, coming, hiking, exploring, following,
    entering, leaving, approaching, returning, riding
running: racing, fleeing, chasing, escaping, rushing, hurrying, charging
sitting: resting, seated, crouching, kneeling, eating, drinking, hiding
sleeping: asleep, lying, dreaming, napping, dying, fainting
waving: greeting, calling, welcoming, saying goodbye, shouting
reading: studying, writing, learning
pointing: showing, ordering, commanding, threatening, casting, fighting, attacking
jumping: leaping, hopping, climbing
dancing: cheering, celebrating, playing, singing, laughing, winning
flying: floating, soaring, hovering, falling, gliding
swimming: diving, drowning, bathing
""")
MOODS = _table("""
happy: smiling, joyful, cheerful, glad, merry, proud, delighted, laughing, excited, kind, friendly, hopeful
sad: crying, unhappy, lonely, gloomy, weeping, sorrowful, tearful, tired, sorry, melancholy
angry: furious, mad, cross, evil, wicked, fierce, grumpy, cruel, tense
scared: afraid, frightened, terrified, shocked, surprised, nervous, worried, astonished, anxious
""")
SHOTS = _table("""
wide shot: long shot, establishing shot, full shot, extreme wide shot, aerial shot, panorama, landscape
medium shot: mid shot, two shot, medium close-up, over-the-shoulder shot, waist shot, low angle shot
close-up: portrait, close up, extreme close-up, closeup, head shot, detail
""")
STYLES = _table("""
storybook: illustration, picture book, children's book, cartoon, fairy tale, colour, color, anime, disney,
    digital art
watercolour: watercolor, aquarelle, gouache, wash
pencil sketch: pencil, sketch, charcoal, graphite, drawing, line art, storyboard sketch
ink noir: noir, ink, film noir, black and white, high contrast, manga, woodcut
flat poster: poster, screen print, flat, minimalist, vector, retro, travel poster, bauhaus
pixel art: pixel, 8-bit, pixelated, video game, 16-bit
pastel: soft pastel, chalk, crayon, oil pastel, dreamy
sepia: vintage, old photo, antique, daguerreotype, photograph
comic: comic book, graphic novel, pop art, comics, bold outlines
oil painting: painting, oil, impressionist, van gogh, fine art, cinematic, realistic
""")
COLOURS = _table("""
red: crimson, scarlet, ruby, maroon, cherry
orange: amber, copper, rust
yellow: golden, gold, mustard, lemon
green: emerald, olive, lime, mint
blue: navy, azure, turquoise, teal, indigo, sapphire, cyan
purple: violet, lavender, lilac, magenta, plum
pink: rose, salmon, peach
brown: tan, chestnut, hazel, leather, beige, bronze, wooden
black: dark, ebony, jet
white: ivory, cream, pale, snow-white
grey: gray, silver, ash, steel
""")
HAIR = _table("""
black: dark, raven
brown: chestnut, brunette, auburn
blonde: golden, blond, fair, yellow
red: ginger, orange
grey: silver, gray
white: snow-white
""")
GARMENTS = _table("""
coat: jacket, overcoat, raincoat, waistcoat, vest
dress: gown, skirt, apron, frock
shirt: sweater, tunic, t-shirt, blouse, jumper, pullover, hoodie, trousers, overalls
robe: habit, toga, kimono, pyjamas, pajamas, nightgown
suit: uniform, tuxedo
armour: armor, chainmail, mail
""")
ACCESSORIES = _table("""
hat: cap, bonnet, top hat, beret
hood: riding hood, hooded cloak
scarf: shawl, bandana, neckerchief, bow tie, collar, necklace
cape: cloak, mantle
crown: tiara, diadem, circlet
glasses: spectacles, goggles, eyeglasses
""")
RELATIONS = _table("""
left of: to the left of, on the left of
right of: to the right of, on the right of
behind: in back of, hidden behind
on: on top of, upon, atop, onto
next to: beside, near, by, facing, in front of, with, at
""")

CLASSES: dict[str, Words] = {
    "subjects": PEOPLE | CREATURES | ANIMALS,
    "objects": OBJECTS,
    "settings": SETTINGS,
    "times": TIMES,
    "weather": WEATHER,
    "actions": ACTIONS,
    "moods": MOODS,
    "shots": SHOTS,
    "styles": STYLES,
    "colours": COLOURS,
    "hair": HAIR,
    "clothes": GARMENTS | ACCESSORIES,
    "relations": RELATIONS,
}
SPOKEN = 1
"""How many synonyms of each word captions use (and the model therefore knows)."""

INDOORS = (
    *("bedroom", "kitchen", "living room", "library", "classroom", "throne room", "tavern", "shop", "laboratory"),
    *("dungeon", "attic", "office", "hospital", "theatre", "spaceship"),
)
WINDOWLESS = ("cave", "dungeon", "theatre", "spaceship", "space", "underwater")
"""Settings with neither weather nor time of day to be seen: the world draws clear weather there."""

WEARS = (
    *(name for name in PEOPLE),
    *("fairy", "angel", "elf", "dwarf", "giant", "vampire", "robot", "alien", "snowman", "monster"),
    *("fox", "wolf", "bear", "dog", "cat", "rabbit", "mouse", "lion", "tiger", "pig", "cow", "sheep", "goat", "deer"),
    *("horse", "donkey", "monkey", "raccoon", "squirrel", "hedgehog", "panda", "elephant", "frog", "unicorn"),
)
"""Subjects that walk upright in clothes (animals do so only when dressed)."""

COATS: dict[str, tuple[str, ...]] = {
    "dog": ("brown", "black", "white", "grey"),
    "cat": ("black", "white", "grey", "orange"),
    "rabbit": ("white", "brown", "black", "grey"),
    "horse": ("brown", "black", "white", "grey"),
    "wolf": ("grey", "black", "white"),
    "bear": ("brown", "black", "white"),
    "mouse": ("grey", "white", "brown"),
    "fox": ("red", "white"),
    "sheep": ("white", "black"),
    "goat": ("white", "brown", "black"),
    "cow": ("brown", "black", "white"),
    "donkey": ("grey", "brown"),
    "unicorn": ("white", "pink", "black"),
    "dragon": ("green", "red", "blue", "purple", "black"),
    "monster": ("green", "purple", "blue", "red"),
    "bird": ("blue", "red", "yellow", "white", "black", "green"),
    "fish": ("orange", "blue", "red", "yellow"),
    "butterfly": ("orange", "blue", "pink", "yellow", "purple"),
}
"""Colours that a subject itself comes in: "a black cat". The first is what it has when nothing is said."""

COLOURLESS = ("armour", "crown", "glasses")
HELD = (
    *("lantern", "book", "sword", "shield", "bow", "axe", "hammer", "wand", "staff", "broom", "key", "letter", "map"),
    *("scroll", "apple", "bread", "cake", "cup", "bottle", "candle", "flower", "bouquet", "mushroom", "basket", "bag"),
    *("umbrella", "balloon", "ball", "kite", "teddy bear", "drum", "guitar", "trumpet", "bell", "crystal ball", "gem"),
    *("ring", "coin", "egg", "camera", "telescope", "magnifying glass", "phone", "clock", "mirror", "heart", "star"),
    *("pumpkin", "fishing rod", "flag", "anchor", "skull", "gift"),
)
BIG = tuple(name for name in OBJECTS if name not in HELD)
SEATS = ("chair", "table", "bed", "sofa", "chest", "barrel", "rock", "house", "gift", "boat", "carriage", "car")
"""Things that a subject can be on."""

KINDS: dict[str, str] = (
    dict.fromkeys(PEOPLE, "person") | dict.fromkeys(CREATURES, "creature") | dict.fromkeys(ANIMALS, "animal")
)
TEMPLATE = (
    "{shot} of {a} {mood} {coat} {subject} with {hair} hair in {a} {colour} {garment} and {a} {colour} {accessory}"
    " with {a} {held}, {action}, {relation} {a} {object}, {setting}, {time}, {weather}, {style}"
)
EXAMPLES = (
    "medium shot of a girl in a red coat with a lantern, waving, forest, night, snow, watercolour",
    "wide shot of a happy fox in a blue scarf and a black cat, walking, village, dawn, fog, storybook",
    "close-up of an angry king with grey hair in a purple robe and a crown, throne room, day, ink noir",
    "wide shot of a brown dog, running, left of a tree, hills, sunset, clear, pixel art",
    "wide shot of a ship, sea, night, storm, oil painting",
)
_GRAMMAR = "a an of with in and the wearing holding hair at style ,"
"""The small words of the grammar of captions."""


def spoken(kind: str, word: str) -> list[str]:
    """The ways in which a caption may say `word` of class `kind`; the first is the word itself."""
    return [word, *CLASSES[kind][word][:SPOKEN]]


def words() -> list[str]:
    """Every single word (and sign) that a caption can have, sorted."""
    found = set(_GRAMMAR.split())
    for kind, table in CLASSES.items():
        for word in table:
            for said in spoken(kind, word):
                found.update(said.split())
    return sorted(found)


def as_json() -> dict[str, object]:
    """The vocabulary as written to `vocabulary.json`; the module's docstring gives the structure."""
    return {
        "format": 1,
        "template": TEMPLATE,
        "examples": list(EXAMPLES),
        "words": words(),
        **CLASSES,
        "facts": {
            "kinds": KINDS,
            "wears": list(WEARS),
            "garments": list(GARMENTS),
            "accessories": list(ACCESSORIES),
            "colourless": list(COLOURLESS),
            "coats": {name: list(coats) for name, coats in COATS.items()},
            "held": list(HELD),
            "big": list(BIG),
            "seats": list(SEATS),
            "indoors": list(INDOORS),
            "windowless": list(WINDOWLESS),
            "moods_for": list(WEARS),
            "limits": {"subjects": 3, "objects": 2},
        },
    }


def write(path: Path) -> None:
    """Writes the vocabulary as JSON, replacing the file only when it is whole."""
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


if __name__ == "__main__":
    write(Path(__file__).parents[2] / "storybook" / "vocabulary.json")
