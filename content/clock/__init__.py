"""Periods of the law, and the office's hours."""
