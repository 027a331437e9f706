"""What can go wrong with memory."""


class StorageError(Exception):
    """Root of every error of this package; its text says what happened, to what, and what to do."""


class Unavailable(StorageError):
    """Nothing could be written or read now (disk full, locked, gone): the caller should try again."""


class Conflict(StorageError):
    """Somebody else changed the row first (compare-and-set lost), or a unique value is taken."""


class BadCursor(StorageError):
    """A page of a list was asked for with a cursor that was not given out for that list."""
