"""The embedded database: one file, whatever happens to it."""

import shutil
import sqlite3

import pytest

from storage.engine import sqlite
from storage.engine.database import open_database
from storage.errors import StorageError, Unavailable
from tests.storage.engine.conftest import names, note, queued

pytestmark = pytest.mark.embedded


def test_who_waits_together_shares_a_commit(db, held, on_disk):
    pool, let_go = held
    statements = []
    waiting = queued(
        db, pool, lambda tx: tx._session.connection.set_trace_callback(statements.append), *map(note, "abcdefgh")
    )
    let_go()
    for job in waiting:
        job.result(10)
    assert on_disk() == set("abcdefgh")
    assert [line.lower() for line in statements].count("commit") == 1


def test_a_database_that_is_gone_says_so_and_works_again_once_restored(db, tmp_path, on_disk):
    db.write(note("a"))
    db.close()
    shutil.copy(db.engine.path, tmp_path / "backup")
    db.write(note("b"))
    for file in tmp_path.glob("shian.db*"):
        file.unlink()
    with pytest.raises(Unavailable, match=r"shian\.db 不存在，请运行 init，或从备份恢复"):
        db.write(note("c"))
    shutil.copy(tmp_path / "backup", db.engine.path)
    db.write(note("d"))
    assert on_disk() == {"a", "d"}


def test_reading_where_there_is_no_database_names_the_remedy_and_makes_none(tmp_path, vault):
    empty = open_database(f"sqlite:///{tmp_path / 'none.db'}", vault)
    with pytest.raises(Unavailable, match="请运行 init"), empty.read():
        pass
    assert not empty.engine.path.exists()


def test_a_lock_of_another_process_is_waited_for_and_then_said(db, monkeypatch, on_disk):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(db.engine.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Unavailable, match="locked"):
        db.write(note("a"))
    other.execute("rollback")
    db.write(note("b"))
    assert on_disk() == {"b"}


@pytest.mark.parametrize("rows", [1, 40])
def test_a_full_disk_is_said_and_loses_nothing_that_was_answered(db, rows, on_disk):
    db.write(note("before"))

    def limit(tx, pages):
        tx._session.connection.execute(f"pragma max_page_count={pages}")

    db.write(lambda tx: limit(tx, tx.value("pragma page_count") + 4))

    def much(tx):
        for i in range(rows):
            tx.insert("tick", name="x" * (400_000 // rows) + str(i), ran_at=tx.stamp)

    with pytest.raises(Unavailable, match="检查磁盘"):
        db.write(much)
    db.write(lambda tx: limit(tx, 1_000_000))
    db.write(note("after"))
    assert on_disk() == {"before", "after"}


def test_beside_one_that_fills_the_disk_nobody_is_told_of_a_success_that_is_not_on_disk(db, held, on_disk):
    pool, let_go = held

    def fill(tx):
        tx._session.connection.execute(f"pragma max_page_count={tx.value('pragma page_count') + 2}")
        tx._session.connection.execute("pragma cache_size=2")
        for i in range(60):
            tx.insert("tick", name="x" * 9000 + str(i), ran_at=tx.stamp)

    jobs = dict(zip("abc", queued(db, pool, note("a"), fill, note("c")), strict=True))
    let_go()
    told = {name for name, job in jobs.items() if job.exception(10) is None}
    assert isinstance(jobs["b"].exception(), StorageError)
    assert on_disk() == told


def test_who_reads_sees_the_file_that_was_put_in_its_place(db, tmp_path):
    db.write(note("old"))
    db.close()
    shutil.copy(db.engine.path, tmp_path / "copy.db")
    db.write(note("new"))
    assert names(db) == {"old", "new"}
    db.close()
    (tmp_path / "copy.db").replace(db.engine.path)
    for extra in ("-wal", "-shm"):
        db.engine.path.with_name(db.engine.path.name + extra).unlink(missing_ok=True)
    assert names(db) == {"old"}


def test_the_planner_is_told_nothing_of_the_index_of_words_which_grows_meanwhile(db, ask):
    db.write(note("a"))
    db.write(lambda tx: tx._session.script("pragma analysis_limit = 0;\nanalyze;\n"))  # as the first versions did
    told = lambda: {row["tbl"] for row in ask(lambda tx: tx.all("select tbl from sqlite_stat1"))}  # noqa: E731
    assert {name for name in told() if name.startswith("word_")}
    db.analyze()
    assert "tick" in told()
    assert not {name for name in told() if name.startswith("word_")}


def test_what_is_erased_is_nowhere_in_the_file(db):
    word = "青屏大街12号门口"
    db.write(lambda tx: tx.insert("daily_number", day=word, last=1))
    db.write(lambda tx: tx.run("delete from daily_number where day = :word", word=word))
    path = db.engine.path
    db.close()
    assert word.encode() not in b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
