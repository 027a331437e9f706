"""Businesses, penalties, listings, and the files they came from."""

__all__ = ["business", "imports", "listing", "penalty"]
