"""Requests in plain English, understood by their grammar.

    reading = understand("in scene 2 make it rain and give Mira a blue hat", context)
    reading.calls      # both for scene 2

`words` reads a message as words, `people` and `scenes` say whom and what they point at, `clauses` parts it and takes
courtesy away, the `rules_…` make typed `frames` of each clause, and `compile` makes tool calls of these. `answers` are
those to questions.
"""

from agent.requests.answers import choice_of, settling
from agent.requests.compile import Call
from agent.requests.examples import EXAMPLES
from agent.requests.frames import Doubt
from agent.requests.understand import Reading, begins_in_english, scenes_named, understand

__all__ = [
    "EXAMPLES",
    "Call",
    "Doubt",
    "Reading",
    "begins_in_english",
    "choice_of",
    "scenes_named",
    "settling",
    "understand",
]
