"""Signing in and out, and setting a new password.

Five wrong passwords lock an account for a quarter of an hour, but not for devices that were signed in before:
otherwise anybody could keep staff out. Those devices have a limit of their own.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.console.paths import local_path
from bot.console.session import DEVICE, SESSION, VISITOR, Visit, current, from_elsewhere, keep, same
from bot.service import Service
from bot.web import passwords
from storage import audit
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Staff

LOCK = timedelta(minutes=15)
LIMIT = 5
DEVICE_LIMIT = 20
DEVICE_AGE = timedelta(days=400)
REFUSAL = "账号或密码不正确。连续 5 次输错，账号会锁定 15 分钟（以前登录过的设备除外）。"
"""The same words for a wrong name, a wrong password and a locked account: names are not to be guessed."""
_places = threading.BoundedSemaphore(8)
"""argon2 takes 64 MiB each time; a flood of attempts must take neither all memory nor all threads."""


@dataclass(frozen=True)
class Attempt:
    """Somebody at the door; `right` says that the password fits `hashed`."""

    name: str
    hashed: str = field(repr=False)
    right: bool
    device: str = field(repr=False)
    token: str = field(repr=False)


@contextmanager
def _effort() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        abort(503)
    try:
        yield
    finally:
        _places.release()


def ask(service: Service) -> AnyResponse:
    """The sign-in form."""
    if current(service):
        return redirect(url_for("console.home"))
    return _form(service)


def _form(service: Service, problem: str = "", status: int = 200) -> Response:
    visitor = request.cookies.get(VISITOR) or passwords.make_secret(32)
    page = render_template(
        "console/sign_in.html",
        token=_form_token(service, visitor),
        problem=problem,
        name=request.form.get("name", ""),
        next=local_path(request.values.get("next", "")),
    )
    response = make_response(page, status)
    keep(service, response, VISITOR, visitor)
    return response


def _form_token(service: Service, visitor: str) -> str:
    return service.db.vault.digest(visitor, "sign-in form")


def enter(service: Service) -> AnyResponse:
    """Check name and password; open a session or show the form again."""
    visitor = request.cookies.get(VISITOR, "")
    if from_elsewhere(service) or not same(request.form.get("csrf", ""), _form_token(service, visitor)):
        abort(403)
    name, password = request.form.get("name", "").strip(), request.form.get("password", "")
    with service.db.read() as tx:
        hashed = staff.password_hash(tx, name)
    with _effort():
        right = passwords.matches(hashed, password)
    attempt = Attempt(
        name=name,
        hashed=hashed,
        right=right,
        device=request.cookies.get(DEVICE) or passwords.make_secret(40),
        token=passwords.make_secret(40),
    )
    if not service.db.write(lambda tx: _admit(tx, attempt)):
        return _form(service, REFUSAL, 401)
    response = redirect(local_path(request.form.get("next", "")) or url_for("console.home"))
    keep(service, response, SESSION, attempt.token)
    keep(service, response, DEVICE, attempt.device, DEVICE_AGE)
    return response


def _admit(tx: Tx, attempt: Attempt) -> bool:
    """Open a session, or count the failure. Attempts made at the same time are judged one after the other."""
    account = staff.get(tx, attempt.name)
    if account is None:
        # What was typed may be a password in the wrong field: it is not written down.
        audit.write(tx, actor="unknown", action="sign_in_failed", subject="", detail="no such account")
        return False
    known = staff.knows_device(tx, account.name, attempt.device)
    locked = account.locked_until is not None and account.locked_until > tx.now
    right = attempt.right and staff.password_hash(tx, account.name) == attempt.hashed
    if right and not account.disabled and (known or not locked):
        _open(tx, account, attempt, locked=locked)
        return True
    if known or not locked:
        _count_failure(tx, account, locked=locked)
    detail = f"{'known' if known else 'new'} device{', locked' if locked else ''}"
    audit.write(tx, actor=account.name, action="sign_in_failed", subject=account.name, detail=detail)
    return False


def _open(tx: Tx, account: Staff, attempt: Attempt, *, locked: bool) -> None:
    if not locked:
        staff.clear_failures(tx, account.name)
    staff.trust_device(tx, account.name, attempt.device)
    staff.open_session(tx, account.name, attempt.token, passwords.make_secret(32))
    audit.write(tx, actor=account.name, action="sign_in", subject=account.name)


def _count_failure(tx: Tx, account: Staff, *, locked: bool) -> None:
    expired = account.locked_until is not None and not locked
    failures = (0 if expired else account.failures) + 1
    staff.note_failure(tx, account.name, failures, tx.now + LOCK if failures >= LIMIT else None)
    if failures >= DEVICE_LIMIT:
        staff.forget_devices(tx, account.name)


def leave(visit: Visit) -> AnyResponse:
    """Sign out."""

    def close(tx: Tx) -> None:
        staff.close_session(tx, visit.token)
        audit.write(tx, actor=visit.staff.name, action="sign_out", subject=visit.staff.name)

    visit.service.db.write(close)
    response = redirect(url_for("console.sign_in"))
    response.delete_cookie(SESSION, path="/console")
    return response


def ask_password(visit: Visit) -> str:
    """The form for a new password."""
    return render_template("console/password.html", problem="")


def set_password(visit: Visit) -> AnyResponse | tuple[str, int]:
    """Set a new password; it ends every session of the account but opens a new one here."""
    service, name = visit.service, visit.staff.name
    new = request.form.get("new", "")
    with service.db.read() as tx:
        hashed = staff.password_hash(tx, name)
    with _effort():
        problem = _problem(visit, hashed, new)
        if problem:
            return render_template("console/password.html", problem=problem), 422
        fresh, token = passwords.hash_password(new), passwords.make_secret(40)

    def change(tx: Tx) -> None:
        staff.set_password(tx, name, fresh, must_change=False)
        staff.open_session(tx, name, token, passwords.make_secret(32))
        audit.write(tx, actor=name, action="password_changed", subject=name)

    service.db.write(change)
    response = redirect(url_for("console.home"))
    keep(service, response, SESSION, token)
    return response


def _problem(visit: Visit, hashed: str, new: str) -> str:
    """What is wrong with the form; '' when nothing is. Who was led here has just proved the old password."""
    if not visit.staff.must_change and not passwords.matches(hashed, request.form.get("old", "")):
        return "现用密码不正确。"
    if new != request.form.get("repeat", ""):
        return "两次输入的新密码不一致。"
    if passwords.matches(hashed, new):
        return "新密码不能与现用密码相同。"
    return passwords.weakness(new, visit.staff.name)
