"""Times as they are stored: UTC, ISO-8601, fixed width, so that they sort as text."""

import secrets
from datetime import UTC, datetime


def utc_now() -> datetime:
    """The default clock."""
    return datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """``2026-11-23T01:02:03.000004Z`` of an aware datetime."""
    # Not strftime: it writes the year 999 with three digits.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(stamped: str) -> datetime:
    """The aware datetime of a stamp."""
    return datetime.fromisoformat(stamped)


def new_id(at: datetime) -> str:
    """A 24-digit hex id that sorts by time of making (to the millisecond) and cannot be guessed."""
    return f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(6)}"
