"""Who is told what, by which channel, by when; alarms, and the roster they go by."""

__all__ = ["alarms", "channels", "colleagues", "roster", "telling"]
