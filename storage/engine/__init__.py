"""How memory is kept: one database, its times, sealing, and files."""

__all__ = ["database", "durable", "files", "paging", "remedies", "sealing", "session", "times", "words"]
