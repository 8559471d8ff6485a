"""A reply that claims an edit which no tool made is replaced by what happened; honest replies stand."""

from __future__ import annotations

import pytest

from agent.events import Instead
from agent.honesty import claims
from agent.services import Services
from tests.agent.llm_server import Say, call, serve
from tests.agent.tales import finish, receipt_of, tale, talking
from tests.agent.test_graph import model_of

EDIT, QUESTION = "make scene 3 darker", "what is in scene 3?"

CLAIMS = [
    "I made scene 3 darker.",
    "I've gone ahead and darkened scene 3.",
    "Done!",
    "All done.",
    "All set!",
    "Done: scene 3 is night.",
    "I have brightened the sky for you.",
    "Scene 3 has been darkened.",
    "Scene 3 was turned into a night scene.",
    "The wolf has been taken out of scene 4.",
    "Removed the wolf from scene 4.",
    "Updated scene 3 with rain.",
    "The change is complete.",
    "Your changes have been applied.",
    "The edit went through.",
    "Scene 3 is now darker.",
    "Scene 3 now takes place at night.",
    "Mira now wears a red scarf.",
    "Scene 3 is darker.",
    "Sure! I just recoloured Mira's coat.",
    "I gave Mira a red scarf in scene 2.",
    "We swapped the first two panels.",
    "Okay, I went ahead and repainted the background.",
    "I took the liberty of trimming scene 2.",
    "The storyboard has been reorganised as you asked.",
    "Here is the updated storyboard.",
    "Here's the new scene 3.",
    "The weather in scene 2 was changed to rain.",
    "I'm now making scene 3 darker.",
    "I put a lantern on the table, and Tom got a hat.",
    "As you wished, the boat has been sunk and scene 3 flooded.",
    "Success! Scene 3 got repainted.",
    "Scene 2 got a lantern.",
    "I turned the day into night.",
    "I dimmed the lights in scene 3 and left the others alone.",
    "It's done.",
    "Consider it done.",
    "**Scene 3** has been updated.",
    "- Scene 3: changed to night",
    "I dressed Mira in green.",
    "Everything has been moved up by one.",
    "Scene 3 has a darker mood now.",
    "Tom was given a beard.",
    "I edited the third panel so that it rains.",
    "Successfully applied your edits.",
    "You got it, I have fogged up the harbour.",
    "The lighthouse was repainted red.",
    "Night has fallen in scene 3, as you asked.",
    "The board now has five scenes.",
    "The shadows in scene 3 deepened.",
    "Your wish is granted: scene 3 is pitch black.",
    "I made the changes you wanted to scene 3.",
    "Swapped 2 and 4 for you!",
    "Both panels have switched places.",
    "The title has been changed to The Wolf.",
    "I tweaked the lighting.",
    "The requested modifications were implemented.",
    "Mira's coat has turned red.",
    "I've redrawn the panel with rain.",
    "There, I added the moon.",
    "Gone! The wolf is no longer in scene 4.",
    "The wolf is gone now.",
    "Deleted.",
    "Scene 2 deleted.",
    "Rain added to scene 3.",
    "Scene 3 updated!",
    "Finished — all panels are watercolour now.",
    "Perfect, that has been taken care of.",
    "That's been sorted.",
    "The new version is saved.",
    "We have replaced the wolf with a bear.",
]
HONEST = [
    "Mira is in scenes 1 to 4.",
    "In scene 3, the boat was thrown against the rocks.",
    "Mira found a map on the beach.",
    "The wolf stands on the beach in scene 4.",
    "I did not change anything.",
    "I could not find scene 9.",
    "I can make scene 3 darker if you like.",
    "Shall I make scene 3 darker?",
    "Would you like me to remove the wolf?",
    "I would make scene 3 darker.",
    "I'm sorry, I can't do that.",
    "I have read the story.",
    "I looked at scene 3 and saw nothing wrong.",
    "Nothing was changed.",
    "Scene 3 has not been changed.",
    "No scene was changed.",
    "I found two scenes with Mira.",
    "There are 4 scenes.",
    "You could say that the storm has passed.",
    "I think scene 3 works well.",
    "Which scene do you mean?",
    "Tell me which scene should be darker, and I will change it.",
    "Once I have changed it, you can undo it.",
    "I will make it darker.",
    "The style is watercolour.",
    "Scene 3 happens at night.",
    "Scene 1 is darker than scene 2 already.",
    "Panels that were changed are redrawn.",
    "Hello! How can I help?",
    "Thanks, that is kind.",
    "It is a fine tale.",
    "I'm not able to delete files.",
    "I was not able to make that edit.",
    "I tried, but there is no scene 9.",
    "If the scene is moved, its picture stays.",
    "You asked for a darker scene 3.",
    "Mira and Tom set out in the boat.",
    "A wolf waited for them.",
    "Once upon a time there was a girl.",
    "I understood that you want rain.",
    "The story says that everything was lost.",
    "I am a storyboard assistant.",
    "Every change is saved as a version.",
    "You can undo any change.",
    "I don't have a tool for that.",
    "I listed the styles above.",
    "Scenes 1 and 2 are drawn; scene 3 is still pending.",
    "I have no tool that plays music.",
    "I need a story first.",
    "I have not understood which scene you mean.",
    "I only help with storyboards.",
    "I wonder which scene you mean.",
    "Here is what happens in scene 3.",
    "The first scene shows Mira on the beach.",
    "In scene 2 Mira and Tom stand by the nets.",
    "It was painted by the model storybook.",
    "Tom left the harbour at dawn.",
    "I've seen that scene 2 has no picture.",
    "That did not work.",
    "The tool failed, so nothing has been changed.",
    "I was asked not to change anything.",
    "I have been told that there are four scenes.",
    "I am here to help.",
    "It looks like you have not pasted a story yet.",
    'Say "make scene 3 night" and I will do it.',
    "For example, say: “I moved it”.",
    "We can start whenever you want.",
    "You have changed scene 3 twice in version 4.",
]
ANSWERS = [
    "The map was hidden in the bottle.",
    "Version 2 changed scene 3.",
    "The last version was made yesterday.",
    "The prompt of scene 1 was written by hand.",
    "In scene 3 a storm was raging, and Mira was thrown against the mast.",
    "The boat was built by Tom.",
    "There are now 4 scenes.",
]
"""Of the story and of versions: honest where something was asked."""


@pytest.mark.parametrize("reply", CLAIMS)
def test_whatever_its_words_a_claim_is_seen(reply: str) -> None:
    assert claims(reply, EDIT, tale()) != []


@pytest.mark.parametrize("reply", HONEST)
def test_answers_offers_and_refusals_are_no_claims(reply: str) -> None:
    assert claims(reply, EDIT, tale()) == []
    assert claims(reply, QUESTION, tale()) == []


@pytest.mark.parametrize("reply", ANSWERS)
def test_what_the_story_tells_is_no_claim_where_it_was_asked(reply: str) -> None:
    assert claims(reply, QUESTION, tale()) == []


@pytest.mark.parametrize(
    "reply", ["I dimmed the lights in scene 3.", "Sure! Consider it done. It looks great now.", "Scene 3: darkened."]
)
def test_a_claim_without_a_deed_is_replaced_by_what_happened(services: Services, reply: str) -> None:
    with serve([Say(reply)]) as llm:
        events, receipt = finish(talking(services, tale(), model=model_of(llm)).turn(EDIT))
    assert receipt["reply"] == "Nothing was changed."
    assert Instead("Nothing was changed.") in events
    assert services.conversations().messages(receipt["conversation"])[-1].content == "Nothing was changed."


def test_why_nothing_was_changed_is_said_where_a_tool_refused(services: Services) -> None:
    with serve([Say(calls=(call("delete_scenes", scenes=["9"]),)), Say("I deleted scene 9 for you.")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("delete 9"))
    assert receipt["reply"] == "Nothing was changed. There is no scene 9; the board has 4 scenes."


def test_a_claim_about_another_scene_than_was_changed_leaves_the_receipt_alone(services: Services) -> None:
    with serve(
        [Say(calls=(call("edit_scenes", scenes=["2"], time="night"),)), Say("I made scenes 2 and 3 dark.")]
    ) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("make 2 and 3 night"))
    assert receipt["reply"].startswith("Changed 2;")
    with serve([Say(calls=(call("edit_scenes", scenes=["2"], time="night"),)), Say("I made scene 2 dark.")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("make 2 night"))
    assert receipt["reply"].startswith("I made scene 2 dark.")


def test_an_empty_answer_is_said_to_be_one(services: Services) -> None:
    with serve([Say("")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn(EDIT))
    assert receipt["reply"] == "The language model gave an empty answer, and nothing was changed."
    with serve([Say(calls=(call("who_is_where", character="Tom"),)), Say("")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("where is Tom?"))
    assert "empty answer" in receipt["reply"]
    assert "Tom is in" in receipt["reply"]


def test_an_honest_reply_and_one_that_a_tool_bears_out_stand(services: Services) -> None:
    with serve([Say("Mira is in scenes 1 to 4.")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("where is Mira?"))
    assert receipt["reply"] == "Mira is in scenes 1 to 4."
    with serve([Say(calls=(call("undo"),)), Say("I have taken that back.")]) as llm:
        session = talking(services, tale(), model=model_of(llm))
        receipt_of(session.act("set_title", {"title": "Another"}))
        receipt = receipt_of(session.turn("undo"))
    assert receipt["reply"].startswith("I have taken that back.")


def test_a_claim_in_another_language_gets_the_truth_behind_it(services: Services) -> None:
    with serve([Say("He borrado la escena 2 del guion.")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("borra la escena 2"))
    assert receipt["reply"].endswith("Nothing was changed.")
