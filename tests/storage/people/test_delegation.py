"""Who decides for a leader that is away, on which days."""

from datetime import date

import pytest

from storage.people import delegation, staff
from storage.people.staff import Role

FIRST, LAST = date(2026, 11, 24), date(2026, 11, 26)


@pytest.fixture
def given(db):
    for name, role in (("lingdao", Role.LEADER), ("fuju", Role.OFFICER)):
        db.write(lambda tx, n=name, r=role: staff.add(tx, n, password_hash="x", roles=frozenset({r})))
    db.write(lambda tx: delegation.add(tx, "lingdao", "fuju", since=FIRST, until=LAST))


@pytest.mark.parametrize(("day", "holds"), [(23, False), (24, True), (26, True), (27, False)])
def test_it_holds_from_its_first_day_to_its_last(given, ask, day, holds):
    found = ask(lambda tx: delegation.for_deputy(tx, "fuju", date(2026, 11, day)))
    assert bool(found) is holds
    assert not ask(lambda tx: delegation.for_deputy(tx, "lingdao", date(2026, 11, day)))


def test_its_leader_alone_ends_it_and_once(given, db, ask):
    (one,) = ask(lambda tx: delegation.of_leader(tx, "lingdao", FIRST))
    assert not db.write(lambda tx: delegation.end(tx, one.id, "fuju"))
    assert db.write(lambda tx: delegation.end(tx, one.id, "lingdao"))
    assert not db.write(lambda tx: delegation.end(tx, one.id, "lingdao"))
    assert ask(lambda tx: delegation.for_deputy(tx, "fuju", FIRST)) == []


def test_a_leader_who_is_out_of_use_lends_nothing(given, db, ask):
    db.write(lambda tx: staff.set_disabled(tx, "lingdao", disabled=True))
    assert ask(lambda tx: delegation.for_deputy(tx, "fuju", FIRST)) == []
