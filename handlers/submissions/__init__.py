"""Reports and complaints: how one is born, what staff do with it, and what is hinted to them."""

__all__ = ["desk", "evidence", "hints", "intake", "procedure", "receipts", "revealing"]
