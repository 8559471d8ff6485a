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
    orphan girl, teenage girl, schoolmate
boy: lad, child, son, brother, kid, schoolboy, grandson, nephew, young boy, little boy, orphan, toddler, youth,
    student, pupil, apprentice, teenager, teen, young man, servant boy
woman: lady, mother, wife, mom, mum, mama, aunt, widow, bride, neighbour, neighbor, heiress, stepmother, mistress,
    maid, servant, housekeeper, waitress, actress, dancer, seamstress, young woman
man: gentleman, father, husband, dad, papa, uncle, stranger, guy, traveller, traveler, fellow, person, villager,
    wanderer, hero, groom, neighbour man, miller, tailor, shoemaker, butler, driver, passenger, waiter, guest,
    businessman, lawyer, judge, mayor, carpenter, blacksmith, messenger, postman, mailman, actor, barber, worker
old woman: grandmother, grandma, granny, crone, elderly woman, old lady, nana, hag
old man: grandfather, grandpa, elder, elderly man, grandad, hermit, beggar, sage
king: ruler, emperor, monarch, sultan, lord, duke, tsar, chief, chieftain, pharaoh
queen: empress, duchess, countess
prince: nobleman, young king, crown prince
princess: noblewoman, young queen
knight: paladin, guard, warrior, crusader, champion, squire, gladiator, archer, swordsman, viking, samurai
wizard: sorcerer, magician, mage, warlock, enchanter
witch: sorceress, enchantress
pirate: buccaneer, corsair
sailor: seaman, fisherman, mariner, ferryman, crewman, captain, old fisherman, diver, swimmer
soldier: trooper, officer, sergeant, sentry, guardsman
farmer: peasant, shepherd, gardener, rancher, woodcutter, lumberjack, huntsman, hunter, scarecrow
cook: chef, baker, innkeeper, butcher
doctor: nurse, scientist, physician, surgeon, professor, inventor, chemist, engineer, vet, dentist, healer,
    scholar, astronomer, alchemist, mechanic
teacher: librarian, schoolteacher, governess, tutor
detective: spy, inspector, investigator, sleuth, agent, reporter, journalist
astronaut: spaceman, cosmonaut, pilot
police officer: policeman, policewoman, constable, sheriff, cop
firefighter: fireman, rescuer
artist: painter, musician, poet, writer, singer, photographer, sculptor, bard
merchant: shopkeeper, trader, seller, tradesman, vendor, salesman, pedlar, peddler, grocer
thief: burglar, robber, bandit, ninja, outlaw, villain, criminal, gangster, assassin, pickpocket, crook
clown: jester, juggler, fool
monk: priest, friar, nun, bishop
""")
CREATURES = _table("""
fairy: pixie, sprite, nymph, tooth fairy, tinkerbell
angel: cherub, guardian angel
elf: imp, leprechaun
dwarf: gnome, hobbit
giant: ogre, troll, cyclops, titan
vampire: dracula
ghost: spirit, phantom, spectre, spook, wraith
robot: android, machine, cyborg, droid, automaton
alien: martian, extraterrestrial
snowman: snow man, ice man
monster: beast, creature, goblin, demon, yeti, bigfoot, gargoyle
dragon: wyvern, drake, sea serpent, hydra
dinosaur: t-rex, tyrannosaurus, triceratops, raptor
mermaid: siren, merman
unicorn: magic horse
""")
ANIMALS = _table("""
fox: vixen, fennec
wolf: werewolf, coyote, jackal, wolves, husky
bear: grizzly, cub, polar bear, bears
dog: hound, puppy, pup, terrier, retriever, sheepdog, poodle, labrador, bulldog
cat: kitten, kitty, tomcat, feline, lynx, black cat
rabbit: hare, bunny
mouse: rat, hamster, dormouse, shrew
lion: lioness, king of beasts
tiger: tigress, leopard, panther, cheetah, jaguar
pig: piglet, boar, hog
cow: bull, ox, calf, buffalo
sheep: lamb, ram, ewe
goat: kid goat, billy goat
deer: stag, doe, fawn, reindeer, moose, elk, antelope, gazelle
horse: pony, stallion, mare, foal, steed, zebra
donkey: mule
monkey: ape, gorilla, chimpanzee, chimp, orangutan
raccoon: racoon, badger, skunk
squirrel: chipmunk, beaver, otter
hedgehog: porcupine, mole
panda: panda bear, pandas
elephant: elephants, mammoth, rhino, hippo, rhinoceros, hippopotamus
frog: toad, tadpole
owl: barn owl
bird: sparrow, robin, finch, songbird, nightingale, dove, pigeon, seagull, gull, wren, canary,
    hummingbird, kingfisher
crow: raven, blackbird, magpie
duck: duckling, goose
swan: cygnet, heron
chicken: hen, rooster, cock, chick, turkey, peacock
eagle: hawk, falcon, vulture, phoenix, griffin, condor
penguin: penguins, puffin
parrot: macaw, cockatoo
turtle: tortoise, sea turtle
snake: serpent, python, cobra
crocodile: alligator, lizard, iguana, gecko, chameleon
fish: goldfish, salmon, trout, clownfish, carp
whale: orca
dolphin: porpoise, walrus
shark: sharks, great white
octopus: squid, kraken, jellyfish
crab: lobster, prawn, shrimp
butterfly: moth
bee: wasp, hornet, beetle, ladybug, dragonfly, firefly, insect, ant, mosquito, grasshopper
spider: tarantula
snail: slug, worm, caterpillar
bat: bats
giraffe: giraffes, camel, llama
""")
OBJECTS = _table("""
lantern: lamp, torch, flashlight, lamps, lanterns, street lamp
book: diary, notebook, novel, books, spellbook, journal
sword: dagger, knife, blade, rapier, swords
shield: buckler, shields
bow: arrow, crossbow
axe: hatchet, pickaxe, shovel, spade
hammer: mallet, wrench
wand: magic wand, magic, magic stick
staff: walking stick, stick, cane, spear, lance, trident, sceptre, scepter
broom: broomstick
key: keys, golden key, silver key
letter: envelope, message, note, paper, card, invitation, postcard
map: chart, treasure map
scroll: parchment, quill, papyrus
apple: fruit, pear, peach, orange fruit, banana, berry, berries, lemon, carrot
bread: loaf, food, bun, sandwich, cheese, pizza, meal, cookie
cake: birthday cake, pie, cupcake
cup: tea, mug, coffee, goblet, chalice, bowl, plate, glass, soup
bottle: potion, vial, medicine, jar, flask, elixir
candle: candlestick
flower: rose, tulip, daisy, blossom, sunflower, lily
bouquet: flowers
mushroom: toadstool
basket: hamper
bag: backpack, sack, satchel, purse, suitcase, luggage, pouch, briefcase
umbrella: parasol
balloon: balloons, red balloon
ball: football, toy, basketball, snowball, baseball
kite: paper kite
teddy bear: doll, stuffed bear
drum: drums, tambourine
guitar: violin, lute, fiddle, harp, banjo, cello, ukulele
trumpet: horn, flute, bugle, bagpipes, saxophone, whistle
bell: handbell, church bell
crystal ball: orb, magic ball, snow globe
gem: diamond, jewel, ruby, crystal, treasure, necklace, pendant, amulet, jewels, emerald gem, pearl
ring: rings, golden ring
coin: money, gold, coins
egg: eggs, golden egg
camera: photo camera
telescope: spyglass
magnifying glass: lens
phone: telephone, mobile phone, radio, cell phone, smartphone
clock: alarm clock, watch, pocket watch, hourglass
mirror: looking glass
heart: hearts
star: stars, shooting star
pumpkin: jack-o-lantern
fishing rod: fishing pole
flag: banner
anchor: ship anchor
skull: bones, skeleton
gift: present, parcel, box, presents, package
chair: stool, throne, seat, bench, rocking chair
table: desk, workbench
bed: cradle, cot
sofa: couch, armchair
door: gate, doorway, doors
chest: treasure chest, trunk, coffin, trunk chest, casket
barrel: cask, bucket
cauldron: pot, kettle, cooking pot
computer: laptop, machine, monitor
television: tv, screen
piano: organ
campfire: fire, bonfire, fireplace, flames, hearth
tent: camp, tents
house: cottage, hut, cabin, building, mansion, barn, farmhouse
tower: turret, lighthouse, windmill
tree: oak, willow, apple tree, old tree, apple trees
pine: fir tree, christmas tree, spruce
bush: shrub, hedge
rock: stone, boulder, rocks, boulders
gravestone: tombstone, grave
statue: monument, sculpture, fountain
well: wishing well, stone well
sign: signpost
boat: rowboat, canoe, raft, rowing boat, gondola, kayak
ship: sailboat, galleon, sailing ship, submarine, pirate ship, ferry, yacht
car: taxi, automobile, cars, van car, jeep
truck: lorry, van, tractor
bus: coach
carriage: cart, wagon, sleigh, sled, chariot, stagecoach
train: locomotive, tram
bicycle: bike, cycle, motorcycle, scooter, motorbike
plane: airplane, jet, aeroplane, aircraft
helicopter: chopper
hot air balloon: airship
rocket: spaceship, shuttle, rocket ship
ufo: flying saucer
""")
SETTINGS = _table("""
forest: woods, wood, woodland, grove, trees, thicket, pine forest, dark forest, rainy forest, glade
jungle: rainforest, tropics
mountains: mountain, peak, cliff, summit, valley, canyon, volcano, glacier, mountainside, ridge, cliffs
hills: meadow, field, countryside, plain, grassland, pasture, prairie, clearing, hill, hillside, moor, heath,
    fields, hilltop
beach: shore, seaside, coast, sand, island, seashore, desert island
sea: ocean, open water, waves, high seas, open sea, seas
lake: pond, lakeside, pool, lagoon, lakeshore
river: stream, brook, creek, waterfall, riverbank, rapids, waterfalls, canal
desert: dunes, wasteland, sahara, badlands
village: town, hamlet, settlement, townscape, hamlet square
city: downtown, skyline, metropolis, new york, london, rooftop, rooftops, airport
street: road, alley, sidewalk, crossroads, highway, train station, station, bus stop, streets
path: trail, track, lane, country road, hiking trail, footpath
castle: palace, fortress, kingdom, courtyard, citadel, manor, mansion
garden: park, backyard, yard, orchard, playground, greenhouse, lawn, courtyard garden
farm: barnyard, farmyard, barn, stable, ranch, cornfield, vineyard, chicken coop
cave: cavern, tunnel, den, lair, burrow, underground
swamp: marsh, bog, wetland, moat
graveyard: cemetery, churchyard, tomb, crypt
harbour: harbor, port, dock, pier, wharf, marina
ruins: temple, ancient ruins, pyramid, shrine
market: fair, marketplace, town square, festival, bazaar, fairground, carnival
bridge: stone bridge, wooden bridge, drawbridge, footbridge
camp: campsite, battlefield, encampment
sky: clouds, heaven, skies
space: outer space, galaxy, planet, asteroid, stars above
underwater: seabed, undersea, coral reef, deep sea, under the sea, ocean floor
bedroom: room, chamber, nursery, bedchamber, dormitory
kitchen: pantry, bakery, cookhouse
living room: parlour, parlor, lounge, sitting room, inside, indoors, hall, drawing room, dining room, apartment,
    flat, cottage interior
library: study, bookshop, archive, reading room
classroom: school, schoolroom, lecture hall
throne room: great hall, ballroom, castle hall, court hall, grand hall
tavern: inn, pub, restaurant, cafe, saloon, bar, cafeteria, diner
shop: store, museum, bookstore, supermarket, gallery
laboratory: workshop, lab, forge, studio, smithy, factory, garage
dungeon: prison, jail, cell, cellar, basement, prison cell
attic: loft, garret, tower room, storage room, storeroom
office: police station, newsroom, courtroom, court
hospital: clinic, ward, sickroom
theatre: theater, stage, circus, concert, cinema, arena, stadium
ship deck: deck, on board, aboard, ship's deck, quarterdeck
spaceship: space station, cockpit, starship, command bridge, rocket ship interior
""")
TIMES = _table("""
dawn: sunrise, early morning, daybreak, first light, at daybreak
day: daytime, morning, noon, afternoon, midday, daylight, midmorning
sunset: dusk, evening, twilight, sundown, nightfall, late afternoon
night: nighttime, midnight, moonlight, dark, moonlit, starlight, starry
""")
WEATHER = _table("""
clear: sunny, fair, bright, cloudless, sunshine, warm, fine, blue sky
rain: rainy, raining, drizzle, shower, wet, downpour
snow: snowy, snowing, snowfall, blizzard, winter, frost, icy
fog: foggy, mist, misty, haze
storm: stormy, thunderstorm, lightning, thunder, tempest, hurricane, gale, windy, tornado
""")
ACTIONS = _table("""
standing: waiting, looking, talking, speaking, holding, listening, thinking, watching, staring, whispering,
    smiling, stopping, guarding, cooking, painting, working, building, thinking hard, hugging
walking: strolling, wandering, travelling, traveling, marching, going, coming, hiking, exploring, following,
    entering, leaving, approaching, returning, riding, travelled, crossing, climbing stairs, carrying, searching,
    heading, journeying
running: racing, fleeing, chasing, escaping, rushing, hurrying, charging, galloping, hurried, sprinting, dashing,
    scampering
sitting: resting, seated, crouching, kneeling, eating, drinking, hiding, perched, squatting, meditating, praying
sleeping: asleep, lying, dreaming, napping, dying, fainting, snoring, unconscious, resting in bed
waving: greeting, calling, welcoming, saying goodbye, shouting, beckoning, cheering someone, saluting
reading: studying, writing, learning, reciting
pointing: showing, ordering, commanding, threatening, casting, fighting, attacking, aiming, giving, offering,
    presenting
jumping: leaping, hopping, climbing, bouncing, skipping, pouncing
dancing: cheering, celebrating, playing, singing, laughing, winning, spinning, twirling, juggling, performing
flying: floating, soaring, hovering, falling, gliding, levitating
swimming: diving, drowning, bathing, floating in water, paddling, wading
""")
MOODS = _table("""
happy: smiling, joyful, cheerful, glad, merry, proud, delighted, laughing, excited, kind, friendly, hopeful,
    delight, grinning, content, pleased, jolly
sad: crying, unhappy, lonely, gloomy, weeping, sorrowful, tearful, tired, sorry, melancholy, upset, miserable,
    heartbroken, grieving, disappointed
angry: furious, mad, cross, evil, wicked, fierce, grumpy, cruel, tense, annoyed, enraged, scowling, irritated
scared: afraid, frightened, terrified, shocked, surprised, nervous, worried, astonished, anxious, alarmed,
    startled, amazed, panicked, fearful
""")
SHOTS = _table("""
wide shot: long shot, establishing shot, full shot, extreme wide shot, aerial shot, panorama, landscape
medium shot: mid shot, two shot, medium close-up, over-the-shoulder shot, waist shot, low angle shot
close-up: portrait, close up, extreme close-up, closeup, head shot, detail
""")
STYLES = _table("""
storybook: illustration, picture book, children's book, cartoon, fairy tale, colour, color, anime, disney, digital art
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
brown: tan, chestnut, hazel, beige, bronze, wooden
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
scarf: shawl, bandana, neckerchief, bow tie, collar
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
    write(Path(__file__).parents[1] / "storybook" / "vocabulary.json")
