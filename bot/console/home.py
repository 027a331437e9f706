"""我的一天: the first page of everybody. What waits, each line a view that opens exactly the rows it counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import render_template, url_for

from bot.console import articles, queue, rewards, tasks
from bot.console.session import Visit
from handlers.submissions.desk import READERS
from handlers.tasks import TELL_NAMED
from storage.engine.database import Tx
from storage.people.staff import Role
from storage.submissions.listing import COUNTED

OVERSEERS = frozenset({Role.INTAKE, Role.LEADER})
"""Whose day is that of the whole office; an officer's is what they have."""
LEADER, OFFICERS = frozenset({Role.LEADER}), frozenset({Role.OFFICER, Role.LEADER})
REVIEWERS, PUBLISHERS = frozenset({Role.REVIEWER, Role.LEADER}), frozenset({Role.PUBLISHER})
QUEUE, TASKS, REWARDS, ARTICLES = "queue_board", "tasks_board", "rewards_ledger", "articles_shelf"
COUNTS: Mapping[str, Callable[[Visit, Tx, Mapping[str, str]], int]] = {
    QUEUE: queue.counted,
    TASKS: tasks.counted,
    REWARDS: rewards.counted,
    ARTICLES: articles.counted,
}
"""Lists, by the names of their pages, and what counts their rows under filters."""


@dataclass(frozen=True)
class Line:
    """What is counted for whom: the rows of the list of `page` under the filters `chosen`.

    `own`: for an officer only those of their own. `presses`: there should be none.
    """

    label: str
    roles: frozenset[Role]
    page: str
    chosen: Mapping[str, str] = field(hash=False)
    own: bool = False
    presses: bool = False


LINES = (
    Line("已逾期", READERS, QUEUE, {"stage": "all", "due": "late"}, own=True, presses=True),
    Line("今天到期", READERS, QUEUE, {"stage": "all", "due": "today"}, own=True, presses=True),
    Line("新分给我", READERS, QUEUE, {"stage": "all", "mine": "1", "fresh": "1"}),
    Line("群众有新话", READERS, QUEUE, {"stage": "unread"}, own=True),
    Line("待分流", OVERSEERS, QUEUE, {"stage": "triage"}),
    Line("等我决定", LEADER, QUEUE, {"stage": "proposed"}),
    Line("申请延长期限", LEADER, TASKS, {"kind": "extend"}),
    Line("异议待复核", OFFICERS, QUEUE, {"stage": "disputed"}),
    Line("要打电话的", READERS, TASKS, {"kind": "phone"}),
    Line("待告知实名举报人", frozenset({Role.CUSTODIAN}), TASKS, {"kind": TELL_NAMED}),
    Line("奖励待定级", OFFICERS, REWARDS, {"state": "applied"}),
    Line("奖励待审批", LEADER, REWARDS, {"state": "graded"}),
    Line("奖励待发放", OVERSEERS, REWARDS, {"state": "claimable"}),
    Line("稿件待审核", REVIEWERS, ARTICLES, {"state": "in_review"}),
    Line("稿件待发布", PUBLISHERS, ARTICLES, {"state": "approved"}),
    Line("发布失败", PUBLISHERS, ARTICLES, {"state": "failed"}, presses=True),
    Line("草稿", frozenset({Role.EDITOR}), ARTICLES, {"state": "draft"}),
)


@dataclass(frozen=True)
class Counted:
    """A line as it is shown."""

    label: str
    address: str
    count: int
    presses: bool


def day(visit: Visit) -> str:
    """What waits for this account."""
    with visit.service.db.read() as tx:
        lines = [_counted(visit, tx, line) for line in LINES if line.roles & visit.staff.roles]
    return render_template("console/home.html", lines=lines, most=COUNTED)


def _counted(visit: Visit, tx: Tx, line: Line) -> Counted:
    mine = {"mine": "1"} if line.own and not OVERSEERS & visit.staff.roles else {}
    chosen = {**line.chosen, **mine}
    address = url_for(f"console.{line.page}", **chosen)  # type: ignore[arg-type]
    count = COUNTS[line.page](visit, tx, chosen)
    return Counted(line.label, address, count, line.presses and count > 0)
