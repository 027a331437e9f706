"""The roster is kept by day, in the order of call."""

from datetime import date

import pytest

from storage.errors import Conflict
from storage.notices import roster
from storage.people import staff
from storage.people.staff import Role

DAY = date(2026, 11, 23)


@pytest.fixture
def duty(db):
    """Accounts wang and li, and what puts them on the roster."""
    for name in ("wang", "li"):
        db.write(lambda tx, name=name: staff.add(tx, name, password_hash="x", roles=frozenset({Role.INTAKE})))
    return lambda *names, day=DAY: db.write(lambda tx: roster.replace(tx, day, names, actor="zhang"))


def test_a_day_has_the_order_last_set(duty, ask):
    duty("wang")
    duty("li", "wang")
    assert ask(lambda tx: roster.order(tx, DAY)) == ("li", "wang")
    duty()
    assert ask(lambda tx: roster.order(tx, DAY)) == ()


def test_days_do_not_touch_one_another(duty, ask):
    duty("wang", day=date(2026, 12, 31))
    days = ask(lambda tx: roster.orders(tx, date(2026, 12, 30), 3))
    assert days == {date(2026, 12, 30): (), date(2026, 12, 31): ("wang",), date(2027, 1, 1): ()}


def test_an_account_that_was_disabled_is_not_called(duty, ask, db):
    duty("wang", "li")
    db.write(lambda tx: tx.run("update staff set disabled = 1 where name = 'wang'"))
    assert ask(lambda tx: roster.order(tx, DAY)) == ("li",)


def test_nobody_without_an_account_stands_on_it(duty, ask):
    duty("wang")
    with pytest.raises(Conflict):
        duty("nobody")
    assert ask(lambda tx: roster.order(tx, DAY)) == ("wang",)
