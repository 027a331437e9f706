"""Periods of the law, and the office's hours."""

__all__ = ["deadlines", "hours"]
