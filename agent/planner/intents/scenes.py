"""The scenes: their order and number, and locks."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planner.intents.describing import IT, about_topic, without_topic
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, Say, call, unread

__all__ = ["INTENTS"]

WORDS_OF_A_BEGINNING = 8


def _delete_it(a: Asked) -> Call:
    """ "Is there a broom in 1? Get rid of it": the broom, not the scene."""
    if not about_topic(a):
        return _delete(a)
    return without_topic(a)


def _delete(a: Asked) -> Call:
    scenes = a.scenes(missing="Which scene shall I delete?")
    if a.every() or len(scenes) == a.index.count:
        return call("delete_storyboard")
    return call("delete_scenes", scenes=scenes)


def _keep_only(a: Asked) -> Call:
    kept = a.scenes()
    gone = [position for position in range(1, a.index.count + 1) if position not in kept]
    if not gone:
        raise Doubt("That keeps them all. Which ones shall I keep?")
    return call("delete_scenes", scenes=gone)


def _move_to(a: Asked) -> Call:
    if any(item.word == "like" and item.start > a.item("scenes").start for item in a.clause):  # "make 3 like 6"
        raise unread(a.message.raw(a.clause))
    to = int(a.value("ord", "to") if a.value("num", "to") is None else a.value("num", "to"))
    if not 1 <= abs(to) <= a.index.count:
        raise Doubt(f"There is no place {to}; the board has {a.index.count} scenes. Where should it go?")
    return call("move_scenes", scenes=a.scenes(), to=to)


def _move_by(sign: int) -> Callable[[Asked], Call]:
    def move(a: Asked) -> Call:
        scene = a.scene()
        to = scene + sign * (a.number("by") if a.has("by") else 1)
        if not 1 <= to <= a.index.count:
            raise Doubt(f"Scene {scene} cannot go there; the board has {a.index.count} scenes. Where should it go?")
        return call("move_scenes", scenes=[scene], to=to)

    return move


def _move_between(a: Asked) -> Call:
    return call("move_scenes", scenes=a.scenes(), after=min(a.scenes("other")))


def _swap(a: Asked) -> Call:
    both = a.scenes() + (a.scenes("other") if a.has("other") else [])
    if len(both) != 2 or both[0] == both[1]:
        raise Doubt("Which two scenes shall I swap?")
    return call("swap_scenes", first=both[0], second=both[1])


def _reverse(a: Asked) -> list[Call]:
    a.require_board()
    scenes = a.scenes() if a.has("scenes") else list(range(1, a.index.count + 1))
    half = len(scenes) // 2
    if not half:
        raise Doubt("Which scenes shall I put in reverse order?")
    return [
        call("swap_scenes", first=one, second=other)
        for one, other in zip(scenes[:half], reversed(scenes), strict=False)
    ]


def _insert(a: Asked) -> Call:
    text = a.story()
    if a.has("between"):
        return call("insert_scene", text=text, after=min(a.scenes("between")))
    if a.has("before"):
        return call("insert_scene", text=text, before=a.scenes("before")[0])
    if a.has("after"):
        return call("insert_scene", text=text, after=a.scenes("after")[-1])
    if a.has("near"):
        return call("insert_scene", text=text, after=_near(a))
    if any(item.word == "front" for item in a.clause):
        return call("insert_scene", text=text, after=0)
    a.require_board()
    return call("insert_scene", text=text)


def _near(a: Asked) -> int:
    words = a.text("near")
    found = a.index.about(words.lower().split(), best_only=True)
    key = f"scenes@{a.item('near').start}"
    if key in a.given:
        return int(a.given[key][0])
    if len(found) != 1:
        choices = [Choice(a.index.label(p), (p,)) for p in found]
        raise Doubt(f"Which scene do you mean by “{words}”?", key, choices)
    return found[0]


def _insert_what(a: Asked) -> Call:
    a.require_board()
    raise Doubt("What happens in the new scene? For example “insert a scene after 3 where Mira loses her shoe”.")


def _split(a: Asked) -> Call:
    scene = a.scene()
    if not a.has("at"):
        return call("split_scene", scene=scene, parts=a.number("parts") if a.has("parts") else None)
    text = a.index.board.scenes[scene - 1].text
    mark = a.text("at")
    found = re.search(r"\W+".join(map(re.escape, re.findall(r"\w+", mark))) or r"\Z", text, re.IGNORECASE)
    if found is None:
        raise Doubt(f"I cannot find “{mark}” in the text of scene {scene}. After which words shall I split it?")
    after = any(item.word == "after" for item in a.clause)
    start = found.start()
    if after:
        sentence_end = re.compile(r"[.!?…]+[”\"'’)]*\s+|\n+").search(text, found.end())
        start = sentence_end.end() if sentence_end else len(text)
    beginning = " ".join(text[start:].split()[:WORDS_OF_A_BEGINNING])
    if not beginning:
        raise Doubt(f"Nothing of scene {scene} comes after “{mark}”. After which words shall I split it?")
    return call("split_scene", scene=scene, at=beginning)


def _merge(a: Asked) -> Call:
    scenes = a.scenes() + (a.scenes("other") if a.has("other") else [])
    if len(set(scenes)) < 2:
        raise Doubt("Which scenes shall I merge?")
    if sorted(set(scenes)) != list(range(min(scenes), max(scenes) + 1)):
        between = ", ".join(str(p) for p in range(min(scenes), max(scenes) + 1) if p not in scenes)
        whole = list(range(min(scenes), max(scenes) + 1))
        raise Doubt(
            f"Only neighbours can be merged, and {between} is between them. What shall I merge?",
            "calls",
            [Choice(f"all from {whole[0]} to {whole[-1]}", (call("merge_scenes", scenes=whole),)), Choice("none", ())],
        )
    return call("merge_scenes", scenes=sorted(set(scenes)))


def _count(a: Asked) -> Call:
    a.require_board()
    return call("set_scene_count", count=a.number("count"))


def _how_many(a: Asked) -> Call:
    a.require_board()
    where = f"scene {a.topic.scenes[0]}" if len(a.topic.scenes) == 1 else "them"
    if a.topic.kind == "title":
        raise Doubt(f"What should the title of {where} be? For example “call {where} The storm”.")
    if a.topic.kind == "length":
        raise Doubt(f"For how many seconds shall I show {where}?")
    raise Doubt(f"How many panels should there be? There are {a.index.count} now.")


def _leave_alone(a: Asked) -> Call | Say:
    if a.alone:
        return call("lock_scenes", scenes=a.where(), locked=True)
    return Say("All right, I leave that as it is.", keeps=tuple(a.scenes()) if a.has("scenes") else ())


_PLACES = (
    "after|behind|following {after:scenes}",
    "before {before:scenes}",
    "between {between:scenes}",
    "[at|to] front",
    "[at|to] end",
)
_WHERE = "[where|when|which|with|about|of|:|,|—|-|that|in]"

INTENTS = (
    Intent(
        "delete it",
        (f"delete {IT} [out|away|off]", f"take|get {IT} away|out|off [of] [there|here]"),
        _delete_it,
        ("delete it",),
        destructive=True,
    ),
    Intent(
        "delete",
        (
            "delete [{scenes}] [anymore|more|any|completely|entirely]",
            "{scenes} [can|needs] delete|away|out|go",
            "take|move {scenes} off|out [of|from] [board|story]",
            "delete scene|panel|picture|frame|drawing",
            "not need|want {scenes} [anymore|any|more]",
        ),
        _delete,
        ("delete scene 5", "get rid of 2 and 7", "remove every scene with the wolf", "delete all but the first three"),
        destructive=True,
    ),
    Intent(
        "keep only",
        ("keep|leave|use only {scenes}", "only keep|leave|use {scenes}", "delete everything except|but {scenes}"),
        _keep_only,
        ("keep only the first four scenes",),
        destructive=True,
    ),
    Intent(
        "move to an end",
        (
            "move|put|make|bring|go|come {scenes} [forward|back|go|come] [to|at] front",
            "{scenes} go|come|move [to|at] front",
            "[make] story|board open|opens|start|starts|begin|begins|front with|on|at {scenes}",
        ),
        lambda a: call("move_scenes", scenes=a.scenes(), to=1),
        ("move 5 to the front",),
    ),
    Intent(
        "move to the end",
        (
            "move|put|make|go|come {scenes} [forward|back|go|come] [to|at] end",
            "{scenes} go|come|move [to|at] end",
            "[make] story|board end|ends|finish|finishes|close|closes with|on|at {scenes}",
        ),
        lambda a: call("move_scenes", scenes=a.scenes(), to=-1),
        ("put scene 1 at the end",),
    ),
    Intent(
        "move to a place",
        (
            (
                "move|put|make|go|come {scenes} [to|as|at|be|go|come] [position|place|spot|number|slot] {to:num} "
                "[place|position|spot|place]"
            ),
            "{scenes} go|come|move|be {to:num}",
            "make|move|put|let {scenes} [to|as|be|become] {to:ord}",
        ),
        _move_to,
        ("move 2 to position 6", "4 should come first"),
    ),
    Intent(
        "move after",
        (
            "move|put|bring|go|come {scenes} [so] [go|come] [directly] after|behind|following {other:scenes}",
            "[move] {scenes} go|come|move|be [right|directly] after|behind {other:scenes}",
        ),
        lambda a: call("move_scenes", scenes=a.scenes(), after=a.scenes("other")[-1]),
        ("move scene 2 after 4",),
    ),
    Intent(
        "move before",
        (
            "move|put|go|come {scenes} [so] [go|come] [right|directly|just|in] [front] before {other:scenes}",
            "move|put {scenes} in front of {other:scenes}",
            "[move] {scenes} go|come|move|be [right|directly] before {other:scenes}",
        ),
        lambda a: call("move_scenes", scenes=a.scenes(), before=a.scenes("other")[0]),
        ("put the last scene before 3",),
    ),
    Intent(
        "move between",
        (
            "move|put|go|come {scenes} [go|come|so] between {other:scenes}",
            "{scenes} go|come|move between {other:scenes}",
        ),
        _move_between,
        ("move 6 between 2 and 3",),
    ),
    Intent(
        "move earlier",
        (
            (
                "move|put|bring {scenes} [{by:num}] [place|places|position|positions|spot|step] "
                "earlier|up|forward|forwards|left|ahead"
            ),
            (
                "move|put|bring {scenes} earlier|up|forward|forwards|left|ahead [by] [{by:num}] "
                "[place|places|position|positions|spot|step|spots|steps]"
            ),
        ),
        _move_by(-1),
        ("move 3 one earlier",),
    ),
    Intent(
        "move later",
        (
            "move {scenes} [{by:num}] [place|places|position|positions|spot|step] later|down|back|backwards|right",
            (
                "move {scenes} later|down|back|backwards|right [by] [{by:num}] "
                "[place|places|position|positions|spot|step|spots|steps]"
            ),
        ),
        _move_by(1),
        ("push 2 back by two places",),
    ),
    Intent(
        "swap",
        (
            "swap [place|places|order|positions] {scenes} [with|and|for] [{other:scenes}] [over]",
            "{scenes} swap [places]",
            "make {scenes} swap",
            "swap it|them|those [around|over|round]",
        ),
        _swap,
        ("swap 1 and 2", "exchange the first and the last panel"),
    ),
    Intent(
        "the other way round",
        (
            "reverse [order|sequence] [of] [{scenes}|story|board]",
            "[@change|play|show|tell|run] {scenes}|story|board backwards|backward",
            "[@change|play|show|tell|run] {scenes}|story|board in reverse [order]",
        ),
        _reverse,
        ("reverse the order of the scenes",),
    ),
    Intent(
        "insert",
        (
            *(
                f"[add|put|make|want|like|need|give] insert_scene {place} {_WHERE} [which] {{text...}}"
                for place in _PLACES
            ),
            *(
                f"[add|put|make|want|like|need|give] insert_scene {_WHERE} [which] {{text...}} {place}"
                for place in _PLACES
            ),
            *(
                f"{place} [add|put|make|want|like|need|give] insert_scene {_WHERE} [which] {{text...}}"
                for place in _PLACES
            ),
            "[add|put|make|want|like|need|give] insert_scene after {near...} ,|:|where|— {text...}",
            f"[add|put|make|want|like|need|give] insert_scene {_WHERE} [which] {{text...}}",
            "add {quote} after {after:scenes}",
            *(f"{place} add : {{text...}}" for place in _PLACES),
            *(f"add {place} : {{text...}}" for place in _PLACES),
            f"[add|put|make|want|like|need|give] insert_last {_WHERE} [which] {{text...}}",
        ),
        _insert,
        (
            "insert a scene after 3 where Mira loses her shoe",
            "add a panel at the end: everyone goes to sleep",
            "after 2 add: Mira waves goodbye",
            "add a last scene where Mira hangs the map on her wall",
        ),
        tells=True,
    ),
    Intent(
        "insert between",
        ("between {between:scenes} [,|:|there] {text...}",),
        _insert,
        ("between 5 and 6, the fox shows Mira a secret tunnel",),
        last_resort=1,
        tells=True,
    ),
    Intent(
        "insert what?",
        (
            "[add|put|make|want|like|need|give] insert_scene",
            *(f"[add|put|make|want|like|need|give] insert_scene {place}" for place in _PLACES),
        ),
        _insert_what,
        ("add a scene",),
        last_resort=2,
    ),
    Intent(
        "split",
        (
            "split {scenes} [into|in] [{parts:num}|half] [parts|part|scenes|panels|pieces|halves]",
            "split it|that|this|them [up]",
            "split {scenes} up",
            "break|split {scenes} up into|in [{parts:num}|half|halves] [parts|part|scenes|panels|pieces]",
            "{scenes} [be] split [into|in] [{parts:num}|half|halves] [parts|part|scenes|panels|pieces]",
            "delete|break {scenes} into|in half|halves",
            "delete|break {scenes} into|in {parts:num} [parts|part|scenes|panels|pieces|halves]",
            (
                "split {scenes} after|at|before|where|when|on [it|she|he|they|text] "
                "[says|say|read|reads|starts|begins|words|word|with] {at...}"
            ),
        ),
        _split,
        ("split 6 after 'The door opened.'", "split scene 3 in two"),
    ),
    Intent(
        "merge",
        (
            "merge {scenes} [with|and|to|into] [{other:scenes}] [make|into] [single|#]",
            "make|put|squeeze {scenes} [together] [into] single",
            "put {scenes} merge",
            "merge it|that|this|them|those",
        ),
        _merge,
        ("merge 2 and 3", "combine the last two scenes into one"),
        destructive=True,
    ),
    Intent(
        "duplicate",
        ("[make] duplicate {scenes} [again|twice]",),
        lambda a: call("duplicate_scene", scene=a.scene()),
        ("duplicate 4",),
    ),
    Intent(
        "number of panels",
        (
            (
                "[tell|@change|make|do|cut|reduce|have|only] [story|board|it] [only] {count:num} "
                "scenes|panels|pictures|frames|drawings|scene|panel|images [only|total|long]"
            ),
            "[@change] many [scenes|panels] [to|be] {count:num}",
            "{count:num} scenes|panels|pictures|frames better|enough|nicer",
            "[@change] scenes|panels many [to] {count:num}",
            "[reduce|shorten|stretch|extend|cut|limit] [story|board] {count:num} scenes|panels|pictures|frames",
            "delete down {count:num} scenes|panels",
            (
                "squeeze|condense|compress|shorten|boil|fit|stretch|expand [story|board|it|everything] [down] "
                "[in|into|to] {count:num} [scenes|panels|pictures|frames|drawings|images]"
            ),
        ),
        _count,
        ("6 panels please", "tell the story in 4 panels"),
    ),
    Intent(
        "more or fewer panels",
        ("[@change] more|fewer|less scenes|panels|pictures|frames", "[make] [story|board] shorter|longer"),
        _how_many,
        ("fewer panels",),
    ),
    Intent(
        "lock",
        (
            "lock [down|in] [{scenes}]",
            "lock {scenes} from|against change",
            "make|keep {scenes} locked",
        ),
        lambda a: call("lock_scenes", scenes=a.where(), locked=True),
        ("lock 2",),
    ),
    Intent(
        "leave alone",
        (
            "keep|leave|make {scenes} as_it_is|alone|same|leave|be",
            "keep|leave {scenes}",
            "not|nobody touch|change|move {scenes} [any] [more|anymore|again|ever]",
            "not touch|change|move it|that|this|them [any] [more|anymore|again|ever]",
            "{scenes} [stay|stays|remain|perfect|praise] as_it_is|same",
            "{scenes} stay|stays|remain|remains",
        ),
        _leave_alone,
        ("keep panel 3 exactly as it is",),
    ),
    Intent(
        "unlock",
        ("unlock [{scenes}]",),
        lambda a: call("lock_scenes", scenes=a.where(), locked=False),
        ("unlock scene 2",),
    ),
)
