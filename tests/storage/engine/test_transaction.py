"""What a transaction can do."""

from contextlib import suppress

import pytest

from storage.engine.database import containing
from storage.errors import Conflict
from tests.storage.engine.conftest import names, note, queued


def test_a_savepoint_undoes_only_its_block(db, on_disk):
    def fails(tx):
        with tx.savepoint():
            note("undone")(tx)
            raise ValueError

    def write(tx):
        note("kept")(tx)
        with pytest.raises(ValueError):
            fails(tx)

    db.write(write)
    assert on_disk() == {"kept"}


def test_a_text_holds_no_nul_whichever_verb_stores_it(db):
    db.write(lambda tx: tx.insert("tick", name="a\0b", ran_at=tx.stamp))
    db.write(lambda tx: tx.insert_all("tick", [{"name": "c\0", "ran_at": tx.stamp}]))
    assert names(db) == {"ab", "c"}


def test_words_are_found_whatever_the_case_of_their_letters_and_wildcards_are_letters(db, ask):
    for name in ("KFC新密店", "a_b", "axb", "100%"):
        db.write(note(name))

    def found(word):
        sql = "select name from tick where name like :p escape '\\' order by name"
        return [row["name"] for row in ask(lambda tx: tx.all(sql, p=containing(word)))]

    assert found("kfc") == ["KFC新密店"]
    assert found("a_b") == ["a_b"]
    assert found("%") == ["100%"]


def test_what_is_written_late_is_written_once_by_a_commit_and_nothing_of_what_was_undone(db, held):
    pool, let_go = held
    written = []

    def keep(tx, names):
        written.append(names)
        note(names)(tx)

    def adds(name, error=None):
        def add(tx):
            tx.late[keep] = tx.late.get(keep, "") + name
            if error:
                raise error

        return add

    def tries(tx):
        with suppress(KeyError), tx.savepoint():
            adds("b", KeyError())(tx)

    good, bad, tried, late = queued(db, pool, adds("a"), adds("x", ValueError("no")), tries, adds("c"))
    let_go()
    with pytest.raises(ValueError, match="no"):
        bad.result(10)
    for one in (good, tried, late):
        one.result(10)
    assert [sorted(names) for names in written] == [["a", "c"]]
    db.write(adds("d"))
    assert written[1:] == ["d"]


def test_a_row_of_the_same_key_takes_the_new_values(db, ask):
    for level in ("1", "2"):
        db.write(lambda tx, level=level: tx.upsert("tick", "name", name="a", ran_at=level))
    db.write(lambda tx: tx.upsert("tick", "name", name="b", ran_at="3"))
    assert ask(lambda tx: tx.all("select name, ran_at from tick order by name")) == [
        {"name": "a", "ran_at": "2"},
        {"name": "b", "ran_at": "3"},
    ]


def test_what_is_inserted_comes_back_as_it_is_stored(db):
    row = db.write(lambda tx: tx.insert("platform_error", sign="a\0b", count=1, last_at=tx.stamp))
    assert (row["sign"], row["count"]) == ("ab", 1)


def test_what_was_refused_is_raised_in_its_own_savepoint_and_undoes_nothing_else(db, on_disk):
    def again(tx, name):
        with tx.savepoint():
            tx.insert("tick", name=name, ran_at=tx.stamp)
            tx.insert("tick", name="lost", ran_at=tx.stamp)

    def write(tx):
        note("before")(tx)
        with pytest.raises(Conflict):
            again(tx, "before")
        note("after")(tx)
        with pytest.raises(Conflict):
            again(tx, "after")
        note("last")(tx)

    db.write(write)
    assert on_disk() == {"before", "after", "last"}


def test_a_refusal_is_not_laid_on_the_savepoint_that_follows(db, on_disk):
    def write(tx):
        tx.insert("tick", name="a", ran_at=tx.stamp)
        tx.insert("tick", name="a", ran_at=tx.stamp)
        with tx.savepoint():
            tx.value("select 1")

    with pytest.raises(Conflict):
        db.write(write)
    assert on_disk() == set()


def test_rows_are_written_while_others_are_streamed(db, on_disk):
    for name in ("a", "b"):
        db.write(note(name))

    def copy(tx):
        note("c")(tx)
        for (name,) in tx.stream("select name from tick where name in ('a', 'b') order by name"):
            tx.insert("tick", name=f"{name}2", ran_at=tx.stamp)
        tx.insert("tick", name="d", ran_at=tx.stamp)

    db.write(copy)
    assert on_disk() == {"a", "b", "c", "a2", "b2", "d"}
