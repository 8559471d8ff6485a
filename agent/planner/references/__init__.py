"""Where a request names scenes: numbers, ordinals, lists and ranges, "all but", "the one where …", "that one"."""

from __future__ import annotations

from agent.planner.references.finder import SceneFinder
from agent.planner.references.reading import EVERYWHERE, HER, NOUNS, Scenes

__all__ = ["EVERYWHERE", "HER", "NOUNS", "SceneFinder", "Scenes"]
