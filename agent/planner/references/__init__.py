"""Where a request names scenes: numbers, ordinals, lists and ranges, "all but", "the one where …", "that one"."""

from __future__ import annotations

from agent.planner.references.finder import SceneFinder
from agent.planner.references.reading import HER, NOUNS, Scenes

__all__ = ["HER", "NOUNS", "SceneFinder", "Scenes"]
