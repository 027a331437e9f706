"""Working days and statutory holidays (工作日历), and how sure each is.

The State Council publishes a year's calendar in the autumn before; what lies beyond is an estimate.
"""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays


@cache
def _statutory(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year))


def workday(day: date) -> tuple[bool, bool]:
    """(is a working day, is certain)."""
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:
        return day.weekday() < 5 and day not in _statutory(day.year), False


def holiday(day: date) -> tuple[bool, bool]:
    """(is a statutory holiday, is certain)."""
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
        return bool(off and name), True
    except NotImplementedError:
        return day in _statutory(day.year), False


def workdays_before(day: date, count: int) -> date:
    """The working day that is so many working days before `day`, which itself does not count."""
    while count:
        day -= timedelta(days=1)
        count -= workday(day)[0]
    return day
