"""Name the animals that have a painter of their own, with the colour each has when nothing is said."""

from __future__ import annotations

from collections.abc import Callable

from sd_models.world.figures import birds, wild
from sd_models.world.pen import Colour, Pen

CREATURES: dict[str, tuple[Callable[[Pen, Colour], None], Colour]] = {
    "owl": (birds.owl, (158, 108, 66)),
    "bird": (birds.bird, (80, 150, 224)),
    "crow": (birds.crow, (56, 54, 68)),
    "duck": (birds.duck, (186, 146, 106)),
    "swan": (birds.swan, (252, 252, 255)),
    "chicken": (birds.chicken, (250, 244, 232)),
    "eagle": (birds.eagle, (136, 88, 52)),
    "penguin": (birds.penguin, (52, 58, 78)),
    "parrot": (birds.parrot, (224, 58, 52)),
    "bat": (birds.bat, (98, 78, 112)),
    "fish": (wild.fish, (248, 140, 46)),
    "whale": (wild.whale, (74, 130, 200)),
    "dolphin": (wild.dolphin, (104, 150, 190)),
    "shark": (wild.shark, (120, 140, 164)),
    "octopus": (wild.octopus, (222, 96, 130)),
    "crab": (wild.crab, (228, 72, 52)),
    "turtle": (wild.turtle, (112, 176, 88)),
    "snake": (wild.snake, (92, 170, 72)),
    "crocodile": (wild.crocodile, (92, 156, 76)),
    "dinosaur": (wild.dinosaur, (106, 172, 92)),
    "giraffe": (wild.giraffe, (246, 202, 104)),
    "butterfly": (wild.butterfly, (248, 146, 44)),
    "bee": (wild.bee, (252, 206, 58)),
    "spider": (wild.spider, (74, 64, 86)),
    "snail": (wild.snail, (206, 120, 72)),
    "ghost": (wild.ghost, (246, 248, 255)),
    "mermaid": (wild.mermaid, (60, 176, 160)),
}
