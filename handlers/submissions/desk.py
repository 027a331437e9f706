"""The staff's verbs: what is done with a submission, by the table of its procedure."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from content.replies import say
from content.submissions import grounds, remedies
from handlers import moves, periods, tasks
from handlers.errors import Refused
from handlers.fields import Typed
from handlers.masking import withheld
from handlers.moves import Act, Outcome, Procedure
from handlers.notices import colleagues, telling
from handlers.notices.telling import Told
from handlers.office import Office
from handlers.people import delegating
from handlers.submissions import asked, intake, orders, procedure, stages
from handlers.submissions.stages import STAGES
from handlers.submissions.timing import day_of
from storage import audit
from storage.engine.database import Tx
from storage.people.staff import Role, Staff
from storage.submissions import draft, related, submission
from storage.submissions.submission import Kind, Submission

READERS = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})


def may_read(staff: Staff) -> bool:
    """Who may see submissions at all."""
    return bool(READERS & staff.roles)


def _find(tx: Tx, number: str, staff: Staff) -> Submission:
    found = submission.find(tx, number)
    if found is None or not may_read(staff):
        raise Refused("not_found", f"没有编号为 {number} 的件。")
    return found


def open_submission(tx: Tx, number: str, staff: Staff) -> Submission:
    """A submission to look at; looking is itself recorded, and what was new in it is so no more.

    Raises Refused when it is not there.
    """
    found = _find(tx, number, staff)
    audit.write(tx, actor=staff.name, action="open", subject=number)
    if found.unread:
        submission.mark(tx, found.id, unread=0)
    if found.fresh and found.assignee == staff.name:
        submission.mark(tx, found.id, fresh=0)
    return found


def note_list(tx: Tx, staff: Staff, door: str, filters: Mapping[str, str]) -> None:
    """A look at a page of a list that shows words of citizens, with its filters; '' for a value that may name one."""
    detail = " ".join(f"{name}={value}" if value else name for name, value in filters.items())
    audit.write(tx, actor=staff.name, action="list", subject=door, detail=detail)


def acting(tx: Tx, office: Office, staff: Staff) -> Staff:
    """Whoever may decide for a leader today has the leader's moves as well."""
    return delegating.acting(tx, office, staff)


def move(tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Typed) -> Submission:
    """Take a move. Raises Refused, with code ``stale`` when somebody else changed the submission since `version`.

    `on` is the day on which it was really made; today's needs no words.
    """
    found, deputy = _find(tx, number, staff), acting(tx, office, staff)
    taken_from = orders.PROCEDURE if name in orders.NAMES else PROCEDURE
    own = any(one.name == name and one.roles & staff.roles for one in taken_from.moves)
    staff = staff if own else deputy
    if values.get("on") == office.today(tx.now).isoformat():
        values = {**values, "on": ""}
    return moves.take(tx, office, taken_from, found, name, staff=staff, version=version, values=values)


class _NotMade(Exception):
    """Undoes a move that was only tried."""


def rehearse(
    tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Typed
) -> Told | None:
    """What the citizen would get of a move, which is not made. Raises Refused as the move itself would."""
    told = None
    with suppress(_NotMade), tx.savepoint():
        after = move(tx, office, number, name, staff=staff, version=version, values=values)
        told = telling.of_step(tx, after.id, str(after.version))
        raise _NotMade
    return told


def send(tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Typed) -> Submission:
    """Take a move as `move` does; what this person had drafted for it is no longer needed."""
    after = move(tx, office, number, name, staff=staff, version=version, values=values)
    draft.drop(tx, staff.name, after.id, name)
    return after


def keep_draft(tx: Tx, number: str, name: str, *, staff: Staff, values: Mapping[str, str]) -> None:
    """Keep what was typed for a move until it is sent. Raises Refused when there is no such move or submission."""
    fields = next((one.fields for one in procedure.MOVES if one.name == name), None)
    if fields is None:
        raise Refused("unknown_move", f"没有“{name}”这个操作。")
    kept = (one for one in fields if one.name in values and one.name != asked.ON.name)
    typed = {one.name: values[one.name][: one.most] for one in kept}
    draft.put(tx, staff.name, _find(tx, number, staff).id, name, typed)


def _check(act: Act[Submission]) -> None:
    """Not in the future, and not before the stage began that it is taken in."""
    if "on" not in act.given:
        return
    on, today = day_of(act), act.office.today(act.tx.now)
    since = act.row.stage_on or min(today, act.office.today(act.row.received_at)).isoformat()
    if on > today:
        raise Refused("wrong_day", f"实际办理日期{on}还没有到，请填今天或以前的日期。", field="on")
    if on.isoformat() < since:
        raise Refused(
            "wrong_day", f"实际办理日期{on}早于“{STAGES[act.row.stage].label}”开始的{since}，请核对。", field="on"
        )


def _marks(act: Act[Submission]) -> Mapping[str, Any]:
    """Since when it stands there, who decided, and whether the citizen may speak of the outcome again."""
    if not act.move.target:
        return {}
    if act.move.target == "disputed":
        return {"stage_on": day_of(act).isoformat()}
    working = act.move.target in stages.WORKING_STAGES
    decided = {"confirmed_at": None} if working else {"decided_by": act.staff.name, "asked_at": None}
    decided |= {"outcome": act.move.target} if act.move.target in stages.DECIDED_STAGES else {}
    # Before it is taken up it was received, whoever had it: the law knows no stage of registering.
    begun = act.move.begins or act.move.target not in stages.NEW_STAGES
    return decided | ({"stage_on": day_of(act).isoformat()} if begun else {})


def _follow(act: Act[Submission], after: Submission, _outcome: Outcome) -> None:
    """Clocks, the tasks that are done with it, and the notices, in the transaction of the move itself."""
    tx, move, day = act.tx, act.move, day_of(act)
    if after.stage != "referred" and "*" in move.closes:
        # It was ours after all.
        periods.cancel(tx, after.id, ("report.refer",))
    periods.close(tx, after.id, move.closes, day)
    periods.cancel(tx, after.id, move.cancels)
    for code in (*move.starts, *((intake.FIRST_DEADLINE[after.kind],) if move.begins else ())):
        periods.start(tx, after.id, code, day)
    if act.row.stage == "accepted" and after.stage in ("terminated", "withdrawn"):
        tasks.ask_to_inform(tx, after, day)
    tasks.completed(tx, after, staff=act.staff)
    if after.stage == "referred":
        tasks.referred(tx, after.id, staff=act.staff)
    if move.name in _WAITS:
        _tell_staff(act, after)
    if move.tells and (move.tells != asked.REGISTERED or after.external_number):
        _tell(act, after, after)
        # A question or an answer is one person's alone; whoever told of the same fact hears how it ended.
        for other in () if after.stage in stages.OPEN_STAGES or not move.target else related.merged_into(tx, after):
            _tell(act, after, other)


_WAITS = {"assign": "新分派给您", "propose": "等您决定是否立案", "ask_to_extend": "申请延长期限，等您审批"}
"""Moves after which somebody else has something to do, and what they are told."""


def _tell_staff(act: Act[Submission], after: Submission) -> None:
    """Whoever it was assigned to, or those who decide."""
    names = [after.assignee] if act.move.name == "assign" else colleagues.with_role(act.tx, asked.LEADER)
    what, link = f"{after.number} {_WAITS[act.move.name]}", f"{act.office.base_url}/console/submissions/{after.number}"
    colleagues.tell(act.tx, filter(None, names), what, link, cause=f"{after.number} v{after.version}", by=act.staff)


def _tell(act: Act[Submission], after: Submission, to: Submission) -> None:
    """What was decided, to whoever handed it in, or `to` somebody whose submission was merged into it."""
    note = act.given.get("note", "") if act.move.public else ""
    ground = grounds.GROUNDS.get(after.ground) if any(one.name == "ground" for one in act.move.fields) else None
    text = say(
        act.move.tells,
        office=act.office,
        number=to.number,
        chat=bool(telling.reporter_of(act.tx, to.id)),
        external_number=after.external_number,
        text=act.move.notice,
        ground=ground if act.move.public else None,
        note=note,
        decided=to is after and after.stage in stages.DECIDED_STAGES,
        remedies=remedies.of(after.kind, after.stage, act.office.today(act.tx.now)),
        rewardable=to is after and after.kind is Kind.REPORT and stages.is_concluded(after),
    )
    stage = "有新的答复" if act.move.entry == "answer" else STAGES[after.stage].label
    by = telling.day_to_tell(act.tx, act.office, after, act.move.tell_by)
    telling.tell_reporter(act.tx, act.office, to, text, stage=stage, whole=not (note or ground), by=by)


PROCEDURE = Procedure[Submission](
    moves=procedure.MOVES,
    states={name: stage.label for name, stage in STAGES.items()},
    change=submission.change,
    number=lambda found: found.number,
    about=lambda found: found.id,
    column="stage",
    kinds={kind.value: label for kind, label in stages.KINDS.items()},
    keep=lambda act: withheld(act, act.row.id),
    check=_check,
    marks=_marks,
    follow=_follow,
)
