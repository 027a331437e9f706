"""Letters go to one pair: of who holds the role, the one chosen, or else the oldest."""

from datetime import date

import pytest

from storage import letter_key
from storage.engine.boxes import Pair
from storage.people import proposal, staff
from storage.people.staff import Role

LIAISON = frozenset({Role.LIAISON})


@pytest.fixture
def add(db):
    def make(name, roles=LIAISON):
        def write(tx):
            if staff.get(tx, name) is None:
                staff.add(tx, name, password_hash="x", roles=roles)
            return letter_key.add(tx, name, Pair("public", "locked"), made_on=date(2026, 11, 23))

        return db.write(write)

    return make


def test_it_is_found_by_its_owner(add, ask):
    made = add("jijian")
    assert ask(lambda tx: letter_key.of(tx, "jijian")) == made
    assert ask(lambda tx: letter_key.of(tx, "li")) is None


def test_the_oldest_gets_letters_until_another_is_chosen(add, ask, db):
    first, second, third = add("a"), add("b"), add("c")
    assert ask(letter_key.recipient) == first
    db.write(lambda tx: letter_key.choose(tx, third.number))
    assert ask(letter_key.recipient) == third
    assert ask(letter_key.kept) == [third, first, second]


def test_who_does_not_hold_the_role_gets_none(add, ask, db):
    add("a", frozenset({Role.ADMIN}))
    assert ask(letter_key.recipient) is None
    second = add("b")
    assert ask(letter_key.recipient) == second
    db.write(lambda tx: tx.run("update staff set disabled = 1"))
    assert ask(letter_key.recipient) is None


def test_who_waits_to_hold_the_role_again_still_gets_them(add, ask, db):
    made = add("a", frozenset())
    db.write(lambda tx: proposal.add(tx, "a", Role.LIAISON, "guanli"))
    assert ask(letter_key.recipient) == made


def test_one_that_was_given_up_is_gone_and_its_number_too(add, ask, db):
    made = add("a")
    db.write(lambda tx: letter_key.give_up(tx, made.number))
    assert ask(letter_key.kept) == []
    assert ask(letter_key.recipient) is None
    assert add("a").number == made.number + 1
