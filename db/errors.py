"""What can go wrong in the memory, each with one line for a person."""


class DatabaseError(Exception):
    """Base of every error that `db` raises on purpose; its text is one line that says what happened and what to do."""


class InvalidBoardError(DatabaseError):
    """A board, or the JSON of one, breaks a rule that every board keeps."""


class NotFoundError(DatabaseError):
    """Nothing of that id belongs to this owner."""
