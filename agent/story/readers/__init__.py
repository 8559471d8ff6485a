"""Story files to text and typed lines: plain text, Markdown, Fountain, Final Draft, Word, PDF.

Bytes become blocks of lines (one module a format), `recogniser` decides what each line is, `layout` writes the text in
which everything is known by its position.
"""

from agent.story.readers.files import MAX_BYTES, MAX_CHARACTERS, STORY_KINDS, load_story, parse_story
from agent.story.readers.headings import cue_name, is_cue, is_heading, is_slug, read_heading, speaker_name
from agent.story.readers.values import Heading, Line, Script, StoryText

__all__ = [
    "MAX_BYTES",
    "MAX_CHARACTERS",
    "STORY_KINDS",
    "Heading",
    "Line",
    "Script",
    "StoryText",
    "cue_name",
    "is_cue",
    "is_heading",
    "is_slug",
    "load_story",
    "parse_story",
    "read_heading",
    "speaker_name",
]
