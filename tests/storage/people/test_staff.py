"""Accounts: names, roles, passwords, devices and tokens."""

from datetime import timedelta

import pytest

from storage.errors import Conflict
from storage.people import staff
from storage.people.staff import Role

BOTH = frozenset({Role.INTAKE, Role.OFFICER})
MINUTE = timedelta(minutes=1)


@pytest.fixture
def wang(db):
    db.write(lambda tx: staff.add(tx, "wang", password_hash="h1", roles=BOTH, unit="青屏所"))
    return "wang"


def test_an_account_has_a_name_once(db, ask, wang):
    found = ask(lambda tx: staff.get(tx, wang))
    assert (found.roles, found.unit, found.must_change, found.disabled) == (BOTH, "青屏所", True, False)
    with pytest.raises(Conflict, match="staff reset wang"):
        db.write(lambda tx: staff.add(tx, "wang", password_hash="h2", roles=BOTH))
    assert ask(lambda tx: staff.password_hash(tx, "wang")) == "h1"
    assert [one.name for one in ask(staff.every)] == ["wang"]


def test_a_password_ends_when_it_was_given_an_end(db, ask, wang):
    assert ask(lambda tx: staff.get(tx, wang)).password_until is None
    until = ask(lambda tx: tx.now) + MINUTE
    db.write(lambda tx: staff.set_password(tx, wang, "h2", must_change=True, until=until))
    assert ask(lambda tx: staff.get(tx, wang)).password_until == until
    db.write(lambda tx: staff.set_password(tx, wang, "h3", must_change=False))
    assert ask(lambda tx: staff.get(tx, wang)).password_until is None


def test_an_unknown_name_has_neither_account_nor_password(ask):
    assert ask(lambda tx: staff.get(tx, "nobody")) is None
    assert ask(lambda tx: staff.password_hash(tx, "nobody")) == ""


def test_a_new_password_unlocks_and_ends_every_session(db, ask, wang):
    db.write(lambda tx: staff.open_session(tx, wang, "t1", "csrf"))
    db.write(lambda tx: staff.note_failure(tx, wang, 5, tx.now))
    assert ask(lambda tx: staff.get(tx, wang)).locked_until
    db.write(lambda tx: staff.set_password(tx, wang, "h2", must_change=False))
    found = ask(lambda tx: staff.get(tx, wang))
    assert (found.failures, found.locked_until, found.must_change) == (0, None, False)
    assert ask(lambda tx: tx.value("select count(*) from staff_session")) == 0


def test_failures_are_cleared_by_success(db, ask, wang):
    db.write(lambda tx: staff.note_failure(tx, wang, 3, None))
    assert ask(lambda tx: staff.get(tx, wang)).failures == 3
    db.write(lambda tx: staff.clear_failures(tx, wang))
    assert ask(lambda tx: staff.get(tx, wang)).failures == 0


def test_a_session_ends_when_closed(db, ask, wang):
    db.write(lambda tx: staff.open_session(tx, wang, "t1", "csrf"))
    db.write(lambda tx: staff.open_session(tx, wang, "t2", "csrf"))
    db.write(lambda tx: staff.close_session(tx, "t1"))
    assert ask(lambda tx: tx.value("select count(*) from staff_session")) == 1


def test_one_sees_where_an_account_is_signed_in_and_ends_all_but_ones_own(db, ask, wang, clock):
    db.write(lambda tx: staff.open_session(tx, wang, "t1", "c", source="192.0.2.1", browser="Firefox"))
    db.write(lambda tx: staff.open_session(tx, wang, "t2", "c"))
    db.write(lambda tx: staff.open_session(tx, wang, "half", "c", proven=False))

    def seats(within=MINUTE):
        return ask(lambda tx: staff.seats(tx, wang, "t1", seen_after=tx.now - within, opened_after=tx.now - within))

    assert [(one.source, one.browser, one.own) for one in seats()] == [("", "", False), ("192.0.2.1", "Firefox", True)]
    assert ask(lambda tx: staff.waiting(tx, "half")).name == wang
    assert ask(lambda tx: staff.waiting(tx, "t1")) is None
    assert db.write(lambda tx: staff.end_other_sessions(tx, wang, "t1")) == 2
    assert [one.own for one in seats()] == [True]
    assert ask(lambda tx: staff.waiting(tx, "half")) is None
    clock.advance(minutes=2)
    assert seats() == []


def test_a_device_is_known_to_the_account_it_was_trusted_for(db, ask, wang):
    for _ in range(2):
        db.write(lambda tx: staff.trust_device(tx, wang, "device-1"))
    knows = lambda name, device: ask(lambda tx: staff.knows_device(tx, name, device))  # noqa: E731
    assert knows(wang, "device-1")
    assert not knows(wang, "device-2")
    assert not knows("li", "device-1")


def test_an_api_token_names_its_account_and_dies_with_it(db, ask, wang):
    db.write(lambda tx: staff.add_token(tx, wang, "secret-token"))
    assert ask(lambda tx: staff.of_token(tx, "secret-token")).name == wang
    assert ask(lambda tx: staff.of_token(tx, "other")) is None
    assert ask(lambda tx: staff.of_token(tx, "")) is None
    db.write(lambda tx: tx.run("update staff set disabled = 1"))
    assert ask(lambda tx: staff.of_token(tx, "secret-token")) is None


def test_no_token_of_any_kind_stands_in_the_database(db, ask, wang):
    db.write(lambda tx: staff.open_session(tx, wang, "session-secret", "csrf"))
    db.write(lambda tx: staff.trust_device(tx, wang, "device-secret"))
    db.write(lambda tx: staff.add_token(tx, wang, "api-secret"))
    for table in ("staff_session", "staff_device", "staff_token"):
        assert "secret" not in str(ask(lambda tx, table=table: tx.all(f"select * from {table}")))


def test_wrong_passwords_are_counted_by_source_within_a_window_and_forgotten(db, ask, clock):
    def count(source):
        return db.write(lambda tx: staff.count_wrong_password(tx, source, tx.now - MINUTE))

    def seen(source):
        return ask(lambda tx: staff.wrong_passwords(tx, source, tx.now - MINUTE))

    assert [count("203.0.113.7"), count("203.0.113.7"), count("203.0.113.8")] == [1, 2, 1]
    assert (seen("203.0.113.7"), seen("203.0.113.9")) == (2, 0)
    assert "203.0.113" not in str(ask(lambda tx: tx.all("select * from sign_in_failure")))
    clock.advance(minutes=1)
    assert seen("203.0.113.7") == 0
    assert count("203.0.113.7") == 1
    assert db.write(lambda tx: staff.forget_wrong_passwords(tx, tx.now - MINUTE)) == 1
    assert seen("203.0.113.7") == 1
