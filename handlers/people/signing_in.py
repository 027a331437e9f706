"""Signing in and out.

Five wrong passwords lock an account for a quarter of an hour, but not for devices that were signed in before:
otherwise anybody could keep staff out. Those devices have a limit of their own. Other devices may try so often from
one address, and so often in all: a password is costly to check. Wrong passwords are counted; the record gets a row when
a limit is reached, and the number with the next sign-in.

Where an account has a second factor, a right password opens no more than the page that asks for a code, and a wrong
code counts like a wrong password.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto

from handlers.people import factor
from handlers.people.factor import Proof
from storage import audit
from storage.engine.database import Tx
from storage.people import staff
from storage.people.staff import Role, Session, Staff

LOCK = timedelta(minutes=15)
LIMIT = 5
DEVICE_LIMIT = 20
WINDOW = timedelta(minutes=15)
CODE_TIME = timedelta(minutes=10)
"""So long a right password waits for its code."""
ADDRESS_LIMIT, TOTAL_LIMIT = 20, 200
"""Wrong passwords and codes of strange devices within a window: from one address, and from everywhere."""
EVERYWHERE = ""


class Outcome(Enum):
    """What comes of an attempt. Who was not right about the password hears of nothing but a refusal."""

    REFUSED = auto()
    EXPIRED = auto()
    """The one-time password is right, and too old."""
    CODE = auto()
    """The password is right, and a code of the second factor is to come."""
    OPEN = auto()


class Step(Enum):
    """What somebody who was let in must do before anything else."""

    CODE = auto()
    PASSWORD = auto()
    FACTOR = auto()


def next_step(session: Session, required: frozenset[Role]) -> Step | None:
    """The first of them that is to be done; `required` are the roles that demand a second factor."""
    waits = {
        Step.CODE: not session.proven,
        Step.PASSWORD: session.staff.must_change,
        Step.FACTOR: bool(session.staff.roles & required) and not session.has_factor,
    }
    return next((step for step, is_due in waits.items() if is_due), None)


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
        if factor.is_set(tx, account.name):
            _open_session(tx, account.name, attempt.device, attempt.session, proven=False)
            return Outcome.CODE
        _open(tx, account, attempt.device, attempt.session)
        return Outcome.OPEN
    _count(tx, account, attempt.device, known=known)
    return Outcome.REFUSED


def prove(tx: Tx, half: str, code: str, *, device: Device, session: NewSession) -> Proof | None:
    """Open a session in place of the one (its token is `half`) that waits for a code, or count the failure."""
    account = staff.waiting(tx, half)
    if account is None:
        return None
    known = staff.knows_device(tx, account.name, device.secret)
    is_free = known or not _locked(tx, account)
    if is_free and (proof := factor.take(tx, account.name, code)):
        staff.close_session(tx, half)
        _open(tx, account, device, session)
        return proof
    if is_free:  # with the right password: each try is a row, and the lock keeps them few
        audit.write(tx, actor=account.name, action="sign_in_wrong_code", subject=account.name)
    _count(tx, account, device, known=known)
    return None


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
    detail = f"after {account.failures} wrong tries" if account.failures else ""
    audit.write(tx, actor=account.name, action="sign_in", subject=account.name, detail=detail)


def _open_session(tx: Tx, name: str, device: Device, session: NewSession, *, proven: bool = True) -> None:
    where = {"source": device.source, "browser": device.browser}
    staff.open_session(tx, name, session.token, session.csrf, proven=proven, **where)


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
        detail = f"{failures} wrong tries"
        audit.write(tx, actor=account.name, action="sign_in_locked", subject=account.name, detail=detail)


def _count_source(tx: Tx, source: str) -> None:
    for place, most in _limits(source).items():
        if staff.count_wrong_password(tx, place, tx.now - WINDOW) == most:
            detail = f"{most} wrong tries from {place or 'everywhere'}"
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
