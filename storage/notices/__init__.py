"""What waits to be brought, alarms, and the duty roster."""

__all__ = ["alarm", "outbox", "parcel", "roster"]
