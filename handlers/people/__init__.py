"""The accounts of staff: who they are, what they may, how they are reached."""

__all__ = ["accounts", "binding", "delegating", "factor", "granting", "signing_in"]
