"""What can be asked for: requests that are understood, by area. Help shows the first of each; tests hold them all."""

from __future__ import annotations

__all__ = ["EXAMPLES"]

EXAMPLES: dict[str, tuple[str, ...]] = {
    "How panels look": (
        "make scene 3 darker",
        "let it snow in 5",
        "make 4 a dark rainy night",
        "set 5 on a mountain top",
        "make 2 look like 1",
    ),
    "Camera and staging": (
        "make 1 a wide shot",
        "zoom in on the key in 6",
        "scene 3 from above",
        "show 4 from below",
        "put Mira on the left in 1",
    ),
    "Things and what happens": (
        "put a big moon in scene 5",
        "remove the lanterns from 6",
        "replace the lantern in 8 with a torch",
        "Mira runs away in 4",
        "in 6 Mira says “Who lit these?”",
    ),
    "People": (
        "the fox wears a red scarf from 5 on",
        "add the fox to 4",
        "rename Mira to Mara",
        "Mira should be alone in 3",
        "add a new character: Nell, a lighthouse keeper with a silver braid",
    ),
    "Scenes and their order": (
        "move 5 to the front",
        "delete scene 5",
        "add a scene after 2: Mira loses her shoe",
        "split 6 in two",
        "tell the story in 6 panels",
    ),
    "Pictures": ("redraw 3", "a small variation of 6", "show me four options for panel 3", "lock 2"),
    "Board and files": (
        "make it all watercolour",
        "call the board “The Long Way Home”",
        "export as pdf",
        "use 12 steps",
        "rewrite 2: “Sam gave her a warm roll and a wink.”",
    ),
    "Versions": (
        "undo",
        "go back to before the rain",
        "take scene 3 from version 2",
        "what changed between version 1 and 3?",
    ),
    "Questions": (
        "who is in scene 5?",
        "what happens in scene 6?",
        "which scene has the map?",
        "what styles are there?",
    ),
}
