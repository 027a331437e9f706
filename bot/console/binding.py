"""我的微信: where an account gets the code that ties its WeChat to it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import Visit
from handlers.people import binding
from storage.people import contact


def show(visit: Visit) -> str:
    """Whether a WeChat is bound, and since when."""
    return _page(visit)


def offer(visit: Visit) -> str:
    """Show a new code, once."""
    return _page(visit, visit.service.db.write(lambda tx: binding.offer(tx, visit.staff.name)))


def release(visit: Visit) -> ResponseReturnValue:
    """Forget the WeChat of this account."""
    visit.service.db.write(lambda tx: binding.release(tx, visit.staff.name))
    return redirect(url_for("console.binding_show"), 303)


def _page(visit: Visit, code: str = "") -> str:
    with visit.service.db.read() as tx:
        since = contact.bindings(tx).get(visit.staff.name)
    minutes = int(binding.LIFE.total_seconds() // 60)
    return render_template("console/binding.html", since=since, code=code, minutes=minutes)
