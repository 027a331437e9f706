"""Tasks of staff (待办): what the service cannot do by itself, with the day by which it is due."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from handlers import moves, periods
from handlers.clock import deadlines
from handlers.errors import Refused
from handlers.fields import CHOICE, LONG, MOMENT, TEXT, Field, Typed
from handlers.masking import withheld
from handlers.moves import Act, Move, Outcome, Procedure
from handlers.office import Office
from storage import timeline
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Subject, Topic
from storage.people.staff import Role, Staff
from storage.submissions import deadline, submission, task
from storage.submissions import identity as identities
from storage.submissions.deadline import Deadline
from storage.submissions.identity import Identity
from storage.submissions.submission import Kind, Submission
from storage.submissions.task import Task

TELL, COMPLETE, REFER, INFORM, CALL, EXTEND = "tell", "complete", "refer", "inform", "call", "extend"
TELL_NAMED, HANDLED = "tell_named", "handled"
TELLS = (TELL, TELL_NAMED)
KINDS = {
    TELL: "告知提交人",
    TELL_NAMED: "告知实名举报人：由身份保管员办理",
    HANDLED: "紧急处置情况",
    COMPLETE: "补充材料",
    REFER: "移送并书面告知",
    INFORM: "告知被投诉人",
    CALL: "回电提交人",
    EXTEND: "审批延长期限",
}
READERS = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER, Role.CUSTODIAN})
HOWS = {"phone": "电话", "post": "邮寄", "in_person": "当面", "other": "其他"}
NOTE_LIMIT = 1000
NEEDED: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.COMPLAINT: (
        ("投诉人姓名", "name"),
        ("联系电话", "phone"),
        ("通讯地址", "address"),
        ("被投诉人名称", "merchant"),
        ("投诉请求", "demand"),
    ),
    Kind.REPORT: (("具体线索", "description"),),
}
"""What the law wants of each (Order 121, Art. 10 and 28): name for people, field."""
_PHONE = re.compile(r"(?:\+?86|0086)?(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|[2-9]\d{6,7}|[48]00\d{7})")
_APART = re.compile(r"[\s\-—–‐.·()]+")
OF_IDENTITY = {"name", "phone", "address"}


def open_task(
    tx: Tx,
    kind: str,
    submission_id: str,
    title: str,
    body: str,
    due_on: date,
    *,
    cause: str = "",
    missing: Sequence[str] = (),
) -> bool:
    """Open a task of a submission, once for its `cause` (default: one of each kind); False when it is there already."""
    opened = task.add(tx, kind, submission_id, cause, title=title, body=body, due_on=due_on, missing=missing)
    if opened:
        # What is to be told stands in the timeline already.
        text = "\n".join(
            part for part in (body if kind not in TELLS else "", f"办理期限：{due_on.isoformat()}") if part
        )
        timeline.add(tx, submission_id, "note", actor="system", title=title, body=text)
    return opened


def ask_for_missing(tx: Tx, stored: Submission, identity: Identity) -> bool:
    """One task that names what the law wants and nobody has given yet; False when nothing is missing."""
    given: Any = {True: identity, False: stored}
    missing = [name for _, name in NEEDED[stored.kind] if not getattr(given[name in OF_IDENTITY], name)]
    if stored.kind is Kind.COMPLAINT and identity.phone and not is_phone(identity.phone):
        missing = [name for _, name in NEEDED[stored.kind] if name in (*missing, "phone")]
    if not missing:
        return False
    due = deadline.next_of(tx, [stored.id])[stored.id]
    body, by = _lacking(stored.kind, missing), date.fromisoformat(due.due_on)
    return open_task(tx, COMPLETE, stored.id, "需要补充材料", body, by, missing=missing)


def _lacking(kind: Kind, missing: Sequence[str]) -> str:
    return f"缺少：{'、'.join(label for label, name in NEEDED[kind] if name in missing)}"


def completed(tx: Tx, stored: Submission, *, staff: Staff) -> None:
    """What was filled in at the submission is asked for no more; with the last of it the task is done."""
    found = task.open_of_cause(tx, COMPLETE, stored.id)
    missing = [name for name in found.missing if name in OF_IDENTITY or not getattr(stored, name)] if found else []
    if found and missing:
        task.change(tx, found, missing=" ".join(missing), body=_lacking(stored.kind, missing))
    elif found and found.missing:
        _close(tx, COMPLETE, stored.id, how="other", done_by=staff.name, note="已补齐")


def ask_to_refer(tx: Tx, stored: Submission, day: date) -> bool:
    """What lies outside the region goes to whoever is responsible, with written notice (Food Safety Law, Art. 115).

    The clock of a report is the Henan small-producer regulation's (Art. 42), from `day` on, when it was found.
    """
    if stored.kind is Kind.REPORT:
        due = periods.running(tx, stored.id, "report.refer") or periods.start(tx, stored.id, "report.refer", day)
    else:
        due = deadline.next_of(tx, [stored.id])[stored.id]
    body = f"地点看起来在{stored.outside}，核实后移送有权处理的部门，并书面告知提交人。依据：{due.basis}"
    return open_task(tx, REFER, stored.id, "辖区外，需移送", body, date.fromisoformat(due.due_on))


def ask_to_inform(tx: Tx, stored: Submission, day: date) -> None:
    """The mediation ended on that day, and both sides must know of it in time (Order 121, Art. 23(2))."""
    due = periods.start(tx, stored.id, "complaint.end", day)
    body = f"调解已经终止，请告知{stored.merchant or '被投诉人'}。依据：{due.basis}"
    open_task(
        tx, INFORM, stored.id, "告知被投诉人终止调解", body, date.fromisoformat(due.due_on), cause=day.isoformat()
    )


def ask_to_extend(tx: Tx, stored: Submission, period: Deadline, reason: str) -> None:
    """The responsible person decides before the period ends."""
    last = date.fromisoformat(period.due_on)
    open_task(tx, EXTEND, stored.id, "审批延长期限", f"申请理由：{reason}\n依据：{period.basis}", last, cause=period.id)


def extended(tx: Tx, submission_id: str, *, staff: Staff) -> None:
    """More time was given: the task is done with that."""
    for one in task.of(tx, submission_id):
        if one.kind == EXTEND:
            _close(tx, EXTEND, submission_id, one.cause, how="other", done_by=staff.name, note="已批准")


def ask_to_call(tx: Tx, office: Office, stored: Submission) -> bool:
    """Somebody asked to be called back, by the next working day."""
    due = deadlines.due(office.today(tx.now), 1, "workday").on
    return open_task(
        tx, CALL, stored.id, "请人工回电", "提交人请工作人员回电，号码在提交人信息里。", due, cause=tx.stamp
    )


def referred(tx: Tx, submission_id: str, *, staff: Staff) -> None:
    """The submission went to whoever is responsible: its task is done with that."""
    _close(tx, REFER, submission_id, how="other", done_by=staff.name, note="已移送")


def ask_what_was_done(tx: Tx, submission_id: str, day: date) -> None:
    """Somebody answers for an emergency: what they did is written down the same day."""
    open_task(tx, HANDLED, submission_id, "登记紧急处置情况", "用一句话写明到场时间、采取的措施和人员情况。", day)


def arrived(tx: Tx, submission_id: str, cause: str, way: str) -> None:
    """What people were asked to tell has arrived by itself."""
    for kind in TELLS:
        _close(tx, kind, submission_id, cause, how="arrived", done_by="system", note=f"通知已自行送达（{way}）")


def _close(tx: Tx, kind: str, submission_id: str, cause: str = "", *, how: str, done_by: str, note: str) -> None:
    found = task.open_of_cause(tx, kind, submission_id, cause)
    if found:
        task.change(tx, found, state="done", how=how, done_by=done_by, note=note, happened_at=tx.now, done_at=tx.now)


def kind_for(staff: Staff) -> str:
    """The only kind of tasks that concerns somebody; '' for all of them."""
    return "" if staff.roles & _ANYBODY else TELL_NAMED


def move(tx: Tx, office: Office, id: str, name: str, *, staff: Staff, version: int, values: Typed) -> Task:
    """Take a move. Raises Refused, with code ``stale`` when somebody else has done the task since `version`."""
    found = task.find(tx, id)
    if found is None:
        raise Refused("not_found", "没有这项待办。")
    return moves.take(tx, office, PROCEDURE, found, name, staff=staff, version=version, values=values)


def _done(act: Act[Task]) -> Outcome:
    if act.given["happened_at"] > act.tx.now:
        raise Refused("invalid_field", "请填写实际办理的时间，不能晚于现在。", field="happened_at")
    if act.row.kind == HANDLED and "note" not in act.given:
        raise Refused("missing_field", "请用一句话写明做了什么。", field="note")
    if act.given["how"] == "other" and "note" not in act.given:
        raise Refused("missing_field", "选择“其他”时请写明情况。", field="note")
    return Outcome()


def _complete(act: Act[Task]) -> Outcome:
    """Who it is goes to the identity, sealed; what it is about, to the submission."""
    given = {one.name: act.given[one.name] for one in act.move.fields if one.name in act.given}
    if not given:
        raise Refused("missing_field", "请至少填写一项；提交人不愿提供的，用“办结”写明情况。")
    person = {name: value for name, value in given.items() if name in OF_IDENTITY}
    if "phone" in person and not is_phone(person["phone"]):
        raise Refused("invalid_field", "联系电话不像电话号码：手机11位，座机请带区号。", field="phone")
    if person:
        identities.give(act.tx, act.row.submission, **person)
    about = {name: value for name, value in given.items() if name not in OF_IDENTITY}
    stored = submission.get(act.tx, act.row.number)
    if about:
        stored = submission.change(act.tx, stored, **about)
    left = [name for name in act.row.missing if name not in given]
    done = {"state": "done", "how": "other", "done_by": act.staff.name, "note": "已补齐", "happened_at": act.tx.now}
    ended = {} if left else {**done, "done_at": act.tx.now}
    body = _lacking(stored.kind, left) if left else act.row.body
    return Outcome({"missing": " ".join(left), "body": body, **ended})


def is_phone(text: str) -> bool:
    """Whether it is one telephone number and nothing else."""
    return bool(_PHONE.fullmatch(_APART.sub("", unicodedata.normalize("NFKC", text))))


def both_told(tx: Tx, submission_id: str, day: date) -> None:
    """The period of telling both sides is met once the one was informed and nothing to the other is on its way."""
    informed = all(one.state == "done" for one in task.of(tx, submission_id) if one.kind in (INFORM, *TELLS))
    if informed and not outbox.any_untold(tx, Topic.SUBMISSION, submission_id):
        periods.close(tx, submission_id, ("complaint.end",), day)


def _told(act: Act[Task], after: Task, _outcome: Outcome) -> None:
    """The notice that did not reach its person has been told."""
    if after.kind in TELLS:
        outbox.told_by_staff(
            act.tx, Subject(Topic.SUBMISSION, after.submission, after.cause), after.how, act.given["happened_at"]
        )
    if after.kind in (INFORM, *TELLS):
        both_told(act.tx, after.submission, act.office.today(act.given["happened_at"]))


_FILL: Mapping[str, Field] = {
    name: Field(name, label, kind=LONG if name == "description" else TEXT, missing=True)
    for needed in NEEDED.values()
    for label, name in needed
}
_SEALED = tuple(replace(_FILL[name], recorded=False, numbers=True) for name in ("name", "phone", "address"))
_ANYBODY = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})
_DONE = Move[Task](
    "task_done",
    "办结",
    ("open",),
    "done",
    _ANYBODY,
    (
        Field("how", "方式", required=True, kind=CHOICE, column="how", options=HOWS),
        Field(
            "happened_at",
            "实际办理的时间",
            required=True,
            kind=MOMENT,
            column="happened_at",
            recorded=False,
        ),
        Field("note", "说明", kind=LONG, column="note", limit=NOTE_LIMIT),
    ),
    kinds=frozenset(KINDS) - {TELL_NAMED},
    entry="note",
    signs="done_by",
    stamps="done_at",
    effect=_done,
)
MOVES: tuple[Move[Task], ...] = (
    Move(
        "task_fill",
        "补录材料",
        ("open",),
        "",
        _ANYBODY,
        (*_SEALED, _FILL["merchant"], _FILL["demand"], _FILL["description"]),
        kinds=frozenset({COMPLETE}),
        entry="note",
        effect=_complete,
        hint="姓名、电话、通讯地址加密保管，保存以后这里不再显示。问到几项填几项。",
    ),
    _DONE,
    replace(_DONE, name="task_told", roles=frozenset({Role.CUSTODIAN}), kinds=frozenset({TELL_NAMED})),
)
PROCEDURE = Procedure[Task](
    moves=MOVES,
    states={"open": "待办", "done": "已办结"},
    change=task.change,
    number=lambda found: found.number,
    about=lambda found: found.submission,
    kinds=KINDS,
    keep=lambda act: withheld(act, act.row.submission),
    line=lambda found, move: f"待办已办结：{found.title}" if found.state == "done" else f"{move.label}：{found.title}",
    follow=_told,
)
