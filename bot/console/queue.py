"""The triage queue: submissions as a list, by what is filtered and searched."""

from collections.abc import Mapping
from functools import partial
from itertools import chain
from typing import Any

from flask import render_template, request

from bot.console.lists import Column, Filter, List, show
from bot.console.marks import Piece, found_in
from bot.console.session import Visit
from content.submissions.categories import CATEGORIES
from handlers.submissions.stages import KINDS, OPEN_STAGES, STAGES
from storage import timeline
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.submissions import deadline, evidence, submission
from storage.submissions.submission import NEWEST_FIRST, OPEN_ORDER, Submission
from storage.submissions.words import TEXTS

QUEUE = List(
    "queue_board",
    columns=(
        Column("编号", "queue_number", "cell-number", main=True),
        Column("店名、地址", "queue_merchant", main=True),
        Column("类别", "queue_category"),
        Column("阶段", "queue_stage"),
        Column("期限", "queue_due"),
        Column("承办", "queue_unit"),
        Column("收到", "queue_received"),
    ),
    empty="没有符合条件的件。",
    filters=(
        Filter("text", "搜索"),
        Filter("kind", "种类", {kind.value: label for kind, label in KINDS.items()}),
        Filter("category", "类别", {code: one.label for code, one in CATEGORIES.items()}),
        Filter("urgent", "只看紧急"),
        Filter("mine", "我承办的"),
        Filter("stage", "阶段"),
    ),
    size=30,
    style="queue",
    mark="queue_mark",
)
UNREAD = "unread"
"""The tab of those that their citizens added to."""


def board(visit: Visit) -> str:
    """Open submissions, the most urgent first; or those a filter chooses, the newest first."""
    if request.args.get("text"):
        visit.service.words.catch_up(pages=1)
    with visit.service.db.read() as tx:
        shown = show(QUEUE, partial(_search, visit, tx))
        tab = _tab(shown.chosen)
        return render_template(
            "console/queue.html",
            shown=shown,
            total=submission.count(tx, _filter(visit, shown.chosen)),
            counted=submission.COUNTED,
            tabs=_tabs(tx, tab),
            tab=tab,
            today=visit.service.office.today(tx.now),
            ratings=submission.ratings(tx),
        )


def _search(visit: Visit, tx: Tx, *, after: str, limit: int, **chosen: str) -> Page[dict[str, Any]]:
    order = OPEN_ORDER if _tab(chosen) == "open" else NEWEST_FIRST
    found = submission.search(tx, _filter(visit, chosen), order=order, after=after, limit=limit)
    ids = [one.id for one in found]
    due, files = deadline.next_of(tx, ids), evidence.counts(tx, ids)
    rows = [
        {
            "found": one,
            "due": due.get(one.id),
            "files": files.get(one.id, 0),
            "marks": _marks(tx, one, chosen["text"]) if chosen["text"] else [],
        }
        for one in found
    ]
    return Page(rows, found.next)


def _marks(tx: Tx, found: Submission, asked: str) -> list[Piece]:
    """Where the words that were looked for stand: in its own texts, or else in what was noted since."""
    own = (getattr(found, name) for name in TEXTS)
    noted = (entry.body for entry in timeline.of(tx, found.id))
    return next((pieces for text in chain(own, noted) if (pieces := found_in(text, asked))), [])


def _tab(chosen: Mapping[str, str]) -> str:
    return chosen["stage"] or ("all" if chosen["text"] else "open")


def _filter(visit: Visit, chosen: Mapping[str, str]) -> submission.Filter:
    tab = _tab(chosen)
    return submission.Filter(
        kind=chosen["kind"],
        stage=tab if tab in STAGES else "",
        category=chosen["category"],
        assignee=visit.staff.name if chosen["mine"] else "",
        urgent=bool(chosen["urgent"]),
        unread=tab == UNREAD,
        open=tab == "open",
        text=chosen["text"],
    )


def _tabs(tx: Tx, here: str) -> list[tuple[str, str, int]]:
    """Of the stages only those that hold something, and the one that is looked at."""
    counts = submission.by_stage(tx)
    stages = [(name, stage.label, counts.get(name, 0)) for name, stage in STAGES.items() if name in {here, *counts}]
    in_hand = sum(counts.get(name, 0) for name in OPEN_STAGES)
    unread = submission.count(tx, submission.Filter(unread=True))
    return [("open", "在办", in_hand), (UNREAD, "有新补充", unread), *stages, ("all", "全部", sum(counts.values()))]
