"""Working hours are data that an office edits: what must hold of them."""

from datetime import date, timedelta

import pytest

from content.clock.hours import CLOSED, HOURS, _spans


def test_on_every_day_one_row_holds_at_the_most():
    for ahead in range(0, 3000, 7):
        day = date(2026, 1, 1) + timedelta(days=ahead)
        assert sum(row.since <= day <= row.until for row in HOURS) == 1


def test_hours_are_in_order_and_somebody_is_there():
    assert all(row.workday for row in HOURS)
    assert all(note for note in CLOSED.values())


@pytest.mark.parametrize(
    "texts", [["12:00-09:00"], ["09:00-12:00", "11:00-17:00"], ["9点"], ["09:00-12:00-13:00"], ["09:00-09:00"]]
)
def test_hours_that_make_no_sense_stop_the_start(texts):
    with pytest.raises(ValueError, match=r".+"):
        _spans(texts)
