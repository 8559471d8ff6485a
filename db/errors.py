"""What can go wrong in the memory, each with one line for a person."""


class DatabaseError(Exception):
    """Base of every error that `db` raises on purpose; its text is one line that says what happened and what to do."""


class InvalidBoardError(DatabaseError):
    """A board, or the JSON of one, breaks a rule that every board keeps."""


class NotFoundError(DatabaseError):
    """Nothing of that id belongs to this owner."""


class AmbiguousReferenceError(DatabaseError):
    """A shortened id fits more than one thing."""


class HeadMovedError(DatabaseError):
    """Someone else committed in the meantime; the edit should be made again on the new head."""


class StorageError(DatabaseError):
    """The disk is full, the folder is read-only, or the database cannot be reached; nothing was changed."""


class NewerDatabaseError(DatabaseError):
    """The database was written by a newer program than this one."""


class DamagedPictureError(DatabaseError):
    """A stored picture is missing or is not what its name says."""


class BackupError(DatabaseError):
    """A file is not a whole backup; nothing was restored."""


class AlreadySentError(DatabaseError):
    """This message was stored already: the same send came twice."""


class BusyError(DatabaseError):
    """Another turn has the conversation."""


class LostTurnError(DatabaseError):
    """The conversation was taken over by another turn, since this one did not show itself for long."""
