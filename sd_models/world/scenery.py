"""Every outdoor setting by its name."""

from __future__ import annotations

from collections.abc import Callable

from sd_models.world import nature, towns
from sd_models.world.stage import Stage

PAINTERS: dict[str, Callable[[Stage], None]] = {
    "forest": nature.forest, "jungle": nature.jungle, "mountains": nature.mountains, "hills": nature.hills,
    "beach": nature.beach, "sea": nature.sea, "lake": nature.lake, "river": nature.river,
    "desert": nature.desert, "village": towns.village, "city": towns.city, "street": towns.street,
    "path": nature.path, "castle": towns.castle, "garden": towns.garden, "farm": towns.farm,
    "cave": nature.cave, "swamp": nature.swamp, "graveyard": towns.graveyard, "harbour": towns.harbour,
    "ruins": towns.ruins, "market": towns.market, "bridge": towns.bridge, "camp": towns.camp,
    "sky": nature.sky_only, "space": nature.space, "underwater": nature.underwater,
    "ship deck": towns.ship_deck,
}  # fmt: skip
