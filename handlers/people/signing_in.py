"""Signing in and out.

Five wrong passwords lock an account for a quarter of an hour, but not for devices that were signed in before:
otherwise anybody could keep staff out. Those devices have a limit of their own.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from storage import audit
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Staff

LOCK = timedelta(minutes=15)
LIMIT = 5
DEVICE_LIMIT = 20


@dataclass(frozen=True)
class NewSession:
    """Secrets of a session to be opened: `token` stays with the browser, `csrf` goes into its forms."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)


@dataclass(frozen=True)
class Attempt:
    """Somebody at the door; `right` says that the password fits `hashed`."""

    name: str
    hashed: str = field(repr=False)
    right: bool
    device: str = field(repr=False)
    session: NewSession


def admit(tx: Tx, attempt: Attempt) -> bool:
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
    staff.open_session(tx, account.name, attempt.session.token, attempt.session.csrf)
    audit.write(tx, actor=account.name, action="sign_in", subject=account.name)


def _count_failure(tx: Tx, account: Staff, *, locked: bool) -> None:
    expired = account.locked_until is not None and not locked
    failures = (0 if expired else account.failures) + 1
    staff.note_failure(tx, account.name, failures, tx.now + LOCK if failures >= LIMIT else None)
    if failures >= DEVICE_LIMIT:
        staff.forget_devices(tx, account.name)


def leave(tx: Tx, name: str, token: str) -> None:
    """Close the session of this token."""
    staff.close_session(tx, token)
    audit.write(tx, actor=name, action="sign_out", subject=name)


def change_password(tx: Tx, name: str, *, password_hash: str, session: NewSession) -> None:
    """Set the password somebody chose; it ends every session of the account but opens a new one here."""
    staff.set_password(tx, name, password_hash, must_change=False)
    staff.open_session(tx, name, session.token, session.csrf)
    audit.write(tx, actor=name, action="password_changed", subject=name)
