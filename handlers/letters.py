"""Reports on an official's conduct (纪检检举): they take a way of their own, past the queue (Order 121, Art. 44)."""

from datetime import date
from typing import Any

from handlers import moves
from handlers.codes import make_code
from handlers.errors import Refused
from handlers.fields import DAY, LONG, Field, Typed
from handlers.moves import Act, Move, Outcome, Procedure
from handlers.office import Office
from storage import audit, letter, letter_key
from storage.engine.boxes import Opener, Pair
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.letter import Contents, Letter
from storage.letter_key import LetterKey
from storage.people import staff as accounts
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


def open_letter(tx: Tx, reference: str, staff: Staff, opener: Opener) -> Contents:
    """What a letter says; opening is recorded with the reference alone. Raises Refused."""
    found = find(tx, reference, staff)
    key = _own_key(tx, staff)
    _take_in(tx, key)
    audit.write(tx, actor=staff.name, action="letter_open", subject=found.reference)
    return letter.contents(tx, found, key, opener)


def _own_key(tx: Tx, staff: Staff) -> LetterKey:
    key = letter_key.of(tx, staff.name) if READERS & staff.roles else None
    if key is None:
        raise Refused("no_letter_key", "您还没有设置来信密码。")
    return key


def set_key(tx: Tx, office: Office, staff: Staff, pair: Pair, opener: Opener | None) -> LetterKey:
    """Give the liaison a new pair; letters come over from the one before if that was opened, else they are lost.

    The first liaison's takes in what came before there was one. Raises Refused.
    """
    if not READERS & staff.roles:
        raise Refused("forbidden", "只有纪检联络员能设置来信密码。")
    before = letter_key.of(tx, staff.name)
    key = letter_key.add(tx, staff.name, pair, made_on=office.today(tx.now))
    if before and opener:
        letter.hand_over(tx, before, opener, key)
    if before:
        _succeed(tx, before, key)
    _take_in(tx, key)
    detail = "" if before is None else "kept" if opener else "lost"
    audit.write(tx, actor=staff.name, action="letter_key", subject=staff.name, detail=detail)
    return key


def _take_in(tx: Tx, key: LetterKey) -> None:
    """What came while nobody had a pair goes to whoever gets letters now."""
    if key == letter_key.recipient(tx):
        letter.take_in(tx, key)


def _succeed(tx: Tx, before: LetterKey, key: LetterKey) -> None:
    """Give a pair up for another. New letters follow only from the pair that got them: no other may send them on."""
    if before == letter_key.recipient(tx):
        letter_key.choose(tx, key.number)
    letter_key.give_up(tx, before.number)


def successors(tx: Tx, staff: Staff) -> list[LetterKey]:
    """The pairs of other liaisons, to whom the letters may be handed over."""
    named = [(key, accounts.get(tx, key.staff)) for key in letter_key.kept(tx) if key.staff != staff.name]
    return [key for key, holder in named if holder and not holder.disabled and READERS & holder.roles]


def hand_over(tx: Tx, staff: Staff, opener: Opener, number: str) -> LetterKey:
    """Seal every letter to another liaison's pair and give up one's own. Raises Refused."""
    before = _own_key(tx, staff)
    key = next((key for key in successors(tx, staff) if str(key.number) == number), None)
    if key is None:
        raise Refused("not_found", "没有可以移交的纪检联络员：请对方先设置来信密码。")
    letter.hand_over(tx, before, opener, key)
    _succeed(tx, before, key)
    _take_in(tx, key)
    audit.write(tx, actor=staff.name, action="letter_hand_over", subject=key.staff)
    return key


def move(tx: Tx, office: Office, reference: str, name: str, *, staff: Staff, version: int, values: Typed) -> Letter:
    """Take a move. Raises Refused."""
    found = find(tx, reference, staff)
    return moves.take(tx, office, PROCEDURE, found, name, staff=staff, version=version, values=values)


def find(tx: Tx, reference: str, staff: Staff) -> Letter:
    """A letter, closed. Raises Refused; to whoever is not the liaison there is none."""
    found = letter.find(tx, reference) if READERS & staff.roles else None
    if found is None:
        raise Refused("not_found", f"没有编号为 {reference} 的来信。")
    return found


def _refer(act: Act[Letter]) -> Outcome:
    if not act.row.received_on <= act.given["on"] <= act.office.today(act.tx.now):
        raise Refused("invalid_field", "移送日期应在收到之日和今天之间。", field="on")
    # No column of the field: the form of a closed letter cannot show what is sealed.
    return Outcome({"note": act.given.get("note", "")})


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
