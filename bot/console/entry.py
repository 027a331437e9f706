"""A submission that came by telephone, at the counter or by letter, entered by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import typed
from bot.console.session import Visit
from bot.web.refusals import status_of
from content.submissions.sources import SOURCES
from handlers.errors import Refused
from handlers.fields import moment
from handlers.submissions import intake
from storage.submissions.identity import Identity
from storage.submissions.submission import Draft, Kind


def blank(visit: Visit) -> str:
    """The empty form, with this moment as the time of receipt."""
    office = visit.service.office
    now = visit.service.db.clock().astimezone(office.timezone)
    values = {"kind": "report", "source": SOURCES[0], "received_at": f"{now:%Y-%m-%dT%H:%M}"}
    return _form(values)


def create(visit: Visit) -> ResponseReturnValue:
    """Store what was entered; what is missing can be added later."""
    values = {name: value.strip() for name, value in typed().items()}
    received_at = moment(values.get("received_at", ""), visit.service.office)
    problem = _problem(values, received_at)
    if problem:
        return _form(values, problem), 422
    draft = _draft(values, received_at or visit.service.db.clock())
    identity = Identity(name=values.get("name", ""), phone=values.get("phone", ""), address=values.get("home", ""))
    try:
        stored = visit.service.db.write(
            lambda tx: intake.enter(tx, visit.service.office, draft, identity, staff=visit.staff)
        )
    except Refused as refused:
        return _form(values, refused.text), status_of(refused)
    return redirect(url_for("console.submissions_look", number=stored.number, done="receive"), 303)


def _form(values: Mapping[str, str], problem: str = "") -> str:
    return render_template("console/entry.html", values=values, sources=SOURCES, problem=problem, limits=intake.LIMITS)


def _problem(values: Mapping[str, str], received_at: datetime | None) -> str:
    """What is wrong with the form; '' when nothing is."""
    if values.get("kind") not in list(Kind):
        return "请选择举报或投诉。"
    if received_at is None and values.get("received_at"):
        return "请填写收到的时间（2000 年以后）。"
    return ""


def _draft(values: Mapping[str, str], received_at: datetime) -> Draft:
    names = ("category", "merchant", "address", "happened", "description", "demand", "source", "link")
    texts: dict[str, Any] = {name: values.get(name, "") for name in names}
    return Draft(
        kind=Kind(values["kind"]),
        stage="triage",
        received_at=received_at,
        **texts,
    )
