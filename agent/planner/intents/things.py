"""Things in a picture: added, taken out, replaced, and how they look."""

from __future__ import annotations

import re

from agent.planner.intents.describing import IN, OUT, bare, things_in
from agent.planner.intents.kit import Asked, Call, Intent, call, unread
from agent.planner.lexicon import LEXICON

__all__ = ["INTENTS"]

_INDEFINITE_DROP = re.compile(
    r"\W*(?:(?:please|and|then|also|could|can|you|just)\W+)*(?:drop|throw|toss|chuck)\s+(?:an?|some|another)\s",
    re.IGNORECASE,
)


def _add_things(a: Asked) -> Call:
    what = a.seen("what")
    if what.lower().split()[-1] in LEXICON.feelings:  # "give 3 a vintage feel"
        return call("edit_scenes", scenes=a.where(), mood=bare(what))
    return call("edit_scenes", scenes=a.where(), add_objects=things_in(what))


def _remove_things(a: Asked) -> Call:
    if a.clause[0].word == "delete" and _INDEFINITE_DROP.match(a.message.raw(a.clause)):  # "drop an owl into 3"
        return _add_things(a)
    if a.names_scenes("what"):
        raise unread(a.message.raw(a.clause))
    return call("edit_scenes", scenes=a.where(), remove_objects=[bare(thing) for thing in things_in(a.text("what"))])


def _replace_thing(a: Asked) -> Call:
    return call(
        "edit_scenes",
        scenes=a.where(),
        remove_objects=[bare(a.text("what"))],
        add_objects=[bare(a.text("new"))],
    )


def _part_looks(a: Asked) -> Call:
    """ "make the sky purple": a purple sky is to be seen."""
    what, how = bare(a.seen("what")), a.seen("how")
    like = how.lower().startswith(("like ", "as ", "in ", "with ", "full "))
    return call("edit_scenes", scenes=a.where(), add_objects=[f"{what} {how}" if like else f"{how} {what}"])


INTENTS = (
    Intent(
        "too much of something",
        (
            f"there|have|has|is too_much {{what...}} {IN} {{scenes}}",
            f"too_much {{what...}} {IN} {{scenes}}",
            "{scenes} has too_much {what...}",
        ),
        lambda a: call("edit_scenes", scenes=a.where(), mood=f"less {a.text('what')}"),
        ("there is too much clutter in 4",),
    ),
    Intent(
        "add things",
        (
            f"add|put|give {{what...}} {IN} {{scenes}}",
            f"add|put {IN} {{scenes}} {{what...}}",
            "add|put {what...} [in] it|there|that|this",
            "add {what...}",
            f"there be {{what...}} {IN} {{scenes}}",
            f"see|want|like|need|has|show {{what...}} {IN} {{scenes}}",
            "give|draw {scenes} {what...}",
            "{scenes} need|needs|has|want|show|make {what...}",
            f"let|we|can see {{what...}} {IN} {{scenes}}",
            f"more {{what...}} {IN} {{scenes}}",
            "delete {what...} into|onto {scenes}",
        ),
        _add_things,
        ("add a lantern to 4", "put a big moon in scene 5", "there should be a cat in 2", "I want flowers in 3 and 8"),
    ),
    Intent(
        "remove things",
        (
            f"delete {{what...}} {OUT} {{scenes}}",
            "take|get {what...} out [of|from] {scenes}",
            f"no|without|less {{what...}} {IN} {{scenes}}",
            "[pick|fond] {scenes} without|no {what...}",
            "delete {what...}",
            f"not want|see|show|have [to|see|have] [any] {{what...}} {IN} {{scenes}}",
            f"{{what...}} not visible|seen|shown {IN} {{scenes}}",
            f"there be no {{what...}} {IN} {{scenes}}",
        ),
        _remove_things,
        ("remove the lanterns from 6", "no trees in 4", "get rid of the bread in scene 2"),
    ),
    Intent(
        "replace things",
        (
            f"replace|swap|change {{what...}} {IN} {{scenes}} with|by|for|into {{new...}}",
            f"replace|swap {{what...}} with|by|for {{new...}} {IN} {{scenes}}",
            f"change|make|turn {{what...}} into|to {{new...}} {IN} {{scenes}}",
            f"{IN} {{scenes}} replace|swap {{what...}} with|by|for {{new...}}",
            f"{{new...}} instead of {{what...}} {IN} {{scenes}}",
        ),
        _replace_thing,
        ("replace the lantern in 8 with a torch",),
    ),
    Intent(
        "how a part looks",
        (
            f"make|want {{what...}} {IN} {{scenes}} [look] {{how...}}",
            f"make|change|want {{what...}} [look|be] {{how...}} {IN} {{scenes}}",
            "make {scenes} 's {what...} {how...}",
        ),
        _part_looks,
        ("make the sky purple in 7",),
    ),
)
