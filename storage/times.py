"""Times as they are stored: UTC, ISO-8601, fixed width, so that they sort as text."""

import secrets
import threading
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The default clock."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """``2026-11-23T01:02:03.000004Z`` of an aware datetime."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(stamped: str) -> datetime:
    """The aware datetime of a stamp."""
    return datetime.fromisoformat(stamped)


class _Ids:
    """Ids of one millisecond go up too, so that what one transaction writes keeps its order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (0, 0)

    def next(self, millisecond: int) -> str:
        with self._lock:
            before, tail = self._last
            tail = tail + 1 + secrets.randbelow(1 << 32) if millisecond == before else secrets.randbits(47)
            self._last = (millisecond, tail)
        return f"{millisecond:012x}{tail:012x}"


_ids = _Ids()


def new_id(at: datetime) -> str:
    """A 24-digit hex id that sorts by time of making, within one moment by order of making, and cannot be guessed."""
    return _ids.next(int(at.timestamp() * 1000))
