"""Alarms: the banner that stands on every page while one is open, and who answers for it."""

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import Visit
from handlers.notices import alarms, roster
from handlers.submissions import desk
from storage.errors import StorageError


def acknowledge(visit: Visit, number: str) -> ResponseReturnValue:
    """Answer for an alarm."""
    visit.service.db.write(lambda tx: alarms.acknowledge(tx, visit.service.office, number, visit.staff))
    if desk.may_read(visit.staff):
        return redirect(url_for("console.submissions_look", number=number), 303)
    return redirect(url_for("console.home"), 303)


def banner(visit: Visit) -> dict[str, Any]:
    """What base.html shows above every page: open alarms, and days without roster for whoever can fill them."""
    try:
        with visit.service.db.read() as tx:
            gaps = roster.gaps(tx, visit.service.office) if roster.EDITORS & visit.staff.roles else []
            today = visit.service.office.duty_day(tx.now)
            return {"ringing": alarms.ringing(tx, visit.staff), "gaps": gaps, "duty_today": today}
    except StorageError:  # the page itself says so
        return {}
