"""Reports and complaints, and all that hangs on one."""

__all__ = ["deadline", "evidence", "identity", "receipt", "related", "submission", "task", "words"]
