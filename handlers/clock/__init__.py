"""What day it is by the law and by the office: periods, working days, hours."""

__all__ = ["calendar", "deadlines", "hours", "notice"]
