"""Submissions that belong together: one treated beside another, one that repeats another, two out of one."""

from handlers import periods
from handlers.errors import Refused
from handlers.moves import Act, Outcome
from handlers.submissions import intake
from handlers.submissions.stages import KINDS, OPEN_STAGES
from storage import timeline
from storage.submissions import identity as identities
from storage.submissions import related, submission
from storage.submissions.submission import Draft, Kind, Submission

REPEATED = "《市场监督管理投诉举报处理办法》第三十五条"
APART = "《市场监督管理投诉举报处理办法》第九条"


def join(act: Act[Submission]) -> Outcome:
    """The number of the submission it is treated beside; each keeps its own number, periods and notices."""
    lead = _lead(act, act.given["joined"], "joined")
    return Outcome({"joined": lead.joined or lead.number})


def merge(act: Act[Submission]) -> Outcome:
    """It goes into another one. New facts of the same person let that one's period begin again (Order 121, Art. 35)."""
    lead = _lead(act, act.given["with"], "with")
    if lead.stage not in OPEN_STAGES:
        raise Refused("wrong_stage", f"{lead.number} 已经办结，不能再并入；有新的事实请单独办理，或先重新办理那一件。")
    if lead.kind is not act.row.kind:
        raise Refused("wrong_kind", f"{lead.number} 是{KINDS[lead.kind]}，投诉和举报分别处理（{APART}）。")
    same = related.same_person(act.tx, act.row.id, lead.id)
    if act.row.kind is Kind.COMPLAINT and not same:
        # Each has a dispute of their own; what one is answered is nobody else's.
        raise Refused("wrong_person", f"不是同一投诉人的投诉，分别受理和调解，可以“一并办理”（{REPEATED}只说同一人）。")
    said = _begin_again(act, lead) if same and act.given.get("new_facts") else ""
    for before in related.merged_into(act.tx, act.row):
        submission.mark(act.tx, before.id, joined=lead.number)
    timeline.add(
        act.tx,
        lead.id,
        "note",
        actor=act.staff.name,
        title=f"并入 {act.row.number}",
        body="\n".join(filter(None, (act.row.description if act.given.get("new_facts") else "", said))),
    )
    note = act.given.get("note", "")
    return Outcome({"joined": lead.number}, body="\n".join(filter(None, (f"并入 {lead.number}", said, note))))


def _begin_again(act: Act[Submission], lead: Submission) -> str:
    code = intake.FIRST_DEADLINE[lead.kind]
    if periods.running(act.tx, lead.id, code) is None:
        return ""
    day = act.office.today(act.row.received_at)
    periods.cancel(act.tx, lead.id, (code,))
    due = periods.start(act.tx, lead.id, code, day)
    return f"同一人以新的事实再次反映，期限自{day.isoformat()}起重新计算，到{due.due_on}。依据：{REPEATED}"


def split(act: Act[Submission]) -> Outcome:
    """What is a matter of its own gets its own number, from the same person (Order 121, Art. 9 and 27)."""
    row, given = act.row, act.given
    other = Kind.COMPLAINT if row.kind is Kind.REPORT else Kind.REPORT
    kind = Kind(given["kind"]) if given.get("kind") else other
    found_now = row.stage == "accepted" and kind is Kind.REPORT
    draft = Draft(
        kind=kind,
        stage="triage",
        category=row.category,
        received_at=act.tx.now if found_now else row.received_at,
        merchant=given.get("merchant") or row.merchant,
        address=row.address,
        happened=row.happened,
        description=given.get("description") or row.description,
        demand=row.demand if kind is Kind.COMPLAINT else "",
        source=row.source,
        named=row.named,
        product=row.product,
        online=row.online,
        business=row.business,
        sibling=row.number,
    )
    identity = identities.again(act.tx, row.id)
    made = intake.receive(act.tx, act.office, draft, identity, actor=act.staff.name, calls=False)
    return Outcome({"sibling": made.number}, body=f"分出{KINDS[kind]} {made.number}\n{given.get('note', '')}".strip())


def _lead(act: Act[Submission], number: str, field: str) -> Submission:
    lead = submission.find(act.tx, number.strip().upper())
    if lead is None or lead.id == act.row.id:
        raise Refused("invalid_field", f"没有可以并入的件：{number[:40]}。请填写另一件的编号。", field=field)
    return lead
