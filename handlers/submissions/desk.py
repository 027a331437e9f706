"""The staff's verbs: every one checks, changes by compare-and-set, and leaves an audit row."""

from collections.abc import Mapping

from content.replies import say
from content.submissions import categories, remedies
from handlers import moves, tasks
from handlers.errors import Refused
from handlers.masking import mask
from handlers.moves import Move
from handlers.notices import telling
from handlers.office import Office
from handlers.submissions import intake, procedure
from handlers.submissions.procedure import STAGES
from storage import audit, timeline
from storage.engine.database import Tx
from storage.errors import Conflict
from storage.people.staff import Role, Staff
from storage.submissions import deadline, submission
from storage.submissions import identity as identities
from storage.submissions.submission import Kind, Submission

READERS = frozenset({Role.INTAKE, Role.OFFICER, Role.LEADER})
ENTRIES = {"note": "note", "answer": "answer", "ask": "answer"}
"""What kind of line a move leaves in the timeline, where it is no step of the procedure."""
REGISTERED = "notice_registered"
NOTICES = {
    "answer": "notice_answer",
    "ask": "notice_ask",
    "review_uphold": "notice_upheld",
    "register": REGISTERED,
    "transfer": REGISTERED,
}
"""How the citizen is told of a move, where it is not as of any other stage."""
AMENDABLE = ("merchant", "address", "category", "description")
KEPT = (*AMENDABLE, "unit", "assignee", "external_number", "external_at", "joined")
"""Fields of moves that are kept with the submission."""


def may_read(staff: Staff) -> bool:
    """Who may see submissions at all."""
    return bool(READERS & staff.roles)


def open_submission(tx: Tx, number: str, staff: Staff) -> Submission:
    """A submission to look at; looking is itself recorded, and what was new in it is so no more.

    Raises Refused when it is not there.
    """
    found = submission.find(tx, number)
    if found is None or not may_read(staff):
        raise Refused("not_found", f"没有编号为 {number} 的件。")
    audit.write(tx, actor=staff.name, action="open", subject=number)
    if found.unread:
        submission.mark(tx, found.id, unread=0)
    return found


def moves_for(found: Submission, staff: Staff) -> list[Move]:
    """What this person may do with it now: the page's buttons."""
    decided = found.decided_by == staff.name
    return moves.allowed(procedure.MOVES, found.stage, staff.roles, found.kind, decided=decided)


def move(
    tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Mapping[str, str]
) -> Submission:
    """Take a move. Raises Refused with code ``stale`` when somebody else changed the submission since `version`."""
    found = submission.find(tx, number)
    if found is None or not may_read(staff):
        raise Refused("not_found", f"没有编号为 {number} 的件。")
    given = {key: value.strip() for key, value in values.items()}
    if found.version != version:
        raise Refused("stale", _what_changed(tx, found), version=found.version)
    chosen = moves.check(
        procedure.MOVES,
        name,
        stage=found.stage,
        stage_label=STAGES[found.stage].label,
        roles=staff.roles,
        values=given,
        kind=found.kind,
        decided=found.decided_by == staff.name,
    )
    given = {field.name: given[field.name] for field in chosen.fields if given.get(field.name)}
    if chosen.name == "amend":
        masked = {name: mask(value) for name, value in given.items()}
        given = {name: part.text for name, part in masked.items() if part.text != getattr(found, name)}
        identities.mention(tx, found.id, [number for part in masked.values() for number in part.numbers])
        if not given:
            raise Refused("missing_field", "没有改动：各项与现有内容相同。")
    if "joined" in given:
        given["joined"] = _lead_of(tx, found, given["joined"])
    return _take(tx, office, found, chosen, staff, given)


def _what_changed(tx: Tx, found: Submission) -> str:
    last = timeline.of(tx, found.id)[-1:]
    who = f"：{last[0].actor} 已执行“{last[0].title}”" if last else ""
    return f"此件刚被他人更新{who}，现为“{STAGES[found.stage].label}”。请查看最新内容后再操作，您填写的内容没有提交。"


def _changes(found: Submission, chosen: Move, given: Mapping[str, str]) -> dict[str, str | int | None]:
    changes: dict[str, str | int | None] = {key: value for key, value in given.items() if key in KEPT}
    if chosen.name == "refer":
        changes.pop("unit", None)
    if "category" in changes and changes["category"] not in categories.CATEGORIES:
        raise Refused("invalid_field", f"没有“{changes['category']}”这个类别。")
    if chosen.target:
        changes["stage"] = chosen.target
    return changes


def _lead_of(tx: Tx, found: Submission, number: str) -> str:
    """The number of the submission it joins; each keeps its own number, deadlines and notices."""
    lead = submission.find(tx, number.upper())
    if lead is None or lead.id == found.id:
        raise Refused("invalid_field", f"没有可以并入的件：{number[:40]}。请填写另一件的编号。")
    return lead.joined or lead.number


def _marks(tx: Tx, chosen: Move, staff: Staff) -> dict[str, str | int | None]:
    """Who decided, and whether the citizen is asked or may speak of the outcome again."""
    if chosen.asks:
        return {"asked_at": tx.stamp}
    if not chosen.target or chosen.target in procedure.WORKING_STAGES:
        return {"confirmed_at": None} if chosen.target else {}
    return {"decided_by": staff.name, "asked_at": None}


def _take(tx: Tx, office: Office, found: Submission, chosen: Move, staff: Staff, given: dict[str, str]) -> Submission:
    try:
        after = submission.change(tx, found, **_changes(found, chosen, given) | _marks(tx, chosen, staff))
    except Conflict:
        raise Refused("stale", _what_changed(tx, found), version=found.version) from None
    deadline.close(tx, found.id, chosen.closes)
    for code in chosen.starts:
        intake.start_deadline(tx, office, found, code, tx.now)
    timeline.add(
        tx,
        found.id,
        ENTRIES.get(chosen.name, "move"),
        actor=staff.name,
        title=chosen.label,
        body=_record(found, chosen, given),
        public=chosen.public,
    )
    detail = f"{found.stage}→{after.stage} v{after.version}"
    audit.write(tx, actor=staff.name, action=chosen.name, subject=found.number, detail=detail)
    if after.stage == "referred":
        tasks.referred(tx, found.id, staff=staff)
    _tell(tx, office, after, chosen, given)
    return after


def _record(found: Submission, chosen: Move, given: Mapping[str, str]) -> str:
    if chosen.name == "amend":
        return "\n".join(
            f"{field.label}：{_shown(field.name, getattr(found, field.name))} → {_shown(field.name, given[field.name])}"
            for field in chosen.fields
            if field.name in given
        )
    lines = [f"{field.label}：{given[field.name]}" for field in chosen.fields[:-1] if field.name in given]
    return "\n".join([*lines, given["note"]] if given.get("note") else lines)


def _shown(name: str, value: str) -> str:
    return categories.label(value) if name == "category" else value


def _tell(tx: Tx, office: Office, after: Submission, chosen: Move, given: Mapping[str, str]) -> None:
    """Queue the notice of a move, in the transaction of the move itself."""
    template = NOTICES.get(chosen.name, "notice_stage" if chosen.notice else "")
    if not template or (template == REGISTERED and not after.external_number):
        return
    note = given.get("note", "") if chosen.public else ""
    text = say(
        template,
        office=office,
        number=after.number,
        external_number=after.external_number,
        text=chosen.notice,
        note=note,
        decided=after.stage in procedure.DECIDED_STAGES,
        remedies=remedies.of(after.kind, after.stage, office.today(tx.now)),
        rewardable=after.kind is Kind.REPORT and after.stage == "concluded",
    )
    stage = STAGES[after.stage].label if chosen.notice or template == REGISTERED else "有新的答复"
    by = telling.day_to_tell(tx, office, after, chosen.tell_by)
    telling.tell_reporter(tx, office, after, text, stage=stage, whole=not note, by=by)
