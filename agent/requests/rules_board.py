"""Rules about the whole board: how it is drawn, its files, its style, and new stories."""

from __future__ import annotations

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State, UnreadError
from agent.requests.words import word_set

__all__ = ["BOARD_RULES"]

_SETTING = (
    "swap change use make set draw go try pick switch it to with instead : , up down lower "
    "raise = render board pictures"
)
_FILES = ("pdf", "png", "pptx", "html", "gif", "mp4", "zip", "fountain")
_EXPORTING = """
    export make give want like get need see as to in into file document version put pack print download send have turn
    board story everything format purpose show pictures deck
    """


def drawing(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "use 12 steps", "guidance 6.5", "switch the sampler to heun", "draw with diffusers", "square pictures"."""
    gist = Gist(clause)
    measured = gist.has("steps", "guidance", "consistency")
    if gist.scopes and not measured and not all(word.scope and word.scope.kind == "all" for word in gist.scopes):
        return None
    numbers = [word for word in gist.rest if word.kind == "number"]
    numbers += gist.scopes if measured else []
    values: dict[str, object] = {}
    for kind in ("sampler", "engine", "shape"):
        if gist.value(kind):
            values[kind] = gist.value(kind)
    for name in ("steps", "guidance", "consistency"):
        if gist.has(name) and len(numbers) == 1:
            written = state.text.source[numbers[0].start : numbers[0].end]
            value = float(written) if written.replace(".", "", 1).isdigit() else float(numbers[0].number)
            if name == "consistency":
                values["sharing"] = value / 100 if value > 1 else value
            else:
                values[name] = int(value) if name == "steps" else value
    size = next(
        (word for word in gist.rest if "x" in word.low and word.low.replace("x", "").replace(" ", "").isdigit()), None
    )
    if size is not None:
        values["width"], values["height"] = (int(part) for part in size.low.split("x"))
    named = word_set("steps guidance sampler engine model pictures consistency")
    if gist.head in ("use", "change", "make", "set") or clause.low[0] == "model":
        quote = next((word.quote for word in gist.rest if word.kind == "quote"), None)
        if gist.has("model") and quote:
            values["model"] = quote
        elif gist.has("model") and not values and gist.behind("model"):
            values["model"] = state.text.plain([word for word in gist.behind("model") if not word.is_word("to")])
    allowed = {key.name for key in gist.keys if key.values.keys() & {"sampler", "engine", "shape"}}
    small = (
        f"{_SETTING} {' '.join(named | allowed)} num from_here orientation mode layout ratio "
        f"images {size.low if size else ''} % format shape size px pixels"
    )
    if values and ("model" in values or gist.only(small)):
        return [f.Tell("set_drawing", values)]
    if (
        named & set(gist.names)
        and not gist.has("pictures")
        and gist.only(f"{_SETTING} {' '.join(named)} more less fewer")
    ):
        raise DoubtError(
            f.Doubt(
                "Which value? For example “use 12 steps”, “guidance 6”, “use the euler sampler” or “square pictures”."
            )
        )
    return None


def export(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "export as pdf", "can I download this as a gif?", "send me the pdf"."""
    gist = Gist(clause)
    kind = gist.value("format")
    formats = " ".join(key.name for key in gist.keys if "format" in key.values)
    whole = not gist.scopes or all(word.scope and word.scope.kind == "all" for word in gist.scopes)
    if kind and whole and gist.only(f"{_EXPORTING} {formats}") and not gist.numbers():
        versions = gist.numbers("version")
        return [f.Tell("export_board", {"format": kind, **({"version": versions[0]} if versions else {})})]
    if gist.has("export") and Gist(state.text.words).value("format") and gist.only("export board story print"):
        return [f.Meta()]
    if gist.has("export") and whole and gist.only("export board story everything print"):
        choices = tuple((name, (f.Tell("export_board", {"format": name}),)) for name in _FILES)
        raise DoubtError(f.Doubt("As which kind of file?", choices))
    return None


def new_story(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "new story", "make another storyboard"."""
    gist = Gist(clause)
    begins = gist.head in ("make", "new", "start", "begin", "another", "use", "read", "import", "take")
    if not begins or not gist.has("board", "story", "file", "document", "over") or gist.scopes or gist.has("call"):
        return None
    about = "about" in clause.low
    if about or gist.only(
        "make new start begin another use read import take board story file document over attached my upload"
    ):
        if state.index.context.files:
            return [f.Tell("new_story", {})]
        return [f.Say("Paste the story's text here, or attach a file, and I make a new storyboard of it.")]
    return None


def unseen(state: State, clause: Clause) -> list[f.Frame] | None:
    """What no tool does ("print it and send it to my grandma", "make it louder") is no look of a picture."""
    if clause.low[0] in ("print", "mail", "email", "post", "send", "publish"):
        raise UnreadError
    return None


BOARD_RULES = (drawing, export, new_story, unseen)
