"""One's own account (我的账号): roles, sign-ins and WeChat. The password is changed in signin.py."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import IDLE, LONGEST, Visit
from handlers.people import binding, signing_in
from storage.people import contact, staff


def look(visit: Visit) -> str:
    """All of one's own account."""
    name = visit.staff.name
    with visit.service.db.read() as tx:
        since = {"seen_after": tx.now - IDLE, "opened_after": tx.now - LONGEST}
        return render_template(
            "console/account.html",
            seats=staff.seats(tx, name, visit.token, **since),
            bound=contact.bindings(tx).get(name),
        )


def end_others(visit: Visit) -> ResponseReturnValue:
    """Sign out everywhere else."""
    visit.service.db.write(lambda tx: signing_in.end_others(tx, visit.staff.name, visit.token))
    return redirect(url_for("console.account_look"), 303)


def show_wechat(visit: Visit) -> str:
    """Whether a WeChat is bound, and since when."""
    return _wechat_page(visit)


def offer_code(visit: Visit) -> str:
    """Show a new code, once."""
    return _wechat_page(visit, visit.service.db.write(lambda tx: binding.offer(tx, visit.staff.name)))


def release_wechat(visit: Visit) -> ResponseReturnValue:
    """Forget the WeChat of this account."""
    visit.service.db.write(lambda tx: binding.release(tx, visit.staff.name))
    return redirect(url_for("console.account_show_wechat"), 303)


def _wechat_page(visit: Visit, code: str = "") -> str:
    with visit.service.db.read() as tx:
        since = contact.bindings(tx).get(visit.staff.name)
    minutes = int(binding.LIFE.total_seconds() // 60)
    return render_template("console/wechat.html", since=since, code=code, minutes=minutes)
