"""From frames to tool calls, against the board as the person sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agent.requests import frames as f
from agent.requests.board_index import BoardIndex

__all__ = ["Call", "calls_of", "without_part"]

Call = dict[str, Any]


def call(name: str, /, **args: Any) -> Call:
    """A call with the arguments that are given; a detail that is to be empty is taken away."""
    emptied = [key for key, value in args.items() if value == "" and name == "edit_scenes"]
    given = {key: value for key, value in args.items() if value is not None and key not in emptied}
    return {"name": name, "args": {**given, **({"take_away": emptied} if emptied else {})}}


def calls_of(frame: f.Frame, index: BoardIndex) -> list[Call]:
    """The calls that carry a frame out; [] for what asks for nothing."""
    match frame:
        case f.Change(scenes, fields):
            edits = [call("edit_scenes", scenes=list(scenes), **fields)] if scenes else []
            if "setting" in fields and "action" not in fields:
                settings = {index.board.scenes[place - 1].setting for place in scenes} - {"", fields["setting"]}
                edits += _without_in_action(scenes, sorted(settings), index)
            return edits
        case f.Add(scenes, things, gone):
            if not scenes:
                return []
            edit = call("edit_scenes", scenes=list(scenes), add_objects=list(things) or None,
                        remove_objects=list(gone) or None)  # fmt: skip
            return [edit, *_without_in_action(scenes, gone, index)]
        case f.Person(name, scenes, gone, description):
            if gone:
                return [call("remove_character", character=name, scenes=None if scenes is None else list(scenes))]
            return [
                call(
                    "add_character", name=name, scenes=list(scenes) if scenes else None, description=description or None
                )
            ]
        case f.Wear():
            return [*_wear(frame, index), *_dressed(frame, index)]
        case f.Rename(who, name):
            return [call("rename_character", character=who, name=name)]
        case f.Title(title, scene):
            return [call("set_title", title=title, scene=scene)]
        case f.Style(style, scenes):
            return [call("set_style", style=style, scenes=None if scenes is None else list(scenes))]
        case f.Insert(text, after, before, shot):
            return [call("insert_scene", text=text, after=after, before=before, shot=shot or None)]
        case f.Delete(scenes):
            return [call("delete_scenes", scenes=list(scenes))]
        case f.Move(scenes, to, before, after):
            return [call("move_scenes", scenes=list(scenes), to=to, before=before, after=after)]
        case f.Swap(first, second):
            return [call("swap_scenes", first=first, second=second)]
        case f.Join(scenes):
            return [call("merge_scenes", scenes=list(scenes))]
        case f.Cut(scene, parts):
            return [call("split_scene", scene=scene, parts=parts if parts != 2 else None)]
        case f.Copy(scene):
            return [call("duplicate_scene", scene=scene)]
        case f.Count(count):
            return [call("set_scene_count", count=count)]
        case f.Redraw(scenes):
            return [call("redraw", scenes=list(scenes))]
        case f.Travel(kind, steps, description, version):
            if kind == "restore":
                return [call("restore", description=description or None, version=version)]
            return [call(kind, steps=steps if steps > 1 else None)]
        case f.Ask(tool, args):
            return [call(tool, **args)]
        case f.Tell(name, args):
            return [call(name, **args)]
    return []


def _without_in_action(scenes: Sequence[int], gone: Sequence[str], index: BoardIndex) -> list[Call]:
    """What happens in scenes without the things that are no longer there: "pouring coffee at a café table" without the
    café, and nothing of it where it is all about that thing."""
    calls = []
    for place in scenes:
        action = index.board.scenes[place - 1].action
        left = action
        for thing in gone:
            left = forget(left, thing)
        if left != action:
            calls.append(call("edit_scenes", scenes=[place], action=left))
    return calls


def forget(action: str, thing: str) -> str:
    """An action without a thing."""
    noun = re.escape(re.sub(r"^(?:a|an|the|any|all)\s+", "", thing.strip().lower()))
    if not re.search(rf"\b{noun}\b", action, re.IGNORECASE):
        return action
    before = rf"\b{noun}\s+(?=(?!(?:in|on|at|to|of|and|with|into|over|by|from|past|for|under|is|a|an|the)\b)\w)"
    if re.search(before, action, re.IGNORECASE):
        return re.sub(before, "", action, flags=re.IGNORECASE)
    phrase = (
        r"[,;]?\s*\b(?:with|and|under|holding|carrying|wearing|beside|near|by|next to|in|at|on|into|through|past|over|"
        r"along|from)\s+"
        rf"(?:(?:a|an|the|his|her|their|its|some)\s+)?(?:[\w-]+\s+)?{noun}\b"
    )
    left = re.sub(phrase, "", action, flags=re.IGNORECASE).strip()
    return "" if re.search(rf"\b{noun}\b", left, re.IGNORECASE) or len(left.split()) < 2 else left


def _dressed(wear: f.Wear, index: BoardIndex) -> list[Call]:
    """The actions that name the garment which somebody wears otherwise now."""
    head = wear.look.split()[-1] if wear.look and wear.since is None else ""
    if len(head) < 3:
        return []
    name = index.board.character(wear.who).name.lower()
    garment = re.compile(
        rf"\b(?:a|an|the|his|her)\s+(?:(?!(?:in|with|and|of|a|an|the)\b)[\w-]+\s+)*{re.escape(head)}\b", re.IGNORECASE
    )
    calls = []
    for place, scene in enumerate(index.board.scenes, start=1):
        if (
            wear.who in scene.characters
            and scene.action.lower().startswith(name.removeprefix("the "))
            and garment.search(scene.action)
        ):
            calls.append(call("edit_scenes", scenes=[place], action=garment.sub(wear.look, scene.action, count=1)))
    return calls


def _wear(wear: f.Wear, index: BoardIndex) -> list[Call]:
    who = index.board.character(wear.who)
    since = wear.since
    if wear.without:
        left = without_part(who.description, wear.without)
        if wear.look:
            left = f"{left}, {wear.look}" if left else wear.look
        if not left or left == who.description:
            return []
        return [call("describe_character", character=who.id, description=left, replace=True, from_scene=since)]
    return [
        call("describe_character", character=who.id, description=wear.look, replace=wear.replace or None,
             from_scene=since)
    ]  # fmt: skip


def without_part(description: str, part: str) -> str:
    """A description without one of its parts: "a bald man" without "bald", "a man in glasses" without "glasses"."""
    head = re.escape(part.split()[-1])
    between = r"(?:(?!(?:in|with|and|a|an)\b)[\w-]+\s+)*"
    phrase = rf"(?:,?\s*\b(?:and|in|with|wearing)\s+)?(?:(?:a|an|the|his|her|their)\s+)?{between}{head}\b"
    if re.search(rf"\b{head}\s+\w", description) and not re.search(
        rf"(?:in|with|wearing)\s+(?:[\w-]+\s+)*{head}", description
    ):
        left = re.sub(rf"\b{head}\s+", "", description, count=1)
    else:
        left = re.sub(phrase, "", description, count=1)
    left = re.sub(r"\s+", " ", left).strip(" ,")
    return re.sub(r"^(?:and|with|in)\s+", "", left)


def with_scenes(calls: Sequence[Call], scenes: Sequence[int]) -> list[Call]:
    """The same calls for other scenes."""
    moved = []
    for one in calls:
        args = dict(one["args"])
        if "scenes" in args:
            args["scenes"] = list(scenes)
        elif "scene" in args and scenes:
            args["scene"] = scenes[0]
        else:
            continue
        moved.append({"name": one["name"], "args": args})
    return moved
