"""Going back, comparing, taking a scene from another version.

The board has five versions: 1 the story, 2 snow in scene 3, 3 sun in it again and ink as the style, 4 rain in scene 4,
5 a wide shot in scene 5.
"""

from __future__ import annotations

from tests.eval_agent.expect import Expect, Request
from tests.eval_agent.say import H, R, asks, nothing, only, order, restores

__all__ = ["REQUESTS"]

REQUESTS: list[Request] = [
    R("undo", "undo", restores(4)),
    R("undo that please", "undo", restores(5), "delete 3"),
    R("oops, put it back", "undo", restores(5), "delete 3"),
    R("undo the last two changes", "undo", restores(3)),
    R("redo", "undo", order("1 2 4 5 6 7 8"), "delete 3", "undo", whole=True),
    R("take that back", "undo", restores(5), "make 2 night"),
    R("nope, revert that", "undo", restores(5), "swap 1 and 2"),
    R("i changed my mind about that, undo it", "undo", restores(5), "make 4 sunny"),
    R("ctrl z", "undo", restores(4)),
    R("redo that", "undo", only(2, time="night"), "make 2 night", "undo", whole=True),
    R("go back to version 2", "restore", restores(2)),
    R("go back to before the rain", "restore", restores(3)),
    R("restore the first version", "restore", restores(1)),
    R("return to how it was before the ink style", "restore", restores(2)),
    R("go back to version 40", "range", asks()),
    R("load version three", "restore", restores(3)),
    R("i want the original back", "restore", restores(1)),
    R("revert to v2", "restore", restores(2)),
    R("bring back the version with the snow", "restore", restores(2)),
    R("go back two versions", "undo", restores(3)),
    R("take scene 3 from version 2", "take", only(3, weather="snow")),
    R("i liked 3 better in version 2, bring that one back", "take", only(3, weather="snow")),
    R("use panel 4 from the third version", "take", only(4, weather="!rain")),
    R("get me scene three of v2", "take", only(3, weather="snow")),
    R("compare 2 and 5", "compare", nothing("(?s)2.*5|3|4")),
    R("what changed between version 1 and 3?", "compare", nothing("3|style|ink")),
    R("what did you just change?", "compare", nothing("2"), "make 2 night"),
    R("show me all versions", "compare", nothing("(?s)2.*4|rain")),
    R("list the history", "compare", nothing("(?s)2.*4|rain")),
    R("difference between v1 and v4 please", "compare", nothing("rain|4")),
    R("pick the second", "pick", Expect()),
    # held out
    H("that was wrong, undo", "undo", restores(5), "make 5 closer"),
    H("go back to the very first version", "restore", restores(1)),
    H("restore the board from before it rained", "restore", restores(3)),
    H("panel 3 as it was in version 2 please", "take", only(3, weather="snow")),
    H("how does version 2 differ from version 4", "compare", nothing("(?s)2.*4|rain")),
]
