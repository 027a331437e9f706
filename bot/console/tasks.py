"""待办: what only people can do, the most pressing first, and how it was done."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import moment, typed
from bot.console.session import Visit
from bot.web.refusals import status_of
from handlers import tasks
from handlers.errors import Refused
from storage.submissions import task


def board(visit: Visit) -> ResponseReturnValue:
    """All open tasks."""
    return _page(visit)


def finish(visit: Visit, id: str) -> ResponseReturnValue:
    """Mark a task as done; a refusal shows the board as it is now, with what was typed."""
    values = {name: value.strip() for name, value in typed().items()}
    happened_at = moment(values.get("happened_at", ""), visit.service.office)
    given = {"how": values.get("how", ""), "note": values.get("note", "")}
    try:
        done = visit.service.db.write(
            lambda tx: tasks.finish(tx, id, staff=visit.staff, happened_at=happened_at, **given)
        )
    except Refused as refused:
        return _page(visit, refused=refused, tried=id, values=values)
    if values.get("back") == "submission":
        return redirect(url_for("console.submissions_look", number=done.number), 303)
    return redirect(url_for("console.tasks_board", done=done.title), 303)


def _page(
    visit: Visit, *, refused: Refused | None = None, tried: str = "", values: Mapping[str, str] | None = None
) -> tuple[str, int]:
    with visit.service.db.read() as tx:
        rows, today, now = task.open_ones(tx), visit.service.office.today(tx.now), tx.now
    page = render_template(
        "console/tasks.html",
        rows=rows,
        today=today,
        now=now.astimezone(visit.service.office.timezone),
        refused=refused,
        tried=tried,
        values=values or {},
        done=request.args.get("done", ""),
    )
    return page, status_of(refused) if refused else 200
