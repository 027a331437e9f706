"""The one way to the database: shared commits, savepoints, and a clear word when it cannot be used."""

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import ticks
from storage.engine import database
from storage.engine.database import Database, open_database
from storage.errors import Conflict, StorageError, Unavailable


def note(name):
    """A small write under a name."""
    return lambda tx: ticks.ran(tx, name)


def names(db) -> set[str]:
    with db.read() as tx:
        return {row["name"] for row in tx.all("select name from tick")}


def on_disk(db) -> set[str]:
    """What a stranger sees who opens the file."""
    other = sqlite3.connect(db.path)
    found = {name for (name,) in other.execute("select name from tick")}
    other.close()
    return found


@pytest.fixture
def held(db):
    """Keeps the writer busy until `let_go` is called; what is written meanwhile waits behind it."""
    busy, release = threading.Event(), threading.Event()

    def wait(_tx):
        busy.set()
        assert release.wait(10)

    with ThreadPoolExecutor(40) as pool:
        pool.submit(db.write, wait)
        assert busy.wait(10)
        yield pool, release.set
        release.set()


def queued(db, pool, *jobs):
    """Hand writes in from threads of their own, and see them wait."""
    waiting = [pool.submit(db.write, job) for job in jobs]
    while db._jobs.qsize() < len(jobs):
        threading.Event().wait(0.001)
    return waiting


def test_a_write_is_on_disk_when_it_returns(db):
    assert db.write(lambda tx: note("a")(tx) or 7) == 7
    assert on_disk(db) == {"a"}


def test_writes_of_many_threads_all_arrive(db):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda i: db.write(note(f"n{i}")), range(400)))
    assert len(on_disk(db)) == 400


def test_who_waits_together_shares_a_commit(db, held):
    pool, let_go = held
    statements = []
    waiting = queued(
        db, pool, lambda tx: tx._connection.conn.set_trace_callback(statements.append), *map(note, "abcdefgh")
    )
    let_go()
    for job in waiting:
        job.result(10)
    assert on_disk(db) == set("abcdefgh")
    assert [line.lower() for line in statements].count("commit") == 1


def test_a_write_that_raises_is_undone_alone(db, held):
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
    assert on_disk(db) == {"before", "after"}


def test_a_taken_key_is_a_conflict(db):
    db.write(note("a"))
    with pytest.raises(Conflict):
        db.write(lambda tx: tx.insert("tick", name="a", ran_at=tx.stamp))


def test_a_mistake_in_sql_is_not_blamed_on_the_disk(db):
    for sql in ("select * from nowhere", "selec 1"):
        with pytest.raises(sqlite3.OperationalError), db.read() as tx:
            tx.all(sql)
    with pytest.raises(sqlite3.OperationalError):
        db.write(lambda tx: tx.run("delete from nowhere"))
    db.write(note("still works"))


def test_a_savepoint_undoes_only_its_block(db):
    def fails(tx):
        with tx.savepoint():
            note("undone")(tx)
            raise ValueError

    def write(tx):
        note("kept")(tx)
        with pytest.raises(ValueError):
            fails(tx)

    db.write(write)
    assert on_disk(db) == {"kept"}


def test_reading_sees_one_moment(db):
    db.write(note("a"))
    with db.read() as tx:
        assert tx.value("select count(*) from tick") == 1
        db.write(note("b"))
        assert tx.value("select count(*) from tick") == 1
    assert names(db) == {"a", "b"}


def test_reading_within_reading_sees_the_same_moment(db):
    with db.read() as outer:
        outer.value("select count(*) from tick")
        db.write(note("a"))
        with db.read() as inner:
            assert inner.value("select count(*) from tick") == 0
        assert outer.value("select count(*) from tick") == 0


def test_a_database_that_is_gone_says_so_and_works_again_once_restored(db, tmp_path):
    db.write(note("a"))
    db.close()
    shutil.copy(db.path, tmp_path / "backup")
    db.write(note("b"))
    for file in tmp_path.glob("shian.db*"):
        file.unlink()
    with pytest.raises(Unavailable, match=r"shian\.db is missing; run `init`, or restore a backup"):
        db.write(note("c"))
    shutil.copy(tmp_path / "backup", db.path)
    db.write(note("d"))
    assert on_disk(db) == {"a", "d"}


def test_reading_where_there_is_no_database_names_the_remedy_and_makes_none(tmp_path, vault):
    empty = Database(tmp_path / "none.db", vault)
    with pytest.raises(Unavailable, match="run `init`"), empty.read():
        pass
    assert not empty.path.exists()


def test_a_lock_of_another_process_is_waited_for_and_then_said(db, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(db.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Unavailable, match="locked"):
        db.write(note("a"))
    other.execute("rollback")
    db.write(note("b"))
    assert on_disk(db) == {"b"}


@pytest.mark.parametrize("rows", [1, 40])
def test_a_full_disk_is_said_and_loses_nothing_that_was_answered(db, rows):
    db.write(note("before"))

    def limit(tx, pages):
        tx._connection.execute(f"pragma max_page_count={pages}")

    db.write(lambda tx: limit(tx, tx.value("pragma page_count") + 4))

    def much(tx):
        for i in range(rows):
            tx.insert("tick", name="x" * (400_000 // rows) + str(i), ran_at=tx.stamp)

    with pytest.raises(Unavailable, match="check the disk"):
        db.write(much)
    db.write(lambda tx: limit(tx, 1_000_000))
    db.write(note("after"))
    assert on_disk(db) == {"before", "after"}


def test_beside_one_that_fills_the_disk_nobody_is_told_of_a_success_that_is_not_on_disk(db, held):
    pool, let_go = held

    def fill(tx):
        tx._connection.execute(f"pragma max_page_count={tx.value('pragma page_count') + 2}")
        tx._connection.execute("pragma cache_size=2")
        for i in range(60):
            tx.insert("tick", name="x" * 9000 + str(i), ran_at=tx.stamp)

    jobs = dict(zip("abc", queued(db, pool, note("a"), fill, note("c")), strict=True))
    let_go()
    told = {name for name, job in jobs.items() if job.exception(10) is None}
    assert isinstance(jobs["b"].exception(), StorageError)
    assert on_disk(db) == told


def test_one_that_takes_too_long_is_told_so(db, held):
    with pytest.raises(Unavailable, match=r"was busy for 0\.05 s; try again"):
        db.write(note("a"), timeout=0.05)


def test_a_clock_that_fails_once_does_not_stop_the_writer(db, clock):
    def broken():
        raise OverflowError("no such day")

    db.clock = broken
    with pytest.raises(OverflowError):
        db.write(note("a"), timeout=5)
    db.clock = clock
    db.write(note("b"), timeout=5)
    assert on_disk(db) == {"b"}


def test_closing_commits_what_waits(db, held):
    pool, let_go = held
    waiting = queued(db, pool, *map(note, "abc"))
    closing = pool.submit(db.close)
    let_go()
    closing.result(10)
    for job in waiting:
        job.result(1)
    assert on_disk(db) == set("abc")


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
    with pytest.raises(StorageError, match="use sqlite:///"):
        open_database("mysql://host/name", vault)


def test_who_reads_sees_the_file_that_was_put_in_its_place(db, tmp_path):
    db.write(note("old"))
    db.close()
    shutil.copy(db.path, tmp_path / "copy.db")
    db.write(note("new"))
    assert names(db) == {"old", "new"}
    db.close()
    (tmp_path / "copy.db").replace(db.path)
    for extra in ("-wal", "-shm"):
        db.path.with_name(db.path.name + extra).unlink(missing_ok=True)
    assert names(db) == {"old"}
