"""What people say around the edits: references to what was just talked of, corrections, questions, courtesies."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.say import H, R, asks, character, may, nothing, only, order

__all__ = ["REQUESTS"]

REQUESTS: list[Request] = [
    # it, that one, too
    R("make it darker", "it", only(5, picture="dark"), "make 5 snowy"),
    R("and 6 too", "it", only(6, time="night"), "make 3 night"),
    R("same for 2 and 7", "it", only(2, 7, time="night"), "make 3 night"),
    R("now lock it", "it", only(4, locked=True), "redraw 4"),
    R(
        "give her a blue hat",
        "it",
        character("Mira", description="blue hat") & may(1, 2, 3, 4, 5, 6, 7, 8),
        "what does Mira look like?",
    ),
    R("delete that one", "it", order("1 2 3 4 5 7 8"), "who is in 6?"),
    R("do the same to the last one", "it", only(8, weather="fog"), "make 2 foggy"),
    R("even darker", "it", only(3, picture="dark"), "make 3 darker"),
    R("a bit less", "it", may(3) & order("1 2 3 4 5 6 7 8"), "make 3 darker"),
    H("what about 4? do that there as well", "it", only(4, time="night"), "make 3 night"),
    H("also scene 1", "it", only(1, weather="snow"), "let it snow in 7"),
    H("add a lantern there", "it", only(7, picture="lantern"), "make 7 foggy"),
    H("and delete it", "it", order("1 3 4 5 6 7 8"), "make 2 darker"),
    H("make those two darker", "it", only(2, 3, picture="dark"), "make 2 and 3 snowy"),
    H("the next one too", "it", only(4, time="night"), "make 3 night"),
    # corrections
    R("no, I meant 4", "correction", only(4, time="night"), "make 3 night", whole=True),
    R("not 3, 4", "correction", only(4, weather="snow"), "make 3 snowy", whole=True),
    R("make 3 night, no wait, 4", "correction", only(4, time="night")),
    R("make 2 snowy. Actually no, make it foggy", "correction", only(2, weather="fog")),
    H("sorry, i meant scene 6", "correction", order("1 2 3 4 5 7 8"), "delete 5", whole=True),
    H("delete 3 - no, 2", "correction", order("1 3 4 5 6 7 8")),
    # answers to a question
    R("the second", "answer", only(8, who="sailor"), "add Sam to scene 8"),
    R("the baker", "answer", only(8, who="baker"), "add Sam to scene 8"),
    R("Sam the baker", "answer", character("Sam the baker", name="^Max$") & may(2), "rename Sam to Max"),
    R(
        "no, the other one",
        "answer",
        only(8, who="^(?=.*sailor)(?!.*baker)"),
        "add Sam to scene 8",
        "the first",
        whole=True,
    ),
    R("3", "answer", only(3, picture="dark"), "make 13 darker"),
    R("never mind", "answer", nothing(), "add Sam to scene 8"),
    R("make 2 night instead", "answer", only(2, time="night"), "add Sam to scene 8"),
    H("the sailor please", "answer", only(8, who="sailor"), "add Sam to scene 8"),
    H("first one", "answer", only(1, who="baker"), "put Sam in scene 1"),
    H("forget it", "answer", nothing(), "rename Sam to Max"),
    H("scene 4", "answer", order("1 2 3 5 6 7 8"), "delete"),
    # questions
    R("what's the prompt of 4?", "question", nothing("(?s)rain|wolf|Mira")),
    R("what happens in scene 6?", "question", nothing("door|key|cave")),
    R("how many scenes are there?", "question", nothing("8|eight")),
    R("why is 3 out of date?", "question", nothing()),
    R("which style are we using?", "question", nothing("ink")),
    R("is scene 2 locked?", "question", nothing()),
    H("tell me about panel 7", "question", nothing("(?s)lake|row|sailor")),
    H("how many steps does it use", "question", nothing("8|steps")),
    H("read me scene 1", "question", nothing("bottle|map")),
    H("whats in the 2nd one", "question", nothing("(?s)bread|baker")),
    # courtesies and limits
    R("hello", "courtesy", nothing()),
    R("thanks!", "courtesy", nothing()),
    R("great, thank you, that looks lovely", "courtesy", nothing(), "make 3 night"),
    R("what can you do?", "courtesy", nothing("(?s)scene|panel")),
    R("ok", "courtesy", nothing()),
    R("bitte mach Szene 3 dunkler", "limits", nothing("English")),
    R("haz la escena 3 más oscura", "limits", nothing("English")),
    R("make me a coffee", "limits", nothing()),
    R("book me a flight to Paris", "limits", nothing()),
    R("write me a story about a dragon", "limits", nothing("TALEBOARD_LLM|language model|story")),
    R("don't change anything", "negation", nothing()),
    R("don't make it night in 3", "negation", nothing()),
    R("leave 4 alone but make 5 and 6 snowy", "negation", only(5, 6, weather="snow")),
    R("make all of them foggy except the last", "negation", only(1, 2, 3, 4, 5, 6, 7, weather="fog")),
    H("hi there!", "courtesy", nothing()),
    H("perfect, i love it", "courtesy", nothing(), "make 3 night"),
    H("help", "courtesy", nothing("scene|panel")),
    H("rends la scène 2 plus sombre", "limits", nothing("English")),
    H("what's the weather in London today?", "limits", nothing()),
    H("please never touch my files, just make 6 foggy", "negation", only(6, weather="fog")),
    H("everything apart from 1 and 8 should be at night", "negation", only(2, 3, 4, 5, 6, 7, time="night|night")),
    H("don't touch anything else, only make 4 sunny", "negation", only(4, weather="sun|clear")),
    # destructive things need the person's own yes
    R("delete everything", "destructive", asks()),
    R("delete this board", "destructive", asks()),
    R("no", "destructive", nothing(), "delete everything"),
    H("erase all scenes", "destructive", asks()),
    H("wipe the whole conversation", "destructive", asks()),
]
