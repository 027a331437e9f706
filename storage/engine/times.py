"""Times as they are stored: UTC, ISO-8601, fixed width, so that they sort as text."""

import itertools
import secrets
from collections.abc import Mapping
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


def day_of(moment: datetime) -> datetime:
    """Its day in UTC, and nothing nearer."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


_made = itertools.count(1)


def new_id(at: datetime) -> str:
    """A 24-digit hex id that sorts by time of making, also within one transaction, and cannot be guessed."""
    return f"{int(at.timestamp() * 1000):012x}{next(_made) & 0xFFFF:04x}{secrets.token_hex(4)}"


def first_id(at: datetime) -> str:
    """What is not above any id made from then on."""
    return f"{int(at.timestamp() * 1000):012x}"


def stamped(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a row, with moments as they are stored."""
    return {name: stamp(value) if isinstance(value, datetime) else value for name, value in values.items()}
