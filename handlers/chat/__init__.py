"""A message in, a reply out: the only place that knows the message. Read `routes` first."""

__all__ = ["context", "flood", "message", "reminding", "routing", "verbs"]
