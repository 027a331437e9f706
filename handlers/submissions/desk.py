"""The staff's verbs: what is done with a submission, by the table of its procedure."""

from collections.abc import Mapping
from typing import Any

from content.replies import say
from content.submissions import remedies
from handlers import moves, tasks
from handlers.errors import Refused
from handlers.fields import Typed
from handlers.moves import Act, Outcome, Procedure
from handlers.notices import telling
from handlers.office import Office
from handlers.submissions import intake, procedure
from handlers.submissions.procedure import STAGES
from storage import audit
from storage.engine.database import Tx
from storage.people.staff import Role, Staff
from storage.submissions import deadline, submission
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
    return found


def note_list(tx: Tx, staff: Staff, door: str, filters: Mapping[str, str]) -> None:
    """A look at a page of a list that shows words of citizens, with its filters; '' for a value that may name one."""
    detail = " ".join(f"{name}={value}" if value else name for name, value in filters.items())
    audit.write(tx, actor=staff.name, action="list", subject=door, detail=detail)


def move(tx: Tx, office: Office, number: str, name: str, *, staff: Staff, version: int, values: Typed) -> Submission:
    """Take a move. Raises Refused, with code ``stale`` when somebody else changed the submission since `version`."""
    found = _find(tx, number, staff)
    return moves.take(tx, office, PROCEDURE, found, name, staff=staff, version=version, values=values)


def _marks(act: Act[Submission]) -> Mapping[str, Any]:
    """Who decided, and whether the citizen may speak of the outcome again."""
    if not act.move.target:
        return {}
    working = act.move.target in procedure.WORKING_STAGES
    return {"confirmed_at": None} if working else {"decided_by": act.staff.name, "asked_at": None}


def _follow(act: Act[Submission], after: Submission, _outcome: Outcome) -> None:
    """Clocks, the task that is done with it, and the notice, in the transaction of the move itself."""
    deadline.close(act.tx, after.id, act.move.closes)
    for code in act.move.starts:
        intake.start_deadline(act.tx, act.office, after, code, act.tx.now)
    if after.stage == "referred":
        tasks.referred(act.tx, after.id, staff=act.staff)
    if act.move.tells and (act.move.tells != procedure.REGISTERED or after.external_number):
        _tell(act, after)


def _tell(act: Act[Submission], after: Submission) -> None:
    note = act.given.get("note", "") if act.move.public else ""
    text = say(
        act.move.tells,
        office=act.office,
        number=after.number,
        external_number=after.external_number,
        text=act.move.notice,
        note=note,
        decided=after.stage in procedure.DECIDED_STAGES,
        remedies=remedies.of(after.kind, after.stage, act.office.today(act.tx.now)),
        rewardable=after.kind is Kind.REPORT and after.stage == "concluded",
    )
    stage = "有新的答复" if act.move.entry == "answer" else STAGES[after.stage].label
    by = telling.day_to_tell(act.tx, act.office, after, act.move.tell_by)
    telling.tell_reporter(act.tx, act.office, after, text, stage=stage, whole=not note, by=by)


PROCEDURE = Procedure[Submission](
    moves=procedure.MOVES,
    states={name: stage.label for name, stage in STAGES.items()},
    change=submission.change,
    number=lambda found: found.number,
    about=lambda found: found.id,
    column="stage",
    kinds={Kind.REPORT: "举报", Kind.COMPLAINT: "投诉"},
    marks=_marks,
    follow=_follow,
)
