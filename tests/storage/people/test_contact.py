"""Codes are used once, bindings are one to one, and nothing that tells a person stands in plain."""

from datetime import timedelta

import pytest

from storage.people import contact, staff
from storage.people.staff import Role
from tests.engines import everything_in

OPENID, OTHER = "oOfficer0000000000000000001", "oOfficer0000000000000000002"


@pytest.fixture(autouse=True)
def accounts(db):
    for name in ("wang", "li"):
        db.write(lambda tx, name=name: staff.add(tx, name, password_hash="x", roles=frozenset({Role.INTAKE})))


@pytest.fixture
def offer(db):
    return lambda name, code: db.write(lambda tx: contact.offer_code(tx, name, code, tx.now + timedelta(minutes=10)))


@pytest.fixture
def take(db):
    return lambda code: db.write(lambda tx: contact.take_code(tx, code))


def test_a_code_works_once_and_only_the_newest_of_an_account(offer, take):
    offer("wang", "OLD2OLD2")
    offer("wang", "NEW2NEW2")
    assert take("OLD2OLD2") is None
    assert take("NEW2NEW2") == "wang"
    assert take("NEW2NEW2") is None


def test_a_code_dies_after_its_time_and_with_its_account(offer, take, clock, db):
    offer("wang", "AAAA2222")
    clock.advance(minutes=10)
    assert take("AAAA2222") is None
    offer("li", "BBBB2222")
    db.write(lambda tx: tx.run("update staff set disabled = 1 where name = 'li'"))
    assert take("BBBB2222") is None


def test_one_wechat_is_bound_to_one_account(db, ask):
    def bound_to(openid):
        return ask(lambda tx: contact.bound_to(tx, tx.vault.digest(openid, "openid")))

    db.write(lambda tx: contact.bind(tx, "wang", OPENID))
    db.write(lambda tx: contact.bind(tx, "li", OPENID))
    assert (bound_to(OPENID), ask(lambda tx: contact.openid_of(tx, "wang"))) == ("li", "")
    db.write(lambda tx: contact.bind(tx, "li", OTHER))
    assert (bound_to(OPENID), bound_to(OTHER)) == (None, "li")
    assert ask(lambda tx: contact.openid_of(tx, "li")) == OTHER
    assert db.write(lambda tx: contact.unbind(tx, "li"))
    assert not db.write(lambda tx: contact.unbind(tx, "li"))


def test_phones_are_set_changed_and_taken_out(db, ask):
    for phone in ("13700001111", "13700002222"):
        db.write(lambda tx, phone=phone: contact.set_phone(tx, "wang", phone))
    assert ask(contact.phones) == {"wang": "13700002222"}
    db.write(lambda tx: contact.set_phone(tx, "wang", ""))
    assert ask(contact.phones) == {}


def test_nothing_of_it_stands_in_plain(db, offer):
    offer("wang", "AAAA2222")
    db.write(lambda tx: contact.bind(tx, "wang", OPENID))
    db.write(lambda tx: contact.set_phone(tx, "wang", "13700001111"))
    stored = everything_in(db)
    assert "wang" in stored
    for secret in ("AAAA2222", OPENID, "13700001111"):
        assert secret not in stored


def test_wrong_tries_are_counted_from_the_first_and_forgotten(db, ask, clock):
    def tries():
        return ask(lambda tx: contact.wrong_tries(tx, "s", tx.now - timedelta(hours=1)))

    for expected in (1, 2, 3):
        db.write(lambda tx: contact.note_wrong_try(tx, "s", tx.now - timedelta(hours=1)))
        assert tries() == expected
        clock.advance(minutes=15)
    clock.advance(minutes=30)
    assert tries() == 0
    db.write(lambda tx: contact.note_wrong_try(tx, "s", tx.now - timedelta(hours=1)))
    assert tries() == 1
    db.write(lambda tx: contact.forget(tx, tx.now))
    assert ask(lambda tx: tx.value("select count(*) from binding_try")) == 0
