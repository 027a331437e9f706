"""What did not arrive: the troubles of the outbox, and messages that could not be handled."""

from functools import partial
from typing import Any

from flask import render_template

from bot.console.lists import Column, List, show
from bot.console.session import Visit
from handlers.notices import alarms
from handlers.submissions import desk
from storage.chat import inbox
from storage.engine.database import Row, Tx
from storage.engine.paging import Page
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.submissions import submission

BOARD = List(
    "deliveries_board",
    columns=(
        Column("事项", "parcel_kind", "fw-semibold", main=True),
        Column("关于", "parcel_about"),
        Column("状态", "parcel_state"),
        Column("方式", "parcel_way"),
        Column("原因", "error"),
        Column("已试", "parcel_attempts", "num"),
        Column("等待自", "parcel_since", "num text-nowrap"),
        Column("最迟告知", "parcel_by", "num text-nowrap"),
    ),
    empty="没有问题。",
)


def board(visit: Visit) -> str:
    """What could not be brought to the platform or fetched from it, and why."""
    with visit.service.db.read() as tx:
        page = render_template(
            "console/deliveries.html",
            shown=show(BOARD, partial(_troubles, tx)),
            given_up=inbox.given_up(tx),
            today=visit.service.office.today(tx.now).isoformat(),
            may_open=desk.may_read(visit.staff),
        )
    return page


def _troubles(tx: Tx, **page: Any) -> Page[Row]:
    rows = outbox.troubles(tx, **page)
    return Page((row | {"number": _number(tx, row), "kind": _kind(row)} for row in rows), rows.next)


def _kind(row: Row) -> str:
    """The kind of a parcel; a notice to an officer is told from one to a reporter by its topic."""
    to_staff = row["kind"] == "notice" and row["topic"] == Topic.ALARM
    return alarms.WECHAT if to_staff else str(row["kind"])


def _number(tx: Tx, row: Row) -> str:
    """The number of the submission a notice or an alarm is about; '' for anything else."""
    return submission.number_of(tx, row["about"]) if row["topic"] in (Topic.SUBMISSION, Topic.ALARM) else ""
