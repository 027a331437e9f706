"""How the body of a request is received, before any door sees it."""

from collections.abc import Callable
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Gate:
    """Whether a body is read at all, by the query string; how many bytes; in how many seconds all of it."""

    seconds: float = 60.0
    limit: int = 32 * MEBIBYTE
    reads: Callable[[str], bool] = lambda query: True
