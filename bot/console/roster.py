"""The duty roster, the officers' telephone numbers, and the banner that stands on every page while an alarm is open."""

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import typed
from bot.console.session import Visit
from bot.web.refusals import status_of
from handlers.errors import Refused
from handlers.notices import roster
from handlers.office import Office
from storage.engine.database import Tx
from storage.people import contact

DONE = {
    "day": "排班已保存。",
    "copied": "已照上一周补上空着的日子。",
    "nothing": "没有可以照抄的日子。",
    "phone": "电话已保存。",
}


def plan(visit: Visit) -> ResponseReturnValue:
    """The coming two weeks, who is called now, and the forms that change them."""
    return _page(visit)


def set_day(visit: Visit) -> ResponseReturnValue:
    """Replace the order of one day."""
    form, names = typed(), request.form.getlist("names")
    try:
        visit.service.db.write(
            lambda tx: roster.set_order(tx, visit.service.office, form.get("day", ""), names, staff=visit.staff)
        )
    except Refused as refused:
        return _page(visit, refused)
    return redirect(url_for("console.roster_plan", done="day"), 303)


def copy(visit: Visit) -> ResponseReturnValue:
    """Fill the empty days as the week before them."""
    filled = visit.service.db.write(lambda tx: roster.copy_week(tx, visit.service.office, staff=visit.staff))
    return redirect(url_for("console.roster_plan", done="copied" if filled else "nothing"), 303)


def set_phone(visit: Visit) -> ResponseReturnValue:
    """Keep, change or take out a telephone number for the SMS command."""
    form = typed()
    try:
        visit.service.db.write(
            lambda tx: roster.set_phone(tx, form.get("name", ""), form.get("phone", ""), staff=visit.staff)
        )
    except Refused as refused:
        return _page(visit, refused)
    return redirect(url_for("console.roster_plan", done="phone"), 303)


def _page(visit: Visit, refused: Refused | None = None) -> ResponseReturnValue:
    with visit.service.db.read() as tx:
        known = _known(tx, visit.service.office)
    page = render_template(
        "console/roster.html",
        may_edit=bool(roster.EDITORS & visit.staff.roles),
        weekday=_weekday,
        problem=refused.text if refused else "",
        done=DONE.get(request.args.get("done", ""), ""),
        **known,
    )
    return page, status_of(refused) if refused else 200


def _known(tx: Tx, office: Office) -> dict[str, Any]:
    days = roster.coming(tx, office)
    chosen = next((day for day in days if day.isoformat() == request.values.get("day")), next(iter(days)))
    return {
        "days": days,
        "now": roster.order_of_call(tx, office),
        "people": [(one.name, one.name) for one in roster.callable_staff(tx)],
        "bindings": contact.bindings(tx),
        "phones": {name: f"{phone[:3]}****{phone[-2:]}" for name, phone in contact.phones(tx).items()},
        "day_options": [(day.isoformat(), f"{day} {_weekday(day)}") for day in days],
        "chosen": chosen.isoformat(),
        "order": (*days[chosen], *[""] * (roster.PLACES - len(days[chosen]))),
        "duty_today": office.duty_day(tx.now),
    }


def _weekday(day: date) -> str:
    return f"周{'一二三四五六日'[day.weekday()]}"
