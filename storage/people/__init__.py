"""Accounts of staff, and how they are reached."""

__all__ = ["contact", "delegation", "factor", "proposal", "staff"]
