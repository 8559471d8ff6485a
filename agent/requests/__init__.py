"""Requests in plain English, understood by their grammar.

    reading = understand("in scene 2 make it rain and give Mira a blue hat", context)
    reading.calls      # both for scene 2

`words` reads a message as words, `people` and `scenes` say whom and what they point at, `clauses` parts it and takes
courtesy away, the `rules_…` make typed `frames` of each clause, and `compile` makes tool calls of these.
"""

from agent.requests.understand import Reading, understand

__all__ = ["Reading", "understand"]
