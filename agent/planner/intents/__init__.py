"""The table of intents: everything that can be asked for, how it is said, and what is done about it."""

from __future__ import annotations

from agent.planner.intents import (
    boards,
    characters,
    looks,
    panels,
    pictures,
    questions,
    remarks,
    scenes,
    talk,
    things,
    versions,
    wording,
)
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Instead, Intent, Remark, Say, Topic, call, topic_of

__all__ = [
    "TABLE",
    "Asked",
    "Call",
    "Choice",
    "Doubt",
    "Instead",
    "Intent",
    "Remark",
    "Say",
    "Topic",
    "call",
    "topic_of",
]

TABLE: tuple[Intent, ...] = tuple(
    intent.within(area)
    for area, rows in (
        ("scenes", (*scenes.INTENTS, *wording.INTENTS)),
        (
            "looks",
            (*remarks.INTENTS, *looks.INTENTS, *things.INTENTS, *panels.INTENTS, *remarks.VAGUE, *pictures.INTENTS),
        ),
        ("characters", characters.INTENTS),
        ("versions", versions.INTENTS),
        ("story, style, drawing, export", boards.INTENTS),
        ("questions", (*questions.INTENTS, *talk.INTENTS)),
    )
    for intent in rows
)
