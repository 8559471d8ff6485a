"""The board as a whole: stories, style, drawing settings, export."""

from __future__ import annotations

import re

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, Result, Say, call, unread

__all__ = ["INTENTS"]


def _style(a: Asked) -> Call:
    style = (
        str(a.value("style"))
        if a.has("style")
        else re.sub(r"\s*(?:art )?style$", "", a.text("what"), flags=re.IGNORECASE)
    )
    a.require_board()
    everywhere = not a.has("scenes") or a.every()
    return call("set_style", style=style, scenes=None if everywhere else a.scenes())


def _drawing(a: Asked) -> Call:
    values: dict[str, object] = {}
    for name, kind in (("sampler", "sampler"), ("engine", "engine"), ("shape", "shape")):
        if a.has(name):
            values[name] = a.value(kind, name)
    if a.has("steps"):
        values["steps"] = a.number("steps")
    if a.has("guidance"):
        values["guidance"] = float(a.value("num", "guidance"))
    if a.has("sharing"):
        values["sharing"] = _fraction(float(a.value("num", "sharing")))
    if a.has("size") and a.has("scenes") and not a.every():  # all pictures are of one size
        raise unread(a.message.raw(a.clause))
    if a.has("size"):
        values["width"], values["height"] = a.value("size")
    if a.has("model"):
        values["model"] = a.text("model")
    return call("set_drawing", **values)


def _fraction(number: float) -> float:
    return number / 100 if number > 1 else number


def _which_drawing(a: Asked) -> Call:
    raise Doubt("Which value? For example “use 12 steps”, “guidance 6”, “use the euler sampler” or “square pictures”.")


def _export(a: Asked) -> Call:
    a.require_board()
    version = a.value("version")
    return call(
        "export_board", format=a.value("format"), version=version if isinstance(version, int) and version > 0 else None
    )


def _export_how(a: Asked) -> Result:
    a.require_board()
    if not a.alone:
        return ()  # the other clause says as what
    formats = ("pdf", "png", "pptx", "html", "gif", "mp4", "zip", "fountain")
    choices = [Choice(name, (call("export_board", format=name),)) for name in formats]
    raise Doubt("As which kind of file?", "calls", choices)


def _which_story(a: Asked) -> Say:
    if a.index.context.files:
        return call("new_story")  # type: ignore[return-value]
    return Say("Paste the story's text here, or attach a file, and I make a new storyboard of it.")


INTENTS = (
    Intent(
        "style",
        (
            "[@change] style [{scenes}] [to|be|:|into|with] {style} [style] [{scenes}]",
            (
                "[@change|make|draw|pick] [{scenes}] [it|look|describe|all|be] [to|in|into|with|as|like] {style} "
                "[style|pictures|look] [{scenes}]"
            ),
            "[@change] style ({scenes} & {style})",
            "restore [to] {style} style|look",
            "[@change] [{scenes}] style [to|be|:|into|with] {what...}",
        ),
        _style,
        ("make it all watercolour", "use a manga style", "only scene 4 in ink noir style"),
    ),
    Intent(
        "a style of one's own",
        ("[@change] [a|an] {what...} style [{scenes}]",),
        _style,
        ("a Japanese screen print style",),
        last_resort=2,
    ),
    Intent(
        "steps, guidance, sampler",
        (
            "[@change|make|draw|render] {steps:num} steps [from_here]",
            "[@change] steps [up|down] [to|be|:|=] {steps:num}",
            "[@change] guidance [up|down] [to|be|:|=] {guidance:num}",
            "[@change] [sampler] [to|be|:|=] {sampler} [sampler]",
            "[@change] consistency [to|be|:|=] {sharing:num} [%]",
        ),
        _drawing,
        ("use 12 steps", "set the guidance to 6.5", "use the euler sampler"),
    ),
    Intent(
        "picture shape and engine",
        (
            (
                "[@change|make] [pictures|scenes|panels|board|{scenes}] [to|be|as|in] {shape} "
                "[format|pictures|panels|shape|scenes|images|orientation|layout|mode|ratio]"
            ),
            "[@change|make] [pictures|panels|scenes|board|{scenes}] [size] [to|be|:|=] {size} [pictures|pixels|px]",
            "[@change|make|draw|render] [engine] [to|with|by|:] {engine} [engine]",
            "[@change] model [to|:|=] {model...}",
            "[use] {model:quote} model",
        ),
        _drawing,
        ("square pictures please", "draw with diffusers"),
    ),
    Intent(
        "which setting",
        ("[@change] steps|guidance|sampler|engine|model|pictures", "more|fewer|less steps|guidance"),
        _which_drawing,
        ("change the sampler",),
    ),
    Intent(
        "export",
        (
            (
                "[export|make|give|want|like|get|need|see] [{version}] [it|board|this|that|{scenes}] "
                "[as|to|in|into|a|an] {format} [file|document|version|export]"
            ),
            "export [it|board|this|story|{version}] [as|to] {format} [file]",
            "print [it|board|this] export [it] [as|to] {format}",
            "make|turn|export [board|story|it|this|{scenes}] [into|as] {format} [file]",
            "put|pack|give [board|story|it|this|{scenes}] [in|into|as] {format} [file]",
        ),
        _export,
        ("export as pdf", "save it as a powerpoint"),
    ),
    Intent("export how", ("export [it|board|this|that|{scenes}|everything|story]",), _export_how, ("export",)),
    Intent(
        "the attached story",
        (
            (
                "[make|create|draw|use|read|import|start] [new] [board|story|scenes|panels] [from|of|out|with] "
                "[this|the|my|attached] file|document|attachment|upload"
            ),
            "[make|create|start|begin|want] new|another [other] board|story",
            "make|create|draw board|story",
            "start over",
            "[make|create|start] [new] board about {what...}",
        ),
        _which_story,
        ("new story",),
    ),
)
