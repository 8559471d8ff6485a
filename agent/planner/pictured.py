"""What is said of an attached picture, brought to one phrase, so that the table of intents can read it: "use this as
scene 3's starting point" is "from the attached picture scene 3".

Only messages that come with a picture are read so: what "this" means is plain then. One that says nothing of its
picture is taken to mean it for whichever scene it is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["FROM_PICTURE", "with_picture"]

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


def with_picture(text: str, names: Sequence[str], *, answers: bool = False) -> str:
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
