"""Reports on an official's conduct (纪检检举): they take a way of their own, past the queue (Order 121, Art. 44)."""

from datetime import date
from typing import Any

from handlers import moves
from handlers.codes import make_code
from handlers.errors import Refused
from handlers.fields import DAY, LONG, Field, Typed
from handlers.moves import Act, Move, Outcome, Procedure
from handlers.office import Office
from storage import audit, letter
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.letter import Letter
from storage.people.staff import Role, Staff

READERS = frozenset({Role.LIAISON})
STATES = {"kept": "未移送", "referred": "已移送纪检监察机关"}
TAIL = 4
NOTE_LIMIT = 2000


def keep(tx: Tx, office: Office, openid: str, text: str) -> str:
    """Seal a letter in; returns its reference, ``JJ20261123-K7QM``, which cannot be counted up.

    Nothing is written to the audit chain: whoever reads that must not learn that a letter came.
    """
    day = office.today(tx.now)
    reference = _reference(day)
    while letter.find(tx, reference):
        reference = _reference(day)
    letter.add(tx, reference=reference, openid=openid, text=text, received_on=day)
    return reference


def _reference(day: date) -> str:
    return f"JJ{day:%Y%m%d}-{make_code(TAIL)}"


def shelf(tx: Tx, staff: Staff, **page: Any) -> Page[Letter]:
    """A page of the letters, newest first, for the liaison; to anybody else there are none."""
    return letter.every(tx, **page) if READERS & staff.roles else Page()


def open_letter(tx: Tx, reference: str, staff: Staff) -> tuple[Letter, str]:
    """A letter and its text; opening is recorded with the reference alone. Raises Refused."""
    found = _find(tx, reference, staff)
    audit.write(tx, actor=staff.name, action="letter_open", subject=found.reference)
    return found, letter.text_of(tx, found)


def move(tx: Tx, office: Office, reference: str, name: str, *, staff: Staff, version: int, values: Typed) -> Letter:
    """Take a move. Raises Refused."""
    found = _find(tx, reference, staff)
    return moves.take(tx, office, PROCEDURE, found, name, staff=staff, version=version, values=values)


def _find(tx: Tx, reference: str, staff: Staff) -> Letter:
    found = letter.find(tx, reference) if READERS & staff.roles else None
    if found is None:
        raise Refused("not_found", f"没有编号为 {reference} 的来信。")
    return found


def _refer(act: Act[Letter]) -> Outcome:
    if not act.row.received_on <= act.given["on"] <= act.office.today(act.tx.now):
        raise Refused("invalid_field", "移送日期应在收到之日和今天之间。", field="on")
    return Outcome()


MOVES: tuple[Move[Letter], ...] = (
    Move(
        "letter_refer",
        "标为已移送纪检监察机关",
        ("kept",),
        "referred",
        READERS,
        (
            Field("on", "移送日期", required=True, kind=DAY, column="referred_on"),
            Field(
                "note",
                "说明",
                kind=LONG,
                column="note",
                limit=NOTE_LIMIT,
                hint="例如接收机关、文号。加密保存。",
            ),
        ),
        signs="referred_by",
        effect=_refer,
    ),
)
PROCEDURE = Procedure[Letter](moves=MOVES, states=STATES, change=letter.change, number=lambda found: found.reference)
"""Without a timeline: the audit holds the reference alone."""
