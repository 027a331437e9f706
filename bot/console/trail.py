"""What was done, and what did not arrive: the audit chain and the troubles of the outbox."""

from flask import render_template, request

from bot.console.session import Visit
from handlers.notices import alarms
from handlers.submissions import desk
from storage import audit
from storage.engine.database import Row, Tx
from storage.notices import outbox
from storage.submissions import submission

CHECKED_AT_ONCE = 20_000
"""Rows whose chain is recomputed with every view; a longer one only when asked for."""


def chain(visit: Visit) -> str:
    """The newest rows of the audit chain, of all or of one subject, and whether the chain is whole."""
    subject = request.args.get("subject", "").strip()
    with visit.service.db.read() as tx:
        rows, length = audit.newest(tx, subject=subject), audit.length(tx)
        checked = length <= CHECKED_AT_ONCE or "check" in request.args
        broken = audit.broken_link(tx) if checked else None
    return render_template(
        "console/audit.html", rows=rows, length=length, subject=subject, checked=checked, broken=broken
    )


def deliveries(visit: Visit) -> str:
    """What could not be brought to the platform or fetched from it, and why."""
    with visit.service.db.read() as tx:
        rows = [row | {"number": _number(tx, row["subject"]), "kind": _kind(row)} for row in outbox.troubles(tx)]
        today = visit.service.office.today(tx.now).isoformat()
    return render_template("console/deliveries.html", rows=rows, today=today, may_open=desk.may_read(visit.staff))


def _kind(row: Row) -> str:
    """The kind of a parcel; a notice to an officer is told from one to a reporter by its subject."""
    to_staff = row["kind"] == "notice" and row["subject"].startswith("alarm:")
    return alarms.WECHAT if to_staff else str(row["kind"])


def _number(tx: Tx, subject: str) -> str:
    """The number of the submission a notice or an alarm is about; '' for anything else."""
    kind, _, rest = subject.partition(":")
    return submission.number_of(tx, rest.partition(":")[0]) if kind in ("notice", "alarm") else ""
