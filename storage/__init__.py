"""Memory: what is remembered, and how it is kept secret. Knows nothing of the other rooms."""

from storage.errors import Conflict, StorageError, Unavailable

__all__ = ["Conflict", "StorageError", "Unavailable"]
