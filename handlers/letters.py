"""Reports on an official's conduct (纪检检举): they take a way of their own, past the queue (Order 121, Art. 44)."""

from datetime import date, datetime

from handlers.codes import make_code
from handlers.errors import Refused
from handlers.office import Office
from storage import audit, letter
from storage.engine.database import Tx
from storage.errors import Conflict
from storage.letter import Letter
from storage.people.staff import Role, Staff

READERS = frozenset({Role.LIAISON})
STATES = {"kept": "未移送", "referred": "已移送纪检监察机关"}
TAIL = 4
NOTE_LIMIT = 2000


def keep(tx: Tx, office: Office, openid: str, text: str, received_at: datetime) -> str:
    """Seal a letter in; returns its reference, ``JJ20261123-K7QM``, which cannot be counted up.

    Nothing is written to the audit chain: whoever reads that must not learn that a letter came.
    """
    day = office.today(received_at)
    reference = _reference(day)
    while letter.find(tx, reference):
        reference = _reference(day)
    letter.add(tx, reference=reference, openid=openid, text=text, received_at=received_at)
    return reference


def _reference(day: date) -> str:
    return f"JJ{day:%Y%m%d}-{make_code(TAIL)}"


def shelf(tx: Tx, staff: Staff) -> list[Letter]:
    """All letters, newest first, for the liaison; to anybody else there are none."""
    return letter.every(tx) if READERS & staff.roles else []


def open_letter(tx: Tx, reference: str, staff: Staff) -> tuple[Letter, str]:
    """A letter and its text; opening is recorded with the reference alone. Raises Refused."""
    found = _find(tx, reference, staff)
    audit.write(tx, actor=staff.name, action="letter_open", subject=found.reference)
    return found, letter.text_of(tx, found)


def refer(tx: Tx, office: Office, reference: str, *, on: str, note: str, version: int, staff: Staff) -> None:
    """Note that a letter went to the discipline inspection authority on a day. Raises Refused."""
    found = _find(tx, reference, staff)
    if found.state != "kept" or found.version != version:
        raise Refused("stale", f"{reference} 刚被更新，请查看最新内容后再操作。")
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise Refused("invalid_field", "请填写移送日期。") from None
    if not office.today(found.received_at) <= day <= office.today(tx.now):
        raise Refused("invalid_field", "移送日期应在收到之日和今天之间。")
    if len(note) > NOTE_LIMIT:
        raise Refused("too_long", f"说明最多{NOTE_LIMIT}字。")
    try:
        letter.refer(tx, found, on=day, by=staff.name, note=note)
    except Conflict:
        raise Refused("stale", f"{reference} 刚被更新，请查看最新内容后再操作。") from None
    audit.write(tx, actor=staff.name, action="letter_refer", subject=found.reference)


def _find(tx: Tx, reference: str, staff: Staff) -> Letter:
    found = letter.find(tx, reference) if READERS & staff.roles else None
    if found is None:
        raise Refused("not_found", f"没有编号为 {reference} 的来信。")
    return found
