"""Who is in the story, how they look, and from where on."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.say import H, R, asks, character, may, nothing, only

__all__ = ["REQUESTS"]

MIRA = (1, 2, 3, 4, 5, 6, 7, 8)
FOX = (5, 6)
DOG = (3, 4, 5, 8)
WOLF = (4, 5)

REQUESTS: list[Request] = [
    # names
    R("rename Mira to Mara", "rename", character("Mira", name="^Mara$") & may(*MIRA)),
    R("call the dog Pepper", "rename", character("Biscuit", name="^Pepper$") & may(*DOG)),
    R("Mira's name should be Lena", "rename", character("Mira", name="^Lena$") & may(*MIRA)),
    R("change the wolf's name to Greyback", "rename", character("the wolf", name="Greyback") & may(*WOLF)),
    R("rename Sam to Max", "two Sams", asks("baker.*sailor|sailor.*baker")),
    R("the fisherman is called Olaf, not Otto", "rename", character("Otto", name="^Olaf$") & may(8)),
    R("Biscuit should be named Crumb instead", "rename", character("Biscuit", name="^Crumb$") & may(*DOG)),
    R("rename the fox to Ember", "rename", character("the fox", name="^Ember$") & may(*FOX)),
    # looks
    R("the fox wears a red scarf from here on", "from on", character("the fox") & may(5, 6), "make 5 darker"),
    R("Mira has short black hair", "describe", character("Mira", description="short black hair") & may(*MIRA)),
    R("give Biscuit a blue collar", "describe", character("Biscuit", description="blue collar") & may(*DOG)),
    R("the wolf should be white", "describe", character("the wolf", description="white") & may(*WOLF)),
    R("make Otto older", "describe", character("Otto", description="older") & may(8)),
    R(
        "from scene 5 on Mira wears a green cloak",
        "from on",
        character("Mira", description="!green cloak") & may(5, 6, 7, 8),
    ),
    R("Mira wears a straw hat in 2", "look", only(2, picture="straw hat")),
    R("Sam wears a blue apron", "two Sams", asks("baker.*sailor|sailor.*baker")),
    R(
        "Sam the baker has a big white moustache",
        "describe",
        character("Sam the baker", description="moustache") & may(2),
    ),
    R(
        "describe Mira as a tall girl with freckles and a yellow raincoat",
        "describe",
        character("Mira", description="freckles") & may(*MIRA),
    ),
    R("i want the fox to have two tails", "describe", character("the fox", description="two tails") & may(*FOX)),
    R("Starting with panel 6, the fox carries a small lantern", "from on", character("the fox") & may(6)),
    R("until scene 4 Mira wears a straw hat", "from on", character("Mira") & may(*MIRA)),
    R(
        "Biscuit's fur should be black with white paws",
        "describe",
        character("Biscuit", description="black") & may(*DOG),
    ),
    R("put Sam in a striped shirt", "two Sams", asks("baker.*sailor|sailor.*baker")),
    # who is in a scene
    R("remove the dog from 3", "cast", only(3, who="!Biscuit")),
    R("add the fox to 4", "cast", only(4, who="the fox")),
    R("take Mira out of the last scene", "cast", only(8, who="!Mira")),
    R("put Otto in 1 and 7", "cast", only(1, 7, who="Otto")),
    R("replace the fox with the wolf in 6", "cast", only(6, who="^(?=.*wolf)(?!.*fox)")),
    R("swap Mira and the fox in 6", "cast", may(6)),
    R("add Sam to scene 8", "two Sams", asks("baker.*sailor|sailor.*baker")),
    R("add the baker to 8", "cast", only(8, who="Sam the baker")),
    R("delete the wolf from the story", "cast", character("the wolf", gone=True) & may(*WOLF)),
    R(
        "add a new character: Nell, a lighthouse keeper with a silver braid",
        "new character",
        character("n", name="Nell", description="silver braid"),
    ),
    R("get the dog out of panels 4 and 5", "cast", only(4, 5, who="!Biscuit")),
    R("Otto should also be in scene 2", "cast", only(2, who="Otto")),
    R("there's no wolf in 5 any more", "cast", only(5, who="!wolf")),
    R("have the fox join them in panel 3", "cast", only(3, who="fox")),
    R("can Mira be alone in 3?", "cast", only(3, who="^Mira$")),
    R(
        "create a character called Pim, a tiny robot with one wheel",
        "new character",
        character("n", name="Pim", description="robot"),
    ),
    R("remoev biscuit form scene 8", "cast", only(8, who="!Biscuit")),
    # questions about them
    R("who is in scene 5?", "question", nothing("(?s)Mira.*|fox|wolf")),
    R("where does the wolf show up?", "question", nothing("4")),
    R("what does Mira look like?", "question", nothing("red coat")),
    R("don't change anything, just tell me who is in 2", "question", nothing("(?s)Mira|baker")),
    R("which panels is the fox in", "question", nothing("5")),
    R("is Biscuit in scene 2?", "question", nothing("no|not|Mira|baker")),
    R("list the characters", "question", nothing("(?s)Mira.*wolf|wolf.*Mira")),
    R("i only want to know who appears in the last scene, nothing else", "question", nothing("Otto")),
    # held out
    H("let's call the fox Saffron", "rename", character("the fox", name="^Saffron$") & may(*FOX)),
    H("Otto needs a pipe and a blue cap", "describe", character("Otto", description="pipe") & may(8)),
    H("paint the wolf black", "describe", character("the wolf", description="black") & may(*WOLF)),
    H("from panel 4 onwards the dog has a bandaged paw", "from on", character("Biscuit") & may(4, 5, 8)),
    H("Sam should look angry", "two Sams", asks("baker.*sailor|sailor.*baker")),
    H("kick the wolf out of scene five", "cast", only(5, who="!wolf")),
    H("the sailor should appear in 1 too", "cast", only(1, who="sailor")),
    H("bring Otto and the dog into scene 2", "cast", only(2, who="(?s)(?=.*Otto).*Biscuit")),
    H("how many scenes is the fox in?", "question", nothing("5|6|two")),
    H("tell me who everybody is", "question", nothing("Mira")),
]
