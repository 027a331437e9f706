"""Codes that people read from a screen and type on a phone."""

import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Capital letters and digits without 0, 1, I and O, which are taken for one another: five bits each."""


def make_code(length: int) -> str:
    """A random code that cannot be counted up."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))
