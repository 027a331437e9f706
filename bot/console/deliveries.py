"""What did not arrive: the troubles of the outbox."""

from flask import render_template

from bot.console.session import Visit
from handlers.notices import alarms
from handlers.submissions import desk
from storage.engine.database import Row, Tx
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.submissions import submission


def board(visit: Visit) -> str:
    """What could not be brought to the platform or fetched from it, and why."""
    with visit.service.db.read() as tx:
        rows = [row | {"number": _number(tx, row), "kind": _kind(row)} for row in outbox.troubles(tx)]
        today = visit.service.office.today(tx.now).isoformat()
    return render_template("console/deliveries.html", rows=rows, today=today, may_open=desk.may_read(visit.staff))


def _kind(row: Row) -> str:
    """The kind of a parcel; a notice to an officer is told from one to a reporter by its topic."""
    to_staff = row["kind"] == "notice" and row["topic"] == Topic.ALARM
    return alarms.WECHAT if to_staff else str(row["kind"])


def _number(tx: Tx, row: Row) -> str:
    """The number of the submission a notice or an alarm is about; '' for anything else."""
    return submission.number_of(tx, row["about"]) if row["topic"] in (Topic.SUBMISSION, Topic.ALARM) else ""
