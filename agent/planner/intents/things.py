"""Things in a picture: added, taken out, replaced, and how they look."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planner.intents.describing import IN, IT, OUT, about_topic, bare, things_in, without_topic
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, call, unread
from agent.planner.references import NOUNS
from agent.requests.board_index import stem
from agent.requests.lexicon import LEXICON

__all__ = ["INTENTS"]

_INDEFINITE_DROP = re.compile(
    r"\W*(?:(?:please|and|then|also|could|can|you|just)\W+)*(?:drop|throw|toss|chuck)\s+(?:an?|some|another)\s",
    re.IGNORECASE,
)
_MORE_OF = re.compile(r"(?:some |an? (?:bit|little|lot) )?((?:more|less) (\w+))", re.IGNORECASE)


def _add_things(a: Asked) -> Call:
    what = a.seen("what")
    placed = a.has("scenes") or any("it" in item.values for item in a.clause) or re.search(rf" (?:{IN}) \w", what)
    if a.clause[0].word == "put" and not placed:  # "put the kettle on"
        raise unread(a.message.raw(a.clause))
    if what.lower().split()[-1] in LEXICON.feelings:  # "give 3 a vintage feel"
        return call("edit_scenes", scenes=a.where(), mood=bare(what))
    if (more := _MORE_OF.fullmatch(what)) and more[2].lower() in LEXICON.grammar["qualities"]:  # "4 needs more drama"
        return call("edit_scenes", scenes=a.where(), mood=more[1])
    return call("edit_scenes", scenes=a.where(), add_objects=things_in(what))


def _remove_things(a: Asked) -> Call:
    if a.clause[0].word == "delete" and _INDEFINITE_DROP.match(a.message.raw(a.clause)):  # "drop an owl into 3"
        return _add_things(a)
    if a.names_scenes("what"):
        raise unread(a.message.raw(a.clause))
    if a.text("what").lower() in IT.split("|"):
        return _remove_it(a)
    if (said := a.text("what")).lower().split()[-1] in NOUNS | {"one", "ones"}:  # "delete the boring ones"
        raise Doubt(f"Which scenes do you mean by “{said}”?")
    return call("edit_scenes", scenes=_places(a), remove_objects=[bare(thing) for thing in things_in(a.text("what"))])


def _places(a: Asked) -> list[int] | list[str]:
    """The scenes that a request names; where it names none, the one that has the thing."""
    if a.has("scenes"):
        return a.where()
    there = a.index.with_thing(re.findall(r"\w+", bare(a.text("what"))))
    if a.spoken or not there or set(a.index.focus) & set(there):
        return a.where()
    key = f"scenes@{a.item('what').start}"
    if len(there) == 1 or key in a.given:
        return list(a.given.get(key, there))
    choices = [Choice(a.index.label(place), (place,)) for place in there[:8]]
    raise Doubt(f"Which scene's {bare(a.text('what'))} do you mean?", key, choices)


def _remove_it(a: Asked) -> Call:
    """ "The snake is not needed, take it out of 2"."""
    if not about_topic(a):
        raise unread(a.message.raw(a.clause))
    return without_topic(a)


def _remove_everywhere(a: Asked) -> Call:
    thing = bare(a.text("what"))
    there = list(a.index.with_thing(re.findall(r"\w+", thing)))
    if not there:
        raise Doubt(f"I cannot find “{thing}” on the board. What shall I remove?")
    return call("edit_scenes", scenes=there, remove_objects=[thing])


def _thing_looks(a: Asked) -> Call | list[Call]:
    """ "Make the balloon yellow": wherever it is."""
    there = list(a.value("thing"))
    how, thing = a.seen("how"), bare(a.message.raw([a.item("thing")]))
    if any(item.word == "into" for item in a.clause):  # "turn the lantern into a candle"
        return _exchanged(a, there, thing, how)
    like = how.lower().startswith(("like ", "as ", "in ", "with ", "full "))
    return call("edit_scenes", scenes=there, add_objects=[f"{thing} {how}" if like else f"{how} {thing}"])


def _add_at(a: Asked) -> Call:
    """ "I want palm trees at the well": in the scene that has the well."""
    there, key = a.value("thing"), f"scenes@{a.item('thing').start}"
    if len(there) > 1 and key not in a.given:
        choices = [Choice(a.index.label(place), (place,)) for place in there[:8]]
        raise Doubt(f"Which scene's {bare(a.message.raw([a.item('thing')]))} do you mean?", key, choices)
    whole = a.message.raw([*a.match.slots["what"], *a.match.slots["thing"]])
    return call("edit_scenes", scenes=list(a.given.get(key, there)), add_objects=[bare(whole)])


def _replace_thing(a: Asked) -> list[Call]:
    """One thing in the place of another: also in what the picture says to happen."""
    if any("character" in item.values for item in a.match.slots["what"]):
        raise unread(a.message.raw(a.clause))
    old, new = bare(a.seen("what")), a.seen("new")
    return _exchanged(a, a.scenes() if a.has("scenes") else _having(a, old), old, new)


def _exchanged(a: Asked, scenes: Sequence[int], old: str, new: str) -> list[Call]:
    """One thing in the place of another, however the scenes spell it; a call for each change of what happens there."""
    said = re.compile(rf"\b(?:(?:an?|the|his|her|its|their|some)\s+)?{re.escape(old)}\b", re.IGNORECASE)
    changes: dict[tuple[str, str | None], list[int]] = {}
    for place in scenes:
        scene = a.index.board.scenes[place - 1]
        told = said.sub(lambda _: new, scene.action)
        gone = next((prop for prop in scene.props if stem(prop.lower()) == stem(old.lower())), old)
        changes.setdefault((gone, told if told != scene.action else None), []).append(place)
    return [
        call("edit_scenes", scenes=places, remove_objects=[gone], add_objects=[bare(new)], action=action)
        for (gone, action), places in changes.items()
    ]


def _having(a: Asked, thing: str) -> list[int]:
    """The scenes that have a thing: those just spoken of, or the only one. Raises Doubt for none and several."""
    there = a.index.with_thing(re.findall(r"\w+", thing))
    key = f"scenes@{a.item('what').start}"
    if not there:
        raise Doubt(f"I cannot find “{thing}” on the board. What shall I replace, and in which scene?")
    nearer = [place for place in there if place in (a.spoken or a.index.focus)]
    if key in a.given or len(there) == 1 or nearer:
        return list(a.given.get(key, nearer or there))
    choices = [Choice(a.index.label(place), (place,)) for place in there[:7]]
    raise Doubt(f"Which scene's {thing} do you mean?", key, [*choices, Choice("all of them", there)])


def _part_looks(a: Asked) -> Call:
    """ "make the sky purple": a purple sky is to be seen."""
    if "everyone" in {item.word for item in a.match.slots["what"]}:  # "make everyone run in 3"
        raise unread(a.message.raw(a.clause))
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
            "add|put {what...}",
            "make us make {what...}",
            f"make us make {{what...}} {IN} {{scenes}}",
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
        "remove it from scenes",
        (f"delete|take|get {IT} [out] {OUT} {{scenes}}", f"{{scenes}} without {IT}"),
        _remove_it,
        ("take it out of 1",),
    ),
    Intent(
        "remove things everywhere",
        (
            "delete {what...} wherever|everywhere [it|they] [is|are|appear|appears|shown|seen]",
            "delete {what...} from|in|out wherever|everywhere [it|they] [is|are|appear|appears|shown|seen]",
        ),
        _remove_everywhere,
        ("remove the lantern everywhere",),
    ),
    Intent(
        "things somewhere",
        (f"add|put|see|want|like|need|has|show {{what...}} {IN} {{thing}}", f"there be {{what...}} {IN} {{thing}}"),
        _add_at,
        ("I want moss on the oak",),
    ),
    Intent(
        "how a thing looks",
        (
            "make|want|change|give {thing} [look|be|to|into] {how...}",
            "{thing} be|should|look|needs|must [be|look|have] {how...}",
        ),
        _thing_looks,
        ("make the map yellow",),
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
        "replace things where they are",
        (
            "replace|swap {what...} with|by|for {new...}",
            "change|make {what...} into {new...}",
            "[show|use|draw|want|like|add] {new...} instead of {what...}",
            "instead of {what...} [,] [show|use|draw|want|like|add|put|make|see] {new...}",
            "instead of {what...} [,] {character} has|find|finds|see|sees|gets|take|takes|uses|use|discovers {new...}",
        ),
        _replace_thing,
        ("replace the bread with a cake", "instead of a bottle she finds a chest"),
        last_resort=1,
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
