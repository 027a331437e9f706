"""How memory is kept: one database, its times, sealing, and files."""

__all__ = [
    "boxes",
    "condition",
    "database",
    "durable",
    "files",
    "key_file",
    "moving",
    "paging",
    "remedies",
    "sealing",
    "session",
    "times",
    "words",
]
