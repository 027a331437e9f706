"""Reports and complaints: how one is born, what staff do with it, and what is hinted to them."""

__all__ = [
    "contact",
    "desk",
    "evidence",
    "hints",
    "intake",
    "orders",
    "procedure",
    "receipts",
    "registration",
    "reports",
    "revealing",
    "stages",
    "steps",
]
