"""What can go wrong while understanding and deciding, each with one line for a person."""


def first_line(error: BaseException) -> str:
    """What an error says first, or else its name."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


class AgentError(Exception):
    """Base of every error that `agent` raises on purpose; its text is one line: what happened and what to do."""


class SettingsError(AgentError):
    """An environment variable has a value that cannot be used; one line per mistake."""


class StoryError(AgentError):
    """A story cannot be read (not text, too large, damaged file)."""


class PictureError(AgentError):
    """A picture that somebody gave cannot be used (no picture, too large, damaged)."""


class EditError(AgentError):
    """An edit cannot be made on this board; nothing was changed."""


class ExportError(AgentError):
    """A board cannot be written in that format or to that place."""
