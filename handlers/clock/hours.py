"""Working hours (工作时间): whether staff are there, and when they will be back."""

from datetime import date, datetime, time, timedelta

from content.clock.hours import CLOSED, HOURS, Spans
from content.replies import say
from content.tables import in_force
from handlers.clock import deadlines
from handlers.office import Office

AHEAD = 30
"""Days that are looked through for the next opening: no holiday is as long."""
DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"


def now_open(office: Office, now: datetime) -> bool:
    """Whether staff are at work at that moment."""
    here = now.astimezone(office.timezone)
    return any(begin <= here.time() < end for begin, end in _spans(here.date())[0])


def note(office: Office, now: datetime) -> str:
    """'' in hours; else one sentence for a reply: when staff are back, that the report is kept, whom to call now."""
    if now_open(office, now):
        return ""
    here = now.astimezone(office.timezone)
    day, begin, provisional = _next_opening(here)
    back = f"{_called(day, here.date())}{begin:%H:%M}" if day and begin else "上班"
    return say("hours_note", back=back, provisional=provisional, reason=CLOSED.get(here.date(), ""))


def told(office: Office, now: datetime) -> str:
    """When somebody can be spoken to: 现在, or the next opening."""
    if now_open(office, now):
        return "现在"
    here = now.astimezone(office.timezone)
    day, begin, _ = _next_opening(here)
    return f"{_called(day, here.date())}{begin:%H:%M}起" if day and begin else "上班时间"


def _spans(day: date) -> tuple[Spans, bool]:
    """(the hours of a day, whether the calendar of that day is not published yet)."""
    next_workday = deadlines.due(day - DAY, 1, "workday")
    rows = in_force(HOURS, day)
    if next_workday.on != day or day in CLOSED or not rows:
        return (), next_workday.provisional
    return rows[0].on(day.weekday()), next_workday.provisional


def _next_opening(here: datetime) -> tuple[date | None, time | None, bool]:
    """(day, time, provisional) when the office opens next; (None, None, …) when it does not for a long time."""
    provisional = False
    for ahead in range(AHEAD):
        day = here.date() + ahead * DAY
        spans, unsure = _spans(day)
        provisional |= unsure
        for begin, _ in spans:
            if ahead or begin > here.time():
                return day, begin, provisional
    return None, None, provisional


def _called(day: date, today: date) -> str:
    name = {today: "今天", today + DAY: f"明天（周{WEEKDAYS[day.weekday()]}）"}.get(day)
    return name or f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
