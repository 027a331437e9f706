"""Accounts of staff."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.console.session import Visit
from bot.web.passwords import hash_password, make_secret
from bot.web.refusals import status_of
from handlers.errors import Refused
from handlers.people import accounts, granting
from storage.engine.database import Tx
from storage.errors import StorageError
from storage.people import factor, proposal, staff
from storage.people.staff import Role, Staff


def board(visit: Visit) -> ResponseReturnValue:
    """All accounts."""
    return _accounts_page(visit)


def add(visit: Visit) -> ResponseReturnValue:
    """Make an account; its one-time password is on this answer and nowhere else."""
    name, unit = request.form.get("name", "").strip(), request.form.get("unit", "").strip()
    roles = frozenset(role for role in Role if role in request.form.getlist("roles"))

    def make(tx: Tx, hashed: str) -> object:
        return accounts.make(tx, name, unit=unit, roles=roles, password_hash=hashed, by=visit.staff.name)

    return _with_new_password(visit, name, make, 201)


def reset(visit: Visit) -> ResponseReturnValue:
    """Give an account a new one-time password: its sessions end, it is unlocked; a lost phone proves nothing more."""
    name, by, lost = request.form.get("name", ""), visit.staff.name, "phone_lost" in request.form

    def give(tx: Tx, hashed: str) -> object:
        return accounts.reset(tx, name, password_hash=hashed, by=by, phone_lost=lost)

    return _with_new_password(visit, name, give)


def confirm_role(visit: Visit) -> ResponseReturnValue:
    """Give a role that somebody else proposed."""
    return _decide(visit, granting.confirm)


def refuse_role(visit: Visit) -> ResponseReturnValue:
    """Take a proposal back."""
    return _decide(visit, granting.refuse)


def _decide(visit: Visit, decide: Callable[[Tx, str, str, Staff], None]) -> ResponseReturnValue:
    name, role = request.form.get("name", ""), request.form.get("role", "")
    try:
        visit.service.db.write(lambda tx: decide(tx, name, role, visit.staff))
    except Refused as refused:
        return _accounts_page(visit, problem=refused.text, status=status_of(refused))
    return redirect(url_for("console.people_board"), 303)


def notices(visit: Visit) -> dict[str, object]:
    """What base.html shows above every page: roles to confirm, and that one's own password was reset."""
    try:
        with visit.service.db.read() as tx:
            waiting = len(granting.to_confirm(tx, visit.staff))
            return {"roles_waiting": waiting, "own_reset": accounts.reset_of(tx, visit.staff)}
    except StorageError:  # the page itself says so
        return {}


def _with_new_password(
    visit: Visit, name: str, give: Callable[[Tx, str], object], status: int = 200
) -> ResponseReturnValue:
    """Give an account a one-time password and show it; a refusal shows the form as it was filled in."""
    password = make_secret(16)
    hashed = hash_password(password)
    try:
        visit.service.db.write(lambda tx: give(tx, hashed))
    except Refused as refused:
        return _accounts_page(visit, problem=refused.text, status=status_of(refused))
    return _accounts_page(visit, secret=password, owner=name, status=status)


def _accounts_page(
    visit: Visit, *, problem: str = "", secret: str = "", owner: str = "", status: int = 200
) -> ResponseReturnValue:
    with visit.service.db.read() as tx:
        page = render_template(
            "console/people.html",
            found=staff.every(tx),
            holders=factor.holders(tx),
            proposals=[(one, granting.may_confirm(one, visit.staff)) for one in proposal.every(tx)],
            may_keep=bool(granting.PROPOSERS & visit.staff.roles),
            guarded=granting.GUARDED,
            hours=accounts.ONE_TIME_HOURS,
            now=tx.now,
            problem=problem,
            secret=secret,
            owner=owner,
            form=request.form,
        )
    return page, status
