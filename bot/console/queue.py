"""The triage queue: submissions as a reading list, by what is filtered and searched."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import chain
from typing import Any

from flask import render_template, request

from bot.console.lists import Column, Filter, List, show
from bot.console.marks import Piece, found_in
from bot.console.session import Visit
from content.submissions.categories import CATEGORIES
from content.understanding.townships import TOWNSHIPS
from handlers.office import Office
from handlers.submissions import intake
from handlers.submissions.stages import KINDS, OPEN_STAGES, STAGES
from storage import timeline
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.engine.times import stamp
from storage.people import staff
from storage.people.staff import Role
from storage.submissions import deadline, evidence, listing, submission
from storage.submissions.submission import Submission
from storage.submissions.words import TEXTS

QUEUE = List(
    "queue_board",
    columns=(
        Column("反映的情况", "queue_said", main=True),
        Column("期限", "queue_due"),
        Column("承办", "queue_unit"),
        Column("阶段", "queue_stage"),
        Column("收到", "queue_received"),
    ),
    empty="没有符合条件的件。",
    filters=(
        Filter("text", "搜索"),
        Filter("kind", "种类", {kind.value: label for kind, label in KINDS.items()}),
        Filter("category", "类别", {code: one.label for code, one in CATEGORIES.items()}),
        Filter("urgent", "缓急", {"1": "紧急和从速", "2": "紧急"}),
        Filter("due", "期限", {"late": "已逾期", "today": "今天到期"}),
        Filter("unit", "单位"),
        Filter("assignee", "承办人"),
        Filter("township", "乡镇街道", {one.name: one.name for one in TOWNSHIPS}),
        Filter("source", "来源", intake.SOURCES),
        Filter("since", "收到日期从"),
        Filter("until", "收到日期到"),
        Filter("mine", "我承办的"),
        Filter("fresh", "新分派、还没打开的"),
        Filter("sort", "排序", {"due": "先到期的在前", "new": "新的在前"}),
        Filter("stage", "阶段"),
    ),
    size=30,
    style="queue",
    mark="queue_mark",
    band="queue_band",
)
ALL = listing.Filter()
UNREAD = "unread"
"""The tab of those that their citizens added to."""


def board(visit: Visit) -> str:
    """Open submissions, the most urgent first; or those a filter chooses, the newest first."""
    if request.args.get("text"):
        visit.service.words.catch_up(pages=1)
    with visit.service.db.read() as tx:
        shown = show(QUEUE, partial(_search, visit, tx))
        tab, tabs = _tab(shown.chosen), _tabs(visit, tx, shown.chosen)
        return render_template(
            "console/queue.html",
            shown=shown,
            total=next((n for name, _, n in tabs if name == tab), 0),
            counted=listing.COUNTED,
            tabs=tabs,
            tab=tab,
            banded=_order(shown.chosen) == listing.OPEN_ORDER,
            lists={"unit": dict.fromkeys(submission.units(tx)), "assignee": dict.fromkeys(officers(tx))},
            today=visit.service.office.today(tx.now),
            ratings=submission.ratings(tx),
        )


def counted(visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> int:
    """How many the queue shows under these filters."""
    return listing.count(tx, _filter(visit, tx, {**{one.name: "" for one in QUEUE.filters}, **chosen}))


def _search(visit: Visit, tx: Tx, *, after: str, limit: int, **chosen: str) -> Page[dict[str, Any]]:
    found = listing.search(tx, _filter(visit, tx, chosen), order=_order(chosen), after=after, limit=limit)
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


def _order(chosen: Mapping[str, str]) -> str:
    """What was asked for; or danger and the nearest day in the work in hand, the newest anywhere else."""
    by_day = chosen["sort"] == "due" or (chosen["due"] and not chosen["sort"])
    if _tab(chosen) == "open" and chosen["sort"] != "new" and not chosen["due"]:
        return listing.OPEN_ORDER
    if by_day:
        return listing.DUE_FIRST
    return listing.LAST_RECEIVED_FIRST if chosen["since"] or chosen["until"] else listing.NEWEST_FIRST


def _filter(visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> listing.Filter:
    tab, office = _tab(chosen), visit.service.office
    today = office.today(tx.now)
    tomorrow = (today + timedelta(days=1)).isoformat()
    due_from, due_before = {"late": ("", today.isoformat()), "today": (today.isoformat(), tomorrow)}.get(
        chosen["due"], ("", "")
    )
    return listing.Filter(
        **{name: chosen[name] for name in ("kind", "category", "unit", "township", "source", "text")},
        stage=tab if tab in STAGES else "",
        assignee=visit.staff.name if chosen["mine"] else chosen["assignee"],
        urgent=int(chosen["urgent"] or 0),
        unread=tab == UNREAD,
        fresh=bool(chosen["fresh"]),
        open=tab == "open",
        unregistered=False,
        received_from=_midnight(office, chosen["since"]),
        received_to=_midnight(office, chosen["until"], later=1),
        due_from=due_from,
        due_before=due_before,
    )


def _midnight(office: Office, day: str, later: int = 0) -> str:
    """The beginning of a day there, or of one so much `later`; '' for what is no day."""
    try:
        begins = datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(), office.timezone)
        return stamp(begins.astimezone(UTC))
    except (ValueError, OverflowError):
        return ""


def _tabs(visit: Visit, tx: Tx, chosen: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """The tabs under the filter; of the stages only those that hold something, and the one that is looked at."""
    here, narrowed = _tab(chosen), _filter(visit, tx, {**chosen, "stage": "all"})
    counts: Mapping[str, int] = submission.by_stage(tx) if narrowed == ALL else listing.stages_of(tx, narrowed)
    stages = [(name, stage.label, counts.get(name, 0)) for name, stage in STAGES.items() if name in {here, *counts}]
    in_hand = sum(counts.get(name, 0) for name in OPEN_STAGES)
    unread = listing.count(tx, replace(narrowed, unread=True))
    return [("open", "在办", in_hand), (UNREAD, "有新补充", unread), *stages, ("all", "全部", sum(counts.values()))]


def officers(tx: Tx) -> list[str]:
    return [one.name for one in staff.every(tx) if Role.OFFICER in one.roles and not one.disabled]
