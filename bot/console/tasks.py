"""待办: what only people can do, the most pressing first, and how it was done."""

from collections.abc import Collection, Iterable, Mapping
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.lists import Column, Filter, List, show
from bot.console.moves import Form, Tried, forms, take
from bot.console.session import Visit
from handlers import tasks
from handlers.submissions.desk import may_read
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.submissions import task
from storage.submissions.task import Task

GROUPS = {
    "phone": ("要打电话的", (tasks.CALL, tasks.TELL, tasks.INFORM)),
    **{name: (label, (name,)) for name, label in tasks.KINDS.items()},
}
"""By what the board may be narrowed, and the kinds of tasks that are meant."""
BOARD = List(
    "tasks_board",
    columns=(
        Column("期限", "task_due"),
        Column("事项", "task_title", main=True),
        Column("关于", "task_about"),
        Column("内容", "task_body", main=True),
        Column("办结", "task_moves", "moves", main=True),
    ),
    empty="没有待办。",
    filters=(Filter("kind", "事项", {"": "全部", **{name: label for name, (label, _) in GROUPS.items()}}),),
    size=50,
    style="tasks",
)


def board(visit: Visit) -> ResponseReturnValue:
    """All open tasks."""
    return _page(visit)


def act(visit: Visit, id: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the board as it is now, with what was typed."""
    after = take(visit, tasks.PROCEDURE, tasks.move, id, name)
    if isinstance(after, Tried):
        return _page(visit, id, after)
    if request.args.get("back") == "submission":
        return redirect(url_for("console.submissions_look", number=after.number), 303)
    return redirect(url_for("console.tasks_board", done=after.title), 303)


def _page(visit: Visit, id: str = "", tried: Tried | None = None) -> tuple[str, int]:
    tried = tried or Tried()
    with visit.service.db.read() as tx:
        shown = show(BOARD, partial(_open_ones, visit, tx))
        page = render_template(
            "console/tasks.html",
            shown=shown,
            total=counted(visit, tx, shown.chosen),
            may_open=may_read(visit.staff),
            task_forms=task_forms(visit, tx, shown.rows, id, tried),
            today=visit.service.office.today(tx.now),
            refused=tried.refused,
            done=request.args.get("done", ""),
        )
    return page, tried.status


def _open_ones(visit: Visit, tx: Tx, *, kind: str, after: str, limit: int) -> Page[Task]:
    return task.open_ones(tx, _kinds(visit, kind), after=after, limit=limit)


def _kinds(visit: Visit, group: str) -> Collection[str]:
    """The kinds of a group, none for all; for whom only one kind concerns, that one whatever was asked."""
    only = tasks.kind_for(visit.staff)
    return (only,) if only else GROUPS[group][1] if group else ()


def counted(visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> int:
    """How many the board shows under these filters."""
    return task.count_open(tx, _kinds(visit, chosen["kind"]))


def task_forms(
    visit: Visit, tx: Tx, rows: Iterable[Task], id: str = "", tried: Tried | None = None, *, back: str | None = None
) -> dict[str, list[Form]]:
    """The forms of each task; `id` is the one that was tried, `back` the page that it leads back to."""

    def of(row: Task) -> list[Form]:
        def address(name: str) -> str:
            return url_for("console.tasks_act", id=row.id, name=name, back=back, after=request.args.get("after"))

        mine = tried if tried and row.id == id else Tried()
        return forms(visit, tx, tasks.PROCEDURE, row, address, mine, opens=False)

    return {row.id: of(row) for row in rows}
