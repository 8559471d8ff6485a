"""The scenes themselves: their order and number, their words, locks."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.say import H, R, asks, board, may, nothing, only, order, panels

__all__ = ["REQUESTS"]

ALL = (1, 2, 3, 4, 5, 6, 7, 8)

REQUESTS: list[Request] = [
    # deleting
    R("delete scene 5", "delete", order("1 2 3 4 6 7 8")),
    R("drop the last panel", "delete", order("1 2 3 4 5 6 7")),
    R("get rid of 2 and 7 please", "delete", order("1 3 4 5 6 8")),
    R("remove the scene with the baker", "delete", order("1 3 4 5 6 7 8")),
    R("cut everything after 6", "delete", order("1 2 3 4 5 6")),
    R("delte panle 3", "delete", order("1 2 4 5 6 7 8")),
    R("i don't need the one where she finds the map", "delete", order("2 3 4 5 6 7 8")),
    R("delete all but the first three", "delete", order("1 2 3")),
    R("throw away the second to last one", "delete", order("1 2 3 4 5 6 8")),
    H("scrap scenes four and six", "delete", order("1 2 3 5 7 8")),
    H("we can lose panel 2", "delete", order("1 3 4 5 6 7 8")),
    H("take out every scene with the wolf", "delete", order("1 2 3 6 7 8")),
    H("kill the third scene", "delete", order("1 2 4 5 6 7 8")),
    H("Please remove scenes 2-4.", "delete", order("1 5 6 7 8")),
    H("delete scene 15", "range", asks()),
    H("don't delete scene 4", "delete", nothing()),
    R("delete", "delete", asks()),
    R("delete the scenes with the dragon", "delete", asks()),
    H("remove the dinosaur panel", "delete", asks()),
    # moving and swapping
    R("move 5 to the front", "move", order("5 1 2 3 4 6 7 8")),
    R("move scene 2 after 4", "move", order("1 3 4 2 5 6 7 8")),
    R("put the last scene before 3", "move", order("1 2 8 3 4 5 6 7")),
    R("swap 1 and 2", "move", order("2 1 3 4 5 6 7 8")),
    R("switch scenes three and seven around", "move", order("1 2 7 4 5 6 3 8")),
    R("4 should come first", "move", order("4 1 2 3 5 6 7 8")),
    R("move 2 to position 6", "move", order("1 3 4 5 6 2 7 8")),
    R("move 3 one earlier", "move", order("1 3 2 4 5 6 7 8")),
    R("put scene 1 at the end", "move", order("2 3 4 5 6 7 8 1")),
    R("swap 3 with 3", "move", asks() & order("1 2 3 4 5 6 7 8")),
    H("exchange the first and the last panel", "move", order("8 2 3 4 5 6 7 1")),
    H("shift panel 6 so it comes right after the second", "move", order("1 2 6 3 4 5 7 8")),
    H("bring scene seven forward to the beginning", "move", order("7 1 2 3 4 5 6 8")),
    H("i think 4 should go before 2", "move", order("1 4 2 3 5 6 7 8")),
    H("mvoe 8 to teh start", "move", order("8 1 2 3 4 5 6 7")),
    H("flip scenes 5 and 6", "move", order("1 2 3 4 6 5 7 8")),
    H("push 2 back by two places", "move", order("1 3 4 2 5 6 7 8")),
    # new scenes
    R("insert a scene after 3 where Mira loses her shoe", "insert", order("1 2 3 n 4 5 6 7 8", text="shoe")),
    R("add a panel at the end: everyone goes to sleep", "insert", order("1 2 3 4 5 6 7 8 n", text="sleep")),
    R("new scene before 1: the ship sinks in a storm", "insert", order("n 1 2 3 4 5 6 7 8", text="ship")),
    R(
        "add a scene between 2 and 3 in which the fox steals the bread",
        "insert",
        order("1 2 n 3 4 5 6 7 8", text="fox"),
    ),
    R("duplicate 4", "duplicate", order("1 2 3 4 n 5 6 7 8")),
    R("make a copy of the first scene", "duplicate", order("1 n 2 3 4 5 6 7 8")),
    H(
        "can you put in another panel after the bridge, Mira sees a shooting star",
        "insert",
        order("1 2 3 4 5 n 6 7 8", text="star"),
    ),
    H(
        "i want an extra scene at the start where a gull drops the bottle",
        "insert",
        order("n 1 2 3 4 5 6 7 8", text="gull"),
    ),
    H("copy panel 7", "duplicate", order("1 2 3 4 5 6 7 n 8")),
    H(
        "insert a new scene between five and six: they cross a river of stones",
        "insert",
        order("1 2 3 4 5 n 6 7 8", text="river"),
    ),
    # splitting and merging
    R("split 6 after 'The door opened.'", "split", only(6) & order("1 2 3 4 5 6 n 7 8", text="lanterns")),
    R("split 6 after 'the door opened'", "split", only(6) & order("1 2 3 4 5 6 n 7 8", text="lanterns")),
    R("split scene 3 in two", "split", only(3) & order("1 2 3 n 4 5 6 7 8")),
    R("merge 2 and 3", "merge", only(2, text="(?s)bread.*forest") & order("1 2 4 5 6 7 8")),
    R("combine the last two scenes into one", "merge", only(7) & order("1 2 3 4 5 6 7")),
    R("join 4 with 5", "merge", only(4) & order("1 2 3 4 6 7 8")),
    H("break panel 4 into two", "split", only(4) & order("1 2 3 4 n 5 6 7 8")),
    H("glue scenes one and two together", "merge", only(1) & order("1 3 4 5 6 7 8")),
    H("divide the cave scene where it says 'the door opened'", "split", only(6) & order("1 2 3 4 5 6 n 7 8")),
    # how many
    R("6 panels please", "count", panels(6)),
    R("i want it in ten scenes", "count", panels(10)),
    R("tell the story in 4 panels", "count", panels(4)),
    H("make it twelve panels", "count", panels(12)),
    H("can we do this in five pictures instead?", "count", panels(5)),
    # words of a scene
    R("rename scene 3 to 'Under the leaves'", "words", only(3, title="^Under the leaves$")),
    R("the title of 1 should be The Message", "words", only(1, title="^The Message$")),
    R('rewrite 2: "Sam gave her a warm roll and a wink."', "words", only(2, text="a warm roll and a wink")),
    R("add a note to 5: ask the sound team for wind", "words", only(5, notes="sound team for wind")),
    R("make scene 4 last 7 seconds", "words", only(4, duration=7.0)),
    R('in 6 Mira says "Who lit these?"', "words", only(6, dialogue="Who lit these")),
    R("call the board 'The Long Way Home'", "words", board(title="^The Long Way Home$")),
    H("change the title of panel seven to Rowing Home", "words", only(7, title="^Rowing Home$")),
    H("note for 2: smaller oven", "words", only(2, notes="smaller oven")),
    H("hold panel 1 for ten seconds", "words", only(1, duration=10.0)),
    H('replace the text of scene 8 with "They all went home and slept."', "words", only(8, text="went home and slept")),
    # locks
    R("lock 2", "lock", only(2, locked=True)),
    R("keep panel 3 exactly as it is", "lock", only(3, locked=True)),
    R("don't touch 4 any more", "lock", only(4, locked=True)),
    R("unlock scene 2", "lock", only(2, locked=False), "lock 2"),
    H("freeze the first three panels", "lock", only(1, 2, 3, locked=True)),
    H("lock everything except 5", "lock", only(1, 2, 3, 4, 6, 7, 8, locked=True)),
    # several at once
    R("make 3 darker, delete 5 and swap 1 and 2", "joined", only(3, picture="dark") & order("2 1 3 4 6 7 8")),
    R("make 2 night and 3 snowy", "joined", only(2, time="night") & only(3, weather="snow")),
    R(
        "delete 8 and add a lantern to 4 then lock 1",
        "joined",
        only(4, picture="lantern") & only(1, locked=True) & order("1 2 3 4 5 6 7"),
    ),
    R("make 3 darker and 5 too", "joined", only(3, 5, picture="dark")),
    R("3 and 4 at night, 7 at noon", "joined", only(3, 4, time="night") & only(7, time="noon|midday|day")),
    R(
        "lock 1. Then make the rest watercolour",
        "joined",
        only(1, locked=True) & may(*ALL[1:]) & only(2, picture="water"),
    ),
    H(
        "move 8 to the front, make it foggy and lock it",
        "joined",
        only(8, weather="fog", locked=True) & order("8 1 2 3 4 5 6 7"),
    ),
    H(
        "Scene 1 at sunset; scene 2 in the rain; get rid of scene 3.",
        "joined",
        only(1, time="sunset") & only(2, weather="rain") & order("1 2 4 5 6 7 8"),
    ),
    H("brighten 4 and 6 and give 7 a close-up", "joined", only(4, 6, picture="bright") & only(7, shot="close")),
    H("swap 2 and 3, also merge 7 and 8 pls", "joined", only(7) & order("1 3 2 4 5 6 7")),
    H("remove the dog from 3 and put a cat in there instead", "joined", only(3, who="!Biscuit", picture="cat")),
    H("delete 2, 3 and 4", "delete", order("1 5 6 7 8")),
]
