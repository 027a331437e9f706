"""Working days and statutory holidays (工作日历), and how sure each is.

The State Council publishes a year's calendar in the autumn before. Known are the years that the library has and those
an office has taken in from the notice; what lies beyond is an estimate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays

NO_CALENDAR = date(2003, 12, 31)
"""The last day of the years of which nobody has written the working days down."""


@dataclass(frozen=True)
class Published:
    """What an office took in: the days that are not as the week has them, and the years that are whole by that.

    `days` is day -> (works, name of the holiday). `edition` tells one state of it from another.
    """

    days: Mapping[date, tuple[bool, str]] = field(default_factory=dict)
    edition: str = ""

    @property
    def years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.days)


_published = Published()


def publish(published: Published) -> None:
    """Count by this from now on, in this process."""
    global _published
    _published = published
    _years.cache_clear()


def edition() -> str:
    """What is counted by now; what is remembered of an earlier one holds no more."""
    return _published.edition


def known_until() -> date:
    """The last day that is certain."""
    last = _library_until()
    while last + 1 in _years():
        last += 1
    return date(last, 12, 31)


@cache
def _library_until() -> int:
    """The last year that the library has."""
    year = NO_CALENDAR.year + 1
    while True:
        try:
            chinese_calendar.is_workday(date(year, 1, 1))
        except NotImplementedError:
            return year - 1
        year += 1


@cache
def _years() -> frozenset[int]:
    return _published.years


@cache
def _statutory(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("CN", years=year))


def workday(day: date) -> tuple[bool, bool]:
    """(is a working day, is certain)."""
    if day in _published.days:
        return _published.days[day][0], True
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:
        known = day.year in _years()
        return day.weekday() < 5 and (known or day not in _statutory(day.year)), known


def holiday(day: date) -> tuple[bool, bool]:
    """(is a day of a statutory holiday as it was arranged, is certain)."""
    if day in _published.days:
        works, name = _published.days[day]
        return bool(name) and not works, True
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
        return bool(off and name), True
    except NotImplementedError:
        known = day.year in _years()
        return not known and day in _statutory(day.year), known


def workdays_until(begins: date, ends: date) -> int:
    """How many working days come after `begins` until `ends`, this one included; before 2004 Mondays to Fridays."""
    early = _weekdays_until(begins, min(ends, NO_CALENDAR)) if begins < NO_CALENDAR else 0
    since = max(begins, NO_CALENDAR)
    days = (since + timedelta(days=n) for n in range(1, (ends - since).days + 1))
    return early + sum(workday(day)[0] for day in days)


def _weekdays_until(begins: date, ends: date) -> int:
    weeks, rest = divmod((ends - begins).days, 7)
    return weeks * 5 + sum((begins + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))


def workdays_before(day: date, count: int) -> date:
    """The working day that is so many working days before `day`, which itself does not count."""
    while count:
        day -= timedelta(days=1)
        count -= workday(day)[0]
    return day
