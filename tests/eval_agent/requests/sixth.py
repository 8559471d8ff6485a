"""The sixth held-out set, on boards of three other stories: what people say in two steps, ask and complain of."""

from __future__ import annotations

from dataclasses import replace

from tests.eval_agent.expect import Expect, Request
from tests.eval_agent.say import H, asks, board, character, may, nothing, only, order
from tests.eval_agent.tales import DESERT, FERRY, ROBOT

__all__ = ["REQUESTS"]

FERRY_REQUESTS = [
    H("what happens right before the kitchen scene?", "question", nothing("4|Agnes")),
    H("who's in the last picture? put Boris there as well", "two steps", only(7, who="Boris")),
    H("is it raining in 5? if so make it stop", "two steps", only(5, weather="!rain")),
    H("I can't see the stars in 6, make them bigger", "two steps", only(6)),
    H("the lighthouse in 3 looks too cheerful. make it gloomier please", "two steps", only(3, picture="gloom")),
    H("which one is the kitchen? redraw it", "two steps", only(5)),
    H("what's the weather in the island scene", "question", nothing("rain")),
    H("where does the parrot show up?", "question", nothing("parrot is in")),
    H("how many pictures have Boris in them", "question", nothing("Boris is in")),
    H("hmm 4 seconds for the first is a bit long, 2 will do", "two steps", only(1, duration=2.0)),
    H("Agnes ought to be wearing glasses", "describe", character("Agnes", description="glasses") & may(4, 5, 6, 7)),
    H("Could the ferry one at dawn be at dusk?", "time", only(7, time="dusk|evening|sunset")),
    H("swap the kitchen and the dance", "move", order("1 2 3 4 6 5 7")),
    H("I want the violin case to be seen close up in the opening scene", "shot", only(1, shot="close")),
    H("lose the parrot in 5 but keep him in 6", "cast", only(5, who="!Parrot")),
    H("Nadia's missing from the goodbye at the end, add her", "two steps", only(7, who="Nadia")),
    H("snow instead of rain in scenes 3 and 4", "weather", only(3, 4, weather="snow")),
    H(
        "the whole thing in charcoal, but leave the night on the rocks as is",
        "style",
        may(1, 2, 3, 4, 5, 7) & only(1, style="charcoal"),
    ),
    H("Make Boris a thin man", "describe", character("Boris", description="thin") & may(1, 2, 3, 5, 6)),
    H("can you tell me which scenes happen at night?", "question", nothing("6")),
    H("why is 3 so grey? brighten it up", "two steps", only(3, picture="bright")),
]

ROBOT_REQUESTS = [
    H("what's after the cellar?", "question", nothing("6|garden")),
    H("is there a broom in 1? get rid of it", "two steps", only(1, props="!broom")),
    H("Tilda is far too big in 6, make her tiny", "two steps", only(6)),
    H("the fountain scene feels empty, put some children in it", "two steps", only(7, picture="children")),
    H(
        "whats the robot called? call him Bolt",
        "two steps",
        board(title="Bolt") & character("Pim", name="^Bolt$") & may(1, 3, 4, 5, 6, 7, 8),
    ),
    H("i'd rather have scene 8 in summer", "time", only(8, picture="summer")),
    H("who locks Pim in?", "question", nothing("Hobbs|4")),
    H("make the balloon yellow", "look", only(2, picture="yellow") & may(3)),
    H("scene 4: his beard should be white", "look", asks("Hobbs")),
    H("drop the clock tower scene", "delete", order("1 2 4 5 6 7 8")),
    H("put the spring one first, then undo that", "two steps", Expect()),
    H("3 is way too windy. no wind at all please", "two steps", only(3, weather="!wind")),
    H("do we see the moon anywhere?", "question", nothing("6|garden")),
    H("show Lucy from behind in 2", "shot", only(2, shot="back")),
    H("give 5 a spooky feel and 6 a cosy one", "look", only(5, picture="spook|eerie") & only(6, picture="cos|coz")),
    H("every scene with Tilda needs more shadow", "look", only(5, 6, picture="shadow")),
    H("nothing happens in the last scene, make Pim dance in it", "two steps", only(8, picture="danc")),
    H("isn't 4 the same as 5? merge them", "two steps", only(4) & order("1 2 3 4 6 7 8")),
    H("which scenes is Mr Hobbs not in?", "question", nothing("1")),
    H("what does Lucy look like? give her freckles", "two steps", character("Lucy", description="freckle") & may(2, 7)),
    H("from the cellar on Pim has only one wheel", "from on", character("Pim") & may(4, 5, 6, 7, 8)),
    H("let 7 last as long as 4 does", "words", Expect()),
]

DESERT_REQUESTS = [
    H("which scene is right before the sandstorm?", "question", nothing("4|Kasim")),
    H("the snake isn't needed, take it out of 2", "two steps", only(2, who="!Snake")),
    H("What time of day is it in 3? It should be night", "two steps", only(3, time="night")),
    H("does Duke appear in 7? he should", "two steps", only(7, who="Duke")),
    H("Kasim looks too friendly in 4. He needs a scar", "two steps", only(4, picture="scar")),
    H(
        "how long is the whole thing? make every panel 3 seconds",
        "two steps",
        only(*range(1, 7), duration=3.0) & may(7),
    ),
    H("I want palm trees at the well", "objects", only(6, picture="palm")),
    H("remove the torch from wherever it is", "objects", only(3, props="!torch") & only(4, props="!torch")),
    H("the temple scenes should be lit by candles", "look", only(3, picture="candle") & may(4, 5, 6)),
    H("number 5 isn't stormy enough", "weather", only(5, picture="storm")),
    H(
        "after the painting add a panel in which a bat flies at her face",
        "insert",
        order("1 2 3 n 4 5 6 7", text="bat"),
    ),
    H("what's the prompt of the one with the knife?", "question", nothing("Kasim")),
    H("Duke is a donkey, not a camel", "describe", character("Duke", description="donkey") & may(1, 2, 5, 6, 7)),
    H("split the last but two", "split", only(5) & order("1 2 3 4 5 n 6 7")),
    H("is the style still storybook? change it to woodcut", "two steps", board(style="woodcut") & may(*range(1, 8))),
    H("what comes first, the well or the storm?", "question", nothing("storm|5")),
    H("I don't like how 1 came out, try again", "two steps", only(1)),
    H("make the first and the last match: both at sunset", "time", only(1, 7, time="sunset")),
    H("show me everything, then delete 7", "two steps", order("1 2 3 4 5 6")),
    H("can 4 be a comic and the rest stay", "style", only(4, style="comic")),
]

REQUESTS: list[Request] = [
    replace(request, tale=tale)
    for tale, requests in ((FERRY, FERRY_REQUESTS), (ROBOT, ROBOT_REQUESTS), (DESERT, DESERT_REQUESTS))
    for request in requests
]
