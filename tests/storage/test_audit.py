"""The audit chain: whoever changes, takes out or moves a row is found."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from storage import audit
from storage.audit import GENESIS, ChainBroken, Link
from storage.engine.database import open_database
from storage.people import staff


@pytest.fixture
def chain(db):
    """Five rows."""
    for i in range(1, 6):
        db.write(lambda tx, i=i: audit.write(tx, actor="wang", action="open", subject=f"SA-{i}", detail="查看"))
    return db


def broken_at(ask, kept=()):
    """Where the chain is broken, None for a whole one."""
    try:
        ask(lambda tx: audit.verify(tx, kept))
    except ChainBroken as error:
        return error.seq
    return None


def test_an_untouched_chain_is_whole(chain, ask):
    assert broken_at(ask) is None
    assert ask(audit.length) == 5


def test_an_empty_chain_is_whole(ask):
    assert broken_at(ask) is None


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "detail", "previous", "hash"])
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_changed_row_is_found_also_the_last(chain, ask, column, seq):
    chain.write(lambda tx: tx.run(f"update audit set {column} = 'x' where seq = :seq", seq=seq))
    assert broken_at(ask) == seq


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_removed_row_is_found_also_the_last(chain, ask, seq):
    chain.write(lambda tx: tx.run("delete from audit where seq = :seq", seq=seq))
    assert broken_at(ask) == seq


def test_rows_cut_off_are_found_also_when_the_head_is_set_back_or_more_is_written(chain, ask):
    def cut(tx):
        tx.run("delete from audit where seq > 3")
        tx.run("update audit_head set seq = 3, hash = (select hash from audit where seq = 3)")

    chain.write(cut)
    assert broken_at(ask) == 4
    chain.write(lambda tx: tx.run("delete from audit_head"))
    assert broken_at(ask) == 4
    chain.write(lambda tx: audit.write(tx, actor="wang", action="open", subject="x"))
    assert broken_at(ask) is not None


def test_a_removed_row_is_found_also_when_those_behind_move_up(chain, ask):
    def close_the_gap(tx):
        tx.run("delete from audit where seq = 2")
        for seq in (3, 4, 5):
            tx.run("update audit set seq = :to where seq = :seq", seq=seq, to=seq - 1)

    chain.write(close_the_gap)
    assert broken_at(ask) == 2


def test_rows_that_changed_places_are_found(chain, ask):
    def swap(tx):
        for old, new in ((2, 99), (4, 2), (99, 4)):
            tx.run("update audit set seq = :new where seq = :old", old=old, new=new)

    chain.write(swap)
    assert broken_at(ask) == 2


def test_a_row_slipped_in_behind_is_found(chain, ask):
    chain.write(
        lambda tx: tx.insert(
            "audit", seq=6, at="", actor="", action="", subject="", detail="", previous="", hash="0" * 64
        )
    )
    assert broken_at(ask) == 6


def test_text_moved_from_one_field_to_the_next_is_found(db, ask):
    db.write(lambda tx: audit.write(tx, actor="ab", action="c", subject="s"))
    db.write(lambda tx: tx.run("update audit set actor = 'a', action = 'bc'"))
    assert broken_at(ask) == 1


@pytest.mark.embedded
def test_a_field_that_is_no_text_any_more_is_found(chain, ask):
    chain.write(lambda tx: tx.run("update audit set detail = x'ff00' where seq = 2"))
    assert broken_at(ask) == 2


@pytest.mark.embedded
@pytest.mark.parametrize("change", ["seal = 'x'", "seq = 'five'", "hash = x'00'"])
def test_a_forged_head_is_found(chain, ask, change):
    chain.write(lambda tx: tx.run(f"update audit_head set {change}"))
    assert broken_at(ask) == 6


def test_an_emptied_table_is_found_by_the_accounts_that_are_there(chain, ask):
    def empty(tx):
        tx.run("delete from audit")
        tx.run("delete from audit_head")

    chain.write(empty)
    assert broken_at(ask) is None
    chain.write(lambda tx: staff.add(tx, "wang", unit="", roles=frozenset(), password_hash="x"))
    assert broken_at(ask) == 1


def test_what_is_kept_elsewhere_must_be_in_the_chain(chain, ask):
    newest = ask(audit.newest_link)
    assert broken_at(ask, [GENESIS, newest]) is None
    assert broken_at(ask, [Link(9, newest.hash)]) == 6
    assert broken_at(ask, [Link(3, newest.hash)]) == 3


def test_rows_written_by_json_dumps_are_still_whole(db, ask, vault):
    """The form that the first version hashed."""
    db.write(lambda tx: audit.write(tx, actor='王"\\\n\u2028\x7f', action="a", subject="b", detail="😀\t"))
    row = ask(lambda tx: tx.one("select * from audit"))
    fields = [row[name] for name in ("previous", "seq", "at", "actor", "action", "subject", "detail")]
    assert row["hash"] == vault.digest(json.dumps(fields, ensure_ascii=False), "audit")


def test_an_action_that_failed_leaves_no_row(chain, ask):
    def fails(tx):
        audit.write(tx, actor="wang", action="open", subject="x")
        raise ValueError

    with pytest.raises(ValueError):
        chain.write(fails)
    assert ask(audit.length) == 5


def test_two_processes_that_write_at_once_make_one_chain(db, ask, vault, clock, url):
    other = open_database(url, vault, clock)
    with ThreadPoolExecutor(6) as pool:
        list(
            pool.map(
                lambda home: home.write(lambda tx: audit.write(tx, actor="a", action="b", subject="c")),
                [db, other] * 30,
            )
        )
    other.close()
    assert broken_at(ask) is None
    assert ask(audit.length) == 60


def test_rows_are_read_in_order_and_newest_first_by_subject(chain, ask):
    assert ask(lambda tx: [row.seq for row in audit.rows(tx)]) == [1, 2, 3, 4, 5]
    assert ask(lambda tx: [row.seq for row in audit.rows(tx, after=3)]) == [4, 5]
    assert ask(lambda tx: [row.seq for row in audit.newest(tx, limit=2)]) == [5, 4]
    assert ask(lambda tx: [row.seq for row in audit.newest(tx, subject="SA-2")]) == [2]


def test_a_chain_is_whole_when_one_of_the_writes_that_share_a_commit_is_undone(db, ask):
    def row(tx, error=None):
        audit.write(tx, actor="wang", action="open", subject="SA-1")
        if error:
            raise error

    def all_at_once(tx):
        row(tx)
        with suppress(KeyError), tx.savepoint():
            row(tx, KeyError())
        row(tx)
        assert audit.newest_link(tx).seq == 2

    db.write(all_at_once)
    assert (broken_at(ask), ask(audit.length), ask(audit.newest_link).seq) == (None, 2, 2)
