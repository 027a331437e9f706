"""What stands before a text for a spreadsheet to leave it alone: ="0123", '0123."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: Excel would compute it, and strangers write these texts."""
_MARKED = re.compile(r'="(.*)"|\'(.*)', re.DOTALL)


def unmarked(text: str) -> str:
    """The text alone."""
    marked = _MARKED.fullmatch(text)
    return (marked[1] or marked[2] or "").strip() if marked else text


def harmless(text: str) -> str:
    """The text as no spreadsheet computes it."""
    return f"'{text}" if text.startswith(FORMULA) else text
