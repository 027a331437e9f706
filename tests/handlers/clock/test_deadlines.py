"""The statutory clock."""

from datetime import date

import pytest

from handlers.clock.deadlines import due, rule


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-09-18", 7, "2026-09-29"),  # Mid-Autumn off, its make-up Sunday works
        ("2026-09-28", 15, "2026-10-23"),  # across the National Day week
        ("2026-04-30", 7, "2026-05-13"),  # across May Day, with a make-up Saturday
        ("2026-12-22", 7, "2026-12-31"),
        ("2026-11-23", 1, "2026-11-24"),  # the day of receipt does not count
        ("2026-11-27", 1, "2026-11-30"),  # nor does the weekend
        ("2026-11-28", 1, "2026-11-30"),
    ],
)
def test_working_days_are_those_the_state_council_published(start, days, end):
    assert (due(day(start), days, "workday").on, due(day(start), days, "workday").provisional) == (day(end), False)


def test_a_period_into_a_year_without_a_calendar_is_provisional_and_skips_what_is_sure():
    found = due(day("2026-12-23"), 7, "workday")
    assert found.provisional
    assert found.on > day("2027-01-01")
    assert found.on.weekday() < 5


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-23", 60, "2027-01-22"),
        ("2026-08-01", 60, "2026-09-30"),
        ("2026-08-02", 60, "2026-10-08"),  # ends on National Day: first day after the holiday
        ("2026-03-02", 60, "2026-05-06"),  # ends on May Day
        ("2026-07-01", 60, "2026-08-30"),  # a Sunday stands
    ],
)
def test_natural_days_that_end_on_a_statutory_holiday_move_on_and_others_do_not(start, days, end):
    assert due(day(start), days, "day").on == day(end)


def test_natural_days_into_a_year_without_a_calendar_are_provisional():
    assert due(day("2026-11-23"), 60, "day").provisional
    assert not due(day("2026-08-02"), 60, "day").provisional


@pytest.mark.parametrize(
    ("code", "received", "last"),
    [
        ("complaint.accept", "2026-04-14", "2026-04-23"),  # Order 20, Art. 14: seven working days
        ("complaint.accept", "2026-04-15", "2026-04-24"),  # Order 121, Art. 15: seven working days
        ("complaint.mediate", "2026-04-14", "2026-06-18"),  # Order 20, Art. 21: 45 working days
        ("complaint.mediate", "2026-04-15", "2026-06-14"),  # Order 121, Art. 23: 60 days; a Sunday stands
        ("report.verify", "2026-04-14", "2026-05-08"),  # procedure rules, Art. 18: 15 working days, over May Day
        ("report.case", "2026-04-15", "2026-07-14"),  # procedure rules, Art. 64: 90 days
    ],
)
def test_a_submission_follows_the_rules_of_the_day_it_was_received(code, received, last):
    found = rule(code, day(received))
    assert due(day(received), found.days, found.unit).on == day(last)
