"""The fourth held-out set: how writers, teachers, filmmakers and children put it.

It was written as a whole, without a look at the planner's grammar, and run once before anything was mended for it.
Of one request (where the dog is seen) the expected words were mended afterwards, not the answer; another one was among
the earlier requests already, and is left out.
"""

from __future__ import annotations

from tests.eval_agent.expect import Expect, Request
from tests.eval_agent.say import H, asks, board, character, drawing, may, nothing, only, order, panels, restores, runs

__all__ = ["REQUESTS"]

ALL = (1, 2, 3, 4, 5, 6, 7, 8)
MIRA = ALL
FOX = (5, 6)
DOG = (3, 4, 5, 8)
WOLF = (4, 5)

REQUESTS: list[Request] = [
    # time and weather
    H("could number 2 take place after dark", "time", only(2, time="night")),
    H("its snowing in the last two, everywhere, thick flakes", "weather", only(7, 8, weather="snow")),
    H("I see scene 6 more at dawn", "time", only(6, time="dawn|sunrise")),
    H("I want thunder and lightning over the bridge", "weather", only(5, weather="storm|thunder")),
    H("no more rain in 4", "weather", only(4, weather="!rain")),
    H("clear skies for scene 4 please", "weather", only(4, weather="sun|clear")),
    H("scnee 7 shuold be at midnite", "time", only(7, time="night")),
    H("make evrything snowy exept 1", "weather", only(*ALL[1:], weather="snow")),
    H("can the whole second half happen in the rain?", "weather", only(5, 6, 7, 8, weather="rain")),
    H("let the sun go down in 3", "time", only(3, time="sunset|dusk|evening")),
    H("lift the fog in 7", "weather", only(7, weather="!fog")),
    H("2 and 3: night. 4 and 5: day.", "joined", only(2, 3, time="night") & only(4, 5, time="day")),
    H("everything at night but not the beach", "time", only(2, 3, 4, 7, 8, time="night") & may(5, 6)),
    # shots
    H("zoom in on Otto's hands in the last one", "shot", only(8, shot="close")),
    H("film 4 from below", "shot", only(4, shot="low")),
    H("establishing shot for 1", "shot", only(1, shot="establishing|wide")),
    H("over the shoulder on number two pls", "shot", only(2, shot="shoulder")),
    H("go tighter on panel 6", "shot", only(6, shot="close|medium")),
    H("5 not so wide, medium is fine", "shot", only(5, shot="medium")),
    # things in the picture
    H("put a full moon and some stars over the bridge", "objects", only(5, picture="moon")),
    H("there should be a cat sleeping on the counter in the bakery", "objects", only(2, picture="cat")),
    H("where's the rope in 5? take it away", "objects", only(5, props="!rope")),
    H("erase the key from the cave", "objects", only(6, props="!key")),
    H("no boat in 7", "objects", only(7, props="!boat")),
    H("swap the bottle for a seashell in 1", "objects", only(1, picture="shell", props="!bottle")),
    H("in the forest scenes i want mushrooms on the ground", "objects", only(3, 4, picture="mushroom")),
    H("panel 3 looks kinda empty, add some birds", "objects", only(3, picture="bird")),
    # places
    H("set 2 in a market square instead of a bakery", "place", only(2, setting="market")),
    H("scene 3 should be in the desert", "place", only(3, setting="desert")),
    H("let 7 play out on a frozen river", "place", only(7, setting="river")),
    # light and mood
    H("the forest ones are too bright", "look", only(3, 4, picture="dark")),
    H("more drama in 4!", "look", only(4, picture="dram")),
    H("give 2 a warm cozy glow", "look", only(2, picture="warm|co[sz]y|glow")),
    H("make the cave spookier", "look", only(6, picture="spook|eer|scar")),
    H("tone down the colours in 8", "look", only(8, picture="muted|pale|colou?r|desaturat")),
    H("black and white for the storm", "style", only(4, picture="black and white")),
    # redraw
    H("I don't like how 5 turned out, try once more", "redraw", only(5)),
    H("have another go at the first and the third", "redraw", only(1, 3)),
    H("new picture for the bakery please", "redraw", only(2)),
    H("redo everything after 5", "redraw", only(6, 7, 8)),
    H("dont redraw 4, just make 6 snowy", "joined", only(6, weather="snow")),
    # deleting
    H("we dont need 3 and 4", "delete", order("1 2 5 6 7 8")),
    H("the cave bit can go", "delete", order("1 2 3 4 5 7 8")),
    H("end the story after the bridge, cut the rest", "delete", order("1 2 3 4 5")),
    H("bin the last but one", "delete", order("1 2 3 4 5 6 8")),
    H("keep only 1, 5 and 8", "delete", order("1 5 8")),
    H("delete the twelfth scene", "range", asks()),
    H("remove every scene that has Otto in it", "delete", order("1 2 3 4 5 6 7")),
    H("pls dont delete anything", "negation", nothing()),
    # order
    H("scene 8 belongs at the start", "move", order("8 1 2 3 4 5 6 7")),
    H("6 and 7 are in the wrong order, switch them", "move", order("1 2 3 4 5 7 6 8")),
    H("put the storm after the cave", "move", order("1 2 3 5 6 4 7 8")),
    H("can the bakery come before the beach", "move", order("2 1 3 4 5 6 7 8")),
    H("move 2 down one", "move", order("1 3 2 4 5 6 7 8")),
    H("reverse the order of all the scenes", "move", order("8 7 6 5 4 3 2 1")),
    H("swap 4 and 5 but keep 3 as it is", "joined", may(3) & order("1 2 3 5 4 6 7 8")),
    # new scenes
    H(
        "I'd like one more scene right before the last: a big wave hits the boat",
        "insert",
        order("1 2 3 4 5 6 7 n 8", text="boat"),
    ),
    H(
        "between the bridge and the cave, the fox shows Mira a secret tunnel",
        "insert",
        order("1 2 3 4 5 n 6 7 8", text="tunnel"),
    ),
    H("after 2 add: Mira waves goodbye to the baker.", "insert", order("1 2 n 3 4 5 6 7 8", text="goodbye")),
    H(
        "the ending is missing - add a last scene where Mira hangs the map on her wall",
        "insert",
        order("1 2 3 4 5 6 7 8 n", text="map"),
    ),
    H("make a second copy of 6", "duplicate", order("1 2 3 4 5 6 n 7 8")),
    # splitting and merging
    H("4 is too much for one picture, split it up", "split", only(4) & order("1 2 3 4 n 5 6 7 8")),
    H("put 1 and 2 together into one", "merge", only(1) & order("1 3 4 5 6 7 8")),
    H("make one scene out of the two forest ones", "merge", only(3) & order("1 2 3 5 6 7 8")),
    H("I need exactly 9 pictures for my book", "count", panels(9)),
    H("too long! squeeze it into three", "count", panels(3)),
    # words
    H("scene 2 should be titled Breakfast", "words", only(2, title="^Breakfast$")),
    H("rename panel 4 'Wolf weather'", "words", only(4, title="^Wolf weather$")),
    H('let Otto say "Welcome home, sailor" in 8', "words", only(8, dialogue="Welcome home")),
    H("give scene 5 nine seconds", "words", only(5, duration=9.0)),
    H("jot down for 7: check the tide table", "words", only(7, notes="tide table")),
    H("the storyboard needs a title: Mira and the Map", "words", board(title="^Mira and the Map$")),
    # locks
    H("nobody touches 1 and 8 anymore", "lock", only(1, 8, locked=True)),
    H("2 is perfect, lock it in", "lock", only(2, locked=True)),
    H("5 is done, dont change it again", "lock", only(5, locked=True)),
    # style, drawing, export
    H("do the lot in crayon", "style", board(style="crayon") & may(*ALL)),
    H("I'm bored of the ink look, go for stained glass", "style", board(style="stained") & may(*ALL)),
    H("panels 1-3 as gouache", "style", only(1, 2, 3, style="gouache")),
    H("back to the storybook style", "style", board(style="storybook") & may(*ALL)),
    H("bump the steps up to 25", "drawing", drawing(steps=25)),
    H("wide screen please", "drawing", drawing(size=".*")),
    H("less guidance, like 3", "drawing", drawing(guidance=3.0)),
    H("send me the pdf", "export", runs("export")),
    H("i need it as slides for tomorrow", "export", runs("export")),
    # characters
    H("the girl is called Anouk now", "rename", character("Mira", name="^Anouk$") & may(*MIRA)),
    H("i want the dog to be named Waffles", "rename", character("Biscuit", name="^Waffles$") & may(*DOG)),
    H("Mira wears glasses", "describe", character("Mira", description="glasses") & may(*MIRA)),
    H("from the bridge on Mira has a torch in her hand", "from on", character("Mira") & may(5, 6, 7, 8)),
    H("the wolf isnt grey, its black", "describe", character("the wolf", description="black") & may(*WOLF)),
    H("Otto has lost his beard", "describe", character("Otto", description="!with a grey beard") & may(8)),
    H("Sam has a tattoo", "two Sams", asks("baker.*sailor|sailor.*baker")),
    H("put Sam on the bridge", "two Sams", asks("baker.*sailor|sailor.*baker")),
    H("take the wolf out of the bridge scene", "cast", only(5, who="!wolf")),
    H("Biscuit should come along in 6 and 7", "cast", only(6, 7, who="Biscuit")),
    H(
        "a new person: Ada, a postwoman on a red bicycle",
        "new character",
        character("n", name="^Ada$", description="postwoman"),
    ),
    H("make Mira a boy", "describe", character("Mira", description="boy") & may(*MIRA)),
    H(
        "call the fox Rusty and give him a green hat",
        "joined",
        character("the fox", name="^Rusty$", description="green hat") & may(*FOX),
    ),
    # several at once
    H(
        "Make 2 darker, get rid of 6, and put a boat in the last one.",
        "joined",
        only(2, picture="dark") & only(8, picture="boat") & order("1 2 3 4 5 7 8"),
    ),
    H(
        "Change the setting of 3 to a jungle and make it rain there, then lock it",
        "joined",
        only(3, setting="jungle", weather="rain", locked=True),
    ),
    H("I like 1 and 2 but 3 should be snowy", "joined", only(3, weather="snow")),
    # what was just talked of
    H("the one after that as well", "it", only(3, weather="snow"), "make 2 snowy"),
    H("get rid of the wolf there", "it", only(5, who="!wolf"), "who is in 5?"),
    H("and put some clouds in front of it", "it", only(5, picture="cloud"), "add a moon to 5"),
    H("oh no, bring it back", "undo", restores(5), "delete 2"),
    H("that's too much now", "it", only(6), "make 6 darker"),
    H("i meant the other wolf scene", "correction", only(5, weather="sun"), "make 4 sunny", whole=True),
    H("the one with the boat", "answer", character("Sam the sailor", name="^Max$") & may(7), "rename Sam to Max"),
    H("oh, i meant 2", "correction", only(2, time="night"), "make 12 night"),
    # versions
    H("I liked it better two versions ago", "undo", restores(3)),
    H("undo my last three edits", "undo", restores(2)),
    H("go back to how it looked before the ink noir", "restore", restores(2)),
    H("scene 4 like it was before the rain", "take", only(4, weather="!rain")),
    H("show me what's different between 3 and now", "compare", nothing("4|rain|wide")),
    H("what was my last change", "compare", nothing("5|wide")),
    # questions
    H("who's the old guy in the last panel?", "question", nothing("Otto")),
    H("in which scenes can I see the dog?", "question", nothing("3 to 5 and 8")),
    H("does 5 have a wolf in it?", "question", nothing("yes|wolf")),
    H("what time is it in 7?", "question", nothing("dawn")),
    H("where does scene 6 take place", "question", nothing("cave")),
    H("how long is the whole thing?", "question", nothing("second|8 scenes")),
    # vague, out of range, beyond it
    H("change scene 3", "vague", asks()),
    H("the colours are wrong", "vague", asks()),
    H("something's off in 4", "vague", asks()),
    H("remove the scene with the unicorn", "range", asks()),
    H("make scene 0 darker", "range", asks()),
    H("scenes 7 to 11 in the rain", "range", asks()),
    H("add music to 2", "not understood", Expect()),
    H("peux-tu rendre la scène 4 plus sombre ?", "limits", nothing("English")),
]
