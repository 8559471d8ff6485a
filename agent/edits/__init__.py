"""Edits of a storyboard as pure functions `Board -> Board`: no database, no pictures, no chat model.

Every edit keeps what it was not asked to change: a scene that it does not name stays the very same object. Scenes are
named by id. An edit that cannot be made raises `EditError` with one line for a person. Randomness (a new seed) comes
in as an argument.
"""

from __future__ import annotations

from agent.edits.cast import (
    add_character,
    describe_character,
    find_character,
    remove_character,
    rename_character,
    swap_character,
)
from agent.edits.common import place_list
from agent.edits.coverage import COVERAGES, CoverageName, cover, fitting
from agent.edits.drawing import (
    draw_from_picture,
    edit_picture,
    lock_scenes,
    redraw,
    set_drawing,
    use_seed,
    vary,
)
from agent.edits.look import edit_scenes, set_prompt, set_style
from agent.edits.order import (
    delete_scenes,
    duplicate_scene,
    insert_scene,
    lost_by_hand,
    merge_scenes,
    move_scenes,
    rewrite_text,
    set_scene_count,
    set_title,
    split_scene,
    swap_scenes,
    take_scene,
)
from agent.wording import name_list

__all__ = [
    "COVERAGES",
    "CoverageName",
    "add_character",
    "cover",
    "delete_scenes",
    "describe_character",
    "draw_from_picture",
    "duplicate_scene",
    "edit_picture",
    "edit_scenes",
    "find_character",
    "fitting",
    "insert_scene",
    "lock_scenes",
    "lost_by_hand",
    "merge_scenes",
    "move_scenes",
    "name_list",
    "place_list",
    "redraw",
    "remove_character",
    "rename_character",
    "rewrite_text",
    "set_drawing",
    "set_prompt",
    "set_scene_count",
    "set_style",
    "set_title",
    "split_scene",
    "swap_character",
    "swap_scenes",
    "take_scene",
    "use_seed",
    "vary",
]
