"""The computation of a period, day by day: what each day is, and as which it counts."""

from collections.abc import Iterator
from datetime import date, timedelta

from handlers.clock import calendar, deadlines
from storage.submissions.deadline import Deadline

WEEKDAYS = "一二三四五六日"
LAST = "届满"


def days(one: Deadline) -> list[dict[str, str]]:
    """From the day that starts it to its last; none for one whose first day is not on record."""
    if not one.started_on:
        return []
    first, last = date.fromisoformat(one.started_on), date.fromisoformat(one.due_on)
    whole = deadlines.rule(one.code, first).days + one.stood + one.extended
    rows = [_row(first, "起算日，不计入")]
    counted = 0
    for day in _after(first, last):
        what, counts = _of_week(day) if one.unit == "workday" else _natural(day, counted, whole)
        counted += counts
        rows.append(_row(day, what, counted if counts else 0, ends=day == last))
    return rows


def _after(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(1, (last - first).days + 1))


def _row(day: date, what: str, n: int = 0, *, ends: bool = False) -> dict[str, str]:
    known = calendar.workday(day)[1]
    said = what + ("" if known else "（暂估）") + (f"，{LAST}" if ends else "")
    return {"on": day.isoformat(), "weekday": WEEKDAYS[day.weekday()], "what": said, "n": str(n) if n else "不计"}


def _of_week(day: date) -> tuple[str, bool]:
    """What a day is where working days count."""
    works, weekend = calendar.workday(day)[0], day.weekday() >= 5
    if works:
        return "工作日（调休上班）" if weekend else "工作日", True
    return "节假日" if calendar.holiday(day)[0] else "周末" if weekend else "节假日", False


def _natural(day: date, counted: int, whole: int) -> tuple[str, bool]:
    """What a day is where all of them count; behind the last one there are holidays alone."""
    if counted < whole:
        return "节假日" if calendar.holiday(day)[0] else "自然日", True
    return "届满日逢法定节假日，顺延", False
