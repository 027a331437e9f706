"""Times as the API reads and writes them."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.errors import Refused

# RFC 3339, or less of it. In a query the plus sign of an offset arrives as a space when it was not escaped.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:(Z)|([-+ ]\d\d:\d\d))?)?", re.A | re.I)
EXAMPLE = "2026-11-23T09:00:00+08:00"


def written(moment: datetime, zone: ZoneInfo) -> str:
    """RFC 3339 in the office's time zone, to the second."""
    local = moment.astimezone(zone).isoformat(timespec="seconds")
    # Longer in the local mean time of a century ago, whose offsets have seconds: RFC 3339 has no such.
    return local if len(local) == len(EXAMPLE) else moment.astimezone(UTC).isoformat(timespec="seconds")


def read(text: str, field: str, zone: ZoneInfo, *, local: bool = True) -> datetime:
    """The aware time of an RFC 3339 text.

    With `local` a date, or a time without offset, is taken in `zone`. Raises Refused for anything else, and
    for times that cannot be shown both there and in UTC.
    """
    try:
        found = _TIME.fullmatch(text)
        if found is None:
            raise ValueError(text)
        day, hour, utc, offset = found.groups()
        zoned = "+00:00" if utc else (offset or "").replace(" ", "+")
        if not zoned and not local:
            raise Refused("invalid_field", f"{field} 缺少时区偏移，请写成 {EXAMPLE} 这样的时间。", field=field)
        moment = datetime.fromisoformat(f"{day}T{hour or '00:00'}{zoned}")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        moment.astimezone(UTC)
        moment.astimezone(zone)
    except (ValueError, OverflowError):
        raise Refused("invalid_field", f"{field} 不是可用的时间，请写成 {EXAMPLE} 这样的时间。", field=field) from None
    return moment


def end(text: str, field: str, zone: ZoneInfo) -> datetime:
    """The end of a period: a date means that whole day."""
    moment = read(text, field, zone)
    whole_day = len(text) == len("2026-11-23") and moment.date() < date.max
    return moment + timedelta(days=1) if whole_day else moment
