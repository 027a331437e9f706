"""One submission: what it is, where it stands, the next step, and the conversation with its citizen."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from bot.console.conversation import turns
from bot.console.evidence import SHOWN
from bot.console.forms import typed
from bot.console.moves import Tried, forms, rehearse, take
from bot.console.orders import order_of
from bot.console.queue import officers
from bot.console.session import Visit
from bot.console.tasks import task_forms
from content.submissions import answers
from handlers.moves import barred
from handlers.notices import telling
from handlers.submissions import contact, desk, hints, orders, steps
from handlers.submissions.contact import Contact
from handlers.submissions.procedure import MOVES
from handlers.understanding.recognition import recognise
from storage import timeline
from storage.engine.database import Tx
from storage.notices import outbox
from storage.notices.parcel import Topic
from storage.people.staff import Staff
from storage.registers import business
from storage.submissions import deadline, draft, evidence, related, submission, task
from storage.submissions.submission import Submission

RELATED = 6
RECENTLY = timedelta(days=180)
"""How far back submissions about the same business are shown."""
DONE = {move.name: move.label for move in (*MOVES, *orders.MOVES)} | {"receive": "录入"}
BOX = {"note": "内部备注", "answer": "答复群众", "ask": "询问群众"}
"""What the one box of the conversation writes: move -> its name on the switch."""


def look(visit: Visit, number: str) -> ResponseReturnValue:
    """One submission. Opening it is recorded."""
    return _page(visit, number, Tried())


def act(visit: Visit, number: str, name: str) -> ResponseReturnValue:
    """Take a move, or show what the citizen would get of it; a refusal shows the page with what was typed."""
    if "rehearse" in request.form:
        return _page(visit, number, rehearse(visit, desk.PROCEDURE, desk.rehearse, number, name))
    after = take(visit, desk.PROCEDURE, desk.send, number, name)
    if isinstance(after, Tried):
        return _page(visit, number, after)
    return redirect(url_for("console.submissions_look", number=number, done=name, step=after.version), 303)


def say(visit: Visit, number: str) -> ResponseReturnValue:
    """Take what was typed into the box as the move that was chosen, or begin it with one of the office's texts."""
    for move in BOX:
        if text := request.form.get(f"begin_{move}"):
            words = f"{typed().get('note', '')}\n{text}".strip()
            return _page(visit, number, Tried(move, {"note": words}))
    name = request.form.get("say", "")
    if name not in BOX:
        raise BadRequest
    return act(visit, number, name)


def keep_draft(visit: Visit, number: str, name: str) -> ResponseReturnValue:
    """What is typed into a form and not sent yet, kept for when the page is opened again."""
    values = typed()
    visit.service.db.write(lambda tx: desk.keep_draft(tx, number, name, staff=visit.staff, values=values))
    return "", 204


def _page(visit: Visit, number: str, tried: Tried) -> tuple[str, int]:
    found, person = visit.service.db.write(lambda tx: _opened(tx, number, visit.staff))
    done = DONE.get(request.args.get("done", ""), "")
    with visit.service.db.read() as tx:
        known = _known(tx, found)
        hands = replace(visit, staff=desk.acting(tx, visit.service.office, visit.staff))
        page = render_template(
            "console/submission.html",
            found=found,
            person=person,
            barred=barred(tx, desk.PROCEDURE, found, hands.staff),
            task_forms=task_forms(visit, tx, known["tasks"], back="submission"),
            refused=tried.refused,
            done=done,
            told=telling.of_step(tx, found.id, request.args.get("step", "")) if done else None,
            shown=SHOWN,
            today=visit.service.office.today(tx.now),
            **_forms(hands, tx, found, tried),
            **order_of(visit, tx, found, tried),
            **known,
        )
    return page, tried.status


def _forms(visit: Visit, tx: Tx, found: Submission, tried: Tried) -> dict[str, Any]:
    """The next step, what the box may write, and all else."""

    def address(name: str) -> str:
        return url_for("console.submissions_act", number=found.number, name=name)

    drafts = draft.of(tx, visit.staff.name, found.id)
    drawn = forms(visit, tx, desk.PROCEDURE, found, address, tried, opens=False, drafts=drafts)
    by_name = {form.move.name: form for form in drawn}
    first = next((by_name[name] for name in steps.moves_on(found) if name in by_name), None)
    box = [by_name[name] for name in BOX if name in by_name]
    return {
        "first": first,
        "box": box,
        "box_labels": BOX,
        "chosen": next((form for form in box if form.opened or form.draft), box[0] if box else None),
        "others": [form for form in drawn if form not in box and form is not first],
        "begins": answers.of(found.stage),
    }


def _opened(tx: Tx, number: str, account: Staff) -> tuple[Submission, Contact | None]:
    found = desk.open_submission(tx, number, account)
    return found, contact.look(tx, found, account)


def _known(tx: Tx, found: Submission) -> dict[str, Any]:
    """What is remembered around a submission."""
    return {
        "deadlines": deadline.of(tx, found.id),
        "way": steps.way(found),
        "files": evidence.of(tx, found.id),
        "turns": turns(timeline.of(tx, found.id)),
        "notices": outbox.about(tx, Topic.SUBMISSION, found.id),
        "tasks": task.of(tx, found.id),
        "related": related.about_the_same(tx, found, found.received_at - RECENTLY, RELATED),
        "joined": related.joined(tx, found),
        "signals": hints.of(tx, found),
        "understood": recognise(found.description),
        "registered": business.find(tx, found.business) if found.business else None,
        "hints": {
            "unit": submission.units(tx),
            "assignee": officers(tx),
        },
    }
