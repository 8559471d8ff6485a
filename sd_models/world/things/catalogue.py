"""Name every object: its painter, its own colours and its height in life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sd_models.world.pen import Colour, Pen
from sd_models.world.things import gear, home, indoor, kitchen, land, pleasures, tales, travel


@dataclass(frozen=True)
class Thing:
    """One object: `paint` draws it one unit high, `height` is its height in metres, `also` are its other names."""

    name: str
    paint: Callable[[Pen, Colour], None]
    height: float
    colours: tuple[Colour, ...]
    also: tuple[str, ...] = ()


def _thing(
    paint: Callable[[Pen, Colour], None], height: float, *colours: Colour, name: str = "", also: str = ""
) -> Thing:
    """Return a thing that is called as its painter is, unless `name` says otherwise; `also` is separated by commas."""
    names = tuple(part.strip() for part in also.split(",") if part.strip())
    return Thing(name or paint.__name__.strip("_").replace("_", " "), paint, height, colours, names)


_WOOD: Colour = (150, 98, 56)
_IRON: Colour = (66, 60, 70)
_STEEL: Colour = (206, 214, 226)
_GOLD: Colour = (240, 190, 62)
_RED: Colour = (220, 60, 56)
_BLUE: Colour = (70, 130, 210)
_GREEN: Colour = (84, 156, 84)
_STONE: Colour = (162, 160, 168)
_PAPER: Colour = (250, 240, 214)

_ALL = (
    # A home
    _thing(home.lantern, 0.35, _IRON),
    _thing(home.bottle, 0.28, (120, 60, 190)),
    _thing(home.table, 0.75, _WOOD),
    _thing(home.chair, 0.95, (176, 112, 60)),
    _thing(home.bed, 0.9, (90, 130, 210)),
    _thing(home.sofa, 0.85, (200, 84, 74)),
    _thing(home.door, 2.05, (166, 100, 56)),
    _thing(home.computer, 0.5, (70, 72, 86)),
    _thing(home.television, 0.8, (166, 104, 62)),
    _thing(home.clock, 0.2, _RED),
    _thing(home.mirror, 0.4, _GOLD),
    _thing(home.cup, 0.12, (84, 150, 216)),
    _thing(home.candle, 0.25, (250, 244, 226)),
    _thing(home.broom, 1.4, (228, 184, 92)),
    _thing(home.umbrella, 0.9, (216, 64, 110)),
    _thing(home.bag, 0.5, (90, 130, 190)),
    _thing(home.basket, 0.4, (206, 150, 82)),
    _thing(home.gift, 0.35, (216, 60, 70)),
    _thing(home.phone, 0.15, (50, 52, 66)),
    _thing(home.magnifying_glass, 0.25, (90, 92, 108)),
    _thing(home.camera, 0.14, (84, 84, 98)),
    _thing(home.key, 0.1, _GOLD),
    _thing(home.piano, 1.3, (96, 56, 40)),
    _thing(home.chest, 0.6, (150, 90, 46)),
    _thing(home.barrel, 0.95, _WOOD),
    _thing(home.book, 0.26, (176, 54, 60)),
    _thing(home.letter, 0.14, _PAPER),
    _thing(home.map_, 0.4, (240, 220, 168)),
    # Tales
    _thing(tales.sword, 1.0, _STEEL),
    _thing(tales.staff, 1.6, (128, 82, 48)),
    _thing(tales.shield, 0.8, (200, 54, 58)),
    _thing(tales.bow, 1.2, _WOOD),
    _thing(tales.axe, 0.8, (176, 186, 200)),
    _thing(tales.hammer, 0.35, (130, 134, 148)),
    _thing(tales.wand, 0.4, (70, 50, 60)),
    _thing(tales.scroll, 0.35, _PAPER),
    _thing(tales.crystal_ball, 0.3, (170, 120, 226)),
    _thing(tales.gem, 0.08, (64, 176, 226)),
    _thing(tales.ring, 0.03, _GOLD),
    _thing(tales.coin, 0.03, _GOLD),
    _thing(tales.skull, 0.22, (246, 240, 226)),
    _thing(tales.anchor, 1.0, (84, 96, 116)),
    _thing(tales.heart, 0.3, (226, 50, 70)),
    _thing(tales.star, 0.3, (255, 210, 60)),
    _thing(tales.cauldron, 0.7, (58, 58, 68)),
    _thing(tales.flag, 2.0, _RED),
    _thing(tales.telescope, 1.3, (176, 110, 56)),
    _thing(tales.bell, 0.2, _GOLD),
    _thing(tales.fishing_rod, 1.8, (170, 116, 62)),
    _thing(tales.gravestone, 0.9, _STONE),
    # Food, toys, music, flowers
    _thing(pleasures.apple, 0.09, (216, 48, 48)),
    _thing(pleasures.bread, 0.12, (214, 150, 80)),
    _thing(pleasures.cake, 0.25, (250, 170, 196)),
    _thing(pleasures.egg, 0.06, (250, 232, 206)),
    _thing(pleasures.mushroom, 0.12, (218, 52, 46)),
    _thing(pleasures.pumpkin, 0.35, (242, 130, 36)),
    _thing(pleasures.balloon, 1.2, (226, 54, 60)),
    _thing(pleasures.ball, 0.22, (252, 252, 250)),
    _thing(pleasures.kite, 1.4, _RED),
    _thing(pleasures.teddy_bear, 0.4, (178, 118, 66)),
    _thing(pleasures.drum, 0.35, (206, 56, 58)),
    _thing(pleasures.guitar, 1.0, (208, 130, 60)),
    _thing(pleasures.trumpet, 0.25, _GOLD),
    _thing(pleasures.flower, 0.35, (226, 54, 76)),
    _thing(pleasures.bouquet, 0.45, (236, 90, 130)),
    # The open
    _thing(land.campfire, 0.6, (244, 108, 36)),
    _thing(land.tent, 1.7, (226, 104, 60), (70, 140, 180), (200, 170, 90)),
    _thing(land.tower, 12.0, (176, 172, 178)),
    _thing(land.tree, 6.0, land.LEAVES[0]),
    _thing(land.pine, 7.0, (44, 112, 84)),
    _thing(land.bush, 1.0, (74, 146, 70)),
    _thing(land.house, 5.5, (244, 224, 184)),
    _thing(land.well, 2.2, (150, 148, 156)),
    _thing(land.rock, 0.9, (146, 146, 158)),
    _thing(land.statue, 2.6, (186, 192, 196)),
    _thing(land.sign, 2.0, (186, 128, 72)),
    # Ways to travel
    _thing(travel.car, 1.5, (214, 56, 56)),
    _thing(travel.bus, 3.0, (246, 176, 40)),
    _thing(travel.truck, 3.2, _BLUE),
    _thing(travel.train, 4.0, (60, 120, 90)),
    _thing(travel.bicycle, 1.05, (206, 60, 66)),
    _thing(travel.helicopter, 3.2, (224, 84, 50)),
    _thing(travel.rocket, 20.0, (222, 60, 60)),
    _thing(travel.ufo, 4.0, (150, 160, 180)),
    _thing(travel.boat, 0.7, (170, 104, 56)),
    _thing(travel.ship, 16.0, (140, 86, 50)),
    _thing(travel.plane, 4.5, (70, 130, 210)),
    _thing(travel.carriage, 2.4, (190, 56, 70)),
    _thing(travel.hot_air_balloon, 18.0, (226, 70, 60)),
    _thing(pleasures.radio, 0.25, (200, 104, 64)),
    _thing(tales.document, 0.3, (252, 250, 242), also="contract, certificate, report"),
    # Rooms
    _thing(indoor.lamp, 0.6, (250, 206, 110), also="table lamp, lampshade"),
    _thing(indoor.bookshelf, 2.0, (140, 90, 52), also="bookcase, shelf, shelves"),
    _thing(indoor.wardrobe, 2.1, (150, 98, 60), also="cupboard, closet, cabinet"),
    _thing(indoor.throne, 1.8, (190, 40, 60)),
    _thing(indoor.bench, 0.85, (176, 112, 60), also="park bench, pew"),
    _thing(indoor.stool, 0.6, (176, 112, 60)),
    _thing(indoor.rocking_chair, 1.05, (156, 96, 54)),
    _thing(indoor.cradle, 0.8, (196, 138, 84), also="cot, crib"),
    _thing(indoor.bathtub, 0.65, (246, 248, 252), also="bath, tub"),
    _thing(indoor.toilet, 0.8, (246, 248, 252), also="lavatory"),
    _thing(indoor.stove, 0.9, (220, 224, 232), also="oven, cooker"),
    _thing(indoor.fireplace, 1.3, (176, 104, 84), also="hearth, chimney"),
    _thing(indoor.fridge, 1.8, (226, 232, 238), also="refrigerator, freezer"),
    _thing(indoor.washing_machine, 0.85, (240, 242, 246)),
    _thing(indoor.rug, 0.5, (186, 50, 60), also="carpet, mat"),
    _thing(indoor.curtain, 2.2, (186, 50, 70), also="curtains, drapes"),
    _thing(indoor.window, 1.3, (250, 246, 238), also="windows"),
    _thing(indoor.picture, 0.7, (176, 124, 60), also="portrait, picture frame, photograph"),
    _thing(indoor.vase, 0.45, (70, 130, 200)),
    _thing(indoor.pot_plant, 0.6, (196, 104, 66), also="plant, potted plant, flowerpot"),
    _thing(indoor.chandelier, 0.9, _GOLD),
    _thing(indoor.ladder, 3.0, (186, 128, 72), also="stepladder, rope ladder"),
    _thing(indoor.stairs, 1.4, (176, 168, 164), also="steps, staircase, stairway"),
    _thing(indoor.bucket, 0.35, (150, 160, 176), also="pail"),
    _thing(indoor.pillow, 0.4, (226, 170, 190), also="cushion"),
    _thing(indoor.desk, 0.75, (160, 102, 58), also="writing desk, counter"),
    _thing(indoor.armchair, 0.95, (80, 130, 110)),
    _thing(indoor.suitcase, 0.6, (156, 92, 54), also="luggage, travel bag, briefcase"),
    _thing(indoor.cage, 0.7, (190, 156, 80), also="birdcage"),
    _thing(indoor.hourglass, 0.25, (140, 88, 50)),
    # Dishes and food
    _thing(kitchen.plate, 0.05, (240, 242, 248), also="dish, tray"),
    _thing(kitchen.bowl, 0.1, (90, 140, 200), also="soup, stew, porridge"),
    _thing(kitchen.spoon, 0.18, _STEEL),
    _thing(kitchen.fork, 0.18, _STEEL),
    _thing(kitchen.knife, 0.3, _STEEL, also="kitchen knife"),
    _thing(kitchen.pan, 0.12, (70, 72, 84), also="frying pan, skillet"),
    _thing(kitchen.teapot, 0.2, (216, 84, 100)),
    _thing(kitchen.kettle, 0.25, (150, 160, 176)),
    _thing(kitchen.jug, 0.3, (206, 120, 74), also="pitcher"),
    _thing(kitchen.glass, 0.14, (250, 176, 70), also="drink, juice, glass of water"),
    _thing(kitchen.goblet, 0.18, _GOLD, also="chalice, grail"),
    _thing(kitchen.banana, 0.1, (252, 212, 66), also="bananas"),
    _thing(kitchen.orange, 0.08, (248, 146, 40), also="oranges"),
    _thing(kitchen.pear, 0.11, (180, 200, 80), also="pears"),
    _thing(kitchen.grapes, 0.15, (130, 76, 160), also="grape"),
    _thing(kitchen.cherries, 0.06, (206, 40, 56), also="cherry, berries, berry"),
    _thing(kitchen.strawberry, 0.05, (226, 50, 60), also="strawberries"),
    _thing(kitchen.carrot, 0.2, (244, 134, 44), also="carrots"),
    _thing(kitchen.tomato, 0.07, (222, 56, 46), also="tomatoes"),
    _thing(kitchen.corn, 0.25, (250, 206, 70)),
    _thing(kitchen.cheese, 0.12, (250, 200, 72)),
    _thing(kitchen.meat, 0.2, (176, 96, 56), also="ham, roast, drumstick"),
    _thing(kitchen.pizza, 0.2, (206, 146, 80)),
    _thing(kitchen.ice_cream, 0.2, (246, 150, 180)),
    _thing(kitchen.cookie, 0.08, (200, 140, 80), also="cookies, biscuit"),
    _thing(kitchen.sandwich, 0.1, (220, 166, 96), also="burger, hamburger"),
    _thing(kitchen.pie, 0.15, (220, 162, 90)),
    _thing(kitchen.watermelon, 0.2, (232, 70, 80), also="melon"),
    _thing(kitchen.honey, 0.15, (240, 170, 50), also="jam, honey jar"),
    # Tools, weapons, clothes, offices, music
    _thing(gear.spade, 1.1, _STEEL, also="shovel"),
    _thing(gear.rake, 1.5, (90, 130, 90)),
    _thing(gear.pitchfork, 1.5, (110, 114, 128), also="hayfork"),
    _thing(gear.scythe, 1.6, _STEEL, also="sickle"),
    _thing(gear.saw, 0.2, _STEEL),
    _thing(gear.spanner, 0.25, (150, 158, 172), also="wrench"),
    _thing(gear.scissors, 0.2, _RED, also="shears"),
    _thing(gear.anvil, 0.7, (84, 88, 102)),
    _thing(gear.rope, 0.25, (214, 170, 104), also="ropes, cord"),
    _thing(gear.wheelbarrow, 0.65, _GREEN, also="barrow"),
    _thing(gear.watering_can, 0.35, (70, 150, 160)),
    _thing(gear.spear, 2.0, _STEEL, also="lance, pike"),
    _thing(gear.dagger, 0.35, _STEEL),
    _thing(gear.cannon, 1.0, (66, 66, 78), also="cannons"),
    _thing(gear.bomb, 0.3, (54, 52, 64), also="explosive"),
    _thing(gear.helmet, 0.32, (170, 178, 194), also="helm"),
    _thing(gear.boots, 0.35, (130, 80, 46), also="boot"),
    _thing(gear.shoes, 0.13, (206, 60, 70), also="shoe, sneakers"),
    _thing(gear.hat, 0.2, (70, 62, 80), also="top hat"),
    _thing(gear.crown, 0.18, _GOLD, also="tiara"),
    _thing(gear.glove, 0.22, (60, 110, 190), also="gloves, mitten"),
    _thing(gear.shirt, 0.7, (70, 150, 210), also="sweater, jumper"),
    _thing(gear.dress, 1.1, (214, 90, 150), also="gown"),
    _thing(gear.mask, 0.12, (130, 70, 160), also="masks"),
    _thing(gear.necklace, 0.2, (250, 244, 232), also="pearls, pendant, amulet"),
    _thing(gear.spectacles, 0.06, (70, 56, 52), also="glasses, eyeglasses"),
    _thing(gear.pencil, 0.18, (250, 200, 60), also="pen, crayon"),
    _thing(gear.globe, 0.45, (80, 150, 220)),
    _thing(gear.microscope, 0.4, (90, 100, 130)),
    _thing(gear.blackboard, 1.5, (48, 96, 76), also="chalkboard, whiteboard"),
    _thing(gear.newspaper, 0.4, (244, 240, 230), also="newspapers, magazine"),
    _thing(gear.typewriter, 0.3, (70, 110, 120)),
    _thing(gear.compass, 0.08, _GOLD),
    _thing(gear.microphone, 1.5, (150, 156, 170)),
    _thing(gear.violin, 0.6, (176, 84, 44), also="fiddle, cello"),
    _thing(gear.harp, 1.6, _GOLD, also="lyre"),
    _thing(gear.trophy, 0.35, _GOLD, also="prize, award"),
    _thing(gear.dice, 0.02, (250, 250, 248), also="die"),
)
THINGS: dict[str, Thing] = {thing.name: thing for thing in _ALL}
