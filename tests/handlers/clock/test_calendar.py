"""Working days and holidays."""

from datetime import date

import pytest

from handlers.clock import calendar


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("on", "works", "holiday"),
    [
        ("2026-10-01", False, True),
        ("2026-10-10", True, False),  # a Saturday that makes up for it
        ("2026-11-28", False, False),  # an ordinary Saturday
        ("2026-11-30", True, False),
    ],
)
def test_a_published_year_is_certain(on, works, holiday):
    assert calendar.workday(day(on)) == (works, True)
    assert calendar.holiday(day(on)) == (holiday, True)


def test_a_year_that_is_not_published_is_an_estimate():
    assert calendar.workday(day("2049-10-01")) == (False, False)
    assert calendar.holiday(day("2049-10-01")) == (True, False)
    assert calendar.workday(day("2049-10-12")) == (True, False)


@pytest.mark.parametrize(
    ("by", "before"),
    [
        ("2026-12-02", "2026-11-30"),
        ("2026-12-01", "2026-11-27"),  # over a weekend
        ("2026-11-29", "2026-11-26"),  # a day off itself
        ("2026-10-09", "2026-09-30"),  # over the National Day week
        ("2026-10-12", "2026-10-09"),  # its make-up Saturday works
        ("2026-05-07", "2026-04-30"),  # over May Day
    ],
)
def test_two_working_days_before(by, before):
    assert calendar.workdays_before(day(by), 2) == day(before)
