"""Into 12315 and out of 12345: what is not registered yet, what is copied there, and the work order of a case."""

import io
from functools import partial
from typing import Any

from flask import Response, abort, render_template, request, url_for

from bot.console.lists import Column, Filter, List, show
from bot.console.moves import Form, Tried, forms
from bot.console.session import Visit
from bot.tables.writing import WRITERS
from handlers.submissions import desk, orders, registration
from handlers.submissions.stages import KINDS
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.submissions import deadline, listing
from storage.submissions.listing import FIRST_RECEIVED_FIRST
from storage.submissions.submission import Submission

UNREGISTERED = List(
    "orders_unregistered",
    columns=(
        Column("编号", "unregistered_number", "cell-number", main=True),
        Column("反映的情况", "unregistered_words", main=True),
        Column("收到", "unregistered_days"),
        Column("期限", "queue_due"),
        Column("到12315", "unregistered_copy"),
    ),
    empty="没有未登记的件。",
    filters=(Filter("kind", "种类", {"": "全部"} | {kind.value: label for kind, label in KINDS.items()}),),
    size=30,
)
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


def unregistered(visit: Visit) -> str:
    """What is not in the national platform yet, the first received first."""
    with visit.service.db.read() as tx:
        return render_template(
            "console/unregistered.html",
            shown=show(UNREGISTERED, partial(_rows, visit, tx)),
            today=visit.service.office.today(tx.now),
        )


def _rows(visit: Visit, tx: Tx, *, kind: str, after: str, limit: int) -> Page[dict[str, Any]]:
    chosen = listing.Filter(kind=kind, unregistered=True)
    found = listing.search(tx, chosen, order=FIRST_RECEIVED_FIRST, after=after, limit=limit)
    due, office = deadline.next_of(tx, [one.id for one in found]), visit.service.office
    rows = [{"found": one, "due": due.get(one.id), "days": registration.days_since(tx, office, one)} for one in found]
    return Page(rows, found.next)


def transcript(visit: Visit, number: str) -> str:
    """One submission in the order of the platform's form. Opening it is recorded."""
    found, lines = visit.service.db.write(lambda tx: _transcribed(visit, tx, number))
    return render_template("console/transcript.html", found=found, lines=lines)


def _transcribed(visit: Visit, tx: Tx, number: str) -> tuple[Submission, dict[str, str]]:
    found = desk.open_submission(tx, number, visit.staff)
    lines = registration.transcript(tx, visit.service.office, found, visit.staff)
    return found, {label: value for label, value in lines.items() if value}


def export(visit: Visit, form: str) -> Response:
    """The list as a table in the order of the platform's form; that it was taken out is recorded."""
    kind = request.args.get("kind", "")
    if form not in TYPES or kind not in ("", *KINDS):
        abort(404)
    rows = visit.service.db.write(lambda tx: registration.export(tx, visit.service.office, visit.staff, kind, form))
    file = io.BytesIO()
    WRITERS[form](file, iter(rows), registration.COLUMNS)
    named = {"Content-Disposition": f'attachment; filename="unregistered-12315.{form}"'}
    return Response(file.getvalue(), content_type=TYPES[form], headers=named)


def order_of(visit: Visit, tx: Tx, found: Submission, tried: Tried) -> dict[str, Any]:
    """The work order of a case: how far it is, its forms, the last answer, and who else has its 12315 number."""

    def address(name: str) -> str:
        return url_for("console.submissions_act", number=found.number, name=name)

    drawn: list[Form] = forms(visit, tx, orders.PROCEDURE, found, address, tried)
    return {
        "order_states": orders.STATES,
        "order_forms": drawn,
        "order_answer": orders.answer(tx, found) if found.order_number else "",
        "same_number": registration.same_number(tx, found, found.external_number),
    }
