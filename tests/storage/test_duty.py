"""The roster is kept by day, in the order of call."""

from datetime import date

import pytest

from storage import duty, staff
from storage.errors import Conflict
from storage.records import Role

DAY = date(2026, 11, 23)


@pytest.fixture
def roster(db):
    """Accounts wang and li, and what puts them on the roster."""
    for name in ("wang", "li"):
        db.write(lambda tx, name=name: staff.add(tx, name, password_hash="x", roles=frozenset({Role.INTAKE})))
    return lambda *names, day=DAY: db.write(lambda tx: duty.replace(tx, day, names, actor="zhang"))


def test_a_day_has_the_order_last_set(roster, ask):
    roster("wang")
    roster("li", "wang")
    assert ask(lambda tx: duty.order(tx, DAY)) == ("li", "wang")
    roster()
    assert ask(lambda tx: duty.order(tx, DAY)) == ()


def test_days_do_not_touch_one_another(roster, ask):
    roster("wang", day=date(2026, 12, 31))
    days = ask(lambda tx: duty.orders(tx, date(2026, 12, 30), 3))
    assert days == {date(2026, 12, 30): (), date(2026, 12, 31): ("wang",), date(2027, 1, 1): ()}


def test_an_account_that_was_disabled_is_not_called(roster, ask, db):
    roster("wang", "li")
    db.write(lambda tx: tx.run("update staff set disabled = 1 where name = 'wang'"))
    assert ask(lambda tx: duty.order(tx, DAY)) == ("li",)


def test_nobody_without_an_account_stands_on_it(roster, ask):
    roster("wang")
    with pytest.raises(Conflict):
        roster("nobody")
    assert ask(lambda tx: duty.order(tx, DAY)) == ("wang",)
