"""How memory is kept: one database, its times, sealing, and files."""

__all__ = ["database", "files", "paging", "sealing", "session", "times"]
