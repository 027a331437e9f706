"""What a move is made of; the whole of it is walked in tests/bot/commands/test_database.py."""

import pytest

from storage.engine import moving
from storage.engine.moving import Sum
from storage.engine.session import AT_ONCE
from storage.errors import Unavailable


def summed(*rows):
    total = Sum()
    for row in rows:
        total.add(row)
    return total


def test_a_sum_knows_every_value_and_no_order():
    assert summed((1, "a"), (2, None)) == summed((2, None), (1, "a"))
    for other in [((1, "a"),), ((1, "a"), (2, "")), ((1, "a"), (2, "None")), ((1, "a"), (2, None), (2, None))]:
        assert summed(*other) != summed((1, "a"), (2, None))


def test_rows_come_some_at_a_time_from_whoever_is_alone(db):
    rows = [{"register": str(i), "imported_at": "2026"} for i in range(AT_ONCE + 1)]
    db.write(lambda tx: tx.insert_all("register_import", rows))
    db.close()
    with db.engine.alone() as session:
        sizes = [len(some) for some in session.stream("select register, imported_at from register_import", {})]
        assert moving.count(session, ["register_import", "tally"]) == AT_ONCE + 1
    assert sizes == [AT_ONCE, 1]


def test_nobody_is_alone_while_another_reads(db, monkeypatch):
    for module in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"storage.engine.{module}.BUSY_SECONDS", 0.05)
    with db.read(), pytest.raises(Unavailable, match="停下服务"), db.engine.alone():
        pass


@pytest.mark.postgresql
def test_a_table_comes_behind_those_it_refers_to(db):
    order = list(moving.tables(db, db.tables()))
    assert sorted(order) == sorted(db.tables())
    for child, parent in (("deadline", "submission"), ("picture", "article"), ("alarm_call", "alarm")):
        assert order.index(parent) < order.index(child)
