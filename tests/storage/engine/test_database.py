"""The one way to the database: shared commits, savepoints, and a clear word when it cannot be used."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.engine.database import open_database
from storage.engine.session import AT_ONCE
from storage.errors import Conflict, StorageError, Unavailable
from tests.storage.engine.conftest import names, note, queued


def test_a_write_is_on_disk_when_it_returns(db, on_disk):
    assert db.write(lambda tx: note("a")(tx) or 7) == 7
    assert on_disk() == {"a"}


def test_writes_of_many_threads_all_arrive(db, on_disk):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda i: db.write(note(f"n{i}")), range(400)))
    assert len(on_disk()) == 400


def test_a_write_that_raises_is_undone_alone(db, held, on_disk):
    pool, let_go = held

    def fails(tx):
        note("lost")(tx)
        raise ValueError("no")

    good, bad, late = queued(db, pool, note("before"), fails, note("after"))
    let_go()
    good.result(10)
    late.result(10)
    with pytest.raises(ValueError, match="no"):
        bad.result(10)
    assert on_disk() == {"before", "after"}


def test_a_taken_key_is_a_conflict(db):
    db.write(note("a"))
    with pytest.raises(Conflict):
        db.write(lambda tx: tx.insert("tick", name="a", ran_at=tx.stamp))


def test_a_mistake_in_sql_is_not_blamed_on_the_disk(db):
    for sql in ("select * from nowhere", "selec 1"):
        with pytest.raises(Exception, match=r"nowhere|selec") as mistake, db.read() as tx:
            tx.all(sql)
        assert not isinstance(mistake.value, StorageError)
    with pytest.raises(Exception, match="nowhere") as mistake:
        db.write(lambda tx: tx.run("delete from nowhere"))
    assert not isinstance(mistake.value, StorageError)
    db.write(note("still works"))


def test_reading_sees_one_moment(db):
    db.write(note("a"))
    with db.read() as tx:
        assert tx.value("select count(*) from tick") == 1
        db.write(note("b"))
        assert tx.value("select count(*) from tick") == 1
    assert names(db) == {"a", "b"}


def test_streams_side_by_side_tell_all_rows_of_one_moment(db):
    db.write(lambda tx: tx.insert_all("tick", [{"name": f"{n:04}", "ran_at": ""} for n in range(AT_ONCE + 1)]))
    with db.read() as tx:
        up = tx.stream("select name from tick where name > :after order by name", after="0000")
        down = tx.stream("select name from tick order by name desc")
        assert (next(up), next(down)) == (("0001",), (f"{AT_ONCE:04}",))
        db.write(note("new"))
        assert (len(list(up)), len(list(down))) == (AT_ONCE - 1, AT_ONCE)


def test_reading_within_reading_sees_the_same_moment(db):
    with db.read() as outer:
        outer.value("select count(*) from tick")
        db.write(note("a"))
        with db.read() as inner:
            assert inner.value("select count(*) from tick") == 0
        assert outer.value("select count(*) from tick") == 0


def test_one_that_takes_too_long_is_told_so(db, held):
    with pytest.raises(Unavailable, match=r"有 0\.05 秒一直在忙，请稍后再试"):
        db.write(note("a"), timeout=0.05)


def test_a_clock_that_fails_once_does_not_stop_the_writer(db, clock, on_disk):
    def broken():
        raise OverflowError("no such day")

    db.clock = broken
    with pytest.raises(OverflowError):
        db.write(note("a"), timeout=5)
    db.clock = clock
    db.write(note("b"), timeout=5)
    assert on_disk() == {"b"}


def test_closing_commits_what_waits(db, held, on_disk):
    pool, let_go = held
    waiting = queued(db, pool, *map(note, "abc"))
    closing = pool.submit(db.close)
    let_go()
    closing.result(10)
    for job in waiting:
        job.result(1)
    assert on_disk() == set("abc")


def test_a_write_after_closing_opens_it_again(db):
    db.write(note("a"))
    db.close()
    db.write(note("b"))
    assert names(db) == {"a", "b"}


def test_each_write_begins_at_its_own_time(db, clock):
    first = db.write(lambda tx: tx.stamp)
    clock.advance(minutes=1)
    assert db.write(lambda tx: tx.stamp) > first


def test_another_kind_of_database_is_refused_with_the_remedy(vault):
    with pytest.raises(StorageError, match="postgresql://用户"):
        open_database("mysql://host/name", vault)


def test_texts_sort_by_code_point_so_that_ranges_and_pages_fit(db, ask):
    for name in ("乙", "甲", "Z", "a", "-", "1"):
        db.write(note(name))
    assert [row["name"] for row in ask(lambda tx: tx.all("select name from tick order by name"))] == sorted("乙甲Za-1")


def test_a_truth_is_stored_as_a_number_and_a_sum_is_one(db, ask):
    db.write(lambda tx: tx.insert("demo_clock", id=1, offset_seconds=True))
    db.write(lambda tx: tx.insert("demo_clock", id=2, offset_seconds=2))
    row = ask(lambda tx: tx.one("select sum(offset_seconds) as sum, avg(offset_seconds) as mean from demo_clock"))
    assert row == {"sum": 3, "mean": 1.5}
    assert type(row["sum"]) is int


def test_the_planner_is_told_of_sizes_and_nothing_is_lost(db):
    db.write(note("a"))
    db.analyze()
    assert names(db) == {"a"}
