"""The periods of a submission: what starts, stops, moves and ends its clocks, always on the day it was really done.

A period follows the rule in force on the day that starts it. What was met late stays late.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from handlers.clock import calendar, deadlines
from handlers.office import Office
from storage import timeline
from storage.engine.database import Tx
from storage.submissions import deadline
from storage.submissions.deadline import Deadline

WORKDAY = "workday"
OWN = frozenset({"order.reply"})
"""Another office's periods: they run on whatever is decided here, until what they ask for itself is done."""


def start(tx: Tx, id: str, code: str, day: date, *, until: date | None = None) -> Deadline:
    """Start the period `code` of a submission, which begins after `day`.

    `until` is its last day where another office has set it.
    """
    first = begun(code, day)
    if until:
        first = replace(first, due_on=until.isoformat(), started_on="", provisional=False)
    return deadline.start(tx, id, first)


def begun(code: str, day: date) -> Deadline:
    """The period `code` that begins after `day`."""
    rule = deadlines.rule(code, day)
    due = deadlines.due(day, rule.days, rule.unit)
    return Deadline(
        code,
        due.on.isoformat(),
        "open",
        rule.basis,
        due.provisional,
        started_on=day.isoformat(),
        unit=rule.unit,
        unsure=not rule.sure,
    )


def close(tx: Tx, id: str, codes: Iterable[str], day: date) -> None:
    """What the running periods `codes` ask for was done on that day; ``"*"`` stands for all but OWN."""
    for one in _running(tx, id, codes):
        ended = replace(_resumed(one, day), state="met", met_on=day.isoformat(), closed_at=tx.now)
        deadline.change(tx, id, ended)


def cancel(tx: Tx, id: str, codes: Iterable[str]) -> None:
    """Nothing of what these periods ask for is left to do."""
    for one in _running(tx, id, codes):
        deadline.change(tx, id, replace(one, state="cancelled", closed_at=tx.now))


def suspend(tx: Tx, id: str, codes: Iterable[str], day: date) -> bool:
    """Stop the periods from that day on; False when none of them runs."""
    running = [one for one in _running(tx, id, codes) if one.state == "open"]
    for one in running:
        deadline.change(tx, id, replace(one, state="suspended", suspended_on=day.isoformat()))
    return bool(running)


def resume(tx: Tx, id: str, day: date) -> list[Deadline]:
    """Let what was stopped go on, as much later as it stood still; returns it as it is now."""
    moved = [_resumed(one, day) for one in deadline.of(tx, id) if one.state == "suspended"]
    for one in moved:
        deadline.change(tx, id, one)
    return moved


def extend(tx: Tx, id: str, one: Deadline, days: int) -> date:
    """Let it end so many days later, in its own unit; returns its last day."""
    moved = _counted(replace(one, extended=one.extended + days), days)
    deadline.change(tx, id, moved)
    return date.fromisoformat(moved.due_on)


def running(tx: Tx, id: str, code: str) -> Deadline | None:
    """The period of that code which is not at its end."""
    return next(iter(_running(tx, id, (code,))), None)


def days_late(office: Office, one: Deadline, today: date) -> int:
    """Working or calendar days after its last day, as its rule counts; 0 in time. An open one counts until today."""
    if one.state == "met":
        return _between(date.fromisoformat(one.due_on), date.fromisoformat(met_on(office, one)), one.unit)
    return _between(date.fromisoformat(one.due_on), today, one.unit) if one.state == "open" else 0


def met_on(office: Office, one: Deadline) -> str:
    """The day on which it was met, ISO; '' when it was not. Of old ones only the time of the entry is known."""
    if one.state != "met":
        return ""
    return one.met_on or (office.today(one.closed_at).isoformat() if one.closed_at else one.due_on)


def recompute(tx: Tx, most: int) -> int:
    """Count again what was estimated and is certain now, and write down what moved. Returns how many there were."""
    found = deadline.provisional_until(tx, calendar.known_until(), most)
    for id, one in found:
        now = _counted(one, 0)
        deadline.change(tx, id, now)
        if now.due_on != one.due_on:
            label = deadlines.label(one.code)
            body = f"{label}：原按暂估到{one.due_on}，节假日安排公布后到{now.due_on}。"
            timeline.add(tx, id, "note", actor="system", title="期限重新计算", body=body)
    return len(found)


def _running(tx: Tx, id: str, codes: Iterable[str]) -> list[Deadline]:
    wanted = set(codes)
    if not wanted:
        return []
    open_ones = [one for one in deadline.of(tx, id) if one.state in deadline.RUNNING]
    return [one for one in open_ones if one.code in wanted or ("*" in wanted and one.code not in OWN)]


def _resumed(one: Deadline, day: date) -> Deadline:
    if not one.suspended_on:
        return one
    stood = _between(date.fromisoformat(one.suspended_on), day, one.unit)
    return _counted(replace(one, state="open", suspended_on="", stood=one.stood + stood), stood)


def _counted(one: Deadline, later: int) -> Deadline:
    """With its last day counted from its first; of one that has none on record, so many days `later`."""
    if one.started_on:
        first = date.fromisoformat(one.started_on)
        days = deadlines.rule(one.code, first).days + one.stood + one.extended
    else:
        first, days = date.fromisoformat(one.due_on), later
    due = deadlines.due(first, days, one.unit)
    return replace(one, due_on=due.on.isoformat(), provisional=due.provisional)


def _between(begins: date, ends: date, unit: str) -> int:
    """Days after `begins` until `ends`, this one included; 0 when it is not later."""
    if ends <= begins:
        return 0
    return _workdays(begins, ends, calendar.edition()) if unit == WORKDAY else (ends - begins).days


@lru_cache(maxsize=4096)
def _workdays(begins: date, ends: date, _edition: str) -> int:
    return calendar.workdays_until(begins, ends)
