"""Working hours are data that an office edits: what must hold of them."""

from datetime import date, timedelta

from content.clock.hours import CLOSED, HOURS
from content.tables import in_force


def test_on_every_day_one_row_holds_at_the_most():
    for ahead in range(0, 3000, 7):
        day = date(2026, 1, 1) + timedelta(days=ahead)
        assert len(in_force(HOURS, day)) == 1


def test_hours_are_in_order_and_somebody_is_there():
    assert all(row.workday for row in HOURS)
    assert all(note for note in CLOSED.values())
