"""What papers say of a case: its facts in words, without whoever handed it in."""

from datetime import date
from typing import Any, get_args

from content.papers.papers import Step
from content.submissions import categories, grounds, remedies
from handlers import periods
from handlers.clock import deadlines
from handlers.office import Office
from handlers.submissions import intake, procedure, reports, stages
from storage import timeline
from storage.engine.database import Tx
from storage.submissions import deadline
from storage.submissions.deadline import Deadline
from storage.submissions.submission import Submission

UNITS = {"workday": "个工作日", "day": "日"}
NAME, PHONE, ADDRESS = "〔投诉人姓名〕", "〔投诉人电话〕", "〔投诉人地址〕"
"""Where a complainant stands in a paper, to be filled in for whoever is in charge of the complaint."""
PERSON = {"name": NAME, "phone": PHONE, "address": ADDRESS}
NOBODY = {"name": "举报人", "phone": "", "address": ""}
ON = next(one for one in procedure.MOVES[0].fields if one.name == "on")
STATES = {"met": "已办", "suspended": "中止中", "cancelled": "已取消", "open": "进行中"}


def said(day: date) -> str:
    """``2026年11月26日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def _category(code: str) -> str:
    known = categories.CATEGORIES.get(code)
    return known.label if known else code


def case(office: Office, found: Submission) -> dict[str, Any]:
    """The case itself."""
    names = ("number", "merchant", "address", "happened", "description", "demand", "unit", "assignee")
    return {name: getattr(found, name) for name in (*names, "external_number")} | {
        "kind": stages.KINDS[found.kind],
        "stage": stages.STAGES[found.stage].label,
        "category": _category(found.category),
        "source": intake.SOURCES.get(found.source, found.source),
        "received": said(office.today(found.received_at)),
        "proposal": reports.OUTCOMES.get(found.proposal, ""),
    }


def ground(found: Submission) -> dict[str, str]:
    """The ground that was chosen."""
    chosen = grounds.GROUNDS.get(found.ground)
    return {"text": chosen.text, "basis": chosen.basis} if chosen else {"text": "", "basis": ""}


def other_ways(found: Submission, day: date) -> list[remedies.Remedy]:
    return remedies.of(found.kind, found.stage, day)


def steps(tx: Tx, office: Office, found: Submission) -> dict[str, dict[str, str]]:
    """The last of each step that papers tell of: who, on which day, with which words; '' for what was not taken."""
    labels = {move.label: move.name for move in procedure.MOVES if move.name in get_args(Step)}
    taken = {name: {"by": "", "on": "", "body": ""} for name in labels.values()}
    for entry in timeline.of(tx, found.id):
        if entry.kind == "move" and entry.title in labels:
            on = _really(entry.body) or office.today(entry.at)
            taken[labels[entry.title]] = {"by": entry.actor, "on": said(on), "body": entry.body}
    return taken


def _really(body: str) -> date | None:
    """The day on which a step was made that was entered later."""
    mark = f"{ON.label}："
    days = [line.removeprefix(mark) for line in body.splitlines() if line.startswith(mark)]
    return date.fromisoformat(days[-1]) if days else None


def period(office: Office, one: Deadline, today: date) -> dict[str, Any]:
    """A period: what its days are made of, and how it ended."""
    unit = UNITS.get(one.unit, "日")
    days = deadlines.rule(one.code, date.fromisoformat(one.started_on)).days if one.started_on else 0
    made_of = [
        (f"{days}{unit}", days),
        (f"中止{one.stood}{unit}", one.stood),
        (f"延长{one.extended}{unit}", one.extended),
    ]
    late = periods.days_late(office, one, today)
    met = periods.met_on(office, one)
    outcome = f"{STATES[one.state]}{f'，{met}办' if met else ''}{f'，逾期{late}{unit}' if late else ''}"
    names = ("code", "basis", "started_on", "due_on", "provisional", "unsure")
    return {name: getattr(one, name) for name in names} | {
        "label": deadlines.label(one.code),
        "sum": "，加".join(words for words, count in made_of if count) or "没有记录",
        "outcome": outcome,
    }


def periods_of(tx: Tx, office: Office, found: Submission, today: date) -> list[dict[str, Any]]:
    return [period(office, one, today) for one in deadline.of(tx, found.id)]
