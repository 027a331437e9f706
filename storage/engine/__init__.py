"""How memory is kept: one database, its times, sealing, and files."""

__all__ = ["boxes", "database", "durable", "files", "key_file", "paging", "sealing", "session", "times", "words"]
