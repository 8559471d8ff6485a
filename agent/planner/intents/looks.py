"""How panels look, and drawing them again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, Remark, call, unread
from agent.planner.lexicon import LEXICON

__all__ = ["INTENTS"]

IN = "in|into|to|on|onto|at|for|of|inside|over|above|under|behind|beside|near"
OUT = "from|in|out|of|on|at|off"
MOST_WORDS_OF_A_LOOK = 3
_JOINING = frozenset(
    ("and", "but", "very", "quite", "a", "bit", "little", "slightly", "almost", "even", "less", "more")
)
_ADJECTIVE = re.compile(
    r"[\w-]{2,}(?:ful|ous|ish|ic|ical|al|less|ive|ant|ent|esque|some|ier|like|looking|coloured|colored|toned|drawn|lit)"
)
_INDEFINITE_DROP = re.compile(
    r"\W*(?:(?:please|and|then|also|could|can|you|just)\W+)*(?:drop|throw|toss|chuck)\s+(?:an?|some|another)\s",
    re.IGNORECASE,
)
_AT = {"left": "on the left", "right": "on the right", "centre": "in the middle", "top": "at the top"}


def _details(a: Asked) -> Call:
    """Times, weathers, shots and moods said together: "a dark rainy night, from above"."""
    values: dict[str, str] = {}
    for item in a.match.slots["detail"]:
        for field, kind in (("time", "time"), ("weather", "weather"), ("shot", "shot"), ("mood", "look")):
            if kind in item.values and field not in values:
                values[field] = item.values[kind]
                break
    if a.has("subject"):
        values["shot"] = f"{values.get('shot', 'close-up')} of {_bare(a.text('subject'))}"
    scenes = a.scenes()
    mood = values.get("mood")
    if mood and all(a.index.board.scenes[position - 1].mood == mood for position in scenes):
        values["mood"] = f"even {mood}"
    return call("edit_scenes", scenes=scenes, **values)


def _too(a: Asked) -> Call:
    look = str(a.value("look"))
    words = look.split()
    opposite = LEXICON.opposites.get(words[0], "")
    if not opposite:
        raise Doubt(f"What should it be instead of {look}?")
    return call("edit_scenes", scenes=a.where(), mood=opposite)


def _bare(words: str) -> str:
    return re.sub(
        r"^(?:(?:an?|the|some|more|any|another|all|of|these|those|that|this)\s+)+", "", words, flags=re.IGNORECASE
    )


def _things(words: str) -> list[str]:
    """ "an owl and a candle" is two things."""
    parts = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|plus)\s+(?=an?\s|the\s|some\s|\w+$)", words)
    return [_bare(part) for part in parts if part]


def _add_things(a: Asked) -> Call:
    what = a.seen("what")
    if what.lower().split()[-1] in LEXICON.feelings:  # "give 3 a vintage feel"
        return call("edit_scenes", scenes=a.where(), mood=_bare(what))
    return call("edit_scenes", scenes=a.where(), add_objects=_things(what))


def _remove_things(a: Asked) -> Call:
    if a.clause[0].word == "delete" and _INDEFINITE_DROP.match(a.message.raw(a.clause)):  # "drop an owl into 3"
        return _add_things(a)
    if a.names_scenes("what"):
        raise unread(a.message.raw(a.clause))
    return call("edit_scenes", scenes=a.where(), remove_objects=[_bare(thing) for thing in _things(a.text("what"))])


def _replace_thing(a: Asked) -> Call:
    return call(
        "edit_scenes",
        scenes=a.where(),
        remove_objects=[_bare(a.text("what"))],
        add_objects=[_bare(a.text("new"))],
    )


def _part_looks(a: Asked) -> Call:
    """ "make the sky purple": a purple sky is to be seen."""
    what, how = _bare(a.seen("what")), a.seen("how")
    like = how.lower().startswith(("like ", "as ", "in ", "with ", "full "))
    return call("edit_scenes", scenes=a.where(), add_objects=[f"{what} {how}" if like else f"{how} {what}"])


def _mood(a: Asked) -> Call:
    said = a.text("how")
    words = re.sub(r"^(?:look|feel|be)\s+", "", said, flags=re.IGNORECASE)
    if re.fullmatch(
        r"(?:a (?:bit|little)\s+)?(?:better|nicer|different|differently|good|something|it|more|less|other)",
        words.lower(),
    ):
        raise _vague(a)
    scenes, mood = a.where(), _bare(a.seen("how") if words == said else words)
    if not _is_look(a, mood):
        if len(mood.split()) > MOST_WORDS_OF_A_LOOK:
            raise unread(said)
        choices = (Choice("yes", (call("edit_scenes", scenes=scenes, mood=mood),)), Choice("no", ()))
        raise Doubt(f"Shall the picture look “{mood}”?", "calls", choices)
    return call("edit_scenes", scenes=scenes, mood=mood)


def _is_look(a: Asked, mood: str) -> bool:
    """Whether words say how a picture looks: they are led up to by "look", "feel" or "more", or every word is (or ends
    like) an adjective ("autumnal and windswept")."""
    led = {item.word for item in a.clause} & {"look", "looks", "feel", "feels", "more", "describe", "less"}
    words = re.findall(r"[\w-]+", mood.lower())
    return bool(led) or all(
        word in _JOINING or word in LEXICON.opposites or _ADJECTIVE.fullmatch(word) for word in words
    )


def _remark(a: Asked) -> Call | Remark:
    """ "Panel 2 looks dull": by itself a reason to ask, before a request what it is about."""
    if any(item.word in {"make", "should", "must", "want"} for item in a.clause):  # "make 3 look like a dream"
        if a.has("how"):
            return call("edit_scenes", scenes=a.where(), mood=f"like {a.seen('how')}")
        if a.has("detail"):
            return _details(a)
        raise _vague(a)
    if a.alone:
        raise _vague(a)
    return Remark(tuple(a.scenes()) if a.has("scenes") else a.spoken)


def _vague(a: Asked) -> Doubt:
    positions = list(a.scenes()) if a.has("scenes") or a.spoken or a.index.focus else []
    if not positions:
        a.require_board()
        return Doubt(
            "What should I change, and in which scene? For example “make scene 3 darker” or “redraw 5 closer”."
        )
    where = "it" if len(positions) > 1 else f"scene {positions[0]}"
    ideas = (
        ("draw it again", call("redraw", scenes=positions)),
        ("brighter", call("edit_scenes", scenes=positions, mood="brighter")),
        ("darker", call("edit_scenes", scenes=positions, mood="darker")),
        ("closer", call("edit_scenes", scenes=positions, shot="close-up")),
        ("further away", call("edit_scenes", scenes=positions, shot="wide shot")),
    )
    return Doubt(f"What should change in {where}?", "calls", [Choice(label, (each,)) for label, each in ideas])


def _be_vague(a: Asked) -> Sequence[Call]:
    if a.corrects_itself and a.clause[0].word == "fix":  # "5 is too dark, fix it": that is done
        return []
    raise _vague(a)


def _redraw(a: Asked) -> Call:
    from_scratch = any(item.word == "from_scratch" for item in a.clause) or None
    return call(
        "redraw",
        scenes=a.where(),
        seed=a.number("seed") if a.has("seed") else None,
        from_scratch=from_scratch,
    )


def _action(a: Asked) -> Call:
    what = a.text("what")
    if a.has("character"):
        what = f"{a.name(a.character())} {what}"
    return call("edit_scenes", scenes=a.where(), action=what)


def _picture(a: Asked) -> Call:
    region = str(a.value("region")) if a.has("region") else "all"
    drawn = {a.index.board.position(scene) for scene in a.index.context.drawn}
    if region != "all" and not set(a.scenes()) <= drawn:  # there is no picture yet to paint on
        return call(
            "edit_scenes", scenes=a.scenes(), add_objects=[f"{a.text('what')} {_AT.get(region, 'at the ' + region)}"]
        )
    return call("edit_picture", scenes=a.where(), prompt=a.text("what"), region=region)


INTENTS = (
    Intent(
        "a remark",
        (
            "{scenes} looks|seems|feels|came|come|turned [out] {detail+}",
            "{scenes} looks|seems|feels|came|come|turned|describe [out] {how...}",
            "it|that|this looks|seems|feels|came|come|turned [out] {how...}",
            "[{scenes}|story] judged|off|done|ready|less|more|fine [anyway|already]",
            "end|ending|start|something pending|judged|off [in|with|about|at] [{scenes}]",
            "fond {scenes}",
            "tired {how...}",
            "{scenes} related",
        ),
        _remark,
        ("scene 2 came out weird", "2 is boring", "something is off in 4"),
        remarks=True,
    ),
    Intent(
        "time, weather, light, shot",
        (
            "[@change] ({scenes} & {detail+}) [instead] [in]",
            "[@change] ({scenes} & {detail+}) instead [of|than] {was:detail}",
            "{scenes} shot|filmed|drawn|seen {detail+}",
            "[@change] {detail+}",
            "[@change] time|weather|time_of_day|shot|camera|mood ({scenes} & {detail+})",
            "[@change] {detail+} in|on|at|for|of {character} in|of|for|at|from {scenes}",
            "[@change] {scenes} with|by|under|from {detail+}",
            "{detail+} suit|fit {scenes}",
        ),
        _details,
        (
            "make scene 3 night",
            "sunset in 2",
            "let it snow in 5",
            "make 4 a dark rainy night",
            "warmer light in 2",
            "scene 3 from above",
            "make 1 a wide shot",
            "the mood of 8 should be joyful",
        ),
    ),
    Intent(
        "a shot of someone",
        (
            "[@change] {detail} on|of|at {subject...} in|for|from {scenes}",
            "[@change] ({scenes} & {detail} on|of|at {subject...})",
            "[@change|show] {scenes} from {subject...} 's {detail}",
        ),
        _details,
        ("close-up on her face in 6",),
    ),
    Intent(
        "no weather",
        (
            "no|delete|stop|without|avoid|less|lift|clear {weather} [out] [from] [any] [{scenes}]",
            "[make] {scenes} no|without {weather}",
            "make {weather} stop [{scenes}]",
            "{scenes} not {weather}",
            "not {weather} {scenes}",
        ),
        lambda a: call("edit_scenes", scenes=a.where(), weather=""),
        ("no rain in 4", "stop the rain in scene 4"),
    ),
    Intent(
        "closer",
        (
            "[@change] ({scenes} & zoom_in)",
            "[@change|go] zoom_in [{character}] [{scenes}]",
            "zoom_in on|to {what...} {scenes}",
        ),
        lambda a: call(
            "edit_scenes",
            scenes=a.where(),
            shot="close-up" + (f" of {_bare(a.text('what'))}" if a.has("what") else ""),
        ),
        ("redraw 5 closer", "zoom in on the key in 6"),
    ),
    Intent(
        "further away",
        ("[@change] ({scenes} & zoom_out)", "[@change|go] zoom_out [from] [{character}] [{scenes}]"),
        lambda a: call("edit_scenes", scenes=a.where(), shot="wide shot"),
        ("zoom out in panel 4",),
    ),
    Intent(
        "brighter",
        ("brighten [{scenes}] [up]", "change|make brighten {scenes}"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="brighter"),
        ("brighten 4",),
    ),
    Intent(
        "darker",
        ("darken [{scenes}] [down]",),
        lambda a: call("edit_scenes", scenes=a.where(), mood="darker"),
        ("darken scenes 2 and 3",),
    ),
    Intent(
        "livelier",
        ("cheer|liven|spice [up] {scenes} [up]", "cheer|liven|spice it|that|this|them up", "cheer|liven|spice up it"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="more cheerful"),
        ("cheer scene 6 up",),
    ),
    Intent(
        "quieter colours",
        ("mute [{scenes}]",),
        lambda a: call("edit_scenes", scenes=a.where(), mood="more muted"),
        ("tone down the colours in 8",),
    ),
    Intent(
        "softer",
        ("soften [{what...}] [in] {scenes}", "soften [{scenes}]"),
        lambda a: call("edit_scenes", scenes=a.where(), mood="softer light"),
        ("soften 2",),
    ),
    Intent(
        "too dark",
        (
            "({scenes} & [looks|seems|came|come] [out] too|too_much {look})",
            "too|too_much {look} [in] {scenes}",
            "too|too_much|less {look}",
            "({scenes} & less {look})",
        ),
        _too,
        ("5 is too dark", "scene 4 feels too cheerful"),
    ),
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
    Intent(
        "any other look",
        (
            "make|describe|set|change|want|give|look {scenes} [to|look|be] {how...}",
            "{scenes} be|look|feel|needs|should [look|be|feel] {how...}",
            "make it|that|this|them {how...}",
            "more {how...} {scenes}",
            "make {scenes} [look|be] more {how...}",
        ),
        _mood,
        last_resort=1,
        examples=("make 3 more hopeful", "make 4 feel like a fairground"),
    ),
    Intent(
        "place",
        (
            "move|put|place|set|change|make {scenes} to|into|in|on|at|inside|near|under|by|beside {what...}",
            "[@change] [the] setting {scenes} [to|be|is|now] {what...}",
            "{scenes} happen|set to|into|in|on|at|inside|near|under|by|beside {what...}",
            "setting {scenes} {what...}",
            "{scenes} be in|inside|at the|a|an|some {what...}",
            "make {scenes} happen to|into|in|on|at|inside|near|under|by|beside {what...}",
        ),
        lambda a: call("edit_scenes", scenes=a.where(), setting=re.sub(r"\s+now$", "", _bare(a.seen("what")))),
        ("move scene 2 to a castle kitchen", "change the setting of 7 to a frozen river", "set 5 on a mountain top"),
    ),
    Intent(
        "what happens",
        (
            "action {scenes} [:|to|be|is] {what...}",
            "[make|let|show|want] {character} {what...} in|on|for {scenes}",
            "[make|let|show|want] {character} {what...}",
        ),
        _action,
        last_resort=1,
        examples=("Mira runs away in 4",),
    ),
    Intent(
        "draw again",
        (
            "redraw [{scenes}] [with|using] [seed {seed:num}]",
            "{scenes} again [came|it|out|weird]",
            "redo {scenes} [with|using] [seed {seed:num}]",
            "redraw|redo|make [{scenes}] [again] from_scratch",
            "redraw [seed] [for] {scenes}",
            "try|give|do|run|make {scenes} [redraw|again|over]",
            "[use] [same] seed {seed:num} {scenes}",
            "[use] seed {seed:num}",
            "give it|that|this redraw",
            "redraw it|that|this|them",
            "not like|love {scenes}",
            "hate {scenes}",
        ),
        _redraw,
        ("redraw 3", "try scene 5 again", "give 7 another go", "redraw 4 with seed 99"),
    ),
    Intent(
        "small variation",
        ("[@change] vary [on] [{scenes}]", "[@change] {scenes} vary"),
        lambda a: call("vary", scenes=a.where()),
        ("a small variation of 6", "slightly different take on 2"),
    ),
    Intent(
        "candidates",
        (
            "[@change|make|show] [me] {count:num} [different|other|new] candidates|versions [{scenes}]",
            "[@change] {scenes} {count:num} times",
            "[@change] {scenes} {count:num} [different|new] candidates|versions",
            "[@change|make|show|more] [some|few|several|different|other|more] candidates [{scenes}]",
            "{count:num} redraw {scenes}",
        ),
        lambda a: call(
            "draw_candidates", scene=a.scene(), count=max(2, min(8, a.number("count"))) if a.has("count") else None
        ),
        ("try three versions of 4", "show me four options for panel 3"),
    ),
    Intent(
        "pick",
        (
            "pick|fond {number:num} [candidates|version|versions|best|most|better] [{scenes}]",
            "pick|take|use candidates|version|option|candidate|alternative|image {number:num} [{scenes}]",
            "pick|use {number:num} candidates|option|one",
            "candidates|option|candidate|alternative {number:num}",
        ),
        lambda a: call("pick_candidate", number=a.number("number"), scene=a.scene() if a.has("scenes") else None),
        ("pick the second", "I prefer number 3"),
    ),
    Intent(
        "paint on the picture",
        (
            "[re] paint|repaint|inpaint|redraw|change|replace {region} [of|in] {scenes} [as|with|to|so|into] {what...}",
            "[re] paint|repaint|inpaint|add|put {what...} {region} [of|in] {scenes}",
            "keep composition [of|in] {scenes} [but] {what...}",
        ),
        _picture,
        ("add a bird in the top left of 3",),
    ),
    Intent(
        "vague",
        (
            "[make|try] [@change|redo] [{scenes}] better|nicer|different|differently|something|good|improve",
            "improve [{scenes}]",
            "change [{scenes}] [something|anything]",
            "not like [{scenes}] [it|that|this]",
            "judged",
            "less|more|too_much",
            "fix [{scenes}]",
        ),
        _be_vague,
        ("make it better",),
    ),
    Intent(
        "prompt by hand",
        (
            "[@change|rewrite] prompt {scenes} [to|be|:|with|as|say] {text...}",
            "[@change] {scenes} prompt [to|be|:|with|as] {text...}",
            "{scenes} prompt : {text...}",
        ),
        lambda a: call("set_prompt", scenes=a.where(), prompt=a.text("text")),
        ("set the prompt of 2 to “a cat asleep on a loaf of bread”",),
    ),
    Intent(
        "negative prompt",
        (
            "[@change] negative {scenes} [to|be|:|with] {text...}",
            "avoid {text...} [in|for] {scenes}",
            "[@change] {scenes} negative [to|be|:] {text...}",
        ),
        lambda a: call("set_prompt", scenes=a.where(), negative_prompt=a.text("text")),
        ("avoid text and watermarks in 3",),
    ),
    Intent(
        "prompt from the scene",
        ("reset|delete|restore [the] prompt {scenes}", "write prompt {scenes} [automatically|yourself]"),
        lambda a: call("set_prompt", scenes=a.where(), prompt=""),
        ("reset the prompt of 2",),
    ),
)
