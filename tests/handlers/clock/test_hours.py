"""Whether staff are there, and when they will be back."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from content.clock.hours import Hours
from handlers.clock import hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
KNOWN: dict[str, Any] = {"basis": "本局公告", "checked": date(2026, 11, 23), "sure": True}
ROW = Hours(workday=("09:00-12:00", "13:00-17:00"), friday=("09:00-12:00",), until=date(2027, 2, 28), **KNOWN)
LATER = Hours(workday=("08:30-12:00",), since=date(2027, 3, 1), **KNOWN)


@pytest.fixture(autouse=True)
def office_hours(monkeypatch):
    """Hours of this test's own: an office may edit hours.toml."""
    monkeypatch.setattr(hours, "HOURS", (ROW, LATER))
    monkeypatch.setattr(hours, "CLOSED", {date(2026, 11, 25): "机关搬迁"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "moment",
    [
        *("2026-11-23 09:00", "2026-11-23 11:59", "2026-11-23 13:00", "2026-11-23 16:59", "2026-11-27 09:30"),
        *("2026-09-20 10:00", "2026-10-10 10:00", "2026-02-14 16:00"),  # make-up days at weekends
    ],
)
def test_in_hours_nothing_needs_saying(service, moment):
    assert hours.now_open(service.office, at(moment))
    assert hours.note(service.office, at(moment)) == ""


@pytest.mark.parametrize(
    ("moment", "back"),
    [
        ("2026-11-23 08:59", "今天09:00"),
        ("2026-11-23 12:00", "今天13:00"),
        ("2026-11-23 17:00", "明天（周二）09:00"),
        ("2026-11-23 23:59", "明天（周二）09:00"),
        ("2026-11-24 00:00", "今天09:00"),
        ("2026-11-27 13:00", "11月30日（周一）09:00"),  # a short Friday
        ("2026-11-28 10:00", "11月30日（周一）09:00"),
        ("2026-11-29 10:00", "明天（周一）09:00"),
        ("2026-09-30 18:00", "10月8日（周四）09:00"),  # National Day
        ("2026-10-09 18:00", "明天（周六）09:00"),  # a make-up Saturday
        ("2026-02-14 18:00", "2月24日（周二）09:00"),  # Spring Festival
        ("2026-11-24 18:00", "11月26日（周四）09:00"),  # closed in between
    ],
)
def test_out_of_hours_it_is_said_when_staff_are_back(service, moment, back):
    said = hours.note(service.office, at(moment))
    assert not hours.now_open(service.office, at(moment))
    assert f"{back}上班后处理" in said
    assert "120" in said
    assert "暂估" not in said
    assert said.count("。") == 1


@pytest.mark.parametrize(
    ("moment", "when"),
    [
        ("2026-11-23 10:00", "现在"),
        ("2026-11-23 12:30", "今天13:00起"),
        ("2026-11-28 10:00", "11月30日（周一）09:00起"),
    ],
)
def test_when_somebody_can_be_spoken_to(service, moment, when):
    assert hours.told(service.office, at(moment)) == when


def test_a_day_closed_besides_says_why(service):
    said = hours.note(service.office, at("2026-11-25 10:00"))
    assert "机关搬迁" in said
    assert "明天（周四）09:00" in said


def test_a_year_without_a_calendar_is_provisional(service):
    said = hours.note(service.office, at("2026-12-31 18:00"))
    assert "暂估" in said
    assert "2027" not in said
    assert "1月4日（周一）09:00" in said


def test_hours_change_on_their_day(service):
    assert "3月1日（周一）08:30" in hours.note(service.office, at("2027-02-27 10:00"))


def test_the_time_is_the_offices_own(service):
    assert hours.now_open(service.office, datetime.fromisoformat("2026-11-23T01:00:00+00:00"))
    assert not hours.now_open(service.office, datetime.fromisoformat("2026-11-23T10:00:00+00:00"))


def test_an_office_without_hours_names_no_time(service, monkeypatch):
    monkeypatch.setattr(hours, "HOURS", ())
    said = hours.note(service.office, at("2026-11-23 10:00"))
    assert "上班后处理" in said
