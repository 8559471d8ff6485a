"""What is said of an attached picture, and for which scenes it is: "use this as scene 3's starting point".

Only messages that come with a picture are read so: what "this" means is plain then. One that says nothing of its
picture is taken to mean it for whichever scene it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.context import Context
from agent.requests import Call, Reading, scenes_named, understand

__all__ = ["FROM_PICTURE", "pictured"]

FROM_PICTURE = "from the attached picture"

_KIND = (
    r"(?:picture|photo(?:graph)?|image|sketch|drawing|painting|scribble|file|attachment|reference|composition|framing|"
    r"layout|one)"
)
_IT = rf"(?:(?:(?:this|that|the|my|its|attached|uploaded|rough|quick|reference)\s+)+{_KIND}|this|that|it|here)\b"
_PART = r"(?:starting\s+point|start|source|basis|base|guide|model|template|reference|composition|layout|picture|image)"
_SAYINGS = tuple(
    re.compile(saying, re.IGNORECASE)
    for saying in (
        rf"\b(?:this|that|here|it)(?:\s+is|['’]s)\s+(?:how|what|for|(?:an?|the|my)\s+(?:\w+\s+)?{_KIND}(?:\s+(?:for|of))?)\b",
        rf"\b(?:the\s+)?same\s+(?:composition|framing|layout|pose|view)(?:\s+(?:as|like)(?:\s+in)?\s+{_IT})?",
        rf"\b(?:use|take|put|copy|match|follow|keep)\s+{_IT}(?:\s+as(?:\s+(?:an?|the))?(?:\s+{_PART})*)?",
        (
            r"\b(?:(?:to\s+)?(?:look(?:s|ing)?|be|based|modelled)\s+)?(?:just\s+|exactly\s+|more\s+)?"
            rf"(?:like|from|after|on|off|as\s+in|following|matching|using)\s+{_IT}"
        ),
    )
)
_LEFT_OVER = re.compile(
    rf"['’]s\s+{_PART}(?:\s+(?:picture|image))?\b|\bshould\s+look(?:\s+like)?\b(?!\s+\w)", re.IGNORECASE
)


def _with_picture(text: str, names: Sequence[str], *, answers: bool = False) -> str:
    """The message with whatever it says of a picture of these names as `FROM_PICTURE`. Where it says nothing of it,
    that is added, unless the message `answers` a question about the picture."""
    for name in names:
        text = re.sub(rf"\A\W*{re.escape(name)}\W*", "", text, flags=re.IGNORECASE)
        text = re.sub(re.escape(name), "this picture", text, flags=re.IGNORECASE)
    for saying in _SAYINGS:
        text, found = saying.subn(f" {FROM_PICTURE} ", text, count=1)
        if found:
            return " ".join(_LEFT_OVER.sub(" ", text).split())
    if answers or FROM_PICTURE in text:
        return text
    said = re.sub(rf"\A\W*{_IT}\W*(?=\Z|(?:for|in|to)\b)", "", text.strip(" .!,"), flags=re.IGNORECASE)
    return f"{said}, {FROM_PICTURE}" if said else FROM_PICTURE


_WITHOUT = re.compile(r"\b(?:draw|make|use|base|start|redo|redraw|copy|should look|look)\b|['’]s\b", re.IGNORECASE)


def pictured(text: str, context: Context, *, answers: bool = False) -> Reading:
    """What a message with pictures asks for: the picture for the scenes that it names, and all else that it says.
    A question where it names no scene, or where several pictures came; where it says nothing of the picture but asks
    for something else, that."""
    whole = _with_picture(text, context.pictures, answers=answers)
    if FROM_PICTURE not in whole:
        return understand(text, context)
    rest = whole.replace(FROM_PICTURE, " ").strip(" ,.")
    places = scenes_named(rest, context)
    more = understand(rest, context) if _WITHOUT.sub("", rest).strip() else Reading()
    if any(each["name"] == "delete_scenes" for each in more.calls):
        return more
    calls = tuple(each for each in more.calls if each["name"] not in ("redraw", "lock_scenes")) if more.sure else ()
    count = len(context.board.scenes) if context.board else 0
    if not places:
        offered = (
            tuple((f"scene {place}", (_from([place]), *calls)) for place in range(1, count + 1)) if count <= 8 else ()
        )
        return Reading(asks="For which scene?", choices=offered)
    if len(context.pictures) > 1:
        named = tuple((name, (_from(places, name), *calls)) for name in context.pictures[:8])
        return Reading(asks="Which of the pictures?", choices=named)
    return Reading((_from(places), *calls))


def _from(places: Sequence[int], picture: str = "") -> Call:
    return {"name": "draw_from_picture", "args": {"scenes": list(places), **({"picture": picture} if picture else {})}}
