"""Lock-out: wrong passwords keep strangers out, and the account's own devices in."""

import pytest

from handlers.people import signing_in
from handlers.people.signing_in import DEVICE_LIMIT, LIMIT, Attempt, Device, NewSession, Outcome
from storage.people import staff
from storage.people.staff import Role


@pytest.fixture
def attempt(service, hire, clock):
    """Somebody tries to sign in as li, whose password fits ``x``."""
    hire("li", Role.INTAKE)

    def one(device, *, right, hashed="x"):
        session = NewSession(token=f"{device} at {clock().isoformat()}", csrf="c")
        made = Attempt(name="li", hashed=hashed, right=right, device=Device(device), session=session)
        return session.token if service.db.write(lambda tx: signing_in.admit(tx, made)) is Outcome.OPEN else None

    return one


def test_a_lock_keeps_strangers_out_and_known_devices_in(attempt, clock):
    assert attempt("own", right=True)
    assert [attempt("strange", right=False) for _ in range(LIMIT)] == [None] * LIMIT
    assert not attempt("strange", right=True)
    assert attempt("own", right=True)
    clock.advance(seconds=signing_in.LOCK.total_seconds())
    assert attempt("strange", right=True)


def test_a_known_device_that_guesses_is_known_no_more(attempt, ask):
    attempt("own", right=True)
    for _ in range(DEVICE_LIMIT):
        attempt("own", right=False)
    assert not ask(lambda tx: staff.knows_device(tx, "li", "own"))
    assert not attempt("own", right=True)


def test_a_password_that_was_reset_while_it_was_checked_does_not_open(attempt):
    assert not attempt("own", right=True, hashed="the hash before")


def test_who_changes_a_password_or_leaves_ends_the_session(attempt, service, ask, audited):
    before = attempt("own", right=True)
    fresh = NewSession(token="fresh", csrf="c")
    service.db.write(
        lambda tx: signing_in.change_password(tx, "li", password_hash="y", device=Device("own"), session=fresh)
    )

    def is_open(token):
        since = service.db.clock() - signing_in.LOCK
        return bool(ask(lambda tx: staff.session(tx, token, seen_after=since, opened_after=since)))

    assert (is_open(before), is_open("fresh")) == (False, True)
    service.db.write(lambda tx: signing_in.leave(tx, "li", "fresh"))
    assert not is_open("fresh")
    assert audited() == ["sign_in", "password_changed", "sign_out"]
