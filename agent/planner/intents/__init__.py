"""The table of intents: everything that can be asked for, how it is said, and what is done about it."""

from __future__ import annotations

from agent.planner.intents import boards, characters, looks, pictures, scenes, talk, versions
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Instead, Intent, Remark, Say, call

__all__ = ["TABLE", "Asked", "Call", "Choice", "Doubt", "Instead", "Intent", "Remark", "Say", "call"]

TABLE: tuple[Intent, ...] = tuple(
    intent.within(area)
    for area, rows in (
        ("scenes", scenes.INTENTS),
        ("looks", (*looks.INTENTS, *pictures.INTENTS)),
        ("characters", characters.INTENTS),
        ("versions", versions.INTENTS),
        ("story, style, drawing, export", boards.INTENTS),
        ("questions", talk.INTENTS),
    )
    for intent in rows
)
