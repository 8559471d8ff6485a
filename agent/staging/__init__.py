"""Staging: who stands where in a panel, and from where it is seen. Pure functions from a board to such values.

    stage(board, scene)          -> Staged(camera, staging, notes): what was decided by hand, the rest by rules
    staged_panel(board, scene)   -> sd_models.world.values.StagedPanel: the same with everybody's looks, to be drawn
    settled(board, before)       -> Board: with the stagings that new and reworded scenes are to keep

`sequences` says which panels belong together, `continuity` what does not fit among them, `plan` draws them from above.
"""

from agent.staging.compose import Staged, stage
from agent.staging.continuity import Fault, check_board
from agent.staging.doings import KNOWN_POSES, pose_in
from agent.staging.handles import Grip, Grips, catalogue, grips, tool_call
from agent.staging.panel import remarks, staged_panel
from agent.staging.plan import draw_plan, plan_title
from agent.staging.sequences import sequence_of, sequences
from agent.staging.settle import settled

__all__ = [
    "KNOWN_POSES",
    "Fault",
    "Grip",
    "Grips",
    "Staged",
    "catalogue",
    "check_board",
    "draw_plan",
    "grips",
    "plan_title",
    "pose_in",
    "remarks",
    "sequence_of",
    "sequences",
    "settled",
    "stage",
    "staged_panel",
    "tool_call",
]
