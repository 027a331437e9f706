"""One submission with all that may be done with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.evidence import SHOWN
from bot.console.moves import Tried, forms, take
from bot.console.session import Visit
from bot.console.tasks import task_forms
from handlers.moves import barred
from handlers.submissions import contact, desk, hints
from handlers.submissions.contact import Contact
from handlers.submissions.procedure import MOVES
from handlers.understanding.recognition import recognise
from storage import timeline
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people import staff
from storage.people.staff import Role, Staff
from storage.registers import business
from storage.submissions import deadline, evidence, related, submission, task
from storage.submissions.submission import Submission

RELATED = 6
RECENTLY = timedelta(days=180)
"""How far back submissions about the same business are shown."""
DONE = {move.name: move.label for move in MOVES} | {"receive": "录入"}


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
