"""Signing in and out.

Five wrong passwords lock an account for a quarter of an hour, but not for devices that were signed in before:
otherwise anybody could keep staff out. Those devices have a limit of their own. Other devices may try so often from
one address, and so often in all: a password is costly to check. Wrong passwords are counted; the record gets a row when
a limit is reached, and the number with the next sign-in.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from storage import audit
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Staff

LOCK = timedelta(minutes=15)
LIMIT = 5
DEVICE_LIMIT = 20
WINDOW = timedelta(minutes=15)
ADDRESS_LIMIT, TOTAL_LIMIT = 20, 200
"""Wrong passwords of strange devices within a window: from one address, and from everywhere."""
EVERYWHERE = ""


class Outcome(Enum):
    """What comes of an attempt. Who was not right about the password hears of nothing but a refusal."""

    REFUSED = auto()
    EXPIRED = auto()
    """The one-time password is right, and too old."""
    OPEN = auto()


@dataclass(frozen=True)
class NewSession:
    """Secrets of a session to be opened: `token` stays with the browser, `csrf` goes into its forms."""

    token: str = field(repr=False)
    csrf: str = field(repr=False)


@dataclass(frozen=True)
class Device:
    """A browser at the door: the secret it is known by, the address it comes from, and what it calls itself."""

    secret: str = field(repr=False)
    source: str = EVERYWHERE
    browser: str = ""


@dataclass(frozen=True)
class Attempt:
    """Somebody at the door; `right` says that the password fits `hashed`."""

    name: str
    hashed: str = field(repr=False)
    right: bool
    device: Device
    session: NewSession


def may_try(tx: Tx, source: str) -> bool:
    """Whether a device that was never signed in may try a password from there now."""
    return all(staff.wrong_passwords(tx, place, tx.now - WINDOW) < most for place, most in _limits(source).items())


def _limits(source: str) -> dict[str, int]:
    return {source: ADDRESS_LIMIT, EVERYWHERE: TOTAL_LIMIT}


def admit(tx: Tx, attempt: Attempt) -> Outcome:
    """Open a session, or count the failure. Attempts made at the same time are judged one after the other."""
    account = staff.get(tx, attempt.name)
    known = account is not None and staff.knows_device(tx, account.name, attempt.device.secret)
    if account is not None and _fits(tx, account, attempt, known=known):
        if account.password_until is not None and account.password_until <= tx.now:
            return Outcome.EXPIRED
        _open(tx, account, attempt.device, attempt.session)
        return Outcome.OPEN
    _count(tx, account, attempt.device, known=known)
    return Outcome.REFUSED


def _fits(tx: Tx, account: Staff, attempt: Attempt, *, known: bool) -> bool:
    right = attempt.right and staff.password_hash(tx, account.name) == attempt.hashed
    return right and not account.disabled and (known or not _locked(tx, account))


def _locked(tx: Tx, account: Staff) -> bool:
    return account.locked_until is not None and account.locked_until > tx.now


def _open(tx: Tx, account: Staff, device: Device, session: NewSession) -> None:
    if not _locked(tx, account):
        staff.clear_failures(tx, account.name)
    staff.trust_device(tx, account.name, device.secret)
    _open_session(tx, account.name, device, session)
    detail = f"after {account.failures} wrong passwords" if account.failures else ""
    audit.write(tx, actor=account.name, action="sign_in", subject=account.name, detail=detail)


def _open_session(tx: Tx, name: str, device: Device, session: NewSession) -> None:
    staff.open_session(tx, name, session.token, session.csrf, source=device.source, browser=device.browser)


def _count(tx: Tx, account: Staff | None, device: Device, *, known: bool) -> None:
    if account is not None and (known or not _locked(tx, account)):
        _count_failure(tx, account)
    if not known:
        _count_source(tx, device.source)


def _count_failure(tx: Tx, account: Staff) -> None:
    expired = account.locked_until is not None and not _locked(tx, account)
    failures = (0 if expired else account.failures) + 1
    staff.note_failure(tx, account.name, failures, tx.now + LOCK if failures >= LIMIT else None)
    if failures >= DEVICE_LIMIT:
        staff.forget_devices(tx, account.name)
    if failures in (LIMIT, DEVICE_LIMIT):
        detail = f"{failures} wrong passwords"
        audit.write(tx, actor=account.name, action="sign_in_locked", subject=account.name, detail=detail)


def _count_source(tx: Tx, source: str) -> None:
    for place, most in _limits(source).items():
        if staff.count_wrong_password(tx, place, tx.now - WINDOW) == most:
            detail = f"{most} wrong passwords from {place or 'everywhere'}"
            audit.write(tx, actor="unknown", action="sign_in_limited", subject="", detail=detail)


def leave(tx: Tx, name: str, token: str) -> None:
    """Close the session of this token."""
    staff.close_session(tx, token)
    audit.write(tx, actor=name, action="sign_out", subject=name)


def end_others(tx: Tx, name: str, token: str) -> None:
    """End every session of an account but the one of this token."""
    ended = staff.end_other_sessions(tx, name, token)
    audit.write(tx, actor=name, action="sessions_ended", subject=name, detail=str(ended))


def change_password(tx: Tx, name: str, *, password_hash: str, device: Device, session: NewSession) -> None:
    """Set the password somebody chose; it ends every session of the account but opens a new one here."""
    staff.set_password(tx, name, password_hash, must_change=False)
    _open_session(tx, name, device, session)
    audit.write(tx, actor=name, action="password_changed", subject=name)
