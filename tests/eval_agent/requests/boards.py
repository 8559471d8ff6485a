"""The board as a whole: style, drawing settings, stories, export."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.say import H, R, asks, board, character, drawing, may, nothing, only, order, panels, runs

__all__ = ["REQUESTS"]

ALL = (1, 2, 3, 4, 5, 6, 7, 8)
WATER = board(style="watercolou?r") & may(*ALL)
STORY = (
    "Tomas lived in a lighthouse with his grandmother. Every night he climbed the stairs and lit the lamp. One night "
    "the lamp would not burn. A ship was coming towards the rocks. Tomas ran down to the beach with a torch and waved "
    "it above his head. The captain saw the light and turned the ship away. In the morning the sailors came to thank "
    "him. They brought him a golden bell."
)

REQUESTS: list[Request] = [
    # style
    R("make it all watercolour", "style", WATER),
    R("use a manga style", "style", board(style="manga") & may(*ALL)),
    R("i want everything in pencil", "style", board(style="pencil") & may(*ALL)),
    R("change the style to claymation", "style", board(style="clay") & may(*ALL)),
    R("only scene 4 in ink noir style", "style", only(4, style="noir")),
    R("watercolor for 2 and 3", "style", only(2, 3, style="water")),
    R("what styles are there?", "style", nothing("(?s)watercolou?r")),
    R("can the whole board look like a comic book", "style", board(style="comic") & may(*ALL)),
    R("switch to pixel art please", "style", board(style="pixel") & may(*ALL)),
    R("draw panels 5 to 7 as oil paintings", "style", only(5, 6, 7, style="oil")),
    R("watercolr style plz", "style", WATER),
    # drawing settings
    R("use 12 steps", "drawing", drawing(steps=12)),
    R("set the guidance to 6.5", "drawing", drawing(guidance=6.5)),
    R("use the euler sampler", "drawing", drawing(sampler="euler")),
    R("square pictures please", "drawing", drawing(size="1:1|.*")),
    R("make the pictures portrait", "drawing", drawing(size=".*")),
    R("16:9 panels", "drawing", drawing(size=".*")),
    R("draw with diffusers instead", "drawing", drawing(engine="diffusers")),
    R("twenty steps from now on", "drawing", drawing(steps=20)),
    R("change sampler to ddpm", "drawing", drawing(sampler="ddpm")),
    R("cfg scale 3", "drawing", drawing(guidance=3.0)),
    R("steps: 6, sampler: dpmpp_2m", "drawing", drawing(steps=6, sampler="dpmpp_2m")),
    # export
    R("export as pdf", "export", runs("export")),
    R("save it as a powerpoint", "export", runs("export")),
    R("can I download this as a gif?", "export", runs("export")),
    R("give me an mp4", "export", runs("export")),
    R("i'd like to print this, export it to PDF please", "export", runs("export")),
    # stories
    R(STORY, "story", panels(0) & runs("new_story"), fresh=True),
    R("Here is my story: " + STORY, "story", panels(0) & runs("new_story"), fresh=True),
    R(
        "new story: A mouse found a crumb. She carried it home. Her children danced all night.",
        "story",
        panels(0) & runs("new_story"),
    ),
    R(
        "continue with: In spring Mira opened a small bakery by the harbor. Otto brought her fish every day.",
        "story",
        may(8) & order("1 2 3 4 5 6 7 8 n", text="spring"),
    ),
    R("make a storyboard in 3 panels from this: " + STORY, "story", panels(3), fresh=True),
    R(
        "and then add this to the end of the story: The next day the wolf came to the harbor and asked for bread.",
        "story",
        may(8) & character("+") & order("1 2 3 4 5 6 7 8 n", text="wolf"),
    ),
    R("make scene 2 darker", "no board", asks(), fresh=True),
    R("delete scene 1", "no board", asks(), fresh=True),
    # held out
    H("I'd prefer the whole thing in charcoal", "style", board(style="charcoal") & may(*ALL)),
    H("can 6 be done as a woodcut?", "style", only(6, style="woodcut")),
    H("lower the guidance to 2", "drawing", drawing(guidance=2.0)),
    H("switch the sampler to heun and use 10 steps", "drawing", drawing(sampler="heun", steps=10)),
    H("put it all in a zip for me", "export", runs("export")),
    H("Here's my tale, please make 4 panels of it:\n\n" + STORY, "story", panels(4), fresh=True),
]
