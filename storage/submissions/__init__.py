"""Reports and complaints, and all that hangs on one."""

__all__ = [
    "deadline",
    "draft",
    "evidence",
    "identity",
    "listing",
    "order",
    "receipt",
    "related",
    "submission",
    "task",
    "words",
]
