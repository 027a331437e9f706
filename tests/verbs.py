"""Verbs that tests of every room use."""

import time
from collections.abc import Callable


def until(holds: Callable[[], object], what: str, seconds: float = 60) -> None:
    """Wait until something holds; says what never came. Long enough for a machine that is busy with other things."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what} did not come within {seconds:g} seconds"
        time.sleep(0.02)
