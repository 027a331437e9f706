"""How memory is kept: one database, its times, sealing, and files."""

__all__ = ["database", "durable", "files", "moving", "paging", "remedies", "sealing", "session", "times", "words"]
