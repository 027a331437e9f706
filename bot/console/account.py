"""One's own account (我的账号): roles, sign-ins, second factor and WeChat. The password is changed in signin.py."""

from datetime import date

import segno
from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.forms import typed
from bot.console.session import IDLE, LONGEST, Visit
from bot.console.signin import effort
from bot.web.passwords import matches
from bot.web.refusals import status_of
from handlers.errors import Refused
from handlers.people import binding, delegating, factor, signing_in
from storage.errors import StorageError
from storage.people import contact, delegation, staff
from storage.people import factor as factors
from storage.people.staff import Role

OFFER = "staff_factor.offer"
MODULE = 5
"""Pixels of the smallest square of the QR code."""


def look(visit: Visit) -> str:
    """All of one's own account."""
    return _account_page(visit)


def _account_page(visit: Visit, problem: str = "") -> str:
    name = visit.staff.name
    with visit.service.db.read() as tx:
        since = {"seen_after": tx.now - IDLE, "opened_after": tx.now - LONGEST}
        return render_template(
            "console/account.html",
            seats=staff.seats(tx, name, visit.token, **since),
            factor=factors.find(tx, name),
            left=factors.recovery_left(tx, name),
            used=factor.recovery_of(tx, name),
            bound=contact.bindings(tx).get(name),
            given=delegation.of_leader(tx, name, visit.service.office.today(tx.now)),
            taken=delegation.for_deputy(tx, name, visit.service.office.today(tx.now)),
            deputies=[(one.name, one.name) for one in staff.every(tx) if not one.disabled and one.name != name],
            leads=Role.LEADER in visit.staff.roles,
            today=visit.service.office.today(tx.now),
            is_required=bool(visit.staff.roles & visit.required),
            problem=problem,
        )


def end_others(visit: Visit) -> ResponseReturnValue:
    """Sign out everywhere else."""
    visit.service.db.write(lambda tx: signing_in.end_others(tx, visit.staff.name, visit.token))
    return redirect(url_for("console.account_look"), 303)


def delegate(visit: Visit) -> ResponseReturnValue:
    """Let somebody decide for oneself on some days."""
    form, office = typed(), visit.service.office
    try:
        since, until = date.fromisoformat(form.get("since", "")), date.fromisoformat(form.get("until", ""))
    except ValueError:
        return _account_page(visit, "请填写委托的开始日和结束日。"), 422
    chosen = form.get("deputy", "")
    try:
        visit.service.db.write(
            lambda tx: delegating.delegate(tx, office, chosen, since=since, until=until, leader=visit.staff)
        )
    except Refused as refused:
        return _account_page(visit, refused.text), status_of(refused)
    return redirect(url_for("console.account_look"), 303)


def end_delegation(visit: Visit, id: str) -> ResponseReturnValue:
    """Decide oneself again."""
    try:
        visit.service.db.write(lambda tx: delegating.end(tx, id, leader=visit.staff))
    except Refused as refused:
        return _account_page(visit, refused.text), status_of(refused)
    return redirect(url_for("console.account_look"), 303)


def show_factor(visit: Visit) -> str:
    """The QR code of a new secret, and the form that confirms it."""
    return _factor_page(visit, factor.make_secret())


def set_factor(visit: Visit) -> ResponseReturnValue:
    """Set up the second factor with the secret of the form; its recovery codes are on this answer and nowhere else."""
    secret, name = _offered(visit), visit.staff.name
    if not _is_owner(visit):
        return _factor_page(visit, secret, "现用密码不正确。"), 422
    code, token = request.form.get("code", ""), visit.token
    try:
        codes = visit.service.db.write(lambda tx: factor.set_up(tx, name, secret, code, session=token))
    except Refused as refused:
        return _factor_page(visit, secret, refused.text), status_of(refused)
    return render_template("console/recovery.html", codes=codes)


def end_factor(visit: Visit) -> ResponseReturnValue:
    """Take the second factor away."""
    if not _is_owner(visit):
        return _account_page(visit, "现用密码不正确。"), 422
    visit.service.db.write(lambda tx: factor.end(tx, visit.staff, visit.required))
    return redirect(url_for("console.account_look"), 303)


def _is_owner(visit: Visit) -> bool:
    """Whether whoever sits there knows the password: a browser that was left open is not enough."""
    with visit.service.db.read() as tx:
        hashed = staff.password_hash(tx, visit.staff.name)
    with effort(known=True):
        return matches(hashed, request.form.get("password", ""))


def _factor_page(visit: Visit, secret: str, problem: str = "") -> str:
    address = factor.address(visit.service.office, visit.staff.name, secret)
    return render_template(
        "console/factor.html",
        picture=segno.make(address, error="l").svg_data_uri(scale=MODULE),
        secret=secret,
        # Nothing is kept before the phone shows a right code; the form brings the secret back, sealed to this session.
        offer=visit.service.db.vault.seal(secret, OFFER, visit.csrf),
        problem=problem,
    )


def _offered(visit: Visit) -> str:
    try:
        return visit.service.db.vault.open(request.form.get("offer", ""), OFFER, visit.csrf)
    except StorageError:
        abort(400)


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
