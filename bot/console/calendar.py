"""The working days: how far they are known, and the State Council's notice pasted in, read back before it counts."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot import working_days as taken
from bot.console.forms import typed
from bot.console.session import Visit
from handlers.clock import calendar, notice
from handlers.clock.notice import NoNoticeError
from storage import audit
from storage import calendar as days
from storage.engine.database import Tx

WEEKDAYS = "一二三四五六日"


def look(visit: Visit) -> ResponseReturnValue:
    """How far the calendar goes, and the form."""
    return _page(visit)


def read(visit: Visit) -> ResponseReturnValue:
    """What the pasted notice says, to be compared with it; nothing counts yet."""
    text = typed().get("text", "")
    try:
        return _page(visit, text=text, found=notice.read(text))
    except NoNoticeError as error:
        return _page(visit, text=text, problem=str(error)), 422


def take_in(visit: Visit) -> ResponseReturnValue:
    """Count by the notice from now on, and say how many periods were counted again."""
    text = typed().get("text", "")
    try:
        found = notice.read(text)
    except NoNoticeError as error:
        return _page(visit, text=text, problem=str(error)), 422

    def keep(tx: Tx) -> int:
        changed = sum(days.put(tx, day, works=works, name=name) for day, (works, name) in found.items())
        audit.write(
            tx, actor=visit.staff.name, action="calendar", subject=str(max(found).year), detail=f"{changed} days"
        )
        return changed

    changed = visit.service.db.write(keep)
    again = taken.recompute(visit.service.db)
    return redirect(url_for("console.calendar_look", changed=changed, again=again), 303)


def _page(visit: Visit, *, text: str = "", found: dict[date, tuple[bool, str]] | None = None, problem: str = "") -> str:
    with visit.service.db.read() as tx:
        known = days.days(tx)
    return render_template(
        "console/calendar.html",
        until=calendar.known_until(),
        kept=_by_holiday(known),
        found=_by_holiday(found or {}),
        text=text,
        problem=problem,
        changed=request.args.get("changed", type=int),
        again=request.args.get("again", type=int),
    )


def _by_holiday(found: dict[date, tuple[bool, str]]) -> list[dict[str, Any]]:
    """A row a holiday: its days off and the days that are worked for it."""
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    for day, (works, name) in sorted(found.items()):
        row = rows.setdefault((day.year, name), {"year": day.year, "name": name, "off": [], "worked": []})
        row["worked" if works else "off"].append(f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）")
    return list(rows.values())
