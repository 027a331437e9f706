"""The triage queue, and one submission with all that may be done with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.evidence import SHOWN
from bot.console.lists import Column, Filter, List, show
from bot.console.marks import Piece, found_in
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from bot.console.tasks import task_forms
from content.submissions.categories import CATEGORIES
from handlers.moves import barred
from handlers.submissions import contact, desk, hints
from handlers.submissions.contact import Contact
from handlers.submissions.procedure import MOVES
from handlers.submissions.stages import KINDS, OPEN_STAGES, STAGES
from handlers.understanding.recognition import recognise
from storage import timeline
from storage.engine.database import Tx
from storage.engine.paging import Page
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people import staff
from storage.people.staff import Role, Staff
from storage.registers import business
from storage.submissions import deadline, evidence, related, submission, task
from storage.submissions.submission import NEWEST_FIRST, OPEN_ORDER, Submission
from storage.submissions.words import TEXTS

QUEUE = List(
    "submissions_queue",
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
RELATED = 6
RECENTLY = timedelta(days=180)
"""How far back submissions about the same business are shown."""
DONE = {move.name: move.label for move in MOVES} | {"receive": "录入"}


def queue(visit: Visit) -> str:
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


def look(visit: Visit, number: str) -> ResponseReturnValue:
    """One submission. Opening it is recorded."""
    return _page(visit, number, Tried())


def act(visit: Visit, number: str, name: str) -> ResponseReturnValue:
    """Take a move; a refusal shows the page as it is now, with what was typed."""
    after = take(visit, desk.PROCEDURE, desk.move, number, name)
    if isinstance(after, Tried):
        return _page(visit, number, after)
    return redirect(url_for("console.submissions_look", number=number, done=name), 303)


def _page(visit: Visit, number: str, tried: Tried) -> tuple[str, int]:
    def address(name: str) -> str:
        return url_for("console.submissions_act", number=number, name=name)

    found, person = visit.service.db.write(lambda tx: _opened(tx, number, visit.staff))
    with visit.service.db.read() as tx:
        known = _known(tx, found)
        hands = replace(visit, staff=desk.acting(tx, visit.service.office, visit.staff))
        page = render_template(
            "console/submission.html",
            found=found,
            person=person,
            forms=forms(hands, tx, desk.PROCEDURE, found, address, tried),
            barred=barred(tx, desk.PROCEDURE, found, hands.staff),
            task_forms=task_forms(visit, tx, known["tasks"], back="submission"),
            refused=tried.refused,
            done=DONE.get(request.args.get("done", "")),
            shown=SHOWN,
            today=visit.service.office.today(tx.now),
            **known,
        )
    return page, tried.status


def _opened(tx: Tx, number: str, account: Staff) -> tuple[Submission, Contact | None]:
    found = desk.open_submission(tx, number, account)
    return found, contact.look(tx, found, account)


def _known(tx: Tx, found: Submission) -> dict[str, Any]:
    """What is remembered around a submission."""
    return {
        "deadlines": deadline.of(tx, found.id),
        "files": evidence.of(tx, found.id),
        "entries": timeline.of(tx, found.id),
        "notices": outbox.about(tx, Topic.SUBMISSION, found.id),
        "tasks": task.of(tx, found.id),
        "related": related.about_the_same(tx, found, found.received_at - RECENTLY, RELATED),
        "joined": related.joined(tx, found),
        "signals": hints.of(tx, found),
        "understood": recognise(found.description),
        "registered": business.find(tx, found.business) if found.business else None,
        "hints": {
            "unit": submission.units(tx),
            "assignee": [one.name for one in staff.every(tx) if Role.OFFICER in one.roles and not one.disabled],
        },
    }
