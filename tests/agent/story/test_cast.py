"""Who is in a story, and who is not."""

from __future__ import annotations

import pytest

from agent.story import read_story
from agent.story.cast import find_cast


def test_weather_and_times_of_day_that_open_a_sentence_are_nobody() -> None:
    cast = find_cast(["Nina sat on the roof. Snow had begun to fall. Night came over the city. Nina smiled."])
    assert [person.name for person in cast.characters] == ["Nina"]


def cast_of(*scenes: str) -> dict[str, str]:
    return {person.name: person.description for person in find_cast(scenes).characters}


def test_a_story_in_the_present_tense_names_its_people_and_says_what_they_do() -> None:
    board = read_story(
        "Olga bakes bread by the harbour. Her grey cat Pumpkin sleeps on the sacks.\n\n"
        "Pumpkin is gone. Olga takes a lantern and searches the streets.\n\n"
        "She finds Pumpkin in the clock tower. Tom carries a ladder and watches the moon.",
        scenes=3,
    )
    assert [person.name for person in board.characters] == ["Olga", "Pumpkin", "Tom"]
    assert board.scenes[0].action == "Pumpkin sleeping on the sacks"
    assert board.scenes[2].action == "Tom carrying a ladder"
    assert cast_of("Bright lights hang over the town. Tall ships wait in the harbour. Olga waves her flag.") == {
        "Olga": "a woman"
    }


def test_who_says_my_name_is_has_that_name() -> None:
    cast = find_cast(
        ["Inside sat a grey mouse. \"You took your time,\" said the mouse. \"My name is Pendulum.\"", "Pendulum ran."]
    )  # fmt: skip
    assert [(person.name, person.description) for person in cast.characters] == [("Pendulum", "a grey mouse")]
    assert "mouse" in cast.characters[0].aliases
    assert cast.present == (("c1",), ("c1",))


def test_who_is_introduced_by_somebody_has_that_name() -> None:
    told = 'Ada held a small brown hen. "This is Rosa," said Ada. The hen clucked. "And I am Bruno," said an old bear.'
    looks = cast_of(told)
    assert looks["Rosa"] == "a small brown hen"
    assert looks["Bruno"] == "an old bear"


def test_a_stranger_who_is_recognised_keeps_the_strangers_looks() -> None:
    told = "A thin man in a black coat ran past. The man turned around. It was the Hour Thief. The Hour Thief laughed."
    assert cast_of(told) == {"Hour Thief": "a thin man in a black coat"}
    known = "Mira met a dog. Mira fed the dog. The dog barked at the door. It was Mira. Mira patted the dog."
    assert set(cast_of(known)) == {"Mira", "Dog"}


def test_years_make_a_child_or_a_grown_up() -> None:
    looks = cast_of("Nina lived here. She was ten years old and wore a blue hat. Hugo was thirty. He waved. Hugo left.")
    assert looks == {"Nina": "a girl of ten in a blue hat", "Hugo": "a man of thirty"}


def test_what_stands_in_apposition_is_what_somebody_looks_like() -> None:
    told = "Nina lived with her grandfather, an old clockmaker with a white beard and round glasses. Grandfather slept."
    assert cast_of(told)["Grandfather"] == "an old clockmaker with a white beard in round glasses"


def test_what_is_given_is_worn_by_whom_it_is_given_to() -> None:
    cast = find_cast(["Nina met Tom. He sat down.", "Nina gave him her scarf. He smiled.", "Nina gave Tom a hat."])
    changes = {person.name: [change.description for change in person.changes] for person in cast.characters}
    assert changes == {"Nina": [], "Tom": ["wearing a scarf", "wearing a hat"]}


def test_several_at_once_are_one_character() -> None:
    looks = cast_of(
        "Once upon a time three bears lived in a cottage. The three bears went out. Gulls cried. Goldilocks came.",
        "Wolves howled. The wolves crept closer. Goldilocks was afraid. She ran. The mother bear waved at Goldilocks.",
    )
    assert looks["Three bears"] == "three bears"
    assert looks["Wolves"] == "wolves"
    assert looks["Mother bear"] == "a mother bear"
    assert "Gulls" not in looks


def test_the_girls_are_those_that_the_story_knows() -> None:
    told = "There was a girl named Ada. Ada met a girl named Lena. The girls ran to the sea. The girls sang."
    assert set(cast_of(told)) == {"Ada", "Lena"}


def test_the_last_of_two_words_for_somebody_says_what_they_are() -> None:
    assert cast_of('A shepherd girl came. "My name is Liesl," said the girl. Liesl laughed.') == {
        "Liesl": "a shepherd girl"
    }


def test_numbers_and_dinners_are_nobody() -> None:
    assert set(cast_of(*["Nina sat down. Three days later Nina came back. That night they ate fish."] * 4)) == {"Nina"}


def test_a_name_given_in_the_next_sentence_is_who_was_seen() -> None:
    told = (
        'A boy with red hair sat on the step. "My gran is ill, and she has till noon," said the boy. His name was '
        'Tobias Finch.\n\n"It is hers," whispered Tobias. "She gave it to me."'
    )
    assert cast_of(told) == {"Tobias Finch": "a boy with red hair"}


def test_a_talking_bird_is_a_bird_whoever_comes_next() -> None:
    told = (
        'A jackdaw sat on the sill. "My name is Crumb," the jackdaw said.\n\nAda put on her coat. Crumb hopped ahead.'
    )
    assert cast_of(told)["Crumb"] == "a jackdaw"


def test_who_speaks_in_a_screenplay_has_a_name() -> None:
    script = (
        "INT. HALL - NIGHT\n\nA little girl in yellow pyjamas, ROSA, waits.\n\nROSA\nWhere is the music?\n\nRosa runs."
    )
    assert cast_of(script) == {"Rosa": "a little girl in yellow pyjamas"}


def test_looks_in_brackets_are_those_of_whom_they_follow() -> None:
    script = (
        "INT. KITCHEN - NIGHT\n\nMARA (20s, red coat) stands at the stove. BEN (40, bald, with a thick moustache and a "
        "green jumper), her father, opens the door.\n\nMARA\nWhere is he?\n\nBEN (CONT'D)\n(quietly)\nHe went out.\n\n"
        "An OLD WOMAN (80s, white hair, blue shawl) leans on a stick.\n\nOLD WOMAN\nHave you seen my dog?\n\n"
        "Mara and Ben laugh."
    )
    looks = {name.lower(): look for name, look in cast_of(script).items()}
    assert looks["mara"].endswith("in a red coat")
    assert looks["ben"] == "a bald man of 40 with a thick moustache in a green jumper"
    assert looks["old woman"] == "an old woman with white hair in a blue shawl"
    assert not {"cont", "dog"} & looks.keys()


@pytest.mark.parametrize(
    ("told", "name", "look"),
    [
        ("Old Tom had a dog. Rufus was brown. Rufus chased the gulls.", "Rufus", "a brown dog"),
        ('"Bad boy!" shouted Anna. Bello wagged his tail. Bello followed Anna into the garden.', "Bello", "a dog"),
        ('"Come in," said Tom, and Rufus wagged his tail. Tom laughed. Tom sat down.', "Tom", "a man"),
        ("Mara had a dog. Ben was her brother. Ben laughed. Ben sat down.", "Ben", "a boy"),
        ("Mara saw a dog. Ben laughed. Ben sat down and Ben sang.", "Ben", "a man"),
    ],
)
def test_who_barks_is_a_dog(told: str, name: str, look: str) -> None:
    assert cast_of(told)[name] == look


def test_it_brings_nobody_into_a_scene() -> None:
    cast = find_cast(["A parrot danced on the table. The parrot sang.", "Agnes waved until it was a white dot."])
    parrot = next(one.id for one in cast.characters if one.name == "Parrot")
    assert parrot not in cast.present[1]


@pytest.mark.parametrize(
    ("told", "looks"),
    [
        ("The Blue Parrot nightclub was full. Rosa sang. Rosa bowed.", {"Rosa": "a woman"}),
        (
            "Captain Imani Okafor steered the cargo ship Halcyon. Imani smiled. The Halcyon creaked. Imani waved.",
            {"Captain Imani Okafor": "a woman"},
        ),
        (
            "A Town Mouse and a Country Mouse met. The Town Mouse laughed.",
            {"Town Mouse": "a town mouse", "Country Mouse": "a country mouse"},
        ),
        ("A farmer's daughter carried milk. She sang.", {"Daughter": "a girl"}),
        ("Tom nursed the drink and began to slug the bag. Tom guarded the door.", {"Tom": "a man"}),
        ("Juno, a tall pilot in a yellow jumpsuit, opens the hatch.", {"Juno": "a tall pilot in a yellow jumpsuit"}),
        ("Anna took the train to Brighton. In Brighton Anna slept.", {"Anna": "a woman"}),
        ("Mara dreamt of a dragon. Mara woke up.", {"Mara": "a woman"}),
        (
            'The lean woman in a charcoal trench coat, Vera Lund, sits down. "My husband is missing," she says.',
            {"Vera Lund": "a lean woman in a charcoal trench coat"},
        ),
    ],
)
def test_names_and_nouns_are_those_whom_they_mean(told: str, looks: dict[str, str]) -> None:
    assert cast_of(told) == looks


def test_a_speaker_in_capitals_is_who_was_told_of_and_brackets_say_how_they_look() -> None:
    script = (
        "INT. SHOP - DAY\n\nBaker wipes the counter.\n\nBAKER\nCome in.\n\n"
        "NORA (9, freckles, green coat) sits down.\n\nNORA\nNo."
    )
    assert cast_of(script) == {"Baker": "a person", "Nora": "a girl of 9 with freckles in a green coat"}


def test_one_and_the_other_are_two_of_those_told_of_together() -> None:
    cast = find_cast(
        ["Two travellers met a bear. One climbed a tree. The other lay down.", "The bear sniffed at the other."]
    )
    names = {person.id: person.name for person in cast.characters}
    assert {names[one] for one in cast.present[0]} == {"One traveller", "Other traveller", "Bear"}
    assert {names[one] for one in cast.present[1]} == {"Other traveller", "Bear"}


def test_one_of_two_is_known_by_age_and_there_came_in_two_is_a_group() -> None:
    told = 'Two hares found a turnip. "I saw it," said the elder. "I dug it out," cried the younger. They ran home.'
    assert {"Elder hare", "Younger hare"} <= set(cast_of(told))
    board = read_story(
        "A miller and his wife slept. There came in two small goblins; and they sat on the sacks.", scenes=2
    )
    goblins = next(person for person in board.characters if "goblins" in person.description)
    assert goblins.id in board.scenes[1].characters
    assert "goblins sitting on the sacks" in board.scenes[1].action


def test_master_fox_is_the_fox_and_so_is_a_named_one_who_says_that_he_is_a_fox() -> None:
    told = 'A fox sat by the river. "I am a fox," said Sandor, and he walked on. The cheese was eaten by Master Fox.'
    assert cast_of(told) == {"Sandor": "a fox"}


def test_children_of_whom_it_is_told_get_their_names_and_a_brother_is_one_of_them() -> None:
    told = (
        'The two children were tired. Hugo read a book. Clara stood at the door. "Look," said her brother. '
        "In the trunk, which their uncle had brought from the sea, lay a drum."
    )
    assert cast_of(told) == {"Hugo": "a boy", "Clara": "a girl"}


def test_a_ship_with_a_womans_name_is_nobody_and_a_noun_with_who_is_somebody() -> None:
    assert "Anna Maria" not in cast_of("The brig Anna Maria was late. The brig Anna Maria sank. Tom wept.")
    assert "Gongfarmer" in cast_of("A gongfarmer who had no boots crossed the yard. The gongfarmer sang.")


def test_who_is_alone_and_says_you_speaks_to_whoever_was_there_before() -> None:
    cast = find_cast(
        [
            "Mira met a miller. The miller bowed.",
            'The miller sat down. "Will you buy my flour?" he asked.',
            "He sighed.",
        ]
    )
    assert [len(present) for present in cast.present] == [2, 2, 1]


def test_a_fish_that_is_caught_is_no_character_and_one_that_speaks_is() -> None:
    assert cast_of("Tom caught a trout. Tom cooked the trout.") == {"Tom": "a man"}
    assert "Carp" in cast_of('Tom caught a carp. "Let me go," said the carp.')


def test_every_fact_of_a_character_keeps_the_sentence_that_says_it() -> None:
    story = (
        "A tall pilot stood on the pier. It was Juno. Juno wore a yellow jumpsuit. She sang. Juno put on a blue hat."
    )
    board = read_story(story, scenes=3)
    said = {one.fact: one.sentence for one in board.characters[0].evidence}
    assert said["pilot"] == said["tall"] == "A tall pilot stood on the pier."
    assert said["a yellow jumpsuit"] == "Juno wore a yellow jumpsuit."
    assert said["wearing a blue hat"] == "Juno put on a blue hat."


def test_a_boy_who_is_called_so_is_one_person_whoever_stands_beside_him() -> None:
    cast = cast_of(
        "A thin boy called Timo stole a pear. A guard chased him.", "The next day Timo sold pears beside her."
    )
    assert cast["Timo"] == "a thin boy"
    assert "Boy" not in cast


def test_a_beast_that_has_a_name_may_be_she() -> None:
    told = find_cast(["Anna cried.", "In the cellar Bob met a mouse named Mimi. She gnawed the rope."])
    names = {person.id: person.name for person in told.characters}
    assert {names[who] for who in told.present[1]} == {"Bob", "Mimi"}
