"""Name every setting: its painter, whether it is inside, and its other names.

The storybook model was trained on the settings of `vocabulary.py`; the world draws these and more. A word that names a
setting itself goes before the same word as another setting's other name ("courtroom" was one of an office).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sd_models.world import grounds, halls, interiors, rooms, scenery, sites
from sd_models.world import vocabulary as v
from sd_models.world.stage import Stage

Painter = Callable[[Stage], None]


@dataclass(frozen=True)
class Place:
    """One setting; `sealed` ones show neither weather nor time of day."""

    paint: Painter
    inside: bool
    sealed: bool
    also: tuple[str, ...]


def _places(inside: bool, sealed: str, table: str, *modules: object) -> dict[str, Place]:
    """Read `name = painter: other name, …` a line; the painter is called as the setting where none is given."""
    places = {}
    for line in table.strip().splitlines():
        head, _, rest = line.strip().partition(":")
        name, _, painter = (part.strip() for part in head.partition("="))
        key = painter or name.replace(" ", "_")
        paint = next(getattr(module, key) for module in modules if hasattr(module, key))
        also = tuple(part.strip() for part in rest.split(",") if part.strip())
        places[name] = Place(paint, inside, name in sealed.split(", "), also)
    return places


_KNOWN_TO_THE_MODEL = {
    name: Place(painter, painters is rooms.PAINTERS, name in v.WINDOWLESS, tuple(v.SETTINGS[name]))
    for painters in (scenery.PAINTERS, rooms.PAINTERS)
    for name, painter in painters.items()
}
_INSIDE = _places(
    True,
    "courtroom, church, bar, cellar, lift, museum, warehouse, prison cell",
    """
    lobby: hotel lobby, reception, foyer, vestibule, front desk, entrance hall, hotel
    courtroom: court of law, court room, tribunal
    church: chapel, cathedral, abbey, nave, sanctuary, monastery
    bar: nightclub, cocktail bar, night club, casino, saloon bar, jazz club
    cafe: café, coffee shop, coffee house, tea room, tearoom, bistro, diner
    museum: gallery, art gallery, exhibition
    police station: precinct, station house, guardhouse
    factory: plant, mill hall, foundry, assembly line
    warehouse: storehouse, depot, hangar, depository
    gym: gymnasium, sports hall, dojo, boxing ring
    ballroom: dance hall, great ballroom, salon
    dining room: banquet hall, refectory, mess hall
    cellar: basement, vault, wine cellar, crypt cellar
    lift: elevator, elevator car
    stairs = stairwell: staircase, stairwell, stairway, landing, steps
    corridor: hallway, passage, passageway
    bathroom: washroom, toilet, restroom, shower, lavatory
    train carriage: compartment, railway carriage, train compartment, dining car, sleeping car, subway car
    car interior = car_inside: inside the car, back seat, taxi cab, driver's seat, cab
    cockpit: flight deck, plane cockpit
    prison cell = cell: jail cell, lockup, gaol, brig
    lighthouse room = lantern_room: lantern room, lamp room, lighthouse inside, lighthouse interior
    inside a tent = tent_inside: tent, marquee, yurt, wigwam, tipi
    stable: stables, stall, cowshed, byre, barn inside
    workshop: garage, toolshed, tool shed, shed, carpenter's shop, smithy
    nursery: child's room, children's room, playroom
    log cabin: cabin, hut, lodge, cottage, woodcutter's hut, hunting lodge
    """,
    halls,
    interiors,
)
_OUTSIDE = _places(
    False,
    "crater, tunnel",
    """
    rooftop: roof, roof terrace, rooftops, housetop
    tower: turret, keep, stronghold, watchtower
    platform: station platform, railway platform, train station, railway station, subway station
    stadium: football pitch, pitch, sports field, football field, arena, racecourse
    school: schoolhouse, school yard, schoolyard, campus, university
    airport: runway, airfield, landing strip, tarmac
    courtyard: cloister, inner court, patio, quadrangle
    pier: jetty, boardwalk, landing stage, wooden pier
    balcony: terrace, veranda, porch
    railway: railroad, tracks, railway line, train tracks, rails
    temple: pagoda, acropolis, shrine
    gate: city gate, town gate, city wall, town wall, gateway, city gates
    building site = construction_site: construction site, scaffolding
    playground: play area, sandpit
    tunnel: underpass, mine, mineshaft, mine shaft, sewer
    crater: moon, lunar surface, moon's surface, alien planet, mars
    lighthouse: headland
    watermill: mill, mill pond, water mill
    island: desert island, islet, atoll
    battlefield: field of battle, front line, trenches, trench
    windmill: tulip field, tulip fields
    orchard: apple orchard, olive grove
    waterfall: cascade, waterfalls, falls
    cliff: cliffs, cliff edge, precipice, clifftop
    volcano: lava field, crater rim
    ice field: arctic, antarctic, north pole, south pole, iceberg, tundra, glacier, ice floe
    """,
    sites,
    grounds,
)
PLACES: dict[str, Place] = _INSIDE | _OUTSIDE | _KNOWN_TO_THE_MODEL
