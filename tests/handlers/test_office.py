"""The office's own time: its day, its duty day, and how long it waits."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.office import Office

OFFICE = Office("新密市场监管", "新密市", "http://127.0.0.1:8000", ZoneInfo("Asia/Shanghai"), duty_starts=time(8, 30))


def test_the_day_is_that_of_the_office():
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    assert str(OFFICE.today(late)) == "2026-11-24"
    assert OFFICE.local(late) == "2026-11-24 00:30"


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-23 00:29", "2026-11-22"),  # 08:29 there: whoever had the night still has it
        ("2026-11-23 00:30", "2026-11-23"),
        ("2026-11-23 16:30", "2026-11-23"),  # past midnight there
    ],
)
def test_a_duty_day_runs_from_morning_to_morning(utc, day):
    assert str(OFFICE.duty_day(datetime.fromisoformat(utc).replace(tzinfo=UTC))) == day


def test_waiting_times_are_told_in_whole_minutes():
    office = Office("", "", "", OFFICE.timezone, picture_window=timedelta(minutes=15), alarm_wait=timedelta(seconds=90))
    assert (office.picture_minutes, office.alarm_minutes) == (15, 1)
