"""Rows of the lists of 12315 and 12345 become submissions; a work order of 12345 is signed for and answered."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from content.submissions.sources import ORDER_SOURCE
from handlers import fields, periods
from handlers.fields import CHOICE, Field
from handlers.masking import mask, withheld
from handlers.moves import Act, Move, Outcome, Procedure
from handlers.office import Office
from handlers.submissions import intake
from handlers.submissions.asked import BOTH, note
from storage import timeline
from storage.engine.database import Tx
from storage.submissions import order, submission
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind, Submission

Values = Mapping[str, str | int]
HOTLINE, REPLY = "orders12345", "order.reply"
STATES = {
    "": "没有工单",
    "received": "待签收",
    "signed": "已签收",
    "replied": "已答复",
    "satisfied": "回访满意",
    "unsatisfied": "回访不满意",
}
"""How far a work order of 12345 is."""
RESULTS = {"satisfied": "满意", "unsatisfied": "不满意"}
SAYS = {"shop": "被投诉单位", "place": "地址", "told": "内容", "demand": "诉求", "due": "期限"}
"""The columns of which a change is shown: what a row says, but for who said it."""


def take_in(tx: Tx, office: Office, platform: str, values: Values) -> bool:
    """Take a row in; returns whether anything changed. A row is known again by its number."""
    number, says = str(values["number"]), _says(values)
    digest = sha256(says.encode()).hexdigest()
    known = order.find(tx, platform, number)
    if known and known.digest == digest:
        return False
    found = _known(tx, platform, number, known)
    made = found or _make(tx, office, platform, values)
    if known:
        title = f"{ORDER_SOURCE[platform]}的内容有变化"
        timeline.add(tx, made.id, "note", actor="command", title=title, body=says)
        submission.unread_again(tx, made.id)
    order.keep(tx, platform, number, submission=made.id, digest=digest)
    return known is not None or found is None


def _says(values: Values) -> str:
    return "\n".join(f"{label}：{mask(str(values[name])).text}" for name, label in SAYS.items() if values.get(name))


def _known(tx: Tx, platform: str, number: str, known: order.Order | None) -> Submission | None:
    """The submission of that row, also one that was registered in 12315 from here."""
    if known:
        return submission.get(tx, known.number)
    numbers = [] if platform == HOTLINE else order.registered_as(tx, number)
    return submission.get(tx, numbers[0]) if numbers else None


def _make(tx: Tx, office: Office, platform: str, values: Values) -> Submission:
    given = {name: str(value) for name, value in values.items()}
    identity = Identity(name=given.get("person", ""), phone=given.get("phone", ""), address=given.get("home", ""))
    received = fields.moment(given["received"], office)
    draft = Draft(
        kind=Kind(given["matter"]),
        stage="triage",
        category="",
        received_at=received or tx.now,
        merchant=given.get("shop", ""),
        address=given.get("place", ""),
        description=given["told"],
        demand=given.get("demand", ""),
        source=ORDER_SOURCE[platform],
    )
    made = intake.take_in(tx, office, draft, identity, actor="command")
    if platform != HOTLINE:
        return submission.change(tx, made, external_number=given["number"], external_at=office.local(draft.received_at))
    until = date.fromisoformat(given["due"]) if given.get("due") else None
    periods.start(tx, made.id, REPLY, office.today(draft.received_at), until=until)
    return submission.change(tx, made, order_number=given["number"], order_state="received")


def _result(act: Act[Submission]) -> Outcome:
    return Outcome({"order_state": act.given["result"]})


def _follow(act: Act[Submission], after: Submission, _outcome: Outcome) -> None:
    """Whoever is not satisfied gets another answer, by a clock of its own."""
    day = act.office.today(act.tx.now)
    periods.close(act.tx, after.id, act.move.closes, day)
    if after.order_state == "unsatisfied":
        periods.start(act.tx, after.id, REPLY, day)


MOVES: tuple[Move[Submission], ...] = (
    Move("sign_order", "签收12345工单", ("received",), "signed", BOTH, (note("备注"),), entry="note"),
    Move(
        "reply_order",
        "答复12345工单",
        ("received", "signed", "unsatisfied"),
        "replied",
        BOTH,
        (note("答复内容", required=True, hint="保存后可以整段复制到12345平台；不要写举报人的姓名和电话。"),),
        entry="note",
        closes=(REPLY,),
    ),
    Move(
        "call_back_order",
        "登记回访结果",
        ("replied",),
        "",
        BOTH,
        (Field("result", "回访结果", required=True, kind=CHOICE, options=RESULTS), note("来电人的意见")),
        entry="note",
        effect=_result,
    ),
)
NAMES = frozenset(move.name for move in MOVES)
PROCEDURE = Procedure[Submission](
    moves=MOVES,
    states=STATES,
    change=submission.change,
    number=lambda found: found.number,
    about=lambda found: found.id,
    column="order_state",
    keep=lambda act: withheld(act, act.row.id),
    follow=_follow,
)


def answer(tx: Tx, found: Submission) -> str:
    """The last answer to its work order; '' when there is none."""
    answers = [entry.body for entry in timeline.of(tx, found.id) if entry.title == MOVES[1].label]
    return answers[-1] if answers else ""
