"""What is written of a scene: titles, text, notes, dialogue, and for how long it is shown."""

from __future__ import annotations

import re

from agent.planner.intents.kit import Asked, Call, Doubt, Intent, call, unread

__all__ = ["INTENTS"]


def _title(a: Asked) -> Call:
    return call("set_title", title=a.text("text"), scene=a.scene() if a.has("scenes") else None)


def _rewrite(a: Asked) -> Call:
    scene, said = a.scene(), a.story()
    remark = re.match(r"(?:far |way |much )?(?:too|very|so|not|still)\b", said, re.IGNORECASE)
    plain = not any(item.word == ":" or "quote" in item.values for item in a.clause)
    if remark and plain:  # "the text of 2 is too long"
        raise Doubt(f"What shall the text of scene {scene} be instead?")
    return call("rewrite_text", scene=scene, text=said)


def _that_long(a: Asked) -> Call:
    """ "4 seconds is too long for the first, 2 will do": said of a length alone."""
    if a.topic.kind != "length":
        raise unread(a.message.raw(a.clause))
    return call("edit_scenes", scenes=list(a.topic.scenes), duration=float(a.value("num")))


def _board_title(a: Asked) -> Call:
    """ "Call it …": the scene just spoken of, where there is one."""
    it = any("it" in item.values for item in a.clause)
    return call("set_title", title=a.text("text"), scene=a.spoken[0] if it and len(a.spoken) == 1 else None)


def _dialogue(a: Asked) -> Call:
    line = a.text("text")
    who = a.name(a.character()) if a.has("character") else ""
    scene = a.scene()
    spoken = list(a.index.board.scenes[scene - 1].dialogue)
    return call("edit_scenes", scenes=[scene], dialogue=[*spoken, f"{who}: {line}" if who else line])


INTENTS = (
    Intent(
        "title of a scene",
        (
            "rename|call {scenes} [to|as|:|into] {text...}",
            "[@change] title {scenes} [to|be|:|as] {text...}",
            "title {scenes} should|must|to read|say [:] {text...}",
            "[@change] {scenes} 's title [to|be|:] {text...}",
            "give {scenes} title|call|name {text...}",
            "{scenes} [be] rename {text...}",
            "title {scenes} {text...}",
        ),
        _title,
        ("rename scene 3 to “Under the leaves”", "the title of 1 should be The Message"),
    ),
    Intent(
        "title of the board",
        (
            "rename|call|title [board|story|it] [to|as|:] {text...}",
            "[@change] title [board|story|book|comic] [to|be|:|as] {text...}",
            "[@change] board|story name|title [to|be|:] {text...}",
            "board|story need|want|has [a] title [to|be|:|,|—|-] {text...}",
            "board|story call|rename {text...}",
        ),
        _board_title,
        ("call the board “The Long Way Home”",),
    ),
    Intent(
        "words of a scene",
        (
            "rewrite {scenes} [:|to|as|with|so|say] {text...}",
            "[replace|@change] text {scenes} [:|to|as|with|by|be|read] {text...}",
            "[replace|@change] {scenes} 's text [:|to|as|with|by|be] {text...}",
        ),
        _rewrite,
        ("rewrite 2: “Sam gave her a warm roll and a wink.”",),
        tells=True,
    ),
    Intent(
        "note",
        ("[add|put|make|leave|write] note [to|for|on|in] {scenes} [:|that|to|—] {text...}", "note : {text...}"),
        lambda a: call("edit_scenes", scenes=a.where(), notes=a.text("text")),
        ("add a note to 5: ask the sound team for wind",),
        tells=True,
    ),
    Intent(
        "how long",
        (
            "[@change] ({scenes} & [last_for] [be|to|for] {num} seconds) [long]",
            "{scenes} shown|visible|up [for] {num} seconds",
            "last_for|has|make|show|keep {scenes} [for|to|be] {num} seconds",
            "last_for {scenes} [to|be] {num}",
            "[@change] {num} seconds {scenes}",
            "[make] {scenes} [be|has] longer|shorter [,] [says|make] {num} seconds [long]",
        ),
        lambda a: call("edit_scenes", scenes=a.where(), duration=float(a.value("num"))),
        ("make scene 4 last 7 seconds",),
    ),
    Intent(
        "how long instead",
        (
            "{num} seconds [do|be|enough|better|good|instead]",
            "{num} do|enough|better|good|instead",
            "make|show|set it|that|this [to] {num} [seconds] [instead|long]",
        ),
        _that_long,
        ("make it 8 seconds",),
    ),
    Intent(
        "what is said",
        (
            "[in] ({scenes} & [{character}] says) [,|:] {text...}",
            "[make] {character} says {text:quote} {scenes}",
            "[add] dialogue|line|speech [in|to|for] {scenes} [:] {text...}",
        ),
        _dialogue,
        ("in 6 Mira says “Who lit these?”",),
        tells=True,
    ),
)
