"""What stops a submission's clocks, lets them go on, or gives them more time."""

from datetime import date

from content.clock.deadlines import DeadlineRule
from handlers import periods, tasks
from handlers.clock import deadlines
from handlers.errors import Refused
from handlers.moves import Act, Outcome
from storage.submissions import deadline
from storage.submissions.submission import Submission

UNITS = {"workday": "个工作日", "day": "日"}
NOT_COUNTED = (
    "《市场监督管理投诉举报处理办法》第二十一条、第二十二条，《市场监督管理行政处罚程序规定》第十八条、第六十四条"
)


def day_of(act: Act[Submission]) -> date:
    """The day on which the move was really made."""
    on: date = act.given.get("on") or act.office.today(act.tx.now)
    return on


def suspend(act: Act[Submission]) -> Outcome:
    """Testing, appraisal, recusal: the time is not counted."""
    found = deadline.of(act.tx, act.row.id)
    if any(one.state == "suspended" for one in found):
        raise Refused("already_suspended", "期限已经中止。")
    stoppable = [one.code for one in found if one.state == "open" and _rule(one).suspends]
    if not periods.suspend(act.tx, act.row.id, stoppable, day_of(act)):
        raise Refused("no_period", f"现在没有可以中止的期限（{NOT_COUNTED}）。")
    return Outcome()


def resume(act: Act[Submission]) -> Outcome:
    """The last day moves by as long as the clock stood still."""
    on = day_of(act)
    since = max((one.suspended_on for one in deadline.of(act.tx, act.row.id)), default="")
    if on.isoformat() < since:
        raise Refused("wrong_day", f"实际办理日期{on}早于中止期限的{since}，请核对。", field="on")
    moved = periods.resume(act.tx, act.row.id, on)
    if not moved:
        raise Refused("not_suspended", f"期限没有中止，不需要恢复（{NOT_COUNTED}）。")
    lines = [f"{_rule(one).label}：到{one.due_on}" for one in moved]
    return Outcome(body="\n".join([*lines, act.given.get("note", "")]).strip())


def extend(act: Act[Submission]) -> Outcome:
    """More time, approved by the responsible person before the end, once."""
    found = [one for one in deadline.of(act.tx, act.row.id) if one.state == "open"]
    able = [one for one in found if _rule(one).extends]
    if not able:
        basis = f"（{found[0].basis}）" if found else ""
        raise Refused("no_period", f"现在没有依法可以延长的期限{basis}。")
    one = able[0]
    rule, unit, on = _rule(one), UNITS[one.unit], day_of(act)
    days = act.given.get("days", rule.extends)
    if one.extended:
        raise Refused("already_extended", f"已经延长过一次，不能再延长（{rule.basis}）。")
    if days > rule.extends:
        raise Refused("too_many_days", f"最多延长{rule.extends}{unit}（{rule.basis}）。")
    if on.isoformat() > one.due_on:
        raise Refused("too_late", f"期限已于{one.due_on}届满，延长须在届满以前批准（{rule.basis}）。")
    until = periods.extend(act.tx, act.row.id, one, days)
    tasks.extended(act.tx, act.row.id, staff=act.staff)
    body = f"{rule.label}：延长{days}{unit}，到{until.isoformat()}。依据：{rule.basis}"
    return Outcome(body="\n".join([body, act.given.get("note", "")]).strip())


def ask_to_extend(act: Act[Submission]) -> Outcome:
    """The officer asks; the responsible person has a task until the period ends."""
    able = [one for one in deadline.of(act.tx, act.row.id) if one.state == "open" and _rule(one).extends]
    if not able or able[0].extended:
        raise Refused("no_period", "现在没有依法可以延长的期限。")
    tasks.ask_to_extend(act.tx, act.row, able[0], act.given["note"])
    return Outcome()


def _rule(one: deadline.Deadline) -> DeadlineRule:
    return deadlines.rule(one.code, date.fromisoformat(one.started_on or one.due_on))
