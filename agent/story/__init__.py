"""Reading a story: pure functions from text to the values of a storyboard. Nothing here draws, stores or asks anybody.

    story = load_story(data, "tale.docx")      # readers: bytes -> StoryText
    board = read_story(story, style="ink noir")  # everything below in one call: StoryText or str -> Board

The parts, each usable alone: sentences -> segmentation -> cast -> details -> summary -> prompts -> dialect.
"""

from agent.story.cast import Cast, find_cast, read_scene
from agent.story.details import Details, scene_details
from agent.story.dialect import Budget, Phrased, Vocabulary, load_vocabulary, phrase, token_budget
from agent.story.dialogue import speaking
from agent.story.modelled import Fill, ModelReading, read_scene_with_model, read_with_model
from agent.story.prompts import Prompt, look, refresh_prompt, refresh_prompts, write_prompt
from agent.story.readers import StoryText, load_story, parse_story
from agent.story.reading import cast_by_hand, merge_texts, new_scene, read_more, read_story, retell, split_text
from agent.story.segmentation import SceneText, segment_story
from agent.story.sentences import Sentence, split_sentences
from agent.story.styles import Style, find_style, styles
from agent.story.summary import Summarizer, load_summarizer, summarise

__all__ = [
    "Budget",
    "Cast",
    "Details",
    "Fill",
    "ModelReading",
    "Phrased",
    "Prompt",
    "SceneText",
    "Sentence",
    "StoryText",
    "Style",
    "Summarizer",
    "Vocabulary",
    "cast_by_hand",
    "find_cast",
    "find_style",
    "load_story",
    "load_summarizer",
    "load_vocabulary",
    "look",
    "merge_texts",
    "new_scene",
    "parse_story",
    "phrase",
    "read_more",
    "read_scene",
    "read_scene_with_model",
    "read_story",
    "read_with_model",
    "refresh_prompt",
    "refresh_prompts",
    "retell",
    "scene_details",
    "segment_story",
    "speaking",
    "split_sentences",
    "split_text",
    "styles",
    "summarise",
    "token_budget",
    "write_prompt",
]
