"""Into the national 12315 platform (Order 121, Art. 40): its number checked, and what staff copy into its form."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from content.submissions.sources import number_rule
from handlers import fields
from handlers.errors import Refused
from handlers.moves import Act, Outcome
from handlers.office import Office
from handlers.submissions import contact, intake
from handlers.submissions.stages import KINDS
from storage import audit
from storage.engine.database import Tx
from storage.people.staff import Staff
from storage.submissions import listing, order
from storage.submissions.listing import FIRST_RECEIVED_FIRST, Filter
from storage.submissions.submission import Kind, Submission

COLUMNS = (
    *("本局编号", "类型", "接收渠道", "接收时间", "已收到天数", "被投诉举报单位", "单位地址", "发生时间"),
    *("内容", "诉求", "投诉人姓名", "投诉人电话", "投诉人地址"),
)
"""In the order in which the platform's form asks for them."""


def register(act: Act[Submission]) -> Outcome:
    """A number that is none is told to nobody; one that another submission has is noted, not refused."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", act.given.get("external_number", "")))
    if not number:
        return Outcome()
    rule = number_rule(act.office.today(act.tx.now))
    if not rule.fits(number):
        raise Refused(
            "invalid_field",
            f"“{number[:40]}”不像全国12315平台的登记编号：{rule.text}。请从平台复制编号；群众会收到这个编号，没有保存。",
            field="external_number",
        )
    others = same_number(act.tx, act.row, number)
    lines = fields.lines(act.move.fields, {**act.given, "external_number": number}, act.office, act.row)
    hint = f"注意：{'、'.join(others)} 登记的也是这个编号，请核对。" if others else ""
    return Outcome({"external_number": number}, body=f"{lines}\n{hint}".strip())


def same_number(tx: Tx, found: Submission, number: str) -> list[str]:
    """Other submissions that were registered there under this number: its own, where none is given."""
    return [other for other in order.registered_as(tx, number) if other != found.number] if number else []


def transcript(tx: Tx, office: Office, found: Submission, staff: Staff) -> Mapping[str, str]:
    """What goes into the platform's form. A complainant's contact only for whoever is in charge, which is recorded."""
    person = contact.look(tx, found, staff) if found.kind is Kind.COMPLAINT else None
    values = (
        found.number,
        KINDS[found.kind],
        intake.SOURCES.get(found.source, found.source),
        office.local(found.received_at),
        str(days_since(tx, office, found)),
        found.merchant,
        found.address,
        found.happened,
        "\n".join(filter(None, (found.description, found.link))),
        found.demand,
        *((person.name, person.phone, person.address) if person else ("", "", "")),
    )
    return dict(zip(COLUMNS, values, strict=True))


def days_since(tx: Tx, office: Office, found: Submission) -> int:
    """Calendar days since it was received."""
    return (office.today(tx.now) - office.today(found.received_at)).days


def export(tx: Tx, office: Office, staff: Staff, kind: str, form: str) -> list[Mapping[str, str]]:
    """All that are not registered there, the oldest first; that they were taken out is on record."""
    audit.write(tx, actor=staff.name, action="export", subject="unregistered", detail=f"{form} {kind}".strip())
    return [transcript(tx, office, one, staff) for one in _unregistered(tx, kind)]


def _unregistered(tx: Tx, kind: str) -> Iterator[Submission]:
    chosen, after = Filter(kind=kind, unregistered=True), ""
    while True:
        found = listing.search(tx, chosen, order=FIRST_RECEIVED_FIRST, after=after, limit=500)
        yield from found
        if not (after := found.next):
            return
