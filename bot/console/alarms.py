"""Alarms: the banner that stands on every page while one is open, and who answers for it."""

import hashlib
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import Visit
from handlers.notices import alarms, roster
from handlers.notices.alarms import Ringing
from handlers.submissions import desk
from storage.errors import StorageError


def acknowledge(visit: Visit, number: str) -> ResponseReturnValue:
    """Answer for an alarm."""
    visit.service.db.write(lambda tx: alarms.acknowledge(tx, visit.service.office, number, visit.staff))
    if desk.may_read(visit.staff):
        return redirect(url_for("console.submissions_look", number=number), 303)
    return redirect(url_for("console.home_day"), 303)


def strip(visit: Visit) -> ResponseReturnValue:
    """The alarms as they ring now, for a page that is open; nothing where they are as it has `seen` them."""
    with visit.service.db.read() as tx:
        mark = _mark(alarms.ringing(tx, visit.staff))
    if request.args.get("seen") == mark:
        return "", 204
    return render_template("console/_alarms.html")


def banner(visit: Visit) -> dict[str, Any]:
    """What base.html shows above every page: open alarms, and days without roster for whoever can fill them."""
    try:
        with visit.service.db.read() as tx:
            gaps = roster.gaps(tx, visit.service.office) if roster.EDITORS & visit.staff.roles else []
            today = visit.service.office.duty_day(tx.now)
            ringing = alarms.ringing(tx, visit.staff)
            shown = {"ringing": ringing, "mark": _mark(ringing), "gaps": gaps, "duty_today": today}
        if ringing:  # a citizen's words stand in it
            visit.service.db.write(lambda tx: desk.note_list(tx, visit.staff, "alarms", {}))
        return shown
    except StorageError:  # the page itself says so
        return {}


def _mark(ringing: list[Ringing]) -> str:
    """What differs as soon as another alarm rings, one is answered, or more is known of it."""
    return hashlib.sha256(repr(ringing).encode()).hexdigest()[:16] if ringing else ""
