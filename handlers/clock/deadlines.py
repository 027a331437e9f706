"""The statutory clock: which day the law means.

The day of receipt does not count; counting begins on the next working day or natural day. A natural-day
period that would end on a statutory holiday ends on the first day after it; an ordinary weekend does not
move it, which is the earlier and safer reading (Order 121, Art. 45; procedure rules, Art. 80).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from content.clock.deadlines import LABELS, RULES, DeadlineRule
from content.tables import in_force
from handlers.clock import calendar

LONGEST = 200
"""Natural days: no period of the rules is longer, holidays included. Any date may be typed in as received."""


@dataclass(frozen=True)
class Due:
    """The last day of a period; `provisional` when it needs a year whose calendar is not published yet."""

    on: date
    provisional: bool


def due(start: date, days: int, unit: str) -> Due:
    """The last day of `days` (``workday`` or ``day``) that begin after `start`; at most the calendar's last."""
    return _due(start, days, unit, calendar.edition())


@lru_cache(maxsize=4096)  # thousands a day start alike
def _due(start: date, days: int, unit: str, _edition: str) -> Due:
    if (date.max - start).days < LONGEST:
        return Due(date.max, True)
    day, certain = start, True
    if unit == "workday":
        while days:
            day += timedelta(days=1)
            works, known = calendar.workday(day)
            days -= works
            certain &= known
        return Due(day, not certain)
    day += timedelta(days=days)
    off, certain = calendar.holiday(day)
    while off:
        day += timedelta(days=1)
        off, known = calendar.holiday(day)
        certain &= known
    return Due(day, not certain)


def label(code: str) -> str:
    """What a period asks for, in words."""
    return LABELS[code]


def rule(code: str, day: date) -> DeadlineRule:
    """The rule `code` in force on the day that starts the period."""
    return next(rule for rule in in_force(RULES, day) if rule.code == code)
