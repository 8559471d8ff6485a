"""What a language model is told before a turn, cut to the model's context window.

The board comes as a table of JSON lines between `<board-data>` and `</board-data>`: the scenes that the request touches
whole, the others by title, as many whole ones as the window has room for. Every `<` inside is escaped, so that no word
of a story can end the block. Tools come in groups: a small first set, those that the request is about, and the rest by
`more_tools`."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from agent.context import Context
from agent.errors import SettingsError
from agent.tools.kit import CATALOGUE
from agent.tools.schemas import plain_schema
from agent.wording import cut
from db.board import Board, Scene
from db.words import fold

__all__ = [
    "LETTERS_PER_TOKEN",
    "MORE_TOOLS",
    "TOPICS",
    "Briefing",
    "asked_topics",
    "brief",
    "more_tools",
    "tokens",
    "tool_schema",
]

LETTERS_PER_TOKEN = 3.5
DATA_LETTERS_PER_TOKEN = 3.0
"""Tokenizers of Mistral's models take 3.8 to 4.1 characters a token of instructions and schemas, and 3.1 to 3.4 of the
data's JSON (`python -m tests.bench agent`); better too many tokens than too few."""
REPLY_TOKENS = 400
HISTORY_TOKENS = 400
"""Kept free for the answer, and at least for the request and what was said before it."""

SUGGESTED = 2
"""So many tools that the request speaks of join the first set."""

MORE_TOOLS = "more_tools"
FIRST = (
    *("new_story", "edit_scenes", "describe_character", "insert_scene", "delete_scenes"),
    *("move_scenes", "redraw", "set_style", "undo", "ask"),
)
TOPICS: dict[str, tuple[str, ...]] = {
    "characters": ("add_character", "rename_character", "swap_character", "remove_character", "who_is_where"),
    "pictures": (
        "vary",
        "draw_candidates",
        "pick_candidate",
        "edit_picture",
        "draw_from_picture",
        "set_drawing",
        "look_at",
    ),
    "prompts": ("set_prompt", "show_prompts", "explain_pending", "lock_scenes"),
    "story": (
        "continue_story",
        "rewrite_text",
        "split_scene",
        "cover_scene",
        "merge_scenes",
        "set_scene_count",
        "set_title",
    ),
    "order": ("swap_scenes", "duplicate_scene"),
    "staging": (
        *("place_in_frame", "turn_to", "set_pose", "trade_places", "set_camera"),
        *("copy_staging", "compose_again", "check_continuity", "fix_continuity"),
    ),
    "versions": ("redo", "restore", "branch", "take_scenes", "compare_versions", "list_versions", "what_changed"),
    "boards": (
        "describe_board",
        "export_board",
        "list_styles",
        "what_can_you_do",
        "delete_storyboard",
        "delete_conversation",
    ),
}
"""Every tool that is not in the first set, by what it is about; a tool of a new topic belongs here (a test asks)."""


@dataclass(frozen=True)
class Briefing:
    """What one request sends besides the conversation: the data block, the tools, and about how many tokens both take.
    `left` is how many tokens the conversation may take."""

    data: str
    tools: tuple[dict[str, Any], ...]
    used: int
    left: int


def tokens(text: str, letters: float = LETTERS_PER_TOKEN) -> int:
    """Estimate how many tokens a text takes, rather too many than too few. Letters beyond ASCII are taken for one each,
    as in Chinese."""
    plain = len(text.encode("ascii", "ignore"))
    return int(plain / letters) + len(text) - plain + 1


def brief(context: Context, request: str, instructions: str, *, window: int, topics: Collection[str] = ()) -> Briefing:
    """Choose what a model with a context window of `window` tokens is told for `request`. `topics` are those it has
    asked more tools of. Raises SettingsError where not even the least fits."""
    room = window - REPLY_TOKENS - HISTORY_TOKENS - tokens(instructions)
    lines = _least(context)
    names = [name for name in (*FIRST, *(name for topic in topics for name in TOPICS[topic])) if name in CATALOGUE]
    titles = [_short(context.board, scene) for scene in context.board.scenes] if context.board else []
    room -= sum(map(_line_tokens, [*lines, *titles])) + sum(map(tool_tokens, [*names, MORE_TOOLS]))
    if room < 0:
        raise SettingsError(
            f"The language model's window of {window} tokens is too small for this board: choose a model with a larger "
            "one, or set TALEBOARD_LLM_WINDOW to what it really has"
        )
    for name in _suggested(request, set(CATALOGUE) - set(names))[:SUGGESTED]:
        if (cost := tool_tokens(name)) <= room:
            names.append(name)
            room -= cost
    lines += _details(context, request, room)
    data = "<board-data>\n" + "\n".join(_line(line) for line in lines) + "\n</board-data>"
    if len(names) < len(CATALOGUE):
        names.append(MORE_TOOLS)
    used = tokens(instructions) + tokens(data, DATA_LETTERS_PER_TOKEN) + sum(map(tool_tokens, names))
    return Briefing(data, tuple(map(tool_schema, names)), used, window - used - REPLY_TOKENS)


@lru_cache(maxsize=128)
def tool_schema(name: str) -> dict[str, Any]:
    """Describe a tool as chat models are told of it."""
    if name == MORE_TOOLS:
        topic = {"type": "string", "enum": list(TOPICS), "description": "what the tools are about"}
        parameters = {"type": "object", "properties": {"topic": topic}, "required": ["topic"]}
        description = "Get more tools, about one topic. Call it when none of the tools you have does what is asked."
    else:
        parameters, description = plain_schema(CATALOGUE[name]), CATALOGUE[name].description
    return {"type": "function", "function": {"name": name, "description": description, "parameters": parameters}}


@lru_cache(maxsize=128)
def tool_tokens(name: str) -> int:
    return tokens(json.dumps(tool_schema(name), separators=(",", ":")))


def _suggested(request: str, names: Collection[str]) -> list[str]:
    """The tools whose names and first sentences share words with the request, the likeliest first."""
    words = _words(request)
    scores = {name: len(words & _tool_words(name)) for name in names}
    return sorted((name for name, score in scores.items() if score), key=lambda name: (-scores[name], name))


@lru_cache(maxsize=128)
def _tool_words(name: str) -> frozenset[str]:
    first = CATALOGUE[name].description.partition(".")[0]
    return frozenset(_words(f"{name.replace('_', ' ')} {first}"))


_COMMON = """
and are for from have into its let make one other several some that the their them this too what which with you
scene scenes panel panels board storyboard change
"""
COMMON = frozenset(_COMMON.split())
"""Words that tell no tool from another."""


def _words(text: str) -> set[str]:
    """The words that say what a text is about, without endings."""
    words = (word for word in re.findall(r"[^\W\d_]{3,}", fold(text)) if word not in COMMON)
    return {re.sub(r"(?:ing|ed|es|s|e)$", "", word) for word in words}


# -- the data block


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _line_tokens(value: Mapping[str, Any]) -> int:
    return tokens(_line(value), DATA_LETTERS_PER_TOKEN)


def _least(context: Context) -> list[dict[str, Any]]:
    """The lines that every request needs: the board's frame, its people, and what the conversation stands at."""
    lines: list[dict[str, Any]] = []
    if (board := context.board) is not None:
        drawing = {"engine": board.drawing.engine, "model": board.drawing.model}
        lines.append(
            {
                "version": context.version,
                "title": board.title,
                "style": board.style,
                **drawing,
                "scenes": len(board.scenes),
            }
        )
        lines += [
            _full({"character": one.id, "name": one.name, "looks": one.description[:160]}) for one in board.characters
        ]
    else:
        lines.append({"board": None})
    if context.pending is not None:
        lines.append({"pending": dataclasses.asdict(context.pending)})
    if context.last_request:
        calls = [call["name"] for call in context.last_calls]
        lines.append({"last_request": context.last_request[:200], "calls": calls, "focus": list(context.focus.scenes)})
    names = {"files": list(context.files), "pictures": list(context.pictures)}
    if lasting := _full({**names, "picture_sizes": [list(size) for size in context.picture_sizes]}):
        lines.append(lasting)
    return lines


def _details(context: Context, request: str, room: int) -> list[dict[str, Any]]:
    """The scenes in order, in full within `room` tokens where the request touches them or there is room, else by title;
    then the latest versions."""
    board = context.board
    if board is None:
        return []
    lines = {scene.id: _short(board, scene) for scene in board.scenes}
    for scene in sorted(board.scenes, key=lambda scene: -_touched(context, board, scene, request)):
        full = _scene(board, scene, drawn=scene.id in context.drawn)
        cost = _line_tokens(full) - _line_tokens(lines[scene.id])
        if cost <= room:
            lines[scene.id] = full
            room -= cost
    rows = list(lines.values())
    for version in reversed(context.versions):
        line = _full({"saved": version.number, "from": version.parent, "asked": version.message[:80]})
        if (cost := _line_tokens(line)) > room:
            break
        rows.append(line)
        room -= cost
    return rows


def _touched(context: Context, board: Board, scene: Scene, request: str) -> float:
    """How likely the request is about a scene: it is counted, was last talked of, or shares words."""
    position = board.position(scene.id)
    numbers = {int(number) for number in re.findall(r"\d{1,4}", request)}
    named = position in numbers or (position == len(board.scenes) and re.search(r"\b(?:last|end)\b", request.lower()))
    names = [fold(one.name) for one in board.characters if one.id in scene.characters]
    shared = _words(request) & _words(f"{scene.title} {scene.text} {scene.prompt}")
    present = any(name in fold(request) for name in names)
    return 100 * bool(named) + 10 * (scene.id in context.focus.scenes) + len(shared) + 2 * present - position / 1000


def _short(board: Board, scene: Scene) -> dict[str, Any]:
    return {"scene": board.position(scene.id), "id": scene.id, "title": scene.title[:60]}


def _scene(board: Board, scene: Scene, *, drawn: bool) -> dict[str, Any]:
    """A scene's line without what is empty. Long texts are shortened: the tools have them whole."""
    names = {one.id: one.name for one in board.characters}
    return _short(board, scene) | _full(
        {
            "text": _cut(scene.text, 400),
            "prompt": _cut(scene.prompt, 300),
            **{name: getattr(scene, name) for name in ("shot", "setting", "time", "weather", "mood", "action")},
            "characters": [names.get(one, one) for one in scene.characters],
            "props": list(scene.props),
            "dialogue": [_cut(line, 80) for line in scene.dialogue[:4]],
            "notes": _cut(scene.notes, 120),
            "style": scene.style,
            "seconds": scene.duration,
            "locked": scene.locked,
            "by_hand": list(scene.handwritten),
            "drawn": drawn,
        }
    )


def _cut(text: str, length: int) -> str:
    return cut(text, length)


def _full(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item not in ("", None, [], False)}


def asked_topics(calls: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The topics that a model has asked more tools of, from its calls."""
    topics = [str(call["args"].get("topic", "")) for call in calls if call["name"] == MORE_TOOLS]
    return tuple(topic for topic in dict.fromkeys(topics) if topic in TOPICS)


def more_tools(topic: str) -> str:
    """Answer `more_tools`: the names of the tools that the model has from now on."""
    names: Sequence[str] = TOPICS.get(topic, ())
    return f"You now also have: {', '.join(names)}." if names else f"There are tools about {', '.join(TOPICS)}."
